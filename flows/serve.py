"""The office's pages, put together and run: settings, the store, and what pages ask of the rest of the program."""

from __future__ import annotations

import ipaddress
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flows.exporting import Exports
from flows.importing import Imports
from flows.ledger import gather, standings
from flows.listing import Listing
from flows.returning import Shelf, shelf_of
from flows.reviewing import waiting
from flows.searching import search_in
from flows.settings import Settings
from flows.uploaded import Uploads
from models.errors import UnreadableDocument
from models.filters import CURRENT, Filter, Sort
from models.logins import Limits
from models.passwords import Policy
from models.search import SearchKind, SearchResult
from models.store import Store
from outputs.ledger import Ledger, Standing
from outputs.web.app import create_app
from outputs.web.settings import WebSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from models.appraisal import Appraisal
    from models.extraction import Extraction


@dataclass(frozen=True, slots=True)
class OfficeActions:
    """What pages ask for (`outputs.web.actions.Actions`), on one store."""

    store: Store
    data_dir: Path
    lists: Listing
    returns: Shelf
    intake: Uploads
    exports: Exports
    imports: Imports
    settings: Settings

    def standings(self, as_of: date, wanted: Filter = CURRENT, sort: Sort = Sort.DOCUMENT) -> tuple[Standing, ...]:
        """The promises that a filter finds, as they stand on a day."""
        return standings(self.store, as_of, wanted, sort)

    def waiting(self, as_of: date) -> list[Standing]:
        """What a person should look at, most urgent first."""
        return waiting(self.store, as_of)

    def gather(self, as_of: date) -> Ledger:
        """Everything that is current, as it stands on a day."""
        return gather(self.store, as_of)

    def appraise(self, reply: tuple[str, bytes], item: tuple[str, bytes] | None) -> Appraisal:
        """A draft reply (name, content) looked through, beside what it answers. UnreadableDocument."""
        from extractors.appraisal import appraise

        return appraise(self._extracted(*reply), self._extracted(*item) if item else None)

    def _extracted(self, name: str, content: bytes) -> Extraction:
        """What a file that isn't kept says. It is read in a worker process; UnreadableDocument."""
        from extractors.pipeline import extract
        from flows.reading import read_document

        ending = re.sub(r"[^.A-Za-z0-9]", "", Path(name).suffix)[:8]
        with tempfile.TemporaryDirectory(prefix="duban-") as folder:
            path = Path(folder) / f"draft{ending}"
            path.write_bytes(content)
            document = read_document(path, self.settings)
        if isinstance(document, UnreadableDocument):
            raise document
        return extract(document)

    def search(
        self, query: str, kinds: Sequence[SearchKind], *, limit: int = 50, within: Filter = CURRENT
    ) -> SearchResult:
        """The records that a query finds."""
        return search_in(self.store, query, kinds=kinds, limit=limit, within=within, data_dir=self.data_dir)


def office_app(store: Store, settings: Settings, web: WebSettings | None = None) -> FastAPI:
    """The pages on a store; `web` in place of what the settings say of the pages."""
    actions = OfficeActions(
        store,
        settings.data_dir,
        Listing(store, settings.data_dir),
        shelf_of(store, settings),
        Uploads(settings),
        Exports(settings),
        Imports(settings),
        settings,
    )
    return create_app(store, actions, web or web_settings(settings))


def web_settings(settings: Settings) -> WebSettings:
    """What the pages need of the settings."""
    return WebSettings(
        clock=lambda: datetime.now(UTC),
        zone=ZoneInfo(settings.timezone),
        version=version("duban"),
        https=settings.web_https,
        hosts=settings.web_hosts,
        policy=Policy(settings.web_passwords),
        limits=Limits(timedelta(minutes=settings.web_idle_minutes), timedelta(hours=settings.web_session_hours)),
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
