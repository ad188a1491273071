"""A text divided into its units: what each is for, which part of the letter it stands in, and under which headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.cutting import cut
from extractors.forms import Form, form_of
from extractors.headings import RANK, zone_named
from extractors.roles import Sketch, framing, is_polite, is_thankful, looks_forward, sketch
from models.documents import Span, Unit, UnitRole, Zone

_PLANNED, _DONE, _ANSWER = Zone.PLANNED, Zone.DONE, Zone.ANSWER
_OPENING, _CLOSING = Zone.OPENING, Zone.CLOSING
_HEADING, _LEAD_IN, _ITEM_HEAD = UnitRole.HEADING, UnitRole.LEAD_IN, UnitRole.ITEM_HEAD


def divide(text: str, folded: str) -> tuple[Unit, ...]:
    """All units of a document in order, quoted from `text` and judged on `folded` (same length).

    >>> units = divide(t := "二、下步打算\\n年内建书屋。", t)
    >>> [(u.span.text, u.role.value, u.zone.value, u.section) for u in units][1]
    ('年内建书屋。', 'text', 'planned', ('二、下步打算',))
    """
    form = form_of(folded)
    items = sketch(folded, cut(folded), form)
    walk = _Walk(text, ends=_end_of_answer(items), form=form)
    return tuple(walk.step(index, item) for index, item in enumerate(items))


def _end_of_answer(items: list[Sketch]) -> int:
    """The index from which thanks close the letter: what stands behind them is courtesy, not the answer.

    A letter that thanks first (首先十分感谢你们…) answers afterwards.
    """
    left = _COURTESY_AT_MOST
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if item.role in _BACK or is_polite(item.body):
            continue
        left -= len(item.body)
        if left < 0:
            return index
    return 0


def _names_plans(body: str) -> bool:
    """2025年建设计划：in the middle of a line opens a list of plans, as on a line of its own."""
    return body.endswith(":") and "," not in body and zone_named(body) is _PLANNED


_COURTESY_AT_MOST = 60
"""Characters of plain text that may stand between the thanks that close a letter and its sign-off."""


@dataclass(slots=True)
class _Level:
    """A heading that is open: the style of its number, its words, and the zone that it opened."""

    style: str
    title: str
    zone: Zone
    lead_in: str | None = None
    lead_style: str = ""
    """How the lead-in itself is numbered: （二） behind （一）以下工作…： stands no more under it."""
    heads_done: bool = False
    """Whether 开展了以下工作： stands directly above its headings, so that 一、关于加大投入 tells what was done."""
    spoken: bool = False
    """Whether a sentence of running text turned to what is planned, so that the next paragraph may turn back."""


@dataclass(slots=True)
class _Walk:
    """What is known at one point of the text; `levels[0]` stands for the letter itself, without a heading."""

    text: str
    ends: int
    form: Form | None = None
    levels: list[_Level] = field(default_factory=lambda: [_Level("", "", _OPENING)])
    section: tuple[str, ...] = ()
    head: str | None = None
    head_is_inline: bool = False
    closing: bool = False
    announced: bool = False
    """Whether the piece before was a lead-in that announces what was done."""

    def step(self, index: int, item: Sketch) -> Unit:
        """The unit of one piece, after the piece has changed what is known."""
        quoted = self.text[item.piece.start : item.piece.end]
        zone = self._enter(index, item, quoted)
        self.announced = item.role is _LEAD_IN and zone is _DONE
        span, lead_in = Span(item.piece.start, item.piece.end, quoted), self.levels[-1].lead_in
        return Unit(span, index, item.role, zone, self.section, self.head, lead_in)

    def _enter(self, index: int, item: Sketch, quoted: str) -> Zone:
        if self.form and self.form.holds(item.piece.start):
            return _OPENING
        if item.role in _FRONT:
            if len(self.levels) > 1:
                del self.levels[1:]
                self._note_section()
            return _OPENING
        if item.role in _BACK:
            self.head = None
            return _CLOSING
        if item.role is _HEADING:
            return self._open(item, quoted)
        if item.role is _LEAD_IN:
            return self._announce(item, quoted)
        self._enter_item(item, quoted)
        return self._read_text(index, item)

    def _open(self, item: Sketch, quoted: str) -> Zone:
        """A heading closes those of its own rank and below, and brings its own zone or its parent's."""
        style = item.enumerator.style if item.enumerator else "plain"
        named = zone_named(item.body.rstrip(":"))
        self._close_down_to(style, named)
        parent = self._settled()
        self.levels[-1].heads_done |= self.announced
        follows = parent is _PLANNED or (parent is _DONE and self.levels[-1].heads_done)
        zone = parent if named is None or (named is _ANSWER and follows) else named
        self.levels.append(_Level(style, quoted, zone))
        self._note_section()
        self.head, self.closing = None, False
        return zone

    def _close_down_to(self, style: str, named: Zone | None) -> None:
        styles = [level.style for level in self.levels]
        if style in styles:
            del self.levels[styles.index(style) :]
        elif style == "plain":
            del self.levels[1 if named is not None else len(self.levels) :]
        else:
            while len(self.levels) > 1 and RANK.get(self.levels[-1].style, 0) > RANK[style]:
                self.levels.pop()

    def _note_section(self) -> None:
        self.section = tuple(level.title for level in self.levels[1:])

    def _settled(self) -> Zone:
        """The zone of the innermost open heading; a letter's opening ends where its first part begins."""
        if self.levels[0].zone is _OPENING:
            self.levels[0].zone = _ANSWER
        return self.levels[-1].zone

    def _announce(self, item: Sketch, quoted: str) -> Zone:
        """现答复如下： ends the opening; 下一步… and 主要做了以下工作： bring their zone until the part ends."""
        frames = framing()
        if item.piece.first and item.enumerator is None:
            self.head = None
        if frames["reply"].search(item.body):
            return _OPENING if self._was_opening() else self.levels[-1].zone
        level = self.levels[-1]
        if frames["done"].search(item.body):
            self._settled()
            level.zone = _DONE
        elif any(map(looks_forward, (item.body, *item.body.split(",")[1:]))) or _names_plans(item.body):
            self._settled()
            level.zone = _PLANNED
        elif level.zone is _PLANNED and _CANNOT.search(item.body):
            level.zone = _ANSWER
        level.lead_in, level.lead_style = quoted, item.enumerator.style if item.enumerator else ""
        return self._settled()

    def _was_opening(self) -> bool:
        opening = self.levels[0].zone is _OPENING
        self._settled()
        return opening

    def _enter_item(self, item: Sketch, quoted: str) -> None:
        """An item head governs its item; a numbered content closes the head or the heading of its own rank."""
        if item.role is _ITEM_HEAD:
            self.head, self.head_is_inline = quoted, not item.piece.first
        elif item.enumerator is not None:
            style = item.enumerator.style
            self.head = None
            if self.levels[-1].lead_style == style:
                self.levels[-1].lead_in = None
            if item.piece.first and any(level.style == style for level in self.levels[1:]):
                self._close_down_to(style, None)
                self._note_section()
        elif item.piece.first and self.head_is_inline:
            self.head = None

    def _read_text(self, index: int, item: Sketch) -> Zone:
        level = self.levels[-1]
        if self.closing:
            return _CLOSING
        if self.levels[0].zone is _OPENING:
            return self._read_opening(index, item)
        if item.piece.first and level.spoken and _LOOKS_BACK.match(item.body):
            level.zone, level.spoken = _ANSWER, False
        if looks_forward(item.body):
            level.spoken = level.spoken or level.zone is not _PLANNED
            level.zone = _PLANNED
            if (colon := item.body.find(":")) > 0:
                level.lead_in = self.text[item.piece.start : item.piece.end - len(item.body) + colon]
        elif is_thankful(item.body):
            self.closing = index > self.ends
            return _CLOSING
        return level.zone

    def _read_opening(self, index: int, item: Sketch) -> Zone:
        """The opening ends behind the receipt and the thanks, or with the last unit of a paragraph that ends 如下."""
        frames = framing()["reply"].search(item.body) or is_thankful(item.body) or _RECEIPT.search(item.body)
        if frames and not _RUN_ON.search(item.body):
            return _OPENING
        self._settled()
        return self._read_text(index, item)


# …收悉,现答复如下:该路已列入规划,将…: the answer begins on the line of the receipt
_RUN_ON = re.compile(r"[答回函]复如下[:,].{12,}")
_RECEIPT = re.compile(
    r"收悉|收到|您好|你好|主办|会办|并案|高度重视|转来|交办|(?:交|转交|交由)我|由我[局委办中们部厅院会省]"
)
# 在待遇水平方面,目前报销比例达70%: a paragraph that begins so tells of the next matter as it is.
_LOOKS_BACK = re.compile(
    r"(?:(?:[在关就]于?)?[^,]{2,16}(?:方面|上),)?(?:目前|近年来|近[两三几]年来?|多年来|长期以来|一直以来|截至|自?20\d\d年(?:以来|至|起)|今年以来"
    r"|“十[三四五]五”(?:时期|期间|以来)|我[局部委厅][^,]{0,4}(?:高度|历来|十分)重视)"
)
_CANNOT = re.compile("办不[了成到]|[不难]能?办|暂时不行|做不到")  # 再说一时办不了的。
_FRONT = frozenset({UnitRole.TITLE, UnitRole.SALUTATION})
_BACK = frozenset({UnitRole.SIGN_OFF, UnitRole.CONTACT})
