"""Alarms about a promise's condition (待…后) that a later paper shows to have come true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.clauses import Clause
from extractors.headings import union
from extractors.tense import Calendar, Mood, read_clauses
from extractors.tracking.jurisdiction import may_follow
from extractors.tracking.prepared import Part, Passage, Prepared, prepare
from extractors.tracking.wording import telling
from models.documents import Kind
from models.evidence import Alarm, AlarmCode, Between, Certainty, Paper
from models.text import fold

_TRIGGER = re.compile("^(?:[待等俟]|在|一旦|视)|(?:之?后|时|情况|的话|,|再|即|方可)$")
_LEAST = 0.6  # of the condition's characters, in words that the passage has, too
_MOST = 0.75
_SHORTEST = 4
_TELLS_LEAST = 0.5
_TELLS = frozenset({Kind.NEWS, Kind.PROGRESS_REPORT, Kind.REPLY, Kind.PLAN, Kind.REGULATION, Kind.OTHER})


def conditions_met(reply: Paper, between: Sequence[Between]) -> Iterator[Alarm]:
    """For each condition the later passage that fits it best, where one tells that it has come true."""
    waiting = [
        (place, one.condition, _bare(one.condition))
        for place, one in enumerate(reply.extraction.commitments)
        if one.condition and not union("alarms", "empty").search(fold(one.condition))
    ]
    if not waiting:
        return
    later = [prepare(each.later) for each in between if each.later.extraction.identity.kind in _TELLS]
    papers = [paper for paper in later if may_follow(prepare(reply), paper)]
    for place, condition, event in waiting:
        fits = [found for paper in papers if (found := _best(event, paper))]
        if fits:
            share, passage, paper = max(fits, key=lambda each: each[0])
            yield Alarm(
                code=AlarmCode.CONDITION_MET,
                commitment=place,
                other=paper.paper.id,
                spans=(reply.extraction.commitments[place].span, passage.unit.span),
                values=(condition,),
                day=paper.paper.extraction.identity.date,
                certainty=Certainty.SURE if share >= _MOST else Certainty.PROPOSED,
            )


def _bare(condition: str) -> str:
    """The event alone: 待用地批复下达后 -> 用地批复下达."""
    bare = fold(condition).strip()
    while (shorter := _TRIGGER.sub("", bare)) != bare:
        bare = shorter
    return bare


def _best(event: str, paper: Prepared) -> tuple[float, Passage, Prepared] | None:
    best: tuple[float, Passage, Prepared] | None = None
    for passage in paper.passages:
        for at, part in enumerate(passage.parts):
            share = _covered(event, ",".join(each.words for each in passage.parts[at : at + 2]))
            if share < _LEAST or (best and share <= best[0]):
                continue
            if _has_come_true(passage, part, paper):
                best = (share, passage, paper)
    return best


def _covered(event: str, words: str) -> float:
    """How much of an event's words a passage has, in any order: 用地批复下达 and 批复用地 share 用地 and 批复."""
    if len(event) < _SHORTEST:
        return 0.0
    hits = [at for at in range(len(event) - 1) if event[at : at + 2] in words]
    if not any(telling(event[at : at + 2]) >= _TELLS_LEAST for at in hits):
        return 0.0
    return len({at for hit in hits for at in (hit, hit + 1)}) / len(event)


def _has_come_true(passage: Passage, part: Part, paper: Prepared) -> bool:
    """Told as done, neither as still to come (待…后) nor as missing (尚未批复)."""
    if re.search("待|等候|尚未|未能|还未|仍未|没有|未获|未予|尚待|有望|申请|争取|预计|拟|将", part.words):
        return False
    if any(promise.passage.index == passage.index for promise in paper.promises):
        return False
    day = paper.paper.extraction.identity.date
    calendar = Calendar(day.year if day else None, day.month if day else None)
    moods = [reading.mood for reading in read_clauses([Clause(0, part.words)], calendar, "")]
    return Mood.FUTURE not in moods
