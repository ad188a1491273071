"""Where a news item's event is: named in the headline, in the first lines, or by the paper that tells it."""

from __future__ import annotations

import re

from extractors.identity.layout import Letter, Strip
from extractors.identity.place_names import SUFFIXES, brief, chain_of, spoken_level, uncertain, unlisted
from extractors.places import Mention, brief_mentions, find_mentions, gazetteer, is_former, level_of, place_of, region
from models.places import Region, contains

_MEDIA = re.compile("发布|融媒|日报|晚报|晨报|新闻|电视台|广播|讯|客户端|在线|[:]|观察")
_MEDIUM = re.compile(
    r"(?<![\u4e00-\u9fa5])(?:信息来源|文章来源|稿源|来源|转自)?:?(?P<name>[\u4e00-\u9fa5]{2,9}?)(?=融媒|日报|晚报|晨报|早报|时报|电视台|广播|发布|新闻|新媒体|客户端|在线|观察|网)"
)
_HEADLINE_NAME = re.compile(r"^(?P<name>[\u4e00-\u9fa5]{2,3}):")
# 全省首个, 居全省前列 are what counties say of themselves.
_WHOLE_PROVINCE = re.compile("(?:全|我)省(?!首|第|率先|唯一|平均|前|领先|同类|最|各|统一)")
_WHOLE_CITY = re.compile("(?:全|我)[市县区州]|该[市县区州]")
_WHOLE_CITY_ONLY = re.compile("(?:全|我)[市州]")
_STREET = re.compile("[东西南北中]?[路街道桥站]|[山湖河江石]")


def of_news(letter: Letter, title: Strip, context: list[Mention]) -> Region | None:
    """The place of the event: named in the headline, else the source's place, or the lower one that the text names."""
    source = next((hit for line in letter.head if (hit := _source(line.bare.folded))), [])
    source = source or _reporter(letter.opening.folded) or _source_behind(letter.folded[-400:])
    if not source and (province := _province_told(letter, context)):
        return region(province)
    source = [] if _misnamed(source, letter, title, context) else source
    if province := _speaking_province(source, letter.folded):
        return region(province)
    if not source and not find_mentions(title.folded) and _of_nation(letter):
        return None
    headline = (
        chain_of(find_mentions(title.folded))
        or brief(title.folded.split(":")[0] if ":" in title.folded[:8] else "")
        or _confirmed(title.folded, source, context)
    )
    first = chain_of(find_mentions(letter.opening.folded[:400]))
    lead = _dateline(letter.opening.folded)
    first = [] if _of_whole_city(source, first, letter.folded) else first
    near = (_first_of_area(source, letter), _narrowed(source, first), _widened(lead, first))
    for chain in (headline, *near, first, context[:1]):
        if chain:
            code = place_of(chain[-1], [*chain[:-1], *context, *source]) or _likeliest(chain[-1], letter, title)
            if code and chain is not headline and not source:
                code = _raised(code, letter, title)
            return region(code) if code else uncertain(None, chain[-1])
    return unlisted(title.folded, letter.top.folded, letter.opening.folded[:600]) or _unlisted_news(letter, title)


def _reporter(opening: str) -> list[Mention]:
    """The place of the station whose reporter tells: (蕲春广播电视台记者某某报道)近日,…"""
    found = _REPORTED_BY.match(opening)
    return brief(found["name"]) if found else []


_REPORTED_BY = re.compile(
    r"\s*[(【\[](?:通讯员|记者)?(?P<name>[\u4e00-\u9fa5]{2,4})(?:县|市|区)?(?:广播电视台|融媒体?中心|融媒|电视台|日报|新闻)"
)


def _source_behind(last: str) -> list[Mention]:
    """The place of the station named behind the last sentence: 。 来源:江华融媒体中心 作者:某某."""
    found = _SOURCE_BEHIND.search(last)
    return brief(found["name"]) if found else []


_SOURCE_BEHIND = re.compile(
    r"(?:稿件)?来源: ?(?P<name>[\u4e00-\u9fa5]{2,6}?)(?:县|市|区)?(?:融媒|广播电视台|电视台|日报)"
)


def _province_told(letter: Letter, context: list[Mention]) -> str | None:
    """The one province of all places named, where a provincial office tells: 记者从省文旅厅获悉,全省接待游客…"""
    if not _PROVINCIAL.search(letter.opening.folded[:120]) or not _WHOLE_PROVINCE.search(letter.opening.folded):
        return None
    provinces = {code[:2] + "0000" for mention in context if (code := place_of(mention, context))}
    return provinces.pop() if len(provinces) == 1 else None


_PROVINCIAL = re.compile("从(?:省|自治区)[\u4e00-\u9fa5]{2,12}?(?:[厅局委办]|中心|公司)[^,。]{0,10}(?:获悉|了解到)")


def _of_nation(letter: Letter) -> bool:
    """Whether a ministry tells of the whole country: 生态环境部通报,…全国339个城市…; places are examples."""
    opening = letter.opening.folded[:500]
    told = _MINISTRY.search(opening) and _NATIONWIDE_TOLD.search(opening)
    return bool(told) and not _WHOLE_CITY.search(letter.folded)


_MINISTRY = re.compile(
    r"(?:国务院(?:新闻办)?|国新办|国家[\u4e00-\u9fa5]{2,8}[局委]|(?:农业农村|生态环境|交通运输|教育|住房城乡建设|住建|水利|商务|财政|民政|公安|"
    r"自然资源|工业和信息化|工信|人力资源社会保障|文化和旅游|科技|应急管理|发展改革)部)(?!门)"
)
_NATIONWIDE_TOLD = re.compile("全国(?!首|文明|百强|人大|政协|重点文物|先进|示范)|我国")


def _of_whole_city(source: list[Mention], first: list[Mention], folded: str) -> bool:
    """Whether a city's paper speaks of the city, and names a county of it among others."""
    if not source or not first or level_of(source[-1].codes[0]) != 2 or level_of(first[-1].codes[0]) != 3:
        return False
    return bool(_WHOLE_CITY_ONLY.search(folded)) and folded.count(first[-1].name[:2]) <= 2


def _misnamed(source: list[Mention], letter: Letter, title: Strip, context: list[Mention]) -> bool:
    """Whether a paper's name only sounds like a division's: 三江日报 is of 佳木斯, not of 三江侗族自治县."""
    level = spoken_level(letter, title)
    if not source or not level or source[-1].name in gazetteer().codes:
        return False
    codes = source[-1].codes
    if any(gazetteer().names[code][-1] in SUFFIXES[level] for code in codes):
        return False
    certain = [mention.codes[0] for mention in context if len(mention.codes) == 1]
    return bool(certain) and not any(contains(a, c) or contains(c, a) for a in codes for c in certain)


def _speaking_province(source: list[Mention], folded: str) -> str | None:
    """The province whose paper speaks of 全省 and 我省 more often than of a city or county: 吉林日报."""
    provinces = [code for code in source[-1].codes if code.endswith("0000")] if source else []
    if not provinces or len(_WHOLE_PROVINCE.findall(folded)) < 2:
        return None
    return provinces[0] if len(_WHOLE_PROVINCE.findall(folded)) > len(_WHOLE_CITY.findall(folded)) else None


def _raised(code: str, letter: Letter, title: Strip) -> str:
    """The prefecture of a county that a paper names while it speaks of 全市 or 全州."""
    outer = code[:4] + "00"
    if spoken_level(letter, title) not in ("市", "州") or level_of(code) != 3 or outer not in gazetteer().names:
        return code
    return code if gazetteer().names[code].endswith("市") else outer


def _source(line: str) -> list[Mention]:
    """The place in the name of the paper or station on a line: 来源：西藏日报."""
    if not _MEDIA.search(line):
        return []
    media = [named for medium in _MEDIUM.finditer(line) if (named := brief(medium["name"]))]
    return chain_of(find_mentions(line)) or (media[-1] if media else [])  # 闽北日报·邵武新闻: the nearer one


def _confirmed(headline: str, source: list[Mention], context: list[Mention]) -> list[Mention]:
    """A place that a headline names without suffix, when it lies in the source's area or the text names it in full."""
    full = {code for mention in context for code in mention.codes}
    for mention in brief_mentions(headline):
        inside = tuple(c for c in mention.codes if source and any(contains(area, c) for area in source[-1].codes))
        codes = inside or tuple(code for code in mention.codes if code in full)
        if codes:
            return [Mention(mention.start, mention.end, mention.name, codes)]
    return []


def _likeliest(mention: Mention, letter: Letter, title: Strip) -> str | None:
    """Of several divisions of one short name the one whose level the text speaks of (全市 -> 林芝市), else today's."""
    level = spoken_level(letter, title)
    for fit in (
        [c for c in mention.codes if level and gazetteer().names[c][-1] in SUFFIXES[level]],
        [c for c in mention.codes if not is_former(c)],
    ):
        if len(fit) == 1:
            return fit[0]
    return None


def _unlisted_news(letter: Letter, title: Strip) -> Region | None:
    """A division that no list knows, from its paper's name or the headline, and the level that the text speaks of."""
    level = spoken_level(letter, title)
    lines = (title.folded, *(line.bare.folded for line in letter.head))
    for pattern in (_HEADLINE_NAME, _MEDIUM):
        for hit in filter(None, map(pattern.search, lines)):
            if (
                level
                and len(hit["name"]) <= 3
                and not _NO_NAME.search(hit["name"])
                and letter.folded.count(hit["name"]) > 1
            ):
                return Region(name=hit["name"] + level, adcode=None)
    return None


_NO_NAME = re.compile("新闻|召开|举行|会议|发布|[市县区]")


def _first_of_area(source: list[Mention], letter: Letter) -> list[Mention]:
    """The county of the source's area that the first lines name without suffix, before any other: 江门日报 on 新会.

    Not where the text speaks of the whole city as its own (全市; a county may speak of 江门全市), nor where the name is
    part of a street name.
    """
    areas = [code for code in source[-1].codes if level_of(code) == 2] if source else []
    opening = letter.opening.folded[:260]
    for mention in brief_mentions(opening):
        named = [code for code in mention.codes if not is_former(code)]
        inside = tuple(code for code in named if any(contains(area, code) and area != code for area in areas))
        if not inside or _STREET.match(opening, mention.end):
            continue
        county = Mention(mention.start, mention.end, mention.name, inside)
        return [county] if _is_of_county(county, source[-1].name, letter.folded, areas) else []
    return []


def _is_of_county(county: Mention, city: str, folded: str, areas: list[str]) -> bool:
    """Whether a text speaks of a county rather than of its city, or of several counties."""
    if gazetteer().names[county.codes[0]].endswith("市"):
        others = (name for name in {each.name for each in brief_mentions(folded)} if name not in (county.name, city))
        beside = [name for name in others if any(contains(a, c) for a in areas for c in gazetteer().short[name])]
        return all(folded.count(county.name) > 2 * folded.count(name) for name in beside)
    return len(_WHOLE_CITY_ONLY.findall(folded)) <= len(re.findall(f"{city}全市", folded))


def _narrowed(source: list[Mention], first: list[Mention]) -> list[Mention]:
    """The place that the first lines name when it lies in the source's area, else the source's place."""
    if source and first and any(contains(a, b) for a in source[-1].codes for b in first[-1].codes):
        return first
    return source


def _widened(lead: list[Mention], first: list[Mention]) -> list[Mention]:
    """The place of a dateline; agencies write from the capital of the division that the first lines name."""
    if lead and first and any(contains(b, a) for a in lead[-1].codes for b in first[-1].codes):
        return first
    return _narrowed(lead, first)


def _dateline(opening: str) -> list[Mention]:
    hit = re.match(r"(?P<place>[^。]{0,20}?)(?:讯|消息|\d{1,2}月\d{1,2}日电)", opening[:40])
    return brief(hit["place"]) if hit else []
