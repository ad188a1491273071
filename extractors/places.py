"""Names of administrative divisions in a text, and which division a name means there.

`find_mentions` finds names from the official list (county level and above); `place_of` tells which division a mention
means, by the names around it: 鼓楼区 beside 福州市 is 350102. Sources: see extractors/lexicon/places.json.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import sought
from models.places import Region, contains, significant

_SUFFIX = sought("[省市县区旗州盟域]|新城|群岛|行政委员会|管委会")
_LONGEST = 15
_COMMON = frozenset(words_of("places", "common"))
_SAID = frozenset(words_of("places", "said"))
_ACTORS = frozenset("局委办厅部院会队处心司们府所站,，、。")

_SUFFIXES = re.compile(
    rf"{alternation(words_of('places', 'people'))}*自治[县州旗区]$|(?:特别行政区|地区|林区|[省市县区旗州盟])$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A division's name at [start, end) of a text; `codes` are the divisions it may mean there."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The official list: `names` from code to name; to codes, `codes` from name, `short` from name without suffix, and
    `former` from a name that a division bore once and others may bear today. `endings`: the last two characters of
    all names."""

    names: dict[str, str]
    codes: dict[str, tuple[str, ...]]
    endings: frozenset[str]
    short: dict[str, tuple[str, ...]]
    former: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged list of divisions, with former names where no division uses them today."""
    raw = json.loads(resources.files("extractors.lexicon").joinpath("places.json").read_text(encoding="utf-8"))
    for listed in (raw["divisions"], raw["former"]):
        for code in [code for code, name in listed.items() if name.endswith("单位")]:
            del listed[code]  # 自治区直辖县级行政单位 heads a part of the list, and is no division
    names: dict[str, str] = raw["divisions"]
    codes: dict[str, tuple[str, ...]] = {}
    short: dict[str, tuple[str, ...]] = {}
    aliases: dict[str, tuple[str, ...]] = {}  # 文山州, 连南县
    for code, name in names.items():
        codes[name] = (*codes.get(name, ()), code)
    former: dict[str, tuple[str, ...]] = {}
    for code, name in raw["former"].items():
        codes.setdefault(name, (code,))
        former[name] = (*former.get(name, ()), code)
    for name, named in codes.items():
        brief = _SUFFIXES.sub("", name, count=1)
        if len(brief) >= 2 and brief != name:
            short[brief] = (*short.get(brief, ()), *named)
            aliases[brief + name[-1]] = (*aliases.get(brief + name[-1], ()), *named)
    codes = {**aliases, **codes}
    endings = frozenset(name[-2:] for name in codes)
    return Gazetteer(names={**raw["former"], **names}, codes=codes, endings=endings, short=short, former=former)


def find_mentions(folded: str) -> list[Mention]:
    """The divisions named in full, left to right; a name behind its parent means the one below it.

    >>> [(m.name, m.codes) for m in find_mentions("江苏省南京市鼓楼区住房保障局")]
    [('江苏省', ('320000',)), ('南京市', ('320100',)), ('鼓楼区', ('320106',))]
    """
    known, endings = gazetteer().codes, gazetteer().endings
    found: list[Mention] = []
    free = 0
    for suffix in _SUFFIX.finditer(folded):
        end = suffix.end()
        if folded[end - 2 : end] not in endings:
            continue
        last = found[-1] if found and end - found[-1].start <= _LONGEST else None
        if last and folded[last.start : end] in known:  # 宣城市经济开发区 begins with 宣城市
            found.pop()
            free = last.start
        for length in range(min(_LONGEST, end - free), 1, -1):
            name = folded[end - length : end]
            if name in known:
                mention = _placed(Mention(end - length, end, name, known[name]), found, folded)
                if mention is not None:
                    found.append(mention)
                    free = end
                break
    return found


def _placed(mention: Mention, before: list[Mention], folded: str) -> Mention | None:
    """The mention, narrowed by the division it directly follows; None for a common word that only looks like a name."""
    above = next((m for m in reversed(before) if m.end == mention.start), None)
    if above is not None:
        inside = _within(mention.codes, above) or _within(gazetteer().former.get(mention.name, ()), above)[-1:]
        if inside:
            return Mention(mention.start, mention.end, mention.name, inside)
    said = mention.name in _SAID and folded[mention.start - 1 : mention.start] in _ACTORS
    front = folded[mention.start - 1 : mention.start] if mention.start else ""
    if (front.isdigit() and mention.name[0] == "项") or (front == "县" and mention.name[0] == "城"):
        return None  # 71项城市体检指标; 县城东区
    if said or mention.name in _COMMON or folded[mention.end : mention.end + 1] == "域":
        return None
    return mention


def _within(codes: tuple[str, ...], above: Mention) -> tuple[str, ...]:
    """The codes that lie in the division mentioned."""
    return tuple(code for code in codes if any(contains(outer, code) for outer in above.codes))


def brief_mentions(folded: str) -> list[Mention]:
    """The divisions named without suffix in a few words, longest first at each place: 宁德融媒 -> 宁德."""
    short = gazetteer().short
    found: list[Mention] = []
    at = 0
    while at < len(folded):
        hit = next(
            (folded[at : at + n] for n in range(min(6, len(folded) - at), 1, -1) if folded[at : at + n] in short), None
        )
        if hit:
            found.append(Mention(at, at + len(hit), hit, short[hit]))
        at += len(hit) if hit else 1
    return found


def place_of(mention: Mention, context: list[Mention]) -> str | None:
    """The code of the division that a mention means among its neighbours; None when several stay possible.

    A context name counts when it is certain itself and lies in the prefecture, else in the province, of one candidate.
    """
    outermost = min(mention.codes, key=lambda code: (len(significant(code)), code))
    if all(contains(outermost, code) for code in mention.codes):  # 嘉峪关市 is also the one division below itself
        return outermost
    certain = {other.codes[0] for other in context if len(other.codes) == 1}
    for same in (2, 1):
        fit = {code for code in mention.codes if any(_related(code, other, same) for other in certain)}
        if len(fit) == 1:
            return fit.pop()
    return None


def _related(code: str, other: str, same: int) -> bool:
    """Whether two divisions share their first `same` levels (2 prefecture, 1 province), and none is a mere province."""
    if same == 2 and other.endswith("0000"):
        return False
    return code[: 2 * same] == other[: 2 * same]


def region(code: str, name: str | None = None) -> Region:
    """The division of a code, with its parents; `name` for a town or zone inside it that has no code of its own.

    >>> region("330282").full_name
    '浙江省宁波市慈溪市'
    """
    names = gazetteer().names
    above = [outer for outer in (code[:2] + "0000", code[:4] + "00", code) if outer in names]
    chain = [names[outer] for outer in dict.fromkeys(above)]
    if name is None or name == chain[-1]:
        return Region(name=chain[-1], adcode=code, parents=tuple(chain[:-1]))
    return Region(name=name, adcode=code, parents=tuple(chain))


def is_current(name: str, code: str) -> bool:
    """Whether a name, perhaps shortened (文山州), is the one that a division bears today."""
    now = gazetteer().names[code]
    return name == now or (now.startswith(_SUFFIXES.sub("", name, count=1)) and name[-1] == now[-1])


def is_former(code: str) -> bool:
    """Whether a code is of a division that no longer exists."""
    return code in gazetteer().former.get(gazetteer().names[code], ())


def brief_name(name: str) -> str:
    """A division's name without what it is, and without its peoples; the name itself where hardly anything is left.

    >>> brief_name("恩施土家族苗族自治州"), brief_name("漾濞彝族自治县"), brief_name("永昌县"), brief_name("忠县")
    ('恩施', '漾濞', '永昌', '忠县')
    """
    brief = _SUFFIXES.sub("", name, count=1)
    return brief if len(brief) >= 2 else name


def level_of(code: str) -> int:
    """1 province, 2 prefecture, 3 county."""
    return len(significant(code)) // 2
