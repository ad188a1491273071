"""A sample's source text: what stands on the page, line by line, with how each line is set.

A source is plain text, one paragraph a line; a mark in front says how it is set: `^` centred, `>` to the right,
`<` flush left, none: an indented paragraph. Lines with `|` are rows of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"


class Setting(StrEnum):
    """How a line is set on the page."""

    CENTRED = "^"
    RIGHT = ">"
    FLUSH = "<"
    BODY = ""
    ROW = "|"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table row of a sample, without its mark."""

    setting: Setting
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return self.text.split("|")


def read_source(name: str, folder: Path = SOURCES) -> tuple[Line, ...]:
    """The lines of one source text."""
    return tuple(_line_of(raw) for raw in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines() if raw)


def plain_text(lines: tuple[Line, ...]) -> str:
    """What a reader of the page sees, one paragraph a line: what every form of the sample must give again."""
    return "\n".join(line.text for line in lines)


def blocks(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """The lines in order, consecutive table rows together: a block is one paragraph or one whole table."""
    found: list[tuple[Line, ...]] = []
    for line in lines:
        if line.setting is Setting.ROW and found and found[-1][0].setting is Setting.ROW:
            found[-1] = (*found[-1], line)
        else:
            found.append((line,))
    return found


def words_of(text: str) -> str:
    """The text without any white space: forms may break lines and indent as they like."""
    return re.sub(r"\s+", "", text)


def _line_of(raw: str) -> Line:
    for setting in (Setting.CENTRED, Setting.RIGHT, Setting.FLUSH):
        if raw.startswith(setting.value):
            return Line(setting, raw[1:])
    return Line(Setting.ROW if "|" in raw else Setting.BODY, raw)
