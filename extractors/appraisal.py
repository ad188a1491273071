"""A reply looked through before it is signed: what could be held against it later, and what couldn't be held to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.checks import check
from extractors.tracking.alarms import alarms_of
from extractors.tracking.coverage import cover
from extractors.tracking.status import TRACKED
from models.appraisal import Answered, Appraisal, Appraised, Lack
from models.commitments import Commitment
from models.evidence import Paper
from models.extraction import Extraction
from models.ids import DocumentId
from models.quantities import Quantity, Role

# 各有关部门 is everybody and nobody.
_COLLECTIVE = re.compile(r"^(?:各|有关|相关|全(?:市|县|区|省))")


def appraise(reply: Extraction, item: Extraction | None = None) -> Appraisal:
    """What a careful clerk would send back before the letter is signed; `item`: the suggestion that it answers."""
    mine = Paper(DocumentId("reply"), reply)
    asked = Paper(DocumentId("item"), item) if item else None
    requests = (item or reply).requests
    return Appraisal(
        reply=reply,
        item=item,
        promises=tuple(_appraised(commitment, reply.quantities) for commitment in reply.commitments),
        asks=tuple(
            Answered(requests[one.request], one.answer, tuple(reply.units[at].span for at in one.units), one.certainty)
            for one in cover(mine, asked)
        ),
        alarms=alarms_of(mine, (), ()),
        findings=check(reply),
    )


def _appraised(commitment: Commitment, quantities: tuple[Quantity, ...]) -> Appraised:
    span = commitment.span
    targets = tuple(
        number for number in quantities if span.start <= number.span.start < span.end and number.role is not Role.ACTUAL
    )
    return Appraised(commitment, targets, tuple(_lacks(commitment, targets)))


def _lacks(commitment: Commitment, targets: tuple[Quantity, ...]) -> Iterator[Lack]:
    if commitment.strength not in TRACKED:
        yield Lack.SOFT
    if commitment.deadline is None:
        yield Lack.NO_DAY
    elif commitment.deadline.end is None:
        yield Lack.UNKNOWN_DAY
    if not targets and not commitment.instruments:  # a document that is to be issued is as good as a number
        yield Lack.NO_NUMBER
    if all(_COLLECTIVE.match(unit) for unit in commitment.responsible):
        yield Lack.NO_ACTOR
    if commitment.condition:
        yield Lack.CONDITIONAL
