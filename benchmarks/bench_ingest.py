"""Files to records to database: documents a second by form, in all, and again when nothing has changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure, best_of
from corpus.readers import read
from flows.intake import Intake
from flows.originals import Originals
from flows.reading import Reader
from flows.settings import Settings
from flows.sources import find_files
from flows.version import extractor_version
from models.owners import this_process
from models.store import open_store

FORMS = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "forms"
_COPIES = 50


def run() -> Iterator[Figure]:
    """Reading by form in this process, then a folder of mixed files through workers into a new database."""
    for form in ("txt", "html", "docx", "pdf"):
        yield Figure(f"read: {form}", _read_per_second(form), "documents/s")
    with TemporaryDirectory() as folder:
        yield from _taken_in(Path(folder))


def _read_per_second(form: str) -> float:
    files = sorted(FORMS.glob(f"*.{form}"))
    read(files[0])
    return len(files) / best_of(3, lambda: [read(file) for file in files])


def _taken_in(folder: Path) -> Iterator[Figure]:
    inbox = folder / "inbox"
    inbox.mkdir()
    for copy in range(_COPIES):
        for file in FORMS.iterdir():
            _write_copy(file, inbox / f"{copy:03}-{file.name}", copy)
    first, files = _timed(folder, inbox)
    again, _ = _timed(folder, inbox)
    yield Figure("ingest (without Prefect): mixed forms, new", files / first, "documents/s")
    yield Figure("ingest again, nothing changed", files / again, "documents/s")
    yield Figure("nothing changed against new", first / again, "times", at_least=5)


def _write_copy(file: Path, target: Path, number: int) -> None:
    """A text with a number of its own is another document; of the other forms the same letter comes again."""
    if file.suffix == ".txt":
        target.write_text(f"{file.read_text(encoding='utf-8')}\n（第{number}份）\n", encoding="utf-8")
    else:
        shutil.copy(file, target)


def _timed(folder: Path, inbox: Path) -> tuple[float, int]:
    files = find_files([inbox])
    start = perf_counter()
    with open_store(f"sqlite:///{folder}/bench.db") as store, Reader(Settings(workers=2), len(files)) as reader:
        run = store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
        intake = Intake(store, run, reader, Originals(folder / "originals", 1 << 20), extractor_version())
        wanted, _ = intake.sort_out(files)
        intake.take_in(wanted)
        store.finish_run(run, now=datetime.now(UTC))
    return perf_counter() - start, len(files)
