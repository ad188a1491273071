"""What a careful clerk would mark in a document: numbers and days that don't agree with each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.documents import Span


class FindingCode(StrEnum):
    """What doesn't agree."""

    PARTS_EXCEED_TOTAL = "parts_exceed_total"
    PARTS_DIFFER = "parts_differ"
    CLASSES_DIFFER = "classes_differ"
    YEARS_DIFFER = "years_differ"
    SHARE_DIFFERS = "share_differs"
    SHARE_TRUNCATED = "share_truncated"
    SHARES_EXCEED_WHOLE = "shares_exceed_whole"
    CHANGE_DIFFERS = "change_differs"
    ITEMS_DIFFER = "items_differ"
    VALUES_DIFFER = "values_differ"
    DEADLINE_BEFORE_LETTER = "deadline_before_letter"
    IMPOSSIBLE_DATE = "impossible_date"
    RANGE_REVERSED = "range_reversed"


@dataclass(frozen=True, slots=True)
class Finding:
    """疑点: numbers or days of one document that don't agree, all quoted.

    共12件，其中A类8件、B类5件 -> code CLASSES_DIFFER, spans 12件, 8件, 5件, said "12件", reckoned "13件".

    `spans` begins with the claim (the total, the percentage, the stated count); what it was held against follows in the
    order of the text. `said` is the claim as printed, `reckoned` what comes out of the others ("" where nothing can:
    an impossible date). `soft`: rounding, overlapping parts or the wording may explain it.
    """

    code: FindingCode
    spans: tuple[Span, ...]
    said: str
    reckoned: str
    soft: bool = False
