"""What one document costs, in processor time and bytes: the figures that docs/growing.md reckons with.

Processor time, unlike time on the wall, hardly changes with what else the machine does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.bench_follow_up import paper
from benchmarks.bench_ingest import FORMS
from benchmarks.figures import Figure, best_of, peak_memory_mb
from corpus.readers import read
from extractors.pipeline import extract
from flows.follow_up import FollowUp
from flows.running import few_searches
from models.documents import Kind
from models.owners import this_process
from models.runs import RunId
from models.store import Store, open_store

_SIZES = (100, 200, 400)
_NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def run() -> Iterator[Figure]:
    """Milliseconds of a processor and kilobytes a document: reading by form, extracting, keeping, following up."""
    for form in ("txt", "html", "docx", "pdf"):
        files = sorted(FORMS.glob(f"*.{form}"))
        read(files[0])
        spent = best_of(3, lambda files=files: [read(file) for file in files], process_time)  # type: ignore[misc]
        yield Figure(f"cost of reading: {form}", 1000 * spent / len(files), "ms of a processor")
        size = sum(file.stat().st_size for file in files) / len(files)
        yield Figure(f"size of an original: {form}", size / 1000, "KB")
    letters = [read(file) for file in sorted(FORMS.glob("*reply*.txt"))]
    spent = best_of(5, lambda: [extract(letter) for letter in letters], process_time)
    characters = sum(len(letter.text) for letter in letters) / len(letters)
    yield Figure("length of a letter", characters, "characters")
    yield Figure("cost of extracting", 1000 * spent / len(letters), "ms of a processor")
    with TemporaryDirectory() as folder:
        yield from _register(Path(folder) / "costs.db")


def _register(database: Path) -> Iterator[Figure]:
    """Keeping and following up while the register grows: letters of ten promises, and as many pieces of news."""
    held = 0
    with open_store(f"sqlite:///{database}") as store:
        run = store.begin_run("bench", now=_NOW, owner=this_process())
        for size in _SIZES:
            more = [paper(number, kind) for number in range(held // 2, size // 2) for kind in (Kind.REPLY, Kind.NEWS)]
            begun = process_time()
            for source, letter in more:
                store.save(run, source, letter, now=datetime.now(UTC), extractor="bench")
            kept = process_time()
            _follow_up(store, run)
            followed = process_time()
            yield Figure(f"cost of keeping, up to {size} documents", 1000 * (kept - begun) / len(more), "ms")
            yield Figure(f"cost of following up, up to {size} documents", 1000 * (followed - kept) / len(more), "ms")
            held = size
        store.finish_run(run, now=_NOW)
    yield Figure("size of a document in the database", database.stat().st_size / held / 1000, "KB")
    yield Figure("memory of this benchmark", peak_memory_mb(), "MB")


def _follow_up(store: Store, run: RunId) -> None:
    work = FollowUp(store, run, "bench")
    with few_searches():
        for document in work.waiting():
            work.follow(document)
        for reply in work.replies_to_judge():
            work.judge(reply)
