"""Figures: well-formed, the same each time, and never told by colour alone."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.evidence import Status
from outputs.charts import LOOKS, NARROW, Bar, png, progress_bar, status_bar, svg, swatch
from outputs.summary import Tally

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def bar() -> Callable[..., Bar]:
    """A unit's promises: kept, under way, unproved, overdue, given up."""

    def build(label: str = "云岭区水利局", counts: tuple[int, ...] = (3, 1, 4, 2, 0)) -> Bar:
        return status_bar(label, Tally(tuple(zip(Status, counts, strict=True)), 0))

    return build


def test_the_parts_of_a_bar_are_as_long_as_their_numbers(bar: Callable[..., Bar]) -> None:
    root = ElementTree.fromstring(svg("分单位", [bar()], name="units"))
    widths = [float(rect.get("width") or 0) for rect in root.findall(f"{SVG}rect")][:4]
    assert [round(width / widths[1]) for width in widths] == [3, 1, 4, 2]
    assert "共10项" in "".join(root.itertext())


@given(st.text(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_whatever_a_unit_is_called_the_figure_is_well_formed(title: str, label: str) -> None:
    bars = [status_bar(label, Tally(tuple((status, 1) for status in Status), 0))]
    ElementTree.fromstring(svg(title, bars, name="f"))


def test_nothing_that_a_document_says_becomes_markup() -> None:
    drawn = svg('"><script>', [progress_bar("<script>alert(1)</script>", 0.5, "<b>")], name="f")
    assert "<script" not in drawn
    assert "<b>" not in drawn


def test_two_figures_of_a_page_have_patterns_of_their_own(bar: Callable[..., Bar]) -> None:
    ids = [
        {node.get("id") for node in ElementTree.fromstring(svg("图", [bar()], name=name)).iter(f"{SVG}pattern")}
        for name in ("a", "b")
    ]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_no_two_statuses_look_alike_without_colour() -> None:
    grey = [Image.open(io.BytesIO(swatch(look))).convert("L").tobytes() for look in LOOKS.values()]
    for index, one in enumerate(grey):
        for other in grey[index + 1 :]:
            differing = sum(abs(a - b) > 40 for a, b in zip(one, other, strict=True))
            assert differing > len(one) / 10


def test_the_same_figure_gives_the_same_bytes(bar: Callable[..., Bar]) -> None:
    assert png(bar(), total=10) == png(bar(), total=10)
    assert svg("图", [bar()], name="a") == svg("图", [bar()], name="a")


def test_a_bar_of_a_picture_is_as_long_as_its_share(bar: Callable[..., Bar]) -> None:
    image = Image.open(io.BytesIO(png(bar(counts=(5, 0, 0, 0, 0)), total=10, width=100, height=10)))
    row = [image.getpixel((x, image.height // 2)) for x in range(image.width)]
    assert sum(pixel != (255, 255, 255) for pixel in row) == pytest.approx(image.width / 2, abs=3)


@pytest.mark.parametrize("ratio", [-0.5, 0.0, 0.4, 1.0, 1.3])
def test_a_target_more_than_reached_fills_its_bar_and_no_more(ratio: float) -> None:
    assert progress_bar("候车亭", ratio).length == pytest.approx(1.0)


def test_a_figure_without_bars_can_be_drawn() -> None:
    ElementTree.fromstring(svg("空", [], name="f"))


def test_a_figure_for_a_phone_keeps_within_its_width(bar: Callable[..., Bar]) -> None:
    drawn = ElementTree.fromstring(svg("分单位", [bar(), bar()], name="units", room=NARROW))
    assert drawn.get("viewBox", "").split()[2] == str(NARROW.width)
    for node in drawn.iter(f"{SVG}rect"):
        assert float(node.get("x", "0")) + float(node.get("width", "0")) <= NARROW.width
    rows = {node.get("y") for node in drawn.iter(f"{SVG}text") if node.get("font-size") == "12"}
    assert len(rows) >= 1


def test_what_nobody_confirmed_never_looks_reached() -> None:
    sure, unsure = progress_bar("公厕", 0.5, "50%"), progress_bar("公厕", 0.5, "50%", sure=False)
    assert sure.parts[0].look != unsure.parts[0].look
    assert [part.words for part in unsure.parts] == ["待确认", "尚差"]
    assert "待确认" in svg("目标进展", [sure, unsure], name="p", total=1.0)
