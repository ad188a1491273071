"""The scorer gives what a person would count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from corpus import scoring
from corpus.gold.records import GoldDocument, GoldQuantity, GoldUnit, Label, Split
from models.commitments import Commitment, Deadline, Declined, Strength
from models.documents import Document, Identity, Kind, Span
from models.extraction import Extraction
from models.quantities import Basis, Comparator, Quantity, Role
from models.scores import Fault, Judged, Mistake, Score

PROMISE = "年底前新装路灯30盏。"
REFUSAL = "地埋线缆暂不更换。"
HEADING = "二、关于路灯。"


def gold(split: Split = Split.DEV) -> GoldDocument:
    units = (
        GoldUnit(HEADING, Label.UNSCORED),
        GoldUnit(PROMISE, Label.COMMITMENT, ("firm",), (date(2024, 12, 31),)),
        GoldUnit(REFUSAL, Label.DECLINED),
    )
    due = (date(2024, 12, 31),)
    lamps = GoldQuantity(
        "30盏", Decimal(30), None, "盏", ("=",), ("increase",), ("target",), ("新装路灯",), due, PROMISE, optional=False
    )
    identity = {"kind": ("reply",), "number": ("012",), "region": ("西陵区",), "date": ("2024-05-20",)}
    return GoldDocument("灯", split, HEADING + PROMISE + REFUSAL, identity, ("高远",), (), units, (lamps,), ())


def span(text: str) -> Span:
    return Span(0, len(text), text)


def promise(
    text: str = PROMISE, strength: Strength = Strength.FIRM, end: date | None = date(2024, 12, 31)
) -> Commitment:
    return Commitment(span(text), (), strength, Deadline("年底前", end), (), (), None, 1.0, "plain_verb")


def found(*commitments: Commitment, declined: tuple[Declined, ...] = (), value: int = 30) -> Extraction:
    quantity = Quantity(
        span(f"{value}盏"), Decimal(value), None, "盏", Comparator.EQUAL, Basis.INCREASE, Role.TARGET, "新装路灯数",
        date(2024, 12, 31), span(PROMISE),
    )  # fmt: skip
    identity = Identity(Kind.REPLY, number="12", region="宜昌市西陵区", date=date(2024, 5, 20), proposers=("高远",))
    return Extraction(Document("灯", "txt", ""), identity, (), commitments, declined, (), (quantity,))


def test_what_agrees_with_the_gold_scores_full() -> None:
    refusal = Declined(span(REFUSAL), (), None, 1.0, "not_now")
    report = scoring.compare([(gold(), found(promise(), declined=(refusal,)))])
    assert {score.name: score.f1 for score in report.scores if score.f1 < 1} == {}
    assert report.mistakes == ()
    assert {(rule.name, rule.hit) for rule in report.rules} >= {("plain_verb", 1), ("not_now", 1)}


def test_a_promise_too_many_and_one_too_few_are_counted_apart() -> None:
    report = scoring.compare([(gold(), found(promise("感谢您的关心！"), value=31))])
    commitments = report.score("commitments")
    assert (commitments.hit, commitments.extra, commitments.missed) == (0, 1, 1)
    assert report.score("declined").recall == 0
    quantities = report.score("quantities")
    assert (quantities.hit, quantities.extra, quantities.missed) == (0, 1, 1)
    assert [rule for rule in report.rules if rule.name == "plain_verb"] == [Score("plain_verb", 0, 1, 0)]


def test_a_heading_taken_for_a_promise_is_not_scored() -> None:
    report = scoring.compare([(gold(), found(promise(), promise(HEADING)))])
    assert report.score("commitments").f1 == 1


def test_a_wrong_field_of_a_found_promise_lowers_that_field_alone() -> None:
    report = scoring.compare([(gold(), found(promise(strength=Strength.AIM, end=None)))])
    assert report.score("commitments").f1 == 1
    assert report.score("strength").f1 == 0
    assert report.score("deadline").f1 == 0


def test_errors_of_held_out_documents_are_never_told() -> None:
    wrong = found(promise("感谢您的关心！"))
    told = scoring.compare([(gold(), wrong)])
    assert told.mistakes
    assert told.rules
    held_out = scoring.compare([(gold(Split.HELDOUT), wrong)])
    assert (held_out.mistakes, held_out.rules) == ((), ())
    assert held_out.scores == told.scores


def test_a_mistake_names_its_sentence_its_values_and_its_rule() -> None:
    report = scoring.compare([(gold(), found(promise(strength=Strength.AIM, end=None), promise("感谢您的关心！")))])
    told = {(mistake.name, mistake.fault): mistake for mistake in report.mistakes}
    assert told["strength", Fault.WRONG] == Mistake("灯", "strength", Fault.WRONG, PROMISE, "firm", "aim", "plain_verb")
    assert told["deadline", Fault.WRONG].want == "2024-12-31"
    assert told["deadline", Fault.WRONG].got == "? (年底前)"
    assert told["commitments", Fault.EXTRA].text == "感谢您的关心！"
    assert told["declined", Fault.MISSED].text == REFUSAL


def test_identity_together_is_all_its_fields_but_the_mark_of_a_co_reply() -> None:
    asked = replace(gold(), identity=gold().identity | {"subject": ("关于路灯的建议",), "co_reply": (False,)})
    report = scoring.compare([(asked, found(promise()))])
    fields = [score for score in report.scores if score.name.startswith("identity.")]
    assert len(fields) == 8
    assert report.score("identity").hit == sum(field.hit for field in fields) - 1
    assert report.score("identity").missed == report.score("identity.subject").missed == 1


def test_confidence_is_judged_by_what_came_true() -> None:
    report = scoring.compare([(gold(Split.HELDOUT), found(promise(), promise("感谢您的关心！"), promise(HEADING)))])
    assert [one.right for one in report.judged] == [False, True], "a heading is neither right nor wrong"
    sure = [Judged(1.0, True), Judged(0.97, False), Judged(0.55, True)]
    low, high = scoring.reliability(sure)
    assert (low.low, low.high, low.count, low.observed) == (0.5, 0.6, 1, 1.0)
    assert (high.low, high.high, high.count, high.right, high.observed) == (0.95, 1.0, 2, 1, 0.5)
    assert high.mean == pytest.approx(0.985)
    assert scoring.reliability([]) == ()


@pytest.mark.parametrize(
    ("accepted", "read", "right"),
    [
        (("increase",), Basis.LEVEL, False),
        (("share",), Basis.LEVEL, True),
        (("level", "increase"), Basis.INCREASE, True),
        (("level", "increase"), Basis.SHARE, False),
    ],
)
def test_only_an_increase_must_be_told_from_the_rest(accepted: tuple[str, ...], read: Basis, right: bool) -> None:
    lamps = replace(gold().quantities[0], basis=accepted)
    extraction = found(promise())
    extraction = replace(extraction, quantities=(replace(extraction.quantities[0], basis=read),))
    report = scoring.compare([(replace(gold(), quantities=(lamps,)), extraction)])
    assert report.score("quantity.basis").hit == right


def test_quotations_are_compared_by_their_words() -> None:
    assert scoring.same_words("（一）新装路灯３０盏；", "新装路灯30盏")
    assert not scoring.same_words("新装路灯", "新装路灯30盏，改造公厕6座，年底前全部完成")
    assert scoring.likeness("全市新装路灯", "新装路灯") > 0.4
    assert scoring.likeness("公厕", "路灯") == 0
