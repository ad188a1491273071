"""What is typed into the search box, and what is found."""

from __future__ import annotations

import doctest
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import models.rows
import models.snippets
import models.terms
import models.tokens
from models.commitments import Commitment, Strength
from models.documents import Document, Identity, Kind, Span, Unit, UnitRole, Zone
from models.extraction import Extraction
from models.filters import Filter
from models.finding import find
from models.owners import this_process
from models.quantities import Role
from models.runs import SourceFile
from models.search import SearchKind, search
from models.snippets import snippet
from models.store import Store, open_store
from models.terms import Like, Match, Piece, Question
from models.tokens import split

TABLE = yaml.safe_load((Path(__file__).parents[1] / "cases" / "search.yaml").read_text(encoding="utf-8"))
NAMES = {sentence: name for name, sentence in TABLE["sentences"].items()}


@pytest.fixture
def register(store: Store, now: datetime) -> Store:
    """A store with one letter whose sentences are the table's, each of them a promise."""
    keep(store, letter_of_sentences(list(TABLE["sentences"].values())), now)
    return store


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["reason"])
def test_a_query_finds_what_answers_it(register: Store, case: dict[str, Any]) -> None:
    result = search(register, case["query"])
    exact = {NAMES[hit.text] for hit in result.hits if hit.match is Match.ALL}
    weaker = [NAMES[hit.text] for hit in result.hits if hit.match is not Match.ALL]
    best = case.get("weaker", [])
    assert (exact, set(weaker[: len(best)])) == (set(case["found"]), set(best))
    assert (result.exact, result.total) == (len(exact), len(exact) + len(weaker))


def test_hits_come_best_first_and_weaker_ones_never_overtake(register: Store) -> None:
    hits = search(register, "停车 充电").hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert NAMES[hits[0].text] == "old_town"
    assert hits[0].score >= 0.7 > hits[1].score


def test_the_pieces_of_a_long_word_are_weighed(register: Store) -> None:
    assert NAMES[search(register, "老旧小区加装电梯").hits[0].text] == "old_town"


@pytest.mark.parametrize("limit", [0, 1, 2, 3])
def test_no_more_than_the_limit_is_shown_and_all_are_counted(register: Store, limit: int) -> None:
    result = search(register, "停车 小区", limit=limit)
    assert len(result.hits) == limit
    assert result.total >= max(limit, 1)


def test_other_words_for_the_same_thing_come_before_some_of_the_words(register: Store) -> None:
    def cut(word: str) -> list[Piece]:
        others = {"泊车位": ["停车位"], "地库": ["地下"]}.get(word, [])
        return [Piece(word, tuple(Like(other, 0.9) for other in others))]

    best, second = search(register, "泊车位 地库", cut=cut).hits[:2]
    assert (NAMES[best.text], best.match) == ("parking", Match.ALIKE)
    assert second.match in (Match.CONTEXT, Match.NEAR)
    assert best.score > second.score


def test_a_hit_shows_where_its_words_stand(register: Store) -> None:
    hit = search(register, "1500个").hits[0]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["1,500个"]
    assert register.text(hit.document.id)[hit.start : hit.end] == hit.text


def test_a_long_text_is_shown_around_what_was_found() -> None:
    shown, marks = snippet("无" * 300 + "停车、位" + "无" * 300, [("停", "车", "位")])
    assert len(shown) <= 82
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert [shown[start:end] for start, end in marks] == ["停车、位"]


HOSTILE = [
    *('"', "“", "'", "*", "(", ")", "((", "-", "--", "^", ":", "{", "\\", "%", "_", ";", "\0", "?", "~", "，。"),
    *("NEAR(停 车)", "NEAR/2", "停 NEAR 车", "NOT 停", "停 OR", "AND", "tokens:停车", "- - -停", '"停车', "停车*"),
    *("search_index", "'; DROP TABLE documents; --", "%停%", "_停", "停\0车", "\ud800停", "ｔｏｋｅｎｓ：停", "\t\r\n"),
    *("停" * 10_000, "停 " * 5_000, '"停" ' * 2_500, "-停 " * 2_500, "(" * 10_000, "1" * 10_000, "a" * 10_000),
    *("😀", "停😀车", "👨\u200d👩\u200d👧", "\u202e停车\u202c", "ﬃ", "ⅷ", "①②", "۳۵", "é", "e\u0301", "𬒗" * 2_000),
    *("12.5.6.7", "1,2,3"),
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:12]))
def test_nothing_that_can_be_typed_is_an_error(register: Store, query: str) -> None:
    for kind in SearchKind:
        result = search(register, query, kinds=(kind,), limit=5)
        assert len(result.hits) <= min(5, result.total)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A register for many queries of one test."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('search')}/duban.db") as store:
        keep(store, letter_of_sentences(list(TABLE["sentences"].values())), datetime(2026, 3, 2, tzinfo=UTC))
        yield store


@settings(max_examples=300, deadline=None)
@given(
    query=st.text(alphabet=st.one_of(st.sampled_from('停车位充电桩12.5%"“”()*-^:+NEARANDOTtokens \0'), st.characters()))
)
def test_no_text_at_all_is_an_error(quiet: Store, query: str) -> None:
    result = search(quiet, query)
    assert all(0 <= hit.score <= 1 for hit in result.hits)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_every_piece_of_a_sentence_finds_it(quiet: Store, data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(sorted(NAMES)))
    start = data.draw(st.integers(0, len(sentence) - 2))
    piece = sentence[start : data.draw(st.integers(start + 2, len(sentence)))]
    if cuts_a_number_or_word(sentence, start, start + len(piece)) or not split(piece):
        return
    assert sentence in {hit.text for hit in search(quiet, f'"{piece}"').hits if hit.match is Match.ALL}


def test_each_kind_of_record_is_found_as_itself(
    store: Store, letter: Callable[..., Extraction], file: Callable[..., SourceFile], now: datetime
) -> None:
    saved = letter(thing="公交站台")
    keep(store, saved, now)
    texts = {
        SearchKind.COMMITMENT: ("建成公交站台", saved.commitments[0].span),
        SearchKind.DECLINED: ("滨河路", saved.declined[0].span),
        SearchKind.REQUEST: ("建议收悉", saved.requests[0].span),
        SearchKind.QUANTITY: ("城南片区", saved.quantities[0].unit_span),
        SearchKind.UNIT: ("规划所限", saved.units[3].span),
    }
    for kind, (query, span) in texts.items():
        hit = search(store, query, kinds=(kind,)).hits[0]
        assert (hit.kind, hit.match, Span(hit.start, hit.end, hit.text)) == (kind, Match.ALL, span)
    for query in ("增设公交站台", "市交通运输局", "田甲", "第7号", "临交函"):
        assert search(store, query, kinds=(SearchKind.DOCUMENT,)).hits[0].match is Match.ALL
    both = search(store, "站台", kinds=(SearchKind.UNIT, SearchKind.COMMITMENT))
    assert {hit.kind for hit in both.hits} == {SearchKind.UNIT, SearchKind.COMMITMENT}


def test_a_search_may_be_narrowed_to_some_documents(
    store: Store, letter: Callable[..., Extraction], now: datetime
) -> None:
    keep(store, letter(1, region="临江市"), now)
    keep(store, letter(2, region="湖滨县"), now)
    assert search(store, "站台").total == 2
    (hit,) = search(store, "站台", within=Filter(region="湖滨")).hits
    assert hit.document.identity.region == "湖滨县"


@pytest.mark.parametrize(
    ("kind", "within", "found"),
    [
        (SearchKind.COMMITMENT, Filter(strengths=(Strength.FIRM,)), 2),
        (SearchKind.COMMITMENT, Filter(strengths=(Strength.STUDY,)), 0),
        (SearchKind.COMMITMENT, Filter(due_to=date(2026, 12, 31)), 2),
        (SearchKind.COMMITMENT, Filter(due_to=date(2026, 12, 30)), 0),
        (SearchKind.COMMITMENT, Filter(units=("交通运输局",), region="湖滨"), 1),
        (SearchKind.COMMITMENT, Filter(contains="50处"), 1),
        (SearchKind.QUANTITY, Filter(roles=(Role.TARGET,), year=2026), 4),
        (SearchKind.UNIT, Filter(region="湖滨"), 2),
    ],
)
def test_a_search_is_narrowed_as_the_ledger_is(
    store: Store, letter: Callable[..., Extraction], now: datetime, kind: SearchKind, within: Filter, found: int
) -> None:
    keep(store, letter(1, region="临江市"), now)
    keep(store, letter(2, count=50, region="湖滨县"), now)
    assert search(store, "公交站台", kinds=(kind,), within=within).exact == found


@pytest.mark.parametrize("large", [False, True], ids=["all at once", "the newest first"])
@pytest.mark.parametrize("few", [0, 2_000], ids=["asked of the whole index", "read through"])
@pytest.mark.parametrize(
    ("kind", "within"),
    [
        (SearchKind.COMMITMENT, Filter(region="湖滨")),
        (SearchKind.COMMITMENT, Filter(region="湖滨", units=("交通运输局",), strengths=(Strength.FIRM,))),
        (SearchKind.COMMITMENT, Filter(units=("财政局",))),
        (SearchKind.UNIT, Filter(year=2026, units=("交通",))),
        (SearchKind.QUANTITY, Filter(region="湖滨", roles=(Role.TARGET,))),
    ],
)
def test_a_large_register_answers_as_a_small_one(
    store: Store,
    letter: Callable[..., Extraction],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    kind: SearchKind,
    within: Filter,
    few: int,
    large: bool,
) -> None:
    for number, region in enumerate(("临江市", "湖滨县", "湖滨县", "云台区")):
        keep(store, letter(number, count=20 + number, region=region), now)
    queries = ("公交站台", "站台 建成 -21处", "站台建成 22处", "车站 城南", "一是加快建设 站台", "没有的词")
    asked = [search(store, query, kinds=(kind,), within=within) for query in queries]
    monkeypatch.setattr("models.finding._LARGE", 0 if large else 60_000)
    monkeypatch.setattr("models.narrowing._FEW", few)
    for query, before in zip(queries, asked, strict=True):
        after = search(store, query, kinds=(kind,), within=within)
        assert (after.exact, after.more) == (before.exact, before.more), query
        exact = [{hit.id for hit in one.hits if hit.match is Match.ALL} for one in (before, after)]
        assert exact[0] == exact[1], query


def test_no_question_is_put_to_the_index_twice(
    store: Store, letter: Callable[..., Extraction], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, letter(1, count=20), now)
    monkeypatch.setattr("models.finding._LARGE", 0)
    asked: list[Question] = []

    def listening(connection: Any, question: Question, *rest: Any, **more: Any) -> Any:
        asked.append(question)
        return find(connection, question, *rest, **more)

    monkeypatch.setattr("models.search.find", listening)
    for query in ("公交站台", "站台", "没有的词", "公交 站台 建成"):
        asked.clear()
        search(store, query)
        assert asked
        assert len(asked) == len(set(asked)), query


@pytest.mark.parametrize(
    "module", [models.tokens, models.terms, models.snippets, models.rows], ids=lambda m: m.__name__
)
def test_the_specimens_of_the_docstrings_are_true(module: Any) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)


def keep(store: Store, extraction: Extraction, now: datetime) -> None:
    """Saves one letter."""
    run = store.begin_run("ingest", now=now, owner=this_process())
    name = extraction.document.name
    store.save(run, SourceFile(f"/{name}", name, "txt", None, None, None), extraction, now=now, extractor="1")
    store.finish_run(run, now=now)


def letter_of_sentences(sentences: list[str]) -> Extraction:
    """A letter of these sentences, each a unit and a promise."""
    text = "".join(sentences)
    spans = [Span(text.index(sentence), text.index(sentence) + len(sentence), sentence) for sentence in sentences]
    return Extraction(
        document=Document("sentences.txt", "txt", text),
        identity=Identity(Kind.REPLY),
        units=tuple(Unit(span, index, UnitRole.TEXT, Zone.PLANNED) for index, span in enumerate(spans)),
        commitments=tuple(Commitment(span, (), Strength.FIRM, None, (), (), None, 1.0, "table") for span in spans),
        declined=(),
        requests=(),
        quantities=(),
    )


def cuts_a_number_or_word(sentence: str, start: int, end: int) -> bool:
    """Whether the piece begins or ends inside a number or a Latin word, which are found whole only."""
    inside = "0123456789０１２３４５６７８９.,abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return any(
        0 < cut < len(sentence) and sentence[cut - 1] in inside and sentence[cut] in inside for cut in (start, end)
    )
