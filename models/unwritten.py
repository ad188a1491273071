"""A database that nobody has written to: what migrations alone put into it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from models.engine import open_engine, reading


@contextmanager
def look_at_new() -> Iterator[Connection]:
    """One look at a new embedded database, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/new.db")
        try:
            with reading(engine) as connection:
                yield connection
        finally:
            engine.dispose()
