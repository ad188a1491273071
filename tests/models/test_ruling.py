"""Tables printed with tabs or wide blanks get their bars; forms, lists of people and sign-offs don't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ruling import ruled

TABLES = {
    "tabs": ("指标\t2024年\t2025年\n绿道（公里）\t38\t46", "指标|2024年|2025年\n绿道（公里）|38|46"),
    "two_columns": ("指标\t数值\n面积\t12亩\n产量\t13吨", "指标|数值\n面积|12亩\n产量|13吨"),
    "single_blanks_leave_cells_empty": (
        "序号　项目　投资　时限\n1　老街改造　820　6月底\n合计　　1120",
        "序号|项目|投资|时限\n1|老街改造|820|6月底\n合计||1120",
    ),
    "runs_of_blanks_are_one": ("镇街    任务数   完成数\n城东    12   11", "镇街|   任务数|  完成数\n城东|   12|  11"),
    "a_caption_between": (
        "表1　指标\n指标\t计划\n造林\t12亩\n育苗\t3亩\n表2　项目\n项目\t投资\n水闸\t820\n泵站\t460",
        "表1　指标\n指标|计划\n造林|12亩\n育苗|3亩\n表2　项目\n项目|投资\n水闸|820\n泵站|460",
    ),
    "a_chapter_behind": (
        "指标\t计划\n造林\t12亩\n育苗\t3亩\n第三章　保障",
        "指标|计划\n造林|12亩\n育苗|3亩\n第三章　保障",
    ),
    "rows_wider_than_the_head": (
        "街道　户数　投资\n东　　12　　820\n西　　9　　460",
        "街道|户数|投资\n东|　12|　820\n西|　9|　460",
    ),
    "single_spaces": (
        "指标名称 2020年 2025年 属性\n床位总量 1.86万张 2.24万张 预期性\n覆盖率 78% 100% 约束性",
        "指标名称|2020年|2025年|属性\n床位总量|1.86万张|2.24万张|预期性\n覆盖率|78%|100%|约束性",
    ),
    "one_cell_a_line": (
        "附件\n乡镇\n任务（套）\n完成时限\n河口镇\n36\n10月底\n北岭乡\n29\n11月底\n联系人：王某",
        "附件\n乡镇|任务（套）|完成时限\n河口镇|36|10月底\n北岭乡|29|11月底\n联系人：王某",
    ),
    "one_cell_a_line_in_numbered_rows": (
        "序号\n\n事项\n\n时限\n\n1\n\n新建书屋6座\n\n9月底\n\n2\n\n改造公厕；更换灯具\n\n6月底\n\n附则",
        "序号| 事项| 时限\n\n1| 新建书屋6座| 9月底\n\n2| 改造公厕；更换灯具| 6月底\n\n附则",
    ),
    "a_title_in_front": (
        "附件　清单\n类别　数量　时限\n水闸　3座　5月底",
        "附件　清单\n类别|数量|时限\n水闸|3座|5月底",
    ),
}


@pytest.mark.parametrize(("text", "want"), TABLES.values(), ids=TABLES)
def test_a_table_of_blanks_is_ruled_with_bars(text: str, want: str) -> None:
    assert ruled(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "会议名称　某市第七届人大会议\n编　　号　2024036　　收到日期　2024年2月21日\n题　　目　关于修桥的建议",
        "县水利局　　县财政局　　县农业农村局\n2025年3月5日　　2025年3月6日　　2025年3月7日",
        "姓名　单位　电话\n王一　一中　13900000000",
        "　　今年新建公厕12座。\n　　明年再建8座。",
        "张　三　联系电话\n一、总则",
        "王一 李二 张三\n赵四 钱五 孙六\n周七 吴八 郑九",
        "The table of 12 rows\nhas 3 cells here\nand 4 words there",
        "2024 年 5 月\n2025 年 6 月\n2026 年 7 月",
    ],
)
def test_forms_people_and_paragraphs_stay_as_they_are(text: str) -> None:
    assert ruled(text) == text


@given(st.text(alphabet="\t　 \n|一12亩。年", max_size=60))
def test_each_character_keeps_its_place(text: str) -> None:
    marked = ruled(text)
    assert len(marked) == len(text)
    assert all(old == new or (new == "|" and old in "\t　 ") for old, new in zip(text, marked, strict=True))
