"""What a further document costs in a register of 1,000, 10,000 and 100,000: by the command itself, stage by stage, and
what following it up is made of.

The register is filled without reading files or following up; the further documents are files of all forms that the
command takes in and follows up like any others. `python -m benchmarks margin --registers 1000 10000 100000`.

What is held against a document is of its county. `--counties 12` fills only twelve of the hundred, each with as many
as the whole register would give it, which tells the same in an eighth of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.bench_growth import NAMES, STAGES, taken_in
from benchmarks.commands import Spent, apart, duban
from benchmarks.curve import Line, draw
from benchmarks.figures import Figure
from benchmarks.mixed import counties, county_of, fill, of_counties, write_files
from benchmarks.parts import NAMES as PARTS
from benchmarks.parts import parts_counted
from models.store import open_store

SMALL = (500, 2_000)
"""Documents in the register, unless others are asked for."""
_FURTHER = 100  # documents that come in by the command
_STEPS = 20  # documents that come in stage by stage, two of a county, so that most of what each needs is not at hand
_FIRST = 10  # documents taken in before those that are counted: what is read and made ready once a run isn't their cost
_FIRST_FURTHER = 1_000_000  # their numbers begin there: none of them is in any register


def run(sizes: Sequence[int] = SMALL, picture: Path | None = None, filled: int = 100) -> Iterator[Figure]:
    """At each size: documents a second by the command, milliseconds of each stage; the last size against the first.

    `filled`: how many of the hundred counties.
    """
    chosen = range(0, len(counties()), len(counties()) // filled)[:filled]
    costs: dict[int, Mapping[str, float]] = {}
    for size in sizes:
        with TemporaryDirectory(prefix="duban-bench-") as name:
            place = Path(name)
            begun = perf_counter()
            apart(_fill, place, [number for number in range(size) if county_of(number) in chosen])
            yield Figure(f"margin: filling a register with {size:,} documents", perf_counter() - begun, "s")
            yield from _by_command(place, size, chosen)
            costs[size], parts = _by_stage(place, chosen)
        for stage in STAGES:
            yield Figure(f"margin: at {size:,}, {stage}", costs[size][stage], "ms of a processor a document")
        for part in PARTS:
            yield Figure(f"margin: at {size:,}, of what follows, {part}", parts[part], "ms of a processor a document")
        yield Figure(f"margin: at {size:,}, in all", sum(costs[size].values()), "ms of a processor a document")
    first, last = (sum(costs[size].values()) for size in (sizes[0], sizes[-1]))
    yield Figure(f"margin: a document's cost at {sizes[-1]:,} against {sizes[0]:,}", last / first, "times")
    if picture:
        picture.write_text(_drawn(costs), encoding="utf-8")


def _fill(place: Path, numbers: Sequence[int]) -> None:
    with open_store(f"sqlite:///{place}/duban.db") as store:
        fill(store, numbers)


def _by_command(place: Path, size: int, chosen: Sequence[int]) -> Iterator[Figure]:
    """`duban ingest` of further files, less what the same command takes when all of them are known."""
    write_files(place / "inbox", list(islice(of_counties(_FIRST_FURTHER, chosen), _FURTHER)))
    spent, idle = _ingest(place), _ingest(place)
    yield Figure(f"margin: at {size:,}, by the command", _FURTHER / (spent.wall - idle.wall), "documents/s on the wall")
    processor = 1000 * (spent.processor - idle.processor) / _FURTHER
    yield Figure(f"margin: at {size:,}, by the command", processor, "ms of a processor a document")
    yield Figure(f"margin: at {size:,}, starting the command", idle.wall, "s")
    yield Figure(f"margin: at {size:,}, memory of the command", spent.memory_mb, "MB")


def _ingest(place: Path) -> Spent:
    return duban("ingest", str(place / "inbox"), place=place, workers="1")


def _by_stage(place: Path, chosen: Sequence[int]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Milliseconds of a processor that each stage takes for one of some more documents, and each part of what follows
    their being kept."""
    start = 2 * _FIRST_FURTHER
    counted = chosen[-min(len(chosen), _STEPS // 2) :]
    first = list(islice(of_counties(start, chosen[:2]), _FIRST))
    each = (islice((one for one in of_counties(start, [county]) if one not in first), 2) for county in counted)
    numbers = list(chain.from_iterable(each))
    early, late = write_files(place / "early", first), write_files(place / "late", numbers)
    with open_store(f"sqlite:///{place}/duban.db") as store:
        taken_in(store, place, early, parts=1)
        with parts_counted() as parts:
            spent = taken_in(store, place, late, parts=1)
    return (
        {stage: 1000 * spent.stages[stage] / len(numbers) for stage in STAGES},
        {part: 1000 * parts.get(part, 0.0) / len(numbers) for part in PARTS},
    )


def _drawn(costs: Mapping[int, Mapping[str, float]]) -> str:
    """What a further document costs over the number of documents that its county has, stage upon stage."""
    points: dict[str, list[tuple[float, float]]] = {stage: [] for stage in STAGES}
    for size, cost in costs.items():
        height = 0.0
        for stage in STAGES:
            height += cost[stage]
            points[stage].append((size / len(counties()), height))
    lines = [Line(NAMES[stage], points[stage]) for stage in STAGES]
    return draw("再收一件用的处理器时间（毫秒），按同一个县里已有的件数；各步叠加", lines)
