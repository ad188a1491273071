"""Word files -> their lines: paragraphs with the list numbers that the page shows, tables, text boxes, footnotes.

Tracked deletions, hidden text, comments, headers and footers are left out; insertions are kept.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.readers import grids
from corpus.readers.limits import Limits
from corpus.readers.markup import Element, parse_part
from corpus.readers.numbering import Numbering, W, read_numbering
from corpus.readers.packages import xml_parts
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"
_STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)

# Elements whose text the page doesn't show, or shows elsewhere.
_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sdtPr",
        "rt",
        "sectPr",
    )
) | {f"{_MC}Fallback"}
_SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # symbol fonts: bullets and ticks without a character of their own


def read_docx(path: Path, limits: Limits) -> Document:
    """The document of a .docx file; `title` from its properties.

    Raises DOCTYPE, DAMAGED, ENCRYPTED, TOO_LARGE, and SCANNED where it holds pictures alone.
    """
    package = _Package(path.name, xml_parts(path, limits))
    story = _Story(package)
    lines = list(story.lines(package.body()))
    for name in ("footnotes", "endnotes"):
        lines += package.notes(name, story)
    text = "\n".join(lines)
    if not text.strip() and package.has_pictures():
        raise UnreadableDocument(path.name, Unreadable.SCANNED, "pictures alone")
    notes = ("left_out_inserted_file",) if story.chunks else ()
    return Document(path.name, "docx", text, title=package.title(), notes=notes)


@dataclass(slots=True)
class _Package:
    """The parts of the file that say something, found through their relations."""

    file: str
    parts: dict[str, bytes]
    _roots: dict[str, Element | None] = field(default_factory=dict)

    def body(self) -> Element:
        """The main story. UnreadableDocument (DAMAGED): the file has none."""
        root = self._root(self._main())
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise UnreadableDocument(self.file, Unreadable.DAMAGED, "no document part")
        return body

    def notes(self, kind: str, story: _Story) -> list[str]:
        """The lines of the footnotes or endnotes; separators, which have a type, aren't any."""
        root = self._related(kind)
        found: list[str] = []
        for note in root if root is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                found += story.lines(note)
        return found

    def numbering(self) -> Numbering:
        """The document's lists; not looked for where nothing is numbered."""
        if not any(b"numPr" in data for data in self.parts.values()):
            return Numbering()
        linked = {}
        for name, style in self.styles().items():
            num = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if style.get(f"{W}type") == "numbering" and num is not None:
                linked[name] = num.get(f"{W}val") or ""
        return read_numbering(self._related("numbering"), linked)

    def styles(self) -> dict[str, Element]:
        """The styles by their ids."""
        root = self._related("styles")
        return {} if root is None else {node.get(f"{W}styleId") or "": node for node in root.iterfind(f"{W}style")}

    def title(self) -> str | None:
        """The title in the file's properties; None where it is empty, too."""
        root = self._root("docProps/core.xml")
        found = root.findtext(f"{_DC}title") if root is not None else None
        return found.strip() or None if found else None

    def has_pictures(self) -> bool:
        return any(b"/image" in data for name, data in self.parts.items() if name.endswith(".rels"))

    def _main(self) -> str:
        for relation in self._relations(""):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
        return "word/document.xml"

    def _related(self, kind: str) -> Element | None:
        main = self._main()
        for relation in self._relations(main):
            if (relation.get("Type") or "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                return self._root(target.lstrip("/") if target.startswith("/") else _beside(main, target))
        return None

    def _relations(self, part: str) -> Iterator[Element]:
        root = self._root(_beside(part, f"_rels/{posixpath.basename(part)}.rels"))
        return root.iterfind(_REL) if root is not None else iter(())

    def _root(self, name: str) -> Element | None:
        if name not in self._roots:
            data = self.parts.get(name)
            self._roots[name] = None if data is None else parse_part(data.replace(*_STRICT), self.file, name)
        return self._roots[name]


def _beside(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _style_list(name: str, nodes: dict[str, Element]) -> tuple[str | None, int | None]:
    """The list and the level that a paragraph style gives, its own or those of the styles that it is based on."""
    seen: set[str] = set()
    level: int | None = None
    while name in nodes and name not in seen:
        seen.add(name)
        numbering = nodes[name].find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            level = _list_level(numbering) if level is None else level
            num = numbering.find(f"{W}numId")
            if num is not None:
                return num.get(f"{W}val") or "0", level
        based = nodes[name].find(f"{W}basedOn")
        name = (based.get(f"{W}val") or "") if based is not None else ""
    return None, None


def _list_level(numbering: Element) -> int | None:
    node = numbering.find(f"{W}ilvl")
    text = node.get(f"{W}val") if node is not None else None
    return int(text) if text and text.isdigit() else None


@dataclass(slots=True)
class _Story:
    """Lines in reading order; knows how far each list has counted."""

    package: _Package
    chunks: int = 0
    numbering: Numbering = field(init=False)
    style_lists: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)  # as met
    styles: dict[str, Element] = field(init=False)
    default_style: str = field(init=False)

    def __post_init__(self) -> None:
        self.numbering = self.package.numbering()
        self.styles = self.package.styles() if self.numbering.levels else {}
        self.default_style = next((name for name, node in self.styles.items() if _is_default(node)), "")

    def lines(self, container: Element) -> Iterator[str]:
        """The lines of a body, a cell, a note or a text box."""
        for node in container:
            if node.tag == f"{W}p":
                yield from self._paragraph(node)
            elif node.tag == f"{W}tbl":
                yield from self._table(node)
            elif node.tag == f"{W}altChunk":
                self.chunks += 1
            elif node.tag == f"{_MC}AlternateContent":
                yield from self._chosen(node)
            elif node.tag not in _LEFT_OUT:  # sdt, sdtContent, customXml, ins, moveTo hold paragraphs too
                yield from self.lines(node)

    def _chosen(self, node: Element) -> Iterator[str]:
        choice = node.find(f"{_MC}Choice")
        return self.lines(choice if choice is not None else node)

    def _paragraph(self, node: Element) -> Iterator[str]:
        before, text, after = _Runs().read(node)
        for box in before:
            yield from self.lines(box)
        text = _PRIVATE.sub("", text)
        if text.strip():
            first, *rest = (line.strip(" \t") for line in text.split("\n"))
            yield self._label(node) + first
            yield from (line for line in rest if line)
        for box in after:
            yield from self.lines(box)

    def _label(self, node: Element) -> str:
        if not self.numbering.levels:
            return ""
        numbering = node.find(f"{W}pPr/{W}numPr")
        style_node = node.find(f"{W}pPr/{W}pStyle")
        style = (style_node.get(f"{W}val") if style_node is not None else None) or self.default_style
        if style not in self.style_lists:
            self.style_lists[style] = _style_list(style, self.styles)
        num, level = self.style_lists[style]
        if numbering is not None:
            own = numbering.find(f"{W}numId")
            num = own.get(f"{W}val") if own is not None else num
            level = _list_level(numbering) if _list_level(numbering) is not None else level
        if num is None or num == "0":
            return ""
        return self.numbering.label(num, level if level is not None else self.numbering.level_of_style(num, style))

    def _table(self, node: Element) -> list[str]:
        rows = [self._row(row) for row in _inside(node, "tr") if row.find(f"{W}trPr/{W}del") is None]
        if all(len(row) <= 1 for row in rows):  # a frame around text is no table
            return [line for row in rows for cell in row for line in cell.text.split("\n") if line]
        return grids.lines_of(rows)

    def _row(self, row: Element) -> list[grids.Cell]:
        before = row.find(f"{W}trPr/{W}gridBefore")
        cells = [grids.Cell("", columns=_count(before))] if before is not None else []
        for cell in _inside(row, "tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            above = merge is not None and merge.get(f"{W}val") != "restart"
            text = "" if above else "\n".join(self.lines(cell))
            cells.append(grids.Cell(text, _count(cell.find(f"{W}tcPr/{W}gridSpan")), above=above))
        return cells


def _count(node: Element | None) -> int:
    text = node.get(f"{W}val") if node is not None else None
    return int(text) if text and text.isdigit() and int(text) else 1


def _inside(node: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those within content controls; not those of tables inside."""
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _inside(child, name)


@dataclass(slots=True)
class _Runs:
    """What one paragraph shows: its own text, and the text boxes anchored before and after the text begins."""

    pieces: list[str] = field(default_factory=list)
    before: list[Element] = field(default_factory=list)
    after: list[Element] = field(default_factory=list)

    def read(self, paragraph: Element) -> tuple[list[Element], str, list[Element]]:
        """The boxes before the text, the text, the boxes behind it."""
        stack: list[Iterator[Element]] = [iter(paragraph)]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
            elif (inner := self._take(node)) is not None:
                stack.append(inner)
        return self.before, "".join(self.pieces), self.after

    def _take(self, node: Element) -> Iterator[Element] | None:
        """Note what the node shows; its children where they are to be looked at too."""
        tag = node.tag
        if tag in (f"{W}t", f"{_M}t"):
            self.pieces.append(node.text or "")
        elif tag in _SIGNS:
            self.pieces.append(_SIGNS[tag])
        elif tag == f"{W}br":
            self.pieces.append("" if node.get(f"{W}type") in ("page", "column") else "\n")
        elif tag == f"{W}txbxContent":
            (self.after if "".join(self.pieces).strip() else self.before).append(node)
        elif tag == f"{_MC}AlternateContent":
            return _alternatives(node)
        elif tag == f"{W}r":
            return None if _vanishes(node) else iter(node)
        elif tag not in _LEFT_OUT:
            return iter(node)
        return None


def _alternatives(node: Element) -> Iterator[Element]:
    """The first alternative that shows text, one of them only: a text box stands in Choice and again in Fallback."""
    for child in node:
        if any(True for _ in child.iter(f"{W}t", f"{W}txbxContent")):
            return iter(child)
    return iter(())


def _vanishes(run: Element) -> bool:
    found = run.find(f"{W}rPr/{W}vanish")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off")
