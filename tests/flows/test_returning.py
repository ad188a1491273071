"""`duban import` as it is used: seen first, recorded when asked for, taken back at once; hostile files cost nothing."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from flows.cli import app
from flows.intake import Intake
from flows.originals import Originals
from flows.reading import Reader
from flows.returning import MOST_BYTES, Shelf, take_in
from flows.settings import Settings, load
from flows.version import extractor_version
from models.decisions import history
from models.errors import NotOurLedger
from models.ids import RecordId
from models.owners import this_process
from models.store import Store, open_store

SHEET = "承诺事项台账"
LETTER = """梧溪县水务局
梧水函〔2025〕18号

关于县十四届人大四次会议第18号建议的答复

闻人樵代表：
您提出的《关于改善石磨村供水的建议》收悉，现答复如下：
一、工作开展情况
去年，我局更换老旧管网8.5公里，惠及群众1200余户。
二、下一步打算
我局将于2025年底前新建石磨村加压泵站3座，日供水能力达到3000吨。
力争明年上半年实现石磨村自来水普及率98%以上。
感谢您对水务工作的支持！

梧溪县水务局
2025年5月12日
"""


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an office that took a letter in."""
    folder = tmp_path_factory.mktemp("taken")
    letter = folder / "答复.txt"
    letter.write_text(LETTER, encoding="utf-8")
    with open_store(f"sqlite:///{folder}/duban.db") as store, Reader(Settings(workers=1), 1) as reader:
        run = store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
        intake = Intake(store, run, reader, Originals(folder / "originals", 1 << 20), extractor_version())
        wanted, _ = intake.sort_out([letter])
        intake.take_in(wanted)
        store.finish_run(run, now=datetime.now(UTC))
    return folder / "duban.db"


@pytest.fixture
def duban(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken_in: Path) -> Callable[..., Any]:
    """Runs a command on a copy of that office."""
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path / "data"))
    load.cache_clear()
    (tmp_path / "data").mkdir()
    shutil.copy(taken_in, tmp_path / "data" / "duban.db")
    return lambda *words: CliRunner().invoke(app, words)


def exported(duban: Callable[..., Any], folder: Path, **cells: object) -> tuple[Path, list[RecordId]]:
    """The ledger with cells of its second line changed, and the ids by line."""
    path = folder / "台账.xlsx"
    assert duban("export", "-o", str(path)).exit_code == 0
    book = load_workbook(path)
    sheet = book[SHEET]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for head, value in cells.items():
        sheet.cell(2, heads[head]).value = value
    book.save(path)
    return path, [RecordId(str(sheet.cell(line, heads["编号"]).value)) for line in range(2, sheet.max_row + 1)]


def store_of(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder}/data/duban.db")


def test_nothing_is_written_unless_asked_for(duban: Callable[..., Any], tmp_path: Path) -> None:
    path, ids = exported(duban, tmp_path, 交给="舒望", 备注="下周去看")
    for words in (["import", str(path)], ["import", str(path), "--dry-run"]):
        done = duban(*words)
        assert done.exit_code == 0
        assert "交给：（空） → 舒望" in done.stdout
        assert "以上 2 格还没有记下" in done.stdout
    with store_of(tmp_path) as store:
        assert history(store, ids[0]) == []
    assert duban("import", str(path), "--overwrite").exit_code == 2


def test_the_changes_are_recorded_and_taken_back(duban: Callable[..., Any], tmp_path: Path) -> None:
    path, ids = exported(duban, tmp_path, 落实状态="已落实", 改动理由="现场看过", 完成时限="2026-06-30")
    done = duban("import", str(path), "--apply", "--by", "舒望")
    assert done.exit_code == 0
    assert "记下了 2 格改动（第 1—2 号决定）" in done.stdout
    with store_of(tmp_path) as store:
        made = history(store, ids[0])
    assert [(one.kind, one.who, one.why) for one in made] == [
        ("correct", "舒望", "现场看过"),
        ("set_status", "舒望", "现场看过"),
    ]
    again = json.loads(duban("import", str(path), "--format", "json").stdout)
    assert (again["changes"], again["settled"], again["applied"]) == ([], 2, [])
    assert "没有要记下的" in duban("import", str(path), "--apply").stdout
    assert "撤销了 2 个决定" in duban("decide", "undo", "1", "--all", "--by", "舒望").stdout
    assert duban("decide", "undo", "1", "--all").exit_code == 2
    assert duban("decide", "note", ids[0], "x", "--all").exit_code == 2
    with store_of(tmp_path) as store:
        assert [one.kind for one in history(store, ids[0])][-2:] == ["undo", "undo"]


def test_conflicts_are_taken_only_when_asked_for(duban: Callable[..., Any], tmp_path: Path) -> None:
    path, ids = exported(duban, tmp_path, 交给="舒望")
    assert duban("decide", "assign", ids[0], "甲", "--by", "甲").exit_code == 0
    done = duban("import", str(path), "--apply", "--by", "乙")
    assert done.exit_code == 1, "a conflict is left"
    assert "导出时是 （空），现在是 甲；甲 交办：交给 甲" in done.stdout.replace("\n  ", "")
    assert duban("import", str(path), "--apply", "--overwrite", "--by", "乙").exit_code == 0
    with store_of(tmp_path) as store:
        assert [dict(one.values)["to"] for one in history(store, ids[0])] == ["甲", "舒望"]


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(duban: Callable[..., Any], tmp_path: Path) -> None:
    other = tmp_path / "答复.txt"
    other.write_text(LETTER, encoding="utf-8")
    done = duban("import", str(other))
    assert done.exit_code == 1
    assert isinstance(done.exception, NotOurLedger)
    assert "不是 xlsx" in str(done.exception)
    assert duban("import", str(tmp_path / "nowhere.xlsx")).exit_code == 2


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


BOMB = b"<worksheet><sheetData>" + b"<row/>" * 9_000_000


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/worksheets/sheet1.xml": BOMB}, "太大"),
        ({f"xl/{number}.xml": b"<a/>" for number in range(600)}, "太大"),
        ({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, "DOCTYPE"),
        ({"xl/workbook.xml": b"<workbook"}, "打不开"),
        ({"[Content_Types].xml": b"<Types/>", "xl/styles.xml": b"<a/>"}, "打不开"),
        ({"content.xml": b"<office/>"}, "另存为"),
    ],
    ids=["bomb", "parts", "doctype", "torn", "bare", "ods"],
)
def test_a_hostile_workbook_costs_only_itself(parts: dict[str, bytes], said: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.xlsx", parts)
    with pytest.raises(NotOurLedger, match=said):
        take_in(path, Settings(data_dir=tmp_path))


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(NotOurLedger, match="太大"):
        take_in(path, Settings(data_dir=tmp_path))


def test_what_was_uploaded_is_kept_for_two_days(duban: Callable[..., Any], tmp_path: Path) -> None:
    path, _ = exported(duban, tmp_path, 交给="舒望")
    with store_of(tmp_path) as store:
        shelf, now = Shelf(store, tmp_path / "returned", load()), datetime.now(UTC)
        old = shelf.receive(path.read_bytes(), "台账.xlsx", now)
        found = shelf.kept(old)
        assert found is not None
        assert found[0] == "台账.xlsx"
        assert found[1].rows[0].edits[0].after == "舒望"
        assert [one.suffix for one in shelf.folder.iterdir()] == [".json"], "the file itself is gone"
        for kept in shelf.folder.iterdir():
            os.utime(kept, ((now - timedelta(days=3)).timestamp(),) * 2)
        shelf.receive(path.read_bytes(), "台账.xlsx", now)
        assert shelf.kept(old) is None
        assert shelf.kept("../" + old) is None


def foreign(folder: Path, *lines: tuple[object, ...]) -> Path:
    """Another office's ledger."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["案号", "承诺内容", "计划完成时间", "工作进展", "完成情况"])
    for line in lines:
        sheet.append(list(line))
    book.save(folder / "别处.xlsx")
    return folder / "别处.xlsx"


PUMPS = "于2025年底前新建石磨村加压泵站3座"


def test_another_offices_ledger_is_seen_before_anything_and_recorded_when_its_columns_are_said(
    duban: Callable[..., Any], tmp_path: Path
) -> None:
    path = foreign(tmp_path, ("18", PUMPS, "2025年底", "已建成两座", "未完工"), ("19", "修路", None, None, None))
    seen = json.loads(duban("import", str(path), "--format", "json").stdout)
    assert [(one["head"], one["means"]) for one in seen["columns"]["columns"]] == [
        ("案号", "number"),
        ("承诺内容", "promise_text"),
        ("计划完成时间", "deadline"),
        ("工作进展", "note"),
        ("完成情况", "status"),
    ]
    (note,) = seen["changes"]
    assert (note["field"], note["after"]) == ("note", "工作进展：已建成两座"), "the day is the same already"
    assert [one["line"] for one in seen["untaken"]] == [2, 3]
    refused = duban("import", str(path), "--apply")
    assert refused.exit_code == 2
    assert "--as-proposed" in refused.stderr
    with store_of(tmp_path) as store:
        assert history(store, note["id"]) == []
    done = duban("import", str(path), "--apply", "--by", "舒望", "--column", "E=不导入")
    assert "记下了 1 格改动" in done.stdout, done.output
    again = duban("import", str(path), "--apply")
    assert "没有要记下的" in again.stdout, "the columns are remembered, the note is there already"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--column", "没有=备注"], "没有“没有”这一列"),
        (["--column", "案号=什么"], "不认得"),
        (["--column", "案号"], "要写成"),
        (["--word", "未完工=好"], "不认得"),
        (["--sheet", "没有"], "没有这张工作表"),
        (["--column", "A=备注", "--column", "B=备注"], "至少要有一列"),
    ],
)
def test_what_is_said_wrongly_of_the_columns_is_told(
    duban: Callable[..., Any], tmp_path: Path, words: list[str], said: str
) -> None:
    done = duban("import", str(foreign(tmp_path, ("18", PUMPS, None, "好", "未完工"))), *words)
    assert done.exit_code == 2
    assert said in done.stderr.replace("\n", "").replace("│", "").replace(" ", "")


def test_a_word_for_a_status_is_taken_as_it_is_said(duban: Callable[..., Any], tmp_path: Path) -> None:
    path = foreign(tmp_path, ("18", PUMPS, "不早于明年", None, "未完工"))
    seen = json.loads(duban("import", str(path), "--word", "未完工=推进中", "--format", "json").stdout)
    told = [*seen["changes"], *seen["conflicts"]]
    assert [(one["field"], one["after"]) for one in told] == [("status", "in_progress")]
    assert "读不出是哪一天" in seen["untaken"][0]["why"]
    assert "“未完工”当作 推进中" in duban("import", str(path), "--word", "未完工=推进中").stdout
