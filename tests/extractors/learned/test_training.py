"""Learning: the same examples teach the same weights, and words alone are enough to tell plain cases apart."""

from __future__ import annotations

from extractors.learned.train import Example, first_sight, learn, measure
from extractors.learned.weights import Reader, digest_of, written

JUDGED = frozenset({"C", "D"})
SAID = {"C": ("将于", "建成"), "D": ("无法", "采纳"), "N": ("已经", "完成")}


def examples(documents: int = 12) -> list[Example]:
    """One unit of each label in each letter; the rules take every second refusal for a fact."""
    found = []
    for number in range(documents):
        for label, words in SAID.items():
            answer = "N" if label == "D" and number % 2 else label
            features = (("pair", words), ("zone", ("answer",)), ("place", (str(number % 4),)))
            found.append(Example(f"letter {number}", features, (label,), answer))
    return found


def taught() -> Reader:
    reader, _ = learn(examples(), "units", JUDGED)
    return reader


def test_the_same_examples_teach_the_same_weights() -> None:
    assert digest_of(written({"units": taught()})) == digest_of(written({"units": taught()}))


def test_the_order_of_the_documents_does_not_matter_to_what_is_learnt() -> None:
    reader, _ = learn(examples()[::-1], "units", JUDGED)
    assert written({"units": reader}) == written({"units": taught()})


def test_words_alone_tell_plain_cases_apart() -> None:
    scores = measure(taught(), examples(), JUDGED)
    assert scores.alone == 1.0
    assert scores.rules < 1.0


def test_what_words_and_rules_agree_on_is_surer_than_what_words_alone_say() -> None:
    reader = taught()
    score = reader.score([("pair", SAID["C"])])
    assert reader.probabilities(score, "C")["C"] > reader.probabilities(score)["C"]
    assert reader.probabilities(score, "N")["C"] < reader.probabilities(score)["C"]


def test_scores_by_fifths_are_of_documents_that_the_reader_has_not_learnt_from() -> None:
    """A word that stands in one document alone says nothing about the others."""
    own = []
    for one in examples():
        words = (("only_here", (one.document + one.right[0],)), ("zone", ("answer",)))
        own.append(Example(one.document, words, one.right, "N"))
    _, scores = learn(own, "units", JUDGED)
    assert scores.alone <= 0.34


def test_an_example_that_may_be_read_either_way_teaches_nothing() -> None:
    unclear = [Example("letter 1", (("pair", ("可能",)),), ("C", "N"), "C")] * 3
    reader, _ = learn([*examples(), *unclear], "units", JUDGED)
    assert "可能" not in reader.features["pair"]


def test_first_sight_counts_every_label_of_both_readers() -> None:
    for name, labels in (("units", {"C", "D", "N"}), ("roles", {"target", "actual", "standard"})):
        counted = first_sight()[name]
        assert set(counted) == labels
        assert all(set(row) == labels and sum(row.values()) > 30 for row in counted.values())
