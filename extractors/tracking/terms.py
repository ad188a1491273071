"""What the full-text index is asked for: words by which a promise finds its evidence, and a passage its promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum, log

from extractors.tokens import cut
from extractors.tracking.prepared import Passage, prepare
from extractors.tracking.wording import bare_title, pairs_of, telling
from models.evidence import Paper
from models.text import fold

MOST = 8
_LEAST = 0.3  # of telling: words below are in every letter (建设, 服务)
_FEW = 3  # own words; with fewer the heading above is asked for, too


def promise_terms(paper: Paper, position: int, most: int = MOST) -> tuple[str, ...]:
    """The most telling titles, names and words of a promise (`position` in its reply), best first.

    “在古渡口新建潮位站一座” -> 潮位, 渡口, 新建: no number, no day, no name of the place or office that speaks.
    """
    ready = prepare(paper)
    promise = next((each for each in ready.promises if each.position == position), None)
    return _terms(promise.passage, ready.spread, most) if promise else ()


def passage_terms(paper: Paper, unit: int, most: int = MOST) -> tuple[str, ...]:
    """The same of a passage (`unit`: its index), for looking up promises; nothing where the unit can't be evidence."""
    ready = prepare(paper)
    passage = next((each for each in ready.passages if each.index == unit), None)
    return _terms(passage, ready.spread, most) if passage else ()


def paper_terms(paper: Paper, most: int = MOST) -> dict[int, tuple[str, ...]]:
    """The terms of every passage that may be evidence, by its unit's index."""
    ready = prepare(paper)
    return {passage.index: _terms(passage, ready.spread, most) for passage in ready.passages}


def subject_terms(paper: Paper, most: int = MOST) -> tuple[str, ...]:
    """The telling words of what the paper is about, by its title: its passages take them for granted, promises don't.

    “关于调整课后服务收费标准的通知” -> 课后服务, 收费, …
    """
    ready, identity = prepare(paper), paper.extraction.identity
    weighed = dict(_weighed(fold(identity.subject or identity.title or ""), ready.subject, {}))
    return tuple(sorted(weighed, key=lambda word: (-weighed[word], word)))[:most]


def _terms(passage: Passage, spread: Mapping[str, int], most: int) -> tuple[str, ...]:
    weighed = dict(_weighed(passage.words, passage.pairs, spread))
    if len(weighed) < _FEW:
        above = " ".join((*passage.unit.section[-1:], passage.unit.head or ""))
        weighed = {**dict(_weighed(fold(above), passage.around, spread)), **weighed}
    named = [bare_title(title) for title in passage.titles]
    named += sorted(passage.names)
    ranked = sorted(weighed, key=lambda word: (-weighed[word], word))
    return tuple(dict.fromkeys((*named, *ranked)))[:most]


def _weighed(words: str, pairs: frozenset[str], spread: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """The words that are more than stock phrases, with what they tell; names of places and days are not in `pairs`."""
    for word in cut(words):
        own = pairs_of(word)
        if not own or not own <= pairs:
            continue
        tells = fsum(telling(pair) / (1 + log(max(1, spread.get(pair, 1)))) for pair in own) / len(own)
        if tells >= _LEAST:
            yield word, tells
