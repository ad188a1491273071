"""The day of a document: its sign-off, never the page's publish date; and a year to go by when it has none."""

from __future__ import annotations

import re
from datetime import date

from extractors.identity.layout import Letter, Line
from extractors.identity.offices import is_name
from extractors.numbers.letter_dates import parse_letter_date
from models.documents import Document, Kind
from models.text import fold

_LABEL = re.compile(
    r"^(?:提交|提出|填写|填表|起草|签发|成文|发文|落款|印发|制定)?(?:日期|时间)[:]?(?=[12二])|^(?:成文|生成|印发|发文)日期[:]?"
)
_PAGE = re.compile(
    r"[〔【]\d{4,}(?![\d〕】])|签发人|发布|添加|阅读|访问|公开日期|公开时间|编稿|更新|上传|录入|生成日期|点击|浏览|来源|字体|责任编辑|收到|截止|电话|联系|抄送|索引|印发日期|有效期|施行|实施"
)
# When the proposal came, or the time of day when a page was published; not the answer's day.
_OF_OTHERS = re.compile(
    r"^\s*[•·●-]|(?:提交|提出|交办|立案|转办)(?:日期|时间)|\d ?[:：]\d\d[:：]\d\d|\d [012]?\d:\d\d(?!\d)"
)
# 案号:20230208 is no day
_NUMBER_FIELD = re.compile(r"^[(\[【]?(?:案|(?:提案|建议|议案|流水|登记)?[编序]?号码?)号?[)\]】]?:")
_CLOCK = re.compile(r"\d{1,2}:\d\d")  # a page is published at a time of day
_DATE_MARKS = re.compile(r"[\d年月日曰号.\-/:()一二三四五六七八九十〇○零OＯ◯\s]|印发|公章|印章|盖章|签章|时间|日期")
_ANY_DATE = re.compile(r"\d{4}|[二一][〇○零OＯo0◯一二]")
_DATED_LINE = re.compile(r"(?m)^[^\S\n]*(?:(?:19|20)\d\d ?[年.\-/]|[二一][〇○零OＯ0◯])[^\n]{3,18}$")
_AS_OF = re.compile(r"截[至止]到?(?:目前)?,?(?P<y>20[0-3]\d)年")  # 截至2023年4月底: not written before
_YEAR = re.compile(r"(?<!\d)(?P<y>20[0-3]\d)(?!\d)")


def date_of(letter: Letter, kind: Kind) -> date | None:
    """The document's own day: a letter's or notice's sign-off (also when an annex follows), a suggestion's date line,
    the dateline of news."""
    if kind is Kind.NEWS:
        return _dateline(letter)
    for lines in (tuple(reversed(letter.foot)), _head_of(letter, kind)):
        own = (line for line in lines if kind is not Kind.REPLY or not _OF_OTHERS.search(line.folded))
        days = [(line, day) for line in own if (day := _own_day(line))]
        plain = [day for line, day in days if _signs(line)]
        if days:
            return plain[0] if plain else days[0][1]
    return _sign_off_before_annex(letter) or _made_known(letter)


def _head_of(letter: Letter, kind: Kind) -> tuple[Line, ...]:
    """The head lines; of a reply without those that the page's source stands beside (2024-08-27 来源：某部)."""
    if kind is not Kind.REPLY:
        return letter.head
    below = (*letter.head[1:], None)
    return tuple(
        line
        for line, after in zip(letter.head, below, strict=False)
        if not (after and _SOURCE.match(after.bare.folded))
    )


_SOURCE = re.compile(r"[(\[【]?(?:信息|文章|稿件)?(?:来源|作者|发布机构|发布单位|浏览|点击|阅读|字体|字号|访问)")


def _made_known(letter: Letter) -> date | None:
    """The day in brackets under the title of a rule: (2024年5月6日某市人民政府令第12号公布,自6月10日起施行)."""
    found = _MADE_KNOWN.search("\n".join(line.bare.folded for line in letter.head[:8]))
    return parse_letter_date(found["day"]) if found else None


_MADE_KNOWN = re.compile(
    r"\([^()]*?(?P<day>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:[^(),;日]|\([^()]*\))*?(?:公布|发布|颁布|印发)"
)


def _signs(line: Line) -> bool:
    """Whether a line holds a date and at most the name of a body, unlike 2024年3月1日填报 under an annex."""
    rest = _DATE_MARKS.sub("", line.bare.folded)
    return len(rest) < 2 or is_name(rest)


def _own_day(line: Line) -> date | None:
    """The day on a line that holds a date and at most a body's name or a label 日期：."""
    bare = line.bare.folded
    label = _LABEL.match(bare)
    if (
        len(bare) > 60
        or not _ANY_DATE.search(bare)
        or "。" in bare
        or ";" in bare
        or (_PAGE.search(bare) and not label)
        or _NUMBER_FIELD.match(bare)
        or (label and _CLOCK.search(line.folded))
    ):
        return None
    day = parse_letter_date(line.folded) or parse_letter_date(bare)
    if day is None:
        return None
    rest = _DATE_MARKS.sub("", bare)
    return day if label or (len(rest) <= 30 and not re.search("[,《]|前|起|至|截", rest)) else None


def _sign_off_before_annex(letter: Letter) -> date | None:
    """The first line that is nothing but a date: a notice's sign-off stands before the plan that it sends out."""
    for hit in _DATED_LINE.finditer(letter.folded, 0, 4000):
        if _PAGE_LABEL.search(letter.folded, max(0, hit.start() - 12), hit.start()):
            continue
        bare = re.sub(r"\s", "", hit[0])
        day = parse_letter_date(bare) if len(bare) <= 14 else None
        if day:
            return day
    return None


_PAGE_LABEL = re.compile(
    r"(?:发布|公开|生成|更新)(?:日期|时间) ?:?\s*$"
)  # the value of a label stands on the next line


def _dateline(letter: Letter) -> date | None:
    """The day beside the news source, under the headline or at the end."""
    foot = letter.foot[-2:]
    if len(foot) == 2 and all(_DATE_ALONE.fullmatch(line.bare.folded) for line in foot):
        foot = ()  # days of other stories, one below the other
    for line in (*letter.head[:16], *foot):
        bare = line.bare.folded
        if len(bare) <= 70 and "。" not in bare:
            day = parse_letter_date(line.folded) or parse_letter_date(bare)  # 2024-11-05 08:30
            if day:
                return day
    hit = re.search(r"[讯电][\s(:]?|消息|\(", letter.opening.folded[:40])
    return parse_letter_date(letter.opening.folded[:60]) if hit else None


_DATE_ALONE = re.compile(r"20\d\d[-./]\d{1,2}[-./]\d{1,2}")


def year_hint(letter: Letter, document: Document, doc_number: str | None) -> int | None:
    """The year that an undated letter goes by: of its 文号, else of the page that published it."""
    for source in (
        fold(doc_number or ""),
        *(line.bare.folded for line in (*letter.head, *letter.foot[-8:]) if _of_page(line)),
    ):
        hit = _YEAR.search(source)
        if hit:
            year = int(hit["y"])
            return year - 1 if year - 1 == _year_of_session(letter) else year
    if document.published:
        return document.published.year
    years = (int(found["y"]) + _is_over(letter, found.end()) for found in _AS_OF.finditer(letter.folded))
    return max(years, default=None)


def _year_of_session(letter: Letter) -> int | None:
    """2023年某县八届人大二次会议…的答复, put on its page in January 2024, was written in the session's year."""
    found = (_SESSION_YEAR.search(line.bare.folded) for line in letter.head)
    return next((int(one["y"]) for one in found if one), None)


_SESSION_YEAR = re.compile(r"(?P<y>20\d\d)年[^。]{0,20}(?:人大|政协|人民代表大会|委员会)[^。]{0,12}次会议")


def _is_over(letter: Letter, end: int) -> bool:
    """截至2023年底, told by somebody who says 今年, too: the year is over by then."""
    return bool(_YEAR_END.match(letter.folded, end)) and "今年" in letter.folded[:3000]


_YEAR_END = re.compile("[底末]|12月(?:31日|底)")


def _of_page(line: Line) -> bool:
    """Whether a line belongs to the page: 发布时间：2022-08-23, or a day with its time of day and nothing else."""
    bare = line.bare.folded
    return bool(_PAGE.search(bare) and "。" not in bare) or (len(bare) <= 20 and bool(_CLOCK.search(line.folded)))
