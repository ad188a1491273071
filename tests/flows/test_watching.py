"""Searches kept in the terminal: saved, listed with what is new, seen, deleted and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.pipeline import extract
from flows.cli import app
from flows.settings import load
from models.documents import Document
from models.ids import digest_of
from models.owners import this_process
from models.runs import SourceFile
from models.store import open_store

REPLY = """关于市政协第{number}号提案的答复

柳归舟委员：
您提出的《关于完善步道的提案》收悉，现答复如下：
我局将于2026年12月底前建成{place}亲水步道2处。

南浔湾市水务局
2026年3月2日
"""


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data directory of its own."""
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DUBAN_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    load.cache_clear()
    yield
    load.cache_clear()


def duban(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def take_in(number: int, place: str) -> None:
    """A reply comes in."""
    text, now = REPLY.format(number=number, place=place), datetime.now(UTC)
    with open_store(load().database) as store:
        run = store.begin_run("ingest", now=now, owner=this_process())
        source = SourceFile(f"/in/{number}.txt", f"{number}.txt", "txt", digest_of(text.encode()), len(text), 1)
        store.save(run, source, extract(Document(source.name, "txt", text)), now=now, extractor="1")
        store.finish_run(run, now=now)


def listed() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(duban("searches", "--format", "json"))
    return found


def test_what_is_new_is_told_until_it_was_seen_and_a_deleted_search_comes_back() -> None:
    take_in(3, "芦花荡")
    duban("search", "亲水步道", "--unit", "水务", "--save", "步道")
    (kept,) = listed()
    assert (kept["name"], kept["hits"], kept["new"]) == ("步道", 1, [])
    assert kept["parameters"] == [["q", "亲水步道"], ["kind", "commitment"], ["unit", "水务"]]
    take_in(5, "莲子港")
    text = duban("searches")
    assert "共 2 条，新 1 条" in text
    assert "莲子港" in text
    assert "新 0 条" in duban("searches", "--seen", "1")
    assert duban("searches", "--format", "json").count('"new": []') == 1
    assert "还没有存下的检索" in duban("searches", "--delete", "1")
    assert "步道" in duban("searches", "--restore", "1")
