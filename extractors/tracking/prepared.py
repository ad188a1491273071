"""A paper made ready to be compared: its promises and its passages with their words, titles, names and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum

from extractors.clauses import clauses_of, mask
from extractors.headings import read_enumerator, union
from extractors.lexicon import words_of
from extractors.numbers.dates import Anchor, find_times
from extractors.places import brief_name
from extractors.places import region as division
from extractors.tracking.wording import pairs_of, rare_letters, telling
from models.commitments import Commitment
from models.documents import Kind, Unit, UnitRole, Zone
from models.evidence import Paper
from models.extraction import Extraction
from models.quantities import Quantity
from models.text import fold

_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_NAME = re.compile('[“‘「"]([^“”‘’「」"。,]{2,12})[”’」"]')
_SUFFIX = re.compile("(?:自治)?[省市县区旗州盟]$|地区$")
_ASIDE = re.compile(r"^[(〔\[【][^()]*[)〕\]】][。;]?$")  # (责任单位:县水利局)
_SAYING = frozenset({UnitRole.TEXT, UnitRole.TABLE_ROW})
_OCCASION = re.compile(r"[^,。;:|]{2,14}期间")  # 采茶节期间开放: when, not what
_PLAN_PERIOD = re.compile("十[一二三四五六七八]五")
_BARE_LEVEL = re.compile("(?<=[立设建成由请与把向对让为在])[县市区州旗](?![级城域里内直属长委政场民区])")  # 成立县…协会
_LETTER = frozenset({Kind.REPLY, Kind.SUGGESTION, Kind.PROPOSAL})
_ISSUED = frozenset({Kind.PLAN, Kind.REGULATION})
_HEADED = 2  # passages: a heading over more of them is about none of them
_FRAMES = frozenset({Zone.OPENING, Zone.CLOSING})


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a passage: its folded words with titles kept, where it begins in the document, and its pairs."""

    start: int
    words: str
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit made ready: `around` are the pairs of what it stands under (headings, head, the sentence before it),
    `head` those of a heading that stands over it and at most one more, or of the question that it answers, `titled`
    those that only its titles have, `vocabulary` all of these pairs; `mass` is how much its own pairs tell."""

    index: int
    unit: Unit
    words: str
    parts: tuple[Part, ...]
    pairs: frozenset[str]
    letters: frozenset[str]
    around: frozenset[str]
    head: frozenset[str]
    titles: tuple[str, ...]
    titled: frozenset[str]
    vocabulary: frozenset[str]
    names: frozenset[str]
    numbers: tuple[Quantity, ...]
    mass: float


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment (`position` in its reply) with the passage that it is."""

    position: int
    commitment: Commitment
    passage: Passage


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper with what comparing needs: `promises` of a reply, `passages` that may show something, the pairs of its
    `subject`, in how many passages each pair stands (`spread`), and all pairs (`vocabulary`, headings included)."""

    paper: Paper
    folded: str
    promises: tuple[Promise, ...]
    passages: tuple[Passage, ...]
    subject: frozenset[str]
    spread: Mapping[str, int]
    vocabulary: frozenset[str]
    letters: Mapping[str, int]


def prepare(paper: Paper) -> Prepared:
    """The paper made ready; the last few hundred stay ready, so that a nightly run prepares each of them once."""
    return _prepare(Kept(paper))


class Kept:
    """A paper as a key of the cache: it is itself and no other, which is cheaper to tell than equal content."""

    __slots__ = ("paper",)

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def __hash__(self) -> int:
        return id(self.paper.extraction)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and self.paper.extraction is other.paper.extraction


@lru_cache(maxsize=512)
def _prepare(kept: Kept) -> Prepared:
    extraction = kept.paper.extraction
    folded = fold(extraction.document.text)
    passages = tuple(_passages(extraction, folded, _plain(extraction, folded)))
    by_start = {passage.unit.span.start: passage for passage in passages}
    promises = tuple(
        Promise(position, commitment, _without(by_start[commitment.span.start], commitment.condition))
        for position, commitment in enumerate(extraction.commitments)
        if commitment.span.start in by_start
    )
    letter = extraction.identity.kind in _LETTER
    shown = tuple(
        passage
        for passage in passages
        if not (letter and passage.unit.zone in _FRAMES) and not _asks_something(passage.words)
    )
    return Prepared(
        paper=kept.paper,
        folded=folded,
        promises=promises,
        passages=shown,
        subject=pairs_of(fold(extraction.identity.subject or extraction.identity.title or "")),
        spread=Counter(pair for passage in passages for pair in passage.pairs),
        vocabulary=frozenset().union(*(passage.vocabulary for passage in passages)),
        letters=Counter(letter for passage in passages for letter in passage.letters),
    )


def _without(passage: Passage, condition: str | None) -> Passage:
    """What is promised alone: 待省级资金下达后,改造厨房 is not kept, nor begun, by the money."""
    if not condition:
        return passage
    waits = fold(condition)
    parts = tuple(part for part in passage.parts if part.words.strip(",;。") not in waits)
    pairs = frozenset().union(*(part.pairs for part in parts))
    if not pairs or len(parts) == len(passage.parts):
        return passage
    return replace(passage, parts=parts, pairs=pairs, titled=passage.titled & pairs, mass=fsum(map(telling, pairs)))


def _plain(extraction: Extraction, folded: str) -> str:
    """The text with blanks, in their old places, for what tells nothing between papers of one place: its own names,
    offices, times."""
    own = _own_names(extraction)
    spans = [(time.start, time.end) for time in find_times(folded, Anchor(None, None))]
    spans += [found.span() for found in (own.finditer(folded) if own else ())]
    spans += [found.span() for found in _office().finditer(folded)]
    spans += [found.span() for found in _OCCASION.finditer(folded)]
    spans += [found.span() for found in _PLAN_PERIOD.finditer(folded)]
    spans += [found.span() for found in _BARE_LEVEL.finditer(folded)]
    plain = list(folded)
    for start, end in spans:
        plain[start:end] = " " * (end - start)
    return "".join(plain)


@lru_cache(maxsize=1)
def _office() -> re.Pattern[str]:
    """市海洋与渔业局, 区消防救援大队, 县发改委: who acts, which a promise and its evidence share for no reason."""
    short = "|".join(words_of("bureaus", "short"))
    return re.compile(
        "(?:[市县区省州旗]|国家)(?!域)[\u4e00-\u9fff]{1,11}?(?:(?<![布格结大全开])局|厅|委员会|管委会|大队|支队|办公室)"
        f"|[市县区省州旗](?:委|政府)?(?:{short})|(?:中央|[省市县区镇乡州旗]级|各级|[省市县区])财政"
    )


def _own_names(extraction: Extraction) -> re.Pattern[str] | None:
    """The names of the place that speaks and of those above it: they tell nothing within its own papers."""
    code, name = extraction.identity.region_code, extraction.identity.region
    place = division(code, name) if code else None
    names = {*(place.parents if place else ()), *((place.name,) if place else ()), *((name,) if name else ())}
    names |= {each for each in (_own_office(extraction),) if each}
    names |= {brief for full in names for brief in (_SUFFIX.sub("", full), brief_name(full)) if len(brief) >= 2}
    if not names:
        return None
    return re.compile("|".join(re.escape(each) for each in sorted(names, key=len, reverse=True)))


def _own_office(extraction: Extraction) -> str | None:
    """The office that speaks, without its place: 红十字会 tells nothing within its own letter."""
    office = fold(extraction.identity.lead_unit or "").removeprefix(extraction.identity.region or "")
    office = re.sub("^.*?[省市县区州旗](?=.{3})", "", office)
    return office if len(office) >= 3 and extraction.identity.kind is Kind.REPLY else None


def _passages(extraction: Extraction, folded: str, plain: str) -> list[Passage]:
    found: list[Passage] = []
    before, asked, issued = "", "", False
    quantities = _by_unit(extraction)
    headed = Counter(_head_of(unit) for unit in extraction.units if unit.role in _SAYING)
    for unit in extraction.units:
        span = unit.span
        if _may_say(unit, folded, quantities):
            listed = read_enumerator(folded, span.start, span.end)
            start = listed.end if listed else span.start
            near = before if folded[span.start - 1 : span.start] != "\n" else ""
            own = _head_of(unit) if headed[_head_of(unit)] <= _HEADED else ()
            if _OF_ITSELF.search(folded[start : span.end]):
                own = (*own, extraction.identity.title or "")
            if asked or _THE_SAME.search(folded[start : start + 12]):
                own = (*own, asked or before)
            found.append(_passage(unit, (folded, plain), start, near, own, quantities.get(span.start, ())))
            if not issued and (title := _issues(extraction, found[-1].words)):
                issued = True
                found[-1] = replace(found[-1], titles=(*found[-1].titles, title))
        before = plain[span.start : span.end]
        if _asks_something(before):
            asked = before
        elif folded[span.end : span.end + 1] == "\n":
            asked = ""
    return found


def _asks_something(words: str) -> bool:
    """Whether a sentence is a question, in quotation marks or not."""
    return words.rstrip("”’」』\"' ").endswith("?")


# 鉴于该馆项目已终止: the sentence before tells which.
_THE_SAME = re.compile(
    "该(?:[馆站园校院路桥线厂街库项]|平台|系统|中心|工程|项目|办法|方案|制度|线路|公园|活动|试点|做法|机制)"
)
# 本平台由…主办,现已启用: the paper speaks of what its title names.
_OF_ITSELF = re.compile("本(?:平台|系统|馆|场馆|中心|站|园|公园|线路?|专线|项目|工程|程序|热线)")


def _issues(extraction: Extraction, words: str) -> str | None:
    """The title of a plan or a rule, where a passage issues it without naming it: 结合实际,制定本办法."""
    identity = extraction.identity
    if identity.kind not in _ISSUED or not identity.title or not union("relations", "issued").search(words):
        return None
    title = fold(identity.title)
    named = _TITLE.findall(title)
    return str(named[-1]) if named else title


def _head_of(unit: Unit) -> tuple[str, ...]:
    """The heading and the item head that a unit stands under."""
    return (*unit.section[-1:], *((unit.head,) if unit.head else ()))


def _may_say(unit: Unit, folded: str, quantities: Mapping[int, tuple[Quantity, ...]]) -> bool:
    """Sentences, and rows of tables with numbers or with what was or is to be done; a bracket that only names who is in
    charge says nothing."""
    if unit.role not in _SAYING or _ASIDE.match(folded[unit.span.start : unit.span.end]):
        return False
    if unit.role is UnitRole.TEXT or unit.span.start in quantities:
        return True
    return union("stages", "row_that_says").search(folded[unit.span.start : unit.span.end]) is not None


def _passage(
    unit: Unit, texts: tuple[str, str], start: int, near: str, head: tuple[str, ...], numbers: tuple[Quantity, ...]
) -> Passage:
    folded, plain = texts
    words = folded[start : unit.span.end]
    parts = tuple(_parts(words, plain, start))
    above = " ".join((*map(fold, _head_of(unit)), near))
    pairs = frozenset().union(*(part.pairs for part in parts))
    around, over = pairs_of(above) - pairs, pairs_of(" ".join(map(fold, head))) - pairs
    return Passage(
        index=unit.index,
        unit=unit,
        words=words,
        parts=parts,
        pairs=pairs,
        letters=rare_letters("".join(pairs)),
        around=around,
        head=over,
        titles=tuple(_TITLE.findall(words)),
        titled=pairs - pairs_of(_TITLE.sub(" ", words)) if "《" in words else frozenset(),
        vocabulary=pairs | around | over,
        names=frozenset(_NAME.findall(words)).difference(words_of("spots", "slogan")),
        numbers=numbers,
        mass=fsum(map(telling, pairs)),
    )


def _parts(words: str, plain: str, start: int) -> Iterator[Part]:
    for clause in clauses_of(mask(words)):
        first, last = clause.start, clause.start + len(clause.words)
        yield Part(start + first, words[first:last], pairs_of(plain[start + first : start + last]))


def _by_unit(extraction: Extraction) -> dict[int, tuple[Quantity, ...]]:
    found: dict[int, tuple[Quantity, ...]] = {}
    for quantity in extraction.quantities:
        start = quantity.unit_span.start
        found[start] = (*found.get(start, ()), quantity)
    return found
