"""What a passage leaves out of a promise that it speaks of: a place for the whole, a part still open, a part not told.

A fact about one town doesn't keep a promise for the county; of two things that were promised, one done is a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import fsum

from extractors.headings import union
from extractors.tracking.pieces import piece_missing
from extractors.tracking.prepared import Part, Passage, Prepared, Promise
from extractors.tracking.spots import named_spots
from extractors.tracking.stages import bare_mark
from extractors.tracking.wording import pairs_of, telling
from models.text import fold

OPEN = 0.45  # points of the promise's words that only an open clause has
_YEARS_TO_COME = frozenset({"明年", "后年", "今后"})  # 订单排到了明年 tells no plan
BEHIND = 1.2  # the same, of the sentence behind
SPOKEN = 0.5  # points of the promise that the clauses told as done must have
NAMED = 0.45  # of telling: a list of 部门、单位 names nothing that could be missed

_ONLY = re.compile("(?:仅|光|单是?)(?:在)?[\u4e00-\u9fff]{2,5}(?:镇|乡|村|街道|社区|一地)?就")
_PHASE = re.compile("(?<=[\u4e00-\u9fff])(?<![第举办了过每各下本])(?:一|首)期(?!间|工程款|[培次班讲])")
_LATER_PHASE = re.compile("[二三四]期(?!间)")
_LAST_PHASE = re.compile("[二三四]期|全面|全部|整体")
_STAGE_KEPT = re.compile("期|标段|首|率先|第一")
_BEHIND_NAMES = re.compile("[各均都设建实配安办发给提购增\\d一二三四五六七八九十两]|分别")
_LIST = re.compile("[\u4e00-\u9fff\\d]{2,14}(?:、[\u4e00-\u9fff\\d]{2,14})+(?!等)")
_REST = re.compile("(?:剩余|剩下|余下|其余|还有|尚有|另有)的?[\\d一二三四五六七八九十两]+([\u4e00-\u9fff])")
_SOME = re.compile(r"\d+[个家所处座名台户条](?!月|工作日|学时)[^,]{0,12}(?:待|[尚还仍]?未|没有|正在|还在|仍在)")
_THE_OTHERS = ("其余", "其他", "其它", "另")
_COUNTED = re.compile("\\d+[\u4e00-\u9fff]?$")


def narrower(promise: Promise, words: str) -> str | None:
    """The one place, or the first stage, that a passage tells of, where more was promised.

    “刘集镇组织护林员培训” for “组织全县护林员培训”; “首批52家上线” for “全部上线”.
    """
    promised = promise.passage.words
    if only := _ONLY.search(words):
        return only[0]
    titled = any(title in words for title in promise.commitment.instruments)
    stage = None if titled else union("told", "first_stage").search(words)
    if stage and not _STAGE_KEPT.search(promised) and union("told", "whole_place").search(promised):
        return stage[0]
    phase = None if titled or ("期" in promised and not _LATER_PHASE.search(promised)) else _PHASE.search(words)
    if phase and not _LAST_PHASE.search(words):
        return phase[0]
    if not union("told", "whole_place").search(promised) or union("told", "everywhere").search(
        union("told", "urban").sub("", words).replace("全部", "")
    ):
        return None
    urban = union("told", "urban").search(words)
    if urban and not union("told", "urban").search(promised):
        return urban[0]
    return next((place for place in named_spots(words) if place not in promised), None)


def part_open(promise: Promise, shown: Passage, later: Prepared) -> str | None:
    """The clause, here or in the next sentence, that tells of a part as open, beside clauses that tell of the rest.

    “监测点已建成,小程序仍在开发” for “建设监测点,开发小程序”: the second clause.
    """
    clauses = [(part, _is_open(part, promise) or _is_to_come(part, promise)) for part in shown.parts]
    clauses = _with_subjects(clauses, promise)
    said = [part for part, is_open in clauses if not is_open]
    told = _pairs(said) & promise.passage.pairs
    if _worth(told) < SPOKEN:
        return None
    left = promise.passage.pairs - told
    verbs = _verbs(promise.passage.words).difference(*(_verbs(part.words) for part in said))
    behind = next((each for each in later.passages if each.index == shown.index + 1), None)
    following = [part for part in behind.parts if _is_open(part, promise)] if behind else []
    for least, parts in ((OPEN, [part for part, is_open in clauses if is_open]), (BEHIND, following)):
        for part in parts:
            here = part.pairs & promise.passage.pairs
            if _worth(here & left) >= least or (_worth(here) >= SPOKEN and verbs & _verbs(part.words)):
                return part.words
    return None


def rest_open(promise: Promise, shown: Passage) -> str | None:
    """The clause that counts what is left of something promised, where it, or the one behind it, says that it is open.

    “查出错接点113处,已改97处,剩余16处待地铁完工后改” for “逐一溯源,错接点整改到位”.
    """
    for at, part in enumerate(shown.parts):
        rest = _REST.match(part.words)
        if not rest or not any(_waits(each) for each in shown.parts[at : at + 2]):
            continue
        before = (each for each in shown.parts[:at] if not each.words.startswith(_THE_OTHERS))
        counted = [each for each in before if re.search(rf"\d{rest[1]}", each.words)]
        if _worth(_pairs(counted) & promise.passage.pairs) >= OPEN:
            return part.words
    return None


def some_wait(promise: Promise, parts: Iterable[Part]) -> str | None:
    """The clause that counts some that still wait, where all were promised: 14个乡镇接入,3家待专线开通后接入."""
    if not union("told", "whole").search(promise.passage.words):
        return None
    return next(
        (part.words for part in parts if _SOME.search(part.words) and union("told", "going_on").search(part.words)),
        None,
    )


def _waits(part: Part) -> bool:
    return bool(union("told", "going_on").search(part.words) or union("relations", "ahead").search(part.words))


def _verbs(words: str) -> frozenset[str]:
    return frozenset(union("told", "makes").findall(words))


def _is_open(part: Part, promise: Promise) -> bool:
    if union("told", "going_on").search(part.words):
        return True
    promised = promise.passage.words
    return any(
        bare_mark(found[0]) not in promised
        for meaning in ("part", "missed", "under_way")
        for found in union("relations", meaning).finditer(part.words)
    )


def _with_subjects(clauses: list[tuple[Part, bool]], promise: Promise) -> list[tuple[Part, bool]]:
    """The clauses, where what an open one speaks of may stand before it: 北斗溪镇山高户散,暂时只拿出了方案."""
    found = list(clauses)
    for at in range(1, len(found)):
        part, is_open = found[at]
        before = found[at - 1][0]
        if is_open and not part.pairs & promise.passage.pairs and not union("relations", "done").search(before.words):
            found[at - 1] = (before, True)
    return found


def _is_to_come(part: Part, promise: Promise) -> bool:
    """Whether a clause says that it will be, in words that the promise hasn't: 清单将于近期公布."""
    found = union("relations", "ahead").search(part.words)
    if found is None or found[0] in _YEARS_TO_COME or found[0] in promise.passage.words:
        return False
    return union("told", "more").search(part.words) is None


def part_untold(promise: Promise, shown: Passage, later: Prepared, counted: bool = False) -> str | None:
    """Another thing to be made that neither the passage nor its paper tells of, where it tells of one of them.

    “协会揭牌成立” for “成立协会并制定分级标准”: the second. `counted`: a promised number is told as reached, so that
    the items of a list needn't be, nor the piece that has the number.
    """
    return (None if counted else _listed(promise, shown)) or piece_missing(promise, shown, later, counted)


def _listed(promise: Promise, shown: Passage) -> str | None:
    """An item of a list that isn't named where others are: 在车站、医院设立岗亭 -> 医院的岗亭设立."""
    if union("told", "everywhere").search(shown.words):
        return None
    for listed in _LIST.finditer(promise.passage.words):
        if "等" in listed[0] or any(listed[0] in fold(each.indicator or "") for each in promise.passage.numbers):
            continue
        items = [_COUNTED.sub("", item) for item in listed[0].split("、")]
        heads = [items[0][-2:], *(item[:2] for item in items[1:])]
        if any(len(head) < 2 or telling(head) < NAMED for head in heads):
            continue
        own = [pairs_of(items[0][-3:]), *(pairs_of(_BEHIND_NAMES.split(item)[0][:6]) for item in items[1:])]
        alone = [pairs.difference(*own[:at], *own[at + 1 :]) for at, pairs in enumerate(own)]
        missing = [
            head
            for head, pairs in zip(heads, alone, strict=True)
            if head not in shown.words and not pairs & shown.pairs
        ]
        if missing and len(missing) < len(heads):
            return missing[0]
    return None


def _pairs(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset().union(*(part.pairs for part in parts))


def _worth(pairs: Iterable[str]) -> float:
    return fsum(map(telling, pairs))
