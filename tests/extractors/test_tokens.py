"""Our own tokenizer: it knows the lexicon's words, keeps its files to itself, and leaves the general one alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import tokens
from extractors.lexicon import words_of


@pytest.mark.parametrize("word", words_of("userdict"))
def test_a_word_of_the_lexicon_is_kept_whole(word: str) -> None:
    assert word in tokens.cut(f"由{word}的工作")


def test_an_office_in_front_of_a_verb_is_not_cut_apart() -> None:
    assert "发展改革委" in tokens.cut("发展改革委要完成批复")


def test_the_general_dictionary_is_left_as_it_was() -> None:
    import jieba

    tokens.cut("县文旅局牵头")
    assert tokens.tokenizer() is not jieba.dt
    assert "文旅局" not in jieba.dt.FREQ
    assert "文旅局" in tokens.tokenizer().FREQ


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tokens.tokenizer.cache_clear()
    tokens.cut("年内建成")
    assert not list(tmp_path.iterdir())


def test_the_built_dictionary_goes_to_the_folder_that_was_handed_in(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    assert tokens.cut("市住建局牵头", folder) == tokens.cut("市住建局牵头")
    assert [file.name for file in folder.iterdir()] == ["jieba.cache"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="年内新建公厕12座。，；\n %（）abc　３", max_size=60))
def test_the_words_joined_are_the_text(text: str) -> None:
    assert "".join(tokens.cut(text)) == text
