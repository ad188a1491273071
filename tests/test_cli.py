"""The command line as it is used: real files, a real database, the Prefect flow; exit statuses and what is said."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

REPLY = """枫岭市城市管理局

关于对市政协八届三次会议第0046号提案的答复

慕清和委员：
您提出的《关于规范共享单车停放的提案》收悉，现答复如下：
一、已做的工作
截至5月底，全市已划定停放区820处。
二、下一步工作
我局将于2025年9月底前新增停放区不少于150处。
力争年底前将淤积车辆清运时间缩短至2小时以内。
您提出的全面取消临街停放区的建议，因道路条件限制，暂不具备实施条件。

枫岭市城市管理局
2025年6月18日
"""
PROPOSAL = """关于规范共享单车停放的提案

提案人：慕清和
建议：
一、增加地铁站周边停放区。
二、全面取消临街停放区。
"""
MANY = 300
BROKEN = {"空文件.txt": b"", "坏掉的.docx": b"PK\x03\x04 nothing more"}


@dataclass(frozen=True)
class Office:
    """A working directory of its own, with an inbox and a data directory."""

    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
        return kept | {"DUBAN_DATA_DIR": str(self.folder / "data")} | more

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-P", "-c", "from flows.cli import main; main()", *words]

    def duban(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment(**environment),
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
        )

    def json(self, *words: str) -> Any:
        done = self.duban(*words)
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Nothing was ever taken in here."""
    return Office(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An inbox with a reply, a proposal and two broken files."""
    folder = tmp_path_factory.mktemp("office")
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "答复.txt").write_text(REPLY, encoding="utf-8")
    (inbox / "提案.txt").write_text(PROPOSAL, encoding="gb18030")
    for name, data in BROKEN.items():
        (inbox / name).write_bytes(data)
    return Office(folder)


@pytest.fixture(scope="session")
def first(office: Office) -> subprocess.CompletedProcess[str]:
    """The first time that the inbox is taken in."""
    return office.duban("ingest", "inbox")


@pytest.fixture(scope="session")
def second(
    office: Office, first: subprocess.CompletedProcess[str]
) -> tuple[str, str, subprocess.CompletedProcess[str]]:
    """The ledger before and after the inbox is taken in once more."""
    before = office.duban("export", "--as-of", "2025-07-01").stdout
    done = office.duban("ingest", "inbox")
    return before, office.duban("export", "--as-of", "2025-07-01").stdout, done


@pytest.mark.usefixtures("first")
class TestAnOfficeThatTookItsInboxIn:
    def test_broken_files_are_named_with_their_reason_and_the_rest_is_kept(
        self, first: subprocess.CompletedProcess[str]
    ) -> None:
        assert first.returncode == 1, first.stderr
        assert "空文件.txt：文件是空的" in first.stderr
        assert "坏掉的.docx：" in first.stderr
        assert len(first.stderr.strip().splitlines()) == len(BROKEN)
        assert "新收 2 件" in first.stdout
        assert "没读成 2 件" in first.stdout

    def test_a_second_time_changes_nothing_and_still_names_what_is_broken(
        self, second: tuple[str, str, subprocess.CompletedProcess[str]]
    ) -> None:
        before, after, done = second
        assert before == after
        assert done.returncode == 1
        assert "跳过 4 件" in done.stdout
        assert "空文件.txt：文件是空的" in done.stderr

    def test_the_export_has_every_documented_key(self, office: Office) -> None:
        ledger = office.json("export", "--format", "json", "--as-of", "2025-12-01")
        assert {"as_of", "commitments", "progress", "coverage"} <= ledger.keys()
        assert ledger["as_of"] == "2025-12-01"
        promise = next(one for one in ledger["commitments"] if "150处" in one["text"])
        keys = (
            "id",
            "document",
            "text",
            "strength",
            "deadline",
            "status",
            "schedule",
            "reviewed",
            "evidence",
            "progress",
        )
        assert set(keys) <= promise.keys()
        assert promise["document"] == "答复.txt"
        assert promise["deadline"]["end"] == "2025-09-30"
        assert promise["status"] == "overdue"

    def test_a_promise_is_not_overdue_on_its_last_day(self, office: Office) -> None:
        ledger = office.json("export", "--as-of", "2025-09-30")
        assert [one["status"] for one in ledger["commitments"] if "150处" in one["text"]] == ["no_evidence"]

    def test_quotations_stand_at_their_offsets_in_the_text_that_is_printed(self, office: Office) -> None:
        text = office.duban("text", "inbox/答复.txt").stdout
        for promise in office.json("export")["commitments"]:
            assert text[promise["start"] : promise["end"]] == promise["text"]

    def test_a_two_character_word_is_found(self, office: Office) -> None:
        found = office.json("search", "单车", "--kind", "document", "--kind", "commitment", "--format", "json")
        assert {"total", "hits"} <= found.keys()
        assert found["hits"]
        hits = office.json("search", "清运", "--format", "json", "--limit", "1")["hits"]
        assert "清运" in hits[0]["text"]
        assert {"id", "document", "text", "status", "score", "snippet"} <= hits[0].keys()

    def test_nothing_found_is_done_too(self, office: Office) -> None:
        done = office.duban("search", "@@@")
        assert (done.returncode, done.stdout.strip()) == (0, "没有找到。")

    def test_the_ledger_can_be_read_in_a_terminal(self, office: Office) -> None:
        shown = office.duban("ledger", COLUMNS="80").stdout
        assert all(word in shown for word in ("0046号", "枫岭市城市管理局", "不少于150处", "2025-09-30", "明确承诺"))
        assert "\x1b[" not in shown

    def test_the_ledger_can_be_narrowed(self, office: Office) -> None:
        assert "没有找到" in office.duban("ledger", "--unit", "不存在的局").stdout
        assert "显示前 1 条" in office.duban("ledger", "--limit", "1").stdout
        overdue = office.json("ledger", "--overdue", "--as-of", "2025-10-15", "--format", "json")
        assert ["150处" in one["text"] for one in overdue] == [True]

    def test_one_promise_is_shown_in_its_context(self, office: Office) -> None:
        id = office.json("search", "停放区", "--format", "json")["hits"][0]["id"]
        shown = office.duban("show", id[:10]).stdout
        assert id in shown
        assert "责任单位" in shown

    def test_runs_say_what_came_in_and_why_something_did_not(self, office: Office) -> None:
        runs = office.json("runs", "--format", "json")
        assert runs["runs"][-1]["outcomes"] == {"new": 2, "failed": 2}
        failed = office.json("runs", "1", "--failed", "--format", "json")["items"]
        assert [(Path(item["path"]).name, item["reason"]) for item in failed if "空" in item["path"]] == [
            ("空文件.txt", "empty")
        ]
        assert "没读成" in office.duban("runs", "1").stdout

    def test_the_workbook_and_the_plain_table_are_written_whole(self, office: Office) -> None:
        assert office.duban("export", "-o", "台账.xlsx").returncode == 0
        assert "承诺事项台账" in openpyxl.load_workbook(office.folder / "台账.xlsx").sheetnames
        assert office.duban("export", "-o", "台账.csv").returncode == 0
        data = (office.folder / "台账.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len(rows) == 1 + len(office.json("export")["commitments"])
        assert not list(office.folder.glob(".tmp*"))

    def test_the_report_is_a_word_file(self, office: Office) -> None:
        assert office.duban("export", "-o", "报告.docx", "--as-of", "2025-12-01").returncode == 0
        with zipfile.ZipFile(office.folder / "报告.docx") as archive:
            assert "总体情况" in archive.read("word/document.xml").decode()

    def test_letters_are_written_once_and_never_over_what_somebody_may_have_worked_on(self, office: Office) -> None:
        done = office.duban("letters", "-o", "letters", "--as-of", "2026-02-01")
        assert done.returncode == 0
        written = sorted((office.folder / "letters").iterdir())
        assert written
        assert str(written[0].name) in done.stdout
        again = office.duban("letters", "-o", "letters", "--as-of", "2026-02-01")
        assert (again.returncode, again.stdout) == (2, "")
        assert "--overwrite" in again.stderr
        assert office.duban("letters", "-o", "letters", "--as-of", "2026-02-01", "--overwrite").returncode == 0
        assert sorted((office.folder / "letters").iterdir()) == written

    @pytest.mark.parametrize(
        "words",
        [
            ["export", "--format", "docx"],
            ["export", "--format", "xlsx"],
            ["letters"],
            ["letters", "-o", "letters", "--report-by", "2025-01-01", "--as-of", "2025-12-01"],
            ["export", "-o", "nowhere/台账.xlsx"],
            ["export", "-o", "台账.wps"],
            ["export", "--as-of", "31.12.2025"],
            ["show", "ffffffffffff"],
            ["runs", "99"],
        ],
        ids=" ".join,
    )
    def test_wrong_use_of_a_filled_database(self, words: list[str], office: Office) -> None:
        done = office.duban(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("duban：用法不对：")

    def test_a_database_that_another_run_holds_is_status_3(self, office: Office) -> None:
        held = sqlite3.connect(office.folder / "data" / "duban.db", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        try:
            done = office.duban("ingest", "inbox")
        finally:
            held.close()
        assert done.returncode == 3, done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "environment", "status"),
    [
        pytest.param(["--version"], {}, 0, id="version"),
        pytest.param(["--help"], {}, 0, id="help"),
        pytest.param([], {}, 0, id="no command shows the help"),
        pytest.param(["nosuch"], {}, 2, id="no such command"),
        pytest.param(["extract"], {}, 2, id="a file is missing on the line"),
        pytest.param(["extract", "--nosuch", "a"], {}, 2, id="no such option"),
        pytest.param(["search", "a", "--limit", "0"], {}, 2, id="a number out of bounds"),
        pytest.param(["ingest", "nowhere"], {}, 2, id="nothing to take in"),
        pytest.param(["text", "nowhere.txt"], {}, 1, id="a file that isn't there"),
        pytest.param(["export"], {"DUBAN_DATABASE_URL": "sqlite:////proc/nowhere/a.db"}, 3, id="no such database"),
        pytest.param(["export"], {"DUBAN_DATABASE_URL": "postgresql+psycopg://u@127.0.0.1:1/x"}, 3, id="no server"),
        pytest.param(["export"], {"DUBAN_DATABASE_URL": "mysql://a"}, 4, id="no such kind of database"),
        pytest.param(["ledger"], {"DUBAN_WORKERS": "many"}, 4, id="a wrong setting"),
        pytest.param(["schedule"], {}, 4, id="a schedule without an inbox"),
        pytest.param(
            ["schedule"], {"DUBAN_INBOX": "in", "PREFECT_API_URL": "http://127.0.0.1:1/api"}, 3, id="no Prefect server"
        ),
        pytest.param(["export"], {}, 0, id="an empty database"),
    ],
)
def test_exit_statuses(words: list[str], environment: dict[str, str], status: int, empty_office: Office) -> None:
    done = empty_office.duban(*words, **environment)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    if status:
        assert done.stdout == ""
        assert any("\u4e00" <= char <= "\u9fff" for char in done.stderr)


def test_extract_gives_a_line_a_file_in_order_and_names_what_it_cannot_read(office: Office) -> None:
    done = office.duban("extract", "inbox/答复.txt", "inbox/空文件.txt", "inbox/提案.txt", "--with-text")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == ["inbox/答复.txt", "inbox/空文件.txt", "inbox/提案.txt"]
    assert lines[1]["error"] == "文件是空的"
    assert "空文件.txt" in done.stderr
    reply = lines[0]
    assert reply["document"]["number"] == "0046"
    for kind in ("requests", "commitments", "declined", "quantities"):
        assert all(reply["text"][one["start"] : one["end"]] == one["text"] for one in reply[kind])
    assert not (office.folder / "var").exists()


def test_json_is_utf_8_whatever_the_terminal_speaks(office: Office) -> None:
    done = subprocess.run(
        office.command("extract", "inbox/答复.txt"),
        env=office.environment(LC_ALL="C", PYTHONIOENCODING="gbk", PYTHONUTF8="0"),
        cwd=office.folder,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))["document"]["number"] == "0046"


def test_colours_stay_away_when_they_are_not_wanted(empty_office: Office) -> None:
    plain = empty_office.duban("--help", NO_COLOR="1", FORCE_COLOR="1").stdout
    assert "\x1b[3" not in plain


def processes_of(office: Office) -> list[int]:
    """The processes that this office's data directory is set for, ours excepted."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"DUBAN_DATA_DIR={office.folder}/data".encode() in environment.split(b"\0"):
            found.append(int(entry.name))
    return found


def awaited(holds: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize(
    ("sign", "status", "after"),
    [
        pytest.param(signal.SIGINT, 130, 30, id="Ctrl-C"),
        pytest.param(signal.SIGKILL, -9, 1, id="kill -9 at the first letter"),
        pytest.param(signal.SIGKILL, -9, 30, id="kill -9"),
        pytest.param(signal.SIGKILL, -9, 150, id="kill -9 halfway"),
    ],
)
def test_a_run_that_is_broken_off_leaves_no_process_and_the_next_one_finishes_its_work(
    sign: signal.Signals, status: int, after: int, tmp_path: Path
) -> None:
    office = Office(tmp_path)
    (tmp_path / "inbox").mkdir()
    for number in range(MANY):
        letter = REPLY.replace("0046", f"{number:04}").replace("150处", f"{number + 3}处")
        (tmp_path / "inbox" / f"{number:04}.txt").write_text(letter, encoding="utf-8")
    with subprocess.Popen(
        office.command("ingest", "inbox"), env=office.environment(), cwd=tmp_path, stderr=subprocess.PIPE
    ) as running:
        under_way = awaited(lambda: kept(office) >= after or running.poll() is not None, 300)
        running.send_signal(sign)
        _, complaint = running.communicate(timeout=30)
    assert under_way
    assert running.returncode == status, complaint.decode()
    assert b"Traceback" not in complaint
    assert awaited(lambda: not processes_of(office), 30), "something of the run still lives"
    assert after <= kept(office) < MANY
    done = office.duban("ingest", "inbox")
    assert done.returncode == 0, done.stderr[-500:]
    assert kept(office) == MANY
    states = [run["state"] for run in office.json("runs", "--format", "json")["runs"]]
    assert states == ["finished", "abandoned"]


def kept(office: Office) -> int:
    """How many letters the database holds now, asked without disturbing the run."""
    try:
        database = sqlite3.connect(f"file:{office.folder}/data/duban.db?mode=ro", uri=True, timeout=5)
        with database:
            number: int = database.execute("SELECT count(*) FROM documents").fetchone()[0]
        database.close()
    except sqlite3.OperationalError:
        return 0
    return number


def test_a_python_file_of_the_users_folder_is_none_of_ours(tmp_path: Path) -> None:
    office = Office(tmp_path)
    (tmp_path / "copy.py").write_text("raise RuntimeError", encoding="utf-8")
    (tmp_path / "a.txt").write_text(REPLY, encoding="utf-8")
    done = office.duban("ingest", "a.txt")
    assert done.returncode == 0, done.stderr[-500:]
