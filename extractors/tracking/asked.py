"""What the full-text index is asked for on behalf of a whole paper: a few words of each promise, or of each passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from extractors.tracking.terms import paper_terms, promise_terms, subject_terms
from models.evidence import Paper

_EACH = 3  # so that every promise is asked for, not only the wordiest one
_MOST = 32  # words: the index looks up each of them
_MOST_PASSAGES = 240  # that are asked for by their own word as well


def words_of_promises(paper: Paper) -> tuple[tuple[str, ...], ...]:
    """The words by which evidence would be found, promise by promise (of a plan: task by task)."""
    promises = range(len(paper.extraction.commitments))
    if not promises:
        return words_of_facts(paper)
    terms = [promise_terms(paper, position, _EACH) for position in promises]
    return _within(_first(terms), terms)


def words_of_facts(paper: Paper) -> tuple[tuple[str, ...], ...]:
    """The words by which promises that the paper speaks of would be found: those of its title, and of each passage."""
    subject, terms = subject_terms(paper), list(paper_terms(paper, _EACH).values())
    most_told = tuple(dict.fromkeys((*subject, *_first(terms))))[:_MOST]
    return _within({*most_told, *_own_words(terms)}, [subject, *terms])


def _first(terms: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Those that several passages have come first: they are what the paper is about."""
    counts = Counter(word for words in terms for word in words)
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))[:_MOST]


def _own_words(terms: Iterable[tuple[str, ...]]) -> list[str]:
    """The most telling word of each passage: one sentence of a long report is all that a promise has of it."""
    return [words[0] for words in terms if words][:_MOST_PASSAGES]


def _within(chosen: Collection[str], terms: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The chosen words of each passage."""
    kept = (tuple(word for word in words if word in chosen) for words in terms)
    return tuple(words for words in kept if words)
