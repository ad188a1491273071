"""Following promises through the stories stays as good as it was pinned; held-out stories tell totals alone."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from corpus.gold.floors import TOLERANCE, lowered_by
from corpus.story_scoring import Story, compare_stories, read_stories
from flows.evaluate_stories import evaluate_stories, followed_through
from models.scores import Evaluation, Fault, Part

REPIN = "duban evaluate --stories --pin"


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    """All stories, followed up by today's rules."""
    return evaluate_stories()


def test_no_figure_of_the_stories_is_below_its_floor(measured: Evaluation) -> None:
    if measured.pinned is None or measured.pinned.corpus != measured.corpus:
        pytest.skip("the stories changed since their floors were pinned: another test says what to do")
    fallen = [f"{c.part}.{c.name} {c.by:+.4f}" for c in lowered_by(measured, TOLERANCE)]
    assert not fallen, f"below the floor: {fallen}; see `duban evaluate --stories --errors`"


def test_the_floors_are_of_the_stories_as_they_are(measured: Evaluation) -> None:
    pinned = measured.pinned.corpus if measured.pinned else "nothing"
    assert pinned == measured.corpus, f"the stories changed: pin anew with `{REPIN}`"


def test_held_out_stories_tell_totals_alone(measured: Evaluation) -> None:
    assert measured.reports[Part.HELDOUT].mistakes == ()
    assert measured.reports[Part.HELDOUT].score("status").hit > 0


@pytest.fixture(scope="module")
def story() -> Story:
    return next(story for story in read_stories() if story.part is Part.DEV)


@pytest.fixture(scope="module")
def ledger(story: Story) -> dict[str, Any]:
    return dict(followed_through(story))


def test_what_is_left_out_of_a_ledger_is_missed(story: Story, ledger: dict[str, Any]) -> None:
    bare = copy.deepcopy(ledger)
    for promise in bare["commitments"]:
        promise |= {"evidence": [], "progress": []}
    report = compare_stories([(story, bare | {"progress": [], "coverage": []})])
    assert report.score("links").hit == 0
    assert report.score("links").missed == len({(row["commitment"], row["in"]) for row in story.case["links"]})
    assert report.score("coverage").hit == report.score("progress").hit == 0


def test_a_link_that_nobody_wanted_counts_against(story: Story, ledger: dict[str, Any]) -> None:
    more = copy.deepcopy(ledger)
    judged = {f"{row['from']}.txt" for row in story.case["status"]}
    promise = next(one for one in more["commitments"] if one["document"] in judged)
    promise["evidence"].append({"document": "somewhere.txt", "text": "不相干的一句。", "relation": "fulfils"})
    before, after = (compare_stories([(story, one)]).score("links").extra for one in (ledger, more))
    assert after == before + 1


def test_a_wrong_status_is_told_with_what_was_wanted(story: Story, ledger: dict[str, Any]) -> None:
    wrong = copy.deepcopy(ledger)
    for promise in wrong["commitments"]:
        promise["status"] = "nonsense"
    mistakes = [one for one in compare_stories([(story, wrong)]).mistakes if one.name == "status"]
    assert len(mistakes) == len(story.case["status"])
    assert {one.fault for one in mistakes} == {Fault.WRONG}
    assert all(one.got in ("nonsense", "-") and one.want for one in mistakes)
