"""Whether a text is an issue of an office's bulletin (简报): it appears like news and tells like a report."""

from __future__ import annotations

import re

_NAME = re.compile(r"(?:简报|快报|专报|信息|动态|要情|通讯|快讯|专刊|情况交流)(?:[(第]|\d|$)")
_ISSUE = re.compile(r"^[^,。;]{0,16}?[(]?(?:20\d\d年)?(?:总|第)第?[\d一二三四五六七八九十百〇]{1,4}期(?:[()]|\d|总|$)")
_BLANK = re.compile(r"[ \t　]+")


def is_bulletin(head: str) -> bool:
    """Whether the lines of a head name a bulletin and its issue; a 第三期 of an action plan is no issue.

    >>> is_bulletin("安全生产工作简报\\n第 19 期\\n"), is_bulletin("政务动态\\n第三期学前教育行动计划\\n")
    (True, False)
    """
    lines = [_BLANK.sub("", line) for line in head.splitlines()]
    return any(map(_NAME.search, lines)) and any(map(_ISSUE.match, lines))
