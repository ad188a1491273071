"""What a later passage takes back: cancelled, changed to another number, or put off."""

from __future__ import annotations

import re

from extractors.headings import union
from extractors.tracking.clocks import clocks_of
from extractors.tracking.numbers import ratios_of, same_unit
from extractors.tracking.said import Said, Verdict
from extractors.tracking.wording import pairs_of
from models.evidence import Reason, Relation
from models.quantities import Role

_NO_MORE = re.compile("(?<![是否])(?:不再|不予|不宜)([\u4e00-\u9fff]{2})")
_NO_MORE_BY = re.compile(
    "(?<![是否])不(?:再|宜|(?=[单另]))[^,;。]{2,14}?([\u4e00-\u9fff]{2})(?=[,;。]|$)"
)  # 不再与院校共建
_OLD_PAPER = re.compile("同时废止")  # a new rule does away with the old one
_DONE_AWAY = "(?:取消|停止|停用|禁止|严禁|杜绝|不再|不得|不|免[收交除]?|清理|废止|废除|淘汰|减少|精简|防止|避免)"
_LEFT = re.compile("[由从]([^,由从]{2,12}?)(?:改|调整|变|转|升级|过渡)")


def withdrawn(said: Said) -> Verdict | None:
    """Cancelled, or changed to another number than the promised one; a later day alone repeats the promise."""
    if _OLD_PAPER.search(said.words) and "废止" not in said.promise.passage.words:
        return Verdict(None, Reason("speaks_of_it"))
    if said.new("cancelled") and not _only_the_old_way(said) and not _done_away_as_promised(said):
        return Verdict(Relation.CONTRADICTS, said.because("cancelled"))
    if kept := _kept_as_it_was(said):
        return Verdict(Relation.CONTRADICTS, Reason("says_cancelled", (kept,)))
    promised, told = clocks_of(said.promise.passage.words), clocks_of(said.words)
    if promised and told and not promised & told and said.has("changed"):
        return Verdict(Relation.CONTRADICTS, Reason("number_changed"))
    if said.new("changed") and (other := _other_number(said)):
        return Verdict(Relation.CONTRADICTS, Reason("number_changed", other))
    if risen := _risen_instead(said):
        return Verdict(Relation.CONTRADICTS, Reason("says_missed", (risen,)))
    if said.new("moved") and not promised & told and not _got_somewhere(said):
        return Verdict(Relation.RESTATES, said.because("moved"), ("day_moved",))
    return None


def _got_somewhere(said: Said) -> bool:
    """Whether beside the new day a step is told: 生产线已进场安装,投产推迟到9月."""
    rest = (part.words for part in said.parts if not union("relations", "moved").search(part.words))
    return any(_STEP.search(words) and not _OBSTACLE.search(words) for words in rest)


_STEP = re.compile(
    "(?:现已?|已|目前)完成[^,未]{0,10}\\d|(?:已|签[订了]了?|完成了?)[^,]{0,8}(?:进场|开工|封顶|协议|合同|安装|招标|验收|主体|土建|建成|投用)"
)
_OBSTACLE = re.compile("^(?:因|由于|受|鉴于|为配合)|[未没]|滞后|影响")


def _kept_as_it_was(said: Said) -> str | None:
    """That what was to be done away with stays, or what was to be done isn't any more: 予以保留, 不再改设直行待行区."""
    promised = said.promise.passage.words
    no_more = next((one for one in _NO_MORE.finditer(said.words) if one[1] in promised), None)
    if no_more and not re.search(f"{_DONE_AWAY}[^,;]{{0,16}}{no_more[1]}", promised):
        return no_more[0]
    if given_up := _given_up_by(said):
        return given_up
    stays = union("told", "stays").search(said.words) if union("told", "to_go").search(promised) else None
    return stays[0] if stays and stays[0] not in promised else None


def _given_up_by(said: Said) -> str | None:
    """That what was to be done isn't any more, where no other clause tells that it is: 不再由县级统一购买; not
    不再由各村购买,由县级购买.
    """
    for found in _NO_MORE_BY.finditer(said.words):
        verb = found[1]
        act = union("stages", "act").search(verb) or verb[-1] in _ACTS
        if act and verb in said.promise.passage.words and said.words.count(verb) == 1:
            return found[0]
    return None


_ACTS = "建办购修设聘采投派保置"


def _only_the_old_way(said: Said) -> bool:
    """Whether only what was to be left is given up: 线下窗口不再受理, of 由线下改为线上办理."""
    left = _LEFT.search(said.promise.passage.words)
    if left is None or said.has("missed"):
        return False
    own = pairs_of(left[1])
    given_up = [part for part in said.parts if union("relations", "cancelled").search(part.words)]
    return all(own & pairs_of(part.words) for part in given_up)


def _done_away_as_promised(said: Said) -> bool:
    """Whether what is given up is what was to be: 取消时段限制, of 免费乘车不再限制时段."""
    away = re.search(_DONE_AWAY + "(.{2,16})", said.promise.passage.words)
    if away is None or said.has("missed"):
        return False
    own = pairs_of(away[1])
    given_up = (found for part in said.parts for found in union("relations", "cancelled").finditer(part.words))
    return all(own & pairs_of(found.string[found.end() : found.end() + 12]) for found in given_up)


def _risen_instead(said: Said) -> str | None:
    """What rose where a fall was promised, and nothing is told to have fallen: 用气价格上涨0.15元."""
    falls = union("told", "to_fall")
    if not falls.search(said.promise.passage.words) or falls.search(said.words):
        return None
    risen = union("told", "risen").search(said.words)
    return risen[0] if risen else None


def _other_number(said: Said) -> tuple[str, ...]:
    """The number that the promised one was changed to, as printed; none where it was changed to the promised one."""
    words = said.shown.words
    for found in union("relations", "changed").finditer(words):
        ratios, promised = ratios_of(words[found.end() :]), ratios_of(said.promise.passage.words)
        if ratios and promised and not ratios & promised:
            return tuple(f"{one}:{other}" for one, other in sorted(ratios))
        if changed := _changed_to(said, found.start(), words.find(",", found.end())):
            return changed
    return ()


def _changed_to(said: Said, start: int, stop: int) -> tuple[str, ...]:
    """The numbers between two places of a passage that are none of the promised ones, in a promised one's unit."""
    first = said.shown.unit.span.end - len(said.shown.words)
    clause = range(first + start, first + (stop if stop >= 0 else len(said.shown.words)))
    promised = [own for own in said.promise.passage.numbers if own.role is not Role.ACTUAL]
    changed = []
    for other in said.shown.numbers:
        alike = [own for own in promised if same_unit(own, other)]
        if other.span.start in clause and alike and all(own.value != other.value for own in alike):
            changed.append(other.span.text)
    return tuple(changed)
