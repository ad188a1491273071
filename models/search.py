"""Full text behind one interface for both databases: Chinese words of any length, numbers, Latin words.

    result = search(store, "停车位 500个 -地下")
    result.total, [(hit.score, hit.text) for hit in result.hits]

SQLite answers from an FTS5 index ranked by bm25, PostgreSQL from an array index with a recheck; both look for the same
phrases of the same tokens (`models/tokens.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import Connection

from models.filters import CURRENT, Filter
from models.finding import Conditions, Found, conditions_of, count, find, is_large
from models.ids import RecordId
from models.queries import DocumentRow, documents_by_id
from models.quoting import quotations
from models.ranking import Nearness, Ranked, rank
from models.snippets import Mark, snippet
from models.store import Store
from models.terms import Asked, Cut, Match, Word, exactly, looks, read_query, told_by, understand

Meaning = Callable[[str], Nearness | None]  # a query -> how near texts are to it


class SearchKind(StrEnum):
    """What is looked for."""

    COMMITMENT = "commitment"
    DECLINED = "declined"
    REQUEST = "request"
    QUANTITY = "quantity"
    UNIT = "unit"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record found, best at a `score` near 1; what has all words scores 0.7 at least.

    `text` is its quotation (of a document: its subject or title); `marks` say where in `snippet` the words stand.
    """

    id: RecordId
    kind: SearchKind
    document: DocumentRow
    start: int
    end: int
    text: str
    snippet: str
    marks: tuple[Mark, ...]
    score: float
    match: Match


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits, best first. `exact` counts the records that have all words, `total` is never less than the hits.

    Nobody reads through MOST_COUNTED hits: only so many are looked through, and `more` says that there may be more.
    """

    total: int
    exact: int
    hits: tuple[SearchHit, ...]
    more: bool = False


MOST_COUNTED = 10_000


_CANDIDATES = 200  # entries that are looked at closely, at most for each look into the index
_ENOUGH = 120  # entries among which the best will be; with so many no weaker look is taken


def search(
    store: Store,
    query: str,
    *,
    kinds: Sequence[SearchKind] = (SearchKind.COMMITMENT,),
    limit: int = 20,
    cut: Cut | None = None,
    meaning: Meaning | None = None,
    within: Filter = CURRENT,
) -> SearchResult:
    """The records that a query finds; a query without a letter or digit finds nothing.

    What has all words (each as a phrase) comes first; then, by one score, what has their like (`cut`: a word -> its
    pieces and other words for them), what has them in the headings above it, what is near in meaning (`meaning`: a
    query -> how near texts are to it), and what has only some of them or of their characters. -word leaves out,
    “several words” stay together. `within` narrows as in the ledger.
    """
    names = tuple(kind.value for kind in kinds)
    narrowed = conditions_of(within, names)
    asked = read_query(query)
    if not asked.words:
        return SearchResult(0, 0, ())
    words = understand(asked, cut)
    with store.reading() as connection:
        exact, more = count(connection, exactly(asked), names, narrowed, MOST_COUNTED)
        found = _candidates(connection, asked, words, names, narrowed, limit)
        best = rank(words, found, meaning(" ".join(asked.words)) if meaning else None)[:limit]
        return SearchResult(max(exact, len(best)), exact, tuple(_hits(connection, words, best)), more)


def _candidates(
    connection: Connection,
    asked: Asked,
    words: tuple[Word, ...],
    names: tuple[str, ...],
    narrowed: Conditions,
    limit: int,
) -> list[Found]:
    """Entries among which the best answers are, each once, in the order in which they were saved."""
    found: dict[tuple[str, RecordId], Found] = {}
    large = is_large(connection)
    for question in (exactly(asked), *looks(words, asked.excluded, large=large)):
        if len(found) >= max(limit, _ENOUGH):
            break
        for one in find(connection, question, names, narrowed, limit=max(limit, _CANDIDATES), newest=large):
            found.setdefault((one.kind, one.record), one)
    return sorted(found.values(), key=lambda one: (one.entry, one.kind))


def _hits(connection: Connection, words: tuple[Word, ...], best: Sequence[Ranked]) -> Iterable[SearchHit]:
    texts = quotations(connection, [one.found for one in best])
    holders = documents_by_id(connection, list(dict.fromkeys(one.found.document for one in best)))
    telling = told_by(words)
    for one in best:
        found = one.found
        quoted = texts[found.kind, found.record]
        shown, marks = snippet(quoted.text, telling)
        yield SearchHit(
            id=found.record,
            kind=SearchKind(found.kind),
            document=holders[found.document],
            start=quoted.start,
            end=quoted.end,
            text=quoted.text,
            snippet=shown,
            marks=marks,
            score=round(one.score, 6),
            match=one.match,
        )
