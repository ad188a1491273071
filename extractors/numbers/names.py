"""Numbers that count nothing: dates, ordinals, document numbers, names. What they cover is never a measure."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from extractors import lexicon
from extractors.lexicon.leading import alternatives_of
from extractors.lexicon.openings import dispatched

# What a name may start with; asked first, since most characters of prose start none.
_FIRST = (
    r"(?=[《〔\[(【﹝第①-⑳\dA-Za-z零〇○一二三四五六七八九十百千两廿“\" 人政上早晚凌中夜至到—~～\-"
    r"索电手传邮微账帐编代统附表图专议提建案标序门口前后倒末栋浏阅点访单双])(?<![0-9](?=[0-9]))"
)
_HAN_DIGITS = "零〇○一二三四五六七八九十百千两廿"
_SHORT_QUOTE = re.compile(r"[“‘\"「『]([^“”‘’\"「」『』\n]{1,12})[”’\"」』]")
_COUNTED = re.compile(r"\d")
_NAME_TAIL = re.compile(r"[圈\dXN]$|工程|行动|计划|机制|模式|体系|攻坚|热线")


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for names that a digit starts or holds, one for set phrases."""
    entries = lexicon.load("numbers_names")
    patterns = [entry.regex for entry in entries if not entry.words]
    words = lexicon.alternation([word for entry in entries for word in entry.words])
    inline = [pattern.replace("(?m)", "") for pattern in patterns]
    single = [alternative for pattern in inline for alternative in alternatives_of(pattern)]
    alternatives = dispatched(single, r"\d", _HAN_DIGITS)
    return re.compile(f"{_FIRST}(?:{alternatives})", re.MULTILINE), re.compile(words)


class Names:
    """The spans of a text that hold no measure, to be asked by offset."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, folded: str) -> None:
        structural, phrases = _names()
        spans = [found.span() for found in structural.finditer(folded)]
        spans += [found.span() for found in phrases.finditer(folded)]
        spans += [found.span() for found in _SHORT_QUOTE.finditer(folded) if _is_name(found[1])]
        spans.sort()
        self._starts = [start for start, _ in spans]
        self._ends: list[int] = []
        for _, end in spans:
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def end_at(self, offset: int) -> int | None:
        """The end of the name that covers this offset, if one does."""
        index = bisect_right(self._starts, offset) - 1
        return self._ends[index] if index >= 0 and self._ends[index] > offset else None


def _is_name(quoted: str) -> bool:
    """“三个一” and “15分钟生活圈” are names; “新建学校10所” is a quotation that counts."""
    if _NAME_TAIL.search(quoted):
        return True
    return not _COUNTED.search(quoted) or len(quoted) <= 5
