"""The pages over a large register: one person alone, then fifty at once; what the server holds; how much is stored."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPException
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

import sqlalchemy as sa

from benchmarks.bench_search import queries
from benchmarks.clerks import Clerk, Door, serving
from benchmarks.figures import Figure, share_within
from benchmarks.register.letters import words
from benchmarks.register.made import Register, Wanted, register
from models.store import Store, open_store
from models.tables import commitments, documents

GOAL = 300.0
"""Milliseconds within which 95 of 100 pages are there."""
PEOPLE, SECONDS, THINKS = 50, 60.0, (2.0, 6.0)
"""Fifty people for a minute, each of whom looks at a page for two to six seconds."""
MEMORY = 500.0
_TRIED = 20
Choose = Callable[[random.Random], str]
_FORM = re.compile(r'<form class="panel decide ask" method="post" action="(?P<to>[^"]+)">(?P<inside>.*?)</form>', re.S)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_ACTION = re.compile(r'<button class="main" name="action" value="(\w+)"')


@dataclass(slots=True)
class _Day:
    """What fifty people met with."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def run(wanted: Wanted = Wanted()) -> Iterator[Figure]:  # noqa: B008 - frozen
    """Each kind of page for one person, then all for fifty."""
    with register(wanted) as made, serving(made.url, made.folder, PEOPLE) as door:
        with open_store(made.url) as store:
            pages = _pages(store, made.size)
            yield from _stored(store, made)
        yield from _alone(door, pages, made.size)
        yield from _together(door, pages, made.size)
        yield Figure(f"server over {made.size:,}: memory now", door.memory_mb(), "MB", at_most=MEMORY)
        yield Figure(f"server over {made.size:,}: memory at most", door.memory_mb(most=True), "MB", at_most=MEMORY)


def _stored(store: Store, made: Register) -> Iterator[Figure]:
    """How large the database is, and its search index."""
    with store.reading() as connection:
        if connection.dialect.name == "sqlite":
            pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            whole = int(connection.exec_driver_sql(pages).scalar_one())
            blocks = "SELECT coalesce(sum(length(block)), 0) FROM search_index_data"
            index = int(connection.exec_driver_sql(blocks).scalar_one())
        else:
            whole = int(connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one())
            index = int(connection.execute(sa.text("SELECT pg_relation_size('search_index')")).scalar_one())
    yield Figure(f"database of {made.size:,}", whole / 1e6, "MB")
    yield Figure("database: for each commitment", whole / made.size, "bytes")
    yield Figure("search index: for each commitment", index / made.size, "bytes")


def _pages(store: Store, size: int) -> dict[str, Choose]:
    """The kinds of pages, each with its addresses."""
    with store.reading() as connection:
        promises = list(connection.execute(sa.select(commitments.c.id).limit(2_000)).scalars())
        papers = list(connection.execute(sa.select(documents.c.id).limit(2_000)).scalars())
    known, asked = words(), queries()

    def at(path: str, **parameters: object) -> str:
        return f"{path}?{urlencode(parameters)}" if parameters else path

    filters: tuple[Choose, ...] = (
        lambda dice: at("/ledger", place=dice.choice(known["cities"])),
        lambda dice: at("/ledger", unit=dice.choice(known["units"])),
        lambda dice: at("/ledger", status=dice.choice(("overdue", "fulfilled", "no_evidence", "registered"))),
        lambda dice: at("/ledger", year=dice.randint(2016, 2026), strength="firm"),
        lambda dice: at("/ledger", due_from="2026-12-01", due_to=f"2027-{dice.randint(1, 12):02}-28"),
        lambda dice: at("/ledger", text=dice.choice(known["things"])),
        lambda dice: at("/ledger", quantified="yes", evidence=dice.choice(("yes", "no"))),
        lambda dice: at("/ledger", waiting="yes"),
        lambda dice: at("/ledger", assigned=dice.choice(("王五", "*", "-"))),
    )
    sorts = ("document", "deadline", "strength", "name")
    return {
        "overview": lambda _: "/",
        "units": lambda _: "/units",
        "targets": lambda _: "/targets",
        "ledger": lambda _: "/ledger",
        "ledger, filtered": lambda dice: dice.choice(filters)(dice),
        "ledger, sorted": lambda dice: at("/ledger", sort=dice.choice(sorts)),
        "ledger, deep": lambda dice: at("/ledger", page=dice.randint(2, max(2, size // 60)), sort=dice.choice(sorts)),
        "commitment": lambda dice: at(f"/commitments/{dice.choice(promises)}"),
        "document": lambda dice: at(f"/documents/{dice.choice(papers)}"),
        "documents": lambda dice: at("/documents", page=dice.randint(1, max(1, size // 800))),
        "review": lambda dice: at("/review", at=dice.randint(0, 200)),
        "search": lambda dice: at("/search", q=dice.choice([one for some in asked.values() for one in some])[0]),
        "runs": lambda _: "/runs",
    }


_USUAL = {"ledger": 3, "ledger, filtered": 4, "ledger, sorted": 1, "ledger, deep": 1, "commitment": 6, "document": 4}
_USUAL |= {"review": 6, "search": 5, "overview": 2, "documents": 1, "units": 1, "targets": 1, "runs": 1}
"""How often people open which page, beside each other."""


def _alone(door: Door, pages: dict[str, Choose], size: int) -> Iterator[Figure]:
    """Each kind of page, one after another; the first time apart, since what is counted then is kept."""
    clerk, dice = Clerk(door.port, "clerk0"), random.Random(1)
    for kind, choose in pages.items():
        first, _ = clerk.get(choose(dice))
        used = _processor(door)
        times = [clerk.get(choose(dice))[0] for _ in range(_TRIED)]
        used = _processor(door) - used
        yield Figure(f"{kind} over {size:,}: the first time", 1000 * first, "ms")
        yield Figure(f"{kind} over {size:,}: half within", 1000 * share_within(times, 0.5), "ms")
        yield Figure(f"{kind} over {size:,}: 95 of 100 within", 1000 * share_within(times, 0.95), "ms", at_most=GOAL)
        yield Figure(f"{kind} over {size:,}: processor", 1000 * used / _TRIED, "ms a page")
    clerk.close()


def _processor(door: Door) -> float:
    """The seconds of the processor that the server has used: on a busy machine the clock tells of others."""
    fields = Path(f"/proc/{door.process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _together(door: Door, pages: dict[str, Choose], size: int) -> Iterator[Figure]:
    """Fifty people who look, search and decide."""
    day = _Day()
    begun = perf_counter()
    with ThreadPoolExecutor(PEOPLE) as room:
        for place in range(PEOPLE):
            room.submit(_work, door, place, pages, day, begun + SECONDS)
    asked = sum(map(len, day.times.values()))
    yield Figure(f"{PEOPLE} people over {size:,}: errors", len(day.errors), "", at_most=0)
    for said in day.errors[:5]:
        print(said)  # which page, and what it answered
    yield Figure(f"{PEOPLE} people: pages and decisions", asked / (perf_counter() - begun), "a second")
    for kind, times in sorted(day.times.items()):
        yield Figure(f"{PEOPLE} people, {kind}: half within", 1000 * share_within(times, 0.5), "ms")
        yield Figure(f"{PEOPLE} people, {kind}: 95 of 100 within", 1000 * share_within(times, 0.95), "ms")


def _work(door: Door, place: int, pages: dict[str, Choose], day: _Day, until: float) -> None:
    """One of the fifty."""
    dice = random.Random(place)
    try:
        clerk = Clerk(door.port, f"clerk{place}")
    except (OSError, RuntimeError, HTTPException) as error:
        day.errors.append(f"login: {error!r}")
        return
    kinds, weights = list(_USUAL), list(_USUAL.values())
    while perf_counter() < until:
        time.sleep(dice.uniform(*THINKS))
        kind = dice.choices(kinds, weights)[0]
        try:
            seconds, page = clerk.get(pages[kind](dice))
            day.times.setdefault(kind, []).append(seconds)
            if kind == "review" and (decided := _decision(page)):
                time.sleep(dice.uniform(*THINKS))
                day.times.setdefault("decision", []).append(clerk.post(decided[0], **decided[1]))
        except (OSError, RuntimeError, HTTPException) as error:
            day.errors.append(f"{kind}: {error!r}")
    with suppress(OSError):
        clerk.close()


def _decision(page: str) -> tuple[str, dict[str, str]] | None:
    """What a clerk who accepts the shown item sends: the form of the review page; None: nothing waits."""
    form = _FORM.search(page)
    if form is None or not (action := _ACTION.search(form["inside"])):
        return None
    hidden = {name: unescape(value) for name, value in _HIDDEN.findall(form["inside"]) if name != "csrf"}
    return unescape(form["to"]), {**hidden, "action": action[1], "why": "电话核实"}
