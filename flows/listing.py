"""Lists of promises for the office's pages: narrowed and counted by the database, judged only as far as they are shown.

Counts and choices are kept until the register changes, so that a large one is counted once for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from extractors.checks import check
from flows.ledger import page_of_standings, standings_of
from flows.originals import Originals
from flows.reckoned import Kept
from flows.settings import load
from models import board, figures, followed, queries
from models.board import TargetRow, Wanted
from models.commitments import Strength
from models.evidence import Status
from models.facets import Facets, decided_by, facets, last_decision
from models.figures import By, Group, News, Tallies
from models.figures_kept import Numbers
from models.filters import Filter, Sort
from models.findings import Finding
from models.history import Overview, overview
from models.ids import DocumentId, RecordId
from models.marks import EVERY, Mark, from_here, place_of, survey
from models.quantities import Role
from models.queries import CommitmentRow
from models.stands import Condition, Stands, by_urgency, conditions, decided_between
from models.store import Store
from models.tables import documents, sources, versions
from outputs.ledger import Ledger, Standing
from outputs.summary import lead_name

_Value = TypeVar("_Value")


_WHOLE: tuple[Group, str] = ((), "")
_FAR = 2_000


def _told_apart(stands: Stands) -> Stands:
    """The same question as one: when promises age matters only where it is asked how they stand against their day."""
    return stands if stands.schedules or stands.ages_after is None else replace(stands, ages_after=None)


def _first(one: int, other: int | None) -> int:
    """The number of a decision, or of the last that counts, if that was before."""
    return one if other is None else min(one, other)


@dataclass(frozen=True, slots=True)
class Listing:
    """The lists of one store; `data_dir` is where the originals are kept.

    Lines behind the first `far` are looked for from marks, `apart` documents from one another.
    """

    store: Store
    data_dir: Path
    kept: Kept = field(default_factory=Kept)
    far: int = _FAR
    apart: int = EVERY

    @property
    def ages_after(self) -> int:
        """Days after which a promise without a day has aged."""
        return load().ages_after_days

    def page(
        self, within: Filter, stands: Stands, sort: Sort, *, limit: int | None, offset: int = 0
    ) -> tuple[Standing, ...]:
        """Some lines of a list."""
        stands = self._then(stands)
        if limit is None:
            return page_of_standings(self.store, within, stands, sort=sort, limit=None, offset=offset)
        if sort is not Sort.STRENGTH:
            return standings_of(
                self.store, stands.as_of, self._lines(within, stands, sort, limit, offset), looked=False
            )
        found: list[CommitmentRow] = []
        for part in _by_strength(within):
            lines = self._lines(part, stands, Sort.DOCUMENT, limit - len(found), offset)
            found += lines
            if len(found) == limit:
                break
            offset = 0 if lines or not offset else max(0, offset - self.count(part, stands))
        return standings_of(self.store, stands.as_of, found, looked=False)

    def _then(self, stands: Stands) -> Stands:
        """The same question, with the last decision that people had made by the day that is asked about."""
        return replace(stands, decided=decided_by(self.store, stands.as_of, ZoneInfo(load().timezone)))

    def _lines(self, within: Filter, stands: Stands, sort: Sort, limit: int, offset: int) -> list[CommitmentRow]:
        """The same, not judged yet: far behind the list's beginning from the nearest mark on."""
        stands = _told_apart(stands)
        also, named, until = conditions(stands), bool(stands.ids), stands.decided
        if offset < self.far or named or not within.current:
            return queries.ledger(
                self.store, within, sort=sort, limit=limit, offset=offset, also=also, named=named, decided=until
            )
        marks, skipped = self.kept.marks(self.store, (within, stands, sort)), offset
        mark = marks.nearest(self.store, offset, lambda one, last: self._moved(within, stands, sort, one, last))
        if mark is not None:
            also, skipped = [*also, from_here(sort, mark.place)], offset - mark.before
        decided = last_decision(self.store)
        found = queries.ledger(self.store, within, sort=sort, limit=limit, offset=skipped, also=also, decided=until)
        if found and skipped > self.far and not marks.surveyed:
            place = place_of(self.store, sort, found[0].id)
            if place is not None and last_decision(self.store) == decided:
                marks.add([Mark(offset, decided, place)])
        return found

    def _moved(self, within: Filter, stands: Stands, sort: Sort, mark: Mark, last: int) -> int:
        """How many more promises of a list stand before a mark than did when it was made."""
        touched = [*conditions(stands, few=True), decided_between(mark.decided, last)]
        before = [*touched, sa.not_(from_here(sort, mark.place))]
        then, now = (
            queries.count_commitments(self.store, within, also=before, decided=number, named=True)
            for number in (_first(mark.decided, stands.decided), _first(last, stands.decided))
        )
        return now - then

    def survey(self, within: Filter, stands: Stands, sort: Sort) -> None:
        """Marks a whole long list as it is now, so that each of its pages is near a mark."""
        stands = self._then(stands)
        if sort is Sort.STRENGTH:
            for part in _by_strength(within):
                self.survey(part, stands, Sort.DOCUMENT)
            return
        stands = _told_apart(stands)
        marks = self.kept.marks(self.store, (within, stands, sort))
        if marks.surveyed or stands.decided is not None or self.count(within, stands) <= self.far:
            return
        decided = last_decision(self.store)
        found = survey(self.store, within, conditions(stands), sort, decided, self.apart)
        if last_decision(self.store) == decided:
            marks.surveyed = True
            marks.add(found)

    def count(self, within: Filter, stands: Stands) -> int:
        """How many lines a list has.

        Counted whole once after each run; then only what people decided since is counted anew.
        """
        stands = self._then(_told_apart(stands))

        def count(more: Sequence[Condition], until: int) -> Numbers:
            until = _first(until, stands.decided)
            if not (more or stands.ids or stands.decided is not None):  # an index has how they stand now
                found = queries.count_commitments(self.store, within, also=conditions(stands))
                if last_decision(self.store) == until:
                    return Counter({_WHOLE: found})
            named = bool(more or stands.ids)
            also = [*conditions(stands, few=named), *more]
            found = queries.count_commitments(self.store, within, also=also, decided=until, named=named)
            return Counter({_WHOLE: found})

        return self.kept.numbers(self.store, ("count", within, stands), count)[_WHOLE]

    def by_status(self, stands: Stands) -> Mapping[Status | None, int]:
        """How many lines of a list stand how."""
        stands = self._then(stands)

        def count(more: Sequence[Condition], until: int) -> Numbers:
            found = figures.by_status(self.store, stands, decided=_first(until, stands.decided), also=more)
            return Counter({((status,), ""): number for status, number in found.items()})

        found = self.kept.numbers(self.store, ("by status", stands), count)
        return {Status(group[0]) if group[0] else None: number for (group, _), number in found.items()}

    def ids(self, within: Filter, stands: Stands, *, limit: int) -> list[RecordId]:
        """Which promises a list has, newest document first."""
        stands = self._then(stands)
        also, named, until = conditions(stands), bool(stands.ids), stands.decided
        return queries.listed(self.store, within, also, limit=limit, named=named, decided=until)

    def statuses(self, within: Filter, stands: Stands) -> dict[RecordId, Status | None]:
        """How the promises that `stands` names stand, of those that are on the list."""
        stands = self._then(stands)
        also = conditions(stands, few=True)
        return queries.statuses(self.store, within, also, stands.as_of, decided=stands.decided)

    def facets(self) -> Facets:
        """What a list can be narrowed to."""
        return self.kept.get(self.store, "facets", lambda: facets(self.store))

    def overview(self) -> Overview:
        """How much is in the register."""
        return self.kept.get(self.store, "overview", lambda: overview(self.store))

    def news(self) -> News:
        """What the latest runs brought."""
        return self.kept.get(self.store, "news", lambda: figures.news(self.store))

    def targets(self, wanted: Wanted, *, limit: int, offset: int = 0) -> list[TargetRow]:
        """Some of the targets."""

        def choose() -> list[RecordId]:
            return board.target_ids(self.store, wanted, limit=limit, offset=offset)

        return board.targets_named(
            self.store, wanted, self.kept.get(self.store, ("targets", wanted, limit, offset), choose)
        )

    def count_targets(self, wanted: Wanted) -> int:
        """How many targets there are."""
        return self.kept.get(self.store, ("targets", wanted), lambda: board.count_targets(self.store, wanted))

    def remembered(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What was reckoned from the register, until that changes; decisions change nothing of it."""
        return self.kept.get(self.store, ("remembered", key), make)

    def led_by(self, names: Sequence[str]) -> tuple[tuple[str | None, str | None], ...]:
        """The replying units of these full names, as their letters print them, each with its place."""
        known = self.kept.get(self.store, "leads", lambda: figures.leads(self.store))
        return tuple(one for one in known if lead_name(*one) in names)

    def tallies(self, within: Filter, lists: Mapping[str, Stands], by: By) -> Tallies:
        """How many promises are on each list (all of one day), by group; units under their full names."""
        lists = {name: self._then(one) for name, one in lists.items()}
        until_then = next((one.decided for one in lists.values()), None)

        def count(more: Sequence[Condition], until: int) -> Numbers:
            found = figures.tallies(self.store, within, lists, decided=_first(until, until_then), also=more)
            return Counter(
                {
                    ((one, *group), name): number
                    for one in By
                    for group, numbers in figures.grouped(found, one).items()
                    for name, number in numbers.items()
                }
            )

        tallies: Tallies = {}
        counted = self.kept.numbers(self.store, ("tallies", within, tuple(lists.items())), count)
        for ((one, *group), name), number in counted.items():
            if one == by:
                tallies.setdefault(tuple(group), dict.fromkeys(lists, 0))[name] = number
        found = {group: numbers for group, numbers in tallies.items() if any(numbers.values())}
        return _by_name(found) if by is By.UNIT else found

    def standing(self, id: RecordId, as_of: date) -> Standing | None:
        """One promise, of a current document or not; None: there is none."""
        try:
            row = queries.commitment(self.store, id)
        except KeyError:
            return None
        known = self.kept.get(self.store, "searched", lambda: followed.searched(self.store)).looked(row.document)
        looked = replace(known, at=known.at.astimezone(ZoneInfo(load().timezone))) if known else None
        return replace(standings_of(self.store, as_of, [row], looked=False)[0], looked=looked)

    def queue(self, within: Filter, stands: Stands, *, limit: int, offset: int) -> tuple[Standing, ...]:
        """Of what waits for a person, the most urgent first."""
        stands = self._then(stands)
        found: list[CommitmentRow] = []
        for part in by_urgency(stands):
            there = self.count(within, part)
            if offset < there and len(found) < limit:
                also, left, until = conditions(part), limit - len(found), part.decided
                found += queries.ledger(
                    self.store, within, sort=Sort.DEADLINE, limit=left, offset=offset, also=also, decided=until
                )
            offset = max(0, offset - there)
        return standings_of(self.store, stands.as_of, found, looked=False)

    def ledger(self, within: Filter, stands: Stands, sort: Sort, *, limit: int, offset: int = 0) -> Ledger:
        """A list as a ledger of its own, with what its documents say besides."""
        stands = self._then(stands)
        also, until = conditions(stands), stands.decided
        rows = queries.ledger(self.store, within, sort=sort, limit=limit, offset=offset, also=also, decided=until)
        found = standings_of(self.store, stands.as_of, rows)
        holders = list(dict.fromkeys(one.row.document.id for one in found))
        parts = [Filter(current=None, documents=tuple(part)) for part in queries.in_parts(holders)]
        store, day = self.store, stands.as_of
        targets = [Filter(current=None, documents=one.documents, roles=(Role.TARGET,)) for one in parts]
        return Ledger(
            as_of=day,
            standings=found,
            targets=tuple(row for one in targets for row in queries.list_quantities(store, one)),
            declined=tuple(row for one in parts for row in queries.declined_points(store, one)),
            documents=tuple(row for one in parts for row in queries.list_documents(store, one)),
            failures=(),
            coverage=tuple(row for one in parts for row in followed.coverage_of(store, one)),
            progress=tuple(row for one in parts for row in followed.progress_of(store, day, one)),
            alarms=tuple(row for one in parts for row in followed.alarms_of(store, day, one)),
        )

    def findings(self, document: DocumentId) -> tuple[Finding, ...]:
        """What doesn't agree within a document. KeyError: no such document."""
        return self.kept.get(self.store, ("findings", document), lambda: check(self.store.load(document)))

    def original(self, document: DocumentId) -> tuple[str, Path] | None:
        """The name of a document's file, and the copy of it that was kept; None: there is none."""
        folder = Originals(self.data_dir.absolute() / "originals", 0)
        for name, form, digest in self._files(document):
            kept = folder.at(digest, f".{form}" if form else "")
            if kept.is_file():
                return name, kept
        return None

    def _files(self, document: DocumentId) -> list[tuple[str, str, str]]:
        """The files that hold a document or held it: name, form and digest; the one that was read first."""
        c = sources.c
        read = sa.select(documents.c.name).where(documents.c.id == document).scalar_subquery()
        held = (
            sa.select(c.name, c.form, versions.c.digest)
            .join(sources, c.id == versions.c.source_id)
            .where(versions.c.document_id == document, versions.c.digest.is_not(None))
            .order_by(sa.case((c.name == read, 0), else_=1), versions.c.number.desc())
        )
        with self.store.reading() as connection:
            return [(row.name, row.form, row.digest) for row in connection.execute(held)]


def _by_strength(within: Filter) -> list[Filter]:
    """The list in parts, the firmest first; each is in the order of the database's own index."""
    wanted = [one for one in Strength if not within.strengths or one in within.strengths]
    return [replace(within, strengths=(one,)) for one in wanted]


def _by_name(found: Tallies) -> Tallies:
    """The units' figures under their full names: as many writings as there are of one count together."""
    named: dict[Group, dict[str, int]] = {}
    for (unit, place), numbers in found.items():
        held = named.setdefault((lead_name(unit, place),), dict.fromkeys(numbers, 0))
        for name, number in numbers.items():
            held[name] += number
    return named
