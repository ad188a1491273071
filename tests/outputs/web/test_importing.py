"""Large ledgers that come back: read and looked for by a process of their own, followed and stopped on a page."""

from __future__ import annotations

import fcntl
import io
import time
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from models.decided import DecisionKind
from models.decisions import decide, history
from models.queries import ledger
from outputs.web import importing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEANS = {"承办单位": "unit", "答复承诺": "promise_text", "办理情况": "note"}
AWAY = "年内补植行道树四百株"


def upload(office: Any, content: bytes) -> str:
    browser = office.as_("reviewer")
    answer = browser.post(
        "/ledger/import", data={"csrf": browser.token()}, files={"file": ("交办表.xlsx", content, XLSX)}
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def until_ended(office: Any, where: str) -> dict[str, Any]:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        told: dict[str, Any] = office.as_("reviewer").get(f"{where}?format=json").json()
        if told["next"] or told["error"] or told["stopped"]:
            return told
        time.sleep(0.2)
    raise AssertionError("it didn't end")


def worded(office: Any) -> tuple[list[Any], bytes]:
    """Promises whose words nobody else has, as another office's ledger without their numbers, and a line too many."""
    rows = ledger(office.store)
    texts = [row.commitment.span.text for row in rows]
    alone = [row for row in rows if texts.count(row.commitment.span.text) == 1][:12]
    book = Workbook()
    sheet: Any = book.active
    sheet.append(list(MEANS))
    for row in alone:
        sheet.append([row.document.identity.lead_unit, row.commitment.span.text, "现场看过"])
    sheet.append(["某局", AWAY, "还没有开工"])
    out = io.BytesIO()
    book.save(out)
    return alone, out.getvalue()


def said(office: Any, address: str) -> Any:
    fields = {"head": list(MEANS), "means": list(MEANS.values())}
    return office.as_("reviewer").submit(address, sheet="Sheet", **fields)


def test_a_large_ledger_is_read_behind_the_page(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    content = office.as_("reviewer").get("/ledger/export?as=xlsx").content
    book = load_workbook(io.BytesIO(content))
    sheet: Any = book["承诺事项台账"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("备注") + 1).value = "现场看过"
    out = io.BytesIO()
    book.save(out)
    at_once = upload(office, out.getvalue())
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 1_000)
    where = upload(office, out.getvalue())
    assert where.startswith("/ledger/importing/")
    told = until_ended(office, where)
    assert told["error"] is None
    page = office.as_("reviewer").get(where)
    assert (page.status_code, page.headers["location"]) == (303, told["next"])
    one, other = (office.as_("reviewer").get(f"{place}?format=json").json() for place in (at_once, told["next"]))
    assert one == other
    assert len(other["changes"]) == 1
    folder = office.folder / "importing" / where.rpartition("/")[2]
    assert not (folder / "file.xlsx").exists(), "what was uploaded goes"


def test_lines_are_looked_for_by_their_words_behind_the_page(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, content = worded(office)
    columns = upload(office, content)
    monkeypatch.setattr(importing, "LINES_AT_ONCE", 5)
    where = said(office, columns).headers["location"]
    told = until_ended(office, where)
    assert (told["error"], told["total"]) == (None, len(alone) + 1)
    found = office.as_("reviewer").get(f"{told['next']}?format=json").json()
    assert {one["id"] for one in found["changes"]} == {row.id for row in alone}
    assert [one["line"] for one in found["untaken"]] == [len(alone) + 2]


def test_what_is_said_of_one_line_reads_no_other_again(office: Any) -> None:
    alone, content = worded(office)
    columns = upload(office, content)
    place = said(office, columns).headers["location"]
    decide(
        office.store,
        DecisionKind.NOTE,
        who="别人",
        now=office.clock.now,
        commitment=alone[0].id,
        why="办理情况：现场看过",
        seen=max((one.id for one in history(office.store, alone[0].id)), default=0),
    )
    line = len(alone) + 2
    answer = office.as_("reviewer").submit(f"{place}/lines/{line}", action="is", promise=alone[3].id)
    assert answer.status_code == 303
    found = office.as_("reviewer").get(f"{place}?format=json").json()
    assert "第 5、14 行" in found["untaken"][0]["why"], "two lines now speak of one promise, and say different things"
    assert {one["id"] for one in found["changes"]} == {row.id for row in alone[1:] if row is not alone[3]}
    office.as_("reviewer").submit(f"{place}/lines/{line}", action="drop")
    found = office.as_("reviewer").get(f"{place}?format=json").json()
    assert {one["id"] for one in found["changes"]} == {row.id for row in alone[1:]}


def test_reading_waits_its_turn_and_is_stopped(sqlite_office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    office = sqlite_office
    _, content = worded(office)
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 1_000)
    (office.folder / "importing").mkdir()
    with (office.folder / "importing" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        where = upload(office, content)
        page = office.as_("reviewer").get(where).text
        assert "前面有别的台账就等它读完" in page
        assert 'http-equiv="refresh"' in page
        assert office.as_("viewer").get(where).status_code == 403
        assert office.as_("reviewer").submit(f"{where}/stop").status_code == 303
        assert until_ended(office, where)["stopped"]
        page = office.as_("reviewer").get(where).text
        assert "什么也没有改" in page
        assert 'http-equiv="refresh"' not in page
    assert office.as_("reviewer").get("/ledger/importing/0123456789abcdef").status_code == 404
    monkeypatch.setattr(importing, "_WAIT", 0)
    browser = office.as_("reviewer")
    files = {"file": ("交办表.xlsx", content, XLSX)}
    assert browser.post("/ledger/import", data={"csrf": browser.token()}, files=files).status_code == 429


def test_what_is_no_workbook_is_told_on_the_page(sqlite_office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 10)
    told = until_ended(sqlite_office, where := upload(sqlite_office, b"PK\x03\x04" + b"x" * 100))
    assert told["next"] is None
    assert "没有导成" in sqlite_office.as_("reviewer").get(where).text
