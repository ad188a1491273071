"""What the full-text index is asked for on behalf of a whole paper: a few words of each promise, or of each passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from extractors.tracking.terms import paper_terms, promise_terms, subject_terms
from models.evidence import Paper

_EACH = 3  # so that every promise is asked for, not only the wordiest one
_MOST = 32  # words: the index looks up each of them


def words_of_promises(paper: Paper) -> tuple[str, ...]:
    """The words by which evidence of the paper's promises (of a plan: of its tasks) would be found."""
    promises = range(len(paper.extraction.commitments))
    return _first(promise_terms(paper, position, _EACH) for position in promises) if promises else words_of_facts(paper)


def words_of_facts(paper: Paper) -> tuple[str, ...]:
    """The words by which promises that the paper speaks of would be found: those of its title and of its passages."""
    return tuple(dict.fromkeys((*subject_terms(paper), *_first(paper_terms(paper, _EACH).values()))))[:_MOST]


def _first(terms: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Those that several passages have come first: they are what the paper is about."""
    counts = Counter(word for words in terms for word in words)
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))[:_MOST]
