"""Where the speaking government is: the lowest division whose government issues the document."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from extractors.identity.layout import Letter, Strip
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
_ZONE = re.compile(
    r"^(?P<name>[\u4e00-\u9fa5]{2,20}?(?:开发区|高新技术产业区|高新区|新区|工业园区|产业园区|示范区|保税区|度假区|风景名胜区|风景区|管理区|工业园|合作区|自贸区|试验区|综保区))(?!域)"
)
_FORMED = re.compile(
    r"(?:^|[^\u4e00-\u9fa5]|关于|对|从|在|由|向|据|政协)(?P<name>(?![日月年号届次间期]|我|本|全|各|该|外|省|国|[市县区州旗]|[新大小中老]城市|记者|关于|对|给|致|由|在|向|据|从|转)[\u4e00-\u9fa5]{2,3}?(?:自治)?[市县旗])(?!市(?!场))"
    r"(?=(?:市场)?[\u4e00-\u9fa5]{2,14}?(?:局|委员会|办公室|中心|政府|大队|融媒)|第?[一二三四五六七八九十\d]+届|:|人民政府)"
)
_NATIONAL = re.compile("全国人大|全国人民代表大会|全国政协|政协.{0,8}全国委员会|全国委员会")
_SPEAKS = re.compile(
    "(?:我|全|本)(?P<level>[省市县区州旗镇乡])|(?<![\u4e00-\u9fa5])(?P<level2>[省市县区州旗镇])(?:政府|委|人大|政协|财政|教育|住建|交通|公安|人民)"
)
_MEETING = re.compile(
    r"(?:^|对|于)(?P<level>[省市县区州旗镇乡])(?P<level2>)(?:第?[一二三四五六七八九十\d]+届|人大|政协)"
)
_SUFFIXES = {"省": "省区", "市": "市", "州": "州盟", "县": "县旗", "区": "区", "旗": "旗", "镇": "", "乡": ""}
_MEDIA = re.compile("发布|融媒|日报|晚报|晨报|新闻|电视台|广播|讯|客户端|在线|[:]|观察")
_ELSEWHERE = re.compile("学习|借鉴|赴|参照|参考|考察|与|如|像|向|仅次于|相邻|邻近")
# 责令东岭区现场核实: whom a higher government directs.
_DIRECTED = re.compile("(?:责令|责成|督促|敦促|督导)$")
_FIELD = re.compile(alternation(words_of("places", "field")))
_MEDIUM = re.compile(
    r"(?<![\u4e00-\u9fa5])(?:信息来源|文章来源|稿源|来源|转自)?:?(?P<name>[\u4e00-\u9fa5]{2,9}?)(?=融媒|日报|晚报|晨报|早报|时报|电视台|广播|发布|新闻|新媒体|客户端|在线|观察|网)"
)
_HEADLINE_NAME = re.compile(r"^(?P<name>[\u4e00-\u9fa5]{2,3}):")
_PART = re.compile(r"(?:局|公司|支队|中心)(?P<name>[\u4e00-\u9fa5]{2,4}?)(?:分局|分公司|支公司|供电公司|大队|分中心)$")
_NATIONWIDE = alternation(words_of("places", "medium"))
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
        return _of_news(letter, title, around.mentions)
    if _MINISTRY.match(lead):
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
    unlisted = _unlisted(lead, title.folded, letter.top.folded)
    if unlisted:
        return unlisted
    spoken = _by_body(letter, title, around.mentions, doc_number)
    return _in_town(lead, spoken) if spoken else _small(lead, around.mentions)


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


def _of_speaker(found: Region, letter: Letter) -> Region:
    """The province of a place that a title names, where 我厅 and 我省 write about it."""
    if not found.adcode or not _PROVINCIAL.search(letter.folded) or _LOCAL.search(letter.folded):
        return found
    return region(found.adcode[:2] + "0000")


_PROVINCIAL, _LOCAL = re.compile("我厅|我省|我自治区"), re.compile("我[局市县州旗镇乡]")


def _branch(lead: str, around: _Around) -> Region | None:
    """The county that a branch of a higher body serves: 国网山西省电力公司平陆县供电公司, 淮安市涟水生态环境局."""
    chain = _chain(find_mentions(lead))
    if not chain or len(chain[-1].codes) != 1:
        return None
    above, below = chain[-1], lead[chain[-1].end :]
    named = [m for m in find_mentions(below) if m.start]
    briefs = [m for m in brief_mentions(below[:4]) if m.start == 0 and _FIELD.match(below, m.end)]
    part = _PART.search(below)
    briefs += _brief(part["name"]) if part else []
    for mention in (*named[-1:], *briefs[:1]):
        inside = [code for code in mention.codes if contains(above.codes[0], code) and code != above.codes[0]]
        inside = [code for code in inside if not is_former(code)] or inside
        inside = [code for code in inside if all(code == other or contains(code, other) for other in inside)]
        if len(inside) == 1 and inside[0] in gazetteer().names:
            return region(inside[0])
    return None


def _unlisted(*sources: str) -> Region | None:
    """A division that the list doesn't know, told by its form in front of a body's name or a meeting."""
    for words in sources:
        hit = _FORMED.search(words)
        if hit:
            return Region(name=hit["name"], adcode=None)
    return None


def _named(words: str, around: _Around) -> Region | None:
    """The lowest division that the words begin with or name first: 重庆市綦江区郭扶镇人民政府, 岳阳市八届人大."""
    words = (
        re.split("关于印发《?|转发", words)[-1]
        if "印发" in words[:30] and "关于印发" in words and not find_mentions(words[: words.index("关于")])
        else words
    )
    chain = _chain(find_mentions(words))
    if not chain:
        return None
    last = chain[-1]
    code = last.codes[0] if len(last.codes) == 1 else place_of(last, around.mentions)
    below = words[last.end :]
    for pattern in (_TOWN, _ZONE):
        hit = pattern.match(below)
        if hit and not find_mentions(hit["name"]):
            return _inside(code, hit["name"], last)
    return region(code) if code and is_current(last.name, code) else _uncertain(code, last)


def _uncertain(code: str | None, mention: Mention) -> Region:
    """A division by a former name, or one that several places share."""
    return Region(name=mention.name, adcode=code, parents=region(code).parents if code else ())


def _inside(code: str | None, name: str, parent: Mention) -> Region:
    return region(code, name) if code else Region(name=name, adcode=None, parents=(parent.name,))


def _chain(mentions: list[Mention]) -> list[Mention]:
    """The first mention and those that follow on it directly, as long as each lies in the one before."""
    chain = mentions[:1]
    for mention in mentions[1:]:
        if mention.start != chain[-1].end or not any(contains(a, b) for a in chain[-1].codes for b in mention.codes):
            break
        chain.append(mention)
    return chain


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
    spoken = _spoken_level(letter, title)
    own = [m for m in context if not _ELSEWHERE.search(letter.folded[max(0, m.start - 4) : m.start])]
    votes: Counter[str] = Counter()
    for mention in own:
        code = place_of(mention, context)
        if _DIRECTED.search(letter.folded, max(0, mention.start - 4), mention.start):
            continue
        if code and (not spoken or mention.name[-1] in _SUFFIXES[spoken]):
            votes[code] += 2 if doc_number and doc_number[0] in mention.name else 1
    if votes:
        best = max(votes.values())
        return region(next(code for code in votes if votes[code] == best))
    if spoken == "省":
        return _province_of(own, context)
    return _above(own, context) if spoken in ("市", "州") else None


def _spoken_level(letter: Letter, title: Strip) -> str | None:
    """Which division 我市, 市十七届人大, 区教育局 speak of, by the first such word of title, head, opening or body."""
    for words in (title.folded, letter.top.folded, letter.opening.folded, letter.folded[-400:], letter.folded[:3000]):
        hit = _MEETING.search(words) or _SPEAKS.search(words)
        if hit:
            return hit["level"] or hit["level2"]
    return None


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


def _of_news(letter: Letter, title: Strip, context: list[Mention]) -> Region | None:
    """The place of the event: named in the headline, else the source's place, or the lower one that the text names."""
    source = next((hit for line in letter.head if (hit := _source(line.bare.folded))), [])
    source = [] if _misnamed(source, letter, title, context) else source
    if province := _speaking_province(source, letter.folded):
        return region(province)
    headline = (
        _chain(find_mentions(title.folded))
        or _brief(title.folded.split(":")[0] if ":" in title.folded[:8] else "")
        or _confirmed(title.folded, source, context)
    )
    first = _chain(find_mentions(letter.opening.folded[:400]))
    lead = _dateline(letter.opening.folded)
    first = [] if _of_whole_city(source, first, letter.folded) else first
    near = (_first_of_area(source, letter), _narrowed(source, first), _widened(lead, first))
    for chain in (headline, *near, first, context[:1]):
        if chain:
            code = place_of(chain[-1], [*chain[:-1], *context, *source]) or _likeliest(chain[-1], letter, title)
            if code and chain is not headline and not source:
                code = _raised(code, letter, title)
            return region(code) if code else _uncertain(None, chain[-1])
    return _unlisted(title.folded, letter.top.folded, letter.opening.folded[:600]) or _unlisted_news(letter, title)


def _of_whole_city(source: list[Mention], first: list[Mention], folded: str) -> bool:
    """Whether a city's paper speaks of the city, and names a county of it among others."""
    if not source or not first or level_of(source[-1].codes[0]) != 2 or level_of(first[-1].codes[0]) != 3:
        return False
    return bool(_WHOLE_CITY_ONLY.search(folded)) and folded.count(first[-1].name[:2]) <= 2


def _misnamed(source: list[Mention], letter: Letter, title: Strip, context: list[Mention]) -> bool:
    """Whether a paper's name only sounds like a division's: 三江日报 is of 佳木斯, not of 三江侗族自治县."""
    level = _spoken_level(letter, title)
    if not source or not level or source[-1].name in gazetteer().codes:
        return False
    codes = source[-1].codes
    if any(gazetteer().names[code][-1] in _SUFFIXES[level] for code in codes):
        return False
    certain = [mention.codes[0] for mention in context if len(mention.codes) == 1]
    return bool(certain) and not any(contains(a, c) or contains(c, a) for a in codes for c in certain)


def _speaking_province(source: list[Mention], folded: str) -> str | None:
    """The province whose paper speaks of 全省 and 我省 more often than of a city or county: 吉林日报."""
    provinces = [code for code in source[-1].codes if code.endswith("0000")] if source else []
    if not provinces or len(_WHOLE_PROVINCE.findall(folded)) < 2:
        return None
    return provinces[0] if len(_WHOLE_PROVINCE.findall(folded)) > len(_WHOLE_CITY.findall(folded)) else None


# 全省首个, 居全省前列 are what counties say of themselves.
_WHOLE_PROVINCE = re.compile("(?:全|我)省(?!首|第|率先|唯一|平均|前|领先|同类|最|各|统一)")
_WHOLE_CITY = re.compile("(?:全|我)[市县区州]|该[市县区州]")


def _raised(code: str, letter: Letter, title: Strip) -> str:
    """The prefecture of a county that a paper names while it speaks of 全市 or 全州."""
    outer = code[:4] + "00"
    if _spoken_level(letter, title) not in ("市", "州") or level_of(code) != 3 or outer not in gazetteer().names:
        return code
    return code if gazetteer().names[code].endswith("市") else outer


def _source(line: str) -> list[Mention]:
    """The place in the name of the paper or station on a line: 来源：西藏日报."""
    if not _MEDIA.search(line):
        return []
    media = [named for medium in _MEDIUM.finditer(line) if (named := _brief(medium["name"]))]
    return _chain(find_mentions(line)) or (media[-1] if media else [])  # 闽北日报·邵武新闻: the nearer one


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
    level = _spoken_level(letter, title)
    for fit in (
        [c for c in mention.codes if level and gazetteer().names[c][-1] in _SUFFIXES[level]],
        [c for c in mention.codes if not is_former(c)],
    ):
        if len(fit) == 1:
            return fit[0]
    return None


def _unlisted_news(letter: Letter, title: Strip) -> Region | None:
    """A division that no list knows, from its paper's name or the headline, and the level that the text speaks of."""
    level = _spoken_level(letter, title)
    lines = (title.folded, *(line.bare.folded for line in letter.head))
    for pattern in (_HEADLINE_NAME, _MEDIUM):
        for hit in filter(None, map(pattern.search, lines)):
            if level and len(hit["name"]) <= 3 and letter.folded.count(hit["name"]) > 1:
                return Region(name=hit["name"] + level, adcode=None)
    return None


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


_WHOLE_CITY_ONLY = re.compile("(?:全|我)[市州]")
_STREET = re.compile("[东西南北中]?[路街道桥站]|[山湖河江石]")


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
    return _brief(hit["place"]) if hit else []


def _brief(words: str) -> list[Mention]:
    """A place named without suffix at the start of a few words: 宁德融媒, 河津：, 新华社拉萨."""
    words = re.sub(rf"^(?:{_NATIONWIDE}|本报)", "", words)
    return [m for m in brief_mentions(words[:8]) if m.start == 0][:1]
