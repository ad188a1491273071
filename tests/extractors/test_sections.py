"""How a document is divided: units, roles, zones, section paths, heads and lead-ins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import lexicon
from extractors.cutting import cut
from extractors.headings import read_enumerator
from extractors.roles import is_thankful, looks_forward
from extractors.sections import divide
from models.documents import Unit, UnitRole
from models.text import fold

TABLE = yaml.safe_load((Path(__file__).resolve().parent.parent / "cases" / "sections.yaml").read_text(encoding="utf-8"))

LOOKS = {"thanks": is_thankful, "forward": looks_forward, "forward_list": looks_forward}
LOOKED = [entry for entry in lexicon.load("lead_ins") if entry.meaning in LOOKS]


def units_of(text: str) -> tuple[Unit, ...]:
    return divide(text, fold(text))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in TABLE])
def test_each_unit_has_its_role_and_zone(row: dict[str, Any]) -> None:
    units = units_of(row["text"])
    wanted = [tuple(part.strip() for part in line.split(" | ")) for line in row["units"]]
    found = [
        (f"{unit.role.value} {unit.zone.value}", unit.span.text[: len(words)])
        for unit, (_, words) in zip(units, wanted, strict=False)
    ]
    assert found == wanted, row["reason"]
    assert len(units) == len(wanted)


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("甲。乙！丙？丁；戊", ["甲。", "乙！", "丙？", "丁；", "戊"]),
        ("他说：“好。”走了。", ["他说：“好。”", "走了。"]),
        ("真的吗？！是。", ["真的吗？！", "是。"]),
        ("A!B?C;D", ["A!", "B?", "C;", "D"]),
        ("　　一、总则  ", ["一、总则"]),
        ("——\n|\n甲", ["甲"]),
        ("票价1.5元,每日2,300人次。", ["票价1.5元,每日2,300人次。"]),
    ],
)
def test_a_unit_stands_between_marks_or_line_breaks_and_keeps_its_mark(line: str, pieces: list[str]) -> None:
    assert [line[piece.start : piece.end] for piece in cut(fold(line))] == pieces


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("一、总体要求", "han"),
        ("（三）强化监管", "han_paren"),
        ("1.加快建设", "digit"),
        ("２．关于停车", "digit"),
        ("(4)补齐短板", "digit_paren"),
        ("⑵明确分工", "circle"),
        ("③落实经费", "circle"),
        ("第一，摸清底数", "ordinal"),
        ("首先，摸清底数", "sequence"),
        ("二是规范管理", "itemised"),
        ("三要压实责任", "itemised"),
        ("第二章 职责", "chapter"),
        ("第七条 收费", "article"),
        ("3.5公里道路", None),
        ("一是否可行", None),
        ("2024年建成", None),
        ("十分感谢", None),
    ],
)
def test_list_numbers_are_read_in_every_style(text: str, style: str | None) -> None:
    found = read_enumerator(fold(text), 0, len(text))
    assert (found.style if found else None) == style


def test_the_section_path_holds_the_headings_above_outermost_first() -> None:
    units = units_of(
        "某代表：\n一、答复意见\n（一）关于路灯。更换60盏。\n1.时间\n年底前。\n（二）关于水渠。清淤。\n二、下步打算\n巡查。"
    )
    by_words = {unit.span.text: unit.section for unit in units}
    assert by_words["更换60盏。"] == ("一、答复意见", "（一）关于路灯。")
    assert by_words["年底前。"] == ("一、答复意见", "（一）关于路灯。", "1.时间")
    assert by_words["清淤。"] == ("一、答复意见", "（二）关于水渠。")
    assert by_words["巡查。"] == ("二、下步打算",)


def test_a_lead_in_is_kept_for_the_items_that_it_opens() -> None:
    units = units_of("某代表：\n您的建议收悉。\n年内办好以下实事：\n一是改造公厕40座；\n二是新建书屋6座。")
    assert [unit.lead_in for unit in units if unit.role is UnitRole.TEXT][1:] == ["年内办好以下实事："] * 2


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in LOOKED])
def test_the_quick_look_before_a_pattern_lets_all_its_wordings_pass(entry: lexicon.Entry) -> None:
    assert [text for text in entry.examples if not LOOKS[entry.meaning](text)] == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="一二（）()、.1①首先，是关于下步打算感谢代表：:。；！？”“\n |　建设局年月日", max_size=160))
def test_units_quote_the_text_in_order_without_overlap(text: str) -> None:
    units = units_of(text)
    end = 0
    for position, unit in enumerate(units):
        assert unit.index == position
        assert unit.span.start >= end
        assert text[unit.span.start : unit.span.end] == unit.span.text
        end = unit.span.end
