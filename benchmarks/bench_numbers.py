"""Numbers and time expressions alone, against the peers that find them too.

Peers are no part of our environment. Where one is installed it is measured; else its speed is reckoned from a run on
another machine, in which jieba.lcut cut 453,000 characters a second, JioNLP (1.5.31, money and time) read 240,000 and
Recognizers-Text (number, percentage, currency, dimension, date and time) 10,700: what jieba.lcut does here tells how
much faster or slower this machine is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from time import process_time

from benchmarks import texts
from benchmarks.figures import Figure, best_of
from extractors.numbers.dates import Anchor, find_times
from extractors.numbers.quantities import find_measures
from models.text import fold

_THERE = {"jieba.lcut": 453_000, "JioNLP": 240_000, "Recognizers-Text": 10_700}  # characters a second
_WANTED = {"JioNLP": 2, "Recognizers-Text": 50}  # times
_KINDS = ("number", "percentage", "currency", "dimension", "datetime")


def run() -> Iterator[Figure]:
    """Characters a second of find_measures and find_times together, and how many times the peers' that is."""
    import jieba

    jieba.setLogLevel("WARNING")
    jieba.initialize()
    for name, found in (("letters", texts.letters()), ("plans and news", texts.plans())):
        cut = _speed(jieba.lcut, found)
        ours = _speed(_read, found)
        yield Figure(f"numbers and time, {name}", ours / 1000, "kchar/s")
        yield Figure(f"numbers and time against jieba.lcut, {name}", ours / cut, "times")
        for peer, wanted in _WANTED.items():
            measured = _measured(peer, found)
            theirs, how = (
                (measured, "measured") if measured else (_THERE[peer] * cut / _THERE["jieba.lcut"], "reckoned")
            )
            yield Figure(f"numbers and time against {peer} ({how}), {name}", ours / theirs, "times", at_least=wanted)


def _read(text: str) -> None:
    folded = fold(text)
    find_measures(folded)
    find_times(folded, Anchor(None, 2024))


def _speed(read: Callable[[str], object], found: Sequence[str]) -> float:
    """Characters a second, at best."""
    read(found[0])
    return sum(map(len, found)) / best_of(3, lambda: [read(text) for text in found], process_time)


def _measured(peer: str, found: Sequence[str]) -> float | None:
    """The peer's own speed where it is installed; a slow one reads a few texts only."""
    read = _PEERS[peer]()
    return _speed(read, found[:5]) if read else None


def _jionlp() -> Callable[[str], object] | None:
    if find_spec("jionlp") is None:
        return None
    jionlp = import_module("jionlp")
    return lambda text: [jionlp.ner.extract_money(text), jionlp.ner.extract_time(text)]


def _recognizers() -> Callable[[str], object] | None:
    if find_spec("recognizers_suite") is None:
        return None
    suite = import_module("recognizers_suite")
    return lambda text: [getattr(suite, f"recognize_{kind}")(text, "zh-cn") for kind in _KINDS]


_PEERS = {"JioNLP": _jionlp, "Recognizers-Text": _recognizers}
