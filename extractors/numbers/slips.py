"""Letters that a scanner read for digits: l36家 is 136家, 2O24年 is 2024年, 1O0户 is 100户.

Only where one reading is possible: a small l or a round O inside or at the head of a run that holds a digit, with
no other letter beside it, and a unit of counting or of time behind it. Everything else stays as it is (PM2.5,
O3浓度, L3级, B1层).
"""

from __future__ import annotations

import re

_LETTER = re.compile("[lOo]")
_SLIP = re.compile(r"[lOo](?=\d)|(?<=\d)[lOo]")
_RUN = re.compile(
    r"(?<![A-Za-z0-9.])(?=[\dlOo]*\d)(?=[\dlOo]*[lOo])[\dlOo]{2,9}(?:\.\d+)?"
    r"(?=\s?(?:[万亿千百余多]|年(?!级)|月|日|个|家|户|名|人|台|套|座|处|条|件|项|米|亩|公里|平方|元|吨|辆|张|所|间|盏|株|次|%))"
)
_DIGITS = str.maketrans("lOo", "100")


def mend(folded: str) -> str:
    """The text with such letters as digits, each in its place; the same text where there are none.

    >>> mend("改造l36家,2O24年底,O3浓度,PM2.5")
    '改造136家,2024年底,O3浓度,PM2.5'
    """
    if not _LETTER.search(folded) or not _SLIP.search(folded):
        return folded
    return _RUN.sub(lambda found: found[0].translate(_DIGITS), folded)
