"""How sure the rules' answers are, by a second reader that doesn't know them.

“三要拓宽渠道，力争引进公证员。” is a promise by the rules, and most likely one by its words alone: confidence 0.99

Some rules it hardly ever doubted in annotated documents (`Reader.sure`): it looks only at what the others answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from extractors.figures.scene import LEARNED
from extractors.figures.whole import spoken_as
from extractors.learned.features import (
    Standing,
    measure_features,
    number_features,
    part_features,
    setting_features,
    standing_features,
    standing_of,
    title_features,
    unit_words,
    word_features,
)
from extractors.learned.weights import SURE, Reader, Score, overruling, reader, witness
from models.commitments import Commitment, Declined
from models.documents import Kind, Unit, UnitRole, Zone
from models.extraction import Extraction
from models.quantities import Comparator, Measure, Quantity, Role

UNCERTAIN = "uncertain"
# 去年计划加装30部: two words of the text together make a past plan; taken one by one they tell a fact. 年度目标7万人 is
# called a target by its own name.
_SETTLED = ("/meant_then", "/task", "/listed", "/goal", "/limit", "/condition", "/headline", "/standing", "/announced")

Record = TypeVar("Record", Commitment, Quantity)


def weigh(found: Extraction, folded: str) -> Extraction:
    """What the rules found in a document, with how sure it is."""
    promises, refusals = weigh_promises(folded, found.units, found.commitments, found.declined)
    quantities = weigh_roles(folded, found.units, spoken_as(found.identity.kind, folded), found.quantities)
    return replace(found, commitments=promises, declined=refusals, quantities=quantities)


def weigh_promises(
    folded: str, units: Sequence[Unit], promises: Sequence[Commitment], refusals: Sequence[Declined]
) -> tuple[tuple[Commitment, ...], tuple[Declined, ...]]:
    """The promises and refusals of a letter with their confidence; the least sure promises are flagged.

    What they are stays the rules' decision: on documents new to both, the second reader corrected nothing.
    """
    if not (promises or refusals):
        return (), ()
    judge = reader("units")
    places = {unit.span.start: at for at, unit in enumerate(units)}

    def sure(record: Commitment | Declined, label: str) -> float:
        at = places[record.span.start]
        unit = units[at]
        known = judge.sure.get(witness(record.rule, label, unit.zone))
        if known is not None:
            return known
        return judge.probabilities(_unit_score(folded, unit, at / len(units), judge), label)[label]

    return (
        tuple(_weighed(one, sure(one, "C"), judge) for one in promises),
        tuple(replace(one, confidence=round(sure(one, "D"), 2)) for one in refusals),
    )


def weigh_roles(folded: str, units: Sequence[Unit], kind: Kind, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities of a document with the confidence of their roles; the least sure ones are flagged.

    Where another role is far likelier than the rules' own, the number gets it, and its rule says so:
    "own/future+learned". Nothing becomes a target in this way: whoever calls it one has to say until when, which the
    rules do for those that `RoleReader.is_target` tells them.
    """
    if not quantities:
        return ()
    second = RoleReader(folded, kind)
    holders = {unit.span.start: unit for unit in units}
    found = []
    for quantity in quantities:
        unit, said = holders[quantity.unit_span.start], quantity.role
        if said is Role.TARGET and quantity.rule.endswith(LEARNED):
            said = Role.ACTUAL  # which the rules took it for
        known = second.judge.sure.get(witness(quantity.rule, said, unit.zone))
        if known is not None:
            found.append(_weighed(quantity, known, second.judge))
            continue
        likely = second.likely(
            unit, quantity.span.start, quantity.span.end, quantity.unit, quantity.comparator, answer=said
        )
        found.append(_weighed_role(quantity, likely, second.judge))
    return tuple(found)


class RoleReader:
    """What the numbers of a document are for, by their words."""

    def __init__(self, folded: str, kind: Kind) -> None:
        self.judge = reader("roles")
        self._folded, self._kind = folded, kind
        self._settings: dict[int, Score] = {}

    def is_target(self, unit: Unit, measure: Measure, printed: str | None, rule: str) -> bool:
        """Whether a number that a rule takes for a fact is far likelier a target; `printed` is its unit as printed."""
        if rule.endswith(_SETTLED) or witness(rule, Role.ACTUAL, unit.zone) in self.judge.sure:
            return False
        likely = self.likely(unit, measure.start, measure.end, printed, measure.comparator, answer=Role.ACTUAL)
        return overruling(likely) == Role.TARGET

    def likely(
        self, unit: Unit, start: int, end: int, printed: str | None, comparator: Comparator, answer: Role
    ) -> dict[str, float]:
        """How likely each role is of the number from `start` to `end`, after the rules' `answer`."""
        setting = self._settings.get(unit.span.start)
        if setting is None:
            setting = _setting_score(self._folded, unit, self._kind, self.judge)
            self._settings[unit.span.start] = setting
        own = self.judge.score(number_features(self._folded, unit, start, end))
        return self.judge.probabilities(setting + _measure_score(printed, comparator) + own, answer)


def _unit_score(folded: str, unit: Unit, place: float, judge: Reader) -> Score:
    words = unit_words(folded, unit)
    shared = _standing_score(standing_of(unit, words, place)) + _title_score("units", unit.section)
    return shared + judge.score(word_features(words))


@lru_cache(maxsize=4096)
def _standing_score(standing: Standing) -> Score:
    return reader("units").score(standing_features(standing))


@lru_cache(maxsize=4096)
def _measure_score(unit: str | None, comparator: Comparator) -> Score:
    return reader("roles").score(measure_features(unit, comparator))


def _setting_score(folded: str, unit: Unit, kind: Kind, judge: Reader) -> Score:
    """What all numbers of a unit have in common."""
    shared = _part_score(kind, unit.zone, unit.role) + _title_score("roles", unit.section)
    return shared + judge.score(setting_features(folded, unit))


@lru_cache(maxsize=1024)
def _part_score(kind: Kind, zone: Zone, role: UnitRole) -> Score:
    return reader("roles").score(part_features(kind, zone, role))


@lru_cache(maxsize=1024)
def _title_score(name: str, section: tuple[str, ...]) -> Score:
    return reader(name).score(title_features(section))


def _weighed(record: Record, sure: float, judge: Reader) -> Record:
    kind: Any = type(record)
    flags = _flags(record.flags, sure < judge.unsure)
    weighed: Record = kind(*_FRONT[kind](record), round(sure, 2), record.rule, flags)
    return weighed


# All fields in front of confidence, rule and flags, which both end with: every record is written anew, and
# `dataclasses.replace` takes twice as long over it.
_FRONT: dict[type, attrgetter[tuple[Any, ...]]] = {
    kind: attrgetter(*(one.name for one in fields(kind)[:-3])) for kind in (Commitment, Quantity)
}


_SURE_ALONE = 1.0001 - SURE  # what is likelier leaves no other answer enough to overrule it


def _weighed_role(quantity: Quantity, likely: dict[str, float], judge: Reader) -> Quantity:
    if quantity.role is Role.TARGET and quantity.rule.endswith(LEARNED):
        return _weighed(quantity, likely[quantity.role], judge)
    better = overruling(likely) if likely[quantity.role] < _SURE_ALONE else None
    if better and better not in (quantity.role, Role.TARGET) and not quantity.rule.endswith(_SETTLED):
        quantity = replace(quantity, role=Role(better), deadline=None, rule=quantity.rule + LEARNED)
    return _weighed(quantity, likely[quantity.role], judge)


def _flags(flags: tuple[str, ...], uncertain: bool) -> tuple[str, ...]:
    """The flags with "uncertain" as the second reader has it."""
    if UNCERTAIN in flags:
        flags = tuple(flag for flag in flags if flag != UNCERTAIN)
    return (*flags, UNCERTAIN) if uncertain else flags
