"""Percentages against the numbers that they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from extractors.checking.figures import Figure, Row, finding, summed, word
from extractors.checking.sums import only_one
from models.findings import Finding, FindingCode

_RATE = re.compile(r"(?P<stem>[一-鿿]{2})率(?:为|达到?|是|均为|仅为?|约为?)?$")
_OF_IT = re.compile(r"^(?:多|余)?[^,。;、\d]{0,6}的(?:约|近)?$")
_AMONG = re.compile(r"^[^,。;\d]{0,10}(?:中|里)[,有]?")
_WHOLE = re.compile(r"(?:总|共|全|收到|受理|登记)[^,。;]{0,12}$")


def shares(rows: Sequence[Row]) -> Iterator[Finding]:
    """Percentages that aren't what their own part and whole come to."""
    for at, row in enumerate(rows):
        for claim in row.figures:
            if claim.unit != "%" or not claim.exact:
                continue
            part, whole = _part_and_whole(rows, at, claim) or _of_class(rows, at, claim) or (None, [])
            if part and all(figure.exact for figure in (part, *whole)):
                yield from _judged(claim, part, whole)


def _part_and_whole(rows: Sequence[Row], at: int, claim: Figure) -> tuple[Figure, list[Figure]] | None:
    row = rows[at]
    before = row.before(claim)
    if before is None or before.unit == "%":
        return _rated(claim, *_two_behind(row, claim))
    earlier = row.before(before)
    if _OF_IT.match(claim.lead):
        return (earlier, [before]) if earlier and _counted_alike(earlier, before) and _names_whole(before) else None
    if word("of_whole").search(claim.lead):
        whole = _whole_of(rows, at, before)
        return (before, [whole]) if whole else None
    return _rated(claim, earlier, before)


def _counted_alike(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit and one.unit != "%"


def _names_whole(figure: Figure) -> bool:
    return bool(word("of_named").search(figure.lead))


def _whole_of(rows: Sequence[Row], at: int, part: Figure) -> Figure | None:
    """What a part is a share of: the total that it names, the number of the things among which it is, or the only
    total of the unit or of the one in front."""
    row = rows[at]
    ahead = [figure for figure in row.figures[: part.place] if figure.unit == part.unit]
    for figure in ahead:
        if figure.index == part.quantity.part_of or _AMONG.match(row.between(figure, part)):
            return figure
    if ahead:
        return ahead[0] if _WHOLE.search(ahead[0].lead) else None
    only = only_one(rows[at - 1], part.unit) if at else None
    return only if only and _WHOLE.search(only.lead) and not _WHOLE.search(part.lead) else None


def _two_behind(row: Row, claim: Figure) -> tuple[Figure | None, Figure | None]:
    """合格率98%,检查120批次,合格118批次: the pair may follow its rate."""
    at = claim.place
    return (row.figures[at + 1], row.figures[at + 2]) if at + 2 < len(row.figures) else (None, None)


def _rated(claim: Figure, earlier: Figure | None, before: Figure | None) -> tuple[Figure, list[Figure]] | None:
    """计划改造60个,已完成45个,完成率75%: the rate's own word stands at its part."""
    found = _RATE.search(claim.lead)
    if not found or earlier is None or before is None or not _counted_alike(earlier, before):
        return None
    stem = re.compile(rf"(?<![不未无非]){found['stem']}")
    at_earlier, at_before = (bool(stem.search(figure.lead)) for figure in (earlier, before))
    at_before = at_before or bool(stem.search(claim.lead[: found.start()]))
    if at_before and (not at_earlier or word("planned").search(earlier.lead)):
        part, whole = before, earlier
    elif at_earlier and word("planned").search(before.lead):
        part, whole = earlier, before
    else:
        return None
    return (part, [whole]) if part.value <= whole.value or found["stem"] == "完成" else None


def _of_class(rows: Sequence[Row], at: int, claim: Figure) -> tuple[Figure, list[Figure]] | None:
    """A类12件,占60%;B类5件,占25%;C类4件,占15%: three classes and more are the whole themselves."""
    part = rows[at].before(claim)
    if part is None or not word("of_whole").search(claim.lead) or not word("class").search(part.lead):
        return None
    classes = _classes_of(rows[max(0, at - 4) : at], part)
    here = _classes_of(rows[at : at + 5], part)
    listed = [*classes, *here]
    return (part, listed) if len(listed) > 2 else None


def _classes_of(rows: Sequence[Row], part: Figure) -> list[Figure]:
    return [
        figure
        for row in rows
        for figure in row.figures
        if figure.unit == part.unit and word("class").search(figure.lead)
    ]


def _judged(claim: Figure, part: Figure, whole: Sequence[Figure]) -> Iterator[Finding]:
    low, high = summed(whole, [part, *whole])
    least, most = summed([part], [part, *whole])
    if low <= 0 or (least / high * 100 <= claim.high and most / low * 100 >= claim.low):
        return
    value = sum((figure.value for figure in whole), Decimal(0))
    ratio = part.value / value * 100
    step = Decimal(10) ** int(claim.value.as_tuple().exponent) if claim.value % 1 else Decimal(1)
    cut_off = ratio.quantize(step, ROUND_DOWN) == claim.value
    code = FindingCode.SHARE_TRUNCATED if cut_off else FindingCode.SHARE_DIFFERS
    reckoned = ratio.quantize(min(step, Decimal("0.1")), ROUND_HALF_UP)
    others = (part, *(figure for figure in whole if figure is not part))
    yield finding(code, claim, others, f"{reckoned.normalize():f}%", soft=cut_off)


def wholes(rows: Sequence[Row]) -> Iterator[Finding]:
    """Shares of one whole that are more than all of it together: A类占60%,B类占25%,C类占20%."""
    for row in rows:
        listed = [figure for figure in row.figures if figure.unit == "%" and word("of_whole").search(figure.lead)]
        if len(listed) < 2 or not all(figure.exact for figure in listed):
            continue
        if any(word("overlap").search(figure.lead) for figure in listed):
            continue
        if sum((figure.low for figure in listed), Decimal(0)) > 100:
            total = sum((figure.value for figure in listed), Decimal(0))
            yield finding(FindingCode.SHARES_EXCEED_WHOLE, listed[0], listed[1:], f"{total.normalize():f}%", soft=True)
