"""Writing the ledger out: whole files or none."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path

from outputs.exchange import ledger_record
from outputs.ledger import Ledger
from outputs.sheets.ledger import write_table, write_workbook


def write_ledger(ledger: Ledger, format: str, output: Path | None) -> None:
    """Writes the ledger as json, csv or xlsx, to a file or (json, csv) to standard output. OSError when it can't."""
    if output is None:
        sys.stdout.buffer.write(_bytes(ledger, format))
        sys.stdout.buffer.flush()
        return
    # Beside its place first, so that a broken-off export never leaves half a ledger under the ledger's name.
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=".", suffix=output.suffix)
    os.close(descriptor)
    try:
        if format == "xlsx":
            write_workbook(ledger, name)
        else:
            Path(name).write_bytes(_bytes(ledger, format))
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _bytes(ledger: Ledger, format: str) -> bytes:
    """The ledger as UTF-8; a plain table with the mark by which spreadsheets know that it is UTF-8."""
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
