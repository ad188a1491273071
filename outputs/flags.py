"""What a record's flags and a document's notes are called in Chinese."""

from __future__ import annotations

from collections.abc import Iterable

NOTES: dict[str, str] = {
    "joined_lines": "接好断行",
    "dropped_headers": "去掉页眉页脚",
    "dropped_traces": "去掉转换痕迹",
    "scanned_pages": "有扫描页没读",
    "unread_pages": "有页没读成",
    "unread_tables": "有表格没读成",
    "left_out_inserted_file": "有嵌入的文件没读",
}
"""What a reader had to mend in a document, and what of it could not be read."""

UNREAD = frozenset({"scanned_pages", "unread_pages", "unread_tables", "left_out_inserted_file"})
"""Notes by which something of the document is missing: promises may be missing, too."""

FLAGS: dict[str, str] = {
    "no_date": "未定时限",
    "unknown_year": "年份不明",
    "soft": "研究、鼓励类",
    "conditional": "有前提条件",
    "uncertain": "把握不大",
    "unequal_list": "“分别”前后项数不等",
    "mended": "数字里有扫描误认的字母，请对原件",
    "undated": "文件没有日期",
    "day_moved": "时限有变",
    "part_missing": "只说到一部分",
    "number_untold": "没有说数量",
    "other_year": "年度不同",
    "year_unclear": "年度不明",
    "scope_differs": "范围不同",
    "unit_converted": "单位经过换算",
    "unit_differs": "计量单位不同",
    "derived": "推算得出",
    "cumulative_against_yearly": "以累计数对年度数",
    "yearly_against_cumulative": "以年度数对累计数",
    "total_against_increase": "以总数对增加数",
    "one_of_several_years": "只是几年中的一年",
    "completes": "与此前的佐证合起来才算办完",
}
"""What a person should look at in a record."""

SAID_ELSEWHERE = frozenset({"no_date", "soft", "conditional"})
"""Flags that repeat what a column of its own says; a person's eye is for the others."""


def note_phrases(codes: Iterable[str]) -> str:
    """What was mended while reading, and what is missing, in one line.

    >>> note_phrases(["joined_lines", "scanned_pages"])
    '接好断行、有扫描页没读'
    """
    return "、".join(NOTES.get(code, code) for code in codes)


def flag_phrases(codes: Iterable[str]) -> str:
    """What a person should look at beyond what the columns say, in one line.

    >>> flag_phrases(["no_date", "unknown_year"])
    '年份不明'
    """
    return "、".join(FLAGS.get(code, code) for code in codes if code not in SAID_ELSEWHERE)
