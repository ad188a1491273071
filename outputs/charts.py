"""Figures: bars as inline SVG for pages, and the same bars as PNG for Word.

Colour never speaks alone: each status has a pattern of its own too, so that a black and white print can be read. The
PNG holds bars without words; Word sets the words beside them in its own fonts, so no font has to be installed.
The same figure gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from models.evidence import Status
from outputs.phrases import phrase
from outputs.sheets.cells import visible
from outputs.summary import Tally

Stroke = tuple[int, int, int, int]  # from x, y to x, y within a tile


@dataclass(frozen=True, slots=True)
class Look:
    """How a part of a bar is filled: a ground colour, and strokes on it that repeat every `TILE` points."""

    ground: str
    ink: str
    strokes: tuple[Stroke, ...] = ()


TILE = 8
_SLASH: tuple[Stroke, ...] = ((-2, 10, 10, -2), (-2, 2, 2, -2), (6, 10, 10, 6))
_BACKSLASH: tuple[Stroke, ...] = ((-2, -2, 10, 10), (-2, 6, 2, 10), (6, -2, 10, 2))

LOOKS: dict[Status, Look] = {
    Status.FULFILLED: Look("#2E7D4F", "#2E7D4F"),
    Status.IN_PROGRESS: Look("#CFE3F2", "#2B6CA3", _SLASH),
    Status.NO_EVIDENCE: Look("#F4F4F1", "#A8A8A0"),
    Status.OVERDUE: Look("#C0392B", "#FFFFFF", _SLASH + _BACKSLASH),
    Status.DROPPED: Look("#E7DDF0", "#6B4A8A", ((4, -1, 4, 9),)),
}
"""Solid, striped, empty, crossed, upright: told apart without colour."""

REACHED, MISSING = LOOKS[Status.FULFILLED], LOOKS[Status.NO_EVIDENCE]
UNSURE = Look("#FFF3C4", "#8A5A00", _BACKSLASH)
"""A number of which nobody has said yet that it is the target's."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its look, how long it is, and what it stands for."""

    look: Look
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a figure: its name, its parts from left to right, and what is said behind it."""

    label: str
    parts: tuple[Part, ...]
    after: str = ""

    @property
    def length(self) -> float:
        """All parts together."""
        return sum(part.value for part in self.parts)


def status_bar(label: str, tally: Tally) -> Bar:
    """The tracked promises of a unit or a class by status; statuses that nobody has take no room."""
    parts = tuple(Part(LOOKS[status], number, phrase(status)) for status, number in tally.by_status if number)
    return Bar(label, parts, f"共{tally.tracked:,}项".replace(",", " "))


def progress_bar(label: str, ratio: float, after: str = "", *, sure: bool = True) -> Bar:
    """How much of a target is reached; more than the whole fills the bar and is said in words. What isn't sure never
    looks like what is."""
    done = min(max(ratio, 0.0), 1.0)
    parts = (
        Part(*((REACHED, done, "已达到") if sure else (UNSURE, done, "待确认"))),
        Part(MISSING, 1.0 - done, "尚差"),
    )
    return Bar(label, tuple(part for part in parts if part.value), after)


# -- as SVG ----------------------------------------------------------------------------------------------------------

_BAR, _GAP, _TOP, _LEGEND = 18, 10, 6, 22


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a figure: its width, that of labels and of what stands behind the bars, where the legend begins; how
    many Han characters a label has."""

    width: int
    label: int
    after: int
    legend: int
    characters: int


WIDE, NARROW = Room(720, 220, 64, 220, 16), Room(360, 118, 58, 8, 8)
"""For a desk and for a phone."""


def svg(title: str, bars: Sequence[Bar], *, name: str, total: float | None = None, room: Room = WIDE) -> str:
    """The bars as an inline figure, with its legend; `name` sets its patterns apart from other figures' of a page.

    `total` is what a full width stands for; the longest bar unless given.
    """
    scale = (room.width - room.label - room.after) / (total or max((bar.length for bar in bars), default=0) or 1)
    legend = _legend(bars)
    looks = {part.look: f"{name}-{index}" for index, part in enumerate(legend)}
    below = _TOP + len(bars) * (_BAR + _GAP)
    lines = [_svg_bar(bar, _TOP + index * (_BAR + _GAP), scale, looks, room) for index, bar in enumerate(bars)]
    key, rows = _svg_legend(legend, below + 8, looks, room) if len(legend) > 1 else ("", 0)
    height = below + (rows * _LEGEND + 2 if rows else 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {room.width} {height}" width="100%"'
        f' style="max-width:{room.width}px" font-size="13" font-family="sans-serif"'
        f" aria-label={quoteattr(visible(title))}>"
        f"<title>{_text(title)}</title><defs>{''.join(_pattern(look, id) for look, id in looks.items())}</defs>"
        f"{''.join(lines)}{key}</svg>"
    )


def _legend(bars: Sequence[Bar]) -> list[Part]:
    found = {part.look: part for bar in bars for part in bar.parts}
    order = {look: index for index, look in enumerate(LOOKS.values())}
    return [found[look] for look in sorted(found, key=lambda look: order.get(look, len(order)))]


def _svg_bar(bar: Bar, top: int, scale: float, looks: dict[Look, str], room: Room) -> str:
    base = top + _BAR - 5
    drawn = [
        f'<text x="{room.label - 8}" y="{base}" text-anchor="end">{_text(_short(bar.label, room.characters))}',
        f"<title>{_text(bar.label)}</title></text>",
    ]
    left = float(room.label)
    for part in bar.parts:
        width = part.value * scale
        told = f"{bar.label}　{part.words}　{part.value:g}" if isinstance(part.value, int) else bar.after
        drawn.append(
            f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="url(#{looks[part.look]})"'
            f' stroke="{_edge(part.look)}"><title>{_text(told)}</title></rect>'
        )
        left += width
    drawn.append(f'<text x="{left + 6:.1f}" y="{base}" fill="#444">{_text(bar.after)}</text>')
    return "".join(drawn)


def _svg_legend(legend: Sequence[Part], top: int, looks: dict[Look, str], room: Room) -> tuple[str, int]:
    """The legend, and how many lines it takes."""
    drawn, left, rows = [], room.legend, 1
    for part in legend:
        if left > room.legend and left + 23 + 12 * len(part.words) > room.width:
            left, top, rows = room.legend, top + _LEGEND, rows + 1
        drawn.append(
            f'<rect x="{left}" y="{top}" width="18" height="11" fill="url(#{looks[part.look]})"'
            f' stroke="{_edge(part.look)}"/>'
            f'<text x="{left + 23}" y="{top + 11}" font-size="12">{_text(part.words)}</text>'
        )
        left += 23 + 12 * len(part.words) + 16
    return "".join(drawn), rows


def _pattern(look: Look, id: str) -> str:
    strokes = "".join(f"M{a} {b}L{c} {d}" for a, b, c, d in look.strokes)
    drawn = f'<path d="{strokes}" stroke="{look.ink}" stroke-width="1.2"/>' if strokes else ""
    return (
        f'<pattern id="{id}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse">'
        f'<rect width="{TILE}" height="{TILE}" fill="{look.ground}"/>{drawn}</pattern>'
    )


def _edge(look: Look) -> str:
    """The colour of a part's border: the darker of its two."""
    return min(look.ground, look.ink, key=lambda colour: sum(bytes.fromhex(colour[1:])))


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"


def _text(words: str) -> str:
    return escape(visible(words))


# -- as PNG ----------------------------------------------------------------------------------------------------------

_DOTS = 4  # pixels of a point of the tile: about 300 to the inch in print


def png(bar: Bar, *, total: float, width: int = 160, height: int = 12) -> bytes:
    """One bar without words, `width` by `height` points; `total` is what its full width stands for."""
    from PIL import Image, ImageDraw

    across, down = width * _DOTS, height * _DOTS
    image = Image.new("RGB", (across, down), "#FFFFFF")
    left = 0.0
    for part in bar.parts:
        right = left + part.value / (total or 1) * (across - 1)
        box = (round(left), 0, round(right), down - 1)
        tile = Image.new("RGB", (box[2] - box[0] + 1, down), part.look.ground)
        draw = ImageDraw.Draw(tile)
        for x in range(0, tile.width, TILE * _DOTS):
            for y in range(0, down, TILE * _DOTS):
                for a, b, c, d in part.look.strokes:
                    draw.line([(x + a * _DOTS, y + b * _DOTS), (x + c * _DOTS, y + d * _DOTS)], part.look.ink, 4)
        draw.rectangle((0, 0, tile.width - 1, down - 1), outline=_edge(part.look), width=2)
        image.paste(tile, (box[0], 0))
        left = right
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, dpi=(72 * _DOTS, 72 * _DOTS))
    return out.getvalue()


def swatch(look: Look) -> bytes:
    """A small field of a legend."""
    return png(Bar("", (Part(look, 1, ""),)), total=1, width=20, height=10)
