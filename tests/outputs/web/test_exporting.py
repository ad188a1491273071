"""Long exports: written by a process of their own, followed and stopped on a page, nothing twice and nothing lost."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pydantic import TypeAdapter

from flows.apart import Progress
from flows.exporting import export
from models import queries
from models.apart import WorkState
from models.errors import DubanError
from models.exported import ExportAsked
from outputs.web.exporting import AT_ONCE


def begun(office: Any, query: str, form: str = "csv", role: str = "viewer") -> Any:
    """The address of an export that was asked for on the page."""
    browser = office.as_(role)
    page = browser.get(f"/ledger/export?as={form}&{query}")
    assert "开始导出" in page.text
    assert ("已逾期" in page.text) == ("overdue" in query), "what it is narrowed to"
    answer = browser.submit("/ledger/exports", form=form, of=query)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def until_ended(office: Any, where: str, role: str = "viewer") -> dict[str, Any]:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        told: dict[str, Any] = office.as_(role).get(f"{where}?format=json").json()
        if told["file"] or told["error"] or told["stopped"]:
            return told
        time.sleep(0.2)
    raise AssertionError("it didn't end")


def asking(office: Any, form: str, total: int, **narrowed: str) -> ExportAsked:
    now = office.clock.now
    return ExportAsked(tuple(narrowed.items()), form, date(2026, 3, 2), now, "viewer", "/ledger", "http://x", total)


def test_a_long_list_is_written_behind_the_page_and_taken_home(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    direct = office.as_("viewer").get("/ledger/export?as=csv&sort=deadline").content.decode("utf-8-sig")
    monkeypatch.setitem(AT_ONCE, "csv", 5)
    where = begun(office, "sort=deadline")
    told = until_ended(office, where)
    total = len(queries.ledger(office.store))
    assert told == {
        "total": total,
        "done": total,
        "seconds_left": None,
        "file": "督办台账20260302.csv",
        "error": None,
        "stopped": False,
    }
    assert "下载" in office.as_("viewer").get(where).text
    written = office.as_("viewer").get(f"{where}/file").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written))) == list(csv.reader(io.StringIO(direct)))
    program = office.browser().get("/ledger/export?as=csv", headers=office.key("viewer"))
    assert len(program.content.decode().splitlines()) > total, "programs get it at once"


def test_an_export_waits_its_turn_and_is_stopped(sqlite_office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    office = sqlite_office
    monkeypatch.setitem(AT_ONCE, "xlsx", 5)
    (office.folder / "exports").mkdir()
    with (office.folder / "exports" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        where = begun(office, "status=overdue", "xlsx")
        page = office.as_("viewer").get(where).text
        assert "在等前面的导出做完" in page
        assert 'http-equiv="refresh"' in page
        assert office.as_("viewer").get(f"{where}/file").status_code == 404
        assert office.as_("viewer").submit(f"{where}/stop").status_code == 303
        assert until_ended(office, where)["stopped"]
        assert "没有留下文件" in office.as_("viewer").get(where).text
    assert office.as_("viewer").get("/ledger/exports/0123456789abcdef").status_code == 404
    assert office.as_("viewer").submit("/ledger/exports", form="exe").status_code == 400
    assert office.as_("viewer").submit("/ledger/exports", form="csv", of="unit=没有这个单位").status_code == 400


def test_so_many_may_wait_and_one_that_is_never_heard_of_again_waits_for_nobody(sqlite_office: Any) -> None:
    office = sqlite_office
    for number in range(5):
        folder = office.folder / "exports" / f"{number:016x}"
        folder.mkdir(parents=True)
        (folder / "state.json").write_bytes(TypeAdapter(WorkState).dump_json(WorkState(9)))
    full = office.as_("viewer").submit("/ledger/exports", form="csv")
    assert (full.status_code, "前面还有 5 次导出" in full.text) == (429, True)
    os.utime(office.folder / "exports" / f"{0:016x}" / "state.json", (1, 1))
    gone = office.as_("viewer").get(f"/ledger/exports/{0:016x}?format=json").json()
    assert "断掉" in gone["error"]
    where = office.as_("viewer").submit("/ledger/exports", form="csv").headers["location"]
    assert until_ended(office, where)["file"]


def test_many_lines_become_several_workbooks_with_every_line_once(
    sqlite_office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, ids = sqlite_office, [one.id for one in queries.ledger(sqlite_office.store)]
    monkeypatch.setattr("flows.exporting.VOLUME", 30)
    folder = tmp_path / "one"
    folder.mkdir()
    name = export(
        office.store, asking(office, "xlsx", len(ids)), folder, tmp_path, Progress(folder, WorkState(len(ids)))
    )
    assert name == "督办台账20260302.zip"
    found: list[str] = []
    with zipfile.ZipFile(folder / "file") as book:
        assert book.namelist()[0] == "督办台账20260302第1—30条.xlsx"
        for part in book.namelist():
            sheet = load_workbook(io.BytesIO(book.read(part)))["承诺事项台账"]
            at = [cell.value for cell in sheet[1]].index("编号")
            found += [str(row[at]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == ids


def test_a_list_that_changes_meanwhile_is_not_given_out(sqlite_office: Any, tmp_path: Path) -> None:
    office, total = sqlite_office, len(queries.ledger(sqlite_office.store))
    with pytest.raises(DubanError, match="台账变了"):
        export(
            office.store, asking(office, "csv", total + 1), tmp_path, tmp_path, Progress(tmp_path, WorkState(total + 1))
        )
    assert not (tmp_path / "file").exists()


def test_the_rest_takes_as_long_as_the_done_did(sqlite_office: Any) -> None:
    since = sqlite_office.clock.now
    sqlite_office.clock.pass_(seconds=30)
    found = WorkState(400, 100, since, sqlite_office.clock.now)
    assert found.seconds_left == 90
    assert WorkState(400).seconds_left is None
