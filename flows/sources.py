"""Where documents come from: files and folders, and what was fetched from elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TEMPORARY_HEADS = (".", "~$", "~")
_TEMPORARY_TAILS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".swp", ".bak", "~")
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that comes in: where it lies, the name under which the register knows it (its path, else the address that
    it was fetched from), and what it is called there."""

    path: Path
    source: str
    name: str


def incoming(one: Path | Incoming) -> Incoming:
    """A file in a folder is known by its path."""
    return one if isinstance(one, Incoming) else Incoming(one, str(one), one.name)


def still_files(
    folder: Path,
    seconds: float,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Path]:
    """The files in a folder that are not being written: those that are the same in size and time after `seconds`.

    A file whose time is older than that is still without waiting (on a clock that went wrong, one from the future
    isn't); the others are looked at twice. A folder that can't be read (a share that isn't there) raises OSError.
    """
    os.stat(folder)  # os.walk passes over a folder that isn't there without a word
    first = {path: _state(path) for path in find_files([folder])}
    now = clock()
    fresh = {path: state for path, state in first.items() if state and now - state[1] / 1e9 < seconds}
    if fresh:
        sleep(seconds)
    return [path for path, state in first.items() if state and (path not in fresh or _state(path) == state)]


def _state(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, each once: those named, and those in the folders named, however deep, in order of name.

    In folders, hidden files, what an open editor leaves (~$答复.docx) and unfinished downloads are passed over; a file
    that is named itself is always taken, even one that isn't there: it becomes a failure with a reason.
    """
    found: dict[Path, None] = {}
    for path in paths:
        whole = Path(os.path.abspath(path))  # not resolved: a link is a file under the name that it has here
        found |= dict.fromkeys(_inside(whole) if whole.is_dir() else [whole])
    return list(found)


def is_temporary(name: str) -> bool:
    """Whether a file or folder of that name is none of the documents'.

    >>> [is_temporary(name) for name in ("~$答复.docx", ".git", "a.part", "答复.docx")]
    [True, True, True, False]
    """
    low = name.lower()
    return low.startswith(_TEMPORARY_HEADS) or low.endswith(_TEMPORARY_TAILS) or low in _LITTER


def _inside(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_temporary(name))
        yield from (Path(parent, name) for name in sorted(names) if not is_temporary(name))
