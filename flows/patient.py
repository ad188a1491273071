"""What the doctor looks at: the settings, the time, and the database as far as it opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.settings import Settings
from models.engine import asking, schema_of, unopened_engine
from models.errors import DubanError
from models.store import Store
from models.tables import SCHEMA


@dataclass(slots=True)
class Patient:
    """The database is never made and never brought up to date: `store` is None unless its schema is ours."""

    settings: Settings
    now: datetime
    schema: str | None = None
    trouble: str = ""
    _engine: Engine | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if not self.exists:
            return
        try:
            self._engine = unopened_engine(self.settings.database)
            with asking(self._engine), self._engine.connect() as connection:
                self.schema = schema_of(connection)
        except DubanError as error:
            self.trouble = str(error)

    @property
    def file(self) -> Path | None:
        """The embedded database's file; None of a server's."""
        url = sa.make_url(self.settings.database)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    @property
    def exists(self) -> bool:
        """Whether there is a database; of a server's it is assumed."""
        return self.file is None or self.file.is_file()

    @property
    def store(self) -> Store | None:
        """The store, where it can be used as it is."""
        return Store(self._engine) if self._engine is not None and self.schema == SCHEMA else None

    def close(self) -> None:
        """Gives back the connections."""
        if self._engine is not None:
            self._engine.dispose()
