"""Text as a row of tokens: each Han character one, numbers and Latin words whole.

So a two-character word is a phrase of two tokens and is always found, whatever a word segmenter would have made of its
surroundings. Both databases index these rows; tokens are joined by single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.text import fold

_GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_TOKEN = re.compile(r"[a-z]{1,64}|[0-9]{1,32}(?:\.[0-9]{1,32})?|%|[^\W_]")  # longer runs are no words: cut in pieces
_PLAIN = re.compile(r"[0-9a-z.%㐀-鿌]*")


def split(text: str) -> list[str]:
    """The tokens of a text, in order.

    >>> split("新增停车位１，５００个，增长12.5％")
    ['新', '增', '停', '车', '位', '1500', '个', '增', '长', '12.5', '%']
    """
    return split_folded(fold(text))


def split_folded(folded: str) -> list[str]:
    """The tokens of a text that is folded already."""
    found = _TOKEN.findall(_GROUPED.sub("", folded.lower()))
    return found if _PLAIN.fullmatch("".join(found)) else [_spelled(token) for token in found]


def paired(tokens: Sequence[str]) -> list[str]:
    """A row of tokens as it is indexed where pairs are quicker: each Han character together with the one behind it.

    The last of a run of characters stands alone, so that every character begins a token.

    >>> paired(["停", "车", "位", "1500", "个"])
    ['停车', '车位', '位', '1500', '个']
    """
    following = [*tokens[1:], ""]
    return [one + two if _joins(one) and _joins(two) else one for one, two in zip(tokens, following, strict=True)]


def paired_phrase(phrase: Sequence[str]) -> tuple[list[str], bool]:
    """A phrase of tokens in a row of pairs, and whether its last token is only the beginning of one.

    >>> paired_phrase(("停", "车", "位")), paired_phrase(("1500", "个"))
    ((['停车', '车位'], False), (['1500', '个'], True))
    """
    row = paired(phrase)
    if not _joins(phrase[-1]):
        return row, False
    return (row[:-1], False) if len(phrase) > 1 and _joins(phrase[-2]) else (row, True)


def _joins(token: str) -> bool:
    return len(token) == 1 and not token.isascii()


def _spelled(token: str) -> str:
    """Characters that SQLite's tokenizer is too old to know as letters (𬒗 in place names) by their number."""
    return token if _PLAIN.fullmatch(token) else f"u{ord(token):x}"
