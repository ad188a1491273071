"""What a few typed characters are completed to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from models.completing import Completed, complete
from models.extraction import Extraction
from models.owners import this_process
from models.runs import SourceFile
from models.store import Store


@pytest.fixture
def register(store: Store, letter: Callable[..., Extraction], now: datetime) -> Store:
    """Three letters about two things."""
    run = store.begin_run("ingest", now=now, owner=this_process())
    for number, thing in enumerate(("公交站台", "公交站台", "停车泊位"), 1):
        saved = letter(number, thing=thing)
        name = saved.document.name
        store.save(run, SourceFile(f"/{name}", name, "txt", None, None, None), saved, now=now, extractor="1")
    store.finish_run(run, now=now)
    return store


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("公", Completed.INDICATOR, "公交站台"),
        ("公交", Completed.INDICATOR, "公交站台"),
        ("泊位", Completed.INDICATOR, "停车泊位"),
        ("市财", Completed.UNIT, "市财政局"),
        ("增设停", Completed.TITLE, "增设停车泊位"),
        ("市財政", Completed.UNIT, "市财政局"),
    ],
)
def test_typed_characters_become_what_the_register_knows(
    register: Store, typed: str, kind: Completed, text: str
) -> None:
    best = complete(register, typed)[0]
    assert (best.kind, best.text) == (kind, text)


def test_what_begins_so_comes_before_what_holds_it_and_the_commoner_before_the_rarer(register: Store) -> None:
    assert [one.text for one in complete(register, "公交")] == ["公交站台", "增设公交站台"]
    assert [one.text for one in complete(register, "增设")] == ["增设公交站台", "增设停车泊位"]


@pytest.mark.parametrize("typed", ["", "，", "\0", '"', "龘", "-公交"])
def test_what_the_register_does_not_know_is_not_completed(register: Store, typed: str) -> None:
    assert complete(register, typed) == ()


def test_no_more_than_the_limit_comes(register: Store) -> None:
    assert len(complete(register, "增设", limit=1)) == 1
    assert complete(register, "增设", limit=0) == ()
