"""What the columns of another office's ledger are taken for, each with its reason; a person says what holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from models.evidence import Status
from models.foreign import SEVERAL, ForeignSheet, Meaning, Proposal, ReadAs
from outputs.phrases import phrase

_FOLDER = Path(__file__).parent
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_SPACES = re.compile(r"[\s:：*＊]+")
_YEAR_OR_DAY = re.compile(r"(?:19|20)\d\d|\d{1,2}月|年底|年内|季度")
_NUMBERED = re.compile(r"\d")
_OURS = re.compile(r"[0-9a-f]{16}")
_MOST_NUMBERED = 30  # characters of a cell that holds a case number
_SENTENCE = 10  # characters from which a cell may hold a promise
_SHORT = 12  # characters of a word for a status
_MOST_WORDS = 12  # different words for a status in a column
_HALF = 0.5


def propose(sheet: ForeignSheet) -> dict[str, Proposal]:
    """What each column is taken for, by its head."""
    found = {head: _by_head(head, sheet.values(column)) for column, head in enumerate(sheet.heads)}
    if not _has(found, Meaning.PROMISE):
        found |= _likeliest_promise(sheet, found)
    return _one_each(found)


def read_as_proposed(sheet: ForeignSheet, known: Mapping[str, Meaning] | None = None) -> ReadAs:
    """The proposals as if somebody had said so; `known`: what somebody said of the same heads before."""
    columns = dict(known) if known else {head: one.meaning for head, one in propose(sheet).items()}
    return ReadAs(sheet.name, columns, statuses_of(sheet, columns))


def statuses_of(sheet: ForeignSheet, columns: Mapping[str, Meaning]) -> dict[str, str | None]:
    """The words for a status in a sheet, and what each is taken for; None: nobody knows."""
    words = Counter(
        value
        for column, head in enumerate(sheet.heads)
        if columns.get(head) is Meaning.STATUS
        for value in sheet.values(column)
    )
    return {word: status_of(word) for word, _ in words.most_common(_MOST_WORDS * 5)}


def status_of(word: str) -> str | None:
    """The status that a word means; None: it isn't a known word.

    >>> status_of("已办结"), status_of(" 办理中 "), status_of("已选址，正在办手续")
    ('fulfilled', 'in_progress', None)
    """
    return _status_words().get(_SPACES.sub("", word))


def known_heads(heads: Iterable[str]) -> int:
    """How many different things these heads name."""
    return len({meaning for head in heads if (meaning := _named(head)[0])})


def _by_head(head: str, values: Sequence[str]) -> Proposal:
    meaning, why = _named(head)
    if meaning is None:
        return Proposal(Meaning.SKIP, "认不出这个表头")
    return _checked(meaning, why, values)


def _named(head: str) -> tuple[Meaning | None, str]:
    """What a head names, and why that is so."""
    whole = _SPACES.sub("", head)
    lower = whole.rpartition("/")[2]
    for said in dict.fromkeys((lower, _BRACKETS.sub("", lower), whole, _BRACKETS.sub("", whole))):
        if meaning := _exact().get(said):
            return meaning, f"表头就叫“{said}”"
    for part, meaning in _parts():
        if part in lower or part in whole:
            return meaning, f"表头里有“{part}”"
    return None, ""


def _checked(meaning: Meaning, why: str, values: Sequence[str]) -> Proposal:
    """The proposal after a look at what stands below the head."""
    if not values:
        return Proposal(meaning, f"{why}；这一列是空的", doubtful=meaning is not Meaning.SKIP)
    match meaning:
        case Meaning.STATUS:
            return _status_or_note(why, values)
        case Meaning.NOTE if _are_statuses(values):
            return Proposal(Meaning.STATUS, f"{why}，每格都是{_some(values)}这样的词")
        case Meaning.DEADLINE:
            fit = sum(1 for value in values if _YEAR_OR_DAY.search(value))
            return _fitting(meaning, f"{why}，{len(values)} 格里 {fit} 格像日期", fit, values)
        case Meaning.NUMBER if sum(1 for value in values if _OURS.fullmatch(value)) > len(values) * _HALF:
            return Proposal(Meaning.ID, f"{why}，里面是 duban 的编号")
        case Meaning.NUMBER:
            fit = sum(1 for value in values if _NUMBERED.search(value) and len(value) <= _MOST_NUMBERED)
            return _fitting(meaning, f"{why}，{len(values)} 格里 {fit} 格有号", fit, values)
        case Meaning.PROMISE:
            fit = sum(1 for value in values if len(value) >= _SENTENCE)
            return _fitting(meaning, f"{why}，{len(values)} 格里 {fit} 格是整句的话", fit, values)
        case _:
            return Proposal(meaning, why)


def _fitting(meaning: Meaning, why: str, fit: int, values: Sequence[str]) -> Proposal:
    return Proposal(meaning, why, doubtful=fit < len(values) * _HALF)


def _status_or_note(why: str, values: Sequence[str]) -> Proposal:
    if _are_statuses(values):
        return Proposal(Meaning.STATUS, f"{why}，每格都是{_some(values)}这样的词")
    long = sum(1 for value in values if len(value) > _SHORT)
    if long >= len(values) * _HALF:
        return Proposal(Meaning.NOTE, f"{why}，但 {len(values)} 格里 {long} 格是整句的话，当作备注", doubtful=True)
    return Proposal(Meaning.STATUS, f"{why}；有的词要说明当作什么", doubtful=True)


def _are_statuses(values: Sequence[str]) -> bool:
    """Whether a column holds few short words, most of them known ones for a status."""
    if len(set(values)) > _MOST_WORDS or any(len(value) > _SHORT for value in values):
        return False
    return sum(1 for value in values if status_of(value)) > len(values) * _HALF


def _some(values: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word, _ in Counter(values).most_common(3))


def _likeliest_promise(sheet: ForeignSheet, found: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """The one column without a known head that holds sentences, where no head names the promises."""
    wordy = [
        head
        for column, head in enumerate(sheet.heads)
        if found[head].why == "认不出这个表头"
        and (values := sheet.values(column))
        and sum(len(value) for value in values) >= _SENTENCE * len(values)
    ]
    if len(wordy) != 1:
        return {}
    return {wordy[0]: Proposal(Meaning.PROMISE, "别的列都不是，只有这一列是整句的话", doubtful=True)}


def _one_each(found: dict[str, Proposal]) -> dict[str, Proposal]:
    """Of two columns for one thing the surer one, then the left one; the other is left out, with the reason."""
    chosen: dict[Meaning, str] = {}
    order = sorted(found, key=lambda head: (found[head].doubtful, "表头就叫" not in found[head].why))
    for head in order:
        chosen.setdefault(found[head].meaning, head)
    return {
        head: one
        if one.meaning in SEVERAL or chosen[one.meaning] == head
        else Proposal(
            Meaning.SKIP, f"{one.why}；但“{chosen[one.meaning]}”更像{meaning_phrase(one.meaning)}", doubtful=True
        )
        for head, one in found.items()
    }


def _has(found: Mapping[str, Proposal], meaning: Meaning) -> bool:
    return any(one.meaning is meaning for one in found.values())


def meaning_phrase(meaning: Meaning) -> str:
    """What a column says, in Chinese.

    >>> meaning_phrase(Meaning.NUMBER), meaning_phrase(Meaning.SKIP)
    ('案号', '不导入')
    """
    return phrase(meaning)


@lru_cache(maxsize=1)
def _lists() -> Mapping[Meaning, Mapping[str, Sequence[str]]]:
    read = yaml.safe_load((_FOLDER / "heads.yaml").read_text(encoding="utf-8"))
    return {Meaning(name): lists for name, lists in read.items()}


@lru_cache(maxsize=1)
def _exact() -> Mapping[str, Meaning]:
    return {head: meaning for meaning, lists in _lists().items() for head in lists["is"]}


@lru_cache(maxsize=1)
def _parts() -> tuple[tuple[str, Meaning], ...]:
    return tuple((part, meaning) for meaning, lists in _lists().items() for part in lists["has"])


@lru_cache(maxsize=1)
def _status_words() -> Mapping[str, str]:
    read = yaml.safe_load((_FOLDER / "status_words.yaml").read_text(encoding="utf-8"))
    return {word: Status(code).value for code, words in read.items() for word in words}
