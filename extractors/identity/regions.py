"""Where the speaking government is: the lowest division whose government issues the document."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from extractors.identity.layout import Letter, Strip
from extractors.identity.news_places import of_news
from extractors.identity.place_names import SUFFIXES, brief, chain_of, spoken_level, uncertain, unlisted
from extractors.lexicon import alternation, words_of
from extractors.places import (
    Mention,
    brief_mentions,
    find_mentions,
    gazetteer,
    is_current,
    is_former,
    level_of,
    place_of,
    region,
)
from models.documents import Kind
from models.places import Region, contains, significant
from models.text import fold

_TOWN = re.compile(
    r"^(?:人民政府)?(?P<name>[\u4e00-\u9fa5]{2,12}?(?:镇|乡|苏木|街道))(?:人民政府|政府|办事处|党委|人大)"
)
# 东柳街道2023年工作总结: a town that its own title names, on a page that doesn't say where it lies
_TOWN_REPORTS = re.compile(
    r"(?P<name>[\u4e00-\u9fa5]{2,4}?(?:街道|镇|乡))(?:办事处|人民政府)?20\d\d年?[^。]{0,30}(?:总结|报告|计划|情况)"
)
_ZONE = re.compile(
    r"^(?P<name>[\u4e00-\u9fa5]{2,20}?(?:开发区|高新技术产业区|高新区|新区|工业园区|产业园区|示范区|保税区|度假区|风景名胜区|风景区|管理区|工业园|合作区|自贸区|试验区|综保区))(?!域)"
)
_NATIONAL = re.compile("全国人大|全国人民代表大会|全国政协|政协.{0,8}全国委员会|全国委员会")
_ELSEWHERE = re.compile("学习|借鉴|赴|参照|参考|考察|与|如|像|向|仅次于|相邻|邻近")
# 责令东岭区现场核实: whom a higher government directs.
_DIRECTED = re.compile("(?:责令|责成|督促|敦促|督导)$")
_FIELD = re.compile(alternation(words_of("places", "field")))
_PART = re.compile(r"(?:局|公司|支队|中心)(?P<name>[\u4e00-\u9fa5]{2,4}?)(?:分局|分公司|支公司|供电公司|大队|分中心)$")
_BODY = 6000


class _Around:
    """The divisions that the body names, looked up only when a name alone is not enough."""

    def __init__(self, folded: str) -> None:
        self._folded = folded

    @cached_property
    def mentions(self) -> list[Mention]:
        return find_mentions(self._folded)


def region_of(
    letter: Letter, title: Strip, units: tuple[str, ...], doc_number: str | None, kind: Kind
) -> Region | None:
    """The division, from the issuing body's name, the title, the head, the document number, or the body's own words.

    None for ministries, and where the document names no place that its government could be.
    """
    found = _found(letter, title, units, doc_number, kind)
    return _as_printed(found, letter) if found and letter.text != letter.folded else found


def _as_printed(found: Region, letter: Letter) -> Region:
    """The region's own name in the script of the text (嶽陽縣)."""
    at = letter.folded.find(found.name)
    name = letter.text[at : at + len(found.name)] if at >= 0 else found.name
    return Region(name=name, adcode=found.adcode, parents=found.parents)


def _found(letter: Letter, title: Strip, units: tuple[str, ...], doc_number: str | None, kind: Kind) -> Region | None:
    around = _Around(letter.folded[:_BODY])
    lead = fold(units[0]) if units else ""
    if kind is Kind.NEWS:
        return of_news(letter, title, around.mentions)
    if _MINISTRY.match(lead) or (not lead and _MINISTRY_SPEAKS.search(letter.folded)):
        return None
    branch = _branch(lead, around)
    if branch:
        return branch
    for words in (lead, title.folded, letter.top.folded):
        found = _named(words, around)
        if found:
            return found if words is lead else _in_town(lead, _of_speaker(found, letter))
    if _NATIONAL.search(title.folded):
        return None
    if town := _TOWN_REPORTS.match(title.folded):
        return Region(name=town["name"], adcode=None)
    formed = unlisted(lead, title.folded, letter.top.folded)
    if formed:
        return formed
    sat = _SAT.match(letter.opening.folded)
    spoken = (sat and _named(sat["where"], around)) or _by_body(letter, title, around.mentions, doc_number)
    return _in_town(lead, spoken) if spoken else _small(lead, around.mentions)


# 您在某市三届人民代表大会第二次会议上提出的…: where nobody signs, the meeting tells whose government answers.
_SAT = re.compile("[您你]们?(?:在|于)(?:政协)?(?P<where>[^,。《“]{2,16}?[市县区州旗])第?[一二三四五六七八九十]{1,3}届")


def _in_town(lead: str, found: Region) -> Region:
    """The town that signs by its own name alone, inside the county that the page names."""
    town = _TOWN.match(lead)
    if town is None or found.adcode is None or level_of(found.adcode) != 3:
        return found
    return region(found.adcode, town["name"])


_MINISTRY = re.compile(
    r"(?:中华人民共和国)?[一-鿿]{2,8}(?<!宣传)(?<!组织)(?<!统战)(?<!工作)(?<!武装)(?<!人武)(?<!支)(?<!党)部$"
    r"|国家(?:(?![省市县区州局](?!场))[一-鿿]){2,12}(?:局|委|委员会|总局|总署)$"
)


# 我部 is said by a ministry alone; 我部门, 我部分学校 are not it.
_MINISTRY_SPEAKS = re.compile("(?<![一-鿿])我部(?![门分队落])|[由经商]我部(?![门分队落])")


def _of_speaker(found: Region, letter: Letter) -> Region:
    """The province of a place that a title names, where 我厅 and 我省 write about it."""
    if not found.adcode or not _PROVINCIAL.search(letter.folded) or _LOCAL.search(letter.folded):
        return found
    return region(found.adcode[:2] + "0000")


_PROVINCIAL, _LOCAL = re.compile("我厅|我省|我自治区"), re.compile("我[局市县州旗镇乡]")


def _branch(lead: str, around: _Around) -> Region | None:
    """The county that a branch of a higher body serves: 国网山西省电力公司平陆县供电公司, 淮安市涟水生态环境局."""
    chain = chain_of(find_mentions(lead))
    if not chain or len(chain[-1].codes) != 1:
        return None
    above, below = chain[-1], lead[chain[-1].end :]
    named = [m for m in find_mentions(below) if m.start]
    briefs = [m for m in brief_mentions(below[:4]) if m.start == 0 and _FIELD.match(below, m.end)]
    part = _PART.search(below)
    briefs += brief(part["name"]) if part else []
    for mention in (*named[-1:], *briefs[:1]):
        inside = [code for code in mention.codes if contains(above.codes[0], code) and code != above.codes[0]]
        inside = [code for code in inside if not is_former(code)] or inside
        inside = [code for code in inside if all(code == other or contains(code, other) for other in inside)]
        if len(inside) == 1 and inside[0] in gazetteer().names:
            return region(inside[0])
    return None


def _named(words: str, around: _Around) -> Region | None:
    """The lowest division that the words begin with or name first: 重庆市綦江区郭扶镇人民政府, 岳阳市八届人大."""
    words = (
        re.split("关于印发《?|转发", words)[-1]
        if "印发" in words[:30] and "关于印发" in words and not find_mentions(words[: words.index("关于")])
        else words
    )
    chain = chain_of(find_mentions(words))
    if not chain:
        return None
    last = chain[-1]
    code = last.codes[0] if len(last.codes) == 1 else place_of(last, around.mentions)
    below = words[last.end :]
    for pattern in (_TOWN, _ZONE):
        hit = pattern.match(below)
        if hit and not find_mentions(hit["name"]):
            return _inside(code, hit["name"], last)
    return region(code) if code and is_current(last.name, code) else uncertain(code, last)


def _inside(code: str | None, name: str, parent: Mention) -> Region:
    return region(code, name) if code else Region(name=name, adcode=None, parents=(parent.name,))


def _small(lead: str, context: list[Mention]) -> Region | None:
    """A town or zone named without the division above it."""
    for pattern in (_TOWN, _ZONE):
        hit = pattern.match(lead)
        if hit and hit["name"][:2] not in ("我市", "我县", "我区", "市高", "区高"):
            outer = next((place_of(m, context) for m in context if len(m.codes) == 1), None)
            return region(outer, hit["name"]) if outer else Region(name=hit["name"], adcode=None)
    return None


def _by_body(letter: Letter, title: Strip, context: list[Mention], doc_number: str | None) -> Region | None:
    """The division that says 我市/我县 in the body: named there itself, or holding the counties named there."""
    spoken = spoken_level(letter, title)
    own = [m for m in context if not _ELSEWHERE.search(letter.folded[max(0, m.start - 4) : m.start])]
    votes: Counter[str] = Counter()
    for mention in own:
        code = place_of(mention, context)
        if _DIRECTED.search(letter.folded, max(0, mention.start - 4), mention.start):
            continue
        if code and (not spoken or mention.name[-1] in SUFFIXES[spoken]):
            votes[code] += 2 if doc_number and doc_number[0] in mention.name else 1
    if votes:
        best = max(votes.values())
        return region(next(code for code in votes if votes[code] == best))
    if spoken == "省":
        return _province_of(own, context)
    return _above(own, context) if spoken in ("市", "州") else None


def _province_of(own: list[Mention], context: list[Mention]) -> Region | None:
    """The one province that all places named by a body which says 我省 lie in."""
    provinces = {code[:2] + "0000" for mention in own if (code := place_of(mention, context))}
    return region(provinces.pop()) if len(provinces) == 1 else None


def _above(own: list[Mention], context: list[Mention]) -> Region | None:
    """The prefecture that holds two or more of the counties that a body which says 我市 counts up."""
    outer = Counter(
        code[:4] + "00"
        for m in {m.name: m for m in own}.values()
        if (code := place_of(m, context)) and level_of(code) == 3
    )
    if not outer:
        return None
    code, count = outer.most_common(1)[0]
    return region(code) if count >= 2 and significant(code) != code else None
