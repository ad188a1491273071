"""Width and script folding, character for character, so that offsets stay.

Rules are written for the folded text: half-width letters, digits and `,;:?!()%`, simplified characters. Quotations are
always cut from the text as read, at the same offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

from models.ruling import ruled

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTH |= {0x3000: 0x20, 0x00A0: 0x20, 0x09: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0xFEFF: 0x20}
_WIDTH |= dict.fromkeys((0x39F, 0x3BF, 0x41E, 0x43E), 0x3007)  # 二ΟΟ七年: a Greek or Cyrillic O for 〇
_WIDTH |= {ord(old): ord(new) for old, new in zip("﹪﹐﹔﹕｡､｢｣「」", "%,;:。、“”“”", strict=True)}
# 答覆 is 答复 in either script; alone 覆 (覆盖) is a word of its own.
_REPLY = re.compile("(?<=[答函批回])覆")

# A scanner's 2O24年 and l1日: letters inside the digits of a date have one reading only. Elsewhere they stay.
_LETTER = re.compile("[OoIl]")
_SLIP = re.compile(r"\d[OoIl]|[OoIl]\d")
_SLIPPED_DATE = re.compile(r"(?<![A-Za-z0-9])(?=[OoIl]*\d)[0-9OoIl]{1,4}(?= ?[年月日])")
_MENDED = str.maketrans("OoIl", "0011")
_SHORT = 60  # characters of a heading or a quotation
_MANY = 20  # different characters to fold: beyond these, one pass over the text is quicker than a pass for each


def fold(text: str) -> str:
    """The text in half width and simplified characters, each character in its old place; bars rule its tables.

    >>> fold("新增５０％，２０２５年")
    '新增50%,2025年'
    >>> fold("對縣政協提案的答覆"), fold("2O24年7月l1日"), fold("LO级"), fold('"十四五"期间')
    ('对县政协提案的答复', '2024年7月11日', 'LO级', '“十四五”期间')
    """
    return _folded_before(text) if len(text) <= _SHORT else _folded(text)


@lru_cache(maxsize=4096)
def _folded_before(text: str) -> str:
    """The same; headings and quotations are folded again with every unit that stands under them."""
    return _folded(text)


def _folded(text: str) -> str:
    folded = _in_table(ruled(text))
    if "覆" in folded:
        folded = _REPLY.sub("复", folded)
    if _LETTER.search(folded) and _SLIP.search(folded):
        folded = _SLIPPED_DATE.sub(lambda found: found[0].translate(_MENDED), folded)
    if '"' in folded or _ASKEW.search(folded):
        folded = _QUOTING.sub(_paired, folded)
    return folded


# Typed "十四五"期间, ”十四五”期间 or “十四五“期间: what opens and what closes is told by the order within its line.
_ASKEW = re.compile("“[^”\n]*“|”[^“\n]*”")
_QUOTING = re.compile('[^\n]*["“”][^\n]*')
_QUOTE = re.compile('["“”]')


def _paired(line: re.Match[str]) -> str:
    """A line with its double quotation marks in turn; one with a mark too many stays, since its sentence goes on."""
    marks = len(_QUOTE.findall(line[0]))
    turns = iter("“”" * (marks // 2))
    return _QUOTE.sub(lambda _: next(turns), line[0]) if marks % 2 == 0 else line[0]


@lru_cache(maxsize=1)
def fold_once(text: str) -> str:
    """The same; the last text is kept, for those that read a whole document one after the other."""
    return fold(text)


def has_other_script(text: str) -> bool:
    """Whether folding changes more than widths: False for a simplified text.

    >>> has_other_script("對縣政協提案的答覆"), has_other_script("新增５０％，覆盖率")
    (True, False)
    """
    return not _table().keys().isdisjoint(map(ord, _traditional().findall(text))) or (
        "覆" in text and bool(_REPLY.search(text))
    )


def _in_table(text: str) -> str:
    """The text with each character as the table has it. Most texts hold a handful of full-width marks and no more."""
    chars = _foldable().findall(text)
    if not chars:
        return text
    table = _table()
    found = {char: chr(table[ord(char)]) for char in set(chars) if ord(char) in table}
    if len(found) > _MANY or not found.keys().isdisjoint(found.values()):
        return text.translate(table)
    for old, new in found.items():
        text = text.replace(old, new)
    return text


@cache
def _foldable() -> re.Pattern[str]:
    return _any_of(old for old, new in _table().items() if old != new)


@cache
def _traditional() -> re.Pattern[str]:
    return _any_of(old for old, new in _table().items() if old != new and old not in _WIDTH)


def _any_of(codes: Iterable[int]) -> re.Pattern[str]:
    """One of these characters, or any beyond the first 65,536: a list of those would be gone through one by one."""
    return re.compile(f"[{re.escape(''.join(chr(code) for code in codes if code <= 0xFFFF))}\U00010000-\U0010ffff]")


@cache
def _table() -> dict[int, int]:
    """Width and script in one table; the script's pairs are OpenCC's (traditional to simplified, one to one).

    乾 stays: 乾县 and 乾隆 are simplified, too.
    """
    lines = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines)
    script = {ord(pair[0]): ord(pair[1]) for pair in pairs if len(pair) > 1 and len(pair[0]) == len(pair[1]) == 1}
    del script[ord("乾")]
    return script | _WIDTH
