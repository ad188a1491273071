"""`duban extract` as it is started, against jieba's segmentation of the same texts, in one run."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks import texts
from benchmarks.figures import Figure, best_of

_FILES = 60
_TINY = "今年新建书屋16座。\n"


def run(folder: Path | None = None) -> Iterator[Figure]:
    """Processor time of `duban extract` on many text files without that of its start (the same on one short line),
    against jieba.lcut alone. `folder` has texts of one's own to be measured besides.
    """
    sets = [("letters", texts.letters(), 0.25), ("plans and news", texts.plans(), 0.25)]
    if folder is not None:
        sets.append((str(folder), texts.texts_in(folder), 1.0))
    with TemporaryDirectory() as place:
        start = _spent([_TINY], Path(place) / "start")
        yield Figure("duban extract: processor time of its start", start, "s")
        for name, found, floor in sets:
            yield from _against_jieba(name, found, floor, start, Path(place) / "files")


def _against_jieba(name: str, found: Sequence[str], floor: float, start: float, place: Path) -> Iterator[Figure]:
    import jieba

    many = [found[at % len(found)] + f"\n第{at}份\n" for at in range(_FILES)]
    chars = sum(map(len, many))
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    cut = best_of(3, lambda: [jieba.lcut(text) for text in many], process_time)
    whole = _spent(many, place) - start
    yield Figure(f"jieba.lcut, {name}", chars / cut / 1000, "kchar/s")
    yield Figure(f"duban extract, {name}: {_FILES} files", chars / whole / 1000, "kchar/s")
    yield Figure(f"duban extract against jieba.lcut, {name}", cut / whole, "times", at_least=floor)


def _spent(found: Sequence[str], place: Path) -> float:
    """Processor time of one `duban extract` and its workers in seconds, at best."""
    place.mkdir(exist_ok=True)
    files = [place / f"{at:03}.txt" for at in range(len(found))]
    for file, text in zip(files, found, strict=True):
        file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-P", "-c", "from flows.cli import main; main()", "extract", *map(str, files)]

    def once() -> float:
        before = _of_children()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        return _of_children() - before

    return min(once() for _ in range(3))


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
