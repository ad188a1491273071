"""The lines that a browser would show of an html element: blocks and <br> break them, tables become rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.readers import grids
from corpus.readers.markup import Element

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "caption", "legend",
))  # fmt: skip
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "object", "embed",
    "svg", "math", "select", "option", "button", "input", "textarea", "canvas", "audio", "video", "map", "rp",
    "rt",
))  # fmt: skip
_INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SOURCE_BREAK = re.compile(r"[ \t\r\f]*\n\s*")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_EDGES = " \t\u00a0\u3000"
_WRAP = "\x1f"  # a line break of the source, which is a blank between words and nothing between Han
_HAN_WRAP = re.compile("(?<=[^\x00-\x7f])\x1f|\x1f(?=[^\x00-\x7f])")
_NOTE_MARK = re.compile(r"[\[〔（(]?(?:\d{1,3}|[①-⑳])[\]〕）)]?")
_LONGEST_CELL = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A line as shown, the element in which it begins, and whether all of it is a link."""

    text: str
    owner: Element
    linked: bool


def flow(element: Element, skip: Callable[[Element], bool] = lambda _: False) -> Iterator[Line]:
    """The lines of an element in order, blank ones left out; elements for which `skip` holds are passed over."""
    return _Flow(element, skip).lines()


def tag_of(node: Element) -> str:
    """The element's name, "" for comments and instructions."""
    return node.tag.lower() if isinstance(node.tag, str) else ""


@dataclass(slots=True)
class _Flow:
    element: Element
    skip: Callable[[Element], bool]
    pieces: list[str] = field(default_factory=list)
    owner: Element | None = None
    number: str = ""  # of a list's item, until its first words come
    links: int = 0  # depth of links around
    linked: int = 0  # characters of this line within links
    done: list[Line] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        walk = etree.iterwalk(self.element, events=("start", "end"))
        self.owner = self.element
        for event, node in walk:
            tag = tag_of(node)
            if event == "start":
                if self._open(node, tag):
                    walk.skip_subtree()
            else:
                self._close(node, tag)
            if self.done:
                yield from self.done
                self.done.clear()
        self._break(self.element)
        yield from self.done

    def _open(self, node: Element, tag: str) -> bool:
        """Take in an element's beginning; True where its inside is passed over."""
        if node is not self.element and (_is_unseen(node, tag) or self.skip(node)):
            return True
        if tag in _BLOCKS:
            self._break(node)
        if tag == "table" and (rows := _grid(node)) is not None:
            for text in grids.lines_of(rows):
                self.done.append(Line(text, node, False))
            return True
        if tag == "li":
            self.number = _list_number(node)
        self.links += tag == "a"
        self._say(node.text)
        return False

    def _close(self, node: Element, tag: str) -> None:
        if tag == "a" and self.links:
            self.links -= 1
        above = node.getparent()
        if tag == "br" or tag in _BLOCKS:
            self._break(above if above is not None else node)
        if node is not self.element:
            self._say(node.tail)

    def _say(self, text: str | None) -> None:
        if text:
            said = _BLANKS.sub(" ", _SOURCE_BREAK.sub(_WRAP, text))
            self.pieces.append(said)
            self.linked += len(said.strip()) if self.links else 0

    def _break(self, owner: Element) -> None:
        if self.pieces:
            text = _HAN_WRAP.sub("", "".join(self.pieces)).replace(_WRAP, " ").strip(_EDGES)
            if text and self.owner is not None:
                self.done.append(Line(self.number + re.sub(" {2,}", " ", text), self.owner, self.linked >= len(text)))
                self.number = ""
            self.pieces.clear()
        self.owner, self.linked = owner, 0


def _is_unseen(node: Element, tag: str) -> bool:
    if tag in _UNSEEN or not tag or node.get("hidden") is not None:
        return True
    return _is_note_mark(node, tag) or bool(_INVISIBLE_STYLE.search(node.get("style") or ""))


def _is_note_mark(node: Element, tag: str) -> bool:
    """Whether the element is the raised number of a footnote: left out, lest 21.3% become 21.3%1."""
    above = node.getparent()
    linked = (above is not None and tag_of(above) == "a") or node.find("a") is not None
    return tag == "sup" and linked and bool(_NOTE_MARK.fullmatch("".join(map(str, node.itertext())).strip()))


def _list_number(item: Element) -> str:
    """The number that a browser puts before an item of an ordered list."""
    above = item.getparent()
    if above is None or tag_of(above) != "ol" or re.search(r"list-style[^;]*none", above.get("style") or ""):
        return ""
    items = [node for node in above if tag_of(node) == "li"]
    start = above.get("start") or "1"
    return f"{(int(start) if start.isdigit() else 1) + items.index(item)}. "


def _grid(table: Element) -> list[list[grids.Cell]] | None:
    """The rows of a table of data; None where it only lays out the page (one column, tables or long texts inside)."""
    if any(True for _ in table.iterdescendants("table")):
        return None
    rows = [[node for node in row if tag_of(node) in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    cells = [[_cell(node) for node in row] for row in rows]
    return None if any(len(cell.text) > _LONGEST_CELL for row in cells for cell in row) else cells


def _cell(node: Element) -> grids.Cell:
    text = "\n".join(line.text for line in flow(node))
    return grids.Cell(text, _span(node, "colspan"), _span(node, "rowspan"))


def _span(node: Element, name: str) -> int:
    text = (node.get(name) or "").strip()
    return min(int(text), 1000) if text.isdigit() and int(text) else 1
