"""Lines: which of them belong to one paragraph, and which characters are mere traces of conversion."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

# Traces that Word, WPS and web editors leave in texts copied or converted from them.
_FIELDS = re.compile(
    r"\[bookmark:\s*\w*\]"  # the name of a bookmark, as some converters print it
    r"|\{\s*(?:PAGE|NUMPAGES|TOC|HYPERLINK|REF|SEQ|DATE|EMBED)\b[^{}\n]{0,200}\}"
    r"|(?<![A-Za-z])(?:PAGE|NUMPAGES|SECTIONPAGES)\s*\\\*\s*(?:MERGEFORMAT|Arabic)(?:\s*\\\*\s*MERGEFORMAT)?"
    r"|(?<![A-Za-z])TOC\s+\\o\s+\"[\d-]+\"(?:\s+\\[a-z])*"
    r"|(?<![A-Za-z])HYPERLINK\s+(?:\\l\s+)?\"[^\"\n]{0,300}\""
    r"|<!--\[(?:if|endif)[^\n>]{0,80}>|<!\[(?:if|endif)[^\n>]{0,80}>|\[endif\]-{0,2}>?"
    r"|错误[!！]\s?未(?:找到引用源|定义书签)[。.]?"
)
_FIELD_SIGNS = ("[bookmark", "{", "PAGE", "TOC", "HYPERLINK", "<!", "[endif]", "错误")  # each field holds one
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f]"
)
_ENTITY = re.compile("&(?:nbsp|ensp|emsp);")
# One bar at an edge of a line that has no other: what is left of a table's frame. A row a|b|c keeps its bars.
_BREAKS = re.compile("[\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?")


def plain_breaks(text: str) -> str:
    """The text with a line feed for every kind of line break."""
    return _BREAKS.sub("\n", text)


def mend_traces(text: str) -> tuple[str, tuple[str, ...]]:
    r"""The text without traces of conversion, and the codes of what was mended.

    >>> mend_traces("[bookmark: _GoBack]为做好防汛工作，制定本方案。 |\n区域|座数|")
    ('为做好防汛工作，制定本方案。\n区域|座数|', ('dropped_traces',))
    """
    mended = _INVISIBLE.sub("", text)
    if any(sign in mended for sign in _FIELD_SIGNS):
        mended = _FIELDS.sub("", mended)
    if "|" in mended or "｜" in mended:
        mended = "\n".join(map(_without_stray_bar, mended.split("\n")))
    if "&" in mended:
        mended = _ENTITY.sub(" ", mended)
    return mended, ("dropped_traces",) if mended != text else ()


def _without_stray_bar(line: str) -> str:
    """The line without a single bar at its edge; a row of a table keeps its bars.

    >>> _without_stray_bar("| 二、下步打算"), _without_stray_bar("|12|7"), _without_stray_bar("路段|座数")
    ('二、下步打算', '|12|7', '路段|座数')
    """
    bare = line.strip(" \t\u3000")
    if bare.count("|") + bare.count("｜") != 1:
        return line if bare.strip("|｜ ") or not bare else ""
    if bare[0] in "|｜":
        return bare[1:].lstrip(" \t\u3000")
    return bare[:-1].rstrip(" \t\u3000") if bare[-1] in "|｜" else line


# What opens a paragraph: 一、 （一） 1. 1、 (1) ① 第一条 附件：
_ENUMERATOR = re.compile(
    r"[\s\u3000]*(?:[一二三四五六七八九十百]{1,4}[、.．]|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[①-⑳]|第[一二三四五六七八九十百零]{1,5}[章节条]|附件?[:：\d一二三])"
)
_SALUTATION = re.compile(
    r"[\s\u3000]*(?:尊敬的)?[^，。；：:\n]{1,40}(?:代表|委员|同志|先生|女士|局|办公室|委)(?:们)?[:：]\s*$"
)
# A document number or a date, alone on its line.
_MARK = re.compile(
    r"[\s\u3000]*(?:[^，。；\n]{1,16}[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\d+号(?:\s.{0,20})?"
    r"|[\d一二三四五六七八九十〇零○ＯO]{4}年.{1,4}月.{1,4}日)\s*$"
)
# A class in brackets, or a label with its words (抄送：, 联系电话：); no label begins with 的 or 和.
_LABEL = re.compile(
    r"[\s\u3000]*(?:[（(]?[A-D甲乙丙丁][)）]?类?$"
    r"|[（(]?(?![的之和与及])(?:[\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff](?:[\u3000 ]+[\u4e00-\u9fff]){1,4})"
    r"[:：](?=[^。；]{1,40}$))"
)
_CLOSED = tuple("。！？；：.!?;:)）”》】")
_INDENT = (" ", "\t", "\u3000", "\u00a0")
_FIRST_WORD = re.compile(r"[“‘（(《〈【〔]*(?:[0-9A-Za-z.,%％+\-/]+|.)[，。、；：！？,;:!?）)》〉”’】〕％%]*")
_CLOSING = "，。、；：！？,;:!?）)》〉”’】〕％%"
_UNBROKEN = re.compile(
    _FIRST_WORD.pattern
    + rf"(?:(?:(?<=[{_CLOSING}])(?=[0-9A-Za-z])|(?<=[”’])|[“”‘’（(]+)"
    + rf"(?:[0-9A-Za-z.,%％+\-/]+|[^，。；]?)[{_CLOSING}]*){{0,2}}"
)


def opens_paragraph(line: str) -> bool:
    """Whether the line opens a paragraph by its own words: an enumerator, or a salutation."""
    return bool(_ENUMERATOR.match(line) or _SALUTATION.match(line))


def is_salutation(line: str) -> bool:
    """Whether the line addresses somebody: 某某委员："""
    return bool(_SALUTATION.match(line))


def stands_alone(line: str) -> bool:
    """Whether the line is one of its own: a document number, a date, a class, a label with its words.

    >>> stands_alone("临府办〔2023〕9号"), stands_alone("联系电话：0000-1234"), stands_alone("其余两处明年完工。")
    (True, True, False)
    """
    return is_mark(line) or bool(_LABEL.match(line))


def is_mark(line: str) -> bool:
    """Whether the line is a document number or a date, and nothing else."""
    return bool(_MARK.match(line))


def is_closed(line: str) -> bool:
    """Whether a line ends as a sentence or a lead-in does."""
    return line.rstrip().endswith(_CLOSED)


def first_word(line: str) -> str:
    """What a line break must keep together at the line's start: 《章程》 -> 《章, 12.5%，到 -> 12.5%，"""
    found = _FIRST_WORD.match(line)
    return found.group() if found else line[:1]


def unbroken(line: str) -> str:
    """What typesetters may keep together at the line's start: the first word, and a number or a quotation right behind
    it. LibreOffice breaks 收|费。2024年 so, since 2024 is of another font than 费。

    >>> unbroken("费。2024年6月底前"), unbroken("年“双拥”活动"), unbroken("建设一条")
    ('费。2024', '年“双', '建')
    """
    found = _UNBROKEN.match(line)
    return found.group() if found else line[:1]


def glue(before: str, after: str) -> str:
    """Two lines as one: nothing between Han, a blank between two Latin words."""
    before, after = before.rstrip(" \t"), after.lstrip(" \t\u3000\u00a0")
    blank = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return f"{before} {after}" if blank else before + after


def width(line: str) -> int:
    """Columns of a line: two for Han and full-width signs, one for the rest."""
    return len(line.encode("gb18030", "replace")) if not line.isascii() else len(line)


_PAGES: tuple[tuple[Callable[[str], int], int, int], ...] = (
    # How a page's width is measured, and between which widths: below are lists of names, above are paragraphs.
    (width, 30, 200),
    (len, 20, 100),
)
_DEEPEST_INDENT = 8  # columns
_LEAST_FULL = 3
_UNEVEN = 4  # columns that digits and quotation marks of a printed line may take less than counted
_LONG = 0.6  # of the page: longer than headings and sign-offs
_FULL_SHARE, _OPEN_SHARE = 0.4, 0.45  # full lines among long ones, and unfinished ones among full ones


def join_wrapped(text: str) -> str:
    """The text with hard-wrapped lines joined into paragraphs; a text whose lines are paragraphs comes back as it is.

    A line was wrapped where the first word of the next wouldn't have fitted on it, in columns or in characters.
    """
    found = text.split("\n")
    filled = [line.rstrip() for line in found if line.strip()]
    if max(map(len, filled), default=0) > max(widest for _, _, widest in _PAGES):
        return text  # no line has fewer columns than characters
    body = [line for line in filled if not _is_set_far_in(line)]
    for measure, narrowest, widest in _PAGES:
        page = max(map(measure, body), default=0)  # a sign-off moved to the right may reach beyond the page
        if narrowest <= page <= widest and _is_wrapped(filled, measure, page):
            return "\n".join(_joined(found, measure, page))
    return text


def _joined(found: list[str], measure: Callable[[str], int], page: int) -> list[str]:
    out: list[str] = []
    last = ""
    for line in found:
        if last.strip() and _is_full(last, line, measure, page) and _runs_on(last, line):
            out[-1] = glue(out[-1], line)
        else:
            out.append(line)
        last = line
    return out


def _is_wrapped(filled: list[str], measure: Callable[[str], int], page: int) -> bool:
    full = [one for one, two in pairwise(filled) if _is_full(one, two, measure, page)]
    unclosed = sum(not is_closed(line) for line in full)
    long = sum(measure(line) >= _LONG * page for line in filled)
    return len(full) >= max(_LEAST_FULL, _FULL_SHARE * long) and unclosed >= _OPEN_SHARE * len(full)


def _is_full(line: str, following: str, measure: Callable[[str], int], page: int) -> bool:
    """Whether the next word wouldn't have fitted on the line. Rows of tables and lines set far in are no body text."""
    if "|" in line or _is_set_far_in(line):
        return False
    slack = 0 if is_closed(line) or measure is len else _UNEVEN
    return measure(line.rstrip()) + measure(first_word(following.lstrip("\u3000 \t"))) + slack > page


def _is_set_far_in(line: str) -> bool:
    return width(line) - width(line.lstrip("\u3000 \t")) > _DEEPEST_INDENT


def _runs_on(line: str, following: str) -> bool:
    if not following.strip() or following.startswith(_INDENT) or "|" in following:
        return False
    if is_salutation(following) or is_mark(following):
        return False
    return not (is_closed(line) and (_ENUMERATOR.match(following) or stands_alone(following)))
