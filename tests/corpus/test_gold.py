"""The annotated documents hold together: what they quote is there, what they say is in the words of the rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.gold import make
from corpus.gold.records import GoldDocument, Label, Split, problems_of, read_gold, units_of
from models.documents import Kind

DOCUMENTS = read_gold()


def names(document: GoldDocument) -> str:
    return document.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=names)
def test_an_annotation_has_no_problems(document: GoldDocument) -> None:
    assert problems_of(document) == []


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if d.units], ids=names)
def test_every_unit_of_a_reply_is_labelled_in_order(document: GoldDocument) -> None:
    assert [unit.text for unit in document.units] == units_of(document.text)


def test_a_wrong_annotation_is_noticed() -> None:
    document = next(d for d in DOCUMENTS if d.units and d.quantities)
    shortened = replace(document, units=document.units[1:])
    assert "the units together are not the text" in problems_of(shortened)
    moved = replace(document, quantities=(replace(document.quantities[0], text="九千九百只"),))
    assert any("stands not in its unit" in problem for problem in problems_of(moved))
    unlabelled = replace(document, units=(replace(document.units[0], label=Label.COMMITMENT), *document.units[1:]))
    assert any("strength and label disagree" in problem for problem in problems_of(unlabelled))


def test_the_printed_files_are_what_the_sources_say(tmp_path: Path) -> None:
    make.write_all(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_text(encoding="utf-8") == (make.HERE / path.name).read_text(encoding="utf-8"), path.name


def test_the_corpus_has_its_kinds_and_splits() -> None:
    kinds = Counter(document.identity["kind"][0] for document in DOCUMENTS)
    assert kinds[Kind.REPLY] >= 14
    assert {Kind.SUGGESTION, Kind.PROPOSAL, Kind.PLAN, Kind.REGULATION, Kind.NEWS} <= set(kinds)
    splits = Counter(document.split for document in DOCUMENTS)
    assert all(splits[split] >= 7 for split in Split)
    assert read_gold(split=Split.HELDOUT) == tuple(d for d in DOCUMENTS if d.split is Split.HELDOUT)


def test_the_material_beside_the_project_reads_in_the_same_format(shared: Path) -> None:
    documents = read_gold(shared / "gold")
    assert documents
    assert [d.name for d in documents if problems_of(d)] in ([], ["b3_reply"])  # its letterhead has no units
