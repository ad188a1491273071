"""Long lists in pages: 50 lines unless the address says 20, 100 or 200."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outputs.web.visit import Visit

SIZES = (20, 50, 100, 200)
_DEFAULT = 50


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list stands: page `number` of `last`, from 1; `total` lines in all."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """How many pages there are; one of an empty list."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many lines come before."""
        return (self.number - 1) * self.size

    @property
    def first_line(self) -> int:
        """The number of the first line shown, from 1; 0 of an empty list."""
        return min(self.offset + 1, self.total)

    @property
    def last_line(self) -> int:
        """The number of the last line shown."""
        return min(self.offset + self.size, self.total)

    @property
    def near(self) -> tuple[int | None, ...]:
        """The pages to offer: first, last, and around this one; None for a gap.

        >>> Pages(6, 50, 1000).near
        (1, None, 5, 6, 7, None, 20)
        """
        shown = sorted({1, self.last, *(n for n in range(self.number - 1, self.number + 2) if 1 <= n <= self.last)})
        found: list[int | None] = []
        for one, before in zip(shown, [0, *shown], strict=False):
            found += [None, one] if one - before > 1 else [one]
        return tuple(found)


def paged(visit: Visit, total: int) -> Pages:
    """The page that the address asks for; a page that is no longer there leads to the first one."""
    size = visit.number("size", _DEFAULT)
    pages = Pages(max(1, visit.number("page", 1)), size if size in SIZES else _DEFAULT, total)
    if pages.number > pages.last:
        visit.elsewhere(visit.here(page=None))
    return pages
