"""The unit behind a number: looked up in the lexicon, longest word first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors import lexicon

# What makes a word of a unit: 两部门, 两个班主任, 3家庭, 一次性.
_LONGER_WORDS = {
    "个班": "主子组长级车", "班": "主子长级车组", "部": "门委队长分件", "村": "委民", "面": "积向", "家": "庭具长", "门": "店诊", "条": "例", "度": "假",
    "次": "品", "道": "路", "位": "置于", "间": "隔距", "分": "公局类级区部之店行支会院校为别成段批步期", "台": "阶风湾", "项": "目", "天": "然", "口": "径", "名": "单额",
    "处": "理罚室长", "所": "有", "场": "所地", "组": "织长合", "站": "长", "区": "域", "校": "长区园", "镇": "域", "期": "间限", "批": "复准", "类": "别",
    "人": "大才事民均", "元": "宵", "米": "粉面", "成": "立功", "节": "能水假", "层": "面级", "片": "区", "套": "餐", "支": "部", "本": "级科", "单": "位", "对": "象",
    "样": "本", "院": "长", "座": "谈位", "里": "程",
}  # fmt: skip
_LATIN = re.compile(r"[A-Za-z0-9²³]")


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit as printed, what kind it is (money, ratio, physical, duration, span, classifier, place), and its end."""

    text: str
    kind: str
    end: int


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {word: entry.meaning for entry in lexicon.load("units") for word in entry.words}


@lru_cache(maxsize=1)
def _reach() -> dict[str, int]:
    """The longest unit that starts with a character."""
    reach: dict[str, int] = {}
    for word in _kinds():
        reach[word[0]] = max(reach.get(word[0], 0), len(word))
    return reach


def unit_at(folded: str, start: int) -> UnitWord | None:
    """The unit that starts here, with a bracketed alternative (个(家)) or a denominator (元/平方米).

    >>> unit_at("30个百分点以上", 2)
    UnitWord(text='个百分点', kind='ratio', end=6)
    """
    word = _longest(folded, start)
    if word is None:
        return None
    end = start + len(word)
    kind = _kinds()[word]
    if folded[end : end + 1] == "(":
        end = _alternative(folded, end)
    while folded[end : end + 1] in ("/", "·"):
        under = _longest(folded, end + 1)
        if under is None:
            break
        end += 1 + len(under)
    return UnitWord(folded[start:end], kind, end)


def _longest(folded: str, start: int) -> str | None:
    kinds = _kinds()
    for length in range(_reach().get(folded[start : start + 1], 0), 0, -1):
        word = folded[start : start + length]
        after = folded[start + length : start + length + 1]
        if word in kinds and not _runs_on(word, after) and not (after and after in _LONGER_WORDS.get(word, "")):
            return word
    return None


def _runs_on(word: str, after: str) -> bool:
    """A Latin unit ends where the letters end: 5m is a length, 5main is not."""
    return word[-1].isascii() and word[-1] != "%" and bool(_LATIN.match(after))


def _alternative(folded: str, bracket: int) -> int:
    """The end of 个(家): the bracket holds a second unit and nothing else."""
    inner = _longest(folded, bracket + 1)
    close = bracket + 1 + len(inner or "")
    return close + 1 if inner and folded[close : close + 1] == ")" else bracket
