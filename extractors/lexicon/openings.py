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


def skipping(pattern: str) -> str:
    """The same pattern, with a look at its first character in front where that helps.

    >>> skipping("(?:还|尚)未|暂缓"), skipping("暂缓|不予"), skipping("(?:还|尚)?未|[^,]缓")
    ('(?=[尚暂还])(?:(?:还|尚)未|暂缓)', '暂缓|不予', '(?:还|尚)?未|[^,]缓')
    """
    if not _MAYBE.search(pattern):
        return pattern
    first = _openings(pattern)
    return f"(?=[{''.join(sorted(first))}])(?:{pattern})" if first else pattern


def _openings(pattern: str) -> set[str] | None:
    """The characters that a match can begin with, as members of a set; None where it may be any, or hold nothing."""
    try:
        tree = import_module("re._parser").parse(pattern)
    except ImportError:  # the standard library's parser has moved: only speed is lost
        return None
    first, passable = _of_sequence(tree)
    return None if passable else first


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, bool]:
    """The first characters of parts in a row, and whether all of the parts may match nothing."""
    first: set[str] = set()
    for operation, argument in items:
        own, passable = _of_part(str(operation), argument)
        if own is None:
            return None, False
        first |= own
        if not passable:
            return first, False
    return first, True


def _of_part(operation: str, argument: Any) -> tuple[set[str] | None, bool]:
    match operation:
        case "LITERAL":
            return {re.escape(chr(argument))}, False
        case "IN":
            return _of_set(argument), False
        case "BRANCH":
            return _of_branches(argument[1])
        case "SUBPATTERN":
            return _of_sequence(argument[3])
        case "MAX_REPEAT" | "MIN_REPEAT":
            own, passable = _of_sequence(argument[2])
            return own, passable or argument[0] == 0
        case "ASSERT" | "ASSERT_NOT":
            return set(), True
        case _:
            return None, False


def _of_branches(branches: Iterable[Iterable[tuple[Any, Any]]]) -> tuple[set[str] | None, bool]:
    first: set[str] = set()
    passable = False
    for branch in branches:
        own, may_be_nothing = _of_sequence(branch)
        if own is None:
            return None, False
        first |= own
        passable = passable or may_be_nothing
    return first, passable


def _of_set(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    first: set[str] = set()
    for operation, argument in members:
        if str(operation) == "LITERAL":
            first.add(re.escape(chr(argument)))
        elif str(operation) == "RANGE" and argument[1] - argument[0] < _WIDEST:
            first |= {re.escape(chr(code)) for code in range(argument[0], argument[1] + 1)}
        elif str(argument) == "CATEGORY_DIGIT":
            first.add(r"\d")
        else:
            return None
    return first
