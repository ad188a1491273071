"""A number of a paper with the words around it, ready to be held against numbers of other papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.headings import union
from extractors.lexicon import alternation, load, words_of
from extractors.tracking.periods import Period, timeline, year_of_report, year_of_title, years_named
from extractors.tracking.prepared import Passage, Prepared, prepare
from extractors.tracking.wording import pairs_of
from models.documents import Unit, UnitRole
from models.evidence import Paper
from models.quantities import Quantity, Role
from models.text import fold

_WIDE = re.compile(
    "[全本我](?:国|省|市|县|区|州|旗|镇|乡|街道|村)|20\\d\\d年(?:度|底|末)?|每年(?:度)?|累计|总数|比例$|占比"
)
_OTHER = re.compile("[^\u3400-\u9fffA-Za-z]+|[的了和与及在将为各]")
_LISTED = re.compile("[,、;:。]")
NAME, NEAR, CLAUSE, SENTENCE, ABOVE = 1.0, 0.9, 0.8, 0.6, 0.4
_CELL = re.compile("[|\t]")
_SUM = re.compile(
    "^(?:\\([^()]*\\))?[,、;](?:目前|现|已|至此)?(?:[两三四五]年)?(?:累计|总数|总计|合计|共计|共有?)(?:达到?|为|有)?$"
)
_ADDED = re.compile("新增|增加")
_SO_FAR = re.compile("[两三四五]年|累计|目前|总数|达到?|合计|共")  # of a name: 上半年到位31台,两年累计77台
_PERIOD = re.compile("20\\d\\d年(?:[上下]半年|[前第一二三四]*季度|\\d{1,2}月)?")
_NOTHING = re.compile("完成|实现|剩余|其余|其中|今年|明年|再|先|年内|已|共")
_BEHIND = re.compile(
    "(?:[、和]\\d[\\d.万亿]*[\u4e00-\u9fff]{1,3}?(?=[\u4e00-\u9fff]))*([\u4e00-\u9fff]{4,16})(?=[,;。]|$)"
)
_SAYS_ALL = re.compile("^([^,;。\\d]{0,12}?)(?:全部|全都|一律|均|都)(?:要|能|将)?([^,;。\\d]{5,20})(?=[,;。]|$)")
_DONE_UP = re.compile(
    "(?:完毕|完成|到位|整改|销号|覆盖|投入使用|投用|启用)$"
    "|^(?:完成|实现|达到|投入|纳入|更换|改造|淘汰|清理|拆除|换成|改为|调整)(?!.{10})"
)
_WHEN = re.compile("(?:今年|年内|20\\d\\d年|本?[年月]?[底末]前?).*$")
_AGAIN = re.compile(
    "20\\d\\d年(?:[上下]半年|[前第一二三四]*季度|\\d{1,2}月)?|[今明去两三四五]年|今后|先行?|先期|再|又|已|还|共|率先|累计|完成|计划"
)
_VERBAL = 2  # letters
_YEARS = re.compile("(20\\d\\d)年?(?:[、和至到—~-]+)(20\\d\\d)年")
_OWN_YEAR = re.compile("20\\d\\d年")
_TAIL = 10
_LEAD = 16


@dataclass(frozen=True, slots=True)
class Counted:
    """A number (`position` among its document's quantities) with the pairs of its `name`, and all pairs around it with
    how near they stand (`nearness`: 1 in the name, less in its clause, its sentence, and what stands above it).

    `stem` is its name without what any name may have, `lead` the folded text of its clause before it, `tail` what
    follows it, `rest` all that follows it in its sentence; `places` the parts of the place and `years` the years that
    it is limited to by name; `label` is its indicator, folded; `each` says what it is told of each of (每个社区2名,
    每季度一次: "each"; 日供水2万吨: "day"), not of all; `said` are the words of `contrasts.yaml` in its clause,
    `around` those in its sentence; `column` is what stands above it in a table, `whole` the name
    of the number that it is a part of; `senses` are the rows of `counted_names.yaml` that its name and clause have.
    """

    position: int
    quantity: Quantity
    name: frozenset[str]
    nearness: Mapping[str, float]
    lead: str
    tail: str
    rest: str
    words: str
    stem: str
    unit: Unit
    period: Period
    places: frozenset[str]
    years: frozenset[int]
    label: str
    each: str
    said: frozenset[str]
    around: frozenset[str]
    column: str
    whole: str
    senses: Mapping[str, str]


def counted_of(paper: Paper) -> tuple[Counted, ...]:
    """The numbers of a paper with their words, in the order of its quantities."""
    return _counted(prepare(paper))


class ByIdentity:
    """A paper made ready as a key of a cache: it is itself and no other."""

    __slots__ = ("prepared",)

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared

    def __hash__(self) -> int:
        return id(self.prepared.paper.extraction)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and self.prepared.paper.extraction is other.prepared.paper.extraction


def _counted(prepared: Prepared) -> tuple[Counted, ...]:
    return _kept(ByIdentity(prepared))


@lru_cache(maxsize=512)
def _kept(kept: ByIdentity) -> tuple[Counted, ...]:
    return tuple(sorted(_all(kept.prepared), key=lambda one: one.position))


def _years(label: str, lead: str) -> frozenset[int]:
    """The years of a name, and those before the last one that a sum is of: 2024年、2025年共新建."""
    named, span = years_named(label), _YEARS.search(lead)
    if not named or span is None or "分别" in lead or int(span[2]) not in named:
        return named
    return named | frozenset(range(int(span[1]), int(span[2])))


def _all(prepared: Prepared) -> Iterator[Counted]:
    extraction = prepared.paper.extraction
    times = timeline(extraction, prepared.folded)
    region = fold(extraction.identity.region or "")
    at = {(one.span.start, one.span.end): place for place, one in enumerate(extraction.quantities)}
    passages = {passage.index: passage for passage in prepared.passages}
    passages |= {promise.passage.index: promise.passage for promise in prepared.promises}
    for passage in passages.values():
        before = passage.unit.span.start
        last: Quantity | None = None
        named = ""
        framed = year_of_report(passage.unit.section) or year_of_title(extraction.identity)
        for quantity in passage.numbers:
            place = at[(quantity.span.start, quantity.span.end)]
            span = passage.unit.span
            period = times.at(span.start, quantity.span.start, span.end, framed)
            column = _column(extraction.units, passage.unit, prepared.folded, quantity.span.start)
            whole = extraction.quantities[quantity.part_of].indicator if quantity.part_of is not None else None
            label = _label(last, quantity, prepared.folded[before : quantity.span.start])
            label = _who_all_do(quantity, label, prepared.folded[quantity.span.end : span.end]) or label
            if _says_nothing(label):
                behind = _BEHIND.match(prepared.folded[quantity.span.end : span.end])
                named = behind[1] if behind else named
                label = (year[0] if (year := _OWN_YEAR.match(label)) else "") + named if named else label
            texts = (prepared.folded, region, column, fold(whole or ""), label)
            yield _one(texts, passage, quantity, place, before, period)
            last = quantity
            before = quantity.span.end


def _one(
    texts: tuple[str, str, str, str, str], passage: Passage, quantity: Quantity, place: int, before: int, period: Period
) -> Counted:
    folded, region, column, whole, label = texts
    start, end = quantity.span.start, quantity.span.end
    unit = passage.unit
    part = next((p for p in reversed(passage.parts) if p.start <= start), None)
    opens = part.start if part else unit.span.start
    lead = folded[max(before, opens) : start]
    tail = folded[end : min(unit.span.end, end + _TAIL)]
    segment = pairs_of(lead[-_LEAD:] + "," + _LISTED.split(tail)[0])
    stem = _OTHER.sub(" ", _WIDE.sub(" ", label)).strip()
    if len(stem) < 2:
        stem = _OTHER.sub(" ", lead[-_LEAD:] + " " + _LISTED.split(tail)[0]).strip()
    name = pairs_of(stem)
    return Counted(
        position=place,
        quantity=quantity,
        name=name,
        nearness=_nearness(name, segment, part.pairs if part else passage.pairs, passage),
        lead=folded[opens:start],
        tail=tail,
        rest=folded[end : unit.span.end],
        words=passage.words,
        stem=stem,
        unit=unit,
        period=period,
        places=_places(label, lead, passage, region),
        years=_years(label, folded[opens:start]),
        label=label,
        each=_each(f"{label},{folded[opens:start][-8:]}"),
        said=frozenset(_contrasts().findall(label + folded[opens:start])),
        around=frozenset(_contrasts().findall(passage.words)),
        column=column,
        whole=whole,
        senses=senses_of(f"{label},{folded[opens:start]},{_LISTED.split(tail)[0]}"),
    )


def _label(last: Quantity | None, quantity: Quantity, between: str) -> str:
    """A number's name; a sum behind what was added bears that one's: 社区食堂新增9家(含民办2家),累计33家."""
    added = fold((last.indicator or "") if last is not None and last.unit == quantity.unit else "")
    own = fold(quantity.indicator or "")
    if _repeats(own, added):
        return "".join(_PERIOD.findall(own)[:1]) + _PERIOD.sub("", added)
    if added and _SUM.search(between) and not _ADDED.search(added) and not _SO_FAR.sub("", own):
        return _PERIOD.sub("", added)
    if not _ADDED.search(added) or not _SUM.search(between):
        return own
    return _ADDED.sub("", added) + "总数"


def _repeats(own: str, before: str) -> bool:
    """Whether a name says again what was done, and when: 两年改良 behind 盐碱地改良, 今年先行改造 behind 改造泵站."""
    bare = _AGAIN.sub("", own)
    return bool(own) and len(bare) <= _VERBAL and bare in before and len(before) > len(bare) + 2 and "总" not in own


def _who_all_do(quantity: Quantity, label: str, rest: str) -> str | None:
    """8.6万户农村用户全部用上智能水表: who they are is told by what they do, 用上智能水表的农村用户."""
    said = _SAYS_ALL.match(rest) if quantity.role is Role.TARGET else None
    if said is None or _DONE_UP.search(said[2]):
        return None
    own, who = _OWN_YEAR.sub("", _WIDE.sub("", label)), _WHEN.sub("", said[1])
    if own and own in said[1]:
        return f"{said[2]}的{own}"
    return f"{said[2]}的{who}" if len(who) > 1 and own.endswith(who) else None


def _says_nothing(label: str) -> bool:
    """Whether a number's name says only that it is done: 完成剩余, of 完成剩余86处、1.32万亩废弃矿山的修复."""
    return bool(label) and not _NOTHING.sub("", _WIDE.sub("", label))


def _each(words: str) -> str:
    """What a number is told of each of.

    >>> _each("每个社区配备网格员"), _each("新增日供水能力"), _each("每年培训")
    ('each', 'day', '')
    """
    daily = union("progress", "daily")
    day = "day" if daily.search(words) else ""
    return ("each" if union("progress", "each").search(daily.sub("", words)) else "") + day


def _column(units: Sequence[Unit], row: Unit, folded: str, position: int) -> str:
    """What stands above a number of a table: 计划 or 完成; empty elsewhere."""
    if row.role is not UnitRole.TABLE_ROW:
        return ""
    heads = (unit for unit in reversed(units[: row.index]) if unit.role is not UnitRole.TABLE_ROW)
    head = next(heads, None)
    if head is None or head.role is not UnitRole.TABLE_HEAD:
        return ""
    cells = _CELL.split(folded[head.span.start : head.span.end])
    at = len(_CELL.findall(folded[row.span.start : position]))
    return cells[at].strip() if at < len(cells) else ""


def _nearness(
    name: frozenset[str], segment: frozenset[str], clause: frozenset[str], passage: Passage
) -> Mapping[str, float]:
    tiers = ((passage.around, ABOVE), (passage.pairs, SENTENCE), (clause, CLAUSE), (segment, NEAR), (name, NAME))
    return {pair: near for pairs, near in tiers for pair in pairs}


def senses_of(words: str) -> Mapping[str, str]:
    """The rows of `counted_names.yaml` that some words have, with the first word of each.

    >>> senses_of("全县持证游泳指导员")
    {'certificates': '持证', 'coaches': '指导员'}
    """
    found: dict[str, str] = {}
    for word in _names().findall(words):
        found.setdefault(_rows()[word], word)
    return found


def senses_in(stem: str) -> Iterator[tuple[int, int, str]]:
    """Where in a name a word of `counted_names.yaml` begins and ends, and its row."""
    return ((hit.start(), hit.end(), _rows()[hit[0]]) for hit in _names().finditer(stem))


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    return re.compile(alternation(words_of("counted_names")))


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, str]:
    return {word: entry.id for entry in load("counted_names") for word in entry.words}


@lru_cache(maxsize=1)
def _contrasts() -> re.Pattern[str]:
    return re.compile(alternation(words_of("contrasts")))


_LETTER = "[\u4e00-\u9fff]"
_PLAIN = "[^\\W\\da-zA-Z乡镇村县区市旗州全本我各每该个座处的和与年月日底入并其已有把对向两二三四五六七八九十]"
_SUFFIXED = "(?:街道|自治[县州旗]|[乡镇村县区市旗州](?![场民政容级内外域县里城镇村集庄落务委史户间块位划土亲属直本长]))"
_PART = re.compile(f"(?:(?<!{_LETTER})|(?<=[在由从]))({_PLAIN}{{2,4}}?{_SUFFIXED})")
_LAST = re.compile(f"(?:(?<!{_LETTER})|(?<=[,、;]))({_PLAIN}{{2,4}}{_SUFFIXED})(?:有|为|达|共|新建|完成)?$")
_PLACED = re.compile("[乡镇村县区市旗州]|街道")
_COMMON = re.compile(
    "(?:社|园|片|小|景|校|辖|地|库|山|城|灾|林|牧)区$|[都超城上集门]市$|[返下回家城水还]乡$|[农乡示范行政自然]+村$|示范镇$|[驻进入到下包联][村乡镇]$"
)
_WHOLE = re.compile("全[省市县区州旗镇乡]")


def places_in(label: str, region: str = "") -> frozenset[str]:
    """The parts of the place that a name is limited to; not the whole place (`region`) itself.

    >>> sorted(places_in("青石镇新建公厕")), sorted(places_in("全区新建公厕")), sorted(places_in("鲜花市场抽检"))
    (['青石镇'], [], [])
    """
    if not _PLACED.search(label):
        return frozenset()
    found = (hit[1] for pattern in (_PART, _LAST) for hit in pattern.finditer(_WIDE.sub(" ", label)))
    return frozenset(name for name in found if not _COMMON.search(name) and name not in region)


def _places(label: str, lead: str, passage: Passage, region: str) -> frozenset[str]:
    """Those of its name that its own sentence or headings have, too, and one right before it (通化市21户)."""
    if _WHOLE.search(lead[-_LEAD:]):
        return frozenset()
    above = fold(" ".join((*passage.unit.section, passage.unit.head or "")))
    named = (name for name in places_in(label, region) if name in passage.words or name in above)
    return frozenset(named) | places_in(lead[-_LEAD:].split(",")[-1], region)
