"""Whether a paper can be evidence for a reply at all: by its kind, its place, and its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from extractors.places import brief_name
from extractors.tracking.elsewhere import is_national
from extractors.tracking.prepared import Kept, Prepared, Promise, prepare
from models.documents import Identity, Kind, UnitRole
from models.places import contains

_ASKS = frozenset({Kind.SUGGESTION, Kind.PROPOSAL})
_TELLS_NEWS = frozenset({Kind.NEWS, Kind.OTHER})
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[-—–~]20\d\d年?)")
_DONE_AWAY = re.compile("[^。;\n]*废止")
_SUFFIX = re.compile("(?:自治)?[省市县区旗州盟镇乡]$|街道$|地区$")
# 全县, 我县 anywhere; 县里, 县上 where a clause begins (全区域 is no level).
_OWN_LEVEL = re.compile(r"([全我本]|(?<=[,。;:\s])(?=.[上里]))([省市州县区旗镇乡])(?!域)")
_TOWN = re.compile("[\u4e00-\u9fff]{2}(?:[镇乡]|街道)")
_OF_THE_STATE = re.compile("^(?:中华人民共和国|中国|国家)")
# 民航局, not 县民政局; 中国民航报.
_BRIEF_OFFICE = re.compile("(?<![省市县区州旗])(?=([\u4e00-\u9fff]{2,4}?(?:部|局|委|署)))|中国([\u4e00-\u9fff]{2,4})报")
_TWIN_SHARE = 0.8  # of the shorter letter's passages: what shares more is the same letter


OTHER_LEVEL = "other_level"
"""The flag of a paper from an office above, which the promise names."""


@dataclass(frozen=True, slots=True)
class Placed:
    """How a later paper stands to a reply: known from `day` (None: undated), with flags for a person."""

    day: date | None
    flags: tuple[str, ...] = ()


def may_follow(reply: Prepared, later: Prepared) -> Placed | None:
    """How a paper can be evidence for a reply's promises; None where it never can.

    Never: what asks, what another place says, what was said before, and the letter itself in another form.
    """
    mine, theirs = reply.paper.extraction.identity, later.paper.extraction.identity
    if reply.paper.id == later.paper.id or _asks(later) or not same_place(reply, later):
        return None
    placed = _placed(reply, later)
    if placed is None or (theirs.kind is Kind.REPLY and _is_twin(reply, later, mine, theirs)):
        return None
    return placed


def _asks(paper: Prepared) -> bool:
    """Whether a paper is a suggestion or a proposal: it asks for something, or names who does. Reports on the handling
    of suggestions look like one and do neither."""
    extraction = paper.paper.extraction
    return extraction.identity.kind in _ASKS and bool(extraction.requests or extraction.identity.proposers)


def same_place(reply: Prepared, later: Prepared) -> bool:
    """Whether both speak for one division. Where one doesn't say, the other's name in its text decides."""
    mine, theirs = reply.paper.extraction.identity, later.paper.extraction.identity
    if _speaks_of_town(later) and not _speaks_of_town(reply):
        return False
    if is_national(mine):
        return _of_the_ministry(mine, later)
    if mine.region and theirs.region:
        return _same_region(mine, theirs) or _speaks_of(mine, theirs, later)
    if not mine.region and not theirs.region:
        return bool(mine.lead_unit) and mine.lead_unit == theirs.lead_unit
    known, other = (mine, later) if mine.region else (theirs, reply)
    return any(name in other.folded for name in _names(known))


def may_concern(mine: Identity, theirs: Identity) -> bool:
    """Whether a paper may be of a reply's place, or of an office above it, for all that their heads tell: False where
    nothing in either text could make it so, which is known before either is read.
    """
    if is_national(mine) or not (mine.region and theirs.region) or _same_region(mine, theirs):
        return True
    if mine.region_code is None:
        return theirs.region_code is None
    if theirs.kind in _TELLS_NEWS:
        return True
    return theirs.region_code is not None and contains(theirs.region_code, mine.region_code)


def _of_the_ministry(mine: Identity, later: Prepared) -> bool:
    """Whether a paper is the same ministry's (its 办公室's, too), or one of no place that names it.

    A province's own report names the ministry that it reports to, and speaks for the province alone.
    """
    theirs, office = later.paper.extraction.identity, mine.lead_unit or ""
    if theirs.lead_unit and (theirs.lead_unit.startswith(office) or office.startswith(theirs.lead_unit)):
        return True
    return not theirs.region and not theirs.lead_unit and _names_ministry(office, later.folded)


def _names_ministry(office: str, folded: str) -> bool:
    """Whether a text names a ministry, in full or as people call it: 民航局 for 中国民用航空局; or is its own paper's
    (中国民航报)."""
    bare = _OF_THE_STATE.sub("", office)
    if bare in folded:
        return True
    return any(_is_brief(found[1] or found[2], bare) for found in _BRIEF_OFFICE.finditer(folded))


def _is_brief(brief: str, full: str) -> bool:
    """Whether the letters of a short name stand in a long one in their order, the first one first.

    >>> _is_brief("民航局", "民用航空局"), _is_brief("民政局", "民用航空局")
    (True, False)
    """
    rest = iter(full)
    return brief[0] == full[0] and all(letter in rest for letter in brief)


def _same_region(mine: Identity, theirs: Identity) -> bool:
    if mine.region_code and theirs.region_code and mine.region_code != theirs.region_code:
        return False
    own, other = mine.region or "", theirs.region or ""
    if not (mine.region_code and theirs.region_code) and brief_name(own) == brief_name(other):
        return True  # 海南日报 speaks of 海南, which is no name of the list
    return own.endswith(other) or other.endswith(own)


def _speaks_of(mine: Identity, theirs: Identity, later: Prepared) -> bool:
    """Whether news speaks of the reply's division, and not of the one that its head was read to be of.

    It names it again and again, and oftener (江门日报 on schools of 新会区), or as often as one that lies in it
    (吉林日报 on growers in 集安市). News of next door names the reply's division once.
    """
    if theirs.kind not in _TELLS_NEWS or not (mine.region_code and theirs.region_code):
        return False
    own, other = _times_named(mine, theirs, later.folded)
    return own > max(1, other) or (own >= other > 0 and contains(mine.region_code, theirs.region_code))


def _times_named(mine: Identity, theirs: Identity, folded: str) -> tuple[int, int]:
    """How often a text names each of two divisions, in full, in short, or as 全市 of its level.

    A name in front of the other's (玉溪市红塔区) says where that one is, one that both bear (恩施) names neither.
    """
    ours, others = set(_names(mine)), set(_names(theirs))
    names = sorted(map(re.escape, ours | others), key=len, reverse=True)
    found = list(re.finditer("|".join(names), folded))
    alone = [
        hit[0] for hit, behind in zip_longest(found, found[1:]) if behind is None or behind.start() > hit.end()
    ] + [level for _, level in _OWN_LEVEL.findall(folded)]
    ours, others = ours | {(mine.region or "")[-1:]}, others | {(theirs.region or "")[-1:]}
    return sum(each in ours - others for each in alone), sum(each in others - ours for each in alone)


def _head(paper: Prepared) -> str:
    """The folded text above the first sentence: letterhead, title, number, source."""
    first = next((unit for unit in paper.paper.extraction.units if unit.role is UnitRole.TEXT), None)
    return paper.folded[: first.span.start] if first else paper.folded


def _names(identity: Identity) -> tuple[str, ...]:
    """A division's name in full and without what it is: 永昌县, 永昌."""
    name = identity.region or ""
    names = dict.fromkeys((name, _SUFFIX.sub("", name), brief_name(name)))
    return tuple(each for each in names if len(each) >= 2)


def _speaks_of_town(paper: Prepared) -> bool:
    return _is_of_town(Kept(paper.paper))


@lru_cache(maxsize=512)
def _is_of_town(kept: Kept) -> bool:
    """Whether a paper speaks for a town, whose division the official list leaves out: 全镇, and never 全县; or 镇上,
    under a head that names a town (a county's paper says 镇上 of all its towns)."""
    paper = prepare(kept.paper)
    said = _OWN_LEVEL.findall(paper.folded)
    if not said or any(level not in "镇乡" for _, level in said):
        return False
    return any(whose for whose, _ in said) or bool(_TOWN.search(_head(paper)))


def _placed(reply: Prepared, later: Prepared) -> Placed | None:
    mine, theirs = reply.paper.extraction.identity, later.paper.extraction.identity
    if mine.date and theirs.date:
        return Placed(theirs.date) if theirs.date >= mine.date else None
    spoken = mine.date.year if mine.date else (mine.year_hint or _last_year(reply))
    named = theirs.date.year if theirs.date else _last_year(later) or theirs.year_hint
    if spoken and named and named < spoken:
        return None
    return Placed(theirs.date, () if theirs.date else ("undated",))


def may_be_named(reply: Prepared, later: Prepared) -> Placed | None:
    """How a paper of an office above, which a promise names, stands to a reply; flagged, since it is only proposed to
    a person: whether it speaks of this place, no rule can tell."""
    if not any(names_office(promise, reply, later) for promise in reply.promises):
        return None
    placed = _placed(reply, later)
    return placed and Placed(placed.day, (*placed.flags, OTHER_LEVEL))


def names_office(promise: Promise, reply: Prepared, later: Prepared) -> bool:
    """Whether a promise names the office above that a paper comes from: 争取省水利厅… and 湖北省水利厅's notice."""
    mine, theirs = reply.paper.extraction.identity, later.paper.extraction.identity
    if not (theirs.lead_unit and theirs.region and mine.region_code and theirs.region_code):
        return False
    if mine.region_code == theirs.region_code or not contains(theirs.region_code, mine.region_code):
        return False
    office = theirs.region[-1] + theirs.lead_unit.removeprefix(theirs.region)
    return office in promise.passage.words


def _last_year(paper: Prepared) -> int | None:
    """The last year that a paper names, but for that of a paper which it does away with: 2018年公布的细则同时废止."""
    said = _DONE_AWAY.sub("", paper.folded) if "废止" in paper.folded else paper.folded
    return max((int(found[1]) for found in _YEAR.finditer(said)), default=None)


def _is_twin(reply: Prepared, later: Prepared, mine: Identity, theirs: Identity) -> bool:
    """The same letter again: by its own number, or because nearly all it says stands there, too."""
    if mine.doc_number and mine.doc_number == theirs.doc_number:
        return True
    ours, others = ({passage.words for passage in paper.passages} for paper in (reply, later))
    return len(ours & others) >= _TWIN_SHARE * max(1, min(len(ours), len(others)))
