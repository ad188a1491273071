"""A picture of curves as SVG, for pages: the same points give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 400, 64, 100, 40, 36
_INKS = ("#2E7D4F", "#2B6CA3", "#6B4A8A", "#C0392B", "#222222")
_STROKES = ("", "8 3", "2 3", "10 3 2 3", "")
"""Each curve has a stroke of its own, too: a black and white print can be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A curve: its name, and its points from left to right."""

    name: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


def draw(title: str, lines: Sequence[Line]) -> str:
    """The curves over one scale that begins at nought; each is named at its end."""
    most_x = max(x for line in lines for x, _ in line.points)
    most_y = max(y for line in lines for _, y in line.points) or 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        across = _LEFT + (_WIDTH - _LEFT - _RIGHT) * x / most_x
        return round(across, 1), round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * y / most_y, 1)

    parts = [f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>']
    for value in _marks(most_x):
        x, y = at(value, 0)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{value:,.0f}</text>')
    for value in _marks(most_y):
        x, y = at(0, value)
        parts.append(f'<path d="M{x} {y}H{_WIDTH - _RIGHT}" stroke="#DDDDDD"/>')
        parts.append(f'<text x="{x - 6}" y="{y + 4}" text-anchor="end">{value:,g}</text>')
    taken: list[float] = []
    for number, line in enumerate(lines):
        parts += _curve(number, line, [at(*point) for point in line.points], taken)
    inner = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12" fill="#222222"><rect width="{_WIDTH}" height="{_HEIGHT}" fill="#FFFFFF"/>\n{inner}\n</svg>\n'
    )


def _curve(number: int, line: Line, points: Sequence[tuple[float, float]], taken: list[float]) -> list[str]:
    ink, stroke = (
        (_INKS[number % len(_INKS)], _STROKES[number % len(_STROKES)]) if not line.dashed else ("#888888", "4 4")
    )
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    x, y = points[-1]
    while any(abs(y - other) < 14 for other in taken):
        y -= 14
    taken.append(y)
    return [
        f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="2" stroke-dasharray="{stroke or "none"}"/>',
        f'<text x="{x + 6}" y="{round(y + 4, 1)}" fill="{ink}">{escape(line.name)}</text>',
    ]


def _marks(most: float) -> list[float]:
    """Four or five round values from nought.

    >>> _marks(4000)
    [0, 1000, 2000, 3000, 4000]
    """
    rough = most / 4
    unit = 10 ** floor(log10(rough))
    step = next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= rough)
    return [step * number for number in range(int(most / step) + 1)]
