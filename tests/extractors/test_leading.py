"""A pattern written out so that each alternative begins with a character of its own finds what it found before."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from extractors import lexicon
from extractors.lexicon.leading import leading
from models.text import fold

CASES = Path(__file__).parents[1] / "cases"
SOURCE = Path(extractors.__file__).parent


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        pytest.param("(?:新|改)建|扩容", "新建|改建|扩容", id="a group"),
        pytest.param("[增涨]幅|再?增长", "增(?:幅|长)|涨幅|再增长", id="a set, and what may be missing"),
        pytest.param("(?<![不未])达到|(?<=仍)未", "达(?<![不未]达)到|未(?<=仍未)", id="a look behind"),
        pytest.param("(?<!不|未必)?达", None, id="a look that may be left out"),
        pytest.param("低于$|低|高于", "低(?:于$|)|高于", id="the order of those that begin alike"),
        pytest.param(r"\.5|[.]6|-7|[\-]8", None, id="what is escaped in a set"),
        pytest.param(r"\.5|[.]6|-7", r"\.(?:5|6)|\-7", id="one character, escaped or not"),
        pytest.param(r"\d人|共", None, id="a class"),
        pytest.param("(?=全)全部|共", None, id="a look ahead"),
        pytest.param("^共|全", None, id="the text's beginning"),
        pytest.param("(?P<all>全)部|共", None, id="a group with a name"),
        pytest.param("共{2}|共", None, id="what comes twice"),
        pytest.param("全|", None, id="an alternative that holds nothing"),
    ],
)
def test_each_alternative_begins_with_a_character_of_its_own(pattern: str, written: str | None) -> None:
    assert leading(pattern) == written


def test_a_pattern_with_too_many_beginnings_stays_as_it_is() -> None:
    assert leading("|".join(f"{chr(0x4E00 + at)}甲" for at in range(61))) is None


_CHARS = "甲乙丙"
_LOOKS = st.sampled_from(["", "", "(?<!甲)", "(?<=乙)", "(?<!丙|乙)", "(?<!甲)(?<!乙)"])
_TAILS = st.sampled_from(["", "", "$", "(?!丙)", "丙{0,2}", "乙*甲", "(?:甲|乙丙)?"])


def _joined(parts: tuple[str, ...]) -> str:
    return "".join(parts)


def _alternation(several: list[str]) -> str:
    return f"(?:{'|'.join(several)})"


_PIECES = st.recursive(
    st.sampled_from([*_CHARS, "[甲丙]", "甲乙", "[乙]"]),
    lambda inner: st.tuples(st.lists(inner, min_size=1, max_size=3).map(_alternation), st.sampled_from(["", "?"])).map(
        _joined
    ),
    max_leaves=4,
)
_ALTERNATIVES = st.tuples(_LOOKS, st.lists(_PIECES, min_size=1, max_size=3).map(lambda told: "".join(told)), _TAILS)
_PATTERNS = st.lists(_ALTERNATIVES.map(_joined), min_size=1, max_size=4).map("|".join)


@settings(max_examples=200, deadline=None)
@given(pattern=_PATTERNS, texts=st.lists(st.text(_CHARS, max_size=12), min_size=1, max_size=8))
def test_it_finds_the_same_in_any_text(pattern: str, texts: list[str]) -> None:
    written = leading(pattern)
    if written is not None:
        for text in texts:
            assert _spans(re.compile(written), text) == _spans(re.compile(pattern), text)


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


def test_every_pattern_of_ours_finds_the_same_in_all_examples_and_cases() -> None:
    """Whether it is written out today or not: the lexicon's entries, and what modules have compiled."""
    told = sorted({*_of_cases(), *_of_lexicon()})[::8]
    ends = sorted({text[: len(text) // 2] for text in told})[::2]  # what `$` looks at
    written_out = 0
    for pattern in sorted({*_entries(), *_given()}):
        written = leading(pattern)
        if written is None or written == pattern:
            continue
        written_out += 1
        plain, quick = re.compile(pattern), re.compile(written)
        for text in (*told, *ends) if "$" in pattern else ("\n".join(told),):
            assert _spans(quick, text) == _spans(plain, text), f"{pattern[:60]}: {text[:60]}"
    assert written_out > 300


def _entries() -> Iterator[str]:
    for name in lexicon.names():
        yield from (entry.regex for entry in lexicon.load(name))


def _given() -> Iterator[str]:
    """The patterns that our modules give to `re.compile` and `sought` as they stand there."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("re.compile", "sought", "skipping"):
                given = node.args[0]
                if isinstance(given, ast.Constant) and isinstance(given.value, str) and "(?m)" not in given.value:
                    yield given.value


def _of_lexicon() -> Iterator[str]:
    for name in lexicon.names():
        for entry in lexicon.load(name):
            yield from map(fold, entry.examples + entry.not_examples)


def _of_cases() -> Iterator[str]:
    for path in CASES.rglob("*.yaml"):
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        yield from (fold(text) for text in _strings(loaded) if len(text) < 200)


def _strings(loaded: object) -> Iterator[str]:
    if isinstance(loaded, str):
        yield loaded
    elif isinstance(loaded, dict):
        for value in loaded.values():
            yield from _strings(value)
    elif isinstance(loaded, list):
        for value in loaded:
            yield from _strings(value)
