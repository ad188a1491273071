"""Whether a unit says no to an ask, and on what ground."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from extractors.clauses import Clause
from extractors.headings import union
from extractors.lexicon.openings import sought
from models.text import fold


class Refusal(NamedTuple):
    """Which clause says no, by which rule, how surely, and the ground as [start, end) in the unit."""

    clause: int
    rule: str
    confidence: float
    reason: tuple[int, int] | None


_MEANINGS = ("refuse", "unable", "stay", "no", "pass_on", "needs", "sufferer", "ask", "topic", "sorry", "reason")


@lru_cache(maxsize=1)
def _signs() -> dict[str, re.Pattern[str]]:
    return {name: union("declined", name) for name in _MEANINGS}


def _any() -> re.Pattern[str]:
    return union("declined", "refuse", "unable", "stay", "pass_on", "no")


_CONDITIONAL = re.compile(
    r"^(?:(?:对于?|针对)(?![于您你]|代表|委员)|凡|如果?|若|对因)[^,]{2,40}(?:的[^,]{0,12})?$|^(?!.*(?:建议|提出|提到|所提|要求)的$|.*是(?:不|无|难|暂)[^,]{1,8}的$)[^,]{4,40}的$"
)
_OWN = sought(
    r"我[局委办们中市县区省镇乡厅院会部处队州旗校公]|本[局委办县市区镇乡级]|[县市区省镇]级?财政|[县市区省]里|财政|财力"
)
# 巷道狭窄,所以无法铺设管线: what is told before is the ground.
_THEREFORE = re.compile("(?:所以|因而|因此,?|^故|,故)(?=[^,]{0,8}(?:无法|不能|难以|不宜|没法|没有必要|无必要))")
_PAST = re.compile(r"曾|此前|当时|一度|以前|以往|往年|过去|后因|而搁置|原定|去年|前年|上年")
_TOPIC = re.compile(
    r"^(?:至于|关于|有关|对于?[^,]{0,40}(?:建议|诉求|意见|问题|提议|设想)|[您你]们?(?:所)?(?:提出?|建议|希望|要求|反映)|代表(?:所)?提|但|目前$|现阶段$|经)"
)


def refusal_in(
    masked: str, clauses: list[Clause], in_done: bool, answering: Callable[[], bool], excused: bool = False
) -> Refusal | None:
    """The refusal of a unit, if it holds one.

    "受编制总量限制,现阶段无法单设蜂业站。" refuses; "现有条件已难以满足参观需求。" only describes;
    "对逾期船只不予年检。" lays down a rule. `answering` tells whether the unit stands under a
    heading that names an ask; few units need to know. `excused`: whether the next unit apologizes for this one.
    """
    if not _any().search(masked) or _RESTATED.match(masked):
        return None
    signs = _signs()
    setting = _Asking(
        loosely=bool(signs["ask"].search(masked)) or masked.endswith(("原因如下:", "理由如下:")),
        topic=any(signs["topic"].search(clause.words) for clause in clauses),
        sorry=excused or bool(signs["sorry"].search(masked)),
        grounded=any(ground.search(masked) for ground in (signs["reason"], _OWN, _THEREFORE)),
        heading=answering(),
        done=in_done,
        adopted=bool(_ADOPTED.search(masked)),
        proposed=len(clauses) > 1 and bool(_PROPOSED.match(clauses[0].words)),
    )
    for index, clause in enumerate(clauses):
        if index < len(clauses) - 1 and not _points(setting) and _GROUND_ALONE.match(clause.words):
            continue
        if _POWER.search(clause.words) and any(says_no(later.words) for later in clauses[index + 1 :]):
            continue
        if not _points(setting) and any(_BEHIND_PLAN.search(one.words) for one in clauses[:index]):
            continue
        if rule := _rule_of(clause, clauses[:index], setting):
            name, confidence = rule
            return Refusal(index, name, confidence, _reason(masked, clauses, index, signs))
    return None


def excuses(words: str) -> bool:
    """Whether a short unit apologizes for what the one before it said: 对此，恳请代表们予以理解和支持。"""
    return len(words) <= 40 and bool(_EXCUSES.match(words) and _signs()["sorry"].search(words))


# 定价权在省局, 我局无权调整: the ground of what follows
_POWER = re.compile("(?:审批|核定|定价|管理|决定|审定|编制|批准)权")
_ADOPTED = sought("(?<![不未])(?:予以|积极|全部|充分|认真)?采纳(?!的)")  # 会积极采纳，并将建议上报 grants
_EXCUSES = re.compile(r"\s*(?:对此|为此|这一?点|还|特此)?,?(?:[^,。]{0,6})(?:敬请|恳请|请|望|希望|期盼)")


# 完成任务的八成,进度慢于预期,主要原因是用地难以突破: why a plan lags
_BEHIND_PLAN = re.compile(
    "(?:进度|进展)[^,]{0,6}(?:慢|滞后|迟缓|不及|落后|不快|不理想)|(?:未达|没有达到|低于|不及)(?:预期|时序|计划)"
)


def _points(unit: _Asking) -> bool:
    return unit.loosely or unit.topic or unit.sorry


# 由于缺乏统一标准,各地做法不一: the ground itself says no to nothing; what follows it may.
_GROUND_ALONE = re.compile("(?:但|但是|目前)?(?:由于|因为|鉴于)[^,]{0,12}(?:缺乏|缺少|没有|无|不具备|不符合)")


class _Asking(NamedTuple):
    """How a unit is bound to an ask: words of asking, the ask as its topic, an apology, a ground, a heading.

    `proposed`: it opens with what was asked for, without saying so: 新增编制30名, 超出总量, 难以办理.
    """

    loosely: bool
    topic: bool
    sorry: bool
    grounded: bool
    heading: bool
    done: bool
    adopted: bool
    proposed: bool


@lru_cache(maxsize=1024)
def in_refused_part(section: tuple[str, ...]) -> bool:
    """Whether a unit stands under a heading that says no to all below it: 三、暂不能落实的建议."""
    return any(union("declined", "part").search(fold(title)) for title in section)


def says_no(words: str) -> bool:
    """Whether a clause holds any word of refusal."""
    return bool(_any().search(words))


def _rule_of(clause: Clause, before: list[Clause], unit: _Asking) -> tuple[str, float] | None:
    """The rule by which one clause says no, and how surely; `before`: the clauses ahead of it."""
    signs, words = _signs(), clause.words
    pointed = unit.topic or unit.sorry
    if _CONDITIONAL.match(words) or (_PAST.search(words) and not pointed) or not says_no(words):
        return None
    if _PURPOSE.match(words):
        return None
    if _CAME_TO_NOTHING.search(words) and not pointed and any(_PAST.search(clause.words) for clause in before):
        return None
    if not unit.topic and (signs["needs"].search(words) or signs["sufferer"].match(words)):
        return None
    asked = unit.loosely or pointed
    if signs["refuse"].search(words):
        if not (asked or unit.heading) and _ABOVE_LACKS.match(words):
            return None
        if before and _RULING.search(words) and _CONDITIONAL.match(before[-1].words) and not asked:
            return None
        if not asked and _RULE.match(words):
            return None
        told = unit.done and not (asked or (unit.grounded and _THIS_WORK.search(words)))
        return None if told else ("declined.refuse", 0.92 if asked else 0.82)
    if before and not unit.topic and signs["sufferer"].match(before[-1].words):
        return None
    if unit.proposed and before and _FLATLY.search(words) and not (asked or unit.done):
        return "declined.proposed", 0.7
    return _rule_if_bound(words, asked, pointed, unit)


# 曾申报中央预算内项目,未获批准: how it went then is no answer.
_CAME_TO_NOTHING = re.compile(r"[未没](?:有)?(?:获|能|予|被|通过|批|[列纳]入|落实|成)|搁[置下]|作罢|落空|流产")
_PROPOSED = re.compile(
    r"(?:将|把|按|对|给)?[^,已了曾]{0,16}?(?:[加再增]?[补奖]|免[收除]?|新[增建设开]|增[设加开建]|提高[到至]|扩大[到至]|延[长伸][到至]?|加密[到至]|设立|建成|安排|压到|降到)[^,已了曾]{0,16}"
    r"|(?:全部|一律|一次性)[^,已了曾]{2,16}"
)
# The words that close such a unit: 镇里拿不出。
_FLATLY = re.compile(
    r"^(?:但|目前|暂时?|今年|眼下|近[期年]|确实|实在|一时|我[局县市区镇]|[县市区镇乡]里|[县市区镇乡]?财[政力]|本级|还|均|也)*"
    r"(?:拿不出|做不到|办不[到了]|承受不[了起]|(?:难以|无法)(?:办理|实施|实现|落实|承担|承受|做到))[^,]{0,3}$"
)


_RESTATED = re.compile(
    "(?:您|你们?|代表|委员)(?:所)?(?:提出|反映|建议|提到)的?:|据(?:您|你们?|代表|委员)(?:所)?(?:建议|反映|提出|述)"
    "|(?:正如|诚如|正像|如同)(?:您|你|代表|委员|提案|建议)们?(?:在[^,]{2,12}中)?(?:所)?(?:说|言|提|述|讲|指出|反映|分析)"
)  # 您提出的:近年来… tells the ask
_PURPOSE = re.compile("(?:为(?!此)了?|以便|确保|保证|避免|防止|以免)(?!难|何)[^,]{4,}$")  # 为了农田不再被冲刷: what for
# 发现二次破坏的两年内不再安排该县项目: what befalls whoever does so.
_RULE = re.compile(r"(?:凡|对|经)?[^,的]{4,24}的(?:[^,的]{1,8})?(?:不再|不予|一律不|取消|不得)")
_THIS_WORK = re.compile("(?:此|该|本)(?:项|条|段)?(?:工程|项目|道路|工作|建设|改造)")  # 暂无资金实施此项工程
# 国家暂无专项资金渠道;地方配套能力弱: what those above lack is told, unless an ask is answered with it.
_ABOVE_LACKS = re.compile(
    "(?:目前|现阶段)?(?:国家|中央|省级?|自治区|上级)(?:财政|层面|里)?(?:目前|暂时?|尚|还|均|也)*(?:无|没有)[^,]{0,8}(?:资金|经费|渠道|项目|政策)"
)
_RULING = re.compile(r"不予|不得|一律")


def _rule_if_bound(words: str, asked: bool, pointed: bool, unit: _Asking) -> tuple[str, float] | None:
    """Words that say no only where an ask, a ground or an apology binds them to one."""
    signs = _signs()
    if signs["pass_on"].search(words) and asked and not unit.adopted and not _HELPED.search(words):
        return "declined.pass_on", 0.85
    if signs["unable"].search(words) and (asked or ((unit.grounded or unit.heading) and not unit.done)):
        return "declined.unable", 0.85 if asked else 0.7
    if signs["stay"].search(words) and (asked or unit.heading):
        return "declined.stay", 0.75
    if pointed and (unit.loosely or not unit.done) and signs["no"].search(_behind_topic(words)):
        return "declined.no", 0.8
    return None


# 您的建议为我们修渠提供了重要参考: thanks
_HELPED = re.compile("提供了?(?:很好|重要|有益|宝贵|积极|很大)?的?(?:参考|借鉴|启发|帮助)")


def _behind_topic(words: str) -> str:
    """What a clause says of its topic: 您反映的出行不便问题 says nothing yet."""
    found = _TOPIC_NOUN.match(words)
    return words[found.end() :] if found else words


_TOPIC_NOUN = re.compile(r"^[^,]*(?:问题|现象|的情况|的困难|的建议|的诉求|的要求|的提法|的设想|的意见)")


def _reason(
    masked: str, clauses: list[Clause], index: int, signs: dict[str, re.Pattern[str]]
) -> tuple[int, int] | None:
    """The words that give the ground: 受…所限, 因…; else the clauses between the topic and the refusal."""
    refusing = clauses[index]
    said = _any().search(refusing.words)
    end = refusing.start + len(refusing.words)
    if found := signs["reason"].search(masked, 0, end):
        no = refusing.start + said.start() if said else end
        last = no if found.start() + 2 < no < found.end() else found.end()
        return found.start(), last
    grounds = [clause for clause in clauses[:index] if not _TOPIC.match(clause.words)]
    if not grounds:
        return None
    return grounds[0].start, grounds[-1].start + len(grounds[-1].words)
