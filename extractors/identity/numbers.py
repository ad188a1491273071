"""Which item a document is about: number, congress and session; and the document's own 文号."""

from __future__ import annotations

import re

from extractors.identity.layout import Letter, Line, Strip
from extractors.numbers.numerals import read_numeral
from models.documents import Kind

_CHINESE = "一二三四五六七八九十百〇零○O0-9"
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "零": 0, "〇": 0, "○": 0}

_ITEM = (
    r"(?:[A-Z]类|[A-Z\d]{0,2}号?)?(?:代表|委员|重点|党派|集体|闭会|会议|并案|联名|人大|政协|协商)*"
    r"(?:建议|提案|议案|议事原案|意见|件(?!(?!的?[答回复办函]|建议|提案|议案)[一-鿿]{2}))(?![人者])"
)
_CODE = r"(?<![A-Z])[A-Z]{0,3}\d{1,12}(?:-\d{1,5}){0,3}"
_CODES = rf"第?{_CODE}号?(?:(?:、|,|和|与|及|以及)第?{_CODE}号?)*"
_SECOND_SERIES = re.compile(r"\((?![^()]*第\d)[^()]*?\d+号\)|\([^()\d]{2,12}第?\d+号\)")
_BEFORE_ITEM = re.compile(
    rf"(?<![\d〔\[(年/])(?P<codes>{_CODES})(?=的?(?:[一-鿿·]{{2,4}}等)?{_ITEM}|[《“]关于[^《》“”]{{4,80}}(?:建议|提案|议案)[》”])"
)
_AFTER_ITEM = re.compile(
    rf"(?:建议|提案|议案|代表建议|意见)(?:、批评和意见)?[\(〔\[]?(?:编号|序号|案号|号)?:?(?P<codes>第{_CODE}号(?:(?:、|,|和|与|及)第?{_CODE}号)*)"
)
_LABELLED = re.compile(
    rf"(?:建议|提案|议案|案)?(?:编号|案号|序号|建议号|提案号|议案号)(?:为)?[:]?(?:20\d\d[-—年](?=第)|[A-Z]?[(〔\[]20\d\d[)〕\]])?(?P<codes>{_CODES})|(?:^|次(?:全体)?(?:会议|大会))\(?(?P<alone>第{_CODE}号)\)?$"
)
_QUOTED = re.compile(
    rf"[》”的](?:的?(?:建议|提案|议案|复文))?[\(〔\[](?!20\d\d[〕\])]|(?:GB|DB|JGJ|CJJ|JTG|GA|HJ)[/T]*\d)(?:[^()〔\[【]{{0,24}}?)(?P<codes>{_CODES})(?:的?{_ITEM})?[\)〕\]]"
)
_ONE_CODE = re.compile(_CODE)

_SESSION = re.compile(
    rf"第?(?P<congress>[{_CHINESE}]{{1,4}})届(?!中央)(?P<middle>[^。;:届]{{0,14}}?)第?(?P<session>[{_CHINESE}]{{1,3}})次(?!全体会议精神)(?!代表大会)"
)
_NOT_A_SESSION = re.compile("常委会|常务委员会|主席会议|党组|中央")
_CONGRESS_ALONE = re.compile(
    rf"第?(?P<congress>[{_CHINESE}]{{1,4}})届(?:人大|政协|人民代表大会|全国人大|全国政协|委员会)"
)

_PREFIX = r"(?P<prefix>[\u4e00-\u9fa5]{1,14}?)"
_DOC_NUMBER = re.compile(
    rf"{_PREFIX}(?P<series>(?:\([^()]{{1,6}}\))?)[〔\[【﹝［\(〈<{{](?P<year>(?:19|20)\d\d)年?[〕\]】﹞］\)〉>}}](?P<series2>[\u4e00-\u9fa5]{{0,4}}?)第?(?P<no>\d{{1,5}}(?:-\d+)?)号"
)
_LABEL = re.compile(r"^(?:发文字号|文件编号|文件字号|发文文号|公文文号|文号|字号|编号)[:]?")
_ORDER = re.compile(r"^(?:[\u4e00-\u9fa5]{2,20}令)?第[\d" + _CHINESE + r"]{1,5}号(?:令)?$")
_ORDER_HEAD = re.compile(r"[\u4e00-\u9fa5]{2,20}(?:人民政府|局|厅|委员会|部)令$")


_SPELLED = re.compile("第(?P<count>[一二三四五六七八九十百零〇]{1,7})号(?=的?(?:建议|提案|议案|$))")


def _in_digits(bare: str) -> str:
    """第七十三号提案 with its number in digits, as an item's number is compared."""

    def digits(hit: re.Match[str]) -> str:
        numeral = read_numeral(hit["count"])
        return f"第{numeral.value}号" if numeral else hit[0]

    return _SPELLED.sub(digits, bare)


def item_numbers(letter: Letter, title: Strip, kind: Kind) -> str | None:
    """The numbers of the suggestions or proposals, as printed, joined by 、: "0036", "12、47".

    A second number that only sorts the item (第02345号（财税金融类032号）) is left out.
    """
    found = _codes(title.folded)
    found = found or _in_quotes(title.folded)
    named = _in_quotes(letter.opening.folded[:400]) if kind is Kind.REPLY else []
    if len(named) > len(found) and set(map(_plain, found)) <= set(map(_plain, named)):
        found = named
    if kind is not Kind.PROGRESS_REPORT:  # its text counts items and cites many
        for source in (letter.top.folded, _ANSWER_BEGINS.split(letter.opening.folded[:260])[0]):
            found = found or _codes(source)
        found = found or _labelled(letter.head)
    return "、".join(found) or None


_ANSWER_BEGINS = re.compile("(?:答复|回复|函复|汇报)如下")  # behind it complaints are counted: 共4737件


def _codes(bare: str) -> list[str]:
    bare = _in_digits(_SECOND_SERIES.sub("", bare))
    for pattern in (_BEFORE_ITEM, _AFTER_ITEM):
        hit = pattern.search(bare)
        if hit:
            return list(dict.fromkeys(code for code in _ONE_CODE.findall(hit["codes"])))
    return []


def _in_quotes(bare: str) -> list[str]:
    """Numbers that follow each quoted title: 《甲》（第12号）和《乙》（第47号）收悉."""
    for words in (_SECOND_SERIES.sub("", bare), bare):
        found = [code for hit in _QUOTED.finditer(words) for code in _ONE_CODE.findall(hit["codes"])]
        if found:
            return list(dict.fromkeys(found))
    return []


def _labelled(lines: tuple[Line, ...]) -> list[str]:
    for line in lines:
        hit = _LABELLED.search(_in_digits(line.bare.folded))
        if hit:
            return _ONE_CODE.findall(hit["codes"] or hit["alone"])
    return []


def _plain(code: str) -> str:
    return code.lstrip("0")


def sitting(letter: Letter, title: Strip) -> tuple[int | None, int | None]:
    """Congress and session: 市十七届人大五次会议 -> (17, 5)."""
    for source in (title.folded, letter.top.folded, letter.opening.folded[:300]):
        for hit in _SESSION.finditer(source):
            if not _NOT_A_SESSION.search(hit["middle"]):
                return read_count(hit["congress"]), read_count(hit["session"])
    alone = _CONGRESS_ALONE.search(title.folded) or _CONGRESS_ALONE.search(letter.top.folded)
    return (read_count(alone["congress"]), None) if alone else (None, None)


def read_count(words: str) -> int | None:
    """A small ordinal: 十七 -> 17, 二十三 -> 23, 5 -> 5.

    >>> [read_count(x) for x in ("十", "十七", "二十", "二十三", "9", "12")]
    [10, 17, 20, 23, 9, 12]
    """
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if set(tens + ones) - set(_DIGITS):
        return None
    if not ten:
        return int("".join(str(_DIGITS[x]) for x in ones))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def document_number(letter: Letter) -> str | None:
    """The document's own 文号 (韩文旅函〔2024〕26号), never one that a sentence cites."""
    for line in (*letter.head, *letter.foot[-12:]):
        hit = _own_number(line)
        if hit is not None:
            return hit
    return _order_number(letter.head)


def _own_number(line: Line) -> str | None:
    bare = line.bare.folded
    if "号" not in bare:
        return None
    labelled = _LABEL.match(bare)
    hit = _DOC_NUMBER.search(bare, labelled.end() if labelled else 0)
    if hit is None or "。" in bare:
        return None
    if not labelled and len(bare) - len(hit[0]) > 40 and (hit.start() or "关于" not in bare[hit.end() :]):
        return None
    if _BEHIND_TITLE.search(bare[: hit.start()]) and bare[hit.end() : hit.end() + 1] in _CLOSES:
        return line.bare.cut(hit)
    before = bare[labelled.end() if labelled else 0 : hit.start()]
    if before == "(" and bare.endswith(")"):
        before = ""  # （某教提复〔2025〕5号） alone on a line
    if re.search(r"[《》(),;“”]|根据|按照|依据|参照|废止|同时|关于|:$", before) or bare.startswith(("抄送", "附")):
        return None
    head = _after_letterhead(hit["prefix"])
    return line.bare.raw[hit.start() + head : hit.end()]


# …第36号建议的答复[某交建〔2018〕101号]: a list page prints it behind the title
_BEHIND_TITLE, _CLOSES = re.compile(r"(?:答复|复函|的函|续复|意见)[(\[【〔]$"), (")", "]", "】", "〕")


def _after_letterhead(prefix: str) -> int:
    """How much of the characters before the year belongs to a letterhead on the same line (某某局文件某教发)."""
    for mark in ("文件", "公文"):
        if mark in prefix[:-1]:
            return prefix.rindex(mark) + len(mark)
    return int(prefix.startswith("类"))  # A类某环函〔2006〕8号: the class stands in front


def _order_number(lines: tuple[Line, ...]) -> str | None:
    """The number of a decree: 某市人民政府令 第12号."""
    for above, line in zip((None, *lines), lines, strict=False):
        if _ORDER.match(line.bare.folded) and (
            "令" in line.bare.folded or (above and _ORDER_HEAD.search(above.bare.folded))
        ):
            return (above.bare.raw if above and "令" not in line.bare.folded else "") + line.bare.raw
    return None
