"""What is written is on the disk before anybody is told so."""

from __future__ import annotations

import os
from pathlib import Path


def settle(path: Path) -> None:
    """Waits until a file, or a folder's list of names, is on the disk. OSError: it isn't."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
