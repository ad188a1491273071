"""What a careful clerk would mark in a document before it goes on: numbers and days that don't agree."""

from __future__ import annotations

from extractors.checking.changes import changes
from extractors.checking.days import impossible_days, past_deadlines
from extractors.checking.figures import rows_of
from extractors.checking.items import stated_counts
from extractors.checking.ranges import reversed_ranges
from extractors.checking.repeats import differing_values
from extractors.checking.shares import shares, wholes
from extractors.checking.sums import closing_sums, parts, years
from extractors.numbering import part_items
from models.extraction import Extraction
from models.findings import Finding, FindingCode
from models.text import fold_once


def check(extraction: Extraction) -> tuple[Finding, ...]:
    """The findings about one document, in the order of its text; none is the usual case.

    全市共办理建议120件,其中A类80件、B类30件、C类15件。 -> CLASSES_DIFFER, said 120件, reckoned 125件

    Only what can be reckoned from numbers printed in the document is held against each other: bounds (以上), ranges and
    numbers whose whole isn't told are left alone, and each number is taken as exact as it was printed.
    """
    text, folded = extraction.document.text, part_items(fold_once(extraction.document.text))
    rows = rows_of(extraction, folded)
    found = [
        *parts(rows),
        *closing_sums(rows),
        *years(rows),
        *shares(rows),
        *wholes(rows),
        *changes(rows),
        *stated_counts(extraction.units, folded),
        *differing_values(rows),
        *past_deadlines(extraction, folded),
        *impossible_days(text, folded),
        *reversed_ranges(rows, text, folded),
    ]
    yearly = {finding.spans for finding in found if finding.code is FindingCode.YEARS_DIFFER}
    found = [one for one in found if one.code is not FindingCode.PARTS_EXCEED_TOTAL or one.spans not in yearly]
    return tuple(sorted(found, key=lambda finding: (finding.spans[0].start, finding.code)))
