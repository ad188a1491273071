"""A long text in leaves: each so many characters, cut where a line ends, so that a page stays quick to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.documents import Span
from outputs.web.marked import Mark

LONGEST = 40_000
"""Characters of a leaf: what most letters stay far below."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Leaf `number` of `last`, from 1; its characters in the text."""

    number: int
    last: int
    start: int
    end: int

    def holds(self, span: Span) -> bool:
        """Whether a quotation begins here."""
        return self.start <= span.start < self.end

    def own(self, marks: Iterable[Mark]) -> list[Mark]:
        """The marks that begin here, their places counted from the leaf's own beginning."""
        return [replace(one, span=self._within(one.span)) for one in marks if self.holds(one.span)]

    def _within(self, span: Span) -> Span:
        end = min(span.end, self.end)
        return Span(span.start - self.start, end - self.start, span.text[: end - span.start])


def leaves(text: str, longest: int = LONGEST) -> list[Leaf]:
    """The leaves of a text, which together are the text; one of a short one.

    >>> [(leaf.start, leaf.end) for leaf in leaves("一二三\\n四五\\n六七八九", 6)]
    [(0, 4), (4, 7), (7, 11)]
    >>> [(leaf.start, leaf.end) for leaf in leaves("一二三四五六七", 3)]
    [(0, 3), (3, 6), (6, 7)]
    """
    cuts, start = [], 0
    while len(text) - start > longest:
        line = text.rfind("\n", start, start + longest) + 1
        start = line if line > start else start + longest
        cuts.append(start)
    bounds = list(zip([0, *cuts], [*cuts, len(text)], strict=True))
    return [Leaf(number, len(bounds), *bound) for number, bound in enumerate(bounds, start=1)]
