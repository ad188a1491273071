"""What the pages need and can't reach: things that flows put together from extractors, settings and the store.

`flows/serve.py` implements it. A page that needs another thing adds a method here and there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from models.filters import CURRENT, Filter, Sort
from models.search import SearchKind, SearchResult
from outputs.ledger import Ledger, Standing


class Actions(Protocol):
    """What the office's pages ask of the rest of the program."""

    def standings(self, as_of: date, wanted: Filter = CURRENT, sort: Sort = Sort.DOCUMENT) -> tuple[Standing, ...]:
        """The promises that a filter finds, as they stand on a day."""

    def waiting(self, as_of: date) -> list[Standing]:
        """What a person should look at, most urgent first."""

    def gather(self, as_of: date) -> Ledger:
        """Everything that is current, as it stands on a day."""

    def search(
        self, query: str, kinds: Sequence[SearchKind], *, limit: int = 50, within: Filter = CURRENT
    ) -> SearchResult:
        """The records that a query finds, also in other words than the texts'."""
