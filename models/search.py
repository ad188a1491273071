"""Full text behind one interface for both databases: Chinese words of any length, numbers, Latin words.

    result = search(store, "停车位 500个 -地下")
    result.total, [(hit.score, hit.text) for hit in result.hits]

SQLite answers from an FTS5 index ranked by bm25, PostgreSQL from an array index with a recheck; both look for the same
phrases of the same tokens (`models/tokens.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.engine import Connection

from models.facts import Facts, asked_of, documents_with
from models.filters import CURRENT, Filter
from models.finding import Conditions, Found, conditions_of, count, find, is_large
from models.ids import RecordId
from models.narrowing import Among, Pool, answers, names_few, pool, pool_of
from models.queries import DocumentRow, documents_by_id
from models.quoting import quotations
from models.ranking import Nearness, Ranked, rank
from models.snippets import Mark, snippet
from models.store import Store
from models.terms import Asked, Cut, Match, Phrase, Question, Word, exactly, looks, read_query, told_by, understand

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


MOST_COUNTED = 1_000
_MOST_ASKED = 1_000  # of so many the records themselves are asked what the index doesn't know


_MOST_HELD = (
    12_000  # documents that PostgreSQL holds against the words; where more fit, the newest answers are found soon
)
_READ_THROUGH = 60  # documents whose sentences are read through
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
    asked = read_query(query)
    if not asked.words:
        return SearchResult(0, 0, ())
    words = understand(asked, cut)
    with store.reading() as connection:
        index = _index(connection, within, names)
        found, exact, more = _candidates(index, asked, words, limit)
        best = rank(words, found, meaning(" ".join(asked.words)) if meaning else None)[:limit]
        return SearchResult(max(exact, len(best)), exact, tuple(_hits(connection, words, best)), more)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The database's own index, of which a filter leaves in some entries."""

    connection: Connection
    kinds: tuple[str, ...]
    narrowed: Conditions
    facts: Facts
    large: bool

    @property
    def ends_early(self) -> bool:
        """Whether a question that many answer is answered as soon as the newest are there: PostgreSQL gathers all."""
        return self.large and self.connection.dialect.name == "sqlite"

    def find(self, question: Question, limit: int) -> list[Found]:
        """The likeliest that answer; of a large index the newest."""
        asked = (self.connection, question, self.kinds, self.narrowed)
        return find(*asked, limit=limit, newest=self.large, facts=self.facts)

    def count(self, question: Question, most: int) -> tuple[int, bool]:
        """How many answer, and whether there may be more."""
        looked_at = min(most, _MOST_ASKED) if self.narrowed else most
        return count(self.connection, question, self.kinds, self.narrowed, looked_at, self.facts)


def _index(connection: Connection, within: Filter, kinds: tuple[str, ...]) -> _Whole | Among | Pool:
    """What is asked: of a large index what it knows of documents itself, or the few that a filter leaves in."""
    if not is_large(connection):
        return _Whole(connection, kinds, conditions_of(within, kinds), (), large=False)
    facts, rest = asked_of(connection, within, kinds)
    few = None if facts and not names_few(within) else pool(connection, within, kinds)
    if few:
        return few
    if facts and connection.dialect.name == "postgresql":
        return _among_documents(connection, within, rest, facts, kinds)
    return _Whole(connection, kinds, conditions_of(rest, kinds, large=True), facts, large=True)


def _among_documents(
    connection: Connection, within: Filter, rest: Filter, facts: Facts, kinds: tuple[str, ...]
) -> _Whole | Among | Pool:
    """What PostgreSQL is asked: which documents fit, which it then holds against the words; all where they are many."""
    held = documents_with(connection, facts, _MOST_HELD)
    if held is None:
        return _Whole(connection, kinds, conditions_of(within, kinds, large=True), (), large=True)
    narrowed = conditions_of(rest, kinds, large=True)
    if len(held) <= _READ_THROUGH:
        return pool_of(connection, held, narrowed, kinds)
    return Among(connection, kinds, narrowed, tuple(held))


def _candidates(
    index: _Whole | Among | Pool, asked: Asked, words: tuple[Word, ...], limit: int
) -> tuple[list[Found], int, bool]:
    """Entries among which the best answers are, each once, in the order in which they were saved; how many have all
    words, and whether there may be more."""
    most = max(limit, _CANDIDATES)
    questions = tuple(looks(words, asked.excluded, large=index.large))
    widest = index.find(questions[0], most) if index.ends_early and len(words) > 1 else None
    first = _first(index, exactly(asked), widest, most)
    exact, more = (len(first), False) if len(first) < most else _counted(index, asked, len(first))
    found = {(one.kind, one.record): one for one in first}
    whole = exactly(asked) if len(first) < most else None  # the last question that was answered in full
    for question in questions:
        if len(found) >= max(limit, _ENOUGH):
            break
        if whole is not None and whole in (question, replace(question, wide=True)):
            continue  # what stands in the sentence alone was among what stands there or above
        there = widest if widest is not None and question is questions[0] else index.find(question, most)
        whole = question if len(there) < most else None
        for one in there:
            found.setdefault((one.kind, one.record), one)
    return sorted(found.values(), key=lambda one: (one.entry, one.kind)), exact, more


def _first(index: _Whole | Among | Pool, exact: Question, widest: list[Found] | None, most: int) -> list[Found]:
    """Entries that have all words as typed: where all that have their like are known, they are among these."""
    if widest is not None and len(widest) < most:
        return [one for one in widest if answers(one, exact)]
    return index.find(exact, most)


def _counted(index: _Whole | Among | Pool, asked: Asked, there: int) -> tuple[int, bool]:
    """How many have all words, of which `there` were found, and whether there may be more."""
    exact, more = index.count(exactly(asked), MOST_COUNTED)
    return max(exact, there), more


def _telling(words: tuple[Word, ...], best: Sequence[Ranked]) -> tuple[Phrase, ...]:
    """Phrases that show why these were found; of those in Chinese only what stands in one of them."""
    held = " | ".join(one.found.tokens for one in best)
    return tuple(
        phrase for phrase in told_by(words) if any(token.isascii() for token in phrase) or " ".join(phrase) in held
    )


def _hits(connection: Connection, words: tuple[Word, ...], best: Sequence[Ranked]) -> Iterable[SearchHit]:
    texts = quotations(connection, [one.found for one in best])
    holders = documents_by_id(connection, list(dict.fromkeys(one.found.document for one in best)))
    telling = _telling(words, best)
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
