"""A look at the first character in front of patterns that lack one, so that the engine passes over most of a text.

The engine of `re` skips ahead by itself only where all alternatives begin with a literal; a single one that begins with
a group (`(?:还|尚)未`), a set or a look behind makes it try them all at every character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

_WIDEST = 64  # characters of a range like [一-龥]: one that is wider says too little about where a match begins
_MAYBE = re.compile(r"^[(\[]|\|[(\[]")
_BLANKS = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())


def skipping(pattern: str) -> str:
    """The same pattern, with a look at its first character in front where that helps.

    >>> skipping("(?:还|尚)未|暂缓"), skipping("暂缓|不予"), skipping("(?:还|尚)?未|[^,]缓")
    ('(?=[尚暂还])(?:(?:还|尚)未|暂缓)', '暂缓|不予', '(?:还|尚)?未|[^,]缓')
    """
    if not _MAYBE.search(pattern):
        return pattern
    first = _edge(pattern)
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
        case "ASSERT" | "ASSERT_NOT":
            return set(), True
        case "AT" if backwards:
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
