"""A backup is whole or isn't there; a restore gives back what was backed up, or nothing."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.archive import opened
from flows.keeping import back_up, drill, restore
from flows.keeping_notes import read_notes
from flows.originals import Originals
from flows.settings import Settings
from flows.verifying import verify_archive, verify_data
from models import filesystems
from models.checksums import Checksum, checksums
from models.copying import copy_database
from models.decided import DecisionKind
from models.decisions import decide
from models.engine import open_engine, snapshot
from models.errors import ConfigurationError, KeepingFailed, StoreUnavailable
from models.harm import Harm
from models.history import list_runs
from models.owners import this_process
from models.queries import ledger
from models.runs import RunState
from models.store import open_store

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LETTERS = 12


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data directory with letters, their originals and a decision."""
    import runpy

    folder: Path = tmp_path_factory.mktemp("office")
    written = runpy.run_path(str(Path(__file__).with_name("conftest.py")))["_written"]
    letters = [written(_made(folder / "in"), number) for number in range(1, LETTERS + 1)]
    from corpus.readers import Limits, read
    from extractors.pipeline import extract

    settings = Settings(data_dir=folder / "data")
    originals = Originals(settings.data_dir / "originals", 1_000_000)
    with open_store(settings.database) as store:
        run = store.begin_run("ingest", now=NOW, owner=this_process())
        for path in letters:
            kept = originals.keep(path)
            store.save(run, kept.source, extract(read(kept.readable, Limits())), now=NOW, extractor="1")
        store.finish_run(run, now=NOW)
        decide(store, DecisionKind.NOTE, who="田甲", now=NOW, commitment=ledger(store)[0].id, why="记一笔")
    return settings


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def archive(office: Settings, tmp_path: Path) -> Path:
    """A backup of the office."""
    return back_up(office, tmp_path / "backups", now=NOW).path


def sums(url: str) -> dict[str, Checksum]:
    engine = open_engine(url)
    with snapshot(engine) as connection:
        found = checksums(connection)
    engine.dispose()
    return found


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_backed_up_comes_back(office: Settings, archive: Path, tmp_path: Path) -> None:
    restored = restore(archive, tmp_path / "new", now=NOW)
    assert restored.damage == ()
    assert sums(f"sqlite:///{tmp_path}/new/duban.db") == sums(office.database)
    assert files_in(tmp_path / "new" / "originals") == files_in(office.data_dir / "originals")
    assert list(verify_data(Settings(data_dir=tmp_path / "new"))) == []


def test_a_backup_is_restored_to_a_server_and_a_server_is_backed_up(
    office: Settings, archive: Path, tmp_path: Path, postgres_url: str
) -> None:
    restore(archive, tmp_path / "new", now=NOW, database=postgres_url)
    assert not (tmp_path / "new" / "duban.db").exists()
    served = Settings(data_dir=tmp_path / "new", database_url=postgres_url)
    assert list(verify_data(served)) == []
    again = back_up(served, tmp_path / "again", now=NOW).path
    assert verify_archive(again)[1] == []
    restore(again, tmp_path / "back", now=NOW)
    assert sums(f"sqlite:///{tmp_path}/back/duban.db") == sums(office.database)


def test_a_server_that_holds_something_is_not_restored_over(archive: Path, tmp_path: Path, postgres_url: str) -> None:
    restore(archive, tmp_path / "new", now=NOW, database=postgres_url)
    before = sums(postgres_url)
    with pytest.raises(KeepingFailed, match="已经有数据"):
        restore(archive, tmp_path / "other", now=NOW, database=postgres_url)
    assert sums(postgres_url) == before
    assert not (tmp_path / "other").exists()


def test_a_folder_that_holds_something_is_not_restored_over(office: Settings, archive: Path) -> None:
    before = files_in(office.data_dir)
    with pytest.raises(KeepingFailed, match="只能恢复到空的"):
        restore(archive, office.data_dir, now=NOW)
    assert files_in(office.data_dir) == before


def test_an_empty_folder_is_fine(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    restore(archive, tmp_path / "new", now=NOW)
    assert (tmp_path / "new" / "duban.db").is_file()


def test_the_manifest_says_what_is_in_it_and_any_zip_program_reads_it(archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        told = json.loads(file.read("manifest.json"))
        assert file.testzip() is None
    assert (told["rows"]["documents"], told["rows"]["decisions"], told["database"]) == (LETTERS, 1, "sqlite")
    assert len(told["members"]) == LETTERS + 1
    assert archive.stat().st_mode & 0o077 == 0


def test_settings_come_back_under_another_name(
    office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "duban.toml").write_text('database_url = "sqlite:////srv/living.db"\n')
    kept = back_up(office, tmp_path / "backups", now=NOW)
    restore(kept.path, tmp_path / "new", now=NOW)
    assert not (tmp_path / "new" / "duban.toml").exists()
    assert "living" in (tmp_path / "new" / "settings-from-backup" / "working_dir.toml").read_text()


def test_only_the_newest_stay_and_other_files_are_left_alone(office: Settings, tmp_path: Path) -> None:
    folder = _made(tmp_path / "backups")
    (folder / "duban-notes.zip").write_text("not ours to remove")
    made = [back_up(office, folder, now=NOW + timedelta(days=day), keep=3).path.name for day in range(5)]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*made[2:], "duban-notes.zip"])


def test_two_in_one_second_have_two_names_and_a_named_file_is_never_replaced(office: Settings, tmp_path: Path) -> None:
    first, second = (back_up(office, tmp_path, now=NOW).path for _ in range(2))
    assert first != second
    with pytest.raises(KeepingFailed, match="已经有了"):
        back_up(office, first, now=NOW)


def test_a_run_that_was_going_on_is_broken_off_in_what_is_restored(office: Settings, tmp_path: Path) -> None:
    with open_store(office.database) as store:
        run = store.begin_run("ingest", now=NOW, owner=this_process())
        kept = back_up(office, tmp_path / "backups", now=NOW)
        store.finish_run(run, now=NOW)
    restore(kept.path, tmp_path / "new", now=NOW)
    with open_store(f"sqlite:///{tmp_path}/new/duban.db") as store:
        assert list_runs(store)[0].state is RunState.ABANDONED
        store.begin_run("ingest", now=NOW, owner=this_process())


def test_a_drill_leaves_nothing_but_its_date(office: Settings, archive: Path) -> None:
    before = files_in(office.data_dir).keys()
    drill(office, archive, now=NOW)
    assert files_in(office.data_dir).keys() == before
    assert read_notes(office.data_dir)["drill"]["at"] == NOW.isoformat()


def test_a_backup_of_an_older_schema_is_kept_as_it_is_and_restored_by_newer_programs(
    office: Settings, tmp_path: Path
) -> None:
    """The three releases before: their databases are made by the migrations up to theirs."""
    from alembic import command

    from models.engine import unopened_engine
    from models.migrations import configuration

    for schema in ("0001", "0002", "0003"):
        older = Settings(data_dir=tmp_path / schema)
        engine = unopened_engine(older.database)
        with engine.begin() as connection:
            command.upgrade(configuration(connection), schema)
            row = "'d', true, '/d', 'd', 'txt', '[]', '1', '', '2026-01-01 00:00:00', 'reply', '[]', '[]', false, '[]'"
            connection.exec_driver_sql(
                "INSERT INTO documents (id, current, path, name, form, notes, extractor, records_digest, created,"
                f" kind, proposers, co_units, co_reply, contacts) VALUES ({row})"
            )
        engine.dispose()
        kept = back_up(older, now=NOW)
        assert (kept.manifest.schema, kept.manifest.rows["documents"]) == (schema, 1)
        restore(kept.path, tmp_path / f"new-{schema}", now=NOW)
        with open_store(f"sqlite:///{tmp_path}/new-{schema}/duban.db") as store, store.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 1


def test_a_backup_of_a_newer_program_is_refused(archive: Path, tmp_path: Path) -> None:
    newer = _rewritten(archive, tmp_path / "newer.zip", lambda told: told | {"format": 99})
    with pytest.raises(KeepingFailed, match="更新版本的 duban 做的备份"):
        restore(newer, tmp_path / "new", now=NOW)
    restore(archive, tmp_path / "a", now=NOW)
    with sqlite3.connect(tmp_path / "a" / "duban.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    later = back_up(Settings(data_dir=tmp_path / "a"), now=NOW).path
    with pytest.raises(StoreUnavailable, match="更新版本的 duban"):
        restore(later, tmp_path / "new", now=NOW)
    assert not (tmp_path / "new").exists()


def test_names_that_lead_elsewhere_are_refused(archive: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.zip"
    shutil.copyfile(archive, hostile)
    _rewritten(archive, hostile, lambda told: told | {"members": told["members"] | {"../x": {"size": 0, "sha256": ""}}})
    with pytest.raises(KeepingFailed, match="不该有的文件名"):
        restore(hostile, tmp_path / "new", now=NOW)
    assert not (tmp_path / "x").exists()


def test_counts_that_differ_are_refused(archive: Path, tmp_path: Path) -> None:
    fewer = _rewritten(archive, tmp_path / "fewer.zip", lambda told: told | {"rows": told["rows"] | {"documents": 11}})
    with pytest.raises(KeepingFailed, match="应有 11 行，实有 12 行"):
        restore(fewer, tmp_path / "new", now=NOW)
    assert {damage.harm for damage in verify_archive(fewer)[1]} == {Harm.FILE}


def _rewritten(archive: Path, target: Path, change: Callable[[dict[str, object]], dict[str, object]]) -> Path:
    """The archive with another manifest."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            told = old.read(name)
            new.writestr(name, json.dumps(change(json.loads(told))) if name == "manifest.json" else told)
    return target


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_an_archive_that_is_cut_off_is_refused(share: float, archive: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[: int(archive.stat().st_size * share)])
    for work in (lambda: restore(cut, tmp_path / "new", now=NOW), lambda: verify_archive(cut)):
        with pytest.raises(KeepingFailed, match="残缺"):
            work()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "cut.zip"]


def test_a_flipped_bit_is_found_wherever_it_matters(office: Settings, archive: Path, tmp_path: Path) -> None:
    """Each byte of the contents matters; of the frame around it some don't (times, attributes)."""
    dice, whole, found = random.Random(20260302), archive.read_bytes(), 0
    expected = sums(office.database)
    for nth in range(40):
        flipped = bytearray(whole)
        flipped[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        (tmp_path / "flipped.zip").write_bytes(flipped)
        try:
            damage = verify_archive(tmp_path / "flipped.zip")[1]
        except KeepingFailed:
            found += 1
            continue
        if damage:
            found += 1
            with pytest.raises((KeepingFailed, StoreUnavailable)):
                restore(tmp_path / "flipped.zip", tmp_path / f"new{nth}", now=NOW)
            assert not (tmp_path / f"new{nth}").exists()
        else:
            restore(tmp_path / "flipped.zip", tmp_path / f"new{nth}", now=NOW)
            assert sums(f"sqlite:///{tmp_path}/new{nth}/duban.db") == expected
    assert found >= 35


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_bytes(b"PK\x03\x04" + bytes(100))
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a.txt", "")
    for name, said in (("letter.zip", "不是 duban 的备份"), ("other.zip", "不是 duban 的备份"), ("no.zip", "没有文件")):
        with pytest.raises(KeepingFailed, match=said):
            verify_archive(tmp_path / name)


def test_a_damaged_database_makes_no_backup_and_pushes_none_out(office: Settings, tmp_path: Path) -> None:
    good = back_up(office, tmp_path / "backups", now=NOW, keep=1).path
    shutil.copytree(office.data_dir, tmp_path / "bad")
    database = tmp_path / "bad" / "duban.db"
    database.write_bytes(_overwritten(database.read_bytes()))
    with pytest.raises((StoreUnavailable, KeepingFailed)):
        back_up(Settings(data_dir=tmp_path / "bad"), tmp_path / "backups", now=NOW + timedelta(days=1), keep=1)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [good.name]


def _overwritten(whole: bytes) -> bytes:
    middle = len(whole) // 4096 // 2 * 4096
    return whole[:middle] + b"\xa5" * 4096 * 20 + whole[middle + 4096 * 20 :]


def test_damaged_and_missing_originals_are_told_and_no_older_backup_is_removed(
    office: Settings, tmp_path: Path
) -> None:
    shutil.copytree(office.data_dir, tmp_path / "data")
    hurt = Settings(data_dir=tmp_path / "data")
    first, second, *_ = sorted((tmp_path / "data" / "originals").glob("*/*"))
    good = back_up(hurt, tmp_path / "backups", now=NOW, keep=1).path
    first.write_text("另外的内容")
    second.unlink()
    kept = back_up(hurt, tmp_path / "backups", now=NOW + timedelta(days=1), keep=1)
    assert [damage.harm for damage in kept.damage] == [Harm.ORIGINAL_CHANGED]
    assert good.exists()
    expected = [Harm.ORIGINAL_CHANGED, Harm.ORIGINAL_MISSING]
    assert sorted(damage.harm for damage in verify_data(hurt)) == sorted(expected)
    assert sorted(damage.harm for damage in verify_archive(kept.path)[1]) == sorted(expected)


def test_decisions_that_were_rewritten_since_the_last_backup_are_found(office: Settings, tmp_path: Path) -> None:
    shutil.copytree(office.data_dir, tmp_path / "data")
    settings = Settings(data_dir=tmp_path / "data")
    back_up(settings, now=NOW)
    with sqlite3.connect(tmp_path / "data" / "duban.db") as raw:
        raw.execute("UPDATE decisions SET why = '从没有说过'")
    assert [damage.harm for damage in verify_data(settings)] == [Harm.SINCE_BACKUP]


CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from flows.keeping import back_up, restore
from flows.settings import Settings
now = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
print("begun", flush=True)
if sys.argv[1] == "backup":
    back_up(Settings(data_dir=Path(sys.argv[2])), Path(sys.argv[3]), now=now)
else:
    restore(Path(sys.argv[2]), Path(sys.argv[3]), now=now)
"""


def _killed(*arguments: object, seconds: float) -> None:
    command = [sys.executable, "-c", CHILD, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_backup_that_is_killed_is_not_there_or_whole(office: Settings, tmp_path: Path) -> None:
    dice, cut = random.Random(20260302), 0
    for _ in range(12):
        _killed("backup", office.data_dir, tmp_path / "backups", seconds=dice.uniform(0, 0.15))
        archives = list((tmp_path / "backups").glob("*.zip"))
        cut += not archives
        for archive in archives:
            assert verify_archive(archive)[1] == []
            archive.unlink()
    assert cut
    kept = back_up(office, tmp_path / "backups", now=NOW)
    assert list((tmp_path / "backups").iterdir()) == [kept.path]  # nothing that a killed one left


@pytest.mark.slow
def test_a_restore_that_is_killed_is_not_there_or_whole(office: Settings, archive: Path, tmp_path: Path) -> None:
    dice, cut = random.Random(20260302), 0
    expected = sums(office.database)
    for _ in range(12):
        _killed("restore", archive, tmp_path / "new", seconds=dice.uniform(0, 1.0))
        if (tmp_path / "new").exists():
            assert sums(f"sqlite:///{tmp_path}/new/duban.db") == expected
            assert len(files_in(tmp_path / "new" / "originals")) == LETTERS
            shutil.rmtree(tmp_path / "new")
        else:
            cut += 1
    assert cut
    restore(archive, tmp_path / "new", now=NOW)
    assert sums(f"sqlite:///{tmp_path}/new/duban.db") == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "new"]


@pytest.mark.parametrize("size", [50_000, 200_000, 400_000])
def test_a_full_disk_leaves_nothing_and_says_so(size: int, office: Settings, archive: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: writing fails in the middle, at whatever file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        with pytest.raises((KeepingFailed, StoreUnavailable), match="磁盘"):
            back_up(office, tmp_path / "full", now=NOW)
        with pytest.raises((KeepingFailed, StoreUnavailable), match="磁盘"):
            restore(archive, tmp_path / "new", now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "full").iterdir()) == []
    assert not (tmp_path / "new").exists()


def test_a_disk_without_room_is_said_before_anything_is_written(
    office: Settings, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    for work in (lambda: back_up(office, tmp_path / "b", now=NOW), lambda: restore(archive, tmp_path / "n", now=NOW)):
        with pytest.raises(KeepingFailed, match="磁盘不够"):
            work()
    assert not (tmp_path / "n").exists()


def test_two_restores_to_one_place_do_not_meet(archive: Path, tmp_path: Path) -> None:
    from flows.workplace import workplace

    with workplace(tmp_path, "new"), pytest.raises(KeepingFailed, match="正有人在用"):
        restore(archive, tmp_path / "new", now=NOW)


def test_a_copy_of_the_office_moves_to_a_server_with_its_originals_in_place(
    office: Settings, postgres_url: str
) -> None:
    copy_database(office.database, postgres_url)
    moved = Settings(data_dir=office.data_dir, database_url=postgres_url)
    assert list(verify_data(moved)) == []
    with open_store(postgres_url) as store, store.reading() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM documents")).scalar() == LETTERS


def test_an_archive_opens_as_what_it_says(archive: Path) -> None:
    with opened(archive) as reader:
        assert list(reader.damaged_members()) == []
        assert reader.manifest.made == NOW.isoformat()


def test_backups_may_lie_on_a_network_share(
    office: Settings, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No database is ever opened there; originals beside a server's database may be there, too."""
    (tmp_path / "share").mkdir()
    (tmp_path / "mounts").write_text(f"40 22 0:45 / {tmp_path}/share rw - cifs //server/share rw\n")
    monkeypatch.setattr(filesystems, "MOUNTS", tmp_path / "mounts")
    kept = back_up(office, tmp_path / "share", now=NOW)
    assert verify_archive(kept.path)[1] == []
    with pytest.raises(ConfigurationError, match="网络盘"):
        restore(kept.path, tmp_path / "share" / "data", now=NOW)
    restore(kept.path, tmp_path / "share" / "data", now=NOW, database=postgres_url)
    served = Settings(data_dir=tmp_path / "share" / "data", database_url=postgres_url)
    assert list(verify_data(served)) == []
    assert verify_archive(back_up(served, now=NOW).path)[1] == []
