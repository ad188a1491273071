"""Whatever a file holds, reading it ends, soon and without an error, and every record quotes the text."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.checks import check
from extractors.pipeline import extract
from models.documents import Document, Span
from models.extraction import Extraction

SOURCES = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "sources"
MUTANTS, BATCH = 2_000, 100
_WEIRD = "\x00\x1b\u200b\ufeff\u202e�𠮷🈚Ⅷ㈠①㎡½²،؛٣é́\u0301ｱ\t\x0b\u2028|｜〇○￥—…《》“”（）〔〕"
_WORDS = (
    "其中",
    "分别",
    "至",
    "一是",
    "（一）",
    "2024年",
    "三分之",
    "占",
    "由",
    "每",
    "《",
    "“",
    "（",
    "第",
    "号",
    "|",
    "\n",
)
_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def read(text: str) -> Extraction:
    """The records of a text, after its findings were asked for, too."""
    extraction = extract(Document("a.txt", "txt", text))
    check(extraction)
    return extraction


def spans(extraction: Extraction) -> list[Span]:
    """All quotations of a document."""
    found = [unit.span for unit in extraction.units] + [one.span for one in extraction.commitments]
    found += [one.span for one in extraction.declined] + [one.span for one in extraction.requests]
    found += [quantity.span for quantity in extraction.quantities]
    found += [quantity.unit_span for quantity in extraction.quantities]
    return found + [span for finding in check(extraction) for span in finding.spans]


def _at(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice((1, 3, 20, 200)))


def _cut(chance: random.Random, text: str) -> str:
    start, end = _at(chance, text)
    return text[:start] if chance.random() < 0.2 else text[:start] + text[end:]


def _double(chance: random.Random, text: str) -> str:
    start, end = _at(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 2, 30)) + text[end:]


def _swap(chance: random.Random, text: str) -> str:
    (one, two), (three, four) = sorted((_at(chance, text), _at(chance, text)))
    return text[:one] + text[three:four] + text[max(two, one) : three] + text[one:two] + text[four:]


def _insert(chance: random.Random, text: str) -> str:
    start, _ = _at(chance, text)
    piece = "".join(chance.choice(_WEIRD) for _ in range(chance.choice((1, 5, 40))))
    return text[:start] + piece + text[start:]


def _insert_words(chance: random.Random, text: str) -> str:
    start, _ = _at(chance, text)
    return text[:start] + "".join(chance.choice(_WORDS) for _ in range(chance.choice((1, 4, 12)))) + text[start:]


def _widen(chance: random.Random, text: str) -> str:
    start, end = _at(chance, text)
    return text[:start] + text[start:end].translate(_FULL) + text[end:]


def _break(chance: random.Random, text: str) -> str:
    start, end = _at(chance, text)
    return text[:start] + "\n".join(text[start:end]) + text[end:]


def _join(chance: random.Random, text: str) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start : start + 400].replace("\n", "") + text[start + 400 :]


_KINDS: tuple[Callable[[random.Random, str], str], ...] = (
    _cut, _double, _swap, _insert, _insert_words, _widen, _break, _join,
)  # fmt: skip


def mutant(number: int, sources: list[str]) -> str:
    """One of the mutated documents: a piece of a sample, changed one to six times; the same for the same number."""
    chance = random.Random(number)
    whole = chance.choice(sources)
    start = chance.randrange(max(1, len(whole) - 700))
    text = whole[:250] + whole[start : start + 700] + whole[-120:]
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_KINDS)(chance, text)
    return text


@pytest.fixture(scope="module")
def sources() -> list[str]:
    """The samples' texts."""
    found = [path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt"))]
    assert len(found) > 5
    return found


@pytest.mark.parametrize("first", range(0, MUTANTS, BATCH))
def test_a_damaged_document_is_read_without_an_error_and_soon(first: int, sources: list[str]) -> None:
    """A second is some two hundred times what such a piece costs: only a pattern that tries every way takes it."""
    for number in range(first, first + BATCH):
        text = mutant(number, sources)
        started = process_time()
        extraction = read(text)
        spent = process_time() - started
        assert spent < 1 + len(text) / 1_000, f"mutant {number}: {spent:.2f} s for {len(text)} characters"
        for span in spans(extraction):
            assert text[span.start : span.end] == span.text, f"mutant {number}: {span}"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(_WORDS) | st.text(max_size=6) | st.sampled_from(["12座", "，", "。", "30%", "将"]), max_size=30
    )
)
def test_every_quotation_stands_in_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for span in spans(read(text)):
        assert text[span.start : span.end] == span.text


LENGTH = 10_000
RUNS = (
    "1", "一", "零", "0.", "1,", "1、", "1座、", "甲1座、", "1|", "a|", "A", "a1", "1 ", "１", "、", "，", "。",
    " ", "　", "\n", "的", "将", "年", "（", "）", "（（", "《", "》", "“", "”", "「", "〔", "【", "—", "-", "~",
    "至1", "1至", "1%", "三分之", "十百", "万亿", "2024年", "年底前", "每", "其中", "其中1座", "分别", "由1",
    "关于", "代表", "局、", "县水利局、", "号", "第1号", "一、", "（一）", "一是", "1.", "\n1|2", "尊敬的",
    "您提出的“", "建议", "不能", "条件成熟", "力争", "会同县水利局、", "联系电话：1", "抄送：", "\x00", "🈚", "é",
)  # fmt: skip
HEAD = "某县水利局\n关于县政协第12号提案的答复\n闻人晏委员：\n您好，提案收悉。现答复如下：\n一、下一步打算\n"


@pytest.mark.parametrize(
    "run",
    [pytest.param(run, id=repr(run)) for run in RUNS],
)
def test_a_long_run_of_anything_costs_no_more_than_a_moment(run: str) -> None:
    """10,000 characters of one thing in one sentence: no pattern may try every way to divide it.

    The first thousand is tried first, so that a pattern that would take hours fails in a second.
    """
    for length, seconds in ((LENGTH // 8, 1.5), (LENGTH, 20.0)):
        text = HEAD + run * (length // len(run))
        started = process_time()
        read(text)
        assert process_time() - started < seconds, f"{length} characters"


def test_a_paper_of_nothing_but_its_head_asks_nothing() -> None:
    assert read("提案人").requests == ()


def test_a_line_of_two_hundred_thousand_characters_is_read_in_seconds(sources: list[str]) -> None:
    line = "".join(sources).replace("\n", "")
    text = (line * (1 + 200_000 // len(line)))[:200_000]
    started = process_time()
    read(text)
    assert process_time() - started < 60


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("东庄|12|30|45%\n", id="a table of thousands of rows"),
        pytest.param("东庄|12|30|45%|", id="a table that lost its lines"),
        pytest.param("、凉亭12个", id="a list without end"),
        pytest.param("建议新建凉亭2座。\n", id="nothing but asks"),
        pytest.param("凉亭12个(其中木亭3个),", id="parts in brackets"),
    ],
)
def test_eight_times_as_much_of_one_thing_costs_about_eight_times(piece: str) -> None:
    head = "关于整修凉亭的建议\n"
    costs: list[float] = []
    for length in (5_000, 40_000):
        text = head + piece * (length // len(piece))
        read(text[:2_000])
        started = process_time()
        read(text)
        costs.append(process_time() - started)
    assert costs[1] < 24 * costs[0] + 0.5, costs


def test_cost_grows_with_length_and_not_faster(sources: list[str]) -> None:
    """Ten times the text in paragraphs: about ten times the cost, and far from a hundred."""
    text = "\n".join(sources)[:12_000]
    costs: list[float] = []
    for times in (1, 10):
        whole = "\n".join([text] * times)
        read(text)
        started = process_time()
        read(whole)
        costs.append(process_time() - started)
    assert costs[1] < 30 * costs[0] + 0.5, costs
