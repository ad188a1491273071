"""Following up: what new documents mean for old promises, and old documents for new ones. Knows no Prefect.

Each document that is new or changed is held against those that it may concern, and everything found about it is written
in one transaction; a run that was cut off goes on with the documents that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from extractors.tracking.alarms import alarms_of
from extractors.tracking.asked import words_of_facts, words_of_promises
from extractors.tracking.coverage import cover
from extractors.tracking.links import links_between
from extractors.tracking.pairs import pair_keys, pairs_between
from extractors.tracking.progress import progress_between
from models import candidates, following, leases
from models.documents import Kind
from models.evidence import Between, Link, Pair, Paper, Progress
from models.ids import DocumentId
from models.loading import load
from models.runs import RunId
from models.store import Store

Found = tuple[tuple[Link, ...], tuple[Progress, ...]]

_MOST = 40  # documents that one document is held against in each direction
_MOST_REPLIES = 10  # of the same office, that may have promised the same
_KEPT_PAPERS = 600
_HOLDERS = (Kind.REPLY, Kind.PLAN, Kind.REGULATION)
"""What promises something or sets a target."""


@dataclass(slots=True)
class FollowUp:
    """One run over the documents that wait to be followed up; `meanings`: of this place's result classes."""

    store: Store
    run: RunId
    tracker: str
    meanings: Mapping[str, str] = field(default_factory=dict)
    _papers: dict[DocumentId, Paper] = field(default_factory=dict)
    _found: dict[tuple[DocumentId, DocumentId], Found] = field(default_factory=dict)
    _afresh: set[DocumentId] | None = None  # replies whose older letters are to be looked for anew; None: all of them
    _older: dict[DocumentId, set[DocumentId]] = field(default_factory=dict)  # new letters before a reply

    def waiting(self) -> list[DocumentId]:
        """The documents that wait, oldest first, with what they may be paired by noted; forgets those that are gone."""
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _now())
            for document in following.left_behind(connection):
                following.forget(connection, document)
            self._afresh = set(following.unjudged_replies(connection))  # a run that was cut off left them
            found = following.waiting(connection, self.tracker)
            for document in found:
                following.keep_pair_keys(connection, document, pair_keys(self._paper(connection, document)))
        return found

    def follow(self, document: DocumentId) -> None:
        """Holds one document against those that it may concern, and keeps what comes of it."""
        with self.store.reading() as connection:
            paper = self._paper(connection, document)
            found = [*self._as_earlier(connection, paper), *self._as_later(connection, paper)]
            pairs = self._pairs(connection, paper)
            alike = self._replies_alike(connection, paper, before=False)
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _now())
            known = following.is_followed(connection, document)
            following.forget_findings(connection, document)
            following.keep_pairs(connection, pairs)
            following.keep_between(connection, found)
            following.call_for_judgement(connection, document)
            following.ask_to_judge(connection, alike)
            following.note_followed(connection, document, self.tracker, _now())
        if self._afresh is not None:
            self._afresh.update((document, *alike) if known else (document,))
        if not known:
            for reply in alike:
                self._older.setdefault(reply, set()).add(document)

    def replies_to_judge(self) -> list[DocumentId]:
        """The replies about which something changed since their asks and alarms were last judged."""
        with self.store.reading() as connection:
            return following.unjudged_replies(connection)

    def judge(self, reply: DocumentId) -> None:
        """What became of the asks, and what an officer must hear of, given all that is known now."""
        with self.store.reading() as connection:
            paper = self._paper(connection, reply)
            items = [self._paper(connection, item) for item in following.items_of(connection, reply)]
            between = following.between(connection, paper, lambda other: self._paper(connection, other))
            earlier = [self._paper(connection, one) for one in self._letters_before(connection, paper)]
        asked: list[Paper | None] = [*items] or [None]
        answers = [(item, cover(paper, item)) for item in asked]
        alarms = alarms_of(paper, between, earlier, self.meanings)
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _now())
            following.forget_judgements(connection, reply)
            for item, answered in answers:
                following.keep_coverage(connection, paper, item, answered)
            following.keep_alarms(connection, paper, alarms)

    def _as_earlier(self, connection: Connection, paper: Paper) -> list[Between]:
        """What later documents show of what this one promises."""
        if paper.extraction.identity.kind not in _HOLDERS:
            return []
        words = words_of_promises(paper)
        later = self._alike(connection, paper, words, ("unit",), candidates.EVIDENCE, following.later_than)
        return [self._between(paper, self._paper(connection, other)) for other in later]

    def _as_later(self, connection: Connection, paper: Paper) -> list[Between]:
        """What this document shows of what earlier ones promise."""
        if paper.extraction.identity.kind not in candidates.EVIDENCE:
            return []
        words = words_of_facts(paper)
        records = ("commitment", "quantity", "unit")  # of a plan all is asked for when it comes last, so it is here
        earlier = self._alike(connection, paper, words, records, _HOLDERS, following.earlier_than)
        return [self._between(self._paper(connection, other), paper) for other in earlier]

    def _alike(
        self,
        connection: Connection,
        paper: Paper,
        words: Iterable[str],
        records: Sequence[str],
        kinds: Sequence[Kind],
        partners: Callable[[Connection, DocumentId], list[DocumentId]],
    ) -> list[DocumentId]:
        """Documents worth comparing: those the index names, and those that were linked before."""
        near = paper.extraction.identity
        found = candidates.alike(connection, words, records, near, kinds, limit=_MOST)
        return [one for one in dict.fromkeys((*found, *partners(connection, paper.id))) if one != paper.id]

    def _between(self, earlier: Paper, later: Paper) -> Between:
        """What two papers say of each other; each two are compared once a run."""
        key = (earlier.id, later.id)
        if _of_one_day(earlier, later):  # a batch of letters signed together: none of them follows up another
            return Between(earlier, later)
        if key not in self._found:
            promises = earlier.extraction.identity.kind is Kind.REPLY
            links = links_between(earlier, later) if promises else ()
            self._found[key] = links, progress_between(earlier, later, links=links)
        return Between(earlier, later, *self._found[key])

    def _pairs(self, connection: Connection, paper: Paper) -> list[Pair]:
        others = [self._paper(connection, other) for other in following.sharing_a_key(connection, paper.id)]
        return [pair for other in others for pair in pairs_between(paper, other)]

    def _replies_alike(self, connection: Connection, paper: Paper, *, before: bool) -> list[DocumentId]:
        """Other years' letters of the same office that may promise the same: the older ones, or the younger ones."""
        near = paper.extraction.identity
        if near.kind is not Kind.REPLY or not candidates.has_letters(connection, near, before=before):
            return []
        words = words_of_promises(paper)
        found = candidates.alike(connection, words, ("commitment",), near, (Kind.REPLY,), limit=_MOST)
        others = [one for one in found if one != paper.id]
        return candidates.of_the_office(connection, others, near, before=before)[:_MOST_REPLIES]

    def _letters_before(self, connection: Connection, paper: Paper) -> list[DocumentId]:
        """Older letters of the same office that may promise the same.

        A reply that is judged anew because something was found about its promises has those that it had, and one that
        is judged for a new letter has that one besides: to look through a large register would cost more than all the
        rest of the judgement.
        """
        if self._afresh is not None and paper.id not in self._afresh:
            known = following.letters_named(connection, paper.id)
            if known is not None:
                return sorted({*known, *self._older.get(paper.id, ())})
        return self._replies_alike(connection, paper, before=True)

    def _paper(self, connection: Connection, document: DocumentId) -> Paper:
        if document not in self._papers:
            if len(self._papers) >= _KEPT_PAPERS:
                self._papers.pop(next(iter(self._papers)))
            self._papers[document] = Paper(document, load(connection, document))
        return self._papers[document]


def _of_one_day(one: Paper, other: Paper) -> bool:
    """Whether both are replies signed on the same day."""
    mine, its = one.extraction.identity, other.extraction.identity
    return mine.kind is its.kind is Kind.REPLY and mine.date is not None and mine.date == its.date


def _now() -> datetime:
    return datetime.now(UTC)
