"""What a document costs by its length, up to one of a thousand pages, and the memory that the worker then holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figures import Figure

_LENGTHS = (1_000, 10_000, 100_000, 600_000)  # characters; a page has about 600
# One length a process, so that its memory is its own.
_ONE = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from benchmarks.figures import peak_memory_mb
from benchmarks.texts import document_of
from corpus.readers.limits import DEFAULT
from flows.working import read_and_tell

with TemporaryDirectory() as folder:
    file = Path(folder) / "document.txt"
    file.write_text(document_of(int(sys.argv[1])), encoding="utf-8")
    begun = process_time()
    read_and_tell(file, DEFAULT, lambda: None)
    print(process_time() - begun, peak_memory_mb())
"""


def run() -> Iterator[Figure]:
    """Characters a second by length, what the longest costs a character against the middling one, and its memory."""
    speeds = {}
    for length in _LENGTHS:
        told = subprocess.run([sys.executable, "-c", _ONE, str(length)], capture_output=True, check=True, text=True)
        seconds, memory = map(float, told.stdout.split())
        speeds[length] = length / seconds
        yield Figure(f"duban extract: a document of {length:,} characters", speeds[length] / 1000, "kchar/s")
    yield Figure(
        "600,000 characters against 10,000, a character", speeds[600_000] / speeds[10_000], "times", at_least=0.7
    )
    yield Figure("memory of a worker, 600,000 characters", memory, "MB")
    yield Figure("400 MB against that memory", 400 / memory, "times", at_least=1)
