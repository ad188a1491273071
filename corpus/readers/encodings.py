"""Bytes to text: UTF-8, GB18030 and UTF-16, with a byte order mark or without; rubbish is told from text."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
# All but what Chinese office prose is made of: letters, digits, blanks, punctuation, Han.
_ODD = re.compile("[^\t\n\r -~\u00a0-\u00ff\u2010-\u203b\u3000-\u301f\u3400-\u9fff\uff01-\uff5e\ufeff]")
_SAMPLE = 20_000
_SMALL = 64 * 1024
_LIKELY = 0.9  # the share of plain characters in a text; Chinese read in a wrong code falls far below
_FEW = 0.002  # stray control characters that a text converted from Word may hold


def decode(data: bytes) -> str | None:
    """The text of some bytes, without byte order mark; None where they are no text in any of our codes.

    A character cut off at the very end is dropped.

    >>> decode("关于健身步道的答复".encode("gb18030"))
    '关于健身步道的答复'
    >>> decode(bytes(range(256))) is None
    True
    """
    return _decoded_once(data) if len(data) <= _SMALL else _decoded(data)


@lru_cache(maxsize=1)
def _decoded_once(data: bytes) -> str | None:
    """The same; of a small file its form is told by its text, which is then asked for again."""
    return _decoded(data)


def _decoded(data: bytes) -> str | None:
    for mark, code in _MARKS:
        if data.startswith(mark):
            return _plausible(_strict(data[len(mark) :], code), floor=0.5)
    text = _plausible(_strict(data, "utf-8"), floor=0.5)
    if text is not None:
        return text
    read = (_plausible(_strict(data, code)) for code in ("gb18030", "utf-16-le", "utf-16-be"))
    whole = max((text for text in read if text is not None), key=_common_share, default=None)
    return whole if whole is not None else _with_few_broken(data)


def _with_few_broken(data: bytes) -> str | None:
    """The text where a few bytes are broken, as in pages put together from several sources: each shows as U+FFFD."""
    for code in ("utf-8", "gb18030"):
        text = _plausible(data.decode(code, "replace"))
        if text is not None and text.count("\ufffd") <= max(1, _FEW * len(text)):
            return text
    return None


def looks_binary(data: bytes) -> bool:
    """Whether no code of ours makes a text of these bytes."""
    return decode(data) is None


def readable_share(text: str) -> float:
    """The share of characters that Chinese office prose is made of."""
    sample = text[:_SAMPLE]
    return (len(sample) - len(_ODD.findall(sample))) / (len(sample) or 1)


def _strict(data: bytes, code: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(code)("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return None


def _plausible(text: str | None, floor: float = _LIKELY) -> str | None:
    if text is None:
        return None
    sample = text[:_SAMPLE]
    controls = len(_CONTROLS.findall(text))
    if controls > _FEW * len(text) or "\x00" in sample:
        return None
    return text if not sample or readable_share(text) >= floor else None


def _common_share(text: str) -> float:
    """The share of characters among the 3,755 most used ones (GB 2312 level 1), or ASCII and Chinese punctuation."""
    sample = text[:_SAMPLE]
    return sum(map(_is_common, sample)) / (len(sample) or 1)


def _is_common(char: str) -> bool:
    return char < "\x7f" or b"\xa1" <= char.encode("gb2312", "replace")[:1] <= b"\xd7"
