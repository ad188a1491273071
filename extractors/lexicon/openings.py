"""A look at the first character in front of patterns that lack one, so that the engine passes over most of a text.

The engine of `re` skips ahead by itself only where all alternatives begin with a literal; a single one that begins with
a group (`(?:还|尚)未`), a set or a look behind makes it try them all at every character. And where a match may begin it
tries the alternatives one after the other: hundreds of them are better asked in groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

from extractors.lexicon.leading import alternatives_of, leading

_WIDEST = 64  # characters of a range like [一-龥]: one that is wider says too little about where a match begins
_MAYBE = re.compile(r"^[(\[]|\|[(\[]")
_MANY = 30  # alternatives that are tried one after the other
_Edge = set[str] | None
"""The characters that a match can begin (or end) with, as members of a set; None where it may be any."""
_BLANKS = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())


def sought(pattern: str) -> re.Pattern[str]:
    """The pattern compiled so that texts without it are quickly passed over: see `skipping`."""
    return re.compile(skipping(pattern))


def skipping(pattern: str) -> str:
    """The same pattern, so that it is quickly passed over: each alternative with a first character of its own, or else
    as `guarded`.

    >>> skipping("(?:还|尚)未|暂缓"), skipping("暂缓|不予"), skipping("(?:还|尚)?未|[^,]缓")
    ('还未|尚未|暂缓', '暂缓|不予', '(?:还|尚)?未|[^,]缓')
    """
    return leading(pattern) or guarded(pattern)


def guarded(pattern: str) -> str:
    r"""The same pattern, with a look at its first character in front where that helps; many alternatives in groups.

    >>> guarded("(?:还|尚){1,2}未|[暂难]缓")
    '(?=[尚暂还难])(?:(?:还|尚){1,2}未|[暂难]缓)'
    """
    alternatives = alternatives_of(pattern)
    if len(alternatives) > _MANY:
        return _in_groups(alternatives, [_edge(alternative) for alternative in alternatives])
    return _guarded(pattern, _edge(pattern)) if _MAYBE.search(pattern) else pattern


def dispatched(alternatives: Sequence[str], *classes: str) -> str:
    r"""The alternatives, those that may begin with a character of a class apart from the others, in their order.

    Most of them needn't be tried so. `classes` have no character in common; none of the alternatives has a group with a
    name, since it may come several times.

    >>> dispatched([r"\d+号", "第一", "[一二]成"], r"\d", "一二")
    '(?=[\\d])(?:\\d+号)|(?=[一二])(?:[一二]成)|(?=[第])(?:第一)'
    """
    firsts = [_edge(alternative) for alternative in alternatives]
    known = [_widened(set(_MEMBER.findall(one))) for one in classes]
    told = []
    for members, chars in zip(classes, known, strict=True):
        inside = [
            one for one, first in zip(alternatives, firsts, strict=True) if first is None or _widened(first) & chars
        ]
        told.append(f"(?=[{members}])(?:{'|'.join(inside)})")
    others = [first if first is None else first.difference(*known) for first in firsts]
    rest = [_guarded(one, left) for one, left in zip(alternatives, others, strict=True) if left is None or left]
    return "|".join([*told, *rest])


_MEMBER = re.compile(r"\\.|.", re.S)


def openings_of(pattern: str) -> re.Pattern[str] | None:
    """What a match begins with, to be asked of one character; None where it may be any.

    >>> [bool(openings_of("(?:还|尚)未|暂缓").match(char)) for char in "尚未"]
    [True, False]
    """
    first = _edge(pattern)
    return re.compile(f"[{''.join(sorted(first))}]") if first else None


def _in_groups(alternatives: list[str], firsts: list[_Edge]) -> str:
    """The alternatives in groups, a look at the first character in front of each.

    Those that may begin alike stay in one group and in their order: which of them matches first stays the same. One
    that may begin with any character keeps its place among all.
    """
    told: list[str] = []
    group: list[int] = []
    for alike in (*_alike(firsts), None):
        if group and (alike is None or len(group) >= _MANY or firsts[alike[0]] is None or firsts[group[0]] is None):
            group.sort()
            told.append(_guarded("|".join(alternatives[at] for at in group), _union(firsts[at] for at in group)))
            group = []
        group += alike or ()
    return _guarded("|".join(told), _union(firsts))


def _alike(firsts: list[_Edge]) -> Iterator[list[int]]:
    """The places of those that may begin alike, up to one that may begin with anything, which stands alone."""
    sets: dict[str, list[int]] = {}  # by first character, each set under all of its characters
    for at, first in enumerate(firsts):
        if first is None:
            yield from _distinct(sets)
            yield [at]
            sets = {}
            continue
        chars = _widened(first)
        met = list({id(sets[char]): sets[char] for char in chars if char in sets}.values())
        joined, others = (met[0], met[1:]) if met else (list[int](), met)
        joined += [at, *(place for other in others for place in other)]
        chars |= {char for char, one in sets.items() if any(one is other for other in others)} if others else set()
        for char in chars:
            sets[char] = joined
    yield from _distinct(sets)


def _distinct(sets: dict[str, list[int]]) -> Iterable[list[int]]:
    return {id(one): one for one in sets.values()}.values()


def _union(firsts: Iterable[_Edge]) -> _Edge:
    told = list(firsts)
    return None if None in told else set().union(*(first for first in told if first is not None))


def _widened(first: set[str]) -> set[str]:
    r"""Such characters with all that \\d and \\s stand for, so that 1 and \\d are seen to be alike."""
    digits = set(map(str, range(10))) if r"\d" in first else set[str]()
    digit = {r"\d"} if any(len(char) == 1 and char.isdigit() for char in first) else set[str]()
    blanks = {re.escape(blank) for blank in _BLANKS} if r"\s" in first else set[str]()
    blank = {r"\s"} if any(char[-1] in _BLANKS for char in first) else set[str]()
    return first | digits | digit | blanks | blank


def _guarded(pattern: str, first: set[str] | None) -> str:
    return f"(?=[{''.join(sorted(first))}])(?:{pattern})" if first else pattern


def endings(pattern: str) -> frozenset[str]:
    """The last characters of the texts that a pattern ending in `$` can be found in: most texts need no search then.

    >>> sorted(endings("(?:共|合)计$|为$"))
    ['\\n', '为', '计']

    Raises ValueError where any text may end so: such a pattern must be asked every time.
    """
    last = _edge(pattern, backwards=True)
    if last is None or r"\d" in last or not _is_anchored(import_module("re._parser").parse(pattern)):
        raise ValueError(f"any text may end as this pattern does: {pattern!r}")
    blanks = _BLANKS if r"\s" in last else frozenset()
    return frozenset(char[-1] for char in last if char != r"\s") | blanks | {"\n"}  # `$` looks past a line's end


def _is_anchored(items: Iterable[tuple[Any, Any]]) -> bool:
    """Whether whatever is found ends where the text does."""
    operation, argument = [("", ""), *items][-1]
    if str(operation) == "BRANCH":
        return all(_is_anchored(branch) for branch in argument[1])
    return str(operation) == "AT" and str(argument) == "AT_END"


def _edge(pattern: str, *, backwards: bool = False) -> set[str] | None:
    """The characters that a match can begin (or end) with, as members of a set; None where it may be any, or hold
    nothing."""
    try:
        tree = import_module("re._parser").parse(pattern)
    except ImportError:  # the standard library's parser has moved: only speed is lost
        return None
    edge, passable = _of_sequence(tree, backwards)
    return None if passable else edge


def _of_sequence(items: Iterable[tuple[Any, Any]], backwards: bool) -> tuple[set[str] | None, bool]:
    """The first (or last) characters of parts in a row, and whether all of the parts may match nothing."""
    edge: set[str] = set()
    for operation, argument in reversed(list(items)) if backwards else items:
        own, passable = _of_part(str(operation), argument, backwards)
        if own is None:
            return None, False
        edge |= own
        if not passable:
            return edge, False
    return edge, True


def _of_part(operation: str, argument: Any, backwards: bool) -> tuple[set[str] | None, bool]:
    match operation:
        case "LITERAL":
            return {re.escape(chr(argument))}, False
        case "IN":
            return _of_set(argument), False
        case "BRANCH":
            return _of_branches(argument[1], backwards)
        case "SUBPATTERN":
            return _of_sequence(argument[3], backwards)
        case "MAX_REPEAT" | "MIN_REPEAT":
            own, passable = _of_sequence(argument[2], backwards)
            return own, passable or argument[0] == 0
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return set(), True
        case _:
            return None, False


def _of_branches(branches: Iterable[Iterable[tuple[Any, Any]]], backwards: bool) -> tuple[set[str] | None, bool]:
    edge: set[str] = set()
    passable = False
    for branch in branches:
        own, may_be_nothing = _of_sequence(branch, backwards)
        if own is None:
            return None, False
        edge |= own
        passable = passable or may_be_nothing
    return edge, passable


def _of_set(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    edge: set[str] = set()
    for operation, argument in members:
        if str(operation) == "LITERAL":
            edge.add(re.escape(chr(argument)))
        elif str(operation) == "RANGE" and argument[1] - argument[0] < _WIDEST:
            edge |= {re.escape(chr(code)) for code in range(argument[0], argument[1] + 1)}
        elif str(argument) == "CATEGORY_DIGIT":
            edge.add(r"\d")
        elif str(argument) == "CATEGORY_SPACE":
            edge.add(r"\s")
        else:
            return None
    return edge
