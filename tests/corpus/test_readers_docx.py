"""Word files as the reader of the page sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
import specimens

from corpus.readers import read
from corpus.readers.numbering import as_number

W = f'xmlns:w="{specimens.W}"'


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, level: int = 0, num: int = 1) -> str:
    """A paragraph that Word numbers."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(number: int, fmt: str, text: str, more: str = "", start: int = 1) -> str:
    begin = f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>'
    return f'{begin}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'


OFFICE = numbering(
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4") + level(4, "decimal", "%1.%5", "<w:isLgl/>")
)  # fmt: skip


def lines_of(tmp_path: Path, body: str, **parts: str) -> list[str]:
    path = tmp_path / "letter.docx"
    path.write_bytes(specimens.word(specimens.document_xml(body), **parts))
    return read(path).text.split("\n")


def test_office_numbering_counts_in_every_level_and_begins_again_below_each_head(tmp_path: Path) -> None:
    body = "".join(
        item(text, depth)
        for text, depth in [
            ("基本情况", 0), ("设施", 1), ("经费", 1), ("补助", 2), ("奖励", 2), ("标准", 3),
            ("打算", 0), ("修缮", 1), ("下", 4),
        ]
    )  # fmt: skip
    assert lines_of(tmp_path, body, numbering=OFFICE) == [
        "一、基本情况", "（一）设施", "（二）经费", "1. 补助", "2. 奖励", "①标准", "二、打算", "（一）修缮", "2.1 下",
    ]  # fmt: skip


def test_a_list_goes_on_counting_after_text_between(tmp_path: Path) -> None:
    assert lines_of(tmp_path, item("甲") + p("说明。") + item("乙"), numbering=OFFICE) == ["一、甲", "说明。", "二、乙"]


def test_a_start_override_begins_again_once(tmp_path: Path) -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙") + item("丙", num=2) + item("丁", num=2)
    found = lines_of(tmp_path, body, numbering=numbering(level(0, "decimal", "%1、"), nums))
    assert found == ["1、甲", "2、乙", "1、丙", "2、丁"]


def test_lists_of_one_definition_count_on_together(tmp_path: Path) -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    )
    found = lines_of(tmp_path, item("甲") + item("乙", num=2), numbering=numbering(level(0, "decimal", "%1、"), nums))
    assert found == ["1、甲", "2、乙"]


def test_an_override_may_bring_its_own_level(tmp_path: Path) -> None:
    own = level(0, "upperLetter", "%1)")
    nums = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{own}</w:lvlOverride></w:num>'
    assert lines_of(tmp_path, item("甲") + item("乙"), numbering=numbering(level(0, "decimal", "%1、"), nums)) == [
        "A) 甲",
        "B) 乙",
    ]


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it(tmp_path: Path) -> None:
    styles = (
        f"<w:styles {W}>"
        '<w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Head"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="Head"/></w:style></w:styles>'
    )
    none = '<w:pStyle w:val="Head"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>') for text, style in [("甲", "Head"), ("乙", "Sub"), ("丙", "Plain")]
    )
    found = lines_of(tmp_path, body + p("不编号", none), numbering=OFFICE, styles=styles)
    assert found == ["一、甲", "（一）乙", "二、丙", "不编号"]


def test_bullets_and_unknown_lists_leave_no_sign(tmp_path: Path) -> None:
    bullets = numbering(level(0, "bullet", "\uf0b7"))
    assert lines_of(tmp_path, item("甲") + item("乙", num=9), numbering=bullets) == ["甲", "乙"]


def test_a_level_may_start_elsewhere_and_never_begin_again(tmp_path: Path) -> None:
    levels = level(0, "chineseCounting", "%1、", start=3) + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    body = item("甲") + item("子", 1) + item("乙") + item("丑", 1)
    assert lines_of(tmp_path, body, numbering=numbering(levels)) == ["三、甲", "1. 子", "四、乙", "2. 丑"]


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (10, "chineseCounting", "十"), (19, "chineseCountingThousand", "十九"), (20, "chineseCounting", "二十"),
        (101, "chineseCountingThousand", "一百零一"), (110, "chineseCountingThousand", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"), (3, "ideographTraditional", "丙"), (2, "ideographZodiac", "丑"),
        (11, "ideographDigital", "一一"), (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircle", "㉑"),
        (3, "decimalEnclosedParen", "⑶"), (12, "decimalFullWidth", "１２"), (7, "decimalZero", "07"),
        (27, "lowerLetter", "aa"),
        (14, "upperRoman", "XIV"), (5, "none", ""), (5, "somethingNew", "5"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_list_s_style(value: int, style: str, written: str) -> None:
    assert as_number(value, style) == written


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_tables_are_rows_with_merged_cells_filled_in(tmp_path: Path) -> None:
    body = table(
        tc("水域分片泊位表", '<w:gridSpan w:val="3"/>'),
        tc("片区", '<w:vMerge w:val="restart"/>') + tc("泊位", '<w:gridSpan w:val="2"/>'),
        tc("", "<w:vMerge/>") + tc("上年") + tc("今年"),
        tc("北湾") + tc("12") + tc(""),
    )
    assert lines_of(tmp_path, body) == ["水域分片泊位表", "片区|泊位|泊位", "片区|上年|今年", "北湾|12|"]


def test_a_table_of_one_column_is_a_frame_around_paragraphs(tmp_path: Path) -> None:
    assert lines_of(tmp_path, table(f"<w:tc>{p('甲。')}{p('乙。')}</w:tc>")) == ["甲。", "乙。"]


def test_paragraphs_of_a_cell_stand_on_its_row(tmp_path: Path) -> None:
    assert lines_of(tmp_path, table(f"<w:tc>{p('县水利局')}{p('县财政局')}</w:tc>" + tc("牵头"))) == [
        "县水利局县财政局|牵头"
    ]


def test_deletions_hidden_text_and_field_codes_are_left_out_insertions_kept(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>新增座椅</w:t></w:r><w:del><w:r><w:delText>八</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>六</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        "<w:hyperlink><w:r><w:t>把</w:t></w:r></w:hyperlink>"
        '<w:fldSimple w:instr="REF"><w:r><w:t>。</w:t></w:r></w:fldSimple>'
        "</w:p>"
    )
    assert lines_of(tmp_path, body) == ["新增座椅六把。"]


def test_soft_breaks_part_lines_and_content_controls_are_read(tmp_path: Path) -> None:
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("控件中的段落") + "</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>上行</w:t><w:br/><w:t>下行</w:t><w:br w:type='page'/><w:noBreakHyphen/><w:t>3</w:t></w:r></w:p>"
    )
    assert lines_of(tmp_path, body) == ["控件中的段落", "上行", "下行-3"]


def test_a_text_box_is_read_once_before_or_after_its_paragraph(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>"
        f"<w:txbxContent>{p('县文旅局文件')}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{p('县文旅局文件')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    text = "<w:r><w:t>关于开放古渡口的答复</w:t></w:r>"
    assert lines_of(tmp_path, f"<w:p>{box}{text}</w:p>") == ["县文旅局文件", "关于开放古渡口的答复"]
    assert lines_of(tmp_path, f"<w:p>{text}{box}</w:p>") == ["关于开放古渡口的答复", "县文旅局文件"]


def test_footnotes_stand_at_the_end_without_word_s_separators(tmp_path: Path) -> None:
    separator = f'<w:footnote w:type="separator" w:id="0">{p("———")}</w:footnote>'
    notes = f'<w:footnotes {W}>{separator}<w:footnote w:id="2">{p("据县统计局。")}</w:footnote></w:footnotes>'
    body = '<w:p><w:r><w:t>渡口三处</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + p("特此答复。")
    assert lines_of(tmp_path, body, footnotes=notes) == ["渡口三处", "特此答复。", "据县统计局。"]


def test_strict_files_and_other_part_names_are_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    path = tmp_path / "strict.docx"
    path.write_bytes(specimens.word(specimens.document_xml(p("年内完成。")).replace(specimens.W, strict)))
    assert read(path).text == "年内完成。"


def test_the_title_comes_from_the_properties(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "titled.docx"
    made = docx.Document()
    made.core_properties.title = "关于渡口的答复"
    made.add_paragraph("特此答复。")
    made.save(str(path))
    assert (read(path).title, read(path).text, read(path).form) == ("关于渡口的答复", "特此答复。", "docx")
