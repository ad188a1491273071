"""What PostgreSQL's own indexes are asked: which entries hold phrases of tokens.

A phrase of several tokens is looked up by the pairs of neighbours in it, which few entries have, and then, where it is
longer than two, by the text; single tokens have an index of their own. Pairs of what stands above are marked by ^.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from models.tables import search_entries
from models.terms import Phrase, Question

Conditions = list[sa.ColumnElement[bool]]

_ARRAY = postgresql.ARRAY(sa.Text)
_TOKENS, _CONTEXT = search_entries.c.tokens, search_entries.c.context
_SPACE: sa.ColumnElement[str] = sa.literal_column("' '")
_SINGLE = sa.func.string_to_array(_TOKENS + _SPACE + _CONTEXT, _SPACE, type_=_ARRAY)
_PAIRS = sa.func.search_index_pairs(_TOKENS, _CONTEXT, type_=_ARRAY)
_ABOVE = "^"
_LOOKED_UP = 2_000  # documents of which all sentences are laid beside the answers


def array_conditions(question: Question, after: int = 0, held: Sequence[str] | None = None) -> Conditions:
    """What an entry must be to answer: first what the indexes know, then what only the text can tell.

    Both are kept apart, for whatever the text must tell of an entry would have all of its pairs made up again. `after`:
    only entries behind this number; `held`: only entries of these documents. Then one pair of a phrase is asked for: of
    several together PostgreSQL expects so few that it would read all of them from the table instead of holding them
    against the numbers first.
    """
    alone = len(question.groups) == 1 and not question.together
    every = Every.NONE if after or held is not None else Every.ALL if alone else Every.ONLY
    indexed = [_indexed(group, question.wide, every) for group in question.groups]
    told = [_told(group, question.wide) for group in question.groups if question.together or _is_vague(group)]
    if question.together:
        both = [[_indexed((one,), question.wide, every) for one in two] for two in question.together]
        indexed = [_either(indexed, both)]
        told = [_either(told, [[_told((one,), question.wide) for one in both] for both in question.together])]
    behind = [search_entries.c.id > after] if after else []
    within = [_of_documents(held)] if held is not None else []
    left_out = (sa.not_(_says(_TOKENS, phrase)) for phrase in question.excluded)
    return [*indexed, *told, *left_out, *behind, *within]


def _of_documents(held: Sequence[str]) -> sa.ColumnElement[bool]:
    """That an entry is of one of these documents: few are looked up in their index, many are asked of each answer."""
    holder = search_entries.c.document_id
    return (holder if len(held) <= _LOOKED_UP else holder + "") == sa.any_(_array(held))


def _either(groups: Conditions, together: Sequence[Conditions]) -> sa.ColumnElement[bool]:
    """All of the groups, or all of what stands together somewhere."""
    return sa.or_(*([sa.and_(*groups)] if groups else []), *(sa.and_(*one) for one in together))


def hits(question: Question, after: int, held: Sequence[str] | None = None) -> sa.Subquery:
    """The entries behind number `after`, or of the documents `held`, that answer, newest first: found by the indexes,
    whatever is asked of them besides.

    Told how many of them are wanted, PostgreSQL would walk through all entries instead, the newest first.
    """
    chosen = sa.select(search_entries.c.id, _TOKENS, _CONTEXT).where(*array_conditions(question, after, held))
    found = chosen.cte("found").prefix_with("MATERIALIZED")
    return sa.select(found).order_by(found.c.id.desc()).subquery("hits")


def array_weight(question: Question, above: float) -> sa.ColumnElement[Any]:
    """How many of the phrases stand there, longer ones weighing more; those above it less."""
    phrases = list(dict.fromkeys(phrase for group in (*question.groups, *question.together) for phrase in group))
    weights = [_weight(_TOKENS, phrase, 1.0) for phrase in phrases]
    if question.wide:
        weights += [_weight(_CONTEXT, phrase, above) for phrase in phrases]
    return sum(weights[1:], weights[0])


class Every(Enum):
    """Of which phrases all pairs are asked for: of all, of a group's only one, of none. Beside other questions,
    PostgreSQL would rather make up the pairs of many entries than look into its index so often."""

    ALL = auto()
    ONLY = auto()
    NONE = auto()


def _indexed(group: Sequence[Phrase], wide: bool, every: Every) -> sa.ColumnElement[bool]:
    """What the indexes know of entries that have one of the phrases: one pair of each, or all."""
    marks = ("", _ABOVE) if wide else ("",)
    long = [phrase for phrase in group if len(phrase) > 1]
    single = [phrase[0] for phrase in group if len(phrase) == 1]
    all_pairs = every is Every.ALL or (every is Every.ONLY and len(long) == 1)
    whole = [phrase for phrase in long if len(phrase) > 2] if all_pairs else []
    found = [_PAIRS.contains(_array(_pairs(phrase, mark))) for phrase in whole for mark in marks]
    if told := [_telling(phrase, mark) for phrase in long if phrase not in whole for mark in marks]:
        found.append(_PAIRS.overlap(_array(told)))
    return sa.or_(sa.false(), *found, *([_SINGLE.overlap(_array(single))] if single else []))


def _is_vague(group: Sequence[Phrase]) -> bool:
    """Whether the indexes know less than what was asked."""
    return any(len(phrase) != 2 for phrase in group)


def _told(group: Sequence[Phrase], wide: bool) -> sa.ColumnElement[bool]:
    """That one of the phrases stands in the text."""
    rows = (_TOKENS, _CONTEXT) if wide else (_TOKENS,)
    return sa.or_(sa.false(), *(_says(row, phrase) for phrase in group for row in rows))


def _telling(phrase: Phrase, mark: str) -> str:
    """The pair in the middle of a phrase: where two words meet, fewest entries have it."""
    middle = len(phrase) // 2
    return f"{mark}{phrase[middle - 1]} {phrase[middle]}"


def _pairs(phrase: Phrase, mark: str) -> list[str]:
    return list(dict.fromkeys(f"{mark}{one} {other}" for one, other in pairwise(phrase)))


def _array(values: Iterable[str]) -> sa.ColumnElement[Any]:
    return sa.literal(list(values), _ARRAY)


def _weight(row: sa.ColumnElement[str], phrase: Phrase, factor: float) -> sa.ColumnElement[Any]:
    return sa.case((_says(row, phrase), factor * len(phrase)), else_=0.0)


def _says(row: sa.ColumnElement[str], phrase: Phrase) -> sa.ColumnElement[bool]:
    """That the tokens stand side by side."""
    padded = sa.literal(" ") + row + sa.literal(" ")
    return padded.contains(f" {' '.join(phrase)} ", autoescape=True)
