"""Alarms about a promise that a later paper changes: a lower number, a later day, the thing given up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractors.headings import read_enumerator, union
from extractors.numbers.dates import Anchor, TimeExpression, TimeKind, find_times
from extractors.tracking.counted import Counted, counted_of
from extractors.tracking.matching import SURE, Scale, same_indicator, scale_between
from extractors.tracking.prepared import prepare
from extractors.tracking.units import same_unit
from models.commitments import Commitment, Deadline, Strength
from models.documents import Kind, Unit
from models.evidence import Alarm, AlarmCode, Between, Certainty, Link, Relation
from models.quantities import Comparator, Role
from models.text import fold

_TRACKED = frozenset({Strength.FIRM, Strength.AIM})
_CHANGING = frozenset({Kind.PLAN, Kind.REGULATION, Kind.REPLY, Kind.PROGRESS_REPORT, Kind.OTHER, Kind.NEWS})
_SET = frozenset({Role.TARGET, Role.STANDARD})
_LONGEST = 40
_FROM = re.compile("起$|^自|^从")
_YEAR_ALONE = re.compile(r"^(?:在|于|到)?(?:20\d\d年度?|今年|明年|本年度?|全年|年内)$")
_END = re.compile("底|末|前|到")
_SPAN = re.compile("内$|时间$|期间$|用")
_PUT_OFF = re.compile("^(?:推迟|顺延|延期|延长|展期|延后)?[至到]")
_SAID_AGAIN = frozenset({Relation.CONTRADICTS, Relation.RESTATES})
_DUE = frozenset({TimeKind.BEFORE, TimeKind.UNTIL, TimeKind.POINT, TimeKind.PERIOD})


@dataclass(frozen=True, slots=True)
class Change:
    """A link with the promise and the later unit that it joins."""

    between: Between
    link: Link
    promise: Commitment
    unit: Unit
    words: str

    def alarm(self, code: AlarmCode, values: tuple[str, ...], sure: bool) -> Alarm:
        """The alarm with both quotations; as sure as the link at most."""
        certain = sure and self.link.certainty is Certainty.SURE and "undated" not in self.link.flags
        return Alarm(
            code=code,
            commitment=self.link.commitment,
            other=self.between.later.id,
            spans=(self.promise.span, self.link.span),
            values=values,
            day=self.link.day,
            certainty=Certainty.SURE if certain else Certainty.PROPOSED,
        )


def changed(between: Between) -> Iterator[Alarm]:
    """Alarms about one later paper."""
    if between.later.extraction.identity.kind not in _CHANGING:
        return
    for link in between.links:
        change = _change(between, link)
        if change.promise.strength in _TRACKED:
            yield from _cancelled(change)
            yield from _lowered_in_words(change)
            yield from _moved(change)
    yield from _lowered_by_plan(between)


def _change(between: Between, link: Link) -> Change:
    later = between.later.extraction
    promise = between.earlier.extraction.commitments[link.commitment]
    return Change(between, link, promise, later.units[link.unit], fold(link.span.text))


def _says(meaning: str, words: str) -> re.Match[str] | None:
    return union("alarms", meaning).search(words)


def _cancelled(change: Change) -> Iterator[Alarm]:
    """取消开行计划, 不再建设: the thing itself is given up, not only its old number (原标准不再执行)."""
    if change.link.relation is not Relation.CONTRADICTS or not union("relations", "cancelled").search(change.words):
        return
    if any(True for _ in _replaced(change)) or (
        not _says("given_up", change.words) and any(True for _ in _moved(change))
    ):
        return
    yield change.alarm(AlarmCode.CANCELLED, (shortened(change.promise),), sure=True)


def shortened(promise: Commitment) -> str:
    """A promise's words without its enumerator and closing mark, cut where they are long."""
    text = promise.span.text
    listed = read_enumerator(fold(text), 0, len(text))
    bare = text[listed.end if listed else 0 :].strip().rstrip("。；;!！")
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"


def _numbers(between: Between, change: Change) -> tuple[list[Counted], list[Counted]]:
    own = [one for one in counted_of(between.earlier) if one.quantity.unit_span.start == change.promise.span.start]
    told = [one for one in counted_of(between.later) if one.unit.index == change.link.unit]
    return own, told


def _replaced(change: Change) -> Iterator[tuple[Counted, Counted, Counted]]:
    """Promised numbers that a unit names as the old ones, with the new ones: 车位由300个核减为260个."""
    own, told = _numbers(change.between, change)
    for promised in own:
        if promised.quantity.role not in _SET:
            continue
        for at, old in enumerate(told):
            if not _says_old(old) or old.quantity.value != promised.quantity.value:
                continue
            if same_unit(promised.quantity.unit, old.quantity.unit) is None:
                continue
            others = [*told[at + 1 :], *reversed(told[:at])]
            new = next((one for one in others if same_unit(old.quantity.unit, one.quantity.unit)), None)
            if new is not None:
                yield promised, old, new


def _says_old(one: Counted) -> bool:
    return bool(_says("old", one.lead)) or bool(re.match("[^,。;]{0,8}不再执行", one.tail))


def _lowered_in_words(change: Change) -> Iterator[Alarm]:
    for promised, _old, new in _replaced(change):
        if _is_less(promised, new) and _says("lowered", change.words):
            yield change.alarm(
                AlarmCode.NUMBER_LOWERED, (promised.quantity.span.text, new.quantity.span.text), sure=True
            )
            return


def _is_less(promised: Counted, new: Counted) -> bool:
    """Less than was promised; of an upper bound (不超过10个工作日) less is no loss."""
    if promised.quantity.comparator is Comparator.AT_MOST:
        return False
    unit = same_unit(promised.quantity.unit, new.quantity.unit)
    most = new.quantity.upper or new.quantity.value
    return unit is not None and most * unit.factor < promised.quantity.value


def _lowered_by_plan(between: Between) -> Iterator[Alarm]:
    """A later plan or reply sets a lower number for the same target, without a word about the old one."""
    if between.later.extraction.identity.kind not in (Kind.PLAN, Kind.REPLY):
        return
    commitments = between.earlier.extraction.commitments
    by_start = {one.span.start: place for place, one in enumerate(commitments)}
    own = [one for one in counted_of(between.earlier) if one.quantity.unit_span.start in by_start and _is_aim(one)]
    told = [one for one in counted_of(between.later) if _is_aim(one)]
    scale = scale_between(prepare(between.earlier), prepare(between.later), own)
    for target in own:
        place = by_start[target.quantity.unit_span.start]
        if commitments[place].strength not in _TRACKED:
            continue
        counted_alike = [one for one in told if _same_unit(target, one)]
        less = [one for one in counted_alike if _is_less(target, one) and _same_aim(target, one, scale)]
        if less and not any(not _is_less(target, one) and _same_aim(target, one, scale) for one in counted_alike):
            yield _plain_alarm(between, place, target, less[0])


def _same_unit(target: Counted, other: Counted) -> bool:
    unit = same_unit(target.quantity.unit, other.quantity.unit)
    return unit is not None and unit.told == "same"


def _is_aim(one: Counted) -> bool:
    return one.quantity.role is Role.TARGET and one.quantity.part_of is None and one.quantity.value > 1


def _same_aim(target: Counted, other: Counted, scale: Scale) -> bool:
    if target.quantity.basis is not other.quantity.basis or target.places != other.places:
        return False
    mine, theirs = target.quantity.deadline, other.quantity.deadline
    if target.years and other.years and target.years != other.years:
        return False
    if mine and theirs and mine.year != theirs.year:
        return False
    if (mine is None) is not (theirs is None) and not (_is_sum(target) and _is_sum(other)):
        return False
    if bool(_says("flow", target.lead)) is not bool(_says("flow", other.lead)):
        return False
    like = same_indicator(target, other, scale)
    return like is not None and like.score >= SURE


def _is_sum(one: Counted) -> bool:
    """三年累计完成 without a day may be the very sum that a plan names with one."""
    return "累计" in one.lead + one.label


def _plain_alarm(between: Between, place: int, target: Counted, other: Counted) -> Alarm:
    return Alarm(
        code=AlarmCode.NUMBER_LOWERED,
        commitment=place,
        other=between.later.id,
        spans=(between.earlier.extraction.commitments[place].span, other.quantity.unit_span),
        values=(target.quantity.span.text, other.quantity.span.text),
        day=between.later.extraction.identity.date,
        certainty=Certainty.PROPOSED,
    )


def _moved(change: Change) -> Iterator[Alarm]:
    """A later day than the promised one: 由“五一”前顺延至11月底前; where a plan only says it, a person decides."""
    deadline = change.promise.deadline
    if deadline is None or deadline.end is None or change.link.relation is Relation.FULFILS:
        return
    if change.link.relation is Relation.CONTRADICTS and _says("given_up", change.words):
        return
    moved = _says("moved" if change.link.relation in _SAID_AGAIN else "moved_day", change.words)
    times = _days(change)
    if moved:
        new = next((time for time in times if time.end > moved.end() and _is_after(time, deadline.end)), None)
    else:
        new = times[0] if len(times) == 1 and _is_slipped(change, times[0], deadline) else None
    if new is not None and new.last is not None:
        values = (_dated(deadline.text, deadline.end), _dated(_PUT_OFF.sub("", new.text), new.last))
        yield change.alarm(AlarmCode.DAY_MOVED, values, sure=moved is not None)


def _dated(words: str, day: date) -> str:
    """年内（2024-12-31）: what was printed, and the day that it means where it doesn't name the year."""
    return words if re.search(r"\d{4}", words) else f"{words}（{day.isoformat()}）"


def _is_slipped(change: Change, new: TimeExpression, deadline: Deadline) -> bool:
    """A plan that says a later day for the same thing, without a word about the old one.

    Not: the next year of a yearly number (2024年新增 after 2023年新增), a span that ends in the same year (三年内),
    the day from which something runs, a rule's terms.
    """
    promised = deadline.end
    if promised is None or not _is_after(new, promised) or change.link.certainty is not Certainty.SURE:
        return False
    if change.link.relation not in _SAID_AGAIN:
        return False
    if change.between.later.extraction.identity.kind is Kind.REGULATION or _FROM.search(fold(deadline.text)):
        return False
    if _YEAR_ALONE.match(fold(deadline.text)) and new.precision == "year" and not _END.search(new.text):
        return False
    same_year = new.last is not None and new.last.year == promised.year
    if same_year and (_SPAN.search(fold(deadline.text)) or new.precision == "year"):
        return False
    own, told = _numbers(change.between, change)
    if _YEAR_ALONE.match(fold(deadline.text)) and not _share_a_value(own, told):
        return False
    return not _about_other_numbers(own, told)


def _share_a_value(own: list[Counted], told: list[Counted]) -> bool:
    """Whether one of the numbers is the same; where either names none, nothing speaks against it."""
    mine = {one.quantity.value for one in own if _is_aim(one)}
    theirs = {one.quantity.value for one in told if _is_aim(one)}
    return not mine or not theirs or bool(mine & theirs)


def _about_other_numbers(own: list[Counted], told: list[Counted]) -> bool:
    """Whether both name numbers, and none of them is the same or counted in one unit."""
    mine = [one for one in own if _is_aim(one)]
    theirs = [one for one in told if _is_aim(one)]
    if not mine or not theirs:
        return False
    return not any(same_unit(a.quantity.unit, b.quantity.unit) for a in mine for b in theirs)


def _days(change: Change) -> list[TimeExpression]:
    identity = change.between.later.extraction.identity
    anchor = Anchor(identity.date, identity.date.year if identity.date else identity.year_hint)
    return [time for time in find_times(change.words, anchor) if time.kind in _DUE and time.last]


def _is_after(time: TimeExpression, promised: date) -> bool:
    return time.last is not None and time.last > promised
