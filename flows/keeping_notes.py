"""What is remembered of the last backup and the last drill: DATA_DIR/keeping.json.

It is a convenience, not a record: when it is lost, the next backup writes it anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.durable import settle

_FILE = "keeping.json"


def read_notes(data_dir: Path) -> dict[str, Any]:
    """`backup` and `drill`, each with its time `at` (ISO 8601 with zone) and more; empty where nothing is known."""
    try:
        notes = json.loads((data_dir / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def note(data_dir: Path, kind: str, told: Mapping[str, Any]) -> None:
    """Remembers one of them. OSError: the disk doesn't take it."""
    notes = read_notes(data_dir) | {kind: dict(told)}
    data_dir.mkdir(parents=True, exist_ok=True)
    part = data_dir / f".{_FILE}.{os.getpid()}"
    try:
        part.write_text(json.dumps(notes, ensure_ascii=False, indent=1), encoding="utf-8")
        settle(part)
        part.replace(data_dir / _FILE)
    finally:
        part.unlink(missing_ok=True)
