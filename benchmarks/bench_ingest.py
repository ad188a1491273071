"""Files to records to database: documents a second by form, in all, and again when nothing has changed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.figures import Figure, best_of
from corpus.readers import read
from extractors.pipeline import extract
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
    with TemporaryDirectory() as folder:
        for form, files in _by_form(Path(folder)).items():
            read(files[0])
            spent = best_of(5, lambda files=files: [read(file) for file in files], process_time)  # type: ignore[misc]
            yield Figure(f"read: {form}", len(files) / spent, "documents/s of a processor")
            spent = best_of(3, lambda files=files: [extract(read(file)) for file in files], process_time)  # type: ignore[misc]
            yield Figure(f"read and extract: {form}", len(files) / spent, "documents/s of a processor")
    with TemporaryDirectory() as folder:
        yield from _taken_in(Path(folder))


def _by_form(folder: Path) -> dict[str, list[Path]]:
    """The same letters in every form, also as plain text in the national encoding and as Word 97 wrote them."""
    files = {form: sorted(FORMS.glob(f"*.{form}")) for form in ("txt", "html", "docx", "pdf", "ofd")}
    files |= {"gb18030": [_recoded(file, folder) for file in files["txt"]], "doc": _as_doc(files["docx"], folder)}
    return {form: found for form, found in files.items() if found}


def _as_doc(files: list[Path], folder: Path) -> list[Path]:
    """None where LibreOffice isn't there to write them."""
    office = shutil.which("soffice")
    if office is None:
        return []
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command: list[str | Path] = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        folder,
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [folder / file.with_suffix(".doc").name for file in files]


def _recoded(file: Path, folder: Path) -> Path:
    copy = folder / file.name
    copy.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    return copy


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
