"""What became of each ask in a reply: answered (also in part), declined, or passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.clauses import Clause, clauses_of, mask
from extractors.declined import says_no
from extractors.headings import union
from extractors.tense import any_verb
from extractors.tracking.answering import ENOUGH, Ask, Bearing, bearings, ready_asks
from extractors.tracking.items import item_of
from extractors.tracking.wording import pairs_of
from models.commitments import Commitment, Strength
from models.documents import Unit, UnitRole, Zone
from models.evidence import Answer, Certainty, Coverage, Paper, Reason
from models.text import fold

GRANTING = 0.2  # of the ask's words: what a promise must share with it to grant it where something is refused
PARTLY = 0.3  # and what one must share that follows a refusal of the extent
INSTEAD = 0.45  # and what one must share that follows a refusal of the whole: less is a substitute
TOLD, TOLD_THERE = 0.3, 0.1  # what a fact must share with the ask to answer it; under a heading that names the ask
REFUSED, REFUSED_THERE = 0.3, 0.08  # of the ask: what the very clause that says no must share
HALF = 0.5  # of one clause of an ask: what a unit must have to speak to it
NEAR = 0.55  # of the best unit's value
STATED = 0.6  # of the whole ask: what numbers of how things stand must share
ACTED = 0.04  # what a sentence with a verb must share that stands under the ask's own heading
PLAIN = 0.5  # what a sentence must share that neither promises nor tells what was done
NAMED, PLAINLY = 0.35, 0.6  # of a heading: it names the ask


class Says(StrEnum):
    """What a unit of a reply does for an ask that it speaks to."""

    PROMISE = "promise"
    STUDY = "study"
    REFUSAL = "refusal"
    ACT = "act"
    FACT = "fact"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Said:
    """A unit that speaks to an ask, and what it does for it; `part`: it refuses only how much or how soon; `dated`: it
    promises until a day."""

    bearing: Bearing
    says: Says
    part: bool = False
    dated: bool = False
    others: bool = False

    @property
    def index(self) -> int:
        return self.bearing.unit.index


def cover(reply: Paper, item: Paper | None) -> tuple[Coverage, ...]:
    """What the reply says to each ask of the suggestion or proposal, or (None) to each that it names itself.

    To 增建停车场600个 the reply 新增300个; 一次增建600个难以做到 answers; 暂不列入立法计划 alone declines, and so does
    a promise to study it. What nobody mentions is unanswered. A co-handler's opinion answers nobody; a second reply
    goes on about some asks, and leaves none of the others unanswered.
    """
    if reply.extraction.identity.co_reply:
        return ()
    asker = item or reply
    subject = frozenset().union(*(pairs_of(fold(each.extraction.identity.subject or "")) for each in (asker, reply)))
    asks = ready_asks(asker, subject)
    if not asks:
        return ()
    found = bearings(reply, asks)
    kinds = _kinds(reply)
    dated = frozenset(each.span.start for each in reply.extraction.commitments if each.deadline)
    others = frozenset(each.span.start for each in reply.extraction.commitments if each.strength is Strength.ENCOURAGE)
    marks = _Marks(kinds, dated, others)
    judged = (_judge(ask, [_said(each, ask, marks) for each in found[ask.position]]) for ask in asks)
    again = item_of(reply).again
    return tuple(one for one in judged if not again or one.answer is not Answer.UNANSWERED)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What was read of units, by where they begin: what they say, which promise until a day, which of others' acts."""

    kinds: Mapping[int, Says]
    dated: frozenset[int]
    others: frozenset[int]


def _kinds(reply: Paper) -> dict[int, Says]:
    """What the units say, by where they begin."""
    found = {
        each.span.start: Says.STUDY if each.strength is Strength.STUDY or _only_thinks(each) else Says.PROMISE
        for each in reply.extraction.commitments
    }
    return found | {each.span.start: Says.REFUSAL for each in reply.extraction.declined}


def _only_thinks(commitment: Commitment) -> bool:
    """Whether a promise is one to look into the matter, whatever its verb: 将开展专题调研,适时提出方案."""
    if commitment.instruments or commitment.deadline:
        return False
    return bool(union("answering", "thinking").search(fold(commitment.span.text)))


def _said(bearing: Bearing, ask: Ask, marks: _Marks) -> Said:
    words, start = fold(bearing.unit.span.text), bearing.unit.span.start
    says = marks.kinds.get(start)
    if says is None and _refuses(bearing, ask, words):
        says = Says.REFUSAL
    if says is Says.PROMISE and _only_around(bearing, ask, words):
        says = Says.REFUSAL
    if says is Says.REFUSAL and _forbids(ask, words):
        says = Says.PROMISE
    if says is Says.REFUSAL and _gives_another_amount(bearing, ask, words):
        return Said(bearing, Says.ACT)
    if says is Says.REFUSAL:
        return Said(bearing, says, bool(union("answering", "extent").search(words)) or _names_amount(ask, words))
    return Said(bearing, says or _told(bearing, ask, words), dated=start in marks.dated, others=start in marks.others)


def _gives_another_amount(bearing: Bearing, ask: Ask, words: str) -> bool:
    """Whether only the asked amount is refused, and another one is given: 每月发放1200元,您建议的2000元暂难达到."""
    own = _own_clauses(words)
    given = _NUMBER.search(own) and any_verb().search(own) and bearing.own >= TOLD
    return bool(given) and _names_amount(ask, words) and not _names_amount(ask, own)


def _forbids(ask: Ask, words: str) -> bool:
    """Whether a no is what was asked for: 不再审批新建养殖场 to 禁止新建养殖场."""
    ends = union("answering", "ends")
    said = [_UNABLE.search(words[: found.start()]) for found in ends.finditer(words)]
    return bool(ends.search(ask.words)) and bool(said) and not any(said)


def _only_around(bearing: Bearing, ask: Ask, words: str) -> bool:
    """Whether a promise says no to the ask and promises something else: 不宜追究责任,将以约谈方式督促整改."""
    clauses = clauses_of(mask(words))
    said = _clauses_that_say_no(clauses)
    refuses = _refuses(bearing, ask, words) or any(ask.points(pairs_of(no)) >= REFUSED * ask.whole for no in said)
    if refuses and bearing.placed and not _NUMBER.search(words) and union("answering", "no_more").search(words):
        return True
    if union("answering", "extent").search(words) or not refuses:
        return False
    no = ",".join(said)
    rest = [clause.words for clause in clauses if clause.words not in no and not _GROUND.search(clause.words)]
    return ask.points(pairs_of(",".join(rest))) < ACTED * min(ask.whole, ENOUGH)


def _refuses(bearing: Bearing, ask: Ask, words: str) -> bool:
    """Whether a unit that by itself only tells how things are says no to the ask: 无法划设停车位 to 划设停车位."""
    plainly = REFUSED if union("answering", "no_more").search(words) else PLAINLY
    if bearing.unit.zone is Zone.DONE or max(bearing.own, bearing.topic) < plainly:
        return False
    clauses = clauses_of(mask(words))
    said = _clauses_that_say_no(clauses)
    if bearing.placed and any(union("answering", "no_more").search(clause) for clause in said):
        return not union("answering", "done").search(words)
    least = REFUSED_THERE if bearing.topic >= PLAINLY else REFUSED
    return any(ask.points(pairs_of(clause)) >= least * min(ask.whole, ENOUGH) for clause in said)


def _clauses_that_say_no(clauses: Sequence[Clause]) -> list[str]:
    """The clauses that say no, with the one before where they name nothing: 新建图书馆因无用地指标,近期难以安排."""
    found: list[str] = []
    for place, clause in enumerate(clauses):
        words = _QUOTED.sub("", clause.words)
        if _ONCE.match(words) or "未经" in words:
            continue
        if says_no(words) or union("answering", "no_more").search(words):
            bare = place and len(clause.words) <= _BARE_NO and not _NUMBER.search(clauses[place - 1].words)
            found.append(f"{clauses[place - 1].words},{clause.words}" if bare else clause.words)
    return found


def _told(bearing: Bearing, ask: Ask, words: str) -> Says:
    """Whether a unit tells that what is asked is there (FACT) or is being done (ACT): not how things stand in numbers,
    not what is lacking, nor the ask again, nor how the letter was handled."""
    if union("answering", "courtesy").search(words) or _handles(ask, words):
        return Says.NOTHING
    if union("answering", "lacking").search(_OCCASION.sub("", _without_what_was(words))):
        return Says.NOTHING
    named, own = bearing.topic >= PLAINLY, bearing.own
    if bearing.unit.zone is Zone.DONE or union("answering", "done").search(words):
        now = bearing.placed or (named and bearing.unit.zone is not Zone.DONE)
        enough = (now and not _HISTORY.search(words)) or own >= (TOLD_THERE if named else TOLD)
        return Says.FACT if enough else Says.NOTHING
    if union("answering", "said_again").search(words):
        words = _own_clauses(words)
        return Says.ACT if _NUMBER.search(words) and own >= TOLD and any_verb().search(words) else Says.NOTHING
    if union("answering", "state").search(words):
        return Says.FACT if bearing.whole >= STATED else Says.NOTHING
    return Says.ACT if own >= PLAIN or _acts(bearing, words, named) else Says.NOTHING


def _without_what_was(words: str) -> str:
    """A sentence without what it says was so once: 原先没有班车,9月起已开行2辆."""
    return ",".join(clause for clause in words.split(",") if not _ONCE.match(clause)) or words


def _own_clauses(words: str) -> str:
    """What a sentence says beside what it quotes of the ask, and beside its no: 按300元发放,您建议的500元暂难达到."""
    clauses = [clause.words for clause in clauses_of(mask(words))]
    return ",".join(each for each in clauses if not (union("answering", "said_again").search(each) or says_no(each)))


def _handles(ask: Ask, words: str) -> bool:
    """Whether a unit tells that somebody went there and listened, where nobody asked for that."""
    handling = union("answering", "handling")
    return bool(handling.search(words)) and not handling.search(f"实地{ask.words}")


def _acts(bearing: Bearing, words: str, named: bool) -> bool:
    """Whether a sentence tells of an act, by a number or, in the ask's own place, a verb; under its heading either
    may do. What only praises, complains or exhorts tells of none."""
    words = ",".join(clause for clause in words.split(",") if not union("answering", "empty").search(clause))
    verb, number = any_verb().search(words), _NUMBER.search(words)
    if number and (bearing.own >= TOLD or (verb and named)):
        return True
    if verb and bearing.placed:
        return True
    if not named:
        return False
    if bearing.placed and number:
        return True
    return (bearing.own >= ACTED and bool(verb or number)) or bool(verb and verb.start() <= _AT_HEAD)


def _names_amount(ask: Ask, words: str) -> bool:
    return any(fold(each.span.text) in words for each in ask.numbers)


def _judge(ask: Ask, said: Sequence[Said]) -> Coverage:
    said = _near_the_best(ask, said)
    by = {says: [each for each in said if each.says is says] for says in Says}
    refusals, promises, studies = by[Says.REFUSAL], by[Says.PROMISE], by[Says.STUDY]
    partly = [*by[Says.ACT], *by[Says.FACT]] if refusals and all(each.part for each in refusals) else []
    granted = [each for each in (*promises, *partly) if _grants(each, refusals)]
    if any(_to_the_point(each) for each in granted):
        sure = any(each.bearing.own >= GRANTING for each in granted)
        kept = [*promises, *(partly or by[Says.ACT]), *studies, *refusals]
        return _coverage(ask, Answer.ANSWERED, kept, "answered_in_part" if refusals else "promised", sure)
    if refusals:
        return _coverage(ask, Answer.DECLINED, [*refusals, *promises, *studies], "refused", _worded(refusals))
    told = [*by[Says.ACT], *by[Says.FACT]]
    if studies and not told:
        return _coverage(ask, Answer.DECLINED, studies, "studied_only", _worded(studies))
    if told:
        return _coverage(ask, Answer.ANSWERED, [*told, *studies], "told_as_done", len(told) > 1 and _worded(told))
    named = any(each.bearing.topic >= NAMED for each in said)
    return _coverage(ask, Answer.UNANSWERED, [], "beside_the_point" if named else "not_mentioned", not named)


def _worded(said: Sequence[Said]) -> bool:
    """Whether words tie any of these units to the ask, not their place alone."""
    return any(each.bearing.own >= ACTED or not each.bearing.placed for each in said)


def _near_the_best(ask: Ask, said: Sequence[Said]) -> list[Said]:
    """Without units elsewhere in the letter that share a word or two, where one speaks plainly to the ask; what speaks
    plainly to one half of an ask stays."""
    best = max((each.bearing.value for each in said if each.says is not Says.NOTHING), default=0.0)
    halves = _halves(ask)
    return [
        each
        for each in said
        if each.bearing.topic >= NAMED or each.bearing.value >= NEAR * best or _speaks_to_half(each, ask, halves)
    ]


def _halves(ask: Ask) -> list[frozenset[str]]:
    """The clauses of an ask that each ask for something: 提高保额,设立基金."""
    clauses = [clause for clause in ask.words.split(",") if (verb := any_verb().search(clause)) and verb.start() <= 1]
    return [pairs_of(clause) for clause in clauses] if len(clauses) > 1 else []


def _speaks_to_half(each: Said, ask: Ask, halves: Sequence[frozenset[str]]) -> bool:
    pairs = pairs_of(fold(each.bearing.unit.span.text))
    return any(ask.points(pairs & half) >= HALF * ask.points(half) for half in halves)


def _to_the_point(promise: Said) -> bool:
    """Whether a promise has a word of the ask, or at least a number or a day: 加强宣传引导 alone has none."""
    unit = promise.bearing.unit
    concrete = promise.dated or unit.role is UnitRole.TABLE_ROW or bool(_NUMBER.search(unit.span.text))
    if promise.bearing.placed and not concrete:
        concrete = any(not union("answering", "general", "empty").search(each) for each in _acts_in(unit))
    return promise.bearing.own >= ACTED or concrete


def _acts_in(unit: Unit) -> Iterator[str]:
    """The clauses of a unit that have a verb."""
    for clause in clauses_of(mask(fold(unit.span.text))):
        if any_verb().search(clause.words):
            yield clause.words


_UNABLE = re.compile("[不无难未]\\S{0,2}$")
_AT_HEAD = 2
_GROUND = re.compile("涉及|禁止|^(?:因|由于|鉴于|受|属)")  # why it can't be, which promises nothing
_BARE_NO = 8  # letters of a clause that says no and nothing else: 近期难以安排
_OCCASION = re.compile(
    "^(?:[^,]{1,3}[、.)])?(?:针对|对于?|关于|为解决|围绕|就)[^,]{2,40}[,:]|^[^,。:]{2,14}:"
)  # 停车难问题:
_QUOTED = re.compile("[“‘「][^“”‘’「」]*[”’」]")  # 把“不得阻挠”写进扣分项 says no to nobody
_ONCE = re.compile("(?:[^,]{1,3}[、.)])?(?:原先|原来|原本|此前|以前|过去|曾)")
_HISTORY = re.compile("近年来|近几年|多年来|一直以来|历年|长期以来|以来,")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千两][个家所处座条项次名人户套台批期辆]")


def _grants(promise: Said, refusals: Sequence[Said]) -> bool:
    """Whether a promise does some of what is asked, given what is refused."""
    if not refusals:
        return True
    own, part = promise.bearing.own, all(each.part for each in refusals)
    if promise.others and not part and promise.index > min(each.index for each in refusals):
        return False
    if promise.index < min(each.index for each in refusals):
        return own >= GRANTING or (part and promise.bearing.topic >= PLAINLY)
    return own >= (PARTLY if part else max(INSTEAD, *(each.bearing.own for each in refusals)))


def _coverage(ask: Ask, answer: Answer, by: Sequence[Said], code: str, sure: bool) -> Coverage:
    units = tuple(sorted({each.index for each in by}))
    certainty = Certainty.SURE if sure else Certainty.PROPOSED
    return Coverage(ask.position, answer, units, certainty, (Reason(code),))
