"""Which words two passages share, and how much that says.

Words are pairs of neighbouring characters (停车, 车场): no segmenter is asked, and 停车场 meets 生态停车场 all the
same.
A pair weighs what it tells apart: little when every official letter has it (推进, 工作), little when every promise of
the same letter has it (民宿 in a letter about 民宿), much when only this promise and that passage do.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib import resources
from math import log
from operator import add

from models.text import fold

# Function words and marks end a run of characters; no pair reaches across them. Numbers are compared as numbers.
_RUN = re.compile("[\u3400-\u9fffA-Za-z]+")
_FUNCTION = re.compile("[的了和与及在将等把被从由为以是也都其并对各每该应须要我]")
_LATIN = re.compile("[A-Za-z]{2,}")
_SELDOM = 120  # pages: what fewer than one of so many has tells all that a pair can


def pairs_of(folded: str) -> frozenset[str]:
    """The pairs of neighbouring characters of some folded words; Latin words stay whole.

    >>> sorted(pairs_of("增设停车场,接入ERP"))
    ['ERP', '停车', '增设', '接入', '设停', '车场']
    """
    found: set[str] = set()
    for run in _RUN.findall(_FUNCTION.sub(" ", folded)):
        latin = _LATIN.findall(run)
        found.update(latin)
        for part in _LATIN.split(run) if latin else (run,):
            found.update(map(add, part, part[1:]))
    return frozenset(found)


def longest_runs(words: str, pairs: frozenset[str], most: int = 3) -> tuple[str, ...]:
    """The longest pieces of some words that are made of the given pairs alone, longest first.

    >>> longest_runs("东门外生态停车场已建成", frozenset({"停车", "车场", "建成"}))
    ('停车场', '建成')
    """
    runs: list[str] = []
    last = -1
    for at in range(len(words) - 1):
        if words[at : at + 2] not in pairs:
            continue
        if last == at - 1 and runs:
            runs[-1] += words[at + 1]
        else:
            runs.append(words[at : at + 2])
        last = at
    return tuple(sorted(dict.fromkeys(runs), key=len, reverse=True)[:most])


@lru_cache(maxsize=1)
def _common() -> dict[str, float]:
    """How much each pair tells that stands in more than two of the pages that were counted (`pairs.json`)."""
    raw = json.loads(resources.files("extractors.lexicon").joinpath("pairs.json").read_text(encoding="utf-8"))
    counts: dict[str, int] = raw["counts"]
    return {pair: min(1.0, log(raw["documents"] / count) / log(_SELDOM)) for pair, count in counts.items()}


def telling(pair: str) -> float:
    """How much a pair tells in official prose at large, in [0, 1]: 1 where less than a page in 120 has it.

    >>> telling("工作") < 0.2 < telling("浮球")
    True
    """
    return _common().get(pair, 1.0)


@lru_cache(maxsize=1)
def _common_letters() -> dict[str, float]:
    found: dict[str, float] = {}
    for pair, tells in _common().items():
        for letter in pair:
            found[letter] = min(tells, found.get(letter, 1.0))
    return found


def telling_letter(letter: str) -> float:
    """How much a single character tells, in [0, 1]: no more than the commonest pair that it stands in.

    >>> telling_letter("建") < 0.2 < telling_letter("鱼")
    True
    """
    return _common_letters().get(letter, 1.0)


def rare_letters(words: str) -> frozenset[str]:
    """The characters of some words that tell much by themselves.

    >>> sorted(rare_letters("统一更换磅秤"))
    ['磅', '秤']
    """
    return frozenset(words) - _stock_letters()


@lru_cache(maxsize=1)
def _stock_letters() -> frozenset[str]:
    return frozenset(letter for letter, tells in _common_letters().items() if tells < _RARE_LETTER)


_RARE_LETTER = 0.7


@lru_cache(maxsize=1024)
def letters_of(folded: str) -> frozenset[str]:
    """The Chinese characters of some words that say something by themselves."""
    return frozenset(_SAYING.findall(folded))


_LITTLE = "的了和与及在将等把被从由为以是也都其并对各每该应须要我有个一二三四五六七八九十大小中上下"
_SAYING = re.compile(f"[\u3400-\u9fff](?<![{_LITTLE}])")


_EDITION = re.compile(r"[(〔（][^()〔〕（）]*[)〕）]$|(?:征求意见稿|送审稿|试行|暂行)$")


@lru_cache(maxsize=2048)
def bare_title(title: str) -> str:
    """A paper's title without its years and its state.

    >>> bare_title("绿道建设三年行动计划（2021—2023年）（试行）")
    '绿道建设三年行动计划'
    """
    bare = fold(title).replace(" ", "")
    while (shorter := _EDITION.sub("", bare)) != bare:
        bare = shorter
    return bare


_PEOPLE = frozenset({"人", "名", "位", "人次", "名(次)", "人(次)"})


@lru_cache(maxsize=2048)
def plain_unit(unit: str | None) -> str:
    """A unit of counting without its brackets, people as people.

    >>> plain_unit("人次"), plain_unit("个(家)"), plain_unit(None)
    ('人', '个', '')
    """
    plain = fold(unit or "").replace(" ", "")
    return "人" if plain in _PEOPLE else plain.split("(")[0]
