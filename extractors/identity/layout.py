"""The head and foot of a document, as lines: all that identity is read from.

Only the first and last lines are looked at, never the whole body; lines that were run together (title and salutation,
or several labelled fields) are parted here, so that the readers of single fields see one thing a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors.forms import form_of
from extractors.lexicon import alternation, words_of

HEAD_LENGTH = 1600
FOOT_LENGTH = 900


def spaced(*words: str) -> str:
    """A pattern for labels, longest first, whose characters may stand apart: 标　题."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(" *".join(map(re.escape, word)) for word in longest_first)


_LINE = re.compile(r"[^\n]+")
_PEOPLE_AHEAD = r"(?:尊敬的?)?[^\s。:,]{2,40}?(?:代表|委员)(?:同志|先生|女士)?(?:们)?:"
# A title and a salutation run together, and labelled fields that share a line.
_RUN_TOGETHER = re.compile(
    "|".join(rf"(?<={end})(?=\s*{_PEOPLE_AHEAD})" for end in ("答复", "[复案]的函", "复函", "答复函", "答复意见"))
    + r"|(?<=代表:|委员:)(?=\s*(?:您|你|《|“|关于|所提|首先|感谢|来函|提出|现))"
    + r"|(?<=\S)\s+(?=[\u4e00-\u9fa5A-Z]{2,10} ?[〔\[(](?:19|20)\d\d[〕\])])"
    + rf"|(?<=[\d\])】的答复函案议见知次])(?=[【\[(]?(?:{spaced(*words_of('identity_labels', 'page_field'))}) *:)"
    + r"|(?<=[\u4e00-\u9fa5〕])(?=(?:成文日期|发文日期|发文字号|发布日期|效力状态|主题分类|发文单位|发布机构) *:)"
    + rf"|(?<=[A-D类号])\s+(?={_PEOPLE_AHEAD})|(?<=[】\])])(?=\s*{_PEOPLE_AHEAD})|(?<=\d次)(?=\s*{_PEOPLE_AHEAD})"
    + rf"|(?<=\S)\s+(?=[【\[(]?(?:{spaced(*words_of('identity_labels', 'page_field'))})\s*:)"
)
# A sign-off that lost its line break: …感谢您的支持。某县水利局2022年6月1日, …特此函复。某县水利局.
_GLUED = re.compile(
    rf"(?<=[。!])(?= *[\u4e00-\u9fa5]{{2,28}}{alternation(words_of('bureaus', 'ending'))}"
    r"(?: *\([^()]*章\))? *(?:$|\n|\(?(?:联系|承办|经办)|(?:19|20)\d\d ?[年.\-/]|[二一][〇○零OＯ0◯]))"
)
# Contacts behind the day on one line: 某县水利局 2022年6月1日 联系人:张三.
_CONTACTS = re.compile(r"(?<=[日号]) *(?=[(【\[]?(?:联系|承办|经办|抄送|电话|主送|签发))")
_LONE_LABEL = re.compile(rf"^(?:{'|'.join(words_of('identity_labels', 'page_field'))})[:]?$")
_BODY_SIGNS = re.compile(
    "收悉|收到(?!时间|日期)|答复如下|函复如下|回复如下|报告如下|通知如下|函告如下|印发给|转发给|为深入|为进一步|为贯彻"
)
_PARTIES = (
    "(?:民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟|工商联|工商业联合会|共青团|团市委|团县委|团区委|妇联|总工会|侨联|科协|知联会|新联会|青联|青年联合会|妇女联合会|文联|社科联|残联|"
    "政协.{0,12}(?:专委会|专门委员会|委员会|工委)|提案委)"
)
_PARTY = re.compile(_PARTIES)
_ASSEMBLY = re.compile(r"^(?:尊敬的?)?(?:主任|主席|各位(?:副?主[任席]|常委|领导|代表、各位委员))[、,:]")
# 各位代表： under 政府工作报告, or under ——…年1月10日在…会议上: a whole congress is reported to, no deputy answered.
_ALL_PRESENT = re.compile(r"^(?:尊敬的?)?各位(?:代表|委员)")
_ANSWERED = re.compile("收悉|[答函]复如下")
_SPOKEN_THERE = re.compile(r"会议?上(?:的(?:讲话|报告))?\)?$|(?<!关于)(?:工作|情况的?|草案的?)报告(?:\([^()]*\))*$")
_ADDRESSEE = re.compile(
    r"^(?:尊敬的?)?(?P<names>.{1,80}?)(?P<role>(?:人大)?代表(?!团|小组)|(?:政协)?委员(?!会|小组))(?:同志|先生|女士)?们?(?:\([^()]{1,24}\)|等[^,。:]{0,6}[人名位]|[并及暨、,和].{0,6}(?:联名|附议|其他|各).{0,4}(?:代表|委员)们?)?"
    rf"(?P<also>(?:[,、及和](?:(?!代表|委员)[^:,。]){{0,14}}{_PARTIES}[^:,。]{{0,14}})*)(?:[您你]们?好)?(?P<mark>[:,!]?)$"
    r"|^(?:尊敬的?)?(?:全国|[省市县区州旗])?(?:人大代表|政协委员)(?P<called>[一-鿿·]{2,4}(?:、[一-鿿·]{2,4}){0,9})(?:同志)?:$"
    rf"|^(?!各(?!位))(?:尊敬的?)?(?P<group>.{{1,30}}?(?:代表团|小组|委员联络(?:组|处|室)|委员活动组|界别?|界别委员)|(?:.{{0,12}}{_PARTIES}.{{0,14}}、)*.{{0,12}}{_PARTIES}.{{0,14}}):$"
)
_BUREAU = "局|委|办|办公室|研究室|馆|厅|部|委员会|政府|中心|办事处|公司|学校|院|会|队|处|站|所|社"
_BUREAU_ADDRESSEE = re.compile(rf"^[^\s。:;]{{2,40}}(?:{_BUREAU}|单位|部门|科室):$")
_COLLECTIVE_ADDRESSEE = re.compile(
    r"^各[^。:]{2,80}:$|^[^。:]{0,30}各[^。:]{1,60}(?:单位|部门|政府|局|办|处|企业|学校|委):$"
)


class Strip(NamedTuple):
    """Characters without white space, folded and as read, of equal length."""

    folded: str
    raw: str

    def cut(self, found: re.Match[str], group: int | str = 0) -> str:
        """What a match on the folded characters covers, as read."""
        return self.raw[found.start(group) : found.end(group)]


class Line(NamedTuple):
    """One line at [start, end) of the text: `folded` with its spaces, and `bare` without any."""

    start: int
    end: int
    folded: str
    raw: str
    bare: Strip


@dataclass(frozen=True, slots=True)
class Letter:
    """A document laid out: head lines before the body, the opening sentences, the body's first part, the foot lines.

    `salutation` is the line that names the addressee; `people` tells whether deputies or members are addressed.
    """

    head: tuple[Line, ...]
    salutation: Line | None
    people: bool
    opening: Strip
    foot: tuple[Line, ...]
    folded: str
    text: str

    @property
    def top(self) -> Strip:
        """All head lines run together without white space: where a title over several lines can be read."""
        return Strip("".join(x.bare.folded for x in self.head), "".join(x.bare.raw for x in self.head))


def lay_out(text: str, folded: str) -> Letter:
    """The letter's head, salutation, opening, and foot."""
    head, stop = _head(text, folded)
    page = _OF_PAGE.search(folded, stop.end if stop else 0)
    last = page.start() if page else len(folded)
    salutation = stop if stop and is_salutation(stop) else None
    while salutation and head and _is_names(head[-1]):
        salutation = _line(text, folded, head.pop().start, salutation.end)  # 张三、李四、 above 王五代表：
    begin = stop.start if stop else len(folded)
    foot_from = max(folded.rfind("\n", 0, max(0, last - FOOT_LENGTH)) + 1, salutation.end if salutation else 0)
    opening = strip(text, folded, salutation.end if salutation else begin, min(begin + 900, last))
    assembly = salutation is not None and _is_assembly(salutation, head, opening.folded)
    return Letter(
        head=tuple(head),
        salutation=salutation,
        people=bool(salutation and _ADDRESSEE.match(salutation.bare.folded) and not assembly),
        opening=opening,
        foot=tuple(_lines(text, folded, foot_from, last, foot=True)),
        folded=folded,
        text=text,
    )


# 上一条:…第2号提案的函, 网站标识码: what a page prints below a letter belongs to none.
_OF_PAGE = re.compile(
    r"(?m)^[^\S\n]*(?:[\[【(]?[上下]一[篇条页]\s*:|关于(?:本站|我们) ?(?:[|丨]|$)|网站(?:标识码|地图|声明)"
    r"|相关(?:阅读|推荐|链接|新闻|文章|稿件|信息) ?:|Copyright|[一-鿿]?(?:ICP备|公网安备))"
)


def _head(text: str, folded: str) -> tuple[list[Line], Line | None]:
    """The lines of the head, and the line that ends it: a salutation or running text."""
    form, head = form_of(folded), list[Line]()
    if form:
        head += (*_lines(text, folded, 0, form.asked), *_lines(text, folded, form.end, form.answer))
    begin = form.answer if form else 0
    for line in _lines(text, folded, begin, min(len(folded), begin + HEAD_LENGTH)):
        if is_salutation(line) or is_body(line):
            return head, line
        if not _MENU.match(line.bare.folded):
            head.append(line)
    return head, None


# 无障碍, 长辈版 above a page's title, before a line that begins with 市水利局
_MENU = re.compile(
    "[•·|]*(?:(?:无障碍|长辈|适老化?|关怀|老年|手机|移动|电脑|繁体|简体|中文)(?:版|模式|浏览|阅读)?|English|登录|注册)[|]*$"
)


def _is_names(line: Line) -> bool:
    """Whether a line breaks off inside a list of names."""
    return line.bare.folded.endswith(("、", ",")) and len(line.bare.folded) <= 60


def is_salutation(line: Line) -> bool:
    """Whether a line addresses somebody: 张三、李四代表：, 马街镇委员小组：, 市文化和旅游局：, 各县区局：."""
    bare = line.bare.folded
    if len(bare) > 100 or bare[-1] not in ":,表员们志士生)" or bare.startswith(_NO_GREETING) or _FIELD.match(bare):
        return False
    if bare[-1] not in ":," and _OF_TITLE.search(bare):
        return False
    return any(kind.match(bare) for kind in (_ADDRESSEE, _BUREAU_ADDRESSEE, _COLLECTIVE_ADDRESSEE))


# 办理某市第四届人民代表: the first line of a title that breaks there
_OF_TITLE = re.compile("第?[一二三四五六七八九十]+届|次会议|关于")
# 提案者：民盟某区总支、柳某委员: a field tells who filed the item.
# • 发文单位： is one of a page's fields.
_FIELD = re.compile(
    "[•●▪◆]|(?:发文|发布|公开|制作|成文)(?:单位|机构|部门):|(?:第一|领衔|联名|主要?)?(?:提案|建议|提出|提议|领衔|附议|联名|签名)(?:者|人|单位|委员|代表)?(?:姓名)?:(?=.)"
)
# 附议代表： is a field of a form.
_NO_GREETING = (
    "关于", "对", "为此", "因此", "附议", "联名代表", "联名委员", "联名人", "领衔代表", "领衔委员", "会办单位",
    "协办单位", "主办单位", "承办单位",
)  # fmt: skip


def _is_assembly(line: Line, head: list[Line], opening: str) -> bool:
    """Whether a whole meeting is addressed, as in a report to it: 主任、各位副主任：, and 各位代表： there."""
    if _ASSEMBLY.match(line.bare.folded):
        return True
    if not _ALL_PRESENT.match(line.bare.folded) or _ANSWERED.search(opening, 0, 200):
        return False
    return any(_SPOKEN_THERE.search(one.bare.folded) for one in head)


def is_party(words: str) -> bool:
    """Whether words name a party, a people's organization or a committee of the CPPCC, which may sign proposals."""
    return bool(_PARTY.search(words))


def addressee(line: Line) -> re.Match[str] | None:
    """The parts of a salutation to people: names and role, or a group."""
    return _ADDRESSEE.match(line.bare.folded)


def addressed_bureau(line: Line) -> bool:
    """Whether a salutation names a bureau: 市水务局：."""
    bare = line.bare.folded
    return bool(_BUREAU_ADDRESSEE.match(bare)) and not _ADDRESSEE.match(bare) and not _COLLECTIVE_ADDRESSEE.match(bare)


def is_body(line: Line) -> bool:
    """Whether a line is running text rather than part of the head."""
    bare = line.bare.folded
    if "。" in bare or len(bare) > 110:
        return True
    return bool(_BODY_SIGNS.search(bare)) and len(bare) > 18 and not bare.startswith("关于印发")


def strip(text: str, folded: str, start: int, end: int) -> Strip:
    """The text at [start, end) without white space."""
    piece, raw = folded[start:end], text[start:end]
    bare, as_read = "".join(piece.split()), "".join(raw.split())
    if len(bare) == len(as_read):
        return Strip(bare, as_read)
    kept = [i for i, char in enumerate(piece) if not char.isspace()]  # a mark that only folding makes white space
    return Strip(bare, "".join(raw[i] for i in kept))


def _lines(text: str, folded: str, start: int, end: int, *, foot: bool = False) -> Iterator[Line]:
    """The lines between two offsets, run-together ones parted, empty ones left out, a label joined to its value."""
    label: Line | None = None
    for row in _LINE.finditer(folded, start, end):
        for left, right in pairwise(_cuts(folded, row.start(), row.end(), foot)):
            line = _line(text, folded, left, right)
            lone = len(line.bare.folded) <= 7 and bool(_LONE_LABEL.match(line.bare.folded))
            if label and not lone and line.bare.folded and _is_value(line, label):
                line, label = _line(text, folded, label.start, right), None
            if label and lone:
                yield label
            if lone:
                label = line
            elif line.bare.folded:
                yield line
    if label:
        yield label


def _is_value(line: Line, label: Line) -> bool:
    """Whether a line may be what stands beside a label, rather than the letter's own number, title or addressee."""
    bare = line.bare.folded
    if is_salutation(line) or _OWN_LINE.match(bare):
        return False
    return bool(re.search(r"\d", bare)) if "号" in label.bare.folded else not _OWN_NUMBER.match(bare)


_OWN_LINE = re.compile(r"(?:关于|对).{4,}")
_OWN_NUMBER = re.compile(r"[^0-9\s:]{2,14}[〔\[【(](?:19|20)\d\d[〕\]】)]\d+号")


def _cuts(folded: str, left: int, right: int, foot: bool) -> list[int]:
    """Where a line's things begin and end: the whole line in a foot, run-together things apart in a head."""
    words = folded[left:right]
    long = right - left > 40 and (":" in words or len(words.split()) > 1)  # nothing else tells two things apart
    crowded = not foot and (long or " " in words.strip())
    inner = [hit.start() for hit in _RUN_TOGETHER.finditer(folded, left, right)] if crowded else []
    if foot and right > len(folded) - FOOT_LENGTH:
        begin = max(left, len(folded) - FOOT_LENGTH)
        inner = [hit.start() for hit in _GLUED.finditer(folded, begin, right)][-1:]
        inner += [hit.start() for hit in _CONTACTS.finditer(folded, inner[0] if inner else begin, right)][:1]
    return [left, *inner, right]


def _line(text: str, folded: str, start: int, end: int) -> Line:
    bare = strip(text, folded, start, end)
    if bare.folded[:1] == "|" or bare.folded[-1:] == "|":  # a page's table with one cell
        left, right = len(bare.folded) - len(bare.folded.lstrip("|")), len(bare.folded.rstrip("|"))
        bare = Strip(bare.folded[left:right], bare.raw[left:right])
    return Line(start, end, folded[start:end], text[start:end], bare)
