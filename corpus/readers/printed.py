"""Printed lines with their places on the page: which are page furniture, and which make one paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import lines


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed; lengths in points, `top` and `base` (the base line) counted from the page's upper edge.

    `head` is the width of the first word, `size` the height of its Han characters (None where it has none); a `row`
    is a table's.
    """

    text: str
    page: int
    x0: float
    x1: float
    top: float
    base: float
    head: float
    size: float | None
    row: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size in points and its lines in reading order."""

    width: float
    height: float
    lines: tuple[PrintedLine, ...]


_EDGE = 0.13  # of the page's height: where running heads and page numbers stand
_SAME_PLACE = 8.0  # points
_REPEATED = 0.4  # of the pages: heads of odd and even pages differ
_DIGITS = re.compile(r"\d+")
_BLANK = re.compile(r"\s+")
_RULES = "—–－―─~～·•|｜-"  # the hyphen last: these stand between brackets
_PAGE_NUMBER = re.compile(
    rf"[\s{_RULES}]*(?:第\s*)?\d{{1,4}}\s*页?(?:\s*[/／,，、]?\s*共?\s*\d{{1,4}}\s*页?)?[\s{_RULES}]*"
    r"|[Pp]age\s*\d+(?:\s*of\s*\d+)?"
)


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers, and without heads and feet that repeat on many pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({key for line in page.lines if _at_edge(line, page) for key in _places(line)})
    least = max(2, _REPEATED * len(pages))
    return [Page(page.width, page.height, tuple(_kept(page, seen, least))) for page in pages]


def _kept(page: Page, seen: Counter[tuple[str, int]], least: float) -> Iterable[PrintedLine]:
    edges = _outermost(page)
    for line in page.lines:
        at_edge = _at_edge(line, page)
        if line in edges and at_edge and _PAGE_NUMBER.fullmatch(line.text.strip()):
            continue
        if at_edge and not line.row and max(seen[key] for key in _places(line)) >= least:
            continue
        yield line


def _outermost(page: Page) -> list[PrintedLine]:
    """The two uppermost and the two lowest lines: a page number may stand beside a running head."""
    by_height = sorted(page.lines, key=lambda line: line.top)
    return [*by_height[:2], *by_height[-2:]]


def _at_edge(line: PrintedLine, page: Page) -> bool:
    return line.top < _EDGE * page.height or line.base > (1 - _EDGE) * page.height


def _places(line: PrintedLine) -> tuple[tuple[str, int], tuple[str, int]]:
    """The line's words without numbers at its height, rounded both ways so that near heights meet."""
    words = _DIGITS.sub("#", _BLANK.sub("", line.text))
    step = int(line.top // _SAME_PLACE)
    return (words, 2 * step), (words, 2 * int((line.top + _SAME_PLACE / 2) // _SAME_PLACE) + 1)


_NOTE = re.compile(r"\s*(?:[\[〔（(]?\d{1,2}[\]〕）)]?|[①-⑳])[\s.．、]?\s*\S|注\d?[:：]")
_NOTE_SIZE = 0.85  # of the body's type


def notes_last(pages: Sequence[Page]) -> list[Page]:
    """The pages with their footnotes at the very end, so that a paragraph runs on from page to page."""
    sizes = _middle([line.size for page in pages for line in page.lines if line.size]) or _DEFAULT_SIZE
    bodies: list[Page] = []
    notes: list[PrintedLine] = []
    for page in pages:
        body = list(page.lines)
        foot: list[PrintedLine] = []
        while len(body) > 1 and (body[-1].size or sizes) < _NOTE_SIZE * sizes and not body[-1].row:
            foot.insert(0, body.pop())
        if foot and not _NOTE.match(foot[0].text):
            body, foot = list(page.lines), []
        notes += foot
        bodies.append(Page(page.width, page.height, tuple(body)))
    return [*bodies, Page(bodies[-1].width, bodies[-1].height, tuple(notes))] if notes else bodies


@dataclass(frozen=True, slots=True)
class _Column:
    """Where body lines begin and end on pages of one width, their usual distance in units of their size, and whether
    paragraphs are indented."""

    left: float
    right: float
    pitch: float
    indented: bool


_WIDER_GAP = 1.35  # of the usual distance: a paragraph ends
_INDENT = 0.8  # of a character
_DEEPEST_INDENT = 4.5  # characters
_SIZE_CHANGE = 0.08
_FAR_RIGHT = 0.35  # of the column: what begins beyond is a sign-off, or centred
_LONG = 0.85  # of the column
_NEAR = 0.7  # of a character: two lines end alike
_HANGING = tuple("，。、；：！？,.;:!?”）")  # may stand beyond the margin
_DEFAULT_SIZE = 12.0


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of printed pages: lines that were broken for the page's width alone are joined again.

    A line was broken where the first word of the next wouldn't have fitted behind it; a wider gap, another size of
    type, an indent after a closed sentence, or an enumerator after one begin a paragraph.
    """
    columns = {width: _column(pages, width) for width in {round(page.width) for page in pages}}
    out: list[str] = []
    last: PrintedLine | None = None
    for page in pages:
        column = columns[round(page.width)]
        for line in page.lines:
            if last is not None and _runs_on(last, line, column):
                out[-1] = lines.glue(out[-1], line.text)
            else:
                out.append(line.text)
            last = line
    return out


def _runs_on(line: PrintedLine, following: PrintedLine, column: _Column) -> bool:
    if line.row or following.row or _starts_anew(line, following, column):
        return False
    size = following.size or line.size or _DEFAULT_SIZE
    if line.x1 + following.head < column.right - 0.3 * size and not _must_run_on(line, following, column):
        return False  # the next word would have fitted
    if line.x0 > column.left + _FAR_RIGHT * (column.right - column.left):
        return False
    indent = following.x0 - column.left
    if indent > _DEEPEST_INDENT * size:
        return _is_centred(following, column) and not lines.stands_alone(following.text)
    return _words_run_on(line.text, following.text, indent > _INDENT * size, column.indented)


def _must_run_on(line: PrintedLine, following: PrintedLine, column: _Column) -> bool:
    """Whether an unfinished long line meets one at the margin, where paragraphs are indented: a long word moved."""
    at_margin = following.x0 < column.left + _INDENT * (following.size or _DEFAULT_SIZE)
    is_long = line.x1 > column.left + _LONG * (column.right - column.left)
    unfinished = not lines.is_closed(line.text) and not lines.stands_alone(following.text)
    return column.indented and at_margin and is_long and unfinished


def _words_run_on(line: str, following: str, indented: bool, others_are: bool) -> bool:
    """Whether the words, the places allowing it, make one paragraph."""
    closed = lines.is_closed(line)
    opens = lines.opens_paragraph(following) or lines.stands_alone(following)
    if indented:
        return not closed and not opens
    if lines.stands_alone(line) and lines.stands_alone(following):
        return False  # one label after another
    if closed and line.endswith(("：", ":")) and not others_are:
        return False  # a lead-in: where no paragraph is indented, nothing else shows that it ends
    return not (closed and opens) and not lines.is_salutation(following) and not lines.is_mark(following)


def _is_centred(line: PrintedLine, column: _Column) -> bool:
    middle = (column.left + column.right) / 2
    return abs((line.x0 + line.x1) / 2 - middle) < (line.size or _DEFAULT_SIZE)


def _starts_anew(line: PrintedLine, following: PrintedLine, column: _Column) -> bool:
    """Whether type or distance show that another paragraph begins."""
    if line.size and following.size and abs(line.size - following.size) > _SIZE_CHANGE * line.size:
        return True
    if line.page != following.page:
        return False
    gap = (following.base - line.base) / (line.size or following.size or _DEFAULT_SIZE)
    return gap > _WIDER_GAP * column.pitch or gap < 0


def _column(pages: Sequence[Page], width: int) -> _Column:
    found = [line for page in pages if round(page.width) == width for line in page.lines if not line.row]
    if not found:
        return _Column(0.0, float(width), 2.0, True)
    left, size = _left(found), _middle([line.size for line in found if line.size]) or _DEFAULT_SIZE
    indented = sum(_INDENT * size < line.x0 - left < _DEEPEST_INDENT * size for line in found)
    return _Column(left, _right(found, left, size, width), _pitch(found), indented >= max(2, 0.1 * len(found)))


def _left(found: Sequence[PrintedLine]) -> float:
    """The smallest beginning that several lines share."""
    starts = Counter(round(line.x0 / 2) for line in found)
    least = min(2.0, len(found)) if len(found) < 40 else 0.05 * len(found)
    shared = [start for start, count in starts.items() if count + starts[start + 1] + starts[start - 1] >= least]
    return 2.0 * min(shared or starts)


def _right(found: Sequence[PrintedLine], left: float, size: float, width: int) -> float:
    """The farthest end that several lines share; where lines are few, both margins are taken to be alike."""
    ends = sorted((line.x1 for line in found if not line.text.endswith(_HANGING)), reverse=True)
    shared = [end for end, lower in pairwise(ends) if end - lower < _NEAR * size]
    farthest = shared[0] if shared else max(line.x1 for line in found)
    symmetric = width - left
    return farthest if farthest > symmetric - 3 * size else max(symmetric - size, farthest)


def _pitch(found: Sequence[PrintedLine]) -> float:
    gaps = sorted(
        (two.base - one.base) / (one.size or two.size or _DEFAULT_SIZE)
        for one, two in pairwise(found)
        if one.page == two.page and two.base > one.base
    )
    return gaps[len(gaps) // 5] if gaps else 2.0


def _middle(numbers: list[float]) -> float | None:
    return sorted(numbers)[len(numbers) // 2] if numbers else None
