"""What is found across documents is kept as it was found, read back by day, and forgotten with its documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from models import followed, following, judging
from models.candidates import EVIDENCE, Lookup, Wanted
from models.documents import Document, Kind, Span
from models.evidence import (
    Alarm,
    AlarmCode,
    Answer,
    Between,
    Certainty,
    Coverage,
    Link,
    Pair,
    PairKind,
    Paper,
    Progress,
    Reason,
    Relation,
)
from models.extraction import Extraction
from models.judging import Judgement
from models.loading import load
from models.rows import document_id
from models.store import Store
from models.tables import documents

Letter = Callable[..., Extraction]
Save = Callable[..., object]
DAY = date(2026, 6, 1)


def paper(extraction: Extraction) -> Paper:
    return Paper(document_id(extraction.document.text), extraction)


def link(later: Paper, **other: object) -> Link:
    """A link from the first promise to the third unit of a later paper."""
    values = {
        "commitment": 0,
        "unit": 2,
        "span": later.extraction.units[2].span,
        "relation": Relation.FULFILS,
        "certainty": Certainty.SURE,
        "day": DAY,
        "score": 0.9,
        "scores": (("title", 0.5), ("numbers", 0.25)),
        "why": (Reason("same_title", ("站台建设方案",)),),
        "flags": ("undated",),
    }
    return Link(**values | other)  # type: ignore[arg-type]


@pytest.fixture
def two(save: Save, letter: Letter) -> tuple[Paper, Paper]:
    """A reply, and a later piece of news about the same thing; both saved."""
    reply = letter(1)
    news = letter(2, thing="公交站台", count=31, kind=Kind.NEWS, date=DAY, addressed_to=None)
    save(reply)
    save(news)
    return paper(reply), paper(news)


def keep(store: Store, *found: Between) -> None:
    with store.writing() as connection:
        following.keep_between(connection, found)


def test_a_link_comes_back_as_it_was_found(store: Store, two: tuple[Paper, Paper]) -> None:
    reply, news = two
    keep(store, Between(reply, news, (link(news),)))
    found = followed.evidence(store, DAY, [reply.id])
    assert [[row.link for row in rows] for rows in found.values()] == [[link(news)]]
    assert [row.document.name for rows in found.values() for row in rows] == ["2.txt"]


def test_evidence_of_a_later_day_is_not_known_yet_and_undated_evidence_always_is(
    store: Store, two: tuple[Paper, Paper]
) -> None:
    reply, news = two
    keep(store, Between(reply, news, (link(news), link(news, unit=3, span=news.extraction.units[3].span, day=None))))
    (rows,) = followed.evidence(store, date(2026, 5, 31), [reply.id]).values()
    assert [row.link.day for row in rows] == [None]


def test_progress_comes_back_with_both_numbers(store: Store, two: tuple[Paper, Paper]) -> None:
    reply, news = two
    progress = Progress(0, 1, DAY, Decimal("1.0333"), Certainty.PROPOSED, (Reason("same_indicator"),), ("derived",))
    keep(store, Between(reply, news, (), (progress,)))
    (row,) = followed.progress_of(store, DAY)
    assert (row.target, row.actual.value) == (reply.extraction.quantities[0], news.extraction.quantities[1].value)
    assert (row.holder.name, row.document.name, row.ratio, row.flags) == ("1.txt", "2.txt", 1.0333, ("derived",))


def test_what_was_found_between_two_papers_is_read_back_whole(store: Store, two: tuple[Paper, Paper]) -> None:
    reply, news = two
    progress = Progress(0, 1, DAY, None, Certainty.SURE, (), ())
    found = Between(reply, news, (link(news),), (progress,))
    keep(store, found)
    papers = {reply.id: reply, news.id: news}
    with store.reading() as connection:
        kept = judging.found_about(connection, [reply], lambda named: [papers[name] for name in named])
    assert kept == {reply.id: [found]}


def test_coverage_and_alarms_come_back_as_judged(store: Store, two: tuple[Paper, Paper]) -> None:
    reply, news = two
    units = reply.extraction.units
    answered = Coverage(0, Answer.DECLINED, (3,), Certainty.SURE, (Reason("declined"),))
    alarm = Alarm(AlarmCode.NUMBER_LOWERED, 0, news.id, (units[2].span,), ("31处", "30处"), DAY, Certainty.PROPOSED)
    with store.writing() as connection:
        judging.keep_judgements(connection, [Judgement(reply, ((None, (answered,)),), (alarm, alarm))])
    (row,) = followed.coverage_of(store)
    assert (row.answer, row.units, row.item) == (Answer.DECLINED, (units[3].span,), None)
    assert row.request == reply.extraction.requests[0]
    (heard,) = followed.alarms_of(store, DAY)
    assert (heard.code, heard.values, heard.spans) == (alarm.code, alarm.values, alarm.spans)
    assert followed.alarms_of(store, date(2026, 5, 31)) == []


@pytest.mark.parametrize(
    ("other", "advises", "told"),
    [
        (Answer.ANSWERED, False, [Answer.ANSWERED]),
        (Answer.DECLINED, False, [Answer.DECLINED]),
        (Answer.UNANSWERED, False, [Answer.UNANSWERED, Answer.UNANSWERED]),
        (Answer.ANSWERED, True, [Answer.ANSWERED, Answer.UNANSWERED]),
    ],
)
def test_what_one_of_two_bureaus_leaves_to_the_other_is_not_unanswered(
    store: Store, two: tuple[Paper, Paper], other: Answer, advises: bool, told: list[Answer]
) -> None:
    one, another = two
    with store.writing() as connection:
        silent = Coverage(0, Answer.UNANSWERED, (), Certainty.SURE, ())
        judged = [(one, silent), (another, Coverage(0, other, (2,), Certainty.SURE, ()))]
        judging.keep_judgements(connection, [Judgement(reply, ((one, (found,)),), ()) for reply, found in judged])
        connection.execute(sa.update(documents).where(documents.c.id == another.id).values(co_reply=advises))
    assert sorted(row.answer for row in followed.coverage_of(store)) == told


def test_a_document_waits_until_it_is_followed_up_by_these_rules(
    store: Store, two: tuple[Paper, Paper], now: datetime
) -> None:
    reply, news = two
    with store.writing() as connection:
        assert list(following.waiting(connection, "1")) == [reply.id, news.id]  # the older first
        following.note_followed(connection, reply.id, "1", now)
        assert list(following.waiting(connection, "1")) == [news.id]
        assert list(following.waiting(connection, "2")) == [reply.id, news.id]


def test_a_document_that_is_read_differently_waits_again(
    store: Store, save: Save, two: tuple[Paper, Paper], now: datetime
) -> None:
    reply, news = two
    with store.writing() as connection:
        following.note_followed(connection, reply.id, "1", now)
        following.note_followed(connection, news.id, "1", now)
    save(replace(reply.extraction, declined=()), extractor="2")
    with store.reading() as connection:
        assert list(following.waiting(connection, "1")) == [reply.id]


def test_what_is_forgotten_calls_for_a_new_judgement_of_the_reply(store: Store, two: tuple[Paper, Paper]) -> None:
    reply, news = two
    keep(store, Between(reply, news, (link(news),)))
    with store.writing() as connection:
        following.forget_findings(connection, news.id)
        assert list(following.unjudged_replies(connection)) == [reply.id]
        following.forget_judgements(connection, reply.id)
        assert list(following.unjudged_replies(connection)) == []
    assert followed.evidence(store, DAY, [reply.id]) == {}


def test_a_document_that_no_file_holds_any_more_is_left_behind(
    store: Store, save: Save, letter: Letter, now: datetime
) -> None:
    old = letter(1)
    save(old, path="/inbox/a.txt")
    with store.writing() as connection:
        following.note_followed(connection, document_id(old.document.text), "1", now)
    save(letter(9), path="/inbox/a.txt", size=1)
    with store.writing() as connection:
        assert following.left_behind(connection) == [document_id(old.document.text)]
        following.forget(connection, document_id(old.document.text))
        assert following.left_behind(connection) == []


def test_documents_that_share_a_key_may_be_paired(store: Store, two: tuple[Paper, Paper]) -> None:
    reply, news = two
    pair = Pair(PairKind.ANSWERS, reply.id, news.id, Certainty.SURE, 0.9, (Reason("same_number", ("1",)),))
    with store.writing() as connection:
        following.keep_pair_keys(connection, reply.id, ["npc:1", "npc:1", "title:" + "长" * 200])
        following.keep_pair_keys(connection, news.id, ["npc:1"])
        assert following.sharing_a_key(connection, reply.id) == [news.id]
        following.keep_pairs(connection, [pair])
    assert followed.pairs_of(store, news.id) == [pair]


def test_the_index_names_documents_of_the_place_that_share_words(
    store: Store, save: Save, letter: Letter, two: tuple[Paper, Paper]
) -> None:
    reply, news = two
    save(letter(3, thing="公交站台", kind=Kind.NEWS, region="远山市", region_code="530100"))
    save(letter(4, thing="垃圾分类", kind=Kind.NEWS))
    near, lookup = reply.extraction.identity, Lookup()

    def wanted(*words: str, records: tuple[str, ...] = ("unit",), kinds: tuple[Kind, ...] = EVIDENCE) -> Wanted:
        return Wanted(near, [words], records, kinds, limit=5)

    with store.reading() as connection:
        assert lookup.later(connection, wanted("公交", "站台", kinds=(Kind.NEWS,))) == [news.id]
        assert reply.id in lookup.later(connection, wanted("站台", records=("commitment",)))
        assert lookup.later(connection, wanted()) == []


def test_how_far_a_reply_was_looked_after_counts_what_may_have_spoken_of_it(
    store: Store, two: tuple[Paper, Paper], now: datetime
) -> None:
    from models.queries import document

    reply, news = two
    with store.writing() as connection:
        following.note_followed(connection, reply.id, "1", now)
    assert followed.looked(store, [document(store, news.id)]) == {}  # nobody looked yet
    with store.writing() as connection:
        following.note_followed(connection, news.id, "1", now)
    looked = followed.looked(store, [document(store, reply.id)])
    assert looked[reply.id].documents == 1


def test_a_link_keeps_its_id_when_the_other_form_of_the_paper_is_read(
    store: Store, save: Save, two: tuple[Paper, Paper]
) -> None:
    """The same news with other blanks: same letters before the passage, same id, so a person's verdict still holds."""
    reply, news = two
    keep(store, Between(reply, news, (link(news),)))
    (before,) = followed.evidence(store, DAY, [reply.id]).values()
    spaced = news.extraction.document.text.replace("收悉。", "收悉。 ")
    moved = replace(news.extraction.units[2].span, start=news.extraction.units[2].span.start + 1)
    other = Paper(news.id, replace(news.extraction, document=Document("2.docx", "docx", spaced), quantities=()))
    with store.writing() as connection:
        following.forget_findings(connection, news.id)
    keep(store, Between(reply, other, (link(other, span=Span(moved.start, moved.end + 1, moved.text)),)))
    (after,) = followed.evidence(store, DAY, [reply.id]).values()
    assert [row.id for row in after] == [row.id for row in before]


def test_what_was_saved_is_what_is_followed_up(store: Store, two: tuple[Paper, Paper]) -> None:
    with store.reading() as connection:
        assert load(connection, two[0].id) == two[0].extraction
