"""Item numbers that stick to the figure behind them: 6.75个助餐点 is item 6, when it stands behind item 5."""

from __future__ import annotations

import re
from typing import NamedTuple

# At the start of a line or a sentence; 7.9月底前 and 4.2025年 can be nothing but item numbers.
_MARK = re.compile(
    r"(?m)(?:^|(?<=[。;:!?]))[^\S\n]*(?P<number>\d{1,2})(?P<stop>[.、])"
    r"(?P<sticks>(?:(?<=、)[1-9]\d*(?:\.\d+)?|[1-9]\d*)(?!\d?月(?!龄)|(?<=\d{4})年|[.\d]))?"
)
_STICKS = re.compile(r"(?:^|[\n。;:!?])[^\S\n]*\d{1,2}[.、][1-9]")
_PARTED = "．"


class _Mark(NamedTuple):
    """What looks like an item number: its value, where its stop stands, whether a figure follows at once."""

    number: int
    stop: int
    sticks: bool


def part_items(folded: str) -> str:
    """The text with ． for the stop of each item number that sticks to a figure; nothing else changes.

    Real decimals begin lines, too (1.5万亩湿地…), so it takes the items around: the one before is numbered one
    lower, and no other item of that number comes next. ． stands in no folded text otherwise.

    >>> part_items("5.培训护理员。\\n6.75个助餐点开放。"), part_items("目标:\\n6.75万亩湿地。")
    ('5.培训护理员。\\n6．75个助餐点开放。', '目标:\\n6.75万亩湿地。')
    """
    if not _STICKS.search(folded):
        return folded
    marks = [_Mark(int(hit["number"]), hit.start("stop"), bool(hit["sticks"])) for hit in _MARK.finditer(folded)]
    chars = list(folded)
    before: _Mark | None = None
    for at, mark in enumerate(marks):
        if mark.sticks and not _counts_on(folded, before, mark, marks[at + 1 :]):
            continue
        if mark.sticks:
            chars[mark.stop] = _PARTED
        before = mark
    return "".join(chars)


def _counts_on(folded: str, before: _Mark | None, mark: _Mark, behind: list[_Mark]) -> bool:
    """Whether a figure with a stop in it is the next item of a list."""
    following = next((one for one in behind if not one.sticks), None)
    if any(one.number == mark.number for one in behind[:1]) or (following and following.number == mark.number):
        return False
    if before is None or before.number != mark.number - 1:
        opens = mark.number == 1 and following is not None and following.number == 2
        return opens and following is not None and folded[following.stop] == folded[mark.stop]
    if folded[before.stop].replace(_PARTED, folded[mark.stop]) != folded[mark.stop]:
        return False
    next_comes = following is not None and following.number == mark.number + 1
    return next_comes or folded.count("\n", before.stop, mark.stop) <= 1
