"""Folding changes characters in their places, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import fold, has_other_script

PROSE = "全县新建公厕１２座，“其中”乡镇５座：縣政協提案答覆發後裡髮薴苧复后里发苎覆盖著乾O0l1年月日 \u3000\t🈚𠀀"


@given(st.text(st.sampled_from(PROSE), max_size=60))
def test_the_folded_text_is_as_long_as_the_text_and_folding_it_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded or "薴" in text  # 薴 folds to 苧, which by itself folds to 苎


@pytest.mark.parametrize(
    "typed", ['"十四五"期间推进"一户一表"', "”十四五”期间推进”一户一表”", "“十四五“期间推进「一户一表」"]
)
def test_quotation_marks_open_and_close_in_turn_however_they_were_typed(typed: str) -> None:
    assert fold(typed) == "“十四五”期间推进“一户一表”"


def test_a_mark_too_many_leaves_its_line_as_it_is() -> None:
    assert fold('他说"水来了\n“十四五”期间"') == '他说"水来了\n“十四五”期间"'


@given(st.text(st.sampled_from(PROSE), max_size=60), st.text(st.sampled_from(PROSE), max_size=60))
def test_a_character_folds_alike_whatever_other_characters_the_text_holds(text: str, other: str) -> None:
    assert fold(f"{text}。。。。\n{other}")[: len(text)] == fold(f"{text}。。。。")[: len(text)]


def test_a_text_with_many_traditional_characters_folds_as_one_with_few() -> None:
    many = "縣發後裡髮臺灣續興業開關東廣車門風馬鳥龍國會議員對於計劃"
    assert fold(many) == "".join(fold(char) for char in many)


def test_only_traditional_characters_are_of_another_script() -> None:
    assert has_other_script("縣")
    assert has_other_script("答覆")
    assert not has_other_script("著名的乾县，ＡＢ１２％；覆盖率🈚")
