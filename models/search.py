"""Full text behind one interface for both databases: Chinese words of any length, numbers, Latin words.

    result = search(store, "停车位 500个 -地下")
    result.total, [(hit.score, hit.text) for hit in result.hits]

SQLite answers from an FTS5 index ranked by bm25, PostgreSQL from an array index with a recheck; both look for the same
phrases of the same tokens (`models/tokens.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import Connection

from models.filters import CURRENT, Filter, of_documents
from models.finding import Found, count, find
from models.ids import RecordId
from models.queries import DocumentRow, documents_by_id
from models.quoting import Quotation, quotations
from models.snippets import Mark, snippet
from models.store import Store
from models.terms import Expand, Match, Phrase, Question, questions, read_query


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
    """The hits, best first. `exact` counts the records that have all words; `total` never less than the hits."""

    total: int
    exact: int
    hits: tuple[SearchHit, ...]


# Where the scores of each way of asking begin, and how far they reach: a weaker way never overtakes a stricter one.
_BANDS = {Match.ALL: (0.7, 0.3), Match.ALIKE: (0.5, 0.2), Match.NEAR: (0.0, 0.5)}
_HALFWAY = 6.0  # the bm25 score that stands in the middle of its band


def search(
    store: Store,
    query: str,
    *,
    kinds: Sequence[SearchKind] = (SearchKind.COMMITMENT,),
    limit: int = 20,
    expand: Expand | None = None,
    within: Filter = CURRENT,
) -> SearchResult:
    """The records that a query finds; a query without a letter or digit finds nothing.

    First what has all words (each as a phrase), then, while fewer than `limit` are found, what has all words or their
    like (`expand`: a word -> other words for the same thing), then some of them or of their parts. -word leaves out,
    “several words” stay together. `within` narrows the documents.
    """
    narrowed = of_documents(within) if within != CURRENT else []
    names = tuple(kind.value for kind in kinds)
    with store.reading() as connection:
        hits: list[SearchHit] = []
        exact = 0
        for question in questions(read_query(query), expand):
            if question.match is Match.ALL:
                exact = count(connection, question, names, narrowed)
            if len(hits) >= limit:
                break
            taken = {(hit.kind.value, hit.id) for hit in hits}
            found = find(connection, question, names, narrowed, limit=limit)
            fresh = [one for one in found if (one.kind, one.record) not in taken]
            hits += _hits(connection, question, fresh[: limit - len(hits)])
    return SearchResult(max(exact, len(hits)), exact, tuple(hits))


def _hits(connection: Connection, question: Question, found: Sequence[Found]) -> Iterable[SearchHit]:
    texts = quotations(connection, found)
    holders = documents_by_id(connection, [one.document for one in found])
    phrases = tuple(phrase for group in question.groups for phrase in group)
    return [_hit(one, texts[one.kind, one.record], holders[one.document], phrases, question.match) for one in found]


def _hit(found: Found, quoted: Quotation, holder: DocumentRow, phrases: tuple[Phrase, ...], match: Match) -> SearchHit:
    start, width = _BANDS[match]
    shown, marks = snippet(quoted.text, phrases)
    return SearchHit(
        id=found.record,
        kind=SearchKind(found.kind),
        document=holder,
        start=quoted.start,
        end=quoted.end,
        text=quoted.text,
        snippet=shown,
        marks=marks,
        score=round(start + width * found.weight / (found.weight + _HALFWAY), 6),
        match=match,
    )
