"""What a paper says of other places: a clause on the neighbours, and news of one place told by the paper of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.headings import union
from extractors.places import Mention, brief_mentions, brief_name, find_mentions
from extractors.tracking.prepared import Part, Passage, Prepared
from models.documents import Identity
from models.places import contains

# What may stand between a clause's first character and the place that it is about.
_LEAD = re.compile(
    "(?:看看|再看|放眼|放在|纵观|而|其中|同期|同样|另外|相邻的?|相近的?|邻近的?|隔壁的?|旁边的?|周边的?|邻居|邻[县市区]|兄弟[县市区]?|在(?=相邻|邻近|隔壁|周边|邻[县市区]|兄弟)|(?:会同|联合|协同)(?=[省市县区州旗])|[的、和与])*"
)
_SUBJECT = re.compile("[、,:的]|[今去前上]年|[也都均则还已共就全以达]|\\d|市|县|区|$")
_NEIGHBOUR = re.compile("^(?:看看)?(?:相邻|相近|邻近|隔壁|旁边|周边|邻居|邻[县市区]|兄弟)")
_WIDER_VIEW = re.compile("放眼|放在|放到|纵观")
_MINISTRY = re.compile("国家|国务院|中国|中华人民共和国|最高人民|[\u4e00-\u9fff]{2,10}(?:部|总局|总署|总会)$")
_NATION = re.compile("全国|我国|各地|中央")
_BRIEF = 4  # characters: 铜梁区今年 is cut there
_QUARTER = re.compile(
    "[城江河桥路湖海山溪][东南西北中]|[东南西北新老]城"
)  # 城北2家: a part of any town, though 城北区 is one


def told_of_here(shown: Passage, reply: Prepared) -> tuple[Part, ...]:
    """The clauses of a passage that don't speak of another place than the reply's.

    “看看邻居:铜梁区今年开办了4个托育点” tells 合川区 nothing; nor does “放在全国看,超过54万公里”.
    """
    code = reply.paper.extraction.identity.region_code
    if not _may_name(shown.words) or (code is None and not is_national(reply.paper.extraction.identity)):
        return shown.parts
    own = _own_names(reply) if code else _NATION
    found: list[Part] = []
    away = False
    for part in shown.parts:
        if own and own.search(part.words):
            away = False
        elif _is_about_other(part.words, code, reply):
            away = True
        if not away:
            found.append(part)
    return tuple(found)


def is_national(identity: Identity) -> bool:
    """Whether a ministry speaks."""
    return identity.region is None and bool(_MINISTRY.match(identity.lead_unit or ""))


def _is_about_other(words: str, code: str | None, reply: Prepared) -> bool:
    wider = union("stages", "wider").search(words)
    if wider and not _is_own_field(wider[0], reply) and not union("stages", "wider").search(reply.folded):
        return True
    start = _LEAD.match(words)
    rest = words[start.end() if start else 0 :]
    mention = next(_first(rest), None)
    if mention is not None and _WIDER_VIEW.match(words) and code not in mention.codes:
        return True  # 放眼荆门,去年全市更换管网860公里: the county's paper looks at the whole city
    return (
        mention is not None
        and not (code and any(_related(each, code) for each in mention.codes))
        and (bool(_NEIGHBOUR.match(words)) or _bare(mention.name) not in reply.folded)
    )


def _is_own_field(wider: str, reply: Prepared) -> bool:
    """Whether the wider field is the reply's own: 全省 of a province, 全国 of a ministry."""
    identity = reply.paper.extraction.identity
    return wider == ("全国" if is_national(identity) else f"全{(identity.region or ' ')[-1]}")


def _first(words: str) -> Iterator[Mention]:
    """The division that a clause begins with, in full or without what it is (台山31所学校)."""
    yield from (mention for mention in find_mentions(words[:16]) if mention.start == 0)
    yield from (
        mention
        for mention in brief_mentions(words[:_BRIEF])[:1]
        if mention.start == 0 and _SUBJECT.match(words[mention.end :]) and not _is_quarter(mention)
    )


def _is_quarter(mention: Mention) -> bool:
    return bool(_QUARTER.fullmatch(mention.name)) and not any(code.endswith("0000") for code in mention.codes)


def _related(one: str, other: str) -> bool:
    return contains(one, other) or contains(other, one)


@lru_cache(maxsize=8192)
def _may_name(words: str) -> bool:
    """Whether any clause of a passage begins with a division, or with a wider field."""
    if union("stages", "wider").search(words):
        return True
    return any(True for clause in re.split("[,:]", words) for _ in _first(clause[_lead_end(clause) :]))


def _lead_end(clause: str) -> int:
    start = _LEAD.match(clause)
    return start.end() if start else 0


def _own_names(reply: Prepared) -> re.Pattern[str] | None:
    name = reply.paper.extraction.identity.region
    return re.compile(re.escape(_bare(name))) if name else None


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    brief = re.sub("(?:自治)?[省市县区旗州盟]$|地区$", "", brief_name(name))
    return brief if len(brief) >= 2 else name
