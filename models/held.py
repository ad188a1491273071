"""What people's decisions and the evidence come to, as conditions of SQL: for lists too long to be judged line by line.

The same rules as `models/decided.py` and `extractors/tracking/status.py`, which judge one promise;
`tests/outputs/web/test_stands.py` holds both against each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from models.decided import DecisionKind
from models.evidence import Certainty, Relation
from models.tables import commitments, documents
from models.tracking_tables import decisions, links

Condition = sa.ColumnElement[bool]
_JUDGED = (DecisionKind.CONFIRM_LINK, DecisionKind.REJECT_LINK)
# An alias is made once: making one costs more than most statements here take.
_NEWEST, _BACK, _DONE = decisions.alias("latest"), decisions.alias("back"), links.alias("done")
_HOLDER, _HOLDER_TOO = documents.alias("holder"), documents.alias("holder_too")
_ALL = 2**31 - 1
DECIDED_UNTIL = "decided_until"
"""The parameter of all these conditions that leaves out decisions of higher numbers: how the list was before them."""
_VALUES = sa.cast(decisions.c["values"], sa.Text)


class _place_of(FunctionElement[int]):
    """Where a text begins in another, from 1; 0: nowhere."""

    name, type, inherit_cache = "place_of", sa.Integer(), True


@compiles(_place_of)
def _strpos(element: _place_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


@compiles(_place_of, "sqlite")
def _instr(element: _place_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


# -- what people decided ---------------------------------------------------------------------------------------------


def decided(kind: DecisionKind, name: str | None = None, values: Iterable[str] | None = None) -> Condition:
    """That the latest decision of a kind that holds (with a value of this name) says one of these values."""
    held = _latest((kind,), decisions.c.commitment_id, name)
    if values is not None and name is not None:
        held = held.where(sa.or_(sa.false(), *(_VALUES.contains(_pair(name, one), autoescape=True) for one in values)))
    return commitments.c.id.in_(held)


def decided_day(
    kind: DecisionKind,
    name: str,
    *,
    since: date | None = None,
    before: date | None = None,
    until: date | None = None,
) -> Condition:
    """That the latest decision of a kind that holds names a day: not before one, before one, not after one."""
    begins = json.dumps([name], ensure_ascii=False)[:-1] + ', "'
    day = sa.func.substr(_VALUES, _place_of(_VALUES, begins) + len(begins), 10)
    held = _latest((kind,), decisions.c.commitment_id, name).where(day.like("____-__-__"))
    if since is not None:
        held = held.where(day >= since.isoformat())
    if before is not None:
        held = held.where(day < before.isoformat())
    if until is not None:
        held = held.where(day <= until.isoformat())
    return commitments.c.id.in_(held)


def touched() -> Condition:
    """That anybody ever decided anything about the promise, taken back or not."""
    made = sa.select(decisions.c.commitment_id).where(decisions.c.commitment_id.is_not(None))
    return commitments.c.id.in_(made.where(_made_by_then(decisions)))


def decided_between(after: int, until: int) -> Condition:
    """That a decision of these numbers (the first excluded) is about the promise."""
    made = sa.select(decisions.c.commitment_id).where(decisions.c.id > after, decisions.c.id <= until)
    return commitments.c.id.in_(made.where(decisions.c.commitment_id.is_not(None)))


def reviewed() -> Condition:
    """That a person has judged the promise itself: its status, its reading, or one of its links."""
    kinds = (*_JUDGED, DecisionKind.SET_STATUS, DecisionKind.CORRECT, DecisionKind.MERGE)
    held = sa.select(decisions.c.commitment_id).where(decisions.c.kind.in_(kinds), _holds())
    return commitments.c.id.in_(held.where(decisions.c.commitment_id.is_not(None)))


def hidden() -> Condition:
    """That a person said it is no promise, or the same as another."""
    return sa.or_(decided(DecisionKind.MERGE), decided(DecisionKind.CORRECT, "promise", ["no"]))


def _latest(
    kinds: tuple[DecisionKind, ...], of: sa.ColumnElement[Any], name: str | None = None
) -> sa.Select[tuple[Any]]:
    """What the latest decisions of these kinds that hold are about."""
    inner = _NEWEST
    about = inner.c[of.key or ""]
    newest = sa.select(sa.func.max(inner.c.id)).where(inner.c.kind.in_(kinds), _holds(inner), about.is_not(None))
    if name is not None:
        newest = newest.where(sa.cast(inner.c["values"], sa.Text).contains(f'["{name}", '))
    return sa.select(of).where(decisions.c.id.in_(newest.group_by(about)))


def _holds(of: sa.FromClause = decisions) -> Condition:
    """That nobody took the decision back."""
    undone = sa.select(_BACK.c.undoes).where(_BACK.c.undoes.is_not(None), _made_by_then(_BACK))
    return sa.and_(_made_by_then(of), of.c.id.not_in(undone))


def _made_by_then(of: sa.FromClause) -> Condition:
    return of.c.id <= sa.bindparam(DECIDED_UNTIL, _ALL)


def _pair(name: str, value: str) -> str:
    return json.dumps([name, value], ensure_ascii=False)


# -- what later documents show ---------------------------------------------------------------------------------------


def counts(as_of: date, *relations: Relation, few: bool = False) -> Condition:
    """That evidence of these relations (none given: of any) counts: sure or confirmed, and known on the day.

    `few`: asked promise by promise, for some lines of a long list.
    """
    if few:
        return sa.exists(_related(_known(as_of, links), *relations).correlate(commitments))
    return commitments.c.id.in_(_related(_all_links(as_of), *relations).correlate(None))


def _related(found: sa.Select[tuple[Any]], *relations: Relation) -> sa.Select[tuple[Any]]:
    counted = found.where(_taken(links))
    return counted.where(links.c.relation.in_(relations)) if relations else counted


def withdrawn(as_of: date, *, few: bool = False) -> Condition:
    """That a withdrawal counts which no later fulfilment answers."""
    done = _DONE
    same = done.c.commitment_id == links.c.commitment_id
    later = _links(as_of, done).where(same, _taken(done), done.c.relation == Relation.FULFILS, done.c.day > links.c.day)
    stands = sa.or_(links.c.day.is_(None), ~sa.exists(later.correlate(links)))
    if few:
        return sa.exists(_related(_known(as_of, links), Relation.CONTRADICTS).where(stands).correlate(commitments))
    return commitments.c.id.in_(_related(_all_links(as_of), Relation.CONTRADICTS).where(stands).correlate(None))


def _all_links(as_of: date) -> sa.Select[tuple[str]]:
    """What the links of current documents that were known on a day are about: found once, for all promises."""
    known = sa.or_(links.c.day.is_(None), links.c.day <= as_of)
    others = sa.select(_HOLDER.c.id).where(~_HOLDER.c.current)
    return sa.select(links.c.commitment_id).where(known, links.c.document_id.not_in(others.correlate(None)))


def proposed(as_of: date, *, few: bool = False) -> Condition:
    """That evidence waits for a person. `few`: asked promise by promise, for some lines of a long list."""
    judged = _latest(_JUDGED, decisions.c.object_id)
    open_ones = (links.c.certainty == Certainty.PROPOSED, links.c.id.not_in(judged))
    if few:
        return sa.exists(_known(as_of, links).where(*open_ones).correlate(commitments))
    return commitments.c.id.in_(_links(as_of, links).where(*open_ones).with_only_columns(links.c.commitment_id))


def _known(as_of: date, of: sa.FromClause) -> sa.Select[tuple[int]]:
    """The links of the promise in question."""
    return _links(as_of, of).where(of.c.commitment_id == commitments.c.id)


def _links(as_of: date, of: sa.FromClause) -> sa.Select[tuple[int]]:
    """The links of current documents that were known on a day."""
    holder = _HOLDER if of is links else _HOLDER_TOO
    known = sa.or_(of.c.day.is_(None), of.c.day <= as_of)
    source = of.join(holder, holder.c.id == of.c.document_id)
    return sa.select(sa.literal(1)).select_from(source).where(holder.c.current, known)


def _taken(of: sa.FromClause) -> Condition:
    said = _latest(_JUDGED, decisions.c.object_id)
    rejected = said.where(decisions.c.kind == DecisionKind.REJECT_LINK)
    confirmed = said.where(decisions.c.kind == DecisionKind.CONFIRM_LINK)
    sure = sa.and_(of.c.certainty == Certainty.SURE, of.c.id.not_in(rejected))
    return sa.or_(sure, of.c.id.in_(confirmed))
