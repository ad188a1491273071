"""Long exports: written by a process of their own, one at a time, part by part; stopped between two parts.

    key = exports.start(asked)          the process `python -m flows.exporting`
    exports.state_of(key)               how far it is
    exports.file_of(key)                the file, once it is whole

A long list becomes several workbooks of VOLUME lines in one zip: each opens quickly and can come back by itself.
"""

from __future__ import annotations

import fcntl
import io
import os
import re
import secrets
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flows.apart import start_apart
from models.errors import DubanError
from models.exported import ExportAsked, ExportState

if TYPE_CHECKING:
    from flows.settings import Settings
    from models.store import Store
    from outputs.ledger import Ledger

VOLUME = 5_000
"""Lines of one workbook."""
_PART = 500  # lines that are gathered at once: what stopping waits for
_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)
_KEPT_FOR = timedelta(days=2)
_QUIET = timedelta(minutes=10)  # the longest that a workbook is written
_ASKED, _STATE, _STOP, _LOCK = "asked.json", "state.json", ".stop", ".lock"
_Kept = TypeVar("_Kept", ExportAsked, ExportState)


@dataclass(frozen=True, slots=True)
class Exports:
    """The long exports of an office."""

    settings: Settings

    @property
    def folder(self) -> Path:
        """Where they are kept, a folder each."""
        return self.settings.data_dir.absolute() / "exports"

    def start(self, asked: ExportAsked) -> str:
        """Starts to write a file; the key of the export."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(self.folder, asked.at)
        key = secrets.token_hex(8)
        folder = self.folder / key
        folder.mkdir(mode=0o700)
        _write(folder / _ASKED, asked)
        _write(folder / _STATE, ExportState(asked.total, address=asked.address))
        start_apart("flows.exporting", folder, self.settings)
        return key

    def running(self) -> int:
        """How many are written, or wait for that."""
        keys = (one.name for one in self.folder.iterdir()) if self.folder.is_dir() else ()
        return sum(found is not None and found.running for found in map(self.state_of, keys))

    def state_of(self, key: str) -> ExportState | None:
        """How far it is; None: there is no such export, or it isn't there any more."""
        folder = self.folder / key
        if not _KEY.fullmatch(key) or not (folder / _STATE).is_file():
            return None
        found = _read(folder / _STATE, ExportState)
        if not found.running:
            return found
        if (folder / _STOP).exists():
            return replace(found, stopped=True)
        heard = datetime.fromtimestamp((folder / _STATE).stat().st_mtime, UTC)
        gone = datetime.now(UTC) - heard > _QUIET
        return replace(found, trouble="很久没有动静，可能已经断掉。请再导一次") if gone else found

    def stop(self, key: str) -> None:
        """Has an export end; what was written goes."""
        if self.state_of(key):
            (self.folder / key / _STOP).touch()

    def file_of(self, key: str) -> Path | None:
        """The file, once it is whole."""
        found = self.state_of(key)
        return self.folder / key / "file" if found and found.name else None


def _clear(exports: Path, now: datetime) -> None:
    for old in exports.iterdir():
        if old.is_dir() and now.timestamp() - old.stat().st_mtime > _KEPT_FOR.total_seconds():
            shutil.rmtree(old, ignore_errors=True)


class _Ended(Exception):
    """Somebody stopped it."""


class Progress:
    """How far an export is, written where the page reads it."""

    def __init__(self, folder: Path, total: int, address: str = "/ledger") -> None:
        self._folder = folder
        self._state = ExportState(total, since=datetime.now(UTC), address=address)

    def done(self, lines: int) -> None:
        """So many lines are done. _Ended: somebody doesn't want the rest."""
        if (self._folder / _STOP).exists():
            raise _Ended
        self._state = replace(self._state, done=lines, at=datetime.now(UTC))
        _write(self._folder / _STATE, self._state)

    def ended(self, **how: Any) -> None:
        """It is there, or isn't."""
        _write(self._folder / _STATE, replace(self._state, at=datetime.now(UTC), **how))


def export(store: Store, asked: ExportAsked, folder: Path, data_dir: Path, progress: Progress) -> str:
    """Writes the file; its name. DubanError: the list changed meanwhile."""
    from flows.listing import Listing
    from outputs.ledger import Scope
    from outputs.web.asked import asked as read_asked
    from outputs.web.given import Kept

    lists = Listing(store, data_dir)
    wanted = read_asked(Kept(asked.parameters, asked.as_of, lists))
    scope = Scope(wanted.words, asked.address, asked.at, asked.site)
    at_once = VOLUME if asked.form == "xlsx" else asked.total if asked.form == "docx" else _PART
    seen: set[str] = set()

    def parts() -> Iterator[Ledger]:
        for offset in range(0, asked.total, at_once):
            progress.done(offset)
            found = lists.ledger(wanted.within, wanted.stands, wanted.sort, limit=at_once, offset=offset)
            seen.update(one.row.id for one in found.standings)
            yield replace(found, scope=scope)

    stem = f"督办台账{asked.as_of:%Y%m%d}{'（部分）' if wanted.narrowed else ''}"
    ending = _WRITERS[asked.form](folder / "part", stem, parts(), asked.total)
    if len(seen) != asked.total or lists.count(wanted.within, wanted.stands) != asked.total:
        raise DubanError("导出的时候台账变了，怕有漏的、重的，没有给出。请再导一次")
    (folder / "part").replace(folder / "file")
    return f"{stem}.{ending}"


def _workbooks(path: Path, stem: str, parts: Iterator[Ledger], total: int) -> str:
    """One workbook, or several in a zip."""
    from outputs.sheets.ledger import write_workbook

    if total <= VOLUME:
        write_workbook(next(parts), str(path))
        return "xlsx"
    number = 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as book:  # workbooks are packed already
        for one in parts:
            out, last = io.BytesIO(), number + len(one.standings) - 1
            write_workbook(one, out)
            book.writestr(f"{stem}第{number}—{last}条.xlsx", out.getvalue())
            number = last + 1
    return "zip"


def _report(path: Path, stem: str, parts: Iterator[Ledger], total: int) -> str:
    from outputs.letters.report import report

    path.write_bytes(report(next(parts)))
    return "docx"


def _table(path: Path, stem: str, parts: Iterator[Ledger], total: int) -> str:
    from outputs.sheets.ledger import write_table

    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as out:
        number = 1
        for one in parts:
            write_table(one, out, first=number)
            number += len(one.standings)
    return "csv"


_WRITERS: dict[str, Callable[[Path, str, Iterator[Ledger], int], str]] = {
    "xlsx": _workbooks,
    "docx": _report,
    "csv": _table,
}


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Waits until no other export is being written. _Ended: somebody doesn't want it any more."""
    with (folder.parent / _LOCK).open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if (folder / _STOP).exists():
                    raise _Ended from None
                os.utime(folder / _STATE)  # it is there still
                time.sleep(0.5)
        yield


def _write(path: Path, found: ExportAsked | ExportState) -> None:
    from pydantic import TypeAdapter

    beside = path.with_suffix(".new")
    beside.write_bytes(TypeAdapter(type(found)).dump_json(found))
    beside.replace(path)


def _read(path: Path, kind: type[_Kept]) -> _Kept:
    from pydantic import TypeAdapter

    return TypeAdapter(kind).validate_json(path.read_bytes())


def main(folder: Path) -> None:
    """The process: whatever goes wrong is written where the page finds it."""
    from flows.settings import load
    from models.store import open_store

    os.nice(5)  # whoever opens a page meanwhile comes first
    settings = load()
    asked = _read(folder / _ASKED, ExportAsked)
    progress = Progress(folder, asked.total, asked.address)
    try:
        with _turn(folder), open_store(settings.database) as store:
            progress = Progress(folder, asked.total, asked.address)
            progress.ended(name=export(store, asked, folder, settings.data_dir, progress))
    except _Ended:
        (folder / "part").unlink(missing_ok=True)
        progress.ended(stopped=True)
    except DubanError as error:
        progress.ended(trouble=str(error))
    except Exception as error:
        progress.ended(trouble=f"程序出错（{type(error).__name__}），详见 {folder / '.log'}")
        raise


if __name__ == "__main__":
    main(Path(sys.argv[1]))
