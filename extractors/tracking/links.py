"""Which units of a later paper say something about which promise, what they do for it, and why we think so.

Each clause of a passage speaks for the promises that it fits best, not for all of one topic; each promise keeps the
one or two passages of a paper that fit it best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from extractors.tracking.concerned import concerning
from extractors.tracking.elsewhere import told_of_here
from extractors.tracking.jurisdiction import OTHER_LEVEL, Placed, may_be_named, may_follow, names_office
from extractors.tracking.looking import announces, sets_rules
from extractors.tracking.numbers import Reports, reports_between
from extractors.tracking.prepared import Part, Passage, Prepared, Promise, prepare
from extractors.tracking.relations import relation_of
from extractors.tracking.said import Verdict
from extractors.tracking.scores import FLOOR, Points, points_of
from extractors.tracking.spots import other_spot
from extractors.tracking.weighing import answers_another, kinship, weights_between
from extractors.tracking.wording import longest_runs, plain_unit, telling
from models.evidence import Certainty, Link, Paper, Reason, Relation
from models.text import fold

SURE = 2.13  # standing: two telling words that stand nowhere else, or one that stands alone on both sides
PROPOSED = 1.35  # standing: worth a person's look
_HOPELESS = PROPOSED - 1e-9  # standing at best, however it is reckoned
CHANCE = 0.0015  # points for each pair of telling pairs, one of either: what two texts share by chance grows with both
SHARE = 0.6  # of the best promise's points for a clause: what has less is spoken of by the way
BY_THE_WAY = 0.2  # of a promise's best clause: a clause in which no promise has more goes on with what was said
SECOND = 0.7  # of the best passage's points: a second passage of the same paper is kept from here on
BESIDE = 0.4  # of the best passage's points: a fact beside a promise made again, or the other way about
PASSAGES = 2  # of one paper for one promise
MORE = 2.0  # points of the promise's words that only a further passage has: it tells of another part
LEAST_OF_RULES = 2.5
LEAST = 1.5  # points of likeness alone, however clear: one telling word of two characters is no evidence
ALONE = 0.4  # how much it counts to be better than the next: twice as good counts 1.3 times as much
STRANGER = 0.6  # a paper on another matter altogether: only what is plainly the same counts
CLEAREST = 4.5  # times better than the next: more says no more
ABOUT = 1.5  # points that a paper's title and a promise share: the paper is about it
OTHER_MATTER = 0.45  # the reply to another case on another matter: only names and numbers tell
NOTICE = 4  # passages: of a notice on one matter
RULES = 0.47  # a plan or a rule speaks of a whole field, so that likeness by chance is likelier


@dataclass(frozen=True, slots=True)
class _Match:
    """A promise and a passage; `parts` are the clauses that speak of it, `standing` its points weighed by how clear
    the match is: against the promise's other passages, and against the other promises for the passage's best clause."""

    promise: Promise
    shown: Passage
    points: Points
    parts: tuple[Part, ...]
    standing: float


def links_between(reply: Paper, later: Paper, wanted: Collection[int] | None = None) -> tuple[Link, ...]:
    """The links from the promises of a reply (`wanted`: their positions, None for all) to units of a later paper."""
    mine, theirs = prepare(reply), prepare(later)
    if not mine.promises or not theirs.passages:
        return ()
    placed = may_follow(mine, theirs) or may_be_named(mine, theirs)
    if placed is None:
        return ()
    theirs = concerning(mine, theirs)
    best: dict[int, list[_Match]] = defaultdict(list)
    reports = reports_between(reply, later)
    for match in _matches(mine, theirs, reports):
        if OTHER_LEVEL not in placed.flags or names_office(match.promise, mine, theirs):
            best[match.promise.position].append(match)
    chosen = (position for position in sorted(best) if wanted is None or position in wanted)
    return tuple(link for position in chosen for link in _links(best[position], theirs, placed, reports))


def _matches(reply: Prepared, later: Prepared, reports: Reports) -> Iterator[_Match]:
    """The matches that are worth a person's look. Most passages could be worth none, however few others spoke of the
    promise, which is known before their clauses are shared out."""
    weights = weights_between(reply, later)
    table = {promise.position: points_of(promise, later.passages, weights, reports) for promise in reply.promises}
    rows = {position: _ranked(row) for position, row in table.items()}
    another = answers_another(reply, later)
    kin = 0.0 if another else kinship(reply, later)
    region = reply.paper.extraction.identity.region_code
    house = _house(later)
    notice = len(later.passages) <= NOTICE and announces(later.paper.extraction.identity)
    stranger = OTHER_MATTER if another else STRANGER + (1 - STRANGER) * kin
    for shown in later.passages:
        column = [table[promise.position][shown.index] for promise in reply.promises]
        told = [place for place, points in enumerate(column) if points.total > FLOOR]
        rules = bool(told) and not notice and sets_rules(later.paper.extraction.identity, shown.unit)
        tops: Sequence[tuple[float, float]] = ()
        for promise, points in ((reply.promises[place], column[place]) for place in told):
            rest = next((each for at, each in rows[promise.position] if abs(at - shown.index) > 1), FLOOR)
            alone = min(CLEAREST, points.total / max(FLOOR, rest))
            trust = min(stranger, RULES) if rules and not _is_about(later, promise, reply) else stranger
            trust = 1.0 if house and house in promise.passage.words else trust
            trusted = _trusted(points, trust) * _beyond_chance(points, promise, shown)
            if trusted * (alone * CLEAREST) ** (ALONE * kin) < _HOPELESS:
                continue
            tops = tops or _tops(column)
            standing = trusted * (alone * min(CLEAREST, _lead(points.by_part, tops))) ** (ALONE * kin)
            if standing < PROPOSED:
                continue
            parts = _here(_speaking(shown, points.by_part, tops), shown, points, reply)
            if parts and not other_spot(promise.passage.words, shown.words, region):
                yield _Match(promise, shown, points, parts, standing)


def _house(later: Prepared) -> str | None:
    """The house that issues a paper, where it is no office of the government: 市博物馆, whose hours were promised."""
    unit = fold(later.paper.extraction.identity.lead_unit or "")
    return unit if len(unit) > 3 and unit.endswith(_HOUSES) else None


_HOUSES = ("馆", "院", "学校", "中学", "小学", "园", "中心", "公司", "站")


def _is_about(later: Prepared, promise: Promise, reply: Prepared) -> bool:
    """Whether a paper's title speaks of what was promised: 探访关爱服务实施办法 for 建立居家老人定期探访制度."""
    return fsum(map(telling, (later.subject & promise.passage.pairs) - reply.subject)) >= ABOUT


def _here(parts: tuple[Part, ...], shown: Passage, points: Points, reply: Prepared) -> tuple[Part, ...]:
    """Those of some clauses that don't speak of another place; none where all that says something does."""
    here = told_of_here(shown, reply)
    if len(here) == len(shown.parts):
        return parts
    says = [part for part, each in zip(shown.parts, points.by_part, strict=True) if each > FLOOR and part in here]
    return tuple(part for part in parts if part in here) if says else ()


def _trusted(points: Points, trust: float) -> float:
    """The points, those of mere likeness only so far as it can be trusted; titles, names and numbers are no chance."""
    named = dict(points.named)
    return points.total - (1 - trust) * (named["wording"] + named["section"])


def _beyond_chance(points: Points, promise: Promise, shown: Passage) -> float:
    """The share of the points that two passages of their length don't have by chance, in [0, 1].

    A promise of three lines and a report's sentence of five share 基础设施建设 whatever either is about.
    """
    return max(0.0, 1 - CHANCE * promise.passage.mass * shown.mass / points.total)


def _ranked(row: Mapping[int, Points]) -> list[tuple[int, float]]:
    """A promise's passages, by index, with their points, best first; a neighbour may go on with the same thing."""
    said = ((index, points.total) for index, points in row.items() if points.total > FLOOR)
    return sorted(said, key=lambda each: -each[1])


def _tops(column: Sequence[Points]) -> tuple[tuple[float, float], ...]:
    """The most points that any promise has for each clause of a passage, and the most that another one has."""
    clauses = zip(*(points.by_part for points in column), strict=True)
    ranked = (sorted(points, reverse=True) for points in clauses)
    return tuple((best, others[0] if others else FLOOR) for best, *others in ranked)


def _lead(own: tuple[float, ...], tops: Sequence[tuple[float, float]]) -> float:
    """How many times better a promise fits its best clause of a passage than the next promise does."""
    best = max(range(len(own)), key=own.__getitem__)
    top, next_to_it = tops[best]
    return own[best] / max(FLOOR, next_to_it if own[best] == top else top)


def _speaking(shown: Passage, own: tuple[float, ...], tops: Sequence[tuple[float, float]]) -> tuple[Part, ...]:
    """The clauses of a passage that speak of a promise, with those behind them that speak of nothing by themselves."""
    least = max(FLOOR, BY_THE_WAY * max(own))
    claims = [None if top <= least else points >= SHARE * top for points, (top, _) in zip(own, tops, strict=True)]
    going_on = next((claim for claim in claims if claim is not None), False)
    found: list[Part] = []
    for part, claim in zip(shown.parts, claims, strict=True):
        going_on = going_on if claim is None else claim
        if going_on:
            found.append(part)
    return tuple(found)


def _links(matches: list[_Match], later: Prepared, placed: Placed, reports: Reports) -> Iterator[Link]:
    """The best passages: those near the best, the best fact beside a promise that is made again, and one more that
    tells of another part."""
    ranked = sorted(matches, key=lambda match: (-match.points.total, match.shown.index))
    made = [(match, link) for match in ranked if (link := _link(match, later, placed, reports))]
    kept: list[Link] = []
    told: frozenset[str] = frozenset()
    spoken = _without_scenes(made)
    for match, link in spoken:
        share = match.points.total / spoken[0][0].points.total
        again = link.relation is Relation.RESTATES
        beside = share >= BESIDE and all((other.relation is Relation.RESTATES) != again for other in kept)
        further = match.standing >= SURE and _further(match, told) >= MORE
        if ((share >= SECOND or beside) and len(kept) < PASSAGES) or (further and len(kept) <= PASSAGES):
            kept.append(link)
            told |= match.shown.pairs
    yield from _agreed(kept)


def _without_scenes(made: list[tuple[_Match, Link]]) -> list[tuple[_Match, Link]]:
    """The passages without those that only set a scene (早市里热气腾腾), where another one says what was done."""
    says = [(match, link) for match, link in made if not _sets_a_scene(link)]
    return says if any(match.standing >= SURE for match, _ in says) else made


def _sets_a_scene(link: Link) -> bool:
    """Whether no word but 了 or 已, and no number, tells that anything was done."""
    why = link.why[0]
    return why.code == "speaks_of_it" or (why.code == "says_done" and all(len(each) < 2 for each in why.values))


def _further(match: _Match, told: frozenset[str]) -> float:
    """How much of the promise's own words a passage has that those before it don't."""
    return fsum(map(telling, (match.promise.passage.pairs & match.shown.pairs) - told))


def _agreed(links: list[Link]) -> Iterator[Link]:
    """One paper says one thing: where another passage tells what is missing, a mere verb of delivery is a part."""
    parted = any(link.why[0].code in _TOLD_SHORT for link in links)
    for link in links:
        if parted and link.why[0].code == "says_done" and link.relation is Relation.FULFILS:
            yield replace(link, relation=Relation.ADVANCES, flags=(*link.flags, "part_missing"))
        else:
            yield link


_TOLD_SHORT = frozenset({"number_short", "says_part", "says_missed", "part_missing", "some_of_all"})


def _link(match: _Match, later: Prepared, placed: Placed, reports: Reports) -> Link | None:
    verdict = relation_of(match.promise, match.shown, match.parts, later, reports)
    if verdict.relation is None:
        return None
    sure = match.standing >= SURE and _is_enough(match.points, verdict)
    sure = sure and verdict.sure and OTHER_LEVEL not in placed.flags
    return Link(
        commitment=match.promise.position,
        unit=match.shown.index,
        span=match.shown.unit.span,
        relation=verdict.relation,
        certainty=Certainty.SURE if sure else Certainty.PROPOSED,
        day=placed.day,
        score=round(match.standing / (match.standing + SURE), 4),
        scores=tuple((name, round(points, 2)) for name, points in match.points.named if points),
        why=(verdict.why, *_reasons(match)),
        flags=(*placed.flags, *verdict.flags),
    )


def _is_enough(points: Points, verdict: Verdict) -> bool:
    """Whether likeness alone, without a title, a name or a number in common, says enough; more for a rule that only
    speaks of the same thing."""
    named = dict(points.named)
    alike = named["wording"] + named["section"]
    if points.total > alike:
        return True
    if verdict.why.code == "speaks_of_it" and named["wording"] <= FLOOR:
        return False
    weak = verdict.why.code in _WEAK and not any(value.endswith("起") for value in verdict.why.values)
    return alike >= (LEAST_OF_RULES if weak else LEAST)


_WEAK = frozenset({"in_force", "says_in_force"})
"""Of a rule that speaks of a whole field."""


def _reasons(match: _Match) -> Iterator[Reason]:
    own, shown = match.promise.passage, match.shown
    for name, points in sorted(match.points.named, key=lambda each: -each[1]):
        if points:
            yield Reason(f"same_{name}", _examples(name, own, shown))


def _examples(name: str, own: Passage, shown: Passage) -> tuple[str, ...]:
    """What the points of one name were given for, as printed in the passage."""
    if name == "title":
        return shown.titles[:2]
    if name == "things":
        return tuple(sorted(own.names & shown.names))
    if name == "numbers":
        units = {plain_unit(number.unit) for number in own.numbers}
        return tuple(number.span.text for number in shown.numbers if plain_unit(number.unit) in units)[:3]
    return longest_runs(shown.words, own.pairs & shown.pairs) if name == "wording" else ()
