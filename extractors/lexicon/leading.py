"""Patterns rewritten so that each alternative begins with a character of its own.

The engine of `re` passes over a text by itself to where a pattern's first characters stand, but only where all of its
alternatives begin with a plain one. (?:还|尚)未|(?<!不)低于 doesn't, and is tried at every place;
还未|尚未|低(?<!不低)于 finds the same in a half to a tenth of the time.
"""

from __future__ import annotations

import re

_MOST = 60  # first characters: a place that has one of them is held against all, one after the other
_LONGEST = 400  # alternatives, each group written out
_SET = 16  # characters of a set that are written out
_SPECIAL = frozenset(".^$*+?{}[]\\|()")
_REPEATED = ("*", "+", "?", "{")
_NO_CHARACTER = frozenset("-\\")  # in a set


class _NoPlainStart(Exception):
    """An alternative may begin with anything, or with more than can be written out."""


def leading(pattern: str) -> str | None:
    """The same pattern, each alternative beginning with a character of its own; None where that can't be written.

    Those that begin alike keep their order. A look behind moves behind the first character, which it then takes in.

    >>> leading("(?:还|尚)未|暂缓|(?<!不)低于|再?增长|低价")
    '还未|尚未|暂缓|低(?:(?<!不低)于|价)|再增长|增长'
    >>> leading(r"[^,]缓"), leading(r"\\d年|月"), leading("(?P<kept>年)底")
    (None, None, None)
    """
    tokens = tokens_of(pattern)
    if _keeps(tokens):
        return None
    try:
        starts = [one for alternative in alternatives_of(pattern) for one in _starts(tokens_of(alternative))]
    except _NoPlainStart:
        return None
    by_first: dict[str, dict[str, None]] = {}
    for first, rest in starts:
        by_first.setdefault(first, {})[rest] = None
    if len(starts) > _LONGEST or len(by_first) > _MOST:
        return None
    return "|".join(re.escape(first) + _either(list(rests)) for first, rests in by_first.items())


def alternatives_of(pattern: str) -> list[str]:
    """The alternatives of a pattern.

    >>> alternatives_of(r"(?:还|尚)未|[|(]缓|不\\|予")
    ['(?:还|尚)未', '[|(]缓', '不\\\\|予']
    """
    found, depth = [""], 0
    for token in tokens_of(pattern):
        depth += (token == "(") - (token == ")")
        if token == "|" and not depth:
            found.append("")
        else:
            found[-1] += token
    return found


def tokens_of(pattern: str) -> list[str]:
    """The characters of a pattern; what is escaped, and a set, are one.

    >>> tokens_of(r"(还|[尚已])\\.")
    ['(', '还', '|', '[尚已]', ')', '\\\\.']
    """
    return _TOKEN.findall(pattern)


_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\\\]])*\]|.", re.S)


def _either(rests: list[str]) -> str:
    return rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})"


def _keeps(tokens: list[str]) -> bool:
    """Whether a pattern has groups that are kept: written out, they would come several times."""
    follows = zip(tokens, [*tokens[1:], ""], [*tokens[2:], "", ""], strict=False)
    return any(token == "(" and (then != "?" or last == "P") for token, then, last in follows)


def _starts(tokens: list[str]) -> list[tuple[str, str]]:
    """The first characters of an alternative, each with the pattern of what follows it."""
    if not tokens:
        raise _NoPlainStart
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        return _group_starts(tokens)
    if first[0] == "[" and len(first) > 1:
        body = first[1:-1]
        if len(body) > _SET or body[0] == "^" or not _NO_CHARACTER.isdisjoint(body):
            raise _NoPlainStart
        return _once(list(body), rest)
    if first in _SPECIAL or (first[0] == "\\" and first[1].isalnum()):
        raise _NoPlainStart
    return _once([first[-1]], rest)


def _once(chars: list[str], rest: list[str]) -> list[tuple[str, str]]:
    """The starts of what begins with one of these characters; with a ? behind it, or with what comes next."""
    rest, optional = _optional(rest)
    found = [(char, "".join(rest)) for char in chars]
    return found + _starts(rest) if optional else found


def _group_starts(tokens: list[str]) -> list[tuple[str, str]]:
    end = _closing(tokens)
    inside, rest = "".join(tokens[1:end]), tokens[end + 1 :]
    if inside.startswith(("?<!", "?<=")):
        look, behind = inside[:3], inside[3:]
        behind = f"(?:{behind})" if "|" in behind else behind
        return [(first, f"({look}{behind}{re.escape(first)}){then}") for first, then in _starts(rest)]
    if not inside.startswith("?:"):
        raise _NoPlainStart
    rest, optional = _optional(rest)
    found = [one for each in alternatives_of(inside[2:]) for one in _starts(tokens_of(each) + rest)]
    return found + _starts(rest) if optional else found


def _optional(rest: list[str]) -> tuple[list[str], bool]:
    """What follows a ?, and whether there is one; any other repetition can't be written out."""
    if rest[:1] == ["?"] and rest[1:2] not in (["?"], ["+"]):
        return rest[1:], True
    if rest and rest[0] in _REPEATED:
        raise _NoPlainStart
    return rest, False


def _closing(tokens: list[str]) -> int:
    """Where the group ends that opens a pattern."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token == "(") - (token == ")")
        if not depth:
            return at
    raise _NoPlainStart
