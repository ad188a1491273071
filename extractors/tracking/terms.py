"""What the full-text index is asked for, to find the papers that a paper may have to do with."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.tracking.prepared import Passage, prepare
from extractors.tracking.wording import telling
from models.evidence import Paper

_MOST = 24  # words: the index looks up each of them
_EACH = 3  # of one passage: so that every promise is asked for, not the wordiest one


def words_of_promises(paper: Paper) -> tuple[str, ...]:
    """The words by which evidence of the paper's promises (or, of a plan, of its targets) would be found."""
    prepared = prepare(paper)
    promises = [promise.passage for promise in prepared.promises]
    return _telling(promises or [passage for passage in prepared.passages if passage.numbers])


def words_of_facts(paper: Paper) -> tuple[str, ...]:
    """The words by which promises that the paper speaks of would be found."""
    return _telling(prepare(paper).passages)


def _telling(passages: Iterable[Passage]) -> tuple[str, ...]:
    """The most telling pairs of each passage, those first that several have: they are what the paper is about."""
    counts: dict[str, float] = {}
    for passage in passages:
        ranked = sorted(passage.pairs | passage.around, key=lambda pair: (-telling(pair), pair))
        for pair in ranked[:_EACH]:
            counts[pair] = counts.get(pair, 0.0) + telling(pair)
    titles = [title for passage in passages for title in passage.titles]
    best = sorted(counts, key=lambda pair: (-counts[pair], pair))
    return tuple(dict.fromkeys((*titles[:8], *best)))[:_MOST]
