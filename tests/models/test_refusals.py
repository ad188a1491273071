"""What a database says when it can't is said in Chinese, with its own words after it."""

from __future__ import annotations

import resource
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.engine import open_engine, writing
from models.errors import StoreUnavailable
from models.refusals import told


def test_a_full_disk_is_told_and_the_database_stays_as_it_was(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(path.stat().st_size for path in tmp_path.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, before[1]))
    try:
        with pytest.raises(StoreUnavailable, match="磁盘"), writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO setup SELECT hex(randomblob(400000)), '2026-01-01 00:00:00'")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with writing(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM setup").scalar() == 0
    engine.dispose()


def test_a_locked_database_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db", isolation_level=None) as one:
        one.execute("CREATE TABLE a (b)")
        one.execute("BEGIN IMMEDIATE")
        with sqlite3.connect(tmp_path / "a.db", timeout=0) as two, pytest.raises(sqlite3.OperationalError) as caught:
            two.execute("INSERT INTO a VALUES (1)")
    assert told(caught.value) == "正被别的程序占用，等了一会儿没有等到（database is locked）"


def test_servers_are_told_by_their_codes(postgres_url: str) -> None:
    import psycopg

    url = sa.make_url(postgres_url)
    for other in (url.set(database="nothing"), url.set(username="stranger")):
        with pytest.raises(StoreUnavailable, match="服务器上没有这个数据库或用户"):
            open_engine(other.render_as_string(False))
    assert told(psycopg.errors.DiskFull()) == "服务器的磁盘满了；已存好的都在"
    assert told(psycopg.errors.AdminShutdown("bye")) == "服务器正在停止（bye）"


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreUnavailable, match="连不上数据库服务器"):
        open_engine("postgresql+psycopg://clerk@127.0.0.1:1/duban")
