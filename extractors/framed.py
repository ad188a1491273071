"""Promises in what frames the answer: between thanks and wishes, and where it is told what was done."""

from __future__ import annotations

import re

from extractors.against import came_out, of_matter
from extractors.clauses import Clause
from extractors.roles import framing, is_thankful
from extractors.tense import Mood, Reading
from extractors.verbs import is_modal_will
from models.documents import Unit, Zone

TOLD = frozenset({Mood.PAST, Mood.PRESENT, Mood.REPORTED, Mood.EFFECT})
_CONCRETE = re.compile(
    r"\d|[一二三四五六七八九十两]{1,3}(?:个)?(?:工作)?[日天周月]|电话|书面|上门|告知|反馈|回访|通报|汇报|报告|邀请|当面"
)
_CONCRETE_VOID = re.compile(r"一如既往|更加|加倍|不断改进|努力|认真(?:采纳|吸纳|听取)")


def without_courtesy(clauses: list[Clause]) -> list[Clause]:
    """The clauses that aren't thanks, wishes or receipts."""
    courtesy = framing()["courtesy"]
    return [
        clause
        for clause in clauses
        if _GROUNDED.match(clause.words) or not (is_thankful(clause.words) or courtesy.search(clause.words))
    ]


_GROUNDED = re.compile("(?:根据|结合|按照?|吸收|采纳|针对)(?:您|你们?|代表|委员)")  # 根据您的宝贵意见, … promises on


def turns_ahead(unit: Unit, best: Reading | None) -> bool:
    """下一步,我委将加强供热工作,…,也希望您继续监督: the plan that opens the unit is one, whatever wishes follow."""
    if (
        unit.zone is not Zone.PLANNED
        or best is None
        or best.sign != "ahead"
        or _CONCRETE_VOID.search(best.clause.words)
    ):
        return False
    return unit.span.text.lstrip().startswith(("下一步", "下步", "接下来"))


def in_courtesy(masked: str, best: Reading | None) -> tuple[str, float]:
    """Between thanks and wishes only an act that can be checked is a promise."""
    if framing()["reply"].search(masked):  # 经研究,现将会办意见函告如下
        return "courtesy", 0.0
    if best is None or best.sign not in ("will", "intend", "due", "ahead") or _CONCRETE_VOID.search(masked):
        return "courtesy", 0.0
    if _CONCRETE.search(best.clause.words):
        return "closing.act", 0.75
    return ("closing.matter", 0.6) if of_matter(masked) else ("courtesy", 0.0)


def in_done(best: Reading | None, readings: list[Reading], dated: bool) -> tuple[str, float]:
    """A section on what was done tells facts; only an outspoken plan gets through, if no fact follows it.

    今年计划改造25个，目前已开工18个 tells how far a plan has come; in an undated letter 自2021年起全部建成 tells too.
    """
    if best is not None and best.sign in ("due", "day") and not dated and _OWN_YEAR.search(best.clause.words):
        return "done.fact", 0.0
    if best is not None and best.sign in ("due", "day") and _YEARS_AHEAD.search(best.clause.words):
        return "done.due", 0.65
    if (
        best is None
        or came_out(best, readings)
        or any(later.mood in TOLD for later in readings[readings.index(best) + 1 :])
    ):
        return "done.fact", 0.0
    if best.sign == "will" and not is_modal_will(best.clause.words, strict=True):  # 人背马驮,将山货运回家
        return "done.fact", 0.0
    trusted = {"ahead": 0.85, "will": 0.75, "intend": 0.75, "when": 0.6}
    if best.sign in ("due", "day") and _CERTAIN_DAY.search(best.clause.words):  # 其余54个排污口年内全部销号
        return "done.due", 0.6
    if best.sign == "aim" and _AIMED_AT.search(best.clause.words):  # 漏损率降至13%，力争今年控制在11%以下
        return "done.aim", 0.65
    return f"done.{best.sign}", trusted.get(best.sign, 0.0)


# 三年内持证导师达到500名，今年首期已于7月举办: what is told behind is a first step
_YEARS_AHEAD = re.compile("[两二三四五][三四五]?年(?:之|以)?内(?!有效)|(?:明|后)年(?:底|末|内)")
_OWN_YEAR = re.compile(r"20\d\d年")
_AIMED_AT = re.compile(r"[今明]年|年[内底末]|20\d\d年|\d ?[月日]|季度|下半年|五”?[期末]|\d%?(?:以[上内下]|左右)")
_CERTAIN_DAY = re.compile(
    r"\d ?[月日]|[年季][内底末]|20\d\d年|[明后]年|下半年|[本下]个?月|月[底末]|(?:开学|[春秋国]庆?节?|汛|冬|暖)季?前"
)
