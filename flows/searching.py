"""The search with all that the office knows put together: its thesaurus, and meanings learned from its own texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors.meaning.thesaurus import office_thesaurus
from flows.meaning import meaning_of
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
    data_dir: Path | None = None,
) -> SearchResult:
    """The records that a query finds, also in other words than the texts': what commands and pages search with.

    `data_dir`: where `flows.meaning.learn_meaning` keeps what it learned; without it the thesaurus alone helps.
    """
    meaning = meaning_of(data_dir) if data_dir else None
    cut = office_thesaurus().cut
    return search(store, query, kinds=kinds, limit=limit, cut=cut, meaning=meaning, within=within)
