"""Following up: what new documents mean for old promises, and old documents for new ones. Knows no Prefect.

Each document that is new or changed is held against those that it may concern, and everything found about it is written
in one transaction; a run that was cut off goes on with the documents that are left. A place's replies are judged as
soon as no document waits that may concern it: what that needs has just been read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from extractors.tracking.alarms import alarms_of
from extractors.tracking.asked import words_of_facts, words_of_promises
from extractors.tracking.coverage import cover
from extractors.tracking.jurisdiction import may_concern
from extractors.tracking.links import links_between
from extractors.tracking.pairs import pair_keys, pairs_between
from extractors.tracking.progress import progress_between
from extractors.tracking.together import together
from models import following, judging, leases
from models.candidates import EVIDENCE, Lookup, Wanted
from models.documents import Kind
from models.evidence import Between, Link, Pair, Paper, Progress
from models.ids import DocumentId
from models.judging import Judgement
from models.loading import load_all
from models.places import Places
from models.runs import RunId
from models.store import Store

Found = tuple[tuple[Link, ...], tuple[Progress, ...]]

_FEWEST, _MOST = 24, 240
"""Documents that one document is held against in each direction, of its place and on its side of time.

As many as it has passages, within these: a yearly work report may concern another letter with each of its sentences.
"""
_JUDGED_AT_ONCE = 25  # replies of one transaction
_MOST_REPLIES = 10  # of the same office, that may have promised the same
_KEPT_PAPERS = 500
_KEPT_FOUND = 20_000  # pairs of documents: what follows within a place is compared once
_HOLDERS = (Kind.REPLY, Kind.PLAN, Kind.REGULATION)
"""What promises something or sets a target."""


@dataclass(slots=True)
class FollowUp:
    """One run over the documents that wait to be followed up; `meanings`: of this place's result classes."""

    store: Store
    run: RunId
    tracker: str
    meanings: Mapping[str, str] = field(default_factory=dict)
    _lookup: Lookup = field(default_factory=Lookup)
    _papers: OrderedDict[DocumentId, Paper] = field(default_factory=OrderedDict)
    _found: OrderedDict[tuple[DocumentId, DocumentId], Found] = field(default_factory=OrderedDict)
    _afresh: set[DocumentId] | None = None  # replies whose older letters are to be looked for anew; None: all of them
    _older: dict[DocumentId, set[DocumentId]] = field(default_factory=dict)  # new letters before a reply
    _to_come: dict[DocumentId, str | None] = field(default_factory=dict)  # what waits, with where it speaks
    _places: Places = field(default_factory=Places)  # of what waits
    judged: int = 0

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
        self._to_come, self._places = found, Places()
        for place in found.values():
            self._places.add(place)
        return list(found)

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
        if document in self._to_come:
            self._places.take(self._to_come.pop(document))

    def replies_to_judge(self) -> list[DocumentId]:
        """The replies about which something changed since their asks and alarms were last judged."""
        with self.store.reading() as connection:
            return list(following.unjudged_replies(connection))

    def judge_settled(self, document: DocumentId) -> None:
        """Judges the replies that no waiting document may concern, when the last of this one's place was followed."""
        with self.store.reading() as connection:
            if self._places.touch(self._paper(connection, document).extraction.identity.region_code):
                return
            unjudged = following.unjudged_replies(connection)
        settled = [reply for reply, place in unjudged.items() if not self._places.touch(place)]
        for start in range(0, len(settled), _JUDGED_AT_ONCE):
            self.judge(*settled[start : start + _JUDGED_AT_ONCE])

    def judge(self, *replies: DocumentId) -> None:
        """What became of the asks, and what an officer must hear of, given all that is known now."""
        if not replies:
            return
        with self.store.reading() as connection:
            judged = self._judged(connection, replies)
        with self.store.writing() as connection:
            leases.hold(connection, self.run, _now())
            judging.keep_judgements(connection, judged)
        self.judged += len(judged)

    def _judged(self, connection: Connection, replies: Sequence[DocumentId]) -> list[Judgement]:
        papers = self._all_papers(connection, replies)
        items = judging.items_of(connection, replies)
        self._all_papers(connection, list(dict.fromkeys(item for each in items.values() for item in each)))
        between = judging.found_about(connection, papers, lambda others: self._all_papers(connection, others))
        named = judging.letters_named(connection, replies)
        judged = []
        for paper in papers:
            earlier = self._all_papers(connection, self._letters_before(connection, paper, named[paper.id]))
            asked: list[Paper | None] = [*self._all_papers(connection, items[paper.id])] or [None]
            answers = tuple((item, cover(paper, item)) for item in asked)
            found = together(between[paper.id])
            alarms = alarms_of(paper, found, earlier, self.meanings)
            judged.append(Judgement(paper, answers, alarms, _changed(between[paper.id], found)))
        return judged

    def _as_earlier(self, connection: Connection, paper: Paper) -> list[Between]:
        """What later documents show of what this one promises."""
        near = paper.extraction.identity
        if near.kind not in _HOLDERS:
            return []
        words = words_of_promises(paper)
        wanted = Wanted(near, words, ("unit",), EVIDENCE, _enough(words))
        named = self._lookup.later(connection, wanted)
        later = self._others(connection, paper, (*named, *following.later_than(connection, paper.id)))
        return [between for other in later if (between := self._between(paper, other))]

    def _as_later(self, connection: Connection, paper: Paper) -> list[Between]:
        """What this document shows of what earlier ones promise."""
        near = paper.extraction.identity
        if near.kind not in EVIDENCE:
            return []
        records = ("commitment", "quantity", "unit")  # of a plan all is asked for when it comes last, so it is here
        words = words_of_facts(paper)
        named = self._lookup.earlier(connection, Wanted(near, words, records, _HOLDERS, _enough(words)))
        earlier = self._others(connection, paper, (*named, *following.earlier_than(connection, paper.id)))
        return [between for other in earlier if (between := self._between(other, paper))]

    def _others(self, connection: Connection, paper: Paper, named: Iterable[DocumentId]) -> list[Paper]:
        """These documents but the paper itself: those the index names, and those that were linked before."""
        others = [one for one in dict.fromkeys(named) if one != paper.id]
        return self._all_papers(connection, others)

    def _between(self, earlier: Paper, later: Paper) -> Between | None:
        """What two papers say of each other, if anything; each two are compared once a run."""
        if _of_one_day(earlier, later):  # a batch of letters signed together: none of them follows up another
            return None
        if not may_concern(earlier.extraction.identity, later.extraction.identity):
            return None
        key = (earlier.id, later.id)
        if key not in self._found:
            promises = earlier.extraction.identity.kind is Kind.REPLY
            links = links_between(earlier, later) if promises else ()
            self._found[key] = links, progress_between(earlier, later, links=links)
            if len(self._found) > _KEPT_FOUND:
                self._found.popitem(last=False)
        links, progress = self._found[key]
        return Between(earlier, later, links, progress) if links or progress else None

    def _pairs(self, connection: Connection, paper: Paper) -> list[Pair]:
        others = self._all_papers(connection, following.sharing_a_key(connection, paper.id))
        return [pair for other in others for pair in pairs_between(paper, other)]

    def _replies_alike(self, connection: Connection, paper: Paper, *, before: bool) -> list[DocumentId]:
        """Other years' letters of the same office that may promise the same: the older ones, or the younger ones."""
        near = paper.extraction.identity
        if near.kind is not Kind.REPLY:
            return []
        wanted = Wanted(near, words_of_promises(paper), ("commitment",), (Kind.REPLY,), _MOST_REPLIES + 1)
        found = self._lookup.of_the_office(connection, wanted, before=before)
        return [one for one in found if one != paper.id][:_MOST_REPLIES]

    def _letters_before(
        self, connection: Connection, paper: Paper, known: Sequence[DocumentId] | None
    ) -> list[DocumentId]:
        """Older letters of the same office that may promise the same; `known`: those that it was found to repeat.

        A reply that is judged anew because something was found about its promises has those that it had, and one that
        is judged for a new letter has that one besides: to look through a large register would cost more than all the
        rest of the judgement.
        """
        if known is not None and self._afresh is not None and paper.id not in self._afresh:
            return sorted({*known, *self._older.get(paper.id, ())})
        return self._replies_alike(connection, paper, before=True)

    def _paper(self, connection: Connection, document: DocumentId) -> Paper:
        return self._all_papers(connection, [document])[0]

    def _all_papers(self, connection: Connection, wanted: Sequence[DocumentId]) -> list[Paper]:
        """These documents, read at once as far as they aren't at hand."""
        held = {one: self._papers[one] for one in wanted if one in self._papers}
        loaded = load_all(connection, [one for one in wanted if one not in held])
        held |= {one: Paper(one, extraction) for one, extraction in loaded.items()}
        for one, paper in held.items():
            self._papers[one] = paper
            self._papers.move_to_end(one)
        while len(self._papers) > _KEPT_PAPERS:
            self._papers.popitem(last=False)
        return [held[one] for one in wanted]


def _changed(kept: Sequence[Between], found: Sequence[Between]) -> tuple[tuple[DocumentId, Link], ...]:
    """The links that are worth something else than was kept, with their later papers."""
    both = ((old, new) for old, new in zip(kept, found, strict=True) if old.links != new.links)
    return tuple((new.later.id, link) for old, new in both for link in new.links if link not in old.links)


def _of_one_day(one: Paper, other: Paper) -> bool:
    """Whether both are replies signed on the same day."""
    mine, its = one.extraction.identity, other.extraction.identity
    return mine.kind is its.kind is Kind.REPLY and mine.date is not None and mine.date == its.date


def _enough(words: Sequence[Sequence[str]]) -> int:
    """How many documents one is held against that has words of so many passages."""
    return max(_FEWEST, min(_MOST, len(words)))


def _now() -> datetime:
    return datetime.now(UTC)
