"""Whether a unit says no to an ask, and on what ground."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.clauses import Clause
from extractors.headings import union


class Refusal(NamedTuple):
    """Which clause says no, by which rule, how surely, and the ground as [start, end) in the unit."""

    clause: int
    rule: str
    confidence: float
    reason: tuple[int, int] | None


@lru_cache(maxsize=1)
def _signs() -> dict[str, re.Pattern[str]]:
    return {name: union("declined", name) for name in ("refuse", "unable", "stay", "pass_on", "needs", "ask", "reason")}


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    return re.compile("|".join(union("declined", name).pattern for name in ("refuse", "unable", "stay", "pass_on")))


_CONDITIONAL = re.compile(r"^(?:对于?|针对|凡|如果?|若|对因)[^,]{2,40}(?:的[^,]{0,12})?$")
_OWN = re.compile(r"我[局委办们中市县区镇乡厅院会部处省州旗]|本[局委办]|[县市区]级|财政|财力")
_PAST = re.compile(r"曾|此前|当时|一度|以前|后因|而搁置")
_TOPIC = re.compile(
    r"^(?:至于|关于|对于?[^,]{0,40}(?:建议|诉求|意见|问题|提议|设想)|[您你]们?(?:所)?(?:提出?|建议)的?|代表(?:所)?提|但|目前$|现阶段$|经)"
)


def refusal_in(masked: str, clauses: list[Clause], in_done: bool, answering: bool = False) -> Refusal | None:
    """The refusal of a unit, if it holds one.

    "受编制总量限制,现阶段无法单设蜂业站。" refuses; "现有条件已难以满足参观需求。" only describes;
    "对逾期船只不予年检。" lays down a rule. `answering`: the unit stands under a heading that names an ask.
    """
    if not _any().search(masked):
        return None
    signs = _signs()
    for index, clause in enumerate(clauses):
        if rule := _rule_of(masked, clause, clauses[:index], in_done, answering):
            name, confidence = rule
            return Refusal(index, name, confidence, _reason(masked, clauses, index, signs))
    return None


def says_no(words: str) -> bool:
    """Whether a clause holds any word of refusal."""
    return bool(_any().search(words))


def _rule_of(
    masked: str, clause: Clause, before: list[Clause], in_done: bool, answering: bool
) -> tuple[str, float] | None:
    signs = _signs()
    words = clause.words
    if _CONDITIONAL.match(words) or _PAST.search(words):
        return None
    asked = bool(signs["ask"].search(masked))
    if signs["needs"].search(words):
        return None
    if signs["refuse"].search(words):
        if before and _CONDITIONAL.match(before[-1].words) and not asked:
            return None
        return ("declined.refuse", 0.92 if asked else 0.82) if asked or not in_done else None
    if signs["pass_on"].search(words) and asked:
        return "declined.pass_on", 0.85
    if signs["unable"].search(words):
        grounded = bool(signs["reason"].search(masked)) or bool(_OWN.search(masked))
        if asked or (grounded and not in_done):
            return "declined.unable", 0.85 if asked else 0.7
    if signs["stay"].search(words) and (asked or answering):
        return "declined.stay", 0.75
    return None


def _reason(
    masked: str, clauses: list[Clause], index: int, signs: dict[str, re.Pattern[str]]
) -> tuple[int, int] | None:
    """The words that give the ground: 受…所限, 因…; else the clauses between the topic and the refusal."""
    end = clauses[index].start + len(clauses[index].words)
    if found := signs["reason"].search(masked, 0, end):
        last = found.end()
        return found.start(), last
    grounds = [clause for clause in clauses[:index] if not _TOPIC.match(clause.words)]
    if not grounds:
        return None
    return grounds[0].start, grounds[-1].start + len(grounds[-1].words)
