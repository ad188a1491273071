"""概览: how the promises stand, what is due, what waits, what the latest runs brought; by unit, class and session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from fastapi.responses import Response

from models.evidence import Status
from models.figures import By, Group, News
from models.filters import CURRENT
from models.history import Overview, list_runs
from models.runs import Run, RunId
from models.saved import SavedSearch
from models.stands import Stands
from outputs.charts import NARROW, WIDE, status_bar, svg
from outputs.exchange import run_record
from outputs.phrases import phrase
from outputs.summary import NO_CLASS, Tally
from outputs.web.actions import Lists
from outputs.web.addresses import address
from outputs.web.asked import NOBODY, REGISTERED, members, term_words
from outputs.web.guard import pages
from outputs.web.kept_lists import MOST_SHOWN, KeptList, kept_lists
from outputs.web.searches import fresh
from outputs.web.visit import Asking, Visit

router = pages()

DUE_SOON = 30  # days ahead that the front page looks
_TOLD = (Status.OVERDUE, Status.FULFILLED, Status.DROPPED)
OPEN = (Status.IN_PROGRESS, Status.NO_EVIDENCE)
_MOST = 12  # units that are shown: more are on the units' page
_NO_SESSION = "（届次不全）"
_TITLES = {By.UNIT: "各单位", By.CLASS: "各办理结果", By.SESSION: "各届次"}


@dataclass(frozen=True, slots=True)
class Line:
    """A number with its name and what the ledger's address must ask for to show the same promises."""

    key: str
    name: str
    number: int
    asks: tuple[tuple[str, str | tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The promises of one unit, class or session: all of them, and so many of each status."""

    name: str
    asks: tuple[tuple[str, str | tuple[str, ...]], ...]
    total: int
    by_status: tuple[tuple[Status, int], ...]
    registered: int

    @property
    def tally(self) -> Tally:
        """The same as figures draw it."""
        return Tally(self.by_status, self.registered)


@router.get("/")
def overview(visit: Asking) -> Response:
    """The front page."""
    read = read_overview(visit)
    figures = read.figures
    return visit.show(
        "overview.html",
        overview_record(visit, read),
        found=figures.found,
        told=figures.told,
        lines=figures.lines,
        brought=figures.brought,
        lists=read.lists,
        searches=[(one, new, address("/search", [*one.parameters, ("saved", one.id)])) for one, new in read.searches],
        groups=[(by, _TITLES[by], figures.groups[by]) for by in figures.groups],
        most=_MOST,
        runs=read.runs,
        statuses=list(Status),
        days=DUE_SOON,
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What everybody's front page counts."""

    found: Overview
    told: News
    groups: dict[By, list[Grouped]]
    lines: list[Line]
    brought: list[Line]


@dataclass(frozen=True, slots=True)
class Read:
    """The front page: what everybody sees, and what is this person's."""

    figures: Figures
    lists: list[KeptList]
    searches: list[tuple[SavedSearch, int]]
    runs: list[Run]


def read_overview(visit: Visit) -> Read:
    """The figures of the front page."""
    figures = read_figures(visit.lists, visit.as_of)
    searches = fresh(visit) if visit.may("GET /searches") else []
    latest: list[Run] = visit.lists.remembered("latest runs", partial(list_runs, visit.store, limit=5))
    return Read(figures, kept_lists(visit, MOST_SHOWN), searches, latest)


def read_figures(lists: Lists, day: date) -> Figures:
    """What everybody's front page counts."""
    found, told = lists.overview(), lists.news()
    groups = {by: grouped(lists, day, by) for by in _TITLES}
    return Figures(found, told, groups, _lines(lists, day, groups[By.CLASS]), _brought(lists, day, told))


def overview_record(visit: Visit, read: Read) -> dict[str, object]:
    """The same as JSON."""
    found, told = read.figures.found, read.figures.told
    groups, lines, brought = read.figures.groups, read.figures.lines, read.figures.brought
    return {
        "as_of": visit.as_of.isoformat(),
        "documents": {kind.value: number for kind, number in found.documents.items()},
        "commitments": sum(line.number for line in lines[: len(Status) + 1]),
        "statuses": {line.key: line.number for line in lines[: len(Status)]},
        "registered": lines[len(Status)].number,
        **{line.key: line.number for line in lines[len(Status) + 1 :]},
        "since_last_run": {"documents": told.documents} | {line.key: line.number for line in brought},
        **{f"by_{by.value}": [group_record(one) for one in groups[by]] for by in groups},
        "lists": [one.record for one in read.lists],
        "searches": [{"id": one.id, "name": one.name, "new": new} for one, new in read.searches],
        "targets": found.targets,
        "failures": found.failures,
        "runs": [run_record(run) for run in read.runs],
    }


@router.get("/overview/chart.svg")
def chart(visit: Asking) -> Response:
    """The tracked promises by status, a bar for each unit (?by=unit), class or session; ?narrow=yes for a phone."""
    by = next((one for one in members(visit, "by", By) if one in _TITLES), By.UNIT)
    shown = [one for one in grouped(visit.lists, visit.as_of, by)[:_MOST] if one.tally.tracked]
    if not shown:
        visit.gone("还没有可以画的承诺。")
    bars, room = [status_bar(one.name, one.tally) for one in shown], NARROW if visit.flag("narrow") else WIDE
    return visit.svg(svg(f"{_TITLES[by]}的承诺", bars, name=by.value, room=room))


def grouped(lists: Lists, day: date, by: By) -> list[Grouped]:
    """The promises by unit (most overdue first), class or session (newest first)."""
    columns = {status.value: Stands(day, statuses=(status,)) for status in Status}
    columns |= {REGISTERED: Stands(day, statuses=(None,)), "all": Stands(day)}
    merged: dict[tuple[str, str], dict[str, int]] = {}
    order: dict[tuple[str, str], Group] = {}
    for group, numbers in lists.tallies(CURRENT, columns, by).items():
        named = _named(by, group)
        held = merged.setdefault(named, dict.fromkeys(columns, 0))
        order.setdefault(named, group)
        for name, number in numbers.items():
            held[name] += number
    made = [
        (
            order[named],
            Grouped(
                named[0],
                ((_PARAMETER[by], named[1]),),
                numbers["all"],
                tuple((status, numbers[status.value]) for status in Status),
                numbers[REGISTERED],
            ),
        )
        for named, numbers in merged.items()
        if numbers["all"]
    ]
    return [one for _, one in sorted(made, key=lambda pair: _place(by, pair[0], pair[1]))]


_PARAMETER = {By.UNIT: "lead", By.CLASS: "class", By.SESSION: "term"}


def _named(by: By, group: Group) -> tuple[str, str]:
    """What a group is called, and the ledger's parameter for it."""
    if by is By.CLASS:
        return (group[0] or NO_CLASS, group[0] or NOBODY)
    if by is By.SESSION:
        congress, session = group
        if congress is None or session is None:
            return (_NO_SESSION, NOBODY)
        return (term_words(congress, session), f"{congress}-{session}")
    return (group[0], group[0])


def _place(by: By, group: Group, one: Grouped) -> tuple[object, ...]:
    if by is By.UNIT:
        return (-one.tally.of(Status.OVERDUE), -one.total, one.name)
    if by is By.CLASS:
        return (group[0] is None, one.name)
    return (one.name == _NO_SESSION, *(-(number or 0) for number in group))


def group_record(one: Grouped) -> dict[str, object]:
    """A group as JSON."""
    by_status = {status.value: number for status, number in one.by_status}
    return {"name": one.name, "total": one.total, **by_status, "registered": one.registered}


def _lines(lists: Lists, day: date, groups: list[Grouped]) -> list[Line]:
    """How the promises stand, as all groups together say; then what falls due soon and what waits for a person."""
    last = day + timedelta(days=min(DUE_SOON, (date.max - day).days))
    soon = (day.isoformat(), last.isoformat())
    whole = [(status, sum(one.tally.of(status) for one in groups)) for status in Status]
    lines = [Line(status.value, phrase(status), number, (("status", status.value),)) for status, number in whole]
    registered = sum(one.registered for one in groups)
    lines.append(Line(REGISTERED, "只登记", registered, (("status", REGISTERED),)))
    due = Stands(day, statuses=OPEN, due_from=day, due_to=last)
    asks = (("status", tuple(one.value for one in OPEN)), ("due_from", soon[0]), ("due_to", soon[1]))
    lines.append(_line(lists, "due_soon", f"{DUE_SOON} 天内到期", due, asks))
    lines.append(_line(lists, "waiting", "等人看", Stands(day, waiting=True), (("waiting", "yes"),)))
    return lines


def _brought(lists: Lists, day: date, told: News) -> list[Line]:
    """What the latest runs brought."""
    found = []
    if told.read is not None:
        read, shown = Stands(day, read_in=told.read), Stands(day, shown_in=told.read)
        found.append(_line(lists, "promises", "新读到的承诺", read, (("read_in", str(told.read)),)))
        found.append(_line(lists, "evidence", "有新佐证的承诺", shown, (("shown_in", str(told.read)),)))
    if told.moved is not None:
        moved = lists.by_status(Stands(day, moved_in=told.moved))
        found += [_moved(told.moved, status, moved.get(status, 0)) for status in _TOLD]
    return found


def _moved(run: RunId, status: Status, number: int) -> Line:
    name = f"新{phrase(status).removeprefix('已')}"
    return Line(f"newly_{status.value}", name, number, (("moved_in", str(run)), ("status", status.value)))


def _line(
    lists: Lists, key: str, name: str, wanted: Stands, asks: tuple[tuple[str, str | tuple[str, ...]], ...]
) -> Line:
    return Line(key, name, lists.count(CURRENT, wanted), asks)
