"""Whatever was read leads to where it stands: on the pages, in every sheet of the workbook, in the report's sources.

Held against the documents' own text: a place that doesn't hold the words that are shown fails.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook

from models import queries
from models.ids import DocumentId
from models.store import Store

# Each sheet with what was read: the column of the words, the column of their place, the column of the file's name.
PLACED = {
    "承诺事项台账": [("承诺事项（原文）", "原文位置", "文件")],
    "佐证明细": [("佐证（原文）", "佐证位置", "佐证文件名"), ("承诺事项（原文）", "承诺位置", "答复文件")],
    "目标进展": [("目标（原文）", "目标位置", "目标文件名"), ("实际（原文）", "实际位置", "实际文件名")],
    "诉求覆盖": [("诉求（原文）", "诉求位置", None), ("答复的话（原文）", "答复位置", "答复文件")],
    "提醒": [("答复（原文）", "答复位置", "答复文件"), ("别处（原文）", "别处位置", "别处文件名")],
    "量化目标": [("数字（原文）", "原文位置", "文件")],
    "未采纳事项": [("未采纳事项（原文）", "原文位置", "文件")],
}
PLACE = re.compile(r"第(\d+)—(\d+)字")
LINK = re.compile(r'href="(/documents/([0-9a-f]{16})\?[^"]*span=(\d+)-(\d+)[^"]*)"[^>]*>([^<]*)<')
SPAN = re.compile(r"/documents/([0-9a-f]{16})\?.*span=(\d+)-(\d+)")


@pytest.fixture(scope="module")
def book(reading: Any) -> Any:
    """The whole ledger as somebody takes it home, who reaches the pages at this address."""
    answer = reading.as_("viewer").get("/ledger/export?as=xlsx")
    return load_workbook(io.BytesIO(answer.content))


@pytest.fixture(scope="module")
def texts(reading: Any) -> dict[str, list[str]]:
    """The texts of the documents by their file names."""
    found: dict[str, list[str]] = {}
    for one in queries.list_documents(reading.store):
        found.setdefault(one.document.name, []).append(reading.store.text(one.document.id))
    return found


def lines(sheet: Any) -> Iterator[dict[str, Any]]:
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        yield dict(zip(heads, row, strict=True))


@pytest.mark.parametrize("name", PLACED)
def test_every_line_of_a_sheet_says_where_its_words_stand(name: str, book: Any, texts: dict[str, list[str]]) -> None:
    seen = 0
    for line in lines(book[name]):
        for words, place, file in PLACED[name]:
            told = line[words].value
            if told is None:
                continue
            places = PLACE.findall(str(line[place].value))
            assert places, f"{name}, {line[words].coordinate}: no place"
            known = texts[line[file].value] if file else [one for several in texts.values() for one in several]
            found = [["".join(text[int(a) - 1 : int(b)].split()) for a, b in places] for text in known]
            assert "".join(str(told).split()) in ["".join(one) for one in found], (name, line[words].coordinate)
            seen += 1
    assert seen


@pytest.mark.parametrize("name", PLACED)
def test_every_quotation_of_a_sheet_opens_the_page_at_its_place(name: str, book: Any, reading: Any) -> None:
    browser, tried = reading.as_("viewer"), set()
    for line in lines(book[name]):
        for words, _, _ in PLACED[name]:
            cell = line[words]
            if cell.value is None:
                continue
            assert cell.hyperlink is not None, f"{name}, {cell.coordinate} leads nowhere"
            url = urlsplit(cell.hyperlink.target)
            assert f"{url.scheme}://{url.netloc}" == "http://127.0.0.1:8765"
            _check_span(reading.store, f"{url.path}?{url.query}", str(cell.value))
            tried.add(f"{url.path}?{url.query}")
    for address in sorted(tried)[:5]:
        assert 'id="span"' in browser.get(address).text


def _check_span(store: Store, address: str, told: str) -> None:
    """The place holds the first of the words that are told."""
    named = SPAN.search(address)
    assert named, address
    quoted = "".join(store.text(DocumentId(named[1]))[int(named[2]) : int(named[3])].split())
    assert quoted
    assert "".join(told.split()).startswith(quoted), (address, told)


def test_without_an_address_of_the_pages_the_workbook_has_no_links(full_ledger_file: Any) -> None:
    for sheet in full_ledger_file.worksheets:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


@pytest.fixture
def full_ledger_file(reading: Any, tmp_path: Any) -> Any:
    """The same ledger as the command line writes it, where no address is set."""
    from flows.ledger import gather
    from outputs.sheets.ledger import write_workbook

    write_workbook(gather(reading.store, reading.clock.now.date()), str(tmp_path / "plain.xlsx"))
    return load_workbook(tmp_path / "plain.xlsx")


@pytest.mark.parametrize("path", ["/ledger?size=200&col=text&col=numbers&col=progress", "/targets?size=200"])
def test_every_number_of_a_list_leads_to_its_place(path: str, reading: Any) -> None:
    """The words of a link end in the number that stands at its place: 指标：目标63个，实际58个 leads to 58个."""
    page = reading.as_("viewer").get(path).text
    found = LINK.findall(page)
    assert len(found) > 50
    for _, document, start, end, told in found:
        quoted = "".join(reading.store.text(DocumentId(document))[int(start) : int(end)].split())
        assert quoted, told


def test_every_number_of_a_promise_and_every_passage_leads_to_its_place(reading: Any) -> None:
    browser = reading.as_("viewer")
    for one in browser.get("/ledger.json?size=200").json()["commitments"][:25]:
        page = html.unescape(browser.get(f"/commitments/{one['id']}").text)
        linked = {(document, int(start), int(end)) for _, document, start, end, _ in LINK.findall(page)}
        for found in (*one["evidence"], *one["proposals"]):
            assert (found["document_id"], found["start"], found["end"]) in linked
        assert page.count('class="figure"') >= len(one["progress"]), one["id"]


def test_every_quotation_of_the_report_has_its_source(reading: Any) -> None:
    from docx import Document

    answer = reading.as_("viewer").get("/ledger/export?as=docx&status=overdue")
    report = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    quoting = [text for text in cells if re.search("佐证（..?.?.?）：|进展：", text)]
    assert quoting
    for text in quoting:
        told = text.split("\n")
        for number, line in enumerate(told):
            if line.startswith("进展："):
                assert told[number + 1].startswith("出处："), text
        assert text.count("出处：") >= len(re.findall("佐证（..?.?.?）：", text)) + text.count("进展："), text
