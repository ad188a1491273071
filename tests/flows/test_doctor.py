"""The doctor finds each fault that is planted, says what to do, and finds nothing to mend where all is well."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import doctor_machine, doctor_office
from flows.cli import app
from flows.doctor import CHECKS, examine
from flows.keeping import back_up, drill
from flows.settings import Settings, load
from models import filesystems
from models.health import Checkup, Health
from models.owners import this_process
from models.runs import Owner, RunState
from models.store import open_store
from outputs.maintaining import TOPICS

DOORS: list[socket.socket] = []  # that a test holds open
NOW = datetime.now(UTC).replace(microsecond=0)
DOCUMENT = """INSERT INTO documents (id, current, path, name, form, notes, extractor, records_digest, created, kind,
    proposers, co_units, co_reply, contacts) VALUES ('d', 0, '/d', 'd', 'txt', '[]', '1', '',
    '2026-01-01 00:00:00', 'reply', '[]', '[]', 0, '[]')"""


@pytest.fixture(autouse=True)
def _closed_doors() -> Iterator[None]:
    yield
    while DOORS:
        DOORS.pop().close()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory that is well: a run that ended, a backup, a drill."""
    data = tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_DATA_DIR", str(data))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with open_store(f"sqlite:///{data}/duban.db") as store:
        run = store.begin_run("ingest", now=NOW, owner=this_process())
        store.finish_run(run, now=NOW)
        with store.writing() as connection:
            connection.exec_driver_sql(DOCUMENT)
            connection.exec_driver_sql("INSERT INTO document_texts VALUES ('d', '')")
    data.chmod(0o750)
    kept = back_up(Settings(data_dir=data), tmp_path / "backups", now=NOW)
    (data / "keeping.json").write_text(
        json.dumps({name: {"at": NOW.isoformat(), "path": str(kept.path)} for name in ("backup", "drill")})
    )
    return data


def found(topic: str, now: datetime = NOW) -> Checkup:
    load.cache_clear()
    (one,) = [one for one in examine(now) if one.topic == topic]
    return one


def execute(data: Path, *statements: str) -> None:
    with sqlite3.connect(data / "duban.db") as raw:
        for statement in statements:
            raw.execute(statement)
    raw.close()


def test_where_all_is_well_nothing_has_to_be_mended(office: Path) -> None:
    load.cache_clear()
    assert [one for one in examine(NOW) if one.health is Health.BAD] == []


def test_at_least_25_things_are_looked_at_and_each_has_a_name(office: Path) -> None:
    load.cache_clear()
    topics = [one.topic for one in examine(NOW)]
    assert len(topics) >= 25
    assert len(topics) == len(set(topics))
    assert set(topics) <= TOPICS.keys()
    assert {check.__name__.removeprefix("check_") for check in CHECKS} <= TOPICS.keys()


def lock_with(*lines: str) -> Callable[[Path, pytest.MonkeyPatch], None]:
    def plant(data: Path, patch: pytest.MonkeyPatch) -> None:
        (data / "lock").write_text("\n".join(lines))
        patch.setattr(doctor_machine, "LOCK", data / "lock")

    return plant


def on_a_share(data: Path, patch: pytest.MonkeyPatch) -> None:
    (data / "mounts").write_text(f"40 22 0:45 / {data} rw - nfs4 server:/share rw\n")
    patch.setattr(filesystems, "MOUNTS", data / "mounts")


def little_memory(data: Path, patch: pytest.MonkeyPatch) -> None:
    (data / "meminfo").write_text("MemTotal: 900000 kB\nMemAvailable: 200000 kB\n")
    patch.setattr(doctor_machine, "MEMINFO", data / "meminfo")


def another_host(data: Path, _patch: pytest.MonkeyPatch) -> None:
    with open_store(f"sqlite:///{data}/duban.db") as store:
        gone = Owner("another-machine", 1, "b", "1")
        store.begin_run("ingest", now=NOW - timedelta(hours=3), owner=gone)


def broken_off(data: Path, _patch: pytest.MonkeyPatch) -> None:
    with open_store(f"sqlite:///{data}/duban.db") as store:
        run = store.begin_run("ingest", now=NOW, owner=this_process())
        store.finish_run(run, now=NOW, state=RunState.FAILED, error="磁盘满了")


def statements(*each: str) -> Callable[[Path, pytest.MonkeyPatch], None]:
    return lambda data, _patch: execute(data, *each)


def environment(**values: str) -> Callable[[Path, pytest.MonkeyPatch], None]:
    def plant(data: Path, patch: pytest.MonkeyPatch) -> None:
        for name, value in values.items():
            patch.setenv(name, value.format(data=data))

    return plant


def noted(**ages: timedelta) -> Callable[[Path, pytest.MonkeyPatch], None]:
    def plant(data: Path, _patch: pytest.MonkeyPatch) -> None:
        notes = json.loads((data / "keeping.json").read_text())
        for name, age in ages.items():
            notes[name]["at"] = (NOW - age).isoformat()
        (data / "keeping.json").write_text(json.dumps(notes))

    return plant


def old_leftover(data: Path, _patch: pytest.MonkeyPatch) -> None:
    (data / "originals").mkdir(exist_ok=True)
    (data / "originals" / "1-2.part").touch()
    os.utime(data / "originals" / "1-2.part", (1, 1))


def short_journal(data: Path, patch: pytest.MonkeyPatch) -> None:
    (data / "journald.conf").write_text("[Journal]\nMaxRetentionSec=2week\n")
    patch.setattr(doctor_office, "JOURNALD", (data / "journald.conf", data / "none"))


def another_program(_data: Path, patch: pytest.MonkeyPatch) -> None:
    door = socket.create_server(("127.0.0.1", 0))
    patch.setenv("DUBAN_WEB_PORT", str(door.getsockname()[1]))
    DOORS.append(door)


def known_hole(**entry: str) -> Callable[[Path, pytest.MonkeyPatch], None]:
    one = {"package": "alembic", "affected": ">=1", "id": "CVE-0000-1"} | entry
    return lambda _data, patch: patch.setattr(
        doctor_office, "vulnerabilities", lambda: {"as_of": entry.get("as_of", NOW.date()), "packages": [one]}
    )


PLANTED = {
    "pages without encryption": (environment(DUBAN_WEB_HOST="0.0.0.0"), "web_host", Health.BAD, "没有加密"),
    "pages beside their proxy": (
        environment(DUBAN_WEB_HOST="0.0.0.0", DUBAN_WEB_HTTPS="true"),
        "web_host",
        Health.NOTE,
        "绕过代理",
    ),
    "any host name": (environment(DUBAN_WEB_HTTPS="true"), "web_hosts", Health.NOTE, "没有限定"),
    "a port that is taken": (another_program, "web_port", Health.BAD, "别的程序"),
    "no certificate to look at": (environment(DUBAN_WEB_ADDRESS="https://127.0.0.1:9"), "tls", Health.NOTE, "连不上"),
    "a log that can be changed": (statements("DROP TRIGGER audit_no_delete"), "audit_log", Health.BAD, "可以被改"),
    "a journal of two weeks": (short_journal, "system_log", Health.NOTE, "14 天"),
    "a known hole": (known_hole(), "vulnerabilities", Health.BAD, "CVE-0000-1"),
    "an old list of holes": (known_hole(as_of="2026-01-01"), "vulnerability_list", Health.NOTE, "2026-01-01"),
    "no cluster": (
        environment(DUBAN_RUNNER="dask", DUBAN_DASK_SCHEDULER="tcp://127.0.0.1:9"),
        "machines",
        Health.BAD,
        "连不上",
    ),
    "another version": (lock_with("alembic==0.0.1"), "packages", Health.BAD, "alembic"),
    "a missing package": (lock_with("no-such-thing==1.0"), "packages", Health.BAD, "缺 no-such-thing"),
    "a network share": (on_a_share, "filesystem", Health.BAD, "nfs4"),
    "little memory": (little_memory, "memory", Health.BAD, "0.2 GB"),
    "readable by all": (lambda data, _: data.chmod(0o755), "permissions", Health.NOTE, "其他用户能看"),
    "no inbox": (environment(DUBAN_INBOX="{data}/nowhere"), "inbox", Health.BAD, "不在"),
    "no server": (environment(PREFECT_API_URL="http://127.0.0.1:9/api"), "prefect_server", Health.BAD, "没有回应"),
    "another zone": (environment(DUBAN_TIMEZONE="Pacific/Marquesas"), "timezone", Health.NOTE, "不同"),
    "a wrong setting": (environment(DUBAN_WORKERS="many"), "settings", Health.BAD, "应是整数"),
    "no database": (lambda data, _: (data / "duban.db").unlink(), "database", Health.NOTE, "还没有"),
    "no database but a letter": (
        lambda data, _: (data / "duban.db").write_bytes(b"PK\x03\x04" + bytes(9000)),
        "database",
        Health.BAD,
        "不是数据库",
    ),
    "a server that is gone": (
        environment(DUBAN_DATABASE_URL="postgresql+psycopg://clerk:secret@127.0.0.1:1/duban"),
        "database",
        Health.BAD,
        "连不上",
    ),
    "an older schema": (statements("UPDATE alembic_version SET version_num = '0001'"), "schema", Health.NOTE, "0001"),
    "a newer schema": (statements("UPDATE alembic_version SET version_num = '9999'"), "schema", Health.BAD, "9999"),
    "a dead holder": (another_host, "lease", Health.NOTE, "已经不在"),
    "a failed run": (broken_off, "last_run", Health.BAD, "磁盘满了"),
    "a run in the future": (
        statements("UPDATE runs SET started = '2999-01-01 00:00:00.000000'"),
        "clock_back",
        Health.BAD,
        "2999",
    ),
    "a file that failed": (
        statements(
            "INSERT INTO sources (id, path, name, form, first_seen, version, failure)"
            " VALUES ('s', '/s', 's', 'pdf', '2026-01-01 00:00:00.000000', 0, 'scanned')"
        ),
        "failures",
        Health.NOTE,
        "1 个",
    ),
    "work that waits": (statements("INSERT INTO unjudged VALUES ('d')"), "waiting", Health.NOTE, "1 件"),
    "a letter that nobody finds": (statements("UPDATE documents SET current = 1"), "index", Health.BAD, "1 件"),
    "an old backup": (noted(backup=timedelta(hours=27)), "backup", Health.BAD, "27 小时前"),
    "an old drill": (noted(drill=timedelta(days=31)), "drill", Health.BAD, "31 天前"),
    "no backup": (lambda data, _: (data / "keeping.json").unlink(), "backup", Health.BAD, "从没有"),
    "a leftover": (old_leftover, "leftovers", Health.NOTE, "1 个"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(planted: str, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, topic, health, said = PLANTED[planted]
    plant(office, monkeypatch)
    one = found(topic)
    assert (one.health, said in one.found) == (health, True), one
    assert one.todo
    assert "secret" not in one.found


def test_no_installed_package_has_a_hole_that_is_listed() -> None:
    listed = doctor_office.vulnerabilities()
    assert len(listed["packages"]) >= 20
    assert [one for one in listed["packages"] if doctor_office._hit(one)] == []


def test_a_list_of_holes_finds_the_versions_that_have_them() -> None:
    old = {"package": "alembic", "affected": "<99", "id": "CVE-0000-1"}
    assert "CVE-0000-1" in (doctor_office._hit(old) or "")
    assert doctor_office._hit(old | {"affected": "<0.1"}) is None
    assert doctor_office._hit(old | {"package": "no-such-thing"}) is None


def test_a_clock_that_was_never_set_is_found(office: Path) -> None:
    assert found("clock", datetime(1970, 1, 1, 3, tzinfo=UTC)).health is Health.BAD


def test_a_data_directory_that_takes_nothing_is_found(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    assert found("data_dir").health is Health.BAD


def test_a_server_is_looked_at_too(office: Path, monkeypatch: pytest.MonkeyPatch, postgres_url: str) -> None:
    open_store(postgres_url).close()
    monkeypatch.setenv("DUBAN_DATABASE_URL", postgres_url)
    assert "UTF8" in found("server").found
    assert found("schema").health is Health.WELL


def test_looking_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path / "none"))
    load.cache_clear()
    examine(NOW)
    assert not (tmp_path / "none").exists()


def test_the_command_says_it_as_a_table_and_as_json_and_by_its_exit_status(office: Path) -> None:
    load.cache_clear()
    fine = CliRunner().invoke(app, ["doctor", "--format", "json"])
    told = json.loads(fine.stdout)
    assert (fine.exit_code, told["well"]) == (0, True)
    assert {"topic", "name", "state", "found", "todo"} == told["checks"][0].keys()
    (office / "keeping.json").unlink()
    bad = CliRunner().invoke(app, ["doctor"])
    assert bad.exit_code == 1
    assert "从没有做过备份" in bad.stdout
    assert "duban backup" in bad.stdout


def test_backup_drill_and_verify_by_command(office: Path, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        load.cache_clear()
        done = CliRunner().invoke(app, list(words))
        return done.exit_code, done.stdout

    execute(office, "DELETE FROM document_texts", "DELETE FROM documents")
    (status, said) = run("backup", "-o", str(tmp_path / "more"), "--keep", "1", "--format", "json")
    archive = json.loads(said)["file"]
    assert status == 0
    assert run("verify")[0] == 0
    assert run("verify", archive)[0] == 0
    assert run("restore", archive, "--drill")[0] == 0
    assert run("restore", archive, "--into", str(tmp_path / "new"))[0] == 0
    assert run("restore", archive)[0] == 2
    execute(office, "DELETE FROM alembic_version WHERE 0", "UPDATE runs SET state = 'running'")
    status, said = run("verify", "--format", "json")
    assert (status, [one["kind"] for one in json.loads(said)["damage"]]) == (1, ["runs"])
    copied = run("db", "copy", f"sqlite:///{tmp_path}/new/duban.db", f"sqlite:///{tmp_path}/copy.db")
    assert copied[0] == 0
    assert "都与来源相同" in copied[1]


def test_a_drill_counts_for_the_doctor(office: Path, tmp_path: Path) -> None:
    execute(office, "DELETE FROM document_texts", "DELETE FROM documents")
    kept = back_up(Settings(data_dir=office), tmp_path / "more", now=NOW)
    drill(Settings(data_dir=office), kept.path, now=NOW - timedelta(days=31))
    execute(office, DOCUMENT)
    assert found("drill").health is Health.BAD
