"""How many promises stand how: the figures of the report, each owned by one function."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.evidence import Certainty, ScheduleCode, Status
from outputs.evidence import CHANGES

if TYPE_CHECKING:
    from models.followed import ProgressRow
    from outputs.ledger import Standing

NO_UNIT = "（未写明单位）"
NO_CLASS = "（未标明）"


@dataclass(frozen=True, slots=True)
class Tally:
    """So many promises of each status; `registered` are studies and encouragements, which have none."""

    by_status: tuple[tuple[Status, int], ...]
    registered: int

    @property
    def tracked(self) -> int:
        """Promises that can be kept or missed: the whole that shares are reckoned from."""
        return sum(number for _, number in self.by_status)

    def of(self, status: Status) -> int:
        """How many stand so."""
        return dict(self.by_status)[status]

    def share(self, status: Status) -> float | None:
        """The part of the tracked promises that stand so; None where there are none."""
        return self.of(status) / self.tracked if self.tracked else None


def tally(standings: Iterable[Standing]) -> Tally:
    """The promises counted by status; every tracked one counts once."""
    found = [one.status for one in standings]
    return Tally(tuple((status, found.count(status)) for status in Status), found.count(None))


def by_unit(standings: Iterable[Standing]) -> tuple[tuple[str, Tally], ...]:
    """The same by unit, the most overdue first; the units' figures add up to the whole."""
    return _grouped(standings, unit_of)


def by_class(standings: Iterable[Standing]) -> tuple[tuple[str, Tally], ...]:
    """The same by the result class that the reply gives itself, as printed (letters mean other things elsewhere)."""
    groups = _grouped(standings, lambda one: one.row.document.identity.result_class or NO_CLASS)
    return tuple(sorted(groups, key=lambda group: (group[0] == NO_CLASS, group[0])))


def unit_of(standing: Standing) -> str:
    """The unit that answers for a promise, under its full name: the one that replied, else the first that it names."""
    identity = standing.row.document.identity
    unit = identity.lead_unit or next(iter(standing.responsible), "")
    return with_place(unit, identity.region) if unit else NO_UNIT


def lead_name(unit: str | None, region: str | None) -> str:
    """The full name of the unit that replied.

    >>> lead_name("市水利局", "江北省云岭市"), lead_name(None, "云岭市")
    ('云岭市水利局', '（未写明单位）')
    """
    return with_place(unit, region) if unit else NO_UNIT


def with_place(unit: str, region: str | None) -> str:
    """A unit under its full name, so that 市水利局 and 云岭市水利局 are one.

    >>> with_place("市水利局", "江北省云岭市"), with_place("云岭市水利局", "云岭市"), with_place("市水利局", None)
    ('云岭市水利局', '云岭市水利局', '市水利局')
    """
    *_, place = ["", *(found[0] for found in _DIVISION.finditer(region or ""))]
    return place + unit[1:] if place and unit[0] == place[-1] and not unit.startswith(place) else unit


_DIVISION = re.compile("..+?(?:自治[区州县旗]|[省市县区州盟旗镇乡])")


def _grouped(standings: Iterable[Standing], name: Callable[[Standing], str]) -> tuple[tuple[str, Tally], ...]:
    groups: dict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        groups[name(one)].append(one)
    tallies = [(title, tally(group)) for title, group in groups.items()]
    return tuple(sorted(tallies, key=lambda pair: (-pair[1].of(Status.OVERDUE), -pair[1].tracked, pair[0])))


def overdue(standings: Iterable[Standing]) -> list[Standing]:
    """What is overdue, longest first."""
    found = [one for one in standings if one.status is Status.OVERDUE]
    return sorted(found, key=lambda one: -(one.days_overdue or 0))


def due_soon(standings: Iterable[Standing], days: int) -> list[Standing]:
    """What falls due within so many days and isn't kept or given up, soonest first."""
    near = (ScheduleCode.AHEAD, ScheduleCode.DUE_TODAY)
    found = [
        one
        for one in standings
        if one.status in (Status.IN_PROGRESS, Status.NO_EVIDENCE)
        and one.schedule.code in near
        and (one.schedule.days or 0) <= days
    ]
    return sorted(found, key=lambda one: one.schedule.days or 0)


def with_status(standings: Iterable[Standing], status: Status) -> list[Standing]:
    """What stands so, in the ledger's order."""
    return [one for one in standings if one.status is status]


def changed(standings: Iterable[Standing]) -> list[Standing]:
    """What a later document cancelled, lowered, put off or left out, so far as that is sure."""
    return [
        one
        for one in standings
        if one.status is Status.DROPPED
        or any(alarm.code in CHANGES and alarm.certainty is Certainty.SURE for alarm in one.alarms)
    ]


def latest(progress: Iterable[ProgressRow]) -> list[ProgressRow]:
    """Of each target the newest number that is sure; several of one day stand side by side."""
    newest: dict[str, list[ProgressRow]] = {}
    for one in progress:
        if one.certainty is Certainty.SURE:
            held = newest.setdefault(one.target_id, [])
            if held and _ordinal(one) > _ordinal(held[0]):
                held.clear()
            if not held or _ordinal(one) == _ordinal(held[0]):
                held.append(one)
    return [one for held in newest.values() for one in held]


def _ordinal(found: ProgressRow) -> int:
    return found.day.toordinal() if found.day else 0
