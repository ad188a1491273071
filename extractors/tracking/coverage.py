"""What became of each ask in a reply: answered (also in part), declined, or passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.headings import union
from extractors.tracking.answering import Ask, Bearing, bearings, ready_asks
from extractors.tracking.wording import pairs_of
from models.commitments import Strength
from models.evidence import Answer, Certainty, Coverage, Paper, Reason
from models.text import fold

GRANTING = 0.2  # of the ask's words: what a promise must share with it to grant it where something is refused
INSTEAD = 0.45  # and what one must share that follows a refusal of the whole: less is a substitute
TOLD = 0.3  # what a fact must share with the ask to answer it
NAMED = 0.35  # of a heading: it names the ask


class Says(StrEnum):
    """What a unit of a reply does for an ask that it speaks to."""

    PROMISE = "promise"
    STUDY = "study"
    REFUSAL = "refusal"
    FACT = "fact"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Said:
    """A unit that speaks to an ask, and what it does for it; `part`: it refuses only how much or how soon."""

    bearing: Bearing
    says: Says
    part: bool = False

    @property
    def index(self) -> int:
        return self.bearing.unit.index


def cover(reply: Paper, item: Paper | None) -> tuple[Coverage, ...]:
    """What the reply says to each ask of the suggestion or proposal, or (None) to each that it names itself.

    To 增建停车场600个 the reply 新增300个; 一次增建600个难以做到 answers; 暂不列入立法计划 alone declines, and so does
    a promise to study it. What nobody mentions is unanswered.
    """
    asker = item or reply
    subject = frozenset().union(*(pairs_of(fold(each.extraction.identity.subject or "")) for each in (asker, reply)))
    asks = ready_asks(asker, subject)
    found = bearings(reply, asks)
    kinds = _kinds(reply)
    return tuple(_judge(ask, [_said(each, ask, kinds) for each in found[ask.position]]) for ask in asks)


def _kinds(reply: Paper) -> dict[int, Says]:
    """What the units say, by where they begin."""
    found = {
        each.span.start: Says.STUDY if each.strength is Strength.STUDY else Says.PROMISE
        for each in reply.extraction.commitments
    }
    return found | {each.span.start: Says.REFUSAL for each in reply.extraction.declined}


def _said(bearing: Bearing, ask: Ask, kinds: dict[int, Says]) -> Said:
    words = fold(bearing.unit.span.text)
    says = kinds.get(bearing.unit.span.start)
    if says is Says.REFUSAL:
        return Said(bearing, says, bool(union("answering", "extent").search(words)) or _names_amount(ask, words))
    if says:
        return Said(bearing, says)
    lacking = union("answering", "lacking").search(words)
    told = bearing.own >= TOLD and not lacking and union("answering", "done").search(words)
    return Said(bearing, Says.FACT if told else Says.NOTHING)


def _names_amount(ask: Ask, words: str) -> bool:
    return any(fold(each.span.text) in words for each in ask.numbers)


def _judge(ask: Ask, said: Sequence[Said]) -> Coverage:
    refusals = [each for each in said if each.says is Says.REFUSAL]
    granted = [each for each in said if each.says is Says.PROMISE and _grants(each, refusals)]
    promises = [each for each in said if each.says is Says.PROMISE]
    studies = [each for each in said if each.says is Says.STUDY]
    facts = [each for each in said if each.says is Says.FACT]
    if granted:
        code = "answered_in_part" if refusals else "promised"
        sure = any(each.bearing.own >= GRANTING for each in granted)
        return _coverage(ask, Answer.ANSWERED, [*promises, *studies, *refusals], code, sure)
    if refusals:
        return _coverage(ask, Answer.DECLINED, [*refusals, *promises, *studies], "refused", True)
    if studies and not facts:
        return _coverage(ask, Answer.DECLINED, studies, "studied_only", True)
    if facts:
        return _coverage(ask, Answer.ANSWERED, [*facts, *studies], "told_as_done", len(facts) > 1)
    named = any(each.bearing.topic >= NAMED for each in said)
    return _coverage(ask, Answer.UNANSWERED, [], "beside_the_point" if named else "not_mentioned", not named)


def _grants(promise: Said, refusals: Sequence[Said]) -> bool:
    """Whether a promise does some of what is asked, given what is refused."""
    if not refusals:
        return True
    own, first = promise.bearing.own, min(each.index for each in refusals)
    if promise.index < first or all(each.part for each in refusals):
        return own >= GRANTING
    return own >= max(INSTEAD, *(each.bearing.own for each in refusals))


def _coverage(ask: Ask, answer: Answer, by: Sequence[Said], code: str, sure: bool) -> Coverage:
    units = tuple(sorted({each.index for each in by}))
    certainty = Certainty.SURE if sure else Certainty.PROPOSED
    return Coverage(ask.position, answer, units, certainty, (Reason(code),))
