"""Samples as Word documents: automatic numbers, tables, a footnote, a tracked deletion."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.samples.letters import Line, Setting, blocks

STAMP = (2024, 1, 1, 0, 0, 0)
NUMBERS = (
    (re.compile(r"^[一二三四五六七八九十]{1,3}、"), "chineseCountingThousand", "%1、"),
    (re.compile(r"^（[一二三四五六七八九十]{1,3}）"), "chineseCountingThousand", "（%2）"),
    (re.compile(r"^\d{1,2}\.(?!\d)"), "decimal", "%3."),
)
COUNTING = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write_docx(
    lines: tuple[Line, ...],
    path: Path,
    numbering: bool = False,
    footnote: Mapping[str, str] | None = None,
    deleted: Mapping[str, str] | None = None,
) -> None:
    """A Word letter.

    `numbering`: 一、 （一） 1. are Word's own numbers, not typed, wherever Word would count the same; `footnote` and
    `deleted` say after which words a note stands, or words that were struck out with tracked changes.
    """
    import docx

    document = docx.Document()
    levels = _automatic(lines) if numbering else {}
    if levels:
        _add_numbering(document)
    for block in blocks(lines):
        if block[0].setting is Setting.ROW:
            _add_table(document, block)
        else:
            _add_paragraph(document, block[0], levels.get(block[0].text))
    if deleted:
        _insert_after(document, deleted["after"], _deletion(deleted["text"]))
    if footnote:
        _insert_after(document, footnote["after"], _reference())
        _add_footnotes(document, footnote["text"])
    _save(document, path)


def _automatic(lines: tuple[Line, ...]) -> dict[str, int]:
    """The level of each numbered paragraph that Word, counting by itself, would number as printed.

    A list that goes on over a heading (二、 （四）) is no such list: Word starts again at （一）.
    """
    levels, counted = {}, [0, 0, 0]
    for line in lines:
        level = next((i for i, (start, _, _) in enumerate(NUMBERS) if start.match(line.text)), None)
        if level is None or line.setting is not Setting.BODY:
            continue
        shown = line.text.lstrip("（")
        printed = int(re.split(r"\D", shown)[0]) if level == 2 else COUNTING.index(re.split("[、）]", shown)[0]) + 1
        if printed == counted[level] + 1:
            counted = [*counted[:level], printed, *[0] * (2 - level)]
            levels[line.text] = level
    return levels


def _add_paragraph(document: Any, line: Line, level: int | None) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    text = line.text if level is None else NUMBERS[level][0].sub("", line.text)
    paragraph = document.add_paragraph(text)
    if level is not None:
        _number(paragraph, level)
    if line.setting is Setting.CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.setting is Setting.RIGHT:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif line.setting is Setting.BODY:
        paragraph.paragraph_format.first_line_indent = Pt(32)


def _add_table(document: Any, rows: tuple[Line, ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0].cells))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.cells, strict=True):
            cell.text = text


def _add_numbering(document: Any) -> None:
    """Defines list 90, with three levels: 一、 （一） 1."""
    from docx.oxml import parse_xml

    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/></w:lvl>'
        for i, (_, form, shown) in enumerate(NUMBERS)
    )
    root = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num xmlns:w="{_W}" w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def _number(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 90


def _insert_after(document: Any, words: str, element: Any) -> None:
    """Puts an element right behind some words, which splits their run in two."""
    from copy import deepcopy

    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if words in run.text:
                at = run.text.index(words) + len(words)
                rest = deepcopy(run._r)
                whole = run.text
                run.text = whole[:at]
                rest.text = whole[at:]
                run._r.addnext(element)
                element.addnext(rest)
                return
    raise ValueError(f"these words are in no paragraph: {words}")


def _deletion(text: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(
        f'<w:del xmlns:w="{_W}" w:id="901" w:author="核稿" w:date="2024-06-17T00:00:00Z"><w:r>'
        f"<w:delText>{text}</w:delText></w:r></w:del>"
    )


def _reference() -> Any:
    from docx.oxml import parse_xml

    return parse_xml(f'<w:r xmlns:w="{_W}"><w:footnoteReference w:id="2"/></w:r>')


def _add_footnotes(document: Any, text: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}">'
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        f'</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode("utf-8"), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")


def _save(document: Any, path: Path) -> None:
    """Saves with fixed clocks: python-docx stamps properties and archive members with the current time."""
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = datetime(*STAMP)  # noqa: DTZ001 - Word's own clock has no zone
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda member: (member != "[Content_Types].xml", member)):
            target.writestr(zipfile.ZipInfo(name, STAMP), source.read(name), zipfile.ZIP_DEFLATED)
