"""A change against the old and the new value: 由100万人次增加到120万人次,增长25%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from extractors.checking.figures import Figure, Row, finding, word, written
from models.findings import Finding, FindingCode

_FROM = re.compile(r"(?:由|从)[^,。;]{0,16}$")
_TO = re.compile(r"(?:[升加长高降少减缩整扩增][至到为成]|[至到为成])[^,。;]{0,8}$")
_YEAR = re.compile(r"(20\d\d)年[^,。;]{0,8}$")
_OWN_BASE = re.compile(r"(?<![同环])[比较][^,。;]{2,}$")  # 较2023年增长24%: the old value isn't told
_HUNDRED = Decimal(100)


def changes(rows: Sequence[Row]) -> Iterator[Finding]:
    """Rises and falls that aren't the difference of the two values in front of them."""
    for row in rows:
        for at, claim in enumerate(row.figures):
            if at < 2 or not claim.exact:
                continue
            falls = bool(word("fall").search(claim.lead))
            if not falls and not word("rise").search(claim.lead):
                continue
            if _OWN_BASE.search(claim.lead):
                continue
            one, other = row.figures[at - 2 : at]
            pair = _old_and_new(one, other)
            if pair and all(figure.exact for figure in pair):
                yield from _judged(claim, *pair, falls)
            elif claim.unit == "%" and one.unit == other.unit and one.exact and other.exact:
                yield from _by_difference(claim, one, other)


def _old_and_new(one: Figure, other: Figure) -> tuple[Figure, Figure] | None:
    if one.unit != other.unit:
        return None
    if _FROM.search(one.lead) and _TO.search(other.lead):
        return one, other
    years = [_YEAR.search(figure.lead) for figure in (one, other)]
    if word("rise").search(other.lead) or word("fall").search(other.lead):
        return None
    if word("old").search(other.lead) and not word("old").search(one.lead):
        return other, one
    if years[0] and years[1]:
        return (one, other) if int(years[0][1]) < int(years[1][1]) else (other, one)
    return None


def _by_difference(claim: Figure, new: Figure, difference: Figure) -> Iterator[Finding]:
    """受理137件,较上年增加11件,增幅8.7%: 11 of the 126 before."""
    sign = 1 if word("rise").search(difference.lead) else -1 if word("fall").search(difference.lead) else 0
    old = new.value - sign * difference.value
    slack = new.slack + difference.slack
    if not sign or new.unit == "%" or old <= slack:
        return
    low, high = difference.low / (old + slack) * _HUNDRED, difference.high / (old - slack) * _HUNDRED
    if low > claim.high or high < claim.low:
        ratio = (difference.value / old * _HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)
        yield finding(FindingCode.CHANGE_DIFFERS, claim, (new, difference), f"{ratio.normalize():f}%")


def _judged(claim: Figure, old: Figure, new: Figure, falls: bool) -> Iterator[Finding]:
    sign = -1 if falls else 1
    change = (new.value - old.value) * sign
    slack = old.slack + new.slack
    if claim.unit == "%" and old.unit != "%":
        if old.low <= 0:
            return
        low, high = (change - slack) / old.high, (change + slack) / old.low
        low, high, change = low * _HUNDRED, high * _HUNDRED, change / old.value * _HUNDRED
        reckoned = f"{change.quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}%"
    elif claim.unit == old.unit != "%" or (claim.unit == "个百分点" and old.unit == "%"):
        low, high, reckoned = change - slack, change + slack, written(change, claim)
    else:
        return
    if low > claim.high or high < claim.low:
        yield finding(FindingCode.CHANGE_DIFFERS, claim, (old, new), reckoned)
