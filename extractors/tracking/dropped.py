"""Alarms about a promise that a later paper passes over, where it goes through the others one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from extractors.tracking.prepared import Promise, prepare
from extractors.tracking.wording import telling
from models.commitments import Strength
from models.documents import Kind
from models.evidence import Alarm, AlarmCode, Between, Certainty, Paper, Relation

_LISTS = frozenset({Kind.PLAN, Kind.PROGRESS_REPORT, Kind.REPLY})
_FEWEST = 3  # sibling promises that the later paper speaks of
_SHARE = 0.6  # of the firm promises
_ABSENT = 1.5  # telling pairs: no unit of the later paper comes near the promise


def silently_dropped(reply: Paper, between: Sequence[Between]) -> Iterator[Alarm]:
    """Firm promises with a day or a title that no later paper speaks of, though one goes through the rest.

    Always for a person to decide: the paper may have been about something else.
    """
    spoken = {link.commitment for each in between for link in each.links}
    settled = {link.commitment for each in between for link in each.links if link.relation is Relation.FULFILS}
    checkable = [one for one in prepare(reply).promises if _is_checkable(one)]
    silent = [one for one in checkable if one.position not in spoken and one.position not in settled]
    if not silent or len(checkable) - len(silent) < _FEWEST:
        return
    for each in between:
        if _goes_through(reply, each, checkable):
            for promise in silent:
                if _is_absent(promise, reply, each):
                    yield _alarm(promise, each)
            return


def _is_checkable(promise: Promise) -> bool:
    one = promise.commitment
    return one.strength is Strength.FIRM and bool(one.instruments or (one.deadline and one.deadline.end))


def _goes_through(reply: Paper, each: Between, checkable: Sequence[Promise]) -> bool:
    mine, theirs = reply.extraction.identity, each.later.extraction.identity
    if theirs.kind not in _LISTS or not mine.lead_unit or mine.lead_unit != theirs.lead_unit:
        return False
    named = {link.commitment for link in each.links} & {one.position for one in checkable}
    return len(named) >= _FEWEST and len(named) >= _SHARE * len(checkable)


def _is_absent(promise: Promise, reply: Paper, each: Between) -> bool:
    mine, theirs = prepare(reply), prepare(each.later)
    own = promise.passage.pairs - mine.subject
    return all(fsum(telling(pair) for pair in own & shown.pairs) < _ABSENT for shown in theirs.passages)


def _alarm(promise: Promise, each: Between) -> Alarm:
    later = each.later.extraction
    listed = min(each.links, key=lambda link: link.unit)
    return Alarm(
        code=AlarmCode.SILENTLY_DROPPED,
        commitment=promise.position,
        other=each.later.id,
        spans=(promise.commitment.span, listed.span),
        values=(),
        day=later.identity.date,
        certainty=Certainty.PROPOSED,
    )
