"""How a head or a text names the places of a government: chains of divisions, 我市, short names, unlisted ones."""

from __future__ import annotations

import re

from extractors.identity.layout import Letter, Strip
from extractors.lexicon import alternation, words_of
from extractors.places import Mention, brief_mentions, region
from models.places import Region, contains

_FORMED = re.compile(
    r"(?:^|[^\u4e00-\u9fa5]|关于|对|从|在|由|向|据|政协)(?P<name>(?![日月年号届次间期]|我|本|全|各|该|外|省|国|[市县区州旗]|[新大小中老]城市|记者|关于|对|给|致|由|在|向|据|从|转)[\u4e00-\u9fa5]{2,3}?(?:自治)?[市县旗])(?!市(?!场))"
    r"(?=(?:市场)?[\u4e00-\u9fa5]{2,14}?(?:局|委员会|办公室|中心|政府|大队|融媒)|第?[一二三四五六七八九十\d]+届|:|人民政府)"
)
_SPEAKS = re.compile(
    "(?:我|全|本)(?P<level>[省市县区州旗镇乡])|(?<![\u4e00-\u9fa5])(?P<level2>[省市县区州旗镇])(?:政府|委|人大|政协|财政|教育|住建|交通|公安|人民)"
)
_MEETING = re.compile(
    r"(?:^|对|于)(?P<level>[省市县区州旗镇乡])(?P<level2>)(?:第?[一二三四五六七八九十\d]+届|人大|政协)"
)
SUFFIXES = {"省": "省区", "市": "市", "州": "州盟", "县": "县旗", "区": "区", "旗": "旗", "镇": "", "乡": ""}
_NATIONWIDE = alternation(words_of("places", "medium"))


def chain_of(mentions: list[Mention]) -> list[Mention]:
    """The first mention and those that follow on it directly, as long as each lies in the one before."""
    chain = mentions[:1]
    for mention in mentions[1:]:
        if mention.start != chain[-1].end or not any(contains(a, b) for a in chain[-1].codes for b in mention.codes):
            break
        chain.append(mention)
    return chain


def uncertain(code: str | None, mention: Mention) -> Region:
    """A division by a former name, or one that several places share."""
    return Region(name=mention.name, adcode=code, parents=region(code).parents if code else ())


def spoken_level(letter: Letter, title: Strip) -> str | None:
    """Which division 我市, 市十七届人大, 区教育局 speak of, by the first such word of title, head, opening or body."""
    for words in (title.folded, letter.top.folded, letter.opening.folded, letter.folded[-400:], letter.folded[:3000]):
        hit = _MEETING.search(words) or _SPEAKS.search(words)
        if hit:
            return hit["level"] or hit["level2"]
    return None


def unlisted(*sources: str) -> Region | None:
    """A division that the list doesn't know, told by its form in front of a body's name or a meeting."""
    for words in sources:
        hit = _FORMED.search(words)
        if hit:
            return Region(name=hit["name"], adcode=None)
    return None


def brief(words: str) -> list[Mention]:
    """A place named without suffix at the start of a few words: 宁德融媒, 河津：, 新华社拉萨."""
    words = re.sub(rf"^(?:{_NATIONWIDE}|本报)", "", words)
    return [m for m in brief_mentions(words[:8]) if m.start == 0][:1]
