"""Long exports: written by a process of their own, one at a time, part by part; stopped between two parts.

    key = exports.start(asked)          the process `python -m flows.exporting`
    exports.state_of(key)               how far it is
    exports.file_of(key)                the file, once it is whole

A long list becomes several workbooks of VOLUME lines in one zip: each opens quickly and can come back by itself.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.apart import Apart, Progress, carry_out
from models.apart import WorkState
from models.errors import DubanError
from models.exported import ExportAsked

if TYPE_CHECKING:
    from flows.settings import Settings
    from models.store import Store
    from outputs.ledger import Ledger

VOLUME = 5_000
"""Lines of one workbook."""
_PART = 500  # lines that are gathered at once: what stopping waits for


@dataclass(frozen=True, slots=True)
class Exports:
    """The long exports of an office."""

    settings: Settings

    @property
    def _apart(self) -> Apart:
        return Apart(self.settings, "exports", "flows.exporting")

    def start(self, asked: ExportAsked) -> str:
        """Starts to write a file; the key of the export."""
        return self._apart.start(asked, WorkState(asked.total, address=asked.address), asked.at)

    def running(self) -> int:
        """How many are written, or wait for that."""
        return self._apart.running()

    def state_of(self, key: str) -> WorkState | None:
        """How far it is; None: there is no such export, or it isn't there any more."""
        return self._apart.state_of(key)

    def stop(self, key: str) -> None:
        """Has an export end; what was written goes."""
        self._apart.stop(key)

    def file_of(self, key: str) -> Path | None:
        """The file, once it is whole."""
        found = self.state_of(key)
        return self._apart.folder / key / "file" if found and found.name else None


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


def main(folder: Path) -> None:
    """The process."""
    from flows.settings import load
    from models.store import open_store

    settings = load()

    def do(asked: ExportAsked, progress: Progress) -> str:
        with open_store(settings.database) as store:
            return export(store, asked, folder, settings.data_dir, progress)

    try:
        carry_out(folder, ExportAsked, do)
    finally:
        (folder / "part").unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
