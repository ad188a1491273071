"""The pieces of a reply that answer asks by their order: what stands between the answers to the second and to the
fourth ask answers the third, in whatever words.

A letter goes through the asks by headings, by paragraphs, by counted items, or sentence by sentence: the way that fits
the asks best is taken. Where two letters differ in words, single characters still tell (挂牌 and 悬挂标识牌).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import fsum

from extractors.headings import read_enumerator, union
from extractors.tracking.wording import letters_of, telling_letter
from models.documents import Unit, UnitRole, Zone
from models.extraction import Extraction
from models.text import fold

_LEAST = 3  # asks: two in a row may be chance
_ENOUGH = 2.5  # points of single characters: as good as all of a long ask
_HINT = 0.12  # of an ask's characters: what the piece must have that stands in its very place
_SHARED = 0.2  # the same, where pieces and asks are not one for one
_PLAIN = 0.8  # the same: so much names an ask by itself
_AT_THE_END = 0.4  # the same, behind the last ask that is answered, where letters go on about other things
_NEVER = 9.0
_STRAY = 3  # asks in order, for each of which one may be out of its place


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask by its position, with its words and the units that speak to it by their words, best first."""

    position: int
    words: str
    spoken: Sequence[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a reply that may answer one ask: its units, its characters, whether it only tells what is ahead."""

    units: tuple[int, ...]
    letters: frozenset[str]
    ahead: bool


def units_in_step(extraction: Extraction, asked: Sequence[Asked], subject: str) -> dict[int, tuple[int, ...]]:
    """The units that answer asks by their place (by the asks' positions): asks that no unit speaks to by its words, and
    all of them where the pieces are as many and each names its ask or none.

    To 普查挂牌; 发放养护补助; 抢救复壮 the paragraphs 摸清家底,悬挂二维码标识 · 养护补助按一级300元… · 请专家会诊施救:
    the second names its ask, the others stand beside it.
    """
    if len(asked) < _LEAST:
        return {}
    best: dict[int, tuple[int, ...]] = {}
    most = 0
    for pieces in _ways_to_read(extraction):
        found, in_order = _filled(pieces, asked, frozenset(subject))
        if in_order > most:
            best, most = found, in_order
    return best


def _ways_to_read(extraction: Extraction) -> Iterator[tuple[Piece, ...]]:
    """The reply in pieces: by headings, lines, counted items, sentences."""
    idle = background(extraction)
    frames = (Zone.OPENING, Zone.CLOSING)
    units = [unit for unit in extraction.units if unit.zone not in frames and unit.index not in idle]
    text = extraction.document.text
    lines = {unit.index: text.count("\n", 0, unit.span.start) for unit in units}
    counted: dict[int, int] = {}
    for unit in units:
        last = counted.get(unit.index - 1, 0)
        counted[unit.index] = last + (_counted(unit) or lines[unit.index] != lines.get(unit.index - 1))
    ways: tuple[Callable[[Unit], object], ...] = (
        lambda unit: (unit.section, unit.head),
        lambda unit: lines[unit.index],
        lambda unit: counted[unit.index],
        lambda unit: unit.index,
    )
    for way in ways:
        pieces = [_piece(tuple(each)) for _, each in groupby(units, way)]
        yield tuple(piece for piece in pieces if piece)


def background(extraction: Extraction) -> frozenset[int]:
    """The units ahead of the first answer that only say how things are: 环卫工人是城市的美容师,理应受到尊重。"""
    says = {each.span.start for each in extraction.commitments} | {each.span.start for each in extraction.declined}
    found: set[int] = set()
    for unit in extraction.units:
        if unit.zone in (Zone.OPENING, Zone.CLOSING):
            continue
        words = fold(unit.span.text)
        empty = (
            unit.span.start not in says and not re.search(r"\d", words) and union("answering", "empty").search(words)
        )
        if unit.role is not UnitRole.TEXT or not empty:
            break
        found.add(unit.index)
    return frozenset(found)


def _counted(unit: Unit) -> bool:
    words = fold(unit.span.text)
    return read_enumerator(words, 0, len(words)) is not None


def _piece(units: Sequence[Unit]) -> Piece | None:
    """What some units say; none where they only thank, lead in, or say the asks again."""
    said = [unit for unit in units if unit.role in (UnitRole.TEXT, UnitRole.TABLE_ROW)]
    words = [fold(unit.span.text) for unit in said]
    if all(_frames(each) for each in words):
        return None
    above = {fold(each) for unit in units for each in (*unit.section[-1:], unit.head) if each}
    ahead = all(unit.zone is Zone.PLANNED for unit in said)
    return Piece(tuple(unit.index for unit in said), frozenset("".join((*words, *above))), ahead)


def _frames(words: str) -> bool:
    said_again = union("answering", "said_again").search(words) and not re.search(r"\d", words)
    return bool(said_again or union("answering", "courtesy").search(words) or words.rstrip().endswith(":"))


def _filled(
    pieces: Sequence[Piece], asked: Sequence[Asked], subject: frozenset[str]
) -> tuple[dict[int, tuple[int, ...]], int]:
    """The asks that pieces answer by their place, and how many are answered in this order in all."""
    spoken = [_spoken_in(pieces, ask) for ask in asked]
    path = _longest(spoken)
    if len(path) < _LEAST - 1:
        softly = _by_letters(pieces, asked, spoken, subject)
        spoken, path = (softly, _longest(softly)) if softly else (spoken, path)
    known = [place for place in spoken if place is not None]
    if not path or (len(known) - len(path)) * _STRAY > len(known):
        return {}, 0
    straight = all(spoken[at] == at for at in path)
    as_many = straight and len(pieces) == len(asked)
    found: dict[int, tuple[int, ...]] = {}
    for (asks_from, asks_to), (from_, to) in _gaps(path, spoken, len(pieces)):
        open_asks = [asked[at] for at in range(asks_from, asks_to) if spoken[at] is None]
        free = [pieces[place] for place in range(from_, to) if place not in known]
        even = len(open_asks) == len(free)
        if asks_to < len(asked):
            least = 0.0 if even and (asks_from > 0 or asks_to == to) else _HINT if even else _SHARED
        else:
            least = _behind_the_last(
                free, even, as_many, straight and len(path) + len(found) >= _LEAST - 1 and asks_from == from_
            )
        for ask, piece in _matched(open_asks, free, subject, least):
            found[ask.position] = piece.units
    found |= {asked[at].position: pieces[spoken[at] or 0].units for at in path if not asked[at].spoken}
    filled = len(found)
    if as_many:
        found |= {asked[at].position: pieces[at].units for at in path}
    return found, sum(bool(asked[at].spoken) for at in path) + filled


def _by_letters(
    pieces: Sequence[Piece], asked: Sequence[Asked], spoken: Sequence[int | None], subject: frozenset[str]
) -> list[int | None] | None:
    """The pieces that most asks meet in order by single characters, too, where words tie next to nothing."""
    shares = {
        (a, p): share + (spoken[a] == p)
        for a, ask in enumerate(asked)
        for p, piece in enumerate(pieces)
        if (share := _share(ask.words, piece, subject)) >= _SHARED or spoken[a] == p
    }
    met = dict(best_in_order(shares, len(asked), len(pieces), _SHARED))
    if len(pieces) == len(asked) and any(a == p and shares[a, p] >= _PLAIN for a, p in met.items()):
        met = {a: p for a, p in met.items() if a == p}
    elif len(met) < _LEAST - 1 or 2 * len(met) < len(asked):
        return None
    return [met.get(at) for at in range(len(asked))]


def _behind_the_last(free: Sequence[Piece], even: bool, as_many: bool, straight: bool) -> float:
    """How much a piece must share with an ask behind the last one that is answered: letters end with other things."""
    ahead = any(piece.ahead for piece in free)
    if as_many and even:
        return _HINT if ahead else 0.0
    if straight and not ahead and not even:
        return 0.0
    return _AT_THE_END if even and not ahead else _NEVER


def _spoken_in(pieces: Sequence[Piece], ask: Asked) -> int | None:
    """The piece that speaks to an ask the best by its words."""
    for index in ask.spoken:
        for place, piece in enumerate(pieces):
            if index in piece.units:
                return place
    return None


def _longest(spoken: Sequence[int | None]) -> tuple[int, ...]:
    """The most asks whose pieces stand in the asks' order."""
    best: list[tuple[int, ...]] = []
    for at, place in enumerate(spoken):
        if place is None:
            continue
        before = [path for path in best if (last := spoken[path[-1]]) is not None and last <= place]
        best.append((*max(before, key=len, default=()), at))
    return max(best, key=len, default=())


def _gaps(
    path: Sequence[int], spoken: Sequence[int | None], pieces: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Asks and pieces between two asks that are answered in order, ahead of the first, and behind the last."""
    ends = [(-1, -1), *((at, spoken[at] or 0) for at in path), (len(spoken), pieces)]
    for (ask, place), (next_ask, next_place) in pairwise(ends):
        yield (ask + 1, next_ask), (place + 1, next_place)


def _matched(
    asks: Sequence[Asked], pieces: Sequence[Piece], subject: frozenset[str], least: float
) -> Iterator[tuple[Asked, Piece]]:
    """The asks and pieces that belong together, in the order of both, by at least so much of their characters; (0) one
    for one."""
    if not least:
        yield from zip(asks, pieces, strict=False)
        return
    shares = {(a, p): _share(ask.words, piece, subject) for a, ask in enumerate(asks) for p, piece in enumerate(pieces)}
    pairs = best_in_order(shares, len(asks), len(pieces), least)
    for (a, p), (next_a, next_p) in pairwise([(-1, -1), *pairs, (len(asks), len(pieces))]):
        if p >= 0:
            yield asks[a], pieces[p]
        if pairs and least < _AT_THE_END and next_a - a == next_p - p:
            yield from zip(asks[a + 1 : next_a], pieces[p + 1 : next_p], strict=True)


def best_in_order(
    shares: Mapping[tuple[int, int], float], asks: int, pieces: int, least: float
) -> tuple[tuple[int, int], ...]:
    """The pairs of asks and pieces, in the order of both, that share the most."""
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {}
    for a in range(asks, -1, -1):
        for p in range(pieces, -1, -1):
            ways = [best[at] for at in ((a + 1, p), (a, p + 1)) if at in best]
            if a < asks and p < pieces and shares.get((a, p), 0.0) >= least:
                value, pairs = best[a + 1, p + 1]
                ways.append((value + shares[a, p], ((a, p), *pairs)))
            best[a, p] = max(ways, key=lambda way: way[0], default=(0.0, ()))
    return best[0, 0][1]


def _share(words: str, piece: Piece, subject: Collection[str]) -> float:
    """How much of an ask's characters a piece has; those of the letter's subject are left out."""
    own = letters_of(words) - frozenset(subject)
    whole = fsum(map(telling_letter, own))
    return fsum(map(telling_letter, own & piece.letters)) / max(0.5, min(whole, _ENOUGH))
