"""Where a document speaks: administrative divisions and their codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Region:
    """行政区划: the lowest division whose government speaks.

    `adcode` is the six-digit code of GB/T 2260. Towns, streets and development zones that the standard doesn't list
    carry the code of the division they lie in, and None where that isn't known; their own name tells them apart.
    `parents` are the names above it, province first.
    """

    name: str
    adcode: str | None
    parents: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with its parents: 湖北省宜昌市西陵区."""
        return "".join(self.parents) + self.name


def significant(adcode: str) -> str:
    """The part of a code that all divisions below share.

    >>> significant("330200"), significant("330000"), significant("330282")
    ('3302', '33', '330282')
    """
    if adcode.endswith("0000"):
        return adcode[:2]
    return adcode[:4] if adcode.endswith("00") else adcode


def contains(outer: str, inner: str) -> bool:
    """Whether the division `inner` lies in `outer`, or is the same.

    >>> contains("330200", "330282"), contains("330282", "330200"), contains("330000", "330282")
    (True, False, True)
    """
    return inner.startswith(significant(outer))


@dataclass(slots=True)
class Places:
    """Divisions, as often as they were added, and whether another one is among them, above one of them or below.

    >>> held = Places()
    >>> held.add("330282")
    >>> [held.touch(code) for code in ("330282", "330200", "330281", None)]
    [True, True, False, True]
    """

    _codes: Counter[str] = field(default_factory=Counter)
    _above: Counter[str] = field(default_factory=Counter)  # each with all above it

    def add(self, adcode: str | None) -> None:
        """One more document of a division; one of nowhere is of none."""
        self._count(adcode, 1)

    def take(self, adcode: str | None) -> None:
        """One less."""
        self._count(adcode, -1)

    def touch(self, adcode: str | None) -> bool:
        """Whether what speaks of a division may speak of one of these; what doesn't say where it speaks may."""
        if adcode is None:
            return bool(self._codes)
        own = significant(adcode)
        return own in self._above or any(own[:length] in self._codes for length in _LENGTHS)

    def _count(self, adcode: str | None, times: int) -> None:
        if adcode is None:
            return
        own = significant(adcode)
        held = {own, *(own[:length] for length in _LENGTHS if length < len(own))}
        for counter, keys in ((self._codes, {own}), (self._above, held)):
            for key in keys:
                counter[key] += times
                if not counter[key]:
                    del counter[key]


_LENGTHS = (2, 4, 6)
"""Of the parts of a code: province, city, county."""
