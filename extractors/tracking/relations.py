"""What a later passage does for a promise, by the passage's own wording and its numbers.

印发, 建成, 完成 tell of what is done; 正在, 启动, 试点 of what is under way; 将, 力争, 年底前 repeat; 取消, 核减为
change; a new day only repeats (it doesn't move the old one); a meeting proves nothing. A number short of the promised
one is a part, whatever the verb says.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.headings import union
from extractors.tracking.held_to import AMOUNTS, promised_numbers
from extractors.tracking.left_out import narrower, part_open, part_untold, rest_open, some_wait
from extractors.tracking.looking import announces, sets_rules
from extractors.tracking.measures import in_measures_of
from extractors.tracking.numbers import Reports, is_each
from extractors.tracking.pieces import clauses_promised, worth
from extractors.tracking.prepared import Part, Passage, Prepared, Promise
from extractors.tracking.reached import reached
from extractors.tracking.said import Said, Verdict
from extractors.tracking.stages import begun_alone, begun_as_promised, on_the_way, only_begun
from extractors.tracking.tallies import tallied
from extractors.tracking.to_come import to_be_reached, will_be
from extractors.tracking.withdrawn import withdrawn
from extractors.tracking.wording import pairs_of, plain_unit
from models.commitments import Strength
from models.documents import Identity, Kind
from models.evidence import Reason, Relation
from models.quantities import Quantity, Role
from models.text import fold

_FEW = 2  # things: a rule that is in force needn't count them
_SHARE_OF_PLAN = re.compile(r"(?:计划|任务|目标)[^,]{0,4}的(\d+(?:\.\d+)?)%")
_TENTHS = re.compile(r"(?:计划|任务|目标)[^,]{0,4}的([一二三四五六七八九])成")
_OPEN_ENDED = frozenset({Strength.STUDY, Strength.ENCOURAGE})
_FROM = re.compile("自[^,]{2,14}起|(?:日|月份?|学期|年度?|即日)起(?!步|来|草|点)")
_EACH_OF = re.compile("(?:[每各][个家所座处]?|所有|全部)(?![年月季周天日])([\u4e00-\u9fff]{2})")
_FIRST = re.compile("(?:首|第一)[个座家条批台所处辆名]")
_BATCH = ("首批", "第一批", "先期", "首期", "第一期")
_ON_THE_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初)?([\u4e00-\u9fff]{2})")  # 于去年12月20日提交
_EDITION = re.compile(r"[(〔](?:试行|暂行|试用)[)〕]")  # of a paper that is out


REASONS = (
    "says_issued", "says_in_force", "says_done", "says_under_way", "says_part", "says_missed", "says_cancelled",
    "says_moved", "says_talk", "says_prepared", "number_met", "number_short", "number_untold", "number_changed",
    "other_year", "part_missing", "some_of_all", "planned", "promised_again", "in_force", "speaks_of_it",
)  # fmt: skip
"""The codes of what decides a relation."""

FLAGS = ("day_moved", "part_missing", "number_untold", "other_year")
"""The codes of what a person should look at in a link (besides "undated")."""


def relation_of(
    promise: Promise, shown: Passage, parts: tuple[Part, ...], later: Prepared, reports: Reports
) -> Verdict:
    """What a passage does for a promise; `parts` are the clauses that speak of it.

    “试点线路已开通,其余两条正在施工” advances “开通线路三条”; “现将《养犬细则》印发给你们” fulfils “出台《养犬细则》”.
    """
    shown = replace(shown, numbers=in_measures_of(promise.passage.numbers, shown.numbers))
    said = Said(
        promise,
        shown,
        _EDITION.sub("", ",".join(part.words for part in parts)),
        parts,
        tallied(reached(promise, shown, parts, reports), promise, shown, parts, later.paper.extraction.identity),
        later,
    )
    if verdict := withdrawn(said):
        return verdict
    if said.has("issued") and promise.passage.titles:
        return Verdict(Relation.FULFILS, said.because("issued"))
    if listed := _listed_as_promised(said):
        return Verdict(Relation.FULFILS, Reason("says_issued", (listed,)))
    rule = sets_rules(later.paper.extraction.identity, shown.unit) and not union("stages", "allotted").search(
        said.words
    )
    verdict = _by_rule(said) if rule else _by_report(said)
    if verdict.relation is Relation.FULFILS and _is_open_ended(promise):
        return replace(verdict, relation=Relation.ADVANCES)
    return verdict


def _listed_as_promised(said: Said) -> str | None:
    """The list that a thing was to come into, where the later paper is that list: 立法计划, of 列入2025年立法计划."""
    listed = union("stages", "to_be_listed").search(said.promise.passage.words)
    title = fold(_identity(said).title or "")
    if listed is None or listed[1] in said.words:
        return None
    return listed[1] if listed[1][:2] in title and listed[1][2:] in title else None


def _is_open_ended(promise: Promise) -> bool:
    """Whether it can go on but never be kept: a study, or what others are only encouraged to do, without a day."""
    return promise.commitment.strength in _OPEN_ENDED and promise.commitment.deadline is None


def _by_rule(said: Said) -> Verdict:
    """A rule is in force, so is the policy part of a plan; tasks of a plan, and numbers to be reached, only repeat."""
    if _only_talk(said):
        return Verdict(None, said.because("talk"))
    level = _level_set(said)
    if not level and not _FROM.search(said.shown.words) and to_be_reached(said):
        return Verdict(Relation.RESTATES, Reason("planned"))
    if said.got.short and not said.got.met:
        return Verdict(Relation.CONTRADICTS, Reason("number_changed", said.got.short))
    if said.later.paper.extraction.identity.kind is Kind.REGULATION and part_untold(
        said.promise, said.shown, said.later
    ):
        return Verdict(Relation.ADVANCES, Reason("part_missing"), ("part_missing",))
    if level:
        return Verdict(Relation.FULFILS, Reason("says_in_force", (level,)))
    if _counts_untold(said):
        return Verdict(Relation.ADVANCES, Reason("number_untold"), ("number_untold",))
    if said.has("in_force"):
        return Verdict(Relation.FULFILS, said.because("in_force"))
    if starts := _FROM.search(said.words):
        return Verdict(Relation.FULFILS, Reason("says_in_force", (starts[0],)))
    if said.later.paper.extraction.identity.kind is Kind.PLAN:
        return Verdict(Relation.RESTATES, Reason("planned"))
    if said.got.part_missing and said.got.met:
        return Verdict(Relation.ADVANCES, Reason("part_missing"), ("part_missing",))
    return Verdict(Relation.FULFILS, Reason("in_force"))


def _counts_untold(said: Said) -> bool:
    """Whether a rule counts none of the things of which so many were promised: 应当扫码 for 新设卡口30处,推行扫码."""
    if said.got.met or said.later.paper.extraction.identity.kind is not Kind.REGULATION:
        return False
    counted = (own for own in promised_numbers(said.promise) if own.role is Role.TARGET and not is_each(own))
    return any(plain_unit(own.unit) not in AMOUNTS and own.value > _FEW for own in counted)


def _level_set(said: Said) -> str | None:
    """The word by which a notice sets a level, or does what was promised at once: 比例统一为70%, 即日起免费开放.

    A plan that is sent out by a notice (关于印发…方案的通知) sets none: its levels are to be reached.
    """
    if said.has("ahead") or said.new("under_way") or not announces(_identity(said)):
        return None
    found = union("told", "level_set").search(said.words)
    return found[0] if found else None


def _identity(said: Said) -> Identity:
    return said.later.paper.extraction.identity


def _by_report(said: Said) -> Verdict:
    if will_be(said):
        return Verdict(Relation.RESTATES, Reason("promised_again"))
    if _only_talk(said) or union("told", "problem").match(said.shown.words):
        return Verdict(None, said.because("talk"))
    verdict = _by_share(said) or _on_the_way(said) or _in_part(said) or _by_verbs(said)
    kept = verdict.relation is Relation.FULFILS and verdict.why.code in ("number_met", "says_done")
    if kept and _one_year_of_several(said):
        return Verdict(Relation.ADVANCES, Reason("part_missing"), ("part_missing",))
    return verdict


def _by_share(said: Said) -> Verdict | None:
    """By a share of the task (完成年度任务的83%, 完成八成), or a number that is short."""
    if tenths := _TENTHS.search(said.words):
        return Verdict(Relation.ADVANCES, Reason("number_short", (tenths[0],)))
    if said.got.short and (last := _the_last(said)):
        return Verdict(Relation.FULFILS, Reason("says_done", (last,)))
    less = union("told", "less_than_said").search(said.words)
    if less or (said.got.short and _set_otherwise(said)):
        why = Reason("says_missed", (less[0],)) if less else Reason("number_changed", said.got.short)
        return Verdict(Relation.CONTRADICTS if _rates(said) else Relation.ADVANCES, why)
    if said.got.short:
        return Verdict(Relation.ADVANCES, Reason("number_short", said.got.short))
    share = _SHARE_OF_PLAN.search(said.words)
    if share and float(share[1]) < 100:
        return Verdict(Relation.ADVANCES, Reason("number_short", (share[0],)))
    if share and not said.got.part_missing and not said.got.short:
        return Verdict(Relation.FULFILS, Reason("number_met", (share[0],)))
    if said.got.other_year:
        return Verdict(Relation.ADVANCES, Reason("other_year"), ("other_year",), sure=False)
    return None


def _set_otherwise(said: Said) -> bool:
    """Whether a standard that was promised is set at another amount: 定的标准是每亩3300元, of 提高到3600元."""
    return bool(_rates(said)) and union("told", "standard_set").search(said.words) is not None


def _rates(said: Said) -> list[Quantity]:
    return [own for own in promised_numbers(said.promise) if own.role is Role.STANDARD and own.unit == "元"]


def _the_last(said: Said) -> str | None:
    """That the number told is what was left, and the account is closed: 剩下的4家…全部清零, 最后一座拆平."""
    last = union("stages", "the_last").search(said.words)
    if not last or said.has("ahead") or said.new("under_way"):
        return None
    behind = said.words[last.end() :]
    done = last[0].startswith("最后") and union("relations", "done").search(behind)
    if union("relations", "missed").search(behind) or not (done or union("stages", "cleared").search(said.words)):
        return None
    return last[0]


def _on_the_way(said: Said) -> Verdict | None:
    """Something is still missing by the next sentence, or only what comes before the thing itself is told."""
    if rest := _rest_told(said):
        return Verdict(Relation.ADVANCES, Reason("says_part", (rest,)), ("part_missing",))
    kept = begun_as_promised(said.promise, said.words)
    if said.new("prepared") and not kept and not _done_besides(said, "prepared"):
        return Verdict(Relation.ADVANCES, said.because("prepared"))
    if told := on_the_way(said.promise, said.parts):
        return Verdict(Relation.ADVANCES, Reason("says_under_way", (told,)))
    return None


def _in_part(said: Said) -> Verdict | None:
    """A part of the promise: one place of many, a thing of several that is still open, or that nobody tells of."""
    one, shown, later = said.promise, said.shown, said.later
    if (place := narrower(one, said.words)) and not (said.got.met and not said.got.short and place.startswith(_BATCH)):
        return Verdict(Relation.ADVANCES, Reason("some_of_all", (place,)), ("part_missing",))
    if still := part_open(one, shown, later):
        return Verdict(Relation.ADVANCES, Reason("says_part", (still,)), ("part_missing",))
    if said.got.met and said.got.of_them:
        return Verdict(Relation.ADVANCES, Reason("number_short", said.got.of_them))
    rest = rest_open(one, shown) if len(clauses_promised(one)) > 1 else None
    if rest := rest or some_wait(one, said.parts):
        return Verdict(Relation.ADVANCES, Reason("says_part", (rest,)), ("part_missing",))
    if said.got.part_missing or (not said.got.summed and part_untold(one, shown, later, counted=bool(said.got.met))):
        return Verdict(Relation.ADVANCES, Reason("part_missing"), ("part_missing",))
    return None


def _one_year_of_several(said: Said) -> bool:
    """Whether what was promised for each of several years is told of one: 连续补助三年 -> 第一年度补助已发放."""
    promised = union("stages", "several_years").search(said.promise.passage.words)
    return promised is not None and not union("stages", "all_years").search(said.shown.words)


def _by_verbs(said: Said) -> Verdict:
    if said.got.met and (begun := only_begun(said.promise, said.words)):
        return Verdict(Relation.ADVANCES, Reason("says_under_way", (begun,)))
    if said.got.met:
        return Verdict(Relation.FULFILS, Reason("number_met", said.got.met))
    return _by_open_words(said) or _by_done_words(said)


def _by_open_words(said: Said) -> Verdict | None:
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


def _by_done_words(said: Said) -> Verdict:
    if _only_the_old_thing(said):
        return Verdict(None, Reason("speaks_of_it"))
    if union("told", "whole").search(said.promise.passage.words) and (share := _share_told(said)):
        return Verdict(Relation.ADVANCES, Reason("number_short", (share,)))
    if begun := begun_alone(said.promise, said.words):
        return Verdict(Relation.ADVANCES, Reason("says_under_way", (begun,)))
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
    if (day := _ON_THE_DAY.search(said.words)) and day[1] in said.promise.passage.words:
        return Verdict(Relation.FULFILS, Reason("says_done", (day[0],)))
    return Verdict(Relation.ADVANCES, Reason("speaks_of_it"))


def _only_the_old_thing(said: Said) -> bool:
    """Whether a passage only tells of what was to become another thing: 救护站放飞24只, of 将救护站创建为省级基地."""
    found = _TO_BECOME.search(said.promise.passage.words)
    if found is None or found[2] in said.words or said.got.met:
        return False
    new = pairs_of(found[3]) - pairs_of(found[1])
    return worth(new) >= _NAMES and worth(new & pairs_of(said.shown.words)) < _NAMED * worth(new)


_TO_BECOME = re.compile(
    "[将把]([^,;。]{2,24}?)(创建|打造|建设|建成|提升|升级|改造|改建|改扩建|认定|升格|申报|评定)[为成]([^,;。]{2,24})"
)
_NAMES = 0.6  # points: a word that names what it is to become
_NAMED = 0.3  # of its points: named


def _is_first_promised(said: Said, first: str) -> bool:
    """Whether a first one is what was promised, or comes under the paper that was: 办法印发后,首批6家获奖."""
    titled = any(title in said.words for title in said.promise.commitment.instruments)
    return titled or first in said.promise.passage.words


def _finished(said: Said) -> bool:
    """Whether what was under way has come to its end: 已经审议通过并印发, 试运行后正式启用."""
    under_way = list(union("relations", "under_way").finditer(said.words))
    behind = said.words[under_way[-1].end() :]
    return bool(union("told", "finished").search(behind)) and not union("relations", "ahead").search(behind)


def _rest_told(said: Said) -> str | None:
    """What the next sentence says is still missing: “已建成8所。其余两所正在施工。”"""
    behind = next((each for each in said.later.passages if each.index == said.shown.index + 1), None)
    if behind is None or not union("told", "rest").match(behind.words):
        return None
    found = union("relations", "part").search(behind.words) or union("relations", "missed").search(behind.words)
    return found[0] if found else None


def _share_told(said: Said) -> str | None:
    """A share short of the whole: 配到了七成, of what was to be 配齐."""
    shares = (each for each in said.shown.numbers if each.unit == "%" and 0 < each.value < 100)
    return next((each.span.text for each in shares if each.role is Role.ACTUAL), None)


def _some_of_all(said: Said) -> str | None:
    """The few that have it, where each of them was to have it: 在每个镇街设立… -> 目前6个镇街的…已经开诊."""
    if union("told", "all_of_them").search(said.words):
        return None
    for each in _EACH_OF.finditer(said.promise.passage.words):
        if some := re.search(rf"(?:\d+|[两三四五六七八九十]+)[个家所座处]?{each[1]}", said.words):
            return some[0]
    return None


def _missed(said: Said) -> Verdict | None:
    """What the clauses beside a failure say: something under way is a part, nothing at all is a failure.

    “几易其稿,至今没有定稿” advances; “至今没有动工” contradicts: its 动工 is what is missing.
    """
    rest = ",".join(part for part in said.words.split(",") if not union("relations", "missed").search(part))
    begun = union("relations", "under_way").search(rest)
    if begun and begun[0] not in said.promise.passage.words:
        return Verdict(Relation.ADVANCES, Reason("says_under_way", (begun[0],)))
    return None if union("told", "completed").search(rest) else Verdict(Relation.CONTRADICTS, said.because("missed"))


def _only_talk(said: Said) -> bool:
    if (
        said.got.met
        or said.got.short
        or not said.new("talk")
        or union("told", "promised_talk").search(said.promise.passage.words)
    ):
        return False
    return not _done_besides(said, "talk")


def _done_besides(said: Said, meaning: str) -> bool:
    """Whether a verb of delivery stands beside the words of a meaning; 了 and 已 alone are none."""
    rest = re.sub("[了已过]|完成", "", union("relations", meaning).sub("", said.words))
    return union("relations", "done").search(rest) is not None
