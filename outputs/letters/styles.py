"""How official papers look (GB/T 9704—2012): the page, the fonts with what stands in for them, the styles.

A4, type area 156 by 225 mm, 22 lines of 28 characters: 三号仿宋 on 28.95 points; title 二号小标宋; headings 黑体, 楷体.
Fonts that a machine doesn't have are named with a stand-in in the font table, which Word and WPS look up.
"""

from __future__ import annotations

from typing import Any

SONG, HEI, KAI, FANG, LATIN = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "Times New Roman"
TITLE, HEADING, BODY = "Title", "Heading 1", "公文正文"
TABLE_HEAD, TABLE_TEXT, QUOTE, SOURCE, CAPTION, MARK = "表头", "表文", "表中引文", "表中出处", "图表题", "草稿标记"

TEXT_WIDTH = 156.0  # mm
_TOP, _BOTTOM, _LEFT, _RIGHT, _FOOTER = 37, 35, 28, 26, 23  # mm; page numbers stand 7 mm below the text
_LINE = 28.95
_SIZES = {"二号": 22.0, "三号": 16.0, "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0}

_STAND_INS = (
    (SONG, "方正小标宋_GBK,宋体,Noto Serif CJK SC", "roman"),
    (HEI, "SimHei,Noto Sans CJK SC", "swiss"),
    (KAI, "楷体,KaiTi,Noto Serif CJK SC", "roman"),
    (FANG, "仿宋,FangSong,Noto Serif CJK SC", "roman"),
)
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def dress(document: Any) -> None:
    """Gives an empty document the page and the styles."""
    _defaults(document)
    _page(document)
    normal = document.styles["Normal"]
    _font(normal, FANG, "三号")
    _spaced(normal, _LINE)
    for name, font, size in ((TITLE, SONG, "二号"), (HEADING, HEI, "三号")):
        style = document.styles[name]
        _font(style, font, size)
        _spaced(style, 34.0 if name == TITLE else _LINE)
        _bare(style)
    document.styles[TITLE].paragraph_format.alignment = _sides()["center"]
    for name, font, size, line, side in (
        (BODY, FANG, "三号", _LINE, "both"),
        (TABLE_HEAD, HEI, "五号", 0.0, "center"),
        (TABLE_TEXT, FANG, "五号", 0.0, "left"),
        (QUOTE, KAI, "五号", 0.0, "left"),
        (SOURCE, FANG, "小五", 0.0, "left"),
        (CAPTION, HEI, "小四", 0.0, "center"),
        (MARK, HEI, "三号", 0.0, "right"),
    ):
        _add(document, name, font, size, line, side)
    _indented(document.styles[BODY])
    document.styles[CAPTION].paragraph_format.keep_with_next = True
    document.styles[CAPTION].paragraph_format.space_before = _points(8)
    document.styles[TABLE_HEAD].paragraph_format.keep_with_next = True


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _sides() -> dict[str, Any]:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    return {"center": ALIGN.CENTER, "left": ALIGN.LEFT, "right": ALIGN.RIGHT, "both": ALIGN.JUSTIFY}


def _add(document: Any, name: str, font: str, size: str, line: float, side: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _font(style, font, size)
    _spaced(style, line)
    style.paragraph_format.alignment = _sides()[side]


def _font(style: Any, name: str, size: str) -> None:
    """The font for Han characters; letters and digits stand in Times New Roman, quotation marks with the Han."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(_SIZES[size]), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", name)):
        fonts.set(qn(f"w:{script}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _spaced(style: Any, line: float) -> None:
    """Lines of exactly so many points (0: as high as the font), no room around paragraphs."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY if line else WD_LINE_SPACING.SINGLE
    if line:
        layout.line_spacing = Pt(line)


def _bare(style: Any) -> None:
    """Without the rules and the spacing that the built-in title has."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:contextualSpacing"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    for name in ("w:spacing", "w:kern"):
        for found in style.element.get_or_add_rPr().findall(qn(name)):
            style.element.get_or_add_rPr().remove(found)


def _indented(style: Any) -> None:
    """The first line two characters in, whatever their size."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.paragraph_format.first_line_indent = Pt(2 * _SIZES["三号"])
    style.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def _defaults(document: Any) -> None:
    """Chinese as the language of Han characters, no theme fonts, and a font table with stand-ins."""
    from docx.oxml.ns import qn

    run = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    run.remove(run.find(qn("w:rFonts")))
    for language in (run.find(qn("w:lang")), document.settings.element.find(qn("w:themeFontLang"))):
        language.set(qn("w:eastAsia"), "zh-CN")
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = _font_table()


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{stand_in}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, stand_in, family in _STAND_INS
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{_MAIN}">{fonts}{latin}</w:fonts>'.encode()


def _page(document: Any) -> None:
    """A4 with the margins of official papers; page numbers “— 1 —” outside, on odd and even pages."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.footer_distance = Mm(_FOOTER)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = _sides()[side]
        _number(paragraph)


def _number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        run.font.size, run.font.name = Pt(_SIZES["四号"]), "宋体"
        if text is None:
            for kind in ("begin", None, "end"):
                element = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    element.set(qn("w:fldCharType"), kind)
                else:
                    element.text = "PAGE"
                run._r.append(element)
