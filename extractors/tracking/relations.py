"""What a later passage does for a promise, by the passage's own wording and its numbers.

印发, 建成, 完成 tell of what is done; 正在, 启动, 试点 of what is under way; 将, 力争, 年底前 repeat; 取消, 核减为
change; a new day only repeats (it doesn't move the old one); a meeting proves nothing. A number short of the promised
one is a part, whatever the verb says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.headings import union
from extractors.numbers.dates import Anchor, find_times
from extractors.tracking.left_out import narrower, part_open, part_untold
from extractors.tracking.looking import is_planned, sets_rules
from extractors.tracking.numbers import Reached, Reports, ratios_of, reached, same_unit
from extractors.tracking.prepared import Part, Passage, Prepared, Promise
from extractors.tracking.stages import begun_as_promised, on_the_way, only_begins, only_begun
from extractors.tracking.wording import plain_unit
from models.commitments import Strength
from models.documents import Kind
from models.evidence import Reason, Relation
from models.quantities import Role

_SHARE_OF_PLAN = re.compile(r"(?:计划|任务|目标)[^,]{0,4}的(\d+(?:\.\d+)?)%")
_TENTHS = re.compile(r"(?:计划|任务|目标)[^,]{0,4}的([一二三四五六七八九])成")
_OPEN_ENDED = frozenset({Strength.STUDY, Strength.ENCOURAGE})
_TOLD = re.compile(
    "[已了过]|实际|累计|去年|前年|截至|目前|以来|至今|不再|(?:印发|实施|施行|启用|开通|投[用入运]|运行|提标|调整|改造|建成)[以之]?后(?=,|$)"
)
_FROM = re.compile("自[^,]{2,14}起|(?:日|月份?|学期|年度?|即日)起(?!步|来|草|点)")
_AGAIN = re.compile("每(?:个?[年月周日天]|半年|季度?|学期|学年|旬|次|班)|定期")
_BY = re.compile("前|底|末|内|^到")
_REST = re.compile(
    "(?:但|不过|然而)?(?:目前|现在)?,?(?:其余|剩余|余下|剩下|另有|另外|还有|尚有|仍有|还差|尚差|尚未|仍未)"
)
_EACH_OF = re.compile("(?:[每各][个家所座处]?|所有|全部)(?![年月季周天日])([\u4e00-\u9fff]{2})")
_ALL = re.compile("[全均都]|一律|所有|[每各][个家]|无一|一[个家]不落")
_WHOLE = re.compile("[配补建]齐|全部|全覆盖|全面|一律|所有|应[\u4e00-\u9fff]尽")
_FINISHED = re.compile(
    "(?:正式|并|全面|,)[^,]{0,4}(?:印发|施行|发布|出台|投用|启用|投运|开通|建成|竣工|完工|上线|挂牌|开[馆园业放])(?!后)"
    "|[已全][^,]{0,5}(?:推开|铺开|推广)"
)
_PROBLEM = re.compile("(?:仍?存在|主要|面临)的?[^,:]{0,6}(?:问题|困难|不足|短板)")
_FIRST = re.compile("(?:首|第一)[个座家条批台所处辆名]")
_COMPLETED = re.compile("[已了](?!解)|建成|竣工|完工|投用|启用|印发|开通")
_STANDS = re.compile("正在|封顶|在建|进场|试运行|获批|完成(?:前期|选址|招标|设计|立项|主体|土建|基础|总工程量|工程量)")
_PROMISED_TALK = re.compile("(?:召开|举行|举办)[^,]{0,20}(?:会|论坛|活动)|走访|调研|座谈")
_COUNTED = frozenset({"元", "%", "日", "天", "小时", "分钟", "个工作日", "工作日", "个月", "年", "学时", "课时"})


REASONS = (
    "says_issued", "says_in_force", "says_done", "says_under_way", "says_part", "says_missed", "says_cancelled",
    "says_moved", "says_talk", "says_prepared", "number_met", "number_short", "number_untold", "number_changed",
    "other_year", "part_missing", "some_of_all", "planned", "promised_again", "in_force", "speaks_of_it",
)  # fmt: skip
"""The codes of what decides a relation."""

FLAGS = ("day_moved", "part_missing", "number_untold", "other_year")
"""The codes of what a person should look at in a link (besides "undated")."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation with its reason; `relation` None where the passage proves nothing."""

    relation: Relation | None
    why: Reason
    flags: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Said:
    """A passage as it speaks of a promise: the words of the clauses that do, its numbers against the promised ones."""

    promise: Promise
    shown: Passage
    words: str
    parts: tuple[Part, ...]
    got: Reached
    later: Prepared

    def has(self, meaning: str) -> bool:
        return union("relations", meaning).search(self.words) is not None

    def because(self, meaning: str) -> Reason:
        found = union("relations", meaning).search(self.words)
        return Reason(f"says_{meaning}", (found[0],) if found else ())

    def new(self, meaning: str) -> bool:
        """Whether it has words of a meaning that the promise itself hasn't (开工 fulfils a promise to 开工)."""
        promised = self.promise.passage.words
        begins = meaning == "under_way" and only_begins(self.promise)
        return any(
            (found[0].lstrip("已正") or found[0]) not in promised
            and not (begins and union("stages", "begun").search(found[0]))
            for found in union("relations", meaning).finditer(self.words)
        )


def relation_of(
    promise: Promise, shown: Passage, parts: tuple[Part, ...], later: Prepared, reports: Reports
) -> Verdict:
    """What a passage does for a promise; `parts` are the clauses that speak of it.

    “试点线路已开通,其余两条正在施工” advances “开通线路三条”; “现将《养犬细则》印发给你们” fulfils “出台《养犬细则》”.
    """
    said = _Said(
        promise, shown, ",".join(part.words for part in parts), parts, reached(promise, shown, parts, reports), later
    )
    if verdict := _withdrawn(said):
        return verdict
    if said.has("issued") and promise.passage.titles:
        return Verdict(Relation.FULFILS, said.because("issued"))
    rule = sets_rules(later.paper.extraction.identity, shown.unit)
    verdict = _by_rule(said) if rule else _by_report(said)
    if verdict.relation is Relation.FULFILS and _is_open_ended(promise):
        return replace(verdict, relation=Relation.ADVANCES)
    return verdict


def _is_open_ended(promise: Promise) -> bool:
    """Whether it can go on but never be kept: a study, or what others are only encouraged to do, without a day."""
    return promise.commitment.strength in _OPEN_ENDED and promise.commitment.deadline is None


def _withdrawn(said: _Said) -> Verdict | None:
    """Cancelled, or changed to another number than the promised one; a later day alone repeats the promise."""
    if said.new("cancelled"):
        return Verdict(Relation.CONTRADICTS, said.because("cancelled"))
    if said.new("changed") and (other := _other_number(said)):
        return Verdict(Relation.CONTRADICTS, Reason("number_changed", other))
    if said.new("moved"):
        return Verdict(Relation.RESTATES, said.because("moved"), ("day_moved",))
    return None


def _other_number(said: _Said) -> tuple[str, ...]:
    """The number that the promised one was changed to, as printed; none where it was changed to the promised one."""
    words = said.shown.words
    for found in union("relations", "changed").finditer(words):
        ratios, promised = ratios_of(words[found.end() :]), ratios_of(said.promise.passage.words)
        if ratios and promised and not ratios & promised:
            return tuple(f"{one}:{other}" for one, other in sorted(ratios))
        if changed := _changed_to(said, found.start(), words.find(",", found.end())):
            return changed
    return ()


def _changed_to(said: _Said, start: int, stop: int) -> tuple[str, ...]:
    """The numbers between two places of a passage that are none of the promised ones, in a promised one's unit."""
    first = said.shown.unit.span.end - len(said.shown.words)
    clause = range(first + start, first + (stop if stop >= 0 else len(said.shown.words)))
    promised = [own for own in said.promise.passage.numbers if own.role is not Role.ACTUAL]
    changed = []
    for other in said.shown.numbers:
        alike = [own for own in promised if same_unit(own, other)]
        if other.span.start in clause and alike and all(own.value != other.value for own in alike):
            changed.append(other.span.text)
    return tuple(changed)


def _by_rule(said: _Said) -> Verdict:
    """A rule is in force, so is the policy part of a plan; tasks of a plan, and numbers to be reached, only repeat."""
    if _only_talk(said):
        return Verdict(None, said.because("talk"))
    if not _FROM.search(said.shown.words) and _to_be_reached(said):
        return Verdict(Relation.RESTATES, Reason("planned"))
    if said.got.short and not said.got.met:
        return Verdict(Relation.CONTRADICTS, Reason("number_changed", said.got.short))
    if said.later.paper.extraction.identity.kind is Kind.REGULATION and part_untold(
        said.promise, said.shown, said.later
    ):
        return Verdict(Relation.ADVANCES, Reason("part_missing"), ("part_missing",))
    if said.has("in_force"):
        return Verdict(Relation.FULFILS, said.because("in_force"))
    if starts := _FROM.search(said.words):
        return Verdict(Relation.FULFILS, Reason("says_in_force", (starts[0],)))
    if said.later.paper.extraction.identity.kind is Kind.PLAN:
        return Verdict(Relation.RESTATES, Reason("planned"))
    if said.got.part_missing and said.got.met:
        return Verdict(Relation.ADVANCES, Reason("part_missing"), ("part_missing",))
    return Verdict(Relation.FULFILS, Reason("in_force"))


def _to_be_reached(said: _Said) -> bool:
    """Whether somebody must first reach it: by a later day, or a number that is counted in the world.

    Money and times of a rule are in force at once; those of a plan, where they are targets, are not.
    """
    if _by_day(said):
        return True
    rule = said.later.paper.extraction.identity.kind is Kind.REGULATION
    if rule and _AGAIN.search(said.words):
        return False
    promised = {plain_unit(own.unit) for own in said.promise.passage.numbers if own.role is Role.TARGET}
    for number in said.shown.numbers:
        unit = plain_unit(number.unit)
        if number.role is Role.TARGET and not (rule and unit in _COUNTED):
            return True
        if rule and unit in promised - _COUNTED:
            return True
    return False


def _by_day(said: _Said) -> bool:
    """Whether a passage sets a day after its paper's own, by which (not: from which) it is to be."""
    day = said.later.paper.extraction.identity.date
    times = find_times(said.words, Anchor(day, day.year if day else None))
    return any(time.last and (not day or time.last > day) and _BY.search(time.text) for time in times)


def _by_report(said: _Said) -> Verdict:
    if _ahead(said):
        return Verdict(Relation.RESTATES, Reason("promised_again"))
    if _only_talk(said) or _PROBLEM.match(said.shown.words):
        return Verdict(None, said.because("talk"))
    return _by_share(said) or _on_the_way(said) or _in_part(said) or _by_verbs(said)


def _by_share(said: _Said) -> Verdict | None:
    """By a share of the task (完成年度任务的83%, 完成八成), or a number that is short."""
    if tenths := _TENTHS.search(said.words):
        return Verdict(Relation.ADVANCES, Reason("number_short", (tenths[0],)))
    if said.got.short and (last := _the_last(said)):
        return Verdict(Relation.FULFILS, Reason("says_done", (last,)))
    if said.got.short:
        return Verdict(Relation.ADVANCES, Reason("number_short", said.got.short))
    share = _SHARE_OF_PLAN.search(said.words)
    if share and float(share[1]) < 100:
        return Verdict(Relation.ADVANCES, Reason("number_short", (share[0],)))
    if share and not said.got.part_missing:
        return Verdict(Relation.FULFILS, Reason("number_met", (share[0],)))
    if said.got.other_year:
        return Verdict(Relation.ADVANCES, Reason("other_year"), ("other_year",), sure=False)
    return None


def _the_last(said: _Said) -> str | None:
    """That the number told is what was left, and the account is closed: 剩下的4家…全部清零, 最后一座拆平."""
    last = union("stages", "the_last").search(said.words)
    if not last or said.has("ahead") or said.new("under_way"):
        return None
    behind = said.words[last.end() :]
    done = last[0].startswith("最后") and union("relations", "done").search(behind)
    if union("relations", "missed").search(behind) or not (done or union("stages", "cleared").search(said.words)):
        return None
    return last[0]


def _on_the_way(said: _Said) -> Verdict | None:
    """Something is still missing by the next sentence, or only what comes before the thing itself is told."""
    if rest := _rest_told(said):
        return Verdict(Relation.ADVANCES, Reason("says_part", (rest,)), ("part_missing",))
    if said.new("prepared") and not _done_besides(said, "prepared"):
        return Verdict(Relation.ADVANCES, said.because("prepared"))
    if told := on_the_way(said.promise, said.parts):
        return Verdict(Relation.ADVANCES, Reason("says_under_way", (told,)))
    return None


def _in_part(said: _Said) -> Verdict | None:
    """A part of the promise: one place of many, a thing of several that is still open, or that nobody tells of."""
    one, shown, later = said.promise, said.shown, said.later
    if place := narrower(one, said.words):
        return Verdict(Relation.ADVANCES, Reason("some_of_all", (place,)), ("part_missing",))
    if still := part_open(one, shown, later):
        return Verdict(Relation.ADVANCES, Reason("says_part", (still,)), ("part_missing",))
    if said.got.met and said.got.of_them:
        return Verdict(Relation.ADVANCES, Reason("number_short", said.got.of_them))
    if said.got.part_missing or part_untold(one, shown, later):
        return Verdict(Relation.ADVANCES, Reason("part_missing"), ("part_missing",))
    return None


def _by_verbs(said: _Said) -> Verdict:
    if said.got.met and (begun := only_begun(said.promise, said.words)):
        return Verdict(Relation.ADVANCES, Reason("says_under_way", (begun,)))
    if said.got.met:
        return Verdict(Relation.FULFILS, Reason("number_met", said.got.met))
    return _by_open_words(said) or _by_done_words(said)


def _by_open_words(said: _Said) -> Verdict | None:
    """A first one, some of all, a part, a failure, or something under way."""
    if (first := _FIRST.search(said.words)) and said.got.several and not _is_first_promised(said, first[0]):
        return Verdict(Relation.ADVANCES, Reason("says_part", (first[0],)), ("part_missing",))
    if some := _some_of_all(said):
        return Verdict(Relation.ADVANCES, Reason("some_of_all", (some,)), ("part_missing",))
    if said.new("part"):
        return Verdict(Relation.ADVANCES, said.because("part"))
    if said.has("missed") and (verdict := _missed(said)):
        return verdict
    if said.new("under_way") and not _finished(said):
        return Verdict(Relation.ADVANCES, said.because("under_way"))
    return None


def _by_done_words(said: _Said) -> Verdict:
    if _WHOLE.search(said.promise.passage.words) and (share := _share_told(said)):
        return Verdict(Relation.ADVANCES, Reason("number_short", (share,)))
    if starts := _FROM.search(said.shown.words):
        return Verdict(Relation.FULFILS, Reason("says_in_force", (starts[0],)))
    if said.got.untold:
        return Verdict(Relation.ADVANCES, Reason("number_untold"), ("number_untold",))
    if said.got.of_them:
        return Verdict(Relation.ADVANCES, Reason("number_short", said.got.of_them))
    if said.has("done") or any(number.role is Role.ACTUAL for number in said.shown.numbers):
        return Verdict(Relation.FULFILS, said.because("done"))
    if begun_as_promised(said.promise, said.words):
        return Verdict(Relation.FULFILS, said.because("under_way"))
    return Verdict(Relation.ADVANCES, Reason("speaks_of_it"))


def _is_first_promised(said: _Said, first: str) -> bool:
    """Whether a first one is what was promised, or comes under the paper that was: 办法印发后,首批6家获奖."""
    titled = any(title in said.words for title in said.promise.commitment.instruments)
    return titled or first in said.promise.passage.words


def _finished(said: _Said) -> bool:
    """Whether what was under way has come to its end: 已经审议通过并印发, 试运行后正式启用."""
    under_way = list(union("relations", "under_way").finditer(said.words))
    behind = said.words[under_way[-1].end() :]
    return bool(_FINISHED.search(behind)) and not union("relations", "ahead").search(behind)


def _rest_told(said: _Said) -> str | None:
    """What the next sentence says is still missing: “已建成8所。其余两所正在施工。”"""
    behind = next((each for each in said.later.passages if each.index == said.shown.index + 1), None)
    if behind is None or not _REST.match(behind.words):
        return None
    found = union("relations", "part").search(behind.words) or union("relations", "missed").search(behind.words)
    return found[0] if found else None


def _share_told(said: _Said) -> str | None:
    """A share short of the whole: 配到了七成, of what was to be 配齐."""
    shares = (each for each in said.shown.numbers if each.unit == "%" and 0 < each.value < 100)
    return next((each.span.text for each in shares if each.role is Role.ACTUAL), None)


def _some_of_all(said: _Said) -> str | None:
    """The few that have it, where each of them was to have it: 在每个镇街设立… -> 目前6个镇街的…已经开诊."""
    if _ALL.search(said.words):
        return None
    for each in _EACH_OF.finditer(said.promise.passage.words):
        if some := re.search(rf"(?:\d+|[两三四五六七八九十]+)[个家所座处]?{each[1]}", said.words):
            return some[0]
    return None


def _missed(said: _Said) -> Verdict | None:
    """What the clauses beside a failure say: something under way is a part, nothing at all is a failure.

    “几易其稿,至今没有定稿” advances; “至今没有动工” contradicts: its 动工 is what is missing.
    """
    rest = ",".join(part for part in said.words.split(",") if not union("relations", "missed").search(part))
    begun = union("relations", "under_way").search(rest)
    if begun and begun[0] not in said.promise.passage.words:
        return Verdict(Relation.ADVANCES, Reason("says_under_way", (begun[0],)))
    return None if _COMPLETED.search(rest) else Verdict(Relation.CONTRADICTS, said.because("missed"))


def _ahead(said: _Said) -> bool:
    """Whether the passage tells what will be: by its words, a day after its paper's own, or as a plan's bare verb."""
    if said.has("ahead"):
        return not _told_beside(said)
    if _TOLD.search(said.words) or any(number.role is Role.ACTUAL for number in said.shown.numbers):
        return False
    day = said.later.paper.extraction.identity.date
    times = find_times(said.words, Anchor(day, day.year if day else None))
    if day and any(time.last and time.last > day and (time.own_year or _BY.search(time.text)) for time in times):
        return not any(time.first and time.first <= day and time.precision == "day" for time in times)
    return is_planned(said.shown.unit) or (_promised_again(said) and not times)


def _told_beside(said: _Said) -> bool:
    """Whether a fact stands beside what will be: 主体已封顶,预计明年3月交付."""
    rest = [part for part in said.words.split(",") if not union("relations", "ahead").search(part)]
    if not is_planned(said.shown.unit) and any(_STANDS.search(part) for part in rest):
        return True
    if _TOLD.search(union("relations", "ahead").sub("", said.words)):
        return True
    return not is_planned(said.shown.unit) and _counts_facts(said)


def _counts_facts(said: _Said) -> bool:
    """Whether a number is told as a fact in a clause that isn't about what will be: 完成516户,其余明年实施."""
    facts = [number.span.start for number in said.shown.numbers if number.role is Role.ACTUAL]
    return any(
        part.start <= at < part.start + len(part.words) and not union("relations", "ahead").search(part.words)
        for part in said.shown.parts
        for at in facts
    )


def _promised_again(said: _Said) -> bool:
    return any(again.passage.index == said.shown.index for again in said.later.promises)


def _only_talk(said: _Said) -> bool:
    if said.got.met or said.got.short or not said.new("talk") or _PROMISED_TALK.search(said.promise.passage.words):
        return False
    return not _done_besides(said, "talk")


def _done_besides(said: _Said, meaning: str) -> bool:
    """Whether a verb of delivery stands beside the words of a meaning; 了 and 已 alone are none."""
    rest = re.sub("[了已过]|完成", "", union("relations", meaning).sub("", said.words))
    return union("relations", "done").search(rest) is not None
