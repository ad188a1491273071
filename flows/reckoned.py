"""What was reckoned from the register and holds until it changes: values, numbers of promises, marks in long lists.

kept.get(store, "facets", lambda: facets(store))                   until documents come in or are followed up
kept.numbers(store, ("count", within, stands), count)              the same; what people decide is counted anew
kept.marks(store, (within, stands, sort))                          from which long lists are read on
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from models import figures_kept
from models.facets import Stamp, last_decision, stamp
from models.figures_kept import Figure, Numbers
from models.marks import Mark
from models.stands import Condition, decided_between
from models.store import Store

_Value = TypeVar("_Value")
_MOST_KEPT = 500
_MOST_SINCE = 2_000
"""Decisions since a count, beyond which counting all is as quick."""
_MOST_MARKS = 20_000
_TRIED = 3  # marks that may turn out to stand behind the wanted line

Counting = Callable[[Sequence[Condition], int], Numbers]  # more conditions, and up to which decision


@dataclass(slots=True)
class Reckoned:
    """Numbers of promises when decisions were made up to a number: whole once, then only what decisions touched."""

    asked: Hashable
    _numbers: Numbers | None = None
    _until: int = 0
    _lock: Lock = field(default_factory=Lock)

    def now(self, store: Store, count: Counting, at: Stamp | None) -> Numbers:
        """The numbers as they are now; those that the database keeps of the register as it was at `at` count, too."""
        with self._lock:
            last = last_decision(store)
            if self._numbers is None and at is not None and (kept := figures_kept.find(store, at, self.asked)):
                self._numbers, self._until = kept.numbers, kept.decided
            if self._numbers is None or not 0 <= last - self._until <= _MOST_SINCE:
                self._numbers = count((), last)
            elif last > self._until:
                touched = [decided_between(self._until, last)]
                left = self._numbers.copy()
                left.subtract(count(touched, self._until))
                left.update(count(touched, last))
                self._numbers = left
            self._until = last
            return self._numbers

    @property
    def figure(self) -> Figure | None:
        """The numbers as the database may keep them."""
        with self._lock:
            return Figure(self.asked, self._until, self._numbers) if self._numbers is not None else None


@dataclass(slots=True)
class Marks:
    """The marks of one list, in its order."""

    _marks: list[Mark] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    surveyed: bool = False

    def nearest(self, store: Store, line: int, moved: Callable[[Mark, int], int]) -> Mark | None:
        """The last mark that has no more than `line` lines before it; None: there is none.

        `moved` tells how many more lines are before a mark since decisions were made up to a number.
        """
        with self._lock:
            last = last_decision(store)
            place = bisect_right(self._marks, line, key=lambda one: one.before)
            for one in reversed(self._marks[max(0, place - _TRIED) : place]):
                if last - one.decided > _MOST_SINCE:
                    continue
                now = one if one.decided == last else Mark(one.before + moved(one, last), last, one.place)
                self._marks.remove(one)
                self._add(now)
                if now.before <= line:
                    return now
        return None

    def add(self, found: Sequence[Mark]) -> None:
        """Notes marks."""
        with self._lock:
            for one in found:
                self._add(one)

    def _add(self, one: Mark) -> None:
        if len(self._marks) < _MOST_MARKS:
            self._marks.insert(bisect_right(self._marks, one.before, key=lambda it: it.before), one)


@dataclass(slots=True)
class Kept:
    """What was reckoned from the register as it is."""

    _stamp: Stamp | None = None
    _values: dict[Hashable, Any] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, store: Store, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The value, made anew when the register has changed."""
        return self._get(stamp(store), key, make)

    def numbers(self, store: Store, asked: Hashable, count: Counting) -> Numbers:
        """How many promises there are now, by group and name."""
        at = stamp(store)
        return self._get(at, asked, lambda: Reckoned(asked)).now(store, count, at)

    def marks(self, store: Store, asked: Hashable) -> Marks:
        """The marks of a list; none while a run changes the register."""
        return self.get(store, ("marks", asked), Marks)

    def write(self, store: Store, day: date) -> None:
        """Lets the database keep the numbers that are known, if the register is still as they were counted from."""
        at = stamp(store)
        with self._lock:
            known = [one for one in self._values.values() if isinstance(one, Reckoned)] if at == self._stamp else []
        if at is not None:
            figures_kept.keep(store, at, day, [figure for one in known if (figure := one.figure)])

    def _get(self, now: Stamp | None, key: Hashable, make: Callable[[], _Value]) -> _Value:
        if now is None:
            return make()
        with self._lock:
            if now != self._stamp or len(self._values) > _MOST_KEPT:
                self._stamp, self._values = now, {}
            elif key in self._values:
                found: _Value = self._values[key]
                return found
        value = make()
        with self._lock:
            if now == self._stamp:
                value = self._values.setdefault(key, value)
        return value
