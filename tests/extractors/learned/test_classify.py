"""The second reader's word on what the rules found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extractors.learned.classify import UNCERTAIN, RoleReader, weigh, weigh_roles
from extractors.numbers.quantities import find_measures
from extractors.pipeline import extract, extract_by_rules
from models.documents import Document, Kind, Unit
from models.extraction import Extraction
from models.quantities import Measure, Role
from models.text import fold

LETTER = """昌源县水务局关于县十六届人大二次会议第31号建议的答复
林秀英代表：
您提出的关于整治村头水塘的建议收悉，现答复如下：
一、工作开展情况
去年以来，我局已清淤水塘46口，投入资金380万元。
二、下一步工作打算
我局将于2025年底前再清淤水塘30口，对管护达标的村每口塘每年补助800元。鼓励各村成立护水队。
感谢您对水务工作的关心。
昌源县水务局
2025年6月3日
"""


def by_rules(text: str = LETTER) -> Extraction:
    return extract_by_rules(Document("letter", "txt", text), fold(text))


def test_what_was_found_stays_what_and_where_it_was() -> None:
    rules, weighed = by_rules(), extract(Document("letter", "txt", LETTER))
    assert [one.span for one in weighed.commitments] == [one.span for one in rules.commitments]
    assert [one.strength for one in weighed.commitments] == [one.strength for one in rules.commitments]
    assert [one.span for one in weighed.quantities] == [one.span for one in rules.quantities]
    assert len(weighed.commitments) == 2


def test_every_confidence_is_a_share() -> None:
    found = extract(Document("letter", "txt", LETTER))
    sure = [one.confidence for one in (*found.commitments, *found.declined, *found.quantities)]
    assert sure
    assert all(0 <= one <= 1 for one in sure)


def test_a_plain_promise_is_surer_than_thanks_taken_for_one() -> None:
    """The rules' word is the same for both; the words tell them apart."""
    rules = by_rules()
    promise = rules.commitments[0]
    thanks = next(unit for unit in rules.units if unit.span.text.startswith("感谢"))
    taken = replace(promise, span=thanks.span)
    weighed = weigh(replace(rules, commitments=(promise, taken)), fold(LETTER)).commitments
    assert weighed[0].confidence > weighed[1].confidence
    assert UNCERTAIN in weighed[1].flags
    assert UNCERTAIN not in weighed[0].flags


def test_weighing_twice_changes_nothing() -> None:
    once = weigh(by_rules(), fold(LETTER))
    assert weigh(once, fold(LETTER)) == once


@pytest.mark.parametrize("wrong", [Role.TARGET, Role.STANDARD])
def test_a_fact_given_another_role_is_less_sure(wrong: Role) -> None:
    rules = by_rules()
    fact = next(one for one in rules.quantities if one.span.text == "46口")
    kind, folded = rules.identity.kind, fold(LETTER)
    (right,) = weigh_roles(folded, rules.units, kind, [replace(fact, role=Role.ACTUAL)])
    (other,) = weigh_roles(folded, rules.units, kind, [replace(fact, role=wrong)])
    assert right.role is Role.ACTUAL
    assert other.role is Role.ACTUAL or other.confidence < right.confidence


def test_an_overruled_role_says_so_and_has_no_deadline() -> None:
    """No number becomes a target where nobody would say until when."""
    rules = by_rules()
    folded = fold(LETTER)
    for role in Role:
        given = [replace(one, role=role, rule="own/given") for one in rules.quantities]
        for before, after in zip(given, weigh_roles(folded, rules.units, rules.identity.kind, given), strict=True):
            assert (after.role is not before.role) == (after.rule == "own/given+learned")
            if after.role is not before.role:
                assert after.role is not Role.TARGET
                assert after.deadline is None


def test_words_that_look_ahead_make_a_target_of_what_a_rule_takes_for_a_fact() -> None:
    rules, folded = by_rules(), fold(LETTER)
    second = RoleReader(folded, rules.identity.kind)
    units = {unit.span.start: unit for unit in rules.units}
    measures = {measure.start: measure for measure in find_measures(folded)}
    told = {
        one.span.text: second.is_target(units[one.unit_span.start], measures[one.span.start], one.unit, "own/given")
        for one in rules.quantities
    }
    assert told["30口"]
    assert not told["46口"]
    assert not any(
        second.is_target(units[one.unit_span.start], measures[one.span.start], one.unit, "own/meant_then")
        for one in rules.quantities
    )


def test_who_is_told_of_a_target_says_until_when() -> None:
    class Seeker:
        def __init__(self, folded: str, kind: Kind) -> None:
            self.folded, self.kind = folded, kind

        def is_target(self, unit: Unit, measure: Measure, printed: str | None, rule: str) -> bool:
            assert rule.partition("/")[2]
            return printed == "口" and self.folded[measure.start : measure.end] == "5口"

    text = LETTER.replace("已清淤水塘46口", "已清淤水塘46口，2025年9月底前已排定5口")
    by_both = extract_by_rules(Document("letter", "txt", text), fold(text), Seeker)
    alone = by_rules(text)
    (before,), (after,) = ([one for one in found.quantities if one.value == 5] for found in (alone, by_both))
    assert before.role is Role.ACTUAL
    assert (after.role, after.deadline, after.rule) == (Role.TARGET, date(2025, 9, 30), f"{before.rule}+learned")
    assert [one for one in by_both.quantities if one.value != 5] == [one for one in alone.quantities if one.value != 5]


def test_what_was_planned_at_a_past_time_stays_a_target() -> None:
    text = LETTER.replace("去年以来，我局已清淤水塘46口", "去年，我局计划清淤水塘50口，实际清淤46口")
    found = {one.span.text: one.role for one in extract(Document("letter", "txt", text)).quantities}
    assert (found["50口"], found["46口"]) == (Role.TARGET, Role.ACTUAL)


def test_a_document_without_records_stays_as_it_is() -> None:
    rules = by_rules("便民服务中心搬家启事\n即日起在新址办公。\n")
    assert weigh(rules, fold("便民服务中心搬家启事\n即日起在新址办公。\n")) == rules
