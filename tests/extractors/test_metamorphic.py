"""What must change nothing: width, script, line breaks, order, furniture; what alone moves with the letter's day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lines import join_wrapped, width
from extractors.pipeline import extract
from models.documents import Document, Identity
from models.extraction import Extraction
from models.quantities import Quantity
from models.text import fold

GOLD = Path(__file__).resolve().parents[2] / "corpus" / "gold"
TEXTS = (
    "n23_pengshan_medical", "nt26_daishan_ferry", "p18_shexian_village", "pl62_guangchang_lotus",
    "pr60_linping_progress", "r01_songyang_heritage", "r02_langzhong_eldercare", "r05_qingpu_bus",
    "r08_luchuan_trees", "r11_lankao_coldchain", "r13_hailin_heating", "r27_fenghuang_tourism",
    "r33_shandong_housing", "r36_xiangyang_ebike", "r48_jinyun_village", "reg60_wujiang_talent",
    "s15_gaozhou_aed", "s60_hailun_blacksoil",
)  # fmt: skip
_SIGNS = "0123456789,;:?!()%ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FULL = {ord(sign): ord(sign) + 0xFEE0 for sign in _SIGNS}
_HALF = {full: half for half, full in _FULL.items()}
_WORD = re.compile(r"[“‘（(《〔]*(?:[0-9A-Za-z.,%％+/-]+|.)[，。、；：！？,;:!?）)》〉”’】〕％%]*")
_YEAR = re.compile(r"(?:19|20)\d\d|[二一][〇零○][〇零○一二三四五六七八九]{2}|五[”\"]|[一二三四]五")
_TAIL = "抄送：市政府督查室，市人大常委会代表工委。"


def read(text: str) -> Extraction:
    """The records of a text."""
    return extract(Document("a.txt", "txt", text))


@cache
def original(name: str) -> tuple[str, Extraction]:
    """A document of the gold (of the part for training) and its records."""
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    return text, read(text)


@cache
def _converter(mode: str) -> Any:
    from opencc import OpenCC

    return OpenCC(mode)


def traditional(text: str) -> str:
    """The text in traditional characters, with 答復 as mainland printers have it."""
    converted: str = _converter("s2t").convert(text)
    return converted.replace("覆如下", "復如下").replace("答覆", "答復").replace("批覆", "批復").replace("函覆", "函復")


def wrapped(text: str, columns: int) -> str:
    """The text with hard line breaks as a typesetter makes them: numbers stay whole, no line begins with a mark."""
    return "\n".join(line if "|" in line else _wrapped_line(line, columns) for line in text.split("\n"))


def _wrapped_line(line: str, columns: int) -> str:
    lines = [""]
    for word in _WORD.findall(line):
        if width(lines[-1] + word) > columns and lines[-1]:
            lines.append("")
        lines[-1] += word
    return "\n".join(lines)


CHANGES: dict[str, Callable[[str], str]] = {
    "full width": lambda text: text.translate(_FULL),
    "half width": lambda text: text.translate(_HALF),
    "traditional characters": traditional,
    "hard line breaks": lambda text: join_wrapped(wrapped(text, 72)),
    "paragraphs set in": lambda text: "\n".join("　　" + line if len(line) > 30 else line for line in text.split("\n")),
    "blank lines": lambda text: re.sub(r"\n(?![^\n]*\|)", "\n\n", text),
    "copies to": lambda text: f"{text}\n{_TAIL}",
    "path of the page": lambda text: f"首页 > 政务公开 > 建议提案办理\n{text}",
}
GAPS: dict[tuple[str, str], str] = {}
"""Changes that do change something, and why."""


@cache
def plain(text: str) -> str:
    """Any text in half width and simplified characters, so that quotations can be compared."""
    converted: str = _converter("t2s").convert(fold(text))
    return converted.replace("\n", "").replace("答覆", "答复")


def _told(value: Any) -> Any:
    """A value with its texts made comparable."""
    if isinstance(value, str):
        return plain(value)
    return tuple(map(_told, value)) if isinstance(value, tuple) else value


def records(extraction: Extraction) -> list[tuple[Any, ...]]:
    """All that a document says, without offsets, rules and confidences."""
    fields = [name for name in Identity.__slots__ if name not in ("title", "openness", "contacts", "region_code")]
    told: list[tuple[Any, ...]] = [(name, _told(getattr(extraction.identity, name))) for name in fields]
    told += [
        (
            "commitment",
            plain(one.span.text),
            one.strength.value,
            plain(one.deadline.text) if one.deadline else None,
            one.deadline.end if one.deadline else None,
            _told(one.responsible),
            _told(one.instruments),
        )
        for one in extraction.commitments
    ]
    told += [("declined", plain(one.span.text)) for one in extraction.declined]
    told += [("request", plain(one.span.text)) for one in extraction.requests]
    told += [
        (
            "quantity",
            plain(one.span.text),
            one.value,
            one.upper,
            _told(one.unit),
            one.comparator.value,
            one.basis.value,
            one.role.value,
            _told(one.indicator),
            one.deadline,
        )
        for one in extraction.quantities
    ]
    return told


def _cases() -> list[Any]:
    return [
        pytest.param(
            change,
            name,
            id=f"{change}: {name}",
            marks=[pytest.mark.xfail(reason=GAPS[change, name], strict=True)] if (change, name) in GAPS else [],
        )
        for change in CHANGES
        for name in TEXTS
    ]


@pytest.mark.parametrize(("change", "name"), _cases())
def test_what_means_the_same_is_read_the_same(change: str, name: str) -> None:
    text, extraction = original(name)
    before, after = records(extraction), records(read(CHANGES[change](text)))
    lost = [one for one in before if one not in after]
    new = [one for one in after if one not in before]
    assert (lost, new) == ([], [])


def _moved(text: str, extraction: Extraction) -> str | None:
    """The letter signed a year later; None where its day isn't printed in digits at its end."""
    day = extraction.identity.date
    if day is None:
        return None
    for unit in reversed(extraction.units):
        if str(day.year) in unit.span.text and not unit.span.text.endswith("。"):
            later = unit.span.text.replace(str(day.year), str(day.year + 1))
            return text[: unit.span.start] + later + text[unit.span.end :]
    return None


def _paragraph(text: str, start: int, end: int) -> str:
    """The line that holds a unit."""
    return text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", end)]


@pytest.mark.parametrize("name", TEXTS)
def test_a_letter_signed_a_year_later_moves_what_it_counts_from_its_day_and_nothing_else(name: str) -> None:
    """Paragraphs that print a year are left out: what was to come may be over a year later. Tasks that are due with the
    years of their plan's title don't move.
    """
    text, extraction = original(name)
    moved = _moved(text, extraction)
    later = read(moved) if moved else None
    if later is None or extraction.identity.date is None or later.identity.date == extraction.identity.date:
        pytest.skip("its day isn't printed in a line of its own")
    units = {unit.span.start: unit for unit in extraction.units}
    for before, after in ((extraction.commitments, later.commitments), (extraction.quantities, later.quantities)):
        told: list[dict[tuple[int, int], Any]] = []
        for found, shift in ((before, 1), (after, 0)):
            told.append({})
            for one in found:
                span = getattr(one, "unit_span", one.span)
                unit = units[span.start]
                said = (_paragraph(text, span.start, span.end), unit.head or "", unit.lead_in or "", *unit.section)
                if isinstance(one, Quantity) and one.deadline and f"{one.deadline.year}年）" in text[:300]:
                    continue
                if not any(_YEAR.search(fold(words)) for words in said):
                    told[-1][one.span.start, one.span.end] = _moved_record(one, shift)
        assert told[0] == told[1]


def _moved_record(one: Any, shift: int) -> tuple[Any, ...]:
    """A record whose days and named years are `shift` years later; festivals fall on other days each year."""
    end = one.deadline.end if hasattr(one, "instruments") and one.deadline else getattr(one, "deadline", None)
    year = None if end is None or not hasattr(end, "year") else end.year + shift
    if hasattr(one, "instruments"):
        return (one.strength, year, one.responsible, one.instruments, one.condition)
    name = re.sub(r"20\d\d", lambda found: str(int(found[0]) + shift), one.indicator or "")
    return (one.role, one.basis, one.value, year, name)


ITEMS = (
    "年内在北门桥头安装监控12处",
    "修订《渡口值守办法》，10月底前印发",
    "力争将巡河员补贴标准提高到每月600元",
    "研究船只退出补偿的可行做法",
    "鼓励渔家乐经营户改造厨房油烟设施",
    "明年6月底前完成3座码头的浮筒更换",
    "每季度开展一次应急演练",
    "对超载的游船一律责令停航",
    "落实专项资金240万元，用于航标更新",
    "加强与上游水文站的会商",
)
_LETTER = (
    "青溪县交通运输局\n关于县政协第58号提案的答复\n祝青禾委员：\n您提出的提案收悉。现答复如下：\n{}\n感谢您的关心！\n"
    "青溪县交通运输局\n2024年5月20日"
)


def _by_item(order: list[int], separator: str) -> dict[int, list[tuple[Any, ...]]]:
    """What is read from each item, whatever its place."""
    lines = [f"{'一二三四五六七八九十'[place]}是{ITEMS[item]}{separator}" for place, item in enumerate(order)]
    text = _LETTER.format("下一步，我们将重点做好以下工作：\n" + ("" if separator == "；" else "\n").join(lines))
    extraction = read(text)
    starts = {item: text.index(ITEMS[item]) for item in order}
    told: dict[int, list[tuple[Any, ...]]] = {item: [] for item in order}
    for item, start in starts.items():
        stop = start + len(ITEMS[item])
        for one in extraction.commitments:
            if one.span.start <= start < one.span.end:
                told[item].append((one.strength, one.deadline, one.instruments, one.responsible))
        for quantity in extraction.quantities:
            if start <= quantity.span.start < stop:
                told[item].append((quantity.span.text, quantity.role, quantity.indicator, quantity.deadline))
    return told


def _is_kept(order: list[int], separator: str) -> bool:
    return _by_item(order, separator) == _by_item(list(range(len(ITEMS))), separator)


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(8)))
def test_the_order_of_a_list_of_lines_changes_no_item(order: list[int]) -> None:
    assert _is_kept([*order, 8, 9], "。")


def test_the_last_item_of_a_list_is_read_like_the_others() -> None:
    assert _by_item(list(range(10)), "。")[9] == _by_item([9, *range(9)], "。")[9]


def test_the_day_of_one_item_is_not_that_of_the_next() -> None:
    assert _is_kept([8, *range(8), 9], "；")


@pytest.mark.parametrize("furniture", ["打印　关闭　分享到：微信", "上一篇：关于第12号提案的答复"])
def test_what_a_page_prints_behind_a_letter_is_no_promise(furniture: str) -> None:
    text = _LETTER.format("下一步，我局将更换航标12座。") + "\n（此件公开发布）\n"
    assert len(read(text + furniture).commitments) == len(read(text).commitments) == 1


PLACES = (("东渡镇", 12), ("梅岭乡", 8), ("石门街道", 5), ("西塘镇", 21))


def _parts(order: Sequence[tuple[str, int]]) -> set[tuple[str, str | None, int | None]]:
    listed = "、".join(f"{place}{number}座" for place, number in order)
    found = read(f"全县共有渡口46座，其中{listed}。").quantities
    return {(one.span.text, one.indicator, one.part_of) for one in found[1:]}


@settings(max_examples=24, deadline=None)
@given(order=st.permutations(PLACES))
def test_the_order_of_parts_changes_no_part(order: list[tuple[str, int]]) -> None:
    parts = _parts(order)
    assert parts == _parts(PLACES)
    assert {total for _, _, total in parts} == {0}
    assert all(any(place in (name or "") for place, _ in PLACES) for _, name, _ in parts)


@pytest.mark.parametrize("word", ["答覆", "函覆", "批覆"])
def test_the_other_traditional_spelling_of_a_reply_is_folded_too(word: str) -> None:
    assert fold(f"關於建議的{word}").endswith(word[0] + "复")


@pytest.mark.parametrize("piece", ["庫容", "壩", "錄", "聯", "銷號"])
def test_a_piece_of_a_traditional_text_is_folded_as_the_whole(piece: str) -> None:
    whole = fold("縣裏" + piece)
    assert fold(piece) == whole[2:]


def test_half_width_marks_of_old_converters_are_folded() -> None:
    assert fold("会诊､复壮｢甲｣") == "会诊、复壮“甲”"
