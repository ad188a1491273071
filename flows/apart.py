"""Work that is done by a process of its own, and goes on when the pages are stopped.

key = work.start(asked, state, now)     a folder of its own, and the process `python -m module folder`
work.state_of(key), work.stop(key)      how far it is; it ends at the next step
carry_out(folder, Asked, do)            what the process does: waits its turn, works, writes what came of it
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from models.apart import WorkState
from models.errors import DubanError

if TYPE_CHECKING:
    from flows.settings import Settings

_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)
_KEPT_FOR = timedelta(days=2)
_QUIET = timedelta(minutes=10)  # the longest that one step takes: a workbook is written, or read
_ASKED, _STATE, _STOP, _LOCK = "asked.json", "state.json", ".stop", ".lock"
_Asked = TypeVar("_Asked")


def start_apart(module: str, folder: Path, settings: Settings) -> None:
    """Starts `python -m module folder` for the same office; what it prints stands in the folder's `.log`."""
    where = {"DUBAN_DATA_DIR": str(settings.data_dir.absolute()), "DUBAN_DATABASE_URL": settings.database_url}
    with (folder / ".log").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(folder)],
            env={**os.environ, **where},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()  # so that it doesn't stay behind as a zombie


@dataclass(frozen=True, slots=True)
class Apart:
    """The work of one kind: a folder each, below `folder`, done by `module` one after the other."""

    settings: Settings
    name: str
    module: str

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self.settings.data_dir.absolute() / self.name

    def start(self, asked: object, state: WorkState, now: datetime, files: Mapping[str, bytes] | None = None) -> str:
        """Has it begun, with these files beside; the key of the work."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(self.folder, now)
        key = secrets.token_hex(8)
        folder = self.folder / key
        folder.mkdir(mode=0o700)
        for name, content in (files or {}).items():
            (folder / name).write_bytes(content)
        _write(folder / _ASKED, asked)
        _write(folder / _STATE, state)
        start_apart(self.module, folder, self.settings)
        return key

    def running(self) -> int:
        """How much is done, or waits for that."""
        keys = (one.name for one in self.folder.iterdir()) if self.folder.is_dir() else ()
        return sum(found is not None and found.running for found in map(self.state_of, keys))

    def state_of(self, key: str) -> WorkState | None:
        """How far it is; None: there is no such work, or it isn't there any more."""
        folder = self.folder / key
        if not _KEY.fullmatch(key) or not (folder / _STATE).is_file():
            return None
        found = _read(folder / _STATE, WorkState)
        if not found.running:
            return found
        if (folder / _STOP).exists():
            return replace(found, stopped=True)
        heard = datetime.fromtimestamp((folder / _STATE).stat().st_mtime, UTC)
        gone = datetime.now(UTC) - heard > _QUIET
        return replace(found, trouble="很久没有动静，可能已经断掉。请再做一次") if gone else found

    def stop(self, key: str) -> None:
        """Has it end."""
        if self.state_of(key):
            (self.folder / key / _STOP).touch()


def _clear(kept: Path, now: datetime) -> None:
    for old in kept.iterdir():
        if old.is_dir() and now.timestamp() - old.stat().st_mtime > _KEPT_FOR.total_seconds():
            shutil.rmtree(old, ignore_errors=True)


class Ended(Exception):
    """Somebody stopped it."""


class Progress:
    """How far the work of a folder is, written where the page reads it."""

    def __init__(self, folder: Path, state: WorkState) -> None:
        self._folder = folder
        self._state = replace(state, since=datetime.now(UTC))

    def done(self, lines: int, total: int | None = None) -> None:
        """So many lines are done. Ended: somebody doesn't want the rest."""
        if (self._folder / _STOP).exists():
            raise Ended
        self._state = replace(self._state, done=lines, total=total or self._state.total, at=datetime.now(UTC))
        _write(self._folder / _STATE, self._state)

    def ended(self, **how: Any) -> None:
        """It is there, or isn't."""
        _write(self._folder / _STATE, replace(self._state, at=datetime.now(UTC), **how))


def carry_out(folder: Path, kind: type[_Asked], do: Callable[[_Asked, Progress], str]) -> None:
    """Does the work of a folder in this process: whatever goes wrong is written where the page finds it."""
    os.nice(5)  # whoever opens a page meanwhile comes first
    state = _read(folder / _STATE, WorkState)
    progress = Progress(folder, state)
    try:
        asked = _read(folder / _ASKED, kind)
        with _turn(folder):
            progress = Progress(folder, state)
            progress.ended(name=do(asked, progress))
    except Ended:
        progress.ended(stopped=True)
    except DubanError as error:
        progress.ended(trouble=str(error))
    except Exception as error:
        progress.ended(trouble=f"程序出错（{type(error).__name__}），详见 {folder / '.log'}")
        raise


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Waits until no other work of this kind is done. Ended: somebody doesn't want it any more."""
    with (folder.parent / _LOCK).open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if (folder / _STOP).exists():
                    raise Ended from None
                os.utime(folder / _STATE)  # it is there still
                time.sleep(0.5)
        yield


def _write(path: Path, found: object) -> None:
    from pydantic import TypeAdapter

    beside = path.with_suffix(".new")
    beside.write_bytes(TypeAdapter(type(found)).dump_json(found))
    beside.replace(path)


def _read(path: Path, kind: type[_Asked]) -> _Asked:
    from pydantic import TypeAdapter

    return TypeAdapter(kind).validate_json(path.read_bytes())
