"""Mixed files of many places, end to end, while the register grows: the cost of a document, stage by stage, and memory.

All happens in this process, so that processor time tells what each stage takes whatever else the machine does.
`python -m benchmarks growth --documents 4000` measures up to that many; `--picture docs/growth.svg` draws the curve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from os import sysconf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.curve import Line, draw
from benchmarks.figures import Figure
from benchmarks.mixed import write_files
from corpus.readers import Limits, read
from extractors.pipeline import extract
from flows.follow_up import FollowUp
from flows.night import PLAIN, Done, follow_up, take_in_all
from flows.reading import Extracted
from flows.settings import Settings
from flows.sources import incoming
from models.errors import UnreadableDocument
from models.ids import DocumentId
from models.owners import this_process
from models.runs import RunId
from models.store import Store, open_store

SMALL = 250
"""Documents, unless another number is asked for."""
_LONGEST_STEP = 4  # each size is so many times the one before
STAGES = ("read", "extract", "keep", "follow up", "judge")
NAMES = {"read": "读", "extract": "抽取", "keep": "保存", "follow up": "比对", "judge": "判断"}


@dataclass(slots=True)
class Spent:
    """Processor seconds by stage; memory in MB after each quarter."""

    stages: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    memory: list[float] = field(default_factory=list)

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        """Counts what is done within for this stage."""
        begun = process_time()
        yield
        self.stages[stage] += process_time() - begun


class _Reading:
    """Reads and extracts in this process, and counts both."""

    ahead, lost, why = 0, 0, ""

    def __init__(self, spent: Spent) -> None:
        self._spent = spent

    def expect(self, paths: Sequence[Path]) -> None:
        """Nothing: the next file is read when it is asked for."""

    def extract_many(self, paths: Iterable[Path]) -> Iterator[Extracted]:
        """Each file with its records."""
        for path in paths:
            try:
                with self._spent.on("read"):
                    document = read(path, Limits(), lambda: None)
                with self._spent.on("extract"):
                    found = extract(document)
            except UnreadableDocument as error:
                yield path, error
            else:
                yield path, found


def run(documents: int = SMALL, picture: Path | None = None) -> Iterator[Figure]:
    """At each size: documents a second of a processor, the share of each stage, memory after each quarter."""
    sizes = _sizes(documents)
    grown: dict[int, Spent] = {}
    with TemporaryDirectory(prefix="duban-bench-") as name, open_store(f"sqlite:///{name}/duban.db") as store:
        taken = 0
        for size in sizes:
            files = write_files(Path(name) / "inbox", range(taken, size))
            grown[size] = taken_in(store, Path(name), files)
            yield from _figures(grown[size], size, size - taken)
            taken = size
        stored = Path(name, "duban.db").stat().st_size / 1000 / taken
    yield Figure("growth: size of a document in the database", stored, "KB")
    costs = {size: sum(spent.stages.values()) for size, spent in grown.items()}
    first, last = _each(sizes, costs, 0), _each(sizes, costs, -1)
    yield Figure(f"growth: a document's cost at {sizes[-1]:,} against {sizes[0]:,}", last / first, "times", at_most=1.5)
    if picture:
        picture.write_text(_drawn(sizes, grown), encoding="utf-8")


def taken_in(store: Store, place: Path, files: Sequence[Path], parts: int = 4) -> Spent:
    """Takes these files into the register and follows them up, in so many parts, after each of which memory is seen."""
    spent = Spent()
    settings = Settings(data_dir=place)
    run = store.begin_run("bench", now=datetime.now(UTC), owner=this_process())
    for number in range(parts):
        part = files[len(files) * number // parts : len(files) * (number + 1) // parts]
        _one_part(store, run, settings, part, spent)
        spent.memory.append(_memory_mb())
    store.finish_run(run, now=datetime.now(UTC))
    return spent


def _one_part(store: Store, run: RunId, settings: Settings, files: Sequence[Path], spent: Spent) -> None:
    @contextmanager
    def readers(_settings: Settings, _files: int) -> Iterator[_Reading]:
        yield _Reading(spent)

    before = spent.stages["read"] + spent.stages["extract"]
    with spent.on("keep"):
        report = take_in_all(store, run, settings, list(map(incoming, files)), steps=replace(PLAIN, readers=readers))
    spent.stages["keep"] -= spent.stages["read"] + spent.stages["extract"] - before
    if report.failures or sum(report.outcomes.values()) != len(files):
        raise AssertionError(report)
    steps = replace(PLAIN, follow=_followed(spent), judge=_counted(spent, "judge", PLAIN.judge))
    before = spent.stages["follow up"] + spent.stages["judge"]
    begun = process_time()
    follow_up(store, run, settings, steps)
    inside = spent.stages["follow up"] + spent.stages["judge"] - before
    spent.stages["follow up"] += process_time() - begun - inside  # finding what waits


def _followed(spent: Spent) -> Callable[[FollowUp, Sequence[DocumentId], Done], None]:
    def followed(work: FollowUp, documents: Sequence[DocumentId], done: Done) -> None:
        for document in documents:
            with spent.on("follow up"):
                work.follow(document)
            with spent.on("judge"):
                work.judge_settled(document)
            done()

    return followed


def _counted(spent: Spent, stage: str, work: Callable[..., None]) -> Callable[..., None]:
    def counted(*given: object) -> None:
        with spent.on(stage):
            work(*given)

    return counted


def _figures(spent: Spent, size: int, files: int) -> Iterator[Figure]:
    whole = sum(spent.stages.values())
    yield Figure(f"growth: up to {size:,} documents", files / whole, "documents/s of a processor")
    for stage in STAGES:
        yield Figure(f"growth: up to {size:,}, {stage}", 1000 * spent.stages[stage] / files, "ms a document")
        yield Figure(f"growth: up to {size:,}, share of {stage}", 100 * spent.stages[stage] / whole, "%")
    for quarter, memory in enumerate(spent.memory, start=1):
        yield Figure(f"growth: up to {size:,}, memory after {25 * quarter} %", memory, "MB")


def _sizes(documents: int) -> list[int]:
    """Down from the largest, each a quarter of the next: 4,000 gives 250, 1,000, 4,000."""
    sizes = [documents]
    while sizes[0] // _LONGEST_STEP >= 60:
        sizes.insert(0, sizes[0] // _LONGEST_STEP)
    return sizes


def _each(sizes: Sequence[int], costs: dict[int, float], place: int) -> float:
    """Seconds for each document of one step."""
    steps = list(zip((0, *sizes), sizes, strict=False))
    before, size = steps[place]
    return costs[size] / (size - before)


def _drawn(sizes: Sequence[int], grown: dict[int, Spent]) -> str:
    """The whole cost so far over the number of documents, stage upon stage, and the straight line of the first size."""
    so_far = dict.fromkeys(STAGES, 0.0)
    points: dict[str, list[tuple[float, float]]] = {stage: [(0.0, 0.0)] for stage in STAGES}
    for size in sizes:
        so_far = {stage: seconds + grown[size].stages[stage] for stage, seconds in so_far.items()}
        height = 0.0
        for stage in STAGES:
            height += so_far[stage]
            points[stage].append((size, height))
    first = points["judge"][1]
    straight = Line("照最初的快慢", [(0.0, 0.0), (sizes[-1], first[1] * sizes[-1] / first[0])], dashed=True)
    lines = [Line(NAMES[stage], points[stage]) for stage in STAGES]
    return draw("收件和比对一共用的处理器时间（秒），按件数；各步叠加", [*lines, straight])


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * sysconf("SC_PAGE_SIZE") / 1e6
