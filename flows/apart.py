"""Work that is done by a process of its own, and goes on when the pages are stopped."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.settings import Settings


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
