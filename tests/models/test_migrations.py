"""Opening a database: made, brought up to date, or refused with a plain word."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.engine import open_engine
from models.errors import ConfigurationError, StoreUnavailable
from models.migrations import configuration
from models.migrations.scope import is_ours
from models.search import SearchKind, search
from models.store import Store, open_store
from models.tables import SCHEMA
from models.tracking_tables import metadata


def test_the_migrations_make_the_tables_that_the_code_describes(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_code_names_the_newest_migration(store: Store) -> None:
    with store.reading() as connection:
        assert ScriptDirectory.from_config(configuration(connection)).get_current_head() == SCHEMA


def test_an_opened_database_is_opened_again_as_it_is(url: str) -> None:
    open_store(url).close()
    with open_store(url) as store, store.reading() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() == [SCHEMA]


def test_the_folder_of_an_embedded_database_is_made(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/a/b/duban.db").close()
    assert (tmp_path / "a" / "b" / "duban.db").is_file()


def test_many_processes_that_open_an_empty_database_make_it_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/duban.db"
    code = f"from models.store import open_store; open_store({url!r}).close()"
    children = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(child.communicate()[1], child.returncode) for child in children] == [(b"", 0)] * 4


def test_an_embedded_database_syncs_every_commit_and_checks_references(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/duban.db") as store, store.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_a_newer_database_is_refused_and_left_alone(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="更新版本的 duban"):
        open_store(url)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04" + bytes(5000))
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_store(f"sqlite:///{tmp_path}/letter.docx")


def test_a_locked_database_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.engine._PATIENCE_MS", 50)
    holder = sqlite3.connect(tmp_path / "duban.db", isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailable, match="locked"):
        open_store(f"sqlite:///{tmp_path}/duban.db")
    holder.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="file"):
        open_store(f"sqlite:///{tmp_path}/file/duban.db")


def test_a_server_that_is_not_there_is_unavailable_and_its_password_unsaid() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql+psycopg://clerk:secret@127.0.0.1:1/duban")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "duban.db", "oracle9://x", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_names_no_database_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(ConfigurationError, match="DUBAN_DATABASE_URL"):
        open_store(url)


def test_sentences_that_an_older_program_indexed_are_still_found(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        for name in ("search_index", "search_index_names", "search_index_facts"):
            connection.execute(sa.text(f"DROP TABLE IF EXISTS {name}"))
        connection.execute(sa.text("DELETE FROM alembic_version"))
        command.upgrade(configuration(connection), "0002")
        connection.execute(
            sa.text(
                "INSERT INTO documents (id, current, path, name, form, notes, extractor,"
                " records_digest, created, kind, proposers, co_units, co_reply, contacts)"
                " VALUES ('d', true, '/d', 'd', 'txt', '[]', '1', 'x', '2026-01-01 00:00:00',"
                " 'reply', '[]', '[]', false, '[]')"
            )
        )
        connection.execute(
            sa.text("INSERT INTO search_entries (id, document_id, tokens) VALUES (7, 'd', '新 建 停 车 位')")
        )
        connection.execute(
            sa.text(
                "INSERT INTO search_records (entry_id, kind, record_id, document_id, position)"
                " VALUES (7, 'document', 'd', 'd', 0)"
            )
        )
    engine.dispose()
    with open_store(url) as store:
        assert [hit.id for hit in search(store, "停车位", kinds=(SearchKind.DOCUMENT,)).hits] == ["d"]
        with store.reading() as connection:
            digest = connection.execute(sa.text("SELECT records_digest FROM documents")).scalar_one()
    assert digest == "", "the letter's context is indexed when it is next read"
