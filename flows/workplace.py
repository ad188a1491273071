"""A folder for work that must come out whole or not at all: what a killed process left is cleared by the next one."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.errors import KeepingFailed

ENDING = ".unfinished"


@contextmanager
def workplace(folder: Path, name: str) -> Iterator[Path]:
    """An empty folder `.name.unfinished` inside `folder`, gone at the end. KeepingFailed: somebody works there now.

    It is locked by the process that uses it; the lock goes with the process, however it ends.
    """
    place = folder / f".{name}{ENDING}"
    folder.mkdir(parents=True, exist_ok=True)
    place.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(place, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KeepingFailed(f"{place} 正有人在用；等它做完") from error
        except OSError:  # a network share without locks
            pass
        _empty(place)
        try:
            yield place
        finally:
            with suppress(OSError):
                shutil.rmtree(place)
    finally:
        os.close(lock)


def clear_unfinished(folder: Path) -> None:
    """Removes what killed processes left in a folder."""
    for place in folder.glob(f".*{ENDING}"):
        with suppress(OSError, KeepingFailed), workplace(folder, place.name[1 : -len(ENDING)]):
            pass


def _empty(place: Path) -> None:
    for one in place.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()
