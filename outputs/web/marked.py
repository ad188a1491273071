"""A text with its records marked in it: cut into pieces, each with what it belongs to and where a click leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.documents import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A record in the text. `look` is its class, `to` where a click leads, `anchor` what leads here; of marks that
    cover the same words, the one of the highest `level` is clicked."""

    span: Span
    look: str
    level: int
    title: str
    to: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one line, all marked alike; `anchors` of the records that begin here."""

    text: str
    looks: str
    title: str
    to: str | None
    anchors: tuple[str, ...]


def marked(text: str, marks: Iterable[Mark]) -> list[list[Piece]]:
    """The text's lines, each as its pieces; together they are the text.

    >>> number = Mark(Span(2, 4, "3座"), "target", 2, "目标", "#n1", "r1")
    >>> [(piece.text, piece.to) for piece in marked("建成3座桥。", [number])[0]]
    [('建成', None), ('3座', '#n1'), ('桥。', None)]
    """
    inside = [one for one in marks if 0 <= one.span.start < one.span.end <= len(text)]
    inside.sort(key=lambda one: (one.span.start, -one.span.end, one.level))
    ends = {place for one in inside for place in (one.span.start, one.span.end)}
    breaks = {place for place, char in enumerate(text) if char == "\n"}
    cuts = sorted({0, len(text), *ends, *breaks, *(place + 1 for place in breaks)})
    lines: list[list[Piece]] = [[]]
    for piece in _pieces(text, cuts, inside):
        if piece.text == "\n":
            lines.append([])
        else:
            lines[-1].append(piece)
    return lines


def _pieces(text: str, cuts: Sequence[int], marks: Sequence[Mark]) -> Iterator[Piece]:
    waiting, active = iter(marks), list[Mark]()
    coming = next(waiting, None)
    begun: list[Mark] = []
    for start, end in pairwise(cuts):
        active = [one for one in active if one.span.end > start]
        while coming is not None and coming.span.start <= start:
            begun.append(coming)
            active.append(coming)
            coming = next(waiting, None)
        yield _piece(text[start:end], active, begun)
        if text[start:end] != "\n":  # an anchor at a line's end stands where its words begin
            begun = []


def _piece(words: str, active: Sequence[Mark], begun: Sequence[Mark]) -> Piece:
    leading = max((one for one in active if one.to), key=lambda one: one.level, default=None)
    looks = " ".join(dict.fromkeys(one.look for one in active))
    titles = "；".join(dict.fromkeys(one.title for one in sorted(active, key=lambda one: -one.level) if one.title))
    anchors = tuple(dict.fromkeys(one.anchor for one in begun if one.anchor))
    return Piece(words, looks, titles, leading.to if leading else None, anchors)
