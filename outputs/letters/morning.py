"""The morning report as Word: one table for each kind of news, with quotations and where they stand."""

from __future__ import annotations

from outputs.evidence import letter_day
from outputs.letters.styles import QUOTE, SOURCE
from outputs.letters.word import Cell, Head, Letter, Line
from outputs.morning import Entry, Morning, Section, news_words, since_words, whole_words

TITLE = "督办早报"
LISTED = 50  # of each kind; the sheet has more
_HEADS = (Head("序号", 10.0), Head("事项和单位", 42.0), Head("内容", 104.0))
_NUMBERS = "一二三四五六七八九十"  # as many as there are kinds of news


def morning_letter(morning: Morning) -> bytes:
    """The report as a docx file; of a day without news, one line."""
    letter = Letter(TITLE, morning.day)
    letter.plain(f"（{letter_day(morning.day)}，{since_words(morning)}）", "center")
    letter.gap()
    letter.body(news_words(morning))
    for note in morning.notes:
        letter.body(note)
    if morning.whole.promises:
        letter.body(whole_words(morning))
    for number, section in zip(_NUMBERS, (one for one in morning.sections if one.total), strict=False):
        letter.heading(f"{number}、{section.title}")
        _show(letter, section)
    return letter.save()


def _show(letter: Letter, section: Section) -> None:
    shown = section.entries[:LISTED]
    rows = [[[Line(str(number), side="center")], _case(entry), _told(entry)] for number, entry in enumerate(shown, 1)]
    letter.table(_HEADS, rows)
    if section.total > len(shown):
        letter.note(f"本表列前{len(shown)}条，共{section.total}条，其余见台账。")


def _case(entry: Entry) -> Cell:
    return [Line(text, bold=not number) for number, text in enumerate(filter(None, (entry.about, entry.unit)))]


def _told(entry: Entry) -> Cell:
    lines = [
        Line(entry.quote, QUOTE),
        Line(entry.told),
        Line(f"出处：{entry.source}" if entry.source else "", SOURCE),
    ]
    return [line for line in lines if line.text]
