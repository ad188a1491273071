"""The named spots of a place, towns, villages, schools, markets, that promises and passages speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from extractors.headings import union
from extractors.lexicon import load, words_of
from extractors.places import brief_mentions, find_mentions
from extractors.tracking.wording import telling
from models.places import contains

_TELLS = 0.9  # of telling: 刘集镇, not 行政村
_NO_NAME = "全每各个所家座的在为是等和与及多些一二三四五六七八九十两现已该此本些项批类种有进到由属以级制型性于其设给"
_WHERE = re.compile("在([^,;在]{3,12}?)(?:[增加]?[设建]|新建|建设|布设|安装|开[设办通]|投放|设[立置])")
_ENDS = 0.8  # of telling, a name's last character with what it is a name of: 墟镇, not 农村
_LAST = 2  # characters: what a name ends in, however long it is (北斗溪, 斗溪)


@lru_cache(maxsize=1)
def _spot() -> re.Pattern[str]:
    """A name's last two characters and what it is the name of, by the groups of `spots.yaml`."""
    kinds = "|".join(f"(?P<{entry.id}>{entry.regex})" for entry in load("spots") if entry.meaning == "kind")
    return re.compile(f"(?P<name>(?:(?![{_NO_NAME}])[\u4e00-\u9fff]){{{_LAST}}})(?:{kinds})")


@lru_cache(maxsize=1)
def _listed() -> re.Pattern[str]:
    """Several names before what they are names of: 低庄、北斗溪两镇, 司前、罗坑、崖门三镇."""
    kinds = "|".join(f"(?P<{entry.id}>{entry.regex})" for entry in load("spots") if entry.meaning == "kind")
    name = "[\u4e00-\u9fff]{2,4}"
    return re.compile(f"(?P<names>{name}(?:[、和与及]{name})+)(?:[两二三四五六七八九十\\d]+[个家所座处]?)(?:{kinds})")


@lru_cache(maxsize=8192)
def spots_in(words: str) -> Mapping[str, frozenset[str]]:
    """The named spots of some folded words, as the last two characters of their names, by kind.

    >>> spots_in("在低庄、北斗溪两镇试行送餐到户") == {"town": {"低庄", "斗溪"}}
    True
    """
    found: dict[str, set[str]] = {}
    for hit in _listed().finditer(words):
        names = re.split("[、和与及]", hit["names"])
        found.setdefault(_kind(hit), set()).update(name[-_LAST:] for name in names)
    for hit in _spot().finditer(words):
        if _is_name(hit["name"], words[hit.end("name")]):
            found.setdefault(_kind(hit), set()).add(hit["name"])
    return {kind: frozenset(names) for kind, names in found.items()}


def named_spots(words: str) -> Iterator[str]:
    """The named spots of some folded words as they stand there: 刘集镇, 城南敬老院."""
    return (hit[0] for hit in _spot().finditer(words) if _is_name(hit["name"], words[hit.end("name")]))


@lru_cache(maxsize=8192)
def _is_name(name: str, behind: str) -> bool:
    """Whether two characters are a name by themselves, and not what a house or a market is called by its kind."""
    if name[-1] in "省市县区州旗乡镇村" or name in words_of("spots", "generic"):
        return False
    return telling(name) >= _TELLS and telling(name[-1] + behind) >= _ENDS


def _kind(hit: re.Match[str]) -> str:
    return next(kind for kind, text in hit.groupdict().items() if text is not None and kind not in ("name", "names"))


def other_spot(promised: str, shown: str, region: str | None) -> str | None:
    """The spot that a passage speaks of in place of the promised ones, by name; None where it may be one of them.

    “龙潭镇的志愿者送餐到户” for “在低庄、北斗溪两镇试行送餐到户”: 龙潭. A promise for the whole place has none.
    """
    mine = spots_in(promised)
    if not mine:
        return _set_elsewhere(promised, shown)
    if union("stages", "all_of_it").search(promised):
        return None
    names = frozenset().union(*mine.values())
    if any(name in shown for name in names):
        return None
    theirs = spots_in(shown)
    for kind, named in mine.items():
        others = [name for name in sorted(theirs.get(kind, ())) if name not in promised]
        if named and others:
            return others[0]
    return next(_divisions(promised, shown, region), None) if mine.keys() & {"town", "area"} else None


def _set_elsewhere(promised: str, shown: str) -> str | None:
    """The spot that a passage is about, where a promise says in words of its own where it will be: 凤凰社区 for
    “在雪场入口两侧增设停车泊位”."""
    where = _WHERE.search(promised)
    if where is None or union("stages", "all_of_it").search(promised) or union("spots", "anywhere").search(where[1]):
        return None
    if any(where[1][at : at + 2] in shown for at in range(len(where[1]) - 1)):
        return None
    theirs = spots_in(shown)
    return next((name for kind in ("village", "town", "area") for name in sorted(theirs.get(kind, ()))), None)


def _divisions(promised: str, shown: str, region: str | None) -> Iterator[str]:
    """Divisions below the reply's own that the passage's clauses begin with, and the promise doesn't name."""
    if region is None:
        return
    for clause in re.split("[,:;]", shown):
        mentions = [each for each in find_mentions(clause[:8]) if each.start == 0]
        mentions += [each for each in brief_mentions(clause[:4])[:1] if each.start == 0]
        for each in mentions:
            below = [code for code in each.codes if code != region and contains(region, code)]
            if below and each.name not in promised:
                yield each.name
