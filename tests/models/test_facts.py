"""What SQLite's index knows of documents narrows a search, and never to something else than the filter itself does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from models.extraction import Extraction
from models.facts import FACTS, asked_of
from models.filters import Filter
from models.ids import RecordId
from models.owners import this_process
from models.runs import SourceFile
from models.search import SearchKind, search
from models.soundness import find_damage
from models.store import Store

LETTERS = (  # place, leading unit, who acts, day, class
    ("临江市", "市交通运输局", ("市交通运输局",), date(2024, 2, 1), "A"),
    ("湖滨县", "县交通运输局", ("县财政局",), date(2025, 2, 1), "B"),
    ("湖滨县", "县财政局", ("县交通运输局", "县公安局"), date(2025, 12, 31), None),
    ("云台区", "区数据局(12345)", (), date(2026, 1, 1), "C1"),
    (None, None, ("100%公司",), None, "A"),
)
FILTERS = {
    "a place": Filter(region="湖滨"),
    "a place of no letter": Filter(region="无此地"),
    "a place with a wildcard": Filter(region="湖%县"),
    "a year": Filter(year=2025),
    "a year of no letter": Filter(year=1999),
    "classes": Filter(classes=("A", "C1")),
    "no class": Filter(classes=(None,)),
    "a class or none": Filter(classes=("B", None)),
    "a class of no letter": Filter(classes=("Z",)),
    "a unit that leads and acts": Filter(units=("交通运输局",)),
    "a unit that only acts": Filter(units=("公安局",)),
    "a unit that leads one letter and acts in another": Filter(units=("县财政局",)),
    "two units": Filter(units=("公安局", "市交通运输局")),
    "a unit of no letter": Filter(units=("无此局",)),
    "a unit with digits": Filter(units=("12345",)),
    "a unit with a wildcard": Filter(units=("100%",)),
    "a mark that JSON writes": Filter(units=('"',)),
    "many at once": Filter(region="湖滨", year=2025, units=("财政局",), classes=("B", None)),
    "what the index doesn't know": Filter(region="湖滨", co_reply=False, contains="站台"),
    "a number and a place": Filter(numbers=("1", "2"), region="湖滨"),
}
Found = tuple[list[tuple[float, SearchKind, RecordId, str]], int, int, bool]
KINDS = {
    "promises": (SearchKind.COMMITMENT,),
    "sentences": (SearchKind.UNIT,),
    "documents": (SearchKind.DOCUMENT,),
    "all": tuple(SearchKind),
}


@pytest.fixture
def register(store: Store, letter: Callable[..., Extraction], now: datetime) -> Store:
    """A few letters of other places, units, years and classes."""
    for number, facts in enumerate(LETTERS):
        keep(store, described(letter(number), *facts), now)
    return store


def described(
    one: Extraction, region: str | None, lead: str | None, actors: tuple[str, ...], day: date | None, named: str | None
) -> Extraction:
    """The letter with these facts."""
    identity = replace(one.identity, region=region, lead_unit=lead, date=day, result_class=named)
    promises = tuple(replace(promise, responsible=actors) for promise in one.commitments)
    return replace(one, identity=identity, commitments=promises)


def keep(store: Store, one: Extraction, now: datetime, path: str = "") -> None:
    """Saves one letter."""
    run = store.begin_run("ingest", now=now, owner=this_process())
    name = one.document.name
    store.save(run, SourceFile(path or f"/{name}", name, "txt", None, None, None), one, now=now, extractor="1")
    store.finish_run(run, now=now)


def found(store: Store, within: Filter, kinds: Sequence[SearchKind] = (SearchKind.COMMITMENT,)) -> Found:
    """What a search finds: all hits with their scores, those of one score in one order, and what it counts."""
    result = search(store, "站台 -没有的", kinds=kinds, within=within, limit=100)
    hits = sorted((-hit.score, hit.kind, hit.id, hit.text) for hit in result.hits)
    return hits, result.exact, result.total, result.more


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every register counts as large."""
    monkeypatch.setattr("models.finding._LARGE", 0)


def test_the_index_narrows_as_the_filter_does(register: Store, large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [(reason, name) for reason in FILTERS for name in KINDS]
    narrowed = {one: found(register, FILTERS[one[0]], KINDS[one[1]]) for one in asked}
    monkeypatch.setattr("models.search.asked_of", lambda connection, within, kinds: ((), within))
    for few in (2_000, 0):
        monkeypatch.setattr("models.narrowing._FEW", few)
        for one in asked:
            assert found(register, FILTERS[one[0]], KINDS[one[1]]) == narrowed[one], one


def test_too_many_names_are_left_to_the_filter(register: Store, large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = found(register, Filter(units=("局",)))
    monkeypatch.setattr("models.facts._MOST_NAMES", 2)
    with register.reading() as connection:
        assert asked_of(connection, Filter(units=("局",)), ("commitment",)) == ((), Filter(units=("局",)))
    assert found(register, Filter(units=("局",))) == before


def test_a_letter_that_is_read_otherwise_is_found_by_what_it_says_now(
    register: Store, letter: Callable[..., Extraction], large: None, now: datetime
) -> None:
    keep(register, described(letter(0), "云台区", "区水利局", (), date(2023, 1, 1), "B"), now)
    assert found(register, Filter(region="临江"))[1] == 0
    assert found(register, Filter(units=("水利局",), year=2023))[1] == 1
    assert list(find_damage(register)) == []


def test_a_letter_that_went_and_came_back_is_found_again(
    register: Store, letter: Callable[..., Extraction], large: None, now: datetime
) -> None:
    theirs = Filter(region="临江", classes=("A",))
    keep(register, letter(77), now, path="/0.txt")
    assert found(register, theirs)[1] == 0
    keep(register, described(letter(0), *LETTERS[0]), now)
    assert found(register, theirs)[1] == 1
    assert list(find_damage(register)) == []


def test_facts_that_were_changed_behind_the_index_are_damage(register: Store) -> None:
    with register.writing() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("PostgreSQL's index follows by itself")
        connection.execute(sa.update(FACTS).values(facts="r1 c0"))
    assert [damage.harm.value for damage in find_damage(register)] != []
