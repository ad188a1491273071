"""Eighty ways to smuggle a script into a page, in files, names, notes and Excel cells: none runs, nothing is asked of
other machines, and sheets and letters carry no formula and no address but the office's own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from models.commitments import Commitment, Deadline, Declined, Request, Strength
from models.decided import DecisionKind
from models.decisions import decide
from models.documents import Body, Document, Identity, Kind, Span, Unit, UnitRole, Zone
from models.extraction import Extraction
from models.filters import Filter
from models.ids import DocumentId, RecordId
from models.owners import this_process
from models.queries import ledger
from models.rows import document_id
from models.runs import SourceFile
from models.store import Store

DEEDS = ("alert(1)", "window.pwned=1", "fetch('//evil.example/f')", "new Image().src='//evil.example/i'")
SHAPES = (
    "<script>{}</script>",
    '"><script>{}</script>',
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "' autofocus onfocus={} x='",
    '" onmouseover={} x="',
    '<iframe srcdoc="<script>{}</script>"></iframe>',
    '<a href="javascript:{}">点这里</a>',
    "javascript:{}",
    "<body onload={}>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<video><source onerror={}></video>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "<!--><script>{}</script>-->",
    "{{{{constructor.constructor('{}')()}}}}",
    "<link rel=stylesheet href=//evil.example/s.css onload={}>",
    '=HYPERLINK("http://evil.example/{}","点这里")',
)
PAYLOADS = [shape.format(deed) for shape, deed in product(SHAPES, DEEDS)]


def letter() -> Extraction:
    """A reply each of whose sentences, headings and names is a payload."""
    text, units, spans = "", [], []
    for payload in PAYLOADS:
        line = f"我局将{payload}。"
        spans.append(Span(len(text), len(text) + len(line), line))
        units.append(Unit(spans[-1], len(units), UnitRole.TEXT, Zone.PLANNED, (payload,)))
        text += line + "\n"
    promises = tuple(
        Commitment(
            span, (payload,), Strength.FIRM, Deadline(payload, date(2026, 12, 31)), (payload,), (payload,), payload,
            0.5, "future", ("uncertain",),
        )
        for span, payload in zip(spans[:-2], PAYLOADS, strict=False)
    )  # fmt: skip
    hostile = PAYLOADS[0]
    identity = Identity(
        Kind.REPLY, Body.NPC, hostile, 18, 4, PAYLOADS[1], (hostile,), PAYLOADS[2], (PAYLOADS[3],), PAYLOADS[4],
        date=date(2026, 2, 1), result_class=PAYLOADS[5], doc_number=hostile, openness=hostile, contacts=(hostile,),
    )  # fmt: skip
    refused = (Declined(spans[-2], (hostile,), hostile, 0.9, "not_ready"),)
    asked = (Request(spans[-1], "proposal_verb"),)
    return Extraction(Document(f"{PAYLOADS[6]}.txt", "txt", text), identity, tuple(units), promises, refused, asked, ())


def smuggled(store: Store, now: Any) -> tuple[DocumentId, list[RecordId]]:
    """The letter in the register, with a payload in a note, a name and a reason for each promise."""
    one = letter()
    run = store.begin_run("ingest", now=now, owner=this_process())
    file = SourceFile(f"/in/{PAYLOADS[7]}.txt", one.document.name, "txt", "0" * 64, len(one.document.text), 1)
    store.save(run, file, one, now=now, extractor=PAYLOADS[8])
    store.finish_run(run, now=now, error=PAYLOADS[9])
    id = document_id(one.document.text)
    promises = [row.id for row in ledger(store, Filter(documents=(id,)))]
    for promise, payload in zip(promises, PAYLOADS, strict=False):
        decide(store, DecisionKind.NOTE, who=payload, now=now, commitment=promise, why=payload)
        decide(store, DecisionKind.ASSIGN, who="王五", now=now, commitment=promise, values=(("to", payload),), why="")
    return id, promises


@pytest.mark.slow
def test_what_is_smuggled_in_is_shown_and_never_run(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any]
) -> None:
    id, promises = smuggled(own[1].store, own[1].clock.now)
    with desk_of(chromium, own) as desk:
        said: list[str] = []
        desk.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        desk.log_in("reviewer")
        lists = ["/", "/units", "/targets", "/documents", "/runs", "/ledger?size=200", "/ledger/batch?of=all"]
        lists += [f"/documents/{id}", "/review", "/search?q=alert&kind=commitment", "/search?q=evil"]
        found = [f"/commitments/{promise}" for promise in promises[::9]]
        given = [f"/ledger?text={quote(one)}" for one in PAYLOADS[::5]] + [
            f"/search?q={quote(one)}" for one in PAYLOADS[::8]
        ]
        for path in (*lists, *found, *given):
            page = desk.open(path)
            assert page.evaluate("window.pwned") is None, path
            assert page.locator("iframe, link[href*=evil], [onerror], [onload], [onfocus]").count() == 0, path
            assert page.locator("a[href^='javascript:'], [src*=evil]").count() == 0, path
        assert said == []
        assert desk.outside == []
        assert desk.complaints == []  # the policy of the page had nothing to refuse, either


class Tags(HTMLParser):
    """The tags of a page: those that would run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.running: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        foreign = [value for name, value in names.items() if name in ("src", "href", "action") and "://" in value]
        scripted = tag == "script" and not names.get("src", "").startswith("/static/")
        handled = any(name.startswith("on") for name in names) or "javascript:" in names.get("href", "")[:20]
        if scripted or handled or foreign or tag in ("iframe", "object", "embed", "base"):
            self.running.append(f"<{tag} {names}>")


@pytest.mark.slow
def test_no_page_has_a_tag_that_runs_what_was_smuggled_in(sqlite_office: Any) -> None:
    id, promises = smuggled(sqlite_office.store, sqlite_office.clock.now)
    browser = sqlite_office.as_("reviewer")
    for path in (f"/documents/{id}", "/ledger?size=200", *(f"/commitments/{one}" for one in promises)):
        assert Tags(browser.get(path).text).running == [], path


@pytest.mark.slow
def test_sheets_and_letters_carry_no_formula_and_no_foreign_address(sqlite_office: Any) -> None:
    smuggled(sqlite_office.store, sqlite_office.clock.now)
    browser = sqlite_office.as_("reviewer")
    sheet = browser.get("/ledger/export?as=xlsx").content
    with zipfile.ZipFile(io.BytesIO(sheet)) as packed:
        for name in packed.namelist():
            inside = packed.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/sheet"):
                written = re.findall(r"<f>(.*?)</f>", inside)
                assert not [one for one in written if "evil" in one or "HYPERLINK" in one], name
            if name.endswith(".rels"):
                assert "evil.example" not in inside, name
    assert load_workbook(io.BytesIO(sheet)).sheetnames
    with zipfile.ZipFile(io.BytesIO(browser.get("/ledger/export?as=docx").content)) as packed:
        for name in (one for one in packed.namelist() if one.endswith(".rels")):
            assert "evil.example" not in packed.read(name).decode(), name


@pytest.mark.slow
def test_a_workbook_full_of_payloads_comes_back_as_plain_text(
    chromium: Browser, own: tuple[str, Any], desk_of: Callable[..., Any], tmp_path: Any
) -> None:
    smuggled(own[1].store, own[1].clock.now)
    book = load_workbook(io.BytesIO(own[1].as_("reviewer").get("/ledger/export?as=xlsx").content))
    for sheet in book:
        for line, payload in zip(sheet.iter_rows(min_row=5), PAYLOADS, strict=False):
            for cell in line[-6:]:
                if not type(cell).__name__.startswith("Merged"):
                    cell.value, cell.data_type = payload, "s"
    book.save(tmp_path / "hostile.xlsx")
    with desk_of(chromium, own) as desk:
        desk.log_in("reviewer")
        page = desk.open("/ledger/import")
        page.set_input_files("input[type=file]", tmp_path / "hostile.xlsx")
        with page.expect_navigation():
            page.click("main button.main, main form[enctype] button")
        assert page.evaluate("window.pwned") is None
        assert desk.outside == []
