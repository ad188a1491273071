"""The terminal's tables can be read at any usual width."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from outputs.ledger import Standing
from outputs.tables import show_ledger, show_record
from outputs.wrapping import Wrapped, wrap

SENTENCES = [
    "2026年3月底前，在青石桥、柳树湾、老粮库等3个片区新建口袋公园11处，绿化面积不少于2.6万平方米。",
    "力争今年内将12345热线关于噪声的诉求办结时间压缩至5个工作日以内。",
    "研究制定《云岭区夜间经济集聚区管理办法》，适时报区政府审定。",
]
WORDS = st.text(st.sampled_from("建成口袋公园，。；“”（）《》 0123456789%.abc"), max_size=120)


def printed(standings: list[Standing], width: int) -> str:
    out = io.StringIO()
    show_ledger(Console(file=out, width=width, highlight=False), standings)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_no_line_is_wider_than_the_window(width: int, make_standing: Callable[..., Standing]) -> None:
    shown = printed([make_standing(text, number=n) for n, text in enumerate(SENTENCES, 1)], width)
    assert all(cell_len(line) <= width for line in shown.splitlines())


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_nothing_is_cut_off(width: int, make_standing: Callable[..., Standing]) -> None:
    shown = printed([make_standing(text, number=n) for n, text in enumerate(SENTENCES, 1)], width)
    assert "…" not in shown
    for text in SENTENCES:
        assert set(re.findall(r"\d+|《", text)) <= set(re.findall(r"\d+|《", shown))
    for word in ("承诺事项（原文）", "完成时限", "2025-12-31", "明确承诺", "逾期61天", "夜间公交答复.docx", "卓远山"):
        assert word in shown


def test_the_quotation_can_be_read_line_by_line(make_standing: Callable[..., Standing]) -> None:
    shown = printed([make_standing(SENTENCES[0])], 80)
    column = "".join(line[5:37].split("  ")[0].strip() for line in shown.splitlines())
    assert SENTENCES[0][:20] in column


def test_a_unit_is_named_only_where_it_is_not_the_one_that_answers(make_standing: Callable[..., Standing]) -> None:
    assert "责任：" not in printed([make_standing()], 80)
    assert "责任：云岭区公安分局" in printed([make_standing(unit="云岭区公安分局")], 80)


def test_a_record_is_shown_within_the_words_around_it(make_standing: Callable[..., Standing]) -> None:
    out = io.StringIO()
    show_record(Console(file=out, width=80), make_standing(SENTENCES[1]), "上文在此。", "下文在此。")
    shown = out.getvalue()
    assert "上文在此。力争今年内" in shown
    assert "第101—" in shown
    assert "规则" in shown


@given(WORDS, st.integers(min_value=8, max_value=60))
def test_wrapping_loses_nothing_but_spaces_at_the_breaks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


@given(st.lists(st.sampled_from(["新增", "2026年", "300个", "48.5%", "，", "。", "公里", "《办法》"]), max_size=40))
def test_wrapping_tears_no_number_and_starts_no_line_with_a_closing_mark(parts: list[str]) -> None:
    text = re.sub("[，。]+", "，", "".join(parts))
    lines = wrap(text, 20)
    for before, after in pairwise(lines):
        assert not (before[-1:].isdigit() and after[:1].isdigit())
        assert after[:1] not in "，。》%"


@pytest.mark.parametrize("width", [24, 40, 80])
def test_no_line_of_a_wrapped_text_begins_with_a_closing_mark(width: int) -> None:
    told = "今年三季度为全市助餐点统一投保，每个点保费不超过1200元（含税），限额“不低于50万元”。\n\n备注：\u3000略"
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=False)
    console.print(Wrapped(Text(told, style="bold")))
    table = Table(box=None)
    table.add_column("一", ratio=1)
    table.add_column("二", width=8)
    table.add_row(Wrapped(Text(told)), "齐全")
    console.print(table)
    lines = out.getvalue().split("\n")
    assert all(cell_len(line) <= width for line in lines)
    assert not [line for line in lines if line.strip()[:1] in set("，。；：、）”")]
    assert "".join(out.getvalue().split()).startswith("".join(told.split()))
