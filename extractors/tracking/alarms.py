"""What an officer must hear of at once about one reply, given all that later and earlier papers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractors.tracking.changed import changed
from extractors.tracking.conditions import conditions_met
from extractors.tracking.dropped import silently_dropped
from extractors.tracking.promised_before import promised_before
from extractors.tracking.result_class import over_promises, under_delivery
from extractors.tracking.totals import sums_differ
from models.evidence import Alarm, Between, Certainty, Paper


def alarms_of(
    reply: Paper,
    between: Sequence[Between],
    earlier: Sequence[Paper],
    meanings: Mapping[str, str] | None = None,
) -> tuple[Alarm, ...]:
    """The alarms about a reply: `between` is what was found between it and each later paper, `earlier` are other
    replies that may have promised the same. `meanings` tells what a place's result classes mean ({"B": "partly"}),
    where they differ from the usual ones.

    Each alarm quotes both sides; one that isn't right by its own words is proposed to a person.
    """
    found = (
        *(alarm for each in between for alarm in changed(each)),
        *silently_dropped(reply, between),
        *promised_before(reply, earlier),
        *over_promises(reply, meanings),
        *under_delivery(reply, between, meanings),
        *(alarm for each in between for alarm in sums_differ(each)),
        *conditions_met(reply, between),
    )
    return _each_once(found)


def _each_once(found: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """One alarm of a kind about a promise and another paper, the surest; in the order of promises and codes."""
    best: dict[tuple[object, ...], Alarm] = {}
    for alarm in found:
        key = (alarm.code, alarm.commitment, alarm.other)
        if key not in best or (best[key].certainty is Certainty.PROPOSED and alarm.certainty is Certainty.SURE):
            best[key] = alarm
    return tuple(
        sorted(best.values(), key=lambda one: (one.commitment is None, one.commitment or 0, one.code, one.other or ""))
    )
