"""The morning reports as pages, and reminder letters for whatever the ledger is narrowed to."""

from __future__ import annotations

import html
import io
import zipfile
from datetime import date
from typing import Any
from urllib.parse import unquote

from docx import Document
from openpyxl import load_workbook

from models.audit import entries
from models.nightly import News
from models.nightly_tables import reports
from models.queries import ledger
from outputs.morning import Entry, Morning, Section, Standings, to_json


def told(office: Any) -> tuple[int, Morning]:
    """A report of one promise that is overdue, kept; its number."""
    row = ledger(office.store, limit=1)[0]
    words = row.commitment.span.text
    entry = Entry("公交", "市交通局", words, "时限已过 3 天", "某答复，第1—9字", "2026-02-27", row.id, row.document.id)
    morning = Morning(date(2026, 3, 2), None, (Section(News.OVERDUE, 7, (entry,)),), Standings(3, 9, 1))
    with office.store.writing() as connection:
        values = {"run_id": 1, "day": morning.day, "made": office.clock.now, "news": 7, "content": to_json(morning)}
        number = connection.execute(reports.insert().values(values).returning(reports.c.id)).scalar_one()
    return int(number), morning


def test_a_report_is_a_page_whose_news_lead_to_their_promises(office: Any) -> None:
    number, morning = told(office)
    browser = office.as_("viewer")
    assert f'href="/mornings/{number}"' in browser.get("/mornings").text
    assert browser.get("/mornings.json").json()["mornings"][0]["news"] == 7
    page = html.unescape(browser.get(f"/mornings/{number}").text)
    entry = morning.sections[0].entries[0]
    assert entry.quote in page
    assert f'href="/commitments/{entry.commitment}?' in page
    assert "早报里列出 1，共 7" in page
    assert browser.get(f"/mornings/{number}.json").json()["day"] == "2026-03-02"
    for missing in ("/mornings/99", "/mornings/99999999999"):
        assert browser.get(missing).status_code == 404


def test_reports_are_a_list_with_pages_files_and_an_interface(sqlite_office: Any) -> None:
    for _ in range(21):
        number, _ = told(sqlite_office)
    browser, program, key = sqlite_office.as_("viewer"), sqlite_office.browser(), sqlite_office.key("viewer")
    assert "共 21 条，现在是第 21 到 21 条" in browser.get("/mornings?size=20&page=2").text
    listed = browser.get("/mornings.json?size=20").json()
    assert (listed["total"], len(listed["mornings"]), listed["mornings"][0]["id"]) == (21, 20, number)
    page = program.get("/api/mornings?size=20", headers=key).json()
    assert (page["mornings"], page["total"]) == (listed["mornings"], 21)
    assert len(program.get(page["next"], headers=key).json()["mornings"]) == 1
    whole = program.get(f"/api/mornings/{number}", headers=key).json()
    assert whole == browser.get(f"/mornings/{number}.json").json()
    assert program.get("/api/mornings/999", headers=key).status_code == 404
    assert browser.get("/mornings.csv").content.decode("utf-8-sig").count("新逾期的承诺 7 项") == 21


def test_a_report_is_taken_home_as_word_and_excel_and_that_is_logged(sqlite_office: Any) -> None:
    number, morning = told(sqlite_office)
    browser, quote = sqlite_office.as_("viewer"), morning.sections[0].entries[0].quote
    paper = Document(io.BytesIO(browser.get(f"/mornings/{number}/file?as=docx").content))
    assert any(quote in cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    book = load_workbook(io.BytesIO(browser.get(f"/mornings/{number}/file?as=xlsx").content))
    assert quote in [cell.value for cell in book["早报"][2]]
    assert browser.get(f"/mornings/{number}/file?as=pdf").status_code == 400
    logged = [one.entry.object for one in entries(sqlite_office.store, limit=3)]
    assert "2026-03-02 的早报，xlsx" in logged


def test_letters_are_drafted_for_the_units_that_are_shown(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("viewer")
    late = browser.get("/ledger.json?status=overdue&size=200").json()["commitments"]
    units = {one["case"]["lead_unit"] for one in late}
    answer = browser.get("/ledger/letters")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {name.removeprefix("催办函-").removesuffix(".docx") for name in archive.namelist()} == units
    one = sorted(units)[0]
    single = browser.get("/ledger/letters", params={"lead": one, "report_by": "2026-04-01"})
    assert unquote(single.headers["content-disposition"]).endswith(f"催办函-{one}.docx")
    words = "".join(line.text for line in Document(io.BytesIO(single.content)).paragraphs)
    assert "2026年4月1日前书面报告" in words
    assert f"{one}：" in words
    none = browser.get("/ledger/letters?status=fulfilled&due_to=2024-01-01")
    assert (none.status_code, none.headers["location"]) == (303, "/ledger?status=fulfilled&due_to=2024-01-01")
    assert "不用催办" in browser.get(none.headers["location"]).text
    assert entries(sqlite_office.store, limit=1)[0].entry.action == "export"


def test_a_page_leads_to_each_kind_of_news(sqlite_office: Any) -> None:
    number, morning = told(sqlite_office)
    page = sqlite_office.as_("viewer").get(f"/mornings/{number}").text
    for section in morning.sections:
        assert (f'href="#{section.news.value}"' in page) == bool(section.total)
        assert (f'<h2 id="{section.news.value}">' in page) == bool(section.total)


def test_the_paper_has_a_number_for_every_kind_of_news() -> None:
    from outputs.letters import morning as letter

    assert len(letter._NUMBERS) >= len(News)
