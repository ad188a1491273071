"""Writing what people take away: the ledger, the report, the letters; whole files or none."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from outputs.exchange import ledger_record
from outputs.ledger import Ledger
from outputs.sheets.ledger import write_table, write_workbook

if TYPE_CHECKING:
    from outputs.letters.reminders import Reminder


def write_ledger(ledger: Ledger, format: str, output: Path | None) -> None:
    """Writes the ledger as json, csv, xlsx or (the report) docx, to a file or (json, csv) to standard output.

    OSError when it can't.
    """
    if output is None:
        sys.stdout.buffer.write(_bytes(ledger, format))
        sys.stdout.buffer.flush()
    elif format == "xlsx":
        write_whole(output, partial(write_workbook, ledger))
    else:
        write_whole(output, partial(_put, _bytes(ledger, format)))


def write_text(text: str, output: Path | None) -> None:
    """Writes a text to a file, or to standard output. OSError when it can't."""
    content = text.encode("utf-8", "backslashreplace")
    if output is not None:
        write_whole(output, partial(_put, content))
        return
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_letters(
    ledger: Ledger, folder: Path, *, report_by: date, within: int, unit: str | None, overwrite: bool
) -> list[Reminder]:
    """Writes a draft a unit into the folder. OSError when it can't; FileExistsError names a draft that stands there
    already, and then none is written: somebody may have worked on it."""
    from outputs.letters.reminders import reminders

    found = list(reminders(ledger, report_by=report_by, within=within, unit=unit))
    if found:
        folder.mkdir(parents=True, exist_ok=True)
    if not overwrite:
        _refuse_to_overwrite(folder / one.name for one in found)
    for one in found:
        write_whole(folder / one.name, partial(_put, one.content))
    return found


def _refuse_to_overwrite(files: Iterable[Path]) -> None:
    standing = next((file for file in files if file.exists()), None)
    if standing:
        raise FileExistsError(None, "已经有这个文件", str(standing))


def _put(content: bytes, name: str) -> None:
    Path(name).write_bytes(content)


def write_whole(output: Path, write: Callable[[str], object]) -> None:
    """Writes beside the file's place first: an export that breaks off never leaves half a ledger under its name."""
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=".", suffix=output.suffix)
    os.close(descriptor)
    try:
        write(name)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _bytes(ledger: Ledger, format: str) -> bytes:
    """The ledger as UTF-8; a plain table with the mark by which spreadsheets know that it is UTF-8."""
    if format == "docx":
        from outputs.letters.report import report

        return report(ledger)
    if format == "json":
        text = json.dumps(ledger_record(ledger), ensure_ascii=False, indent=1) + "\n"
        return text.encode("utf-8", "backslashreplace")
    table = io.StringIO(newline="")
    write_table(ledger, table)
    return table.getvalue().encode("utf-8-sig")


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
