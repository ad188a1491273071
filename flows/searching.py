"""The search with all that the office knows put together: its thesaurus, and meanings learned from its own texts."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.meaning.thesaurus import office_thesaurus
from models.filters import CURRENT, Filter
from models.search import SearchKind, SearchResult, search
from models.store import Store


def search_in(
    store: Store,
    query: str,
    *,
    kinds: Sequence[SearchKind] = (SearchKind.COMMITMENT,),
    limit: int = 20,
    within: Filter = CURRENT,
) -> SearchResult:
    """The records that a query finds, also in other words than the texts': what commands and pages search with."""
    return search(store, query, kinds=kinds, limit=limit, cut=office_thesaurus().cut, within=within)
