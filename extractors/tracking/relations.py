"""What a later passage does for a promise, by the passage's own wording and its numbers.

印发, 建成, 完成 tell of what is done; 正在, 启动, 试点 of what is under way; 将, 计划, 到N年 repeat; 取消, 调整为, 顺延
change; a meeting proves nothing. A number short of the promised one is a part, whatever the verb says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.clauses import Clause
from extractors.headings import union
from extractors.tense import Calendar, Mood, read_clauses
from extractors.tracking.numbers import Reached, reached
from extractors.tracking.prepared import Part, Passage, Prepared, Promise
from models.commitments import Strength
from models.documents import Kind
from models.evidence import Reason, Relation
from models.quantities import Role

_SHARE_OF_PLAN = re.compile(r"(?:计划|任务|目标)[^,]{0,4}的(\d+(?:\.\d+)?)%")
_OTHERS = frozenset({Strength.ENCOURAGE})
_TELLING = frozenset({Kind.NEWS, Kind.PROGRESS_REPORT, Kind.REPLY, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation with its reason; `relation` None where the passage proves nothing."""

    relation: Relation | None
    why: Reason
    sure: bool = True


def relation_of(promise: Promise, shown: Passage, parts: Iterable[Part], later: Prepared) -> Verdict:
    """What a passage does for a promise; `parts` are the clauses that speak of it.

    “试点线路已开通,其余两条正在施工” advances “开通线路三条”; “现将《养犬细则》印发给你们” fulfils “出台《养犬细则》”.
    """
    words = ",".join(part.words for part in parts)
    got = reached(promise, shown)
    if changed := _changed(words, shown, got):
        return changed
    kind = later.paper.extraction.identity.kind
    if _says("issued", words) and promise.passage.titles:
        return Verdict(Relation.FULFILS, _because("issued", words))
    if kind in (Kind.PLAN, Kind.REGULATION):
        return _by_rule(promise, words, shown, got, kind)
    return _by_report(promise, words, shown, got, later)


def _says(meaning: str, words: str) -> re.Match[str] | None:
    return union("relations", meaning).search(words)


def _because(meaning: str, words: str) -> Reason:
    found = _says(meaning, words)
    return Reason(f"says_{meaning}", (found[0],) if found else ())


def _changed(words: str, shown: Passage, got: Reached) -> Verdict | None:
    """Cancelled, or changed to another number or day than the promised one."""
    if _says("cancelled", words):
        return Verdict(Relation.CONTRADICTS, _because("cancelled", words))
    if _says("changed", words) and not got.met:
        return Verdict(Relation.CONTRADICTS, _because("changed", words))
    if _says("missed", words) and not got.met and not got.short:
        return Verdict(Relation.CONTRADICTS, _because("missed", words))
    return None


def _by_rule(promise: Promise, words: str, shown: Passage, got: Reached, kind: Kind) -> Verdict:
    """A rule is in force, so is the policy part of a plan; a plan's tasks only repeat the promise."""
    targets = [quantity for quantity in shown.numbers if quantity.role is Role.TARGET]
    dated = any(quantity.deadline for quantity in targets)
    if kind is Kind.REGULATION and not dated:
        if got.missing and got.met:
            return Verdict(Relation.ADVANCES, Reason("part_missing"))
        return Verdict(Relation.FULFILS, Reason("in_force"))
    if _says("in_force", words) and not targets:
        return Verdict(Relation.FULFILS, _because("in_force", words))
    return Verdict(Relation.RESTATES, Reason("planned"))


def _by_report(promise: Promise, words: str, shown: Passage, got: Reached, later: Prepared) -> Verdict:
    if _promised_again(shown, later) or _ahead(words, later):
        return Verdict(Relation.RESTATES, Reason("promised_again"))
    if _only_talk(promise, words, got):
        return Verdict(None, _because("talk", words))
    if got.short:
        return Verdict(Relation.ADVANCES, Reason("number_short", got.short))
    share = _SHARE_OF_PLAN.search(words)
    if share and float(share[1]) < 100:
        return Verdict(Relation.ADVANCES, Reason("number_short", (share[0],)))
    if _says("part", words):
        return Verdict(Relation.ADVANCES, _because("part", words))
    if got.met:
        return Verdict(Relation.FULFILS, Reason("number_met", got.met))
    if _says("under_way", words):
        return Verdict(Relation.ADVANCES, _because("under_way", words))
    if _says("done", words):
        return Verdict(Relation.FULFILS, _because("done", words))
    return Verdict(Relation.ADVANCES, Reason("speaks_of_it"), sure=False)


def _promised_again(shown: Passage, later: Prepared) -> bool:
    return any(again.passage.index == shown.index for again in later.promises)


def _ahead(words: str, later: Prepared) -> bool:
    """Whether the last clause that says anything speaks of what will be."""
    identity = later.paper.extraction.identity
    day = identity.date
    calendar = Calendar(day.year if day else identity.year_hint, day.month if day else None)
    clauses = [Clause(0, each) for each in words.split(",") if each]
    moods = [reading.mood for reading in read_clauses(clauses, calendar, "")]
    return Mood.FUTURE in moods and not {Mood.PAST, Mood.PRESENT} & set(moods)


def _only_talk(promise: Promise, words: str, got: Reached) -> bool:
    if not _says("talk", words) or got.met or got.short:
        return False
    if _says("talk", promise.passage.words):
        return False
    rest = union("relations", "talk").sub("", words)
    return not union("relations", "done").search(rest.replace("了", "").replace("已", ""))
