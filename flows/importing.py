"""Large ledgers that come back: read, and looked for line by line, by a process of their own that can be stopped.

key = imports.read(content, name, …)            the uploaded file
key = imports.look_for(of, read_as, …)          the lines of another office's ledger, in ours
imports.state_of(key).name                      where to go on, once it is done
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.apart import Apart, Progress, carry_out
from models.apart import WorkState
from models.foreign import ReadAs

if TYPE_CHECKING:
    from flows.settings import Settings

_FILE = "file.xlsx"


@dataclass(frozen=True, slots=True)
class ImportAsked:
    """A file to read (`of` is empty), or an uploaded ledger of another office whose lines are to be looked for."""

    name: str
    as_of: date
    at: datetime
    of: str = ""
    read_as: ReadAs | None = None


@dataclass(frozen=True, slots=True)
class Imports:
    """What large ledgers are read by."""

    settings: Settings

    @property
    def _apart(self) -> Apart:
        return Apart(self.settings, "importing", "flows.importing")

    def read(self, content: bytes, name: str, as_of: date, now: datetime) -> str:
        """Starts to read an uploaded workbook; the key of the work."""
        asked = ImportAsked(name, as_of, now)
        return self._apart.start(asked, WorkState(0, address="/ledger/import"), now, {_FILE: content})

    def look_for(self, of: str, name: str, read_as: ReadAs, lines: int, as_of: date, now: datetime) -> str:
        """Starts to look for the lines of an uploaded ledger; the key of the work."""
        state = WorkState(lines, address=f"/ledger/import/{of}/columns")
        return self._apart.start(ImportAsked(name, as_of, now, of, read_as), state, now)

    def running(self) -> int:
        """How many are read, or wait for that."""
        return self._apart.running()

    def state_of(self, key: str) -> WorkState | None:
        """How far it is; None: there is no such work, or it isn't there any more."""
        return self._apart.state_of(key)

    def stop(self, key: str) -> None:
        """Has it end; nothing is kept of it."""
        self._apart.stop(key)


def main(folder: Path) -> None:
    """The process."""
    from flows.returning import shelf_of
    from flows.settings import load
    from models.store import open_store

    settings = load()

    def do(asked: ImportAsked, progress: Progress) -> str:
        with open_store(settings.database) as store:
            shelf = shelf_of(store, settings)
            if asked.read_as is not None:
                shelf.read_by(asked.of, asked.read_as, asked.as_of, progress.done)
                return f"/ledger/import/{asked.of}"
            key = shelf.take(folder / _FILE, asked.name, asked.at, progress.done)
            return f"/ledger/import/{key}{'/columns' if shelf.foreign(key) else ''}"

    try:
        carry_out(folder, ImportAsked, do)
    finally:
        (folder / _FILE).unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
