"""Ranges that run backwards: 30%—20%, 2026—2024年."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.checking.figures import Figure, Row
from models.documents import Span
from models.findings import Finding, FindingCode
from models.quantities import Comparator

_SIGN = re.compile(r"\s?(?:[—–―~～-]{1,2}|至)\s?$")
_YEARS = re.compile(r"(2(?<![\d〔\[(]2)0\d\d)\s?年?\s?[—–―~～至到-]{1,2}\s?(20\d\d)\s?年")
_ENDS = re.compile(r"(\d+(?:\.\d+)?)\D*?[—–―~～至到-]{1,2}\s?(\d+(?:\.\d+)?)")
_CHANGES = re.compile(r"由|从|降|减|缩|调|压")


def reversed_ranges(rows: Sequence[Row], text: str, folded: str) -> Iterator[Finding]:
    """Ranges whose upper end is less than the lower one."""
    for row in rows:
        for figure in row.figures:
            yield from _within(figure)
            before = row.before(figure)
            if before and _is_backward(before, figure):
                start, end = before.span.start, figure.span.end
                yield _of(Span(start, end, text[start:end]))
    for found in _YEARS.finditer(folded):
        if int(found[2]) < int(found[1]):
            yield _of(Span(found.start(), found.end(), text[found.start() : found.end()]))


def _within(figure: Figure) -> Iterator[Finding]:
    """One range of which both ends share their scale: 8至5万元 is 80,000 to 50,000."""
    quantity = figure.quantity
    if quantity.comparator is not Comparator.RANGE or quantity.upper is None or _CHANGES.search(figure.lead[-6:]):
        return
    ends = _ENDS.match(quantity.span.text)
    backward = quantity.upper < quantity.value
    if backward or (ends and _same_scale(quantity.span.text, ends) and float(ends[2]) < float(ends[1])):
        yield _of(quantity.span)


def _same_scale(text: str, ends: re.Match[str]) -> bool:
    """Whether the first end has no scale of its own: 5000至1万 runs forward."""
    return "万" not in text[ends.end(1) : ends.start(2)] and float(ends[1]) < 1000


def _is_backward(before: Figure, figure: Figure) -> bool:
    return (
        before.unit == figure.unit
        and bool(_SIGN.fullmatch(figure.lead))
        and figure.high < before.low
        and not _CHANGES.search(before.lead[-6:])
    )


def _of(span: Span) -> Finding:
    return Finding(FindingCode.RANGE_REVERSED, (span,), span.text, "")
