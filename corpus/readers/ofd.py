"""OFD files, the state's own page format (GB/T 33190-2016) -> paragraphs, by where their characters stand on the page.

Ruled tables come row by row; stamps, notes put on pages and attachments are left out.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path

from corpus.readers import printed
from corpus.readers.glyphs import OBLIQUE, Glyph, lines_of
from corpus.readers.limits import Limits
from corpus.readers.markup import Element, parse_part
from corpus.readers.packages import xml_parts
from corpus.readers.printed import Page
from corpus.readers.ruled import Rule, tables_between, with_tables
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

_POINTS = 72 / 25.4  # the format's lengths are millimetres
_A4 = (0.0, 0.0, 210.0, 297.0)
_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_STRAIGHT = 0.5  # mm: how far off a rule may be
_STEPS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # a path's signs, and how many numbers each has
_FIRST_WIDE = "\u2e80"  # from here on a character is as wide as it is high


def read_ofd(path: Path, limits: Limits, progress: Callable[[], None]) -> Document:
    """The document of an OFD file; page numbers and repeated heads are dropped, `title` from its properties.

    Raises DAMAGED, ENCRYPTED, TOO_LARGE, DOCTYPE, and SCANNED where its pages are pictures alone.
    """
    package = _Package(path.name, xml_parts(path, limits))
    if "Encryptions.xml" in package.parts:  # GM/T 0099
        raise UnreadableDocument(path.name, Unreadable.ENCRYPTED, "an OFD file with a password")
    pages = []
    for page in package.pages():
        pages.append(page)
        progress()
    body = printed.without_furniture(pages)
    text = "\n".join(printed.paragraphs(printed.notes_last(body)))
    if not text.strip() and package.has_pictures():
        raise UnreadableDocument(path.name, Unreadable.SCANNED, "pictures alone")
    before, after = (sum(len(page.lines) for page in some) for some in (pages, body))
    met = {"joined_lines": text.count("\n") + 1 < after, "dropped_headers": after < before}
    return Document(path.name, "ofd", text, title=package.title(), notes=tuple(code for code in met if met[code]))


@dataclass(frozen=True, slots=True)
class _Package:
    """The parts of a file, found through the places that each names."""

    file: str
    parts: dict[str, bytes]

    def pages(self) -> Iterator[Page]:
        """The pages of its documents in order, each over its templates. UnreadableDocument (DAMAGED): no part."""
        places, number = list(_texts(self._part("OFD.xml"), "DocRoot")), 0
        if not places:
            raise UnreadableDocument(self.file, Unreadable.DAMAGED, "no document part")
        for place in places:
            name = _beside("", place)
            document = self._part(name)
            box = _numbers(next(_texts(document, "PhysicalBox"), ""), _A4)
            templates = {node.get("ID"): node.get("BaseLoc") or "" for node in _all(document, "TemplatePage")}
            for node in _all(document, "Page"):
                page = self._part(_beside(name, node.get("BaseLoc") or ""))
                under = [templates.get(use.get("TemplateID")) for use in _all(page, "Template")]
                layers = [*(self._part(_beside(name, place)) for place in under if place), page]
                yield _page(layers, _numbers(next(_texts(page, "PhysicalBox"), ""), box), number)
                number += 1

    def title(self) -> str | None:
        """The title that the package names; None where it is empty, too."""
        return next(_texts(self._part("OFD.xml"), "Title"), "").strip() or None

    def has_pictures(self) -> bool:
        return any(b"ImageObject" in data for data in self.parts.values())

    def _part(self, name: str) -> Element:
        if name not in self.parts:
            raise UnreadableDocument(self.file, Unreadable.DAMAGED, f"no part {name}")
        return parse_part(self.parts[name], self.file, name)


def _beside(part: str, place: str) -> str:
    """A part's name by the place that another names: from its own folder, or from the root."""
    folder = "" if place.strip().startswith("/") else posixpath.dirname(part)
    return posixpath.normpath(posixpath.join(folder, place.strip().lstrip("/")))


def _all(node: Element, name: str) -> Iterator[Element]:
    """Elements by their name: makers of such files differ in the namespace's spelling."""
    return node.iter(f"{{*}}{name}", name)


def _texts(node: Element, name: str) -> Iterator[str]:
    return (found.text or "" for found in _all(node, name))


def _numbers(text: str | None, default: tuple[float, ...]) -> tuple[float, ...]:
    """So many numbers as the default has, the default itself where they are missing or none."""
    try:
        found = tuple(map(float, (text or "").split()))
    except ValueError:
        return default
    return found if len(found) == len(default) and all(map(math.isfinite, found)) else default


def _page(layers: list[Element], box: tuple[float, ...], number: int) -> Page:
    width, height = box[2] * _POINTS, box[3] * _POINTS
    glyphs = list(chain.from_iterable(map(_glyphs, _seen(layers, "TextObject"))))
    rules = list(chain.from_iterable(map(_rules, _seen(layers, "PathObject"))))
    found = with_tables(lines_of(glyphs, number), tables_between(rules, glyphs), number)
    return Page(width, height, tuple(found))


def _seen(layers: list[Element], name: str) -> Iterator[Element]:
    return (found for layer in layers for found in _all(layer, name) if found.get("Visible") != "false")


def _rules(node: Element) -> Iterator[Rule]:
    """A path's straight lines across and down; a rule may be drawn as a thin rectangle, too."""
    a, b, c, d, e, f = _numbers(node.get("CTM"), _UPRIGHT)
    x0, y0, _, _ = _numbers(node.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
    for data in node.iterchildren("{*}AbbreviatedData", "AbbreviatedData"):  # not what clips it
        for one, other in _lines_drawn((data.text or "").split()):
            (x, y), (right, low) = ((x0 + e + a * h + c * v, y0 + f + b * h + d * v) for h, v in (one, other))
            if abs(right - x) < _STRAIGHT or abs(low - y) < _STRAIGHT:
                xs, ys = sorted((x * _POINTS, right * _POINTS)), sorted((y * _POINTS, low * _POINTS))
                yield Rule(xs[0], ys[0], xs[1], ys[1])


_Point = tuple[float, float]


def _lines_drawn(signs: list[str]) -> Iterator[tuple[_Point, _Point]]:
    """The straight lines of a path (`M 0 0 L 50 0 C`), as far as it can be read."""
    begun = at = (0.0, 0.0)
    place = 0
    while place < len(signs) and signs[place] in _STEPS:
        sign, after = signs[place], place + 1 + _STEPS[signs[place]]
        to = _point(signs[after - 2 : after]) if sign != "C" else begun
        if to is None or after > len(signs):
            return
        if sign in "LC" and to != at:
            yield at, to
        begun = to if sign in "SM" else begun
        at, place = to, after


def _point(signs: list[str]) -> _Point | None:
    try:
        x, y = map(float, signs)
    except ValueError:
        return None
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None


def _glyphs(node: Element) -> Iterator[Glyph]:
    """A text object's characters where they stand on the page; oblique ones are a watermark."""
    a, b, c, d, e, f = _numbers(node.get("CTM"), _UPRIGHT)
    if abs(math.atan2(b, a)) > OBLIQUE:
        return
    x0, y0, _, _ = _numbers(node.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
    (size,) = _numbers(node.get("Size"), (4.2,))
    (stretch,) = _numbers(node.get("HScale"), (1.0,))
    for code in _all(node, "TextCode"):
        text = (code.text or "").strip("\r\n")
        widths = [size * stretch * (1.0 if char >= _FIRST_WIDE else 0.5) for char in text]
        for char, x, y, wide in _placed(text, code, widths):
            left, right, base = x0 + e + a * x + c * y, a * wide, y0 + f + b * x + d * y
            yield Glyph(
                char, left * _POINTS, (left + right) * _POINTS, base * _POINTS, size * math.hypot(c, d) * _POINTS, False
            )


def _placed(text: str, code: Element, widths: list[float]) -> Iterator[tuple[str, float, float, float]]:
    """Each character with its place in its object and its width, which ends where the next begins."""
    (x,), (y,) = _numbers(code.get("X"), (0.0,)), _numbers(code.get("Y"), (0.0,))
    steps = _distances(code.get("DeltaX"), widths[:-1])
    downs = _distances(code.get("DeltaY"), [0.0] * len(steps))
    for char, left, base, room, wide in zip(
        text, accumulate(steps, initial=x), accumulate(downs, initial=y), [*steps, math.inf], widths, strict=False
    ):
        yield char, left, base, min(wide, room) if room > 0 else wide


def _distances(text: str | None, unsaid: list[float]) -> list[float]:
    """The distances from each character to the next; "g 3 4.2" is 4.2 three times. What isn't said is as `unsaid`."""
    found: list[float] = []
    signs = iter((text or "").split())
    try:
        for sign in signs:
            times = min(int(next(signs)), len(unsaid)) if sign == "g" else 1
            found += [float(next(signs) if sign == "g" else sign)] * times
    except (ValueError, StopIteration):
        pass  # a broken list: the rest stands as if nothing were said
    return [*found[: len(unsaid)], *unsaid[len(found) :]]
