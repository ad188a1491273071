"""Each database's own index answers a question as its meaning says: which tokens stand side by side where."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from models.extraction import Extraction
from models.finding import Found, count, find, holding
from models.ids import DocumentId, RecordId
from models.narrowing import answers
from models.store import Store
from models.tables import search_entries, search_records
from models.terms import Phrase, Question
from tests.models.test_facts import LETTERS, described, keep

KINDS = ("commitment", "unit", "quantity", "request", "declined", "document")


@pytest.fixture
def entries(store: Store, letter: Callable[..., Extraction], now: datetime) -> list[Found]:
    """Letters of several places and units, as they are indexed."""
    for number, facts in enumerate(LETTERS[:6]):
        keep(store, described(letter(number), *facts), now)
    c, e = search_records.c, search_entries.c
    chosen = sa.select(c.kind, c.record_id, c.document_id, c.entry_id, e.tokens, e.context)
    with store.reading() as connection:
        found = connection.execute(chosen.join_from(search_records, search_entries, e.id == c.entry_id)).all()
    return [Found(row[0], RecordId(row[1]), DocumentId(row[2]), *row[3:]) for row in found]


def questions(entries: list[Found], many: int) -> list[Question]:
    """Questions for pieces of what is there, one token to five of them, and for pieces that stand nowhere."""
    dice = random.Random(4)

    def phrase() -> Phrase:
        one = dice.choice(entries)
        row = (one.context if one.context and dice.random() < 0.3 else one.tokens).split(" ")
        begin, length = dice.randrange(len(row)), dice.choice((1, 1, 2, 2, 2, 3, 5))
        piece = tuple(row[begin : begin + length])
        return piece if dice.random() < 0.9 else piece[::-1]

    def group() -> tuple[Phrase, ...]:
        return tuple(phrase() for _ in range(dice.choice((1, 1, 2, 6))))

    return [
        Question(
            tuple(group() for _ in range(dice.choice((1, 1, 2, 3)))),
            (phrase(),) if dice.random() < 0.3 else (),
            wide=dice.random() < 0.5,
        )
        for _ in range(many)
    ]


def test_what_the_index_finds_is_what_answers(store: Store, entries: list[Found]) -> None:
    some = 0
    with store.reading() as connection:
        for question in questions(entries, 150):
            wanted = {(one.kind, one.record) for one in entries if answers(one, question)}
            some += bool(wanted)
            for newest in (False, True):
                found = find(connection, question, KINDS, [], limit=10_000, newest=newest)
                assert {(one.kind, one.record) for one in found} == wanted, question
            assert count(connection, question, KINDS, [], 10_000) == (len(wanted), False)
            narrowed = [search_records.c.document_id == entries[0].document]
            fewer = {(kind, record) for kind, record in wanted if (kind, record) in of_document(entries)}
            assert count(connection, question, KINDS, narrowed, 10_000) == (len(fewer), False)
    assert some > 75


def test_records_are_found_by_the_characters_that_they_hold(store: Store, entries: list[Found]) -> None:
    promises = [one for one in entries if one.kind == "commitment"]
    texts = {one.record: one.tokens.replace(" ", "") for one in promises}
    pieces = {text[at : at + 5] for text in texts.values() for at in range(0, len(text) - 5, 3)}
    plain = sorted(piece for piece in pieces if re.fullmatch(r"[\u4e00-\u9fff]+", piece))
    with store.reading() as connection:
        found = holding(connection, [*plain, "没有这样的字", "12座"], "commitment", most=500)
        few = holding(connection, plain[:1], "commitment", most=1)
    assert len(plain) > 3
    for piece in plain:
        assert found[piece] == sorted(record for record, text in texts.items() if piece in text)
    assert (found["没有这样的字"], "12座" in found) == ([], False)
    assert few == {plain[0]: found[plain[0]][:1]}


def of_document(entries: list[Found]) -> set[tuple[str, RecordId]]:
    """The records of the first document."""
    return {(one.kind, one.record) for one in entries if one.document == entries[0].document}


@pytest.mark.parametrize("first", [2, 15, 60, 40_000])
def test_the_newest_come_first_and_no_more_than_were_asked_for(
    store: Store, entries: list[Found], monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    monkeypatch.setattr("models.finding._NEWEST", first)
    with store.reading() as connection:
        for question in questions(entries, 40):
            wanted = sorted((one.entry for one in entries if answers(one, question)), reverse=True)
            found = find(connection, question, KINDS, [], limit=3, newest=True)
            assert [one.entry for one in found] == wanted[:3]
            narrowed = [search_records.c.document_id == entries[0].document]
            fewer = [one for one in entries if answers(one, question) and one.document == entries[0].document]
            assert count(connection, question, KINDS, [], 4) == (min(4, len(wanted)), len(wanted) >= 4)
            if len(wanted) < 4:
                assert count(connection, question, KINDS, narrowed, 4)[0] == len(fewer)
