"""Which documents are worth holding against each other: a promise and its evidence share words.

What can't concern a document, by its place, its day or its kind, is left out first. What remains is mostly a few
hundred documents, whose sentences are looked through one by one; of more the full-text index is asked. Either only
narrows: what is found about two documents is decided by those two alone.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from heapq import nlargest
from itertools import combinations
from math import log

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.documents import Identity, Kind
from models.finding import count, holders, is_large
from models.ids import DocumentId
from models.places import significant
from models.tables import documents, search_entries, search_records
from models.terms import Phrase, Question
from models.tokens import split

EVIDENCE = tuple(Kind)  # also what is classed as a suggestion: a report on how suggestions were handled may be
_HITS_A_DOCUMENT = 12  # records looked at for each document wanted: a good letter answers with several of its sentences
_BY_HAND = 1_500  # documents whose sentences are looked through one by one; more are left to the index
_AT_ONCE = 100  # documents asked for in one question
_KEPT = 3_000  # documents whose sentences stay at hand
_KEPT_COUNTS = 20_000
_COMMON = 2_000  # entries: a word that so many have tells nothing of where to look
_HITS = 8_000  # entries that one question to a large index may have
_TOGETHER = 24  # pairs of common words that are asked for in their place
_ELSEWHERE = 4  # one place in so many is for documents that don't say where they speak
_SATURATION, _TO_LENGTH = 1.2, 0.75  # of BM25, as SQLite's index has them

_Conditions = list[sa.ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: documents that share words with a passage of `near`'s document.

    `words`: a few of each passage (or promise). `records`: what is looked through ("commitment", "unit", "quantity").
    """

    near: Identity
    words: Sequence[Sequence[str]]
    records: tuple[str, ...]
    kinds: tuple[Kind, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a document, one in a line, as rows of tokens (`spaced`) and run together (`close`), with how
    many tokens each has."""

    spaced: str
    close: str
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, rows: str) -> _Sentences:
        """From the index's rows of a document: a line a sentence, tokens divided by blanks."""
        lines = rows.split("\n") if rows else []
        lengths = tuple(line.count(" ") + 1 for line in lines)
        return cls(f" {rows} ".replace("\n", " \n "), rows.replace(" ", ""), lengths)

    def words_by_line(self, words: Sequence[_Spelled]) -> Mapping[int, list[_Spelled]]:
        """The words that each sentence has of some, by its line; sentences that have none are left out."""
        found: dict[int, list[_Spelled]] = defaultdict(list)
        for word in words:
            text, spelled = (self.close, word.close) if word.close else (self.spaced, word.spaced)
            at = text.find(spelled)
            line = first = 0
            while at >= 0:
                line += text.count("\n", first, at)
                found[line].append(word)
                first = text.find("\n", at)
                at = text.find(spelled, first) if first >= 0 else -1
        return found


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A phrase as it stands in a row of tokens; run together where it is of Han characters alone, each of which is a
    token, so that it stands nowhere else."""

    spaced: str
    close: str

    @classmethod
    def of(cls, phrase: Phrase) -> _Spelled:
        alone = all(len(token) == 1 and not token.isascii() for token in phrase)
        return cls(f" {' '.join(phrase)} ", "".join(phrase) if alone else "")


@dataclass(slots=True)
class Lookup:
    """Looks for candidates during one run, and remembers what is asked again and again."""

    _sentences: OrderedDict[tuple[DocumentId, tuple[str, ...]], _Sentences] = field(default_factory=OrderedDict)
    _common: dict[tuple[Phrase, ...], int] = field(default_factory=dict)

    def later(self, connection: Connection, wanted: Wanted) -> list[DocumentId]:
        """Documents of the same day or later, or without one; the likeliest first."""
        day = wanted.near.date
        return self._alike(connection, wanted, [_day() >= day] if day else [])

    def earlier(self, connection: Connection, wanted: Wanted) -> list[DocumentId]:
        """Documents of the same day or earlier, or without one; the likeliest first."""
        day = wanted.near.date
        return self._alike(connection, wanted, [_day() <= day] if day else [])

    def of_the_office(self, connection: Connection, wanted: Wanted, *, before: bool) -> list[DocumentId]:
        """Those that the same office wrote in earlier years (`before`), or in later ones; the likeliest first."""
        asked = _of_the_office(wanted.near, before=before)
        return self._alike(connection, wanted, asked, dated=True) if asked else []

    def _alike(
        self, connection: Connection, wanted: Wanted, of_day: _Conditions, *, dated: bool = False
    ) -> list[DocumentId]:
        passages = [found for words in wanted.words if (found := _phrases(words))]
        if not passages:
            return []
        when = of_day if dated or not of_day else [sa.or_(documents.c.date.is_(None), *of_day)]
        asked = [documents.c.current, documents.c.kind.in_(wanted.kinds), *when]
        near, nowhere = _of_place(wanted.near)
        placed = _ids(connection, asked, near)
        unplaced = _ids(connection, asked, nowhere) if nowhere else []
        if placed is not None and unplaced is not None and len(placed) + len(unplaced) <= _BY_HAND:
            return self._by_hand(connection, passages, wanted, sorted({*placed, *unplaced}))
        mine = self._among(connection, passages, wanted, placed, [*asked, sa.or_(*near)])
        others = self._among(connection, passages, wanted, unplaced, [*asked, *nowhere])
        share = wanted.limit - min(len(others), wanted.limit // _ELSEWHERE)
        return list(dict.fromkeys((*mine[:share], *others, *mine)))[: wanted.limit]

    def _among(
        self,
        connection: Connection,
        passages: Sequence[tuple[Phrase, ...]],
        wanted: Wanted,
        few: list[DocumentId] | None,
        asked: _Conditions,
    ) -> list[DocumentId]:
        """The likeliest of `few` documents, or, where they are many (None), of those that the index names."""
        if few is not None:
            return self._by_hand(connection, passages, wanted, few)
        question = self._question(connection, passages, wanted.records)
        if question is None:
            return []
        holder = documents.c.id == search_records.c.document_id
        most = wanted.limit * _HITS_A_DOCUMENT
        return holders(connection, question, wanted.records, [holder, *asked], limit=most)[: wanted.limit]

    def _by_hand(
        self,
        connection: Connection,
        passages: Sequence[tuple[Phrase, ...]],
        wanted: Wanted,
        few: Sequence[DocumentId],
    ) -> list[DocumentId]:
        """The documents with the likeliest sentences, weighed as the index would weigh them."""
        held = self._rows(connection, few, wanted.records)
        spelled = [_Spelled.of(phrase) for phrase in _each(passages)]
        hits = {name: held[name].words_by_line(spelled) for name in few}
        seen = Counter(word for by_line in hits.values() for words in by_line.values() for word in words)
        lengths = [length for name in few for length in held[name].lengths]
        usual = sum(lengths) / (len(lengths) or 1)
        rarity = {word: log((len(lengths) + 0.5) / (times + 0.5) + 1) for word, times in seen.items()}
        best: dict[DocumentId, float] = {}
        for name, by_line in hits.items():
            for line, words in by_line.items():
                length = held[name].lengths[line]
                shared = sum(rarity[word] for word in words)
                weight = shared / (1 + _SATURATION * (1 - _TO_LENGTH + _TO_LENGTH * length / usual))
                best[name] = max(best.get(name, 0.0), weight)
        return nlargest(wanted.limit, best, key=lambda name: (best[name], name))

    def _rows(
        self, connection: Connection, few: Sequence[DocumentId], records: tuple[str, ...]
    ) -> dict[DocumentId, _Sentences]:
        """The sentences of some documents in which such records are."""
        found = {name: self._sentences[name, records] for name in few if (name, records) in self._sentences}
        found |= _sentences(connection, [name for name in few if name not in found], records)
        for name, rows in found.items():
            self._sentences[name, records] = rows
            self._sentences.move_to_end((name, records))
        while len(self._sentences) > _KEPT:
            self._sentences.popitem(last=False)
        return found

    def _question(
        self, connection: Connection, passages: Sequence[tuple[Phrase, ...]], records: tuple[str, ...]
    ) -> Question | None:
        """All words of a small index; of a large one the rare ones, and two common ones of a passage together."""
        phrases = _each(passages)
        if not is_large(connection):
            return Question((phrases,), ())
        if len(self._common) > _KEPT_COUNTS:
            self._common.clear()
        rare, left = self._rarest(connection, [(phrase,) for phrase in phrases], records, _HITS)
        known = {phrase for (phrase,) in rare}
        common = [tuple(phrase for phrase in words if phrase not in known) for words in passages]
        pairs = list(dict.fromkeys(tuple(sorted(pair)) for words in common for pair in combinations(words, 2)))
        together, _ = self._rarest(connection, pairs[:_TOGETHER], records, left)
        if not known and not together:
            return None
        return Question((tuple(sorted(known)),) if known else (), (), together=tuple(together))

    def _rarest(
        self, connection: Connection, asked: Sequence[tuple[Phrase, ...]], records: tuple[str, ...], hits: int
    ) -> tuple[list[tuple[Phrase, ...]], int]:
        """The rarest of some words (or pairs of words), as many as have `hits` entries between them; what is left."""
        for one in asked:
            if one not in self._common:
                question = Question(tuple((phrase,) for phrase in one), ())
                self._common[one] = count(connection, question, records, [], _COMMON)[0]
        found = []
        for one in sorted(asked, key=lambda one: (self._common[one], one)):
            if self._common[one] > hits or self._common[one] >= _COMMON:
                break
            hits -= self._common[one]
            found.append(one)
        return found, hits


def _ids(connection: Connection, asked: _Conditions, places: _Conditions) -> list[DocumentId] | None:
    """The documents that are asked for, of any of these places; None: more than can be looked through.

    One question for each place: of alternatives SQLite would use no index.
    """
    found: set[DocumentId] = set()
    for place in places:
        chosen = sa.select(documents.c.id).where(*asked, place).limit(_BY_HAND + 1)
        found.update(connection.execute(chosen).scalars())
    return sorted(found) if len(found) <= _BY_HAND else None


def _sentences(
    connection: Connection, names: Sequence[DocumentId], records: tuple[str, ...]
) -> dict[DocumentId, _Sentences]:
    found = dict.fromkeys(names, _Sentences("", "", ()))
    for start in range(0, len(names), _AT_ONCE):
        asked = {"names": names[start : start + _AT_ONCE], "kinds": records}
        found |= {name: _Sentences.of(rows) for name, rows in connection.execute(_entries(), asked).all()}
    return found


@cache
def _entries() -> sa.Select[tuple[str, str]]:
    """Made once: to make a question and its key anew takes as long as the answer.

    Of many names and an order, or a join, SQLite would make a walk through all entries.
    """
    e, c = search_entries.c, search_records.c
    held = sa.exists().where(c.entry_id == e.id, c.kind.in_(sa.bindparam("kinds", expanding=True)))
    named = e.document_id.in_(sa.bindparam("names", expanding=True))
    rows = sa.func.aggregate_strings(e.tokens, "\n")
    return sa.select(e.document_id, rows).where(named, held.correlate(search_entries)).group_by(e.document_id)


def _phrases(words: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(tuple(tokens) for word in words if (tokens := split(word))))


def _each(passages: Iterable[tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase for words in passages for phrase in words))


def _day() -> sa.ColumnElement[date]:
    return documents.c.date


def _of_the_office(near: Identity, *, before: bool) -> _Conditions:
    """The same office, another year; nothing where the letter doesn't tell its own."""
    office, day = near.lead_unit, near.date
    if not office or not day:
        return []
    named = documents.c.lead_unit
    same = sa.or_(named == office, named.endswith(office, autoescape=True), sa.literal(office).endswith(named))
    when = documents.c.date < date(day.year, 1, 1) if before else documents.c.date > date(day.year, 12, 31)
    return [same, when]


def _of_place(near: Identity) -> tuple[_Conditions, _Conditions]:
    """The same division, those above it (a promise may name them) and below; and what doesn't say where it speaks.

    Where `near` doesn't say so, all are one.
    """
    code = near.region_code
    if code is None:
        return [sa.true()], []
    above = {code, code[:4] + "00", code[:2] + "0000"}
    place, own = documents.c.region_code, significant(code)
    below = sa.and_(place >= own, place < own[:-1] + chr(ord(own[-1]) + 1))
    return [place.in_(sorted(above)), below], [place.is_(None)]
