"""Work that is done apart from the pages, in words."""

from __future__ import annotations

from models.apart import WorkState


def left_words(found: WorkState, waiting: str) -> str:
    """How long the rest takes, in words; `waiting`: what it waits for as long as it hasn't begun.

    >>> left_words(WorkState(400), "在等前面的导出做完")
    '在等前面的导出做完'
    """
    if found.since is None or found.at is None:
        return waiting
    seconds = found.seconds_left
    if seconds is None:
        return "还说不准要多久"
    return "不到一分钟" if seconds < 60 else f"大约还要 {round(seconds / 60)} 分钟"
