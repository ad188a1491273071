"""Which documents belong together: replies with what they answer, second replies, co-handlers' opinions, copies.

Two letters are held against each other field by field; each field speaks for the pair, against it, or not at all.
What speaks against it outweighs any likeness of wording: two towns answer the same question every year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from extractors.tracking import repeats
from extractors.tracking.items import (
    ITEM_KINDS,
    LETTER_KINDS,
    LIKE_TITLE,
    UNLIKE_TITLE,
    Item,
    bare_subject,
    item_of,
    same_number,
    same_paper,
    same_place,
    short_number,
    title_likeness,
)
from extractors.tracking.wording import pairs_of, telling
from models.documents import Kind
from models.evidence import Certainty, Pair, PairKind, Paper, Reason

SURE, LEAST = 0.6, 0.45
_LONGEST_KEY = 96
_SERIES = 6  # letters of a 文号 before its number that make a key: 函2025
_POINTS = {"same_number": 0.4, "same_title": 0.4, "like_title": 0.25, "same_session": 0.15, "same_proposers": 0.2}
_POINTS |= {"same_place": 0.1, "same_year": 0.1, "same_body": 0.05, "cites_reply": 0.6}
_FATAL = frozenset({"body_differs", "place_differs"})
_AGAIN_DAYS = 30  # the same unit writes again about the same item: later than a corrected copy would come


def pair_keys(paper: Paper) -> tuple[str, ...]:
    """What a document may be paired by: two documents that share no key needn't be compared.

    A reply to proposal 24 of 350102 has "cppcc:24:350102" and, of the sixth congress' second session,
    "cppcc:24:6.2"; each number and each title of a joint reply has its own.
    """
    identity = paper.extraction.identity
    keys = [f"text:{words}" for words in repeats.telling_sentences(paper)]
    if identity.kind in LETTER_KINDS:
        keys += _letter_keys(item_of(paper))
    elif identity.title:
        keys.append(f"named:{bare_subject(identity.title)}")
    return tuple(dict.fromkeys(key[:_LONGEST_KEY] for key in keys))


def _letter_keys(item: Item) -> Iterator[str]:
    place = item.place_code or item.place
    bodies = (item.body.value,) if item.body else ("npc", "cppcc")
    for number in item.numbers:
        for body in bodies:
            if place:
                yield f"{body}:{short_number(number)}:{place}"
            if item.session:
                yield f"{body}:{short_number(number)}:{item.congress or ''}.{item.session}"
    for title in item.titles:
        yield f"title:{title}"
        words = sorted(pairs_of(title), key=lambda pair: (-telling(pair), pair))[:4]
        yield from (f"words:{place or ''}:{one}{other}" for one, other in combinations(sorted(words), 2))
    papers = {*item.cited, *([item.paper] if item.paper else ())}
    yield from (f"paper:{paper[paper.rindex('-') - _SERIES :]}" for paper in sorted(papers))


def pairs_between(a: Paper, b: Paper) -> tuple[Pair, ...]:
    """How two documents belong together, whichever is named first; nothing when they don't.

    A reply to the twelfth suggestion of the same session and place answers it; with another session, body or place
    it doesn't, however alike the titles are.
    """
    one, other = sorted((a, b), key=lambda paper: paper.id)
    kinds = {one.extraction.identity.kind, other.extraction.identity.kind}
    if kinds <= LETTER_KINDS and Kind.REPLY in kinds and kinds & ITEM_KINDS:
        reply, item = (one, other) if one.extraction.identity.kind is Kind.REPLY else (other, one)
        found = _answering(reply, item)
    else:
        found = _copies(one, other) or (_replies(one, other) if kinds == {Kind.REPLY} else None)
    return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class _Held:
    """Two letters held against each other: codes with their words that speak for and against one item."""

    speaking_for: tuple[Reason, ...]
    against: tuple[Reason, ...]

    @property
    def score(self) -> float:
        return min(1.0, sum(_POINTS.get(reason.code, 0.0) for reason in self.speaking_for))

    def has(self, *codes: str) -> bool:
        return {*codes} <= {reason.code for reason in (*self.speaking_for, *self.against)}

    @property
    def certainty(self) -> Certainty | None:
        """SURE, PROPOSED to a person, or None: no pair."""
        codes = {reason.code for reason in self.against}
        if codes & _FATAL or self.score < LEAST or len(codes) > 1:
            return None
        if codes:
            return Certainty.PROPOSED if self._excused(next(iter(codes))) else None
        return Certainty.SURE if self.score >= SURE else Certainty.PROPOSED

    def _excused(self, code: str) -> bool:
        """Whether everything else agrees so well that the one difference may be a slip of the pen."""
        titled = self.has("same_title")
        if code == "number_differs":
            return titled and self.has("same_proposers")
        if code == "session_differs":
            return titled and self.has("same_number", "same_proposers")
        if code == "title_differs":
            return self.has("same_number", "same_session") and not self.has("proposers_differ")
        return self.has("same_number") and (titled or self.has("like_title"))


def _hold(reply: Item, item: Item) -> _Held:
    speaking_for: list[Reason] = []
    against: list[Reason] = []
    for reason, agrees in _fields(reply, item):
        (speaking_for if agrees else against).append(reason)
    return _Held(tuple(speaking_for), tuple(against))


def _fields(reply: Item, item: Item) -> Iterator[tuple[Reason, bool]]:
    """Each field that both letters fill, and whether it agrees."""
    if reply.numbers and item.numbers:
        shared = [one for one in item.numbers if any(same_number(one, other) for other in reply.numbers)]
        differing = Reason("number_differs", ("、".join(reply.numbers), "、".join(item.numbers)))
        yield (Reason("same_number", tuple(shared)), True) if shared else (differing, False)
    yield from _titles(reply, item)
    yield from _sessions(reply, item)
    if reply.body and item.body:
        agrees = reply.body is item.body
        yield Reason("same_body" if agrees else "body_differs", (item.body.value,)), agrees
    place = same_place(reply, item)
    if place is not None:
        names = (item.place or "",) if place else (reply.place or "", item.place or "")
        yield Reason("same_place" if place else "place_differs", names), place
    if shared_names := reply.proposers & item.proposers:
        yield Reason("same_proposers", tuple(sorted(shared_names))), True
    yield from _days(reply, item)


def _titles(reply: Item, item: Item) -> Iterator[tuple[Reason, bool]]:
    like = title_likeness(reply, item)
    if like is None:
        return
    if like >= LIKE_TITLE:
        yield Reason("same_title" if like == 1 else "like_title", item.titles), True
    elif like < UNLIKE_TITLE:
        yield Reason("title_differs", (*reply.titles[:1], *item.titles[:1])), False


def _sessions(reply: Item, item: Item) -> Iterator[tuple[Reason, bool]]:
    fields = ((reply.congress, item.congress), (reply.session, item.session))
    known = [(mine, theirs) for mine, theirs in fields if mine is not None and theirs is not None]
    said = tuple(f"{each.congress or '?'}.{each.session or '?'}" for each in (reply, item))
    if any(mine != theirs for mine, theirs in known):
        yield Reason("session_differs", said), False
    elif len(known) == len(fields):
        yield Reason("same_session", said[:1]), True


def _days(reply: Item, item: Item) -> Iterator[tuple[Reason, bool]]:
    if reply.day and item.day and reply.day < item.day:
        yield Reason("dated_before", (reply.day.isoformat(), item.day.isoformat())), False
    elif reply.year and item.year and 0 <= reply.year - item.year <= 1:
        yield Reason("same_year", (str(item.year),)), True


def _answering(reply: Paper, item: Paper) -> Pair | None:
    """A reply and an item: ANSWERS, or CO_REPLY of a co-handler, whose opinion is never the answer."""
    mine = item_of(reply)
    held = _hold(mine, item_of(item))
    if held.certainty is None:
        return None
    notes = [Reason("second_reply")] if mine.again else []
    notes += [Reason("joint_reply", mine.numbers)] if len(mine.numbers) > 1 else []
    kind = PairKind.CO_REPLY if reply.extraction.identity.co_reply else PairKind.ANSWERS
    return _pair(kind, reply, item, held, held.certainty, notes)


def _pair(kind: PairKind, later: Paper, earlier: Paper, held: _Held, certainty: Certainty, notes: list[Reason]) -> Pair:
    why = (*held.against, *notes, *held.speaking_for)
    return Pair(kind, later.id, earlier.id, certainty, round(held.score, 4), why)


def _replies(one: Paper, other: Paper) -> Pair | None:
    """Two replies: a co-handler's opinion kept with the reply, or a second reply and the first; two units that answer
    one item each for its part are no pair."""
    identities = (one.extraction.identity, other.extraction.identity)
    if identities[0].co_reply or identities[1].co_reply:
        return _opinion(one, other) if identities[0].co_reply is not identities[1].co_reply else None
    earlier, later = sorted((one, other), key=_age)
    first, second = item_of(earlier), item_of(later)
    cites = bool(first.paper and any(same_paper(first.paper, cited) for cited in second.cited))
    held = _without_days(_hold(second, first))
    if cites:
        held = _Held((Reason("cites_reply", (first.paper or "",)), *held.speaking_for), held.against)
    certainty = held.certainty
    if certainty is None or not (cites or held.has("same_number") or held.has("same_title")):
        return None
    if second.again:
        return _pair(PairKind.SECOND, later, earlier, held, certainty, [Reason("second_reply")])
    if first.unit and first.unit == second.unit and _days_between(first.day, second.day) > _AGAIN_DAYS:
        return _pair(PairKind.SECOND, later, earlier, held, Certainty.PROPOSED, [Reason("same_unit_again")])
    return None


def _without_days(held: _Held) -> _Held:
    keep = {"dated_before", "same_year"}
    return _Held(
        tuple(reason for reason in held.speaking_for if reason.code not in keep),
        tuple(reason for reason in held.against if reason.code not in keep),
    )


def _opinion(one: Paper, other: Paper) -> Pair | None:
    opinion, reply = (one, other) if one.extraction.identity.co_reply else (other, one)
    held = _without_days(_hold(item_of(opinion), item_of(reply)))
    if held.certainty is None:
        return None
    return _pair(PairKind.CO_REPLY, opinion, reply, held, held.certainty, [])


def _age(paper: Paper) -> tuple[date, bool, str]:
    """Older first; of two without a day, the first reply before the second."""
    item = item_of(paper)
    return item.day or date(item.year or date.max.year, 12, 31), item.again, paper.id


def _days_between(earlier: date | None, later: date | None) -> int:
    return (later - earlier).days if earlier and later else 0


def _copies(one: Paper, other: Paper) -> Pair | None:
    """The same letter twice; the fuller text counts as the first."""
    if one.extraction.identity.kind is not other.extraction.identity.kind:
        return None
    share = repeats.contained(one, other)
    if share < repeats.EXCERPT:
        return None
    first, second = item_of(one), item_of(other)
    held = _hold(first, second)
    if any(reason.code in _NOT_THE_SAME for reason in held.against):
        return None
    dated = bool(first.day and first.day == second.day)
    if first.day and second.day and not dated:
        return None
    named = bool(first.paper and first.paper == second.paper) or (dated and held.has("same_number"))
    if share < repeats.CONTAINED and not named:
        return None
    notes = [Reason("same_text", (f"{share:.0%}",))]
    notes += [Reason("same_paper_number", (first.paper or "",))] if named and first.paper else []
    earlier, later = sorted((one, other), key=lambda paper: (-repeats.size(paper), paper.id))
    certainty = Certainty.SURE if share >= repeats.CONTAINED else Certainty.PROPOSED
    return Pair(PairKind.SAME, later.id, earlier.id, certainty, round(share, 4), (*notes, *held.speaking_for))


_NOT_THE_SAME = frozenset({"number_differs", "session_differs", "body_differs", "place_differs"})
