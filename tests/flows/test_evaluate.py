"""The figures stay above their floors; floors aren't lowered in silence; what is held out stays unread."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner

from corpus.gold.floors import TOLERANCE, lowered_by, read_floors, write_floors
from corpus.gold.records import GOLD
from flows.cli import app
from flows.evaluate import FloorsLowered, GoldUnreadable, evaluate, pin
from models.scores import Evaluation, Part, Score
from outputs.accuracy import show_evaluation
from outputs.accuracy_page import accuracy_page
from outputs.phrases import FIGURES

REPIN = "duban evaluate --pin --report docs/accuracy.md"


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    """The project's own corpus as it is read today."""
    return evaluate()


def test_no_figure_is_below_its_floor(measured: Evaluation) -> None:
    """Within TOLERANCE: one field in five hundred may come and go while rules are mended."""
    if measured.pinned is None or measured.pinned.corpus != measured.corpus:
        pytest.skip("the annotated documents changed since the floors were pinned: another test says what to do")
    fallen = [f"{c.part}.{c.name} {c.by:+.4f}" for c in lowered_by(measured, TOLERANCE)]
    assert not fallen, f"below the floor: {fallen}; see `duban evaluate --errors`"


def test_the_floors_are_of_the_corpus_as_it_is(measured: Evaluation) -> None:
    assert measured.left_out == (), "documents without a split: run python -m corpus.gold.make"
    pinned = measured.pinned.corpus if measured.pinned else "nothing"
    assert pinned == measured.corpus, (
        f"the annotated documents changed (pinned {pinned}, now {measured.corpus}): pin anew with `{REPIN}`"
        " (add --allow-lower with the reason where figures of the larger corpus are lower)"
    )


def test_the_page_tells_the_pinned_result(root: Path, measured: Evaluation) -> None:
    page = (root / "docs" / "accuracy.md").read_text(encoding="utf-8")
    floors = read_floors(GOLD)
    assert floors is not None
    assert f"`{floors.corpus}`" in page, f"the page is older than the floors: `{REPIN}`"
    assert f"`{floors.extractor}`" in page, f"the page is of other rules than the floors: `{REPIN}`"


# --- a small corpus of its own -------------------------------------------------------------------------------------

LETTER = """{county}县交通运输局
关于县十六届人大三次会议第{number}号建议的答复

桑吉代表：
您提出的《关于修缮{place}渡口的建议》收悉，现答复如下：
一、下一步工作
我局将于2025年10月底前改造{place}渡口趸船{count}艘。
{place}渡口夜间停航的规定暂不调整。

{county}县交通运输局
2025年4月3日
"""


def annotate(folder: Path, name: str, place: str, count: int, promised: bool = True) -> None:
    """One letter with its annotation; `promised` False: annotated wrongly, so that the reading disagrees."""
    text = LETTER.format(county=place, number=count, place=place, count=count)
    units: list[dict[str, Any]] = [{"text": line, "label": "N"} for line in text.splitlines() if line.strip()]
    for unit in units:
        if "趸船" in unit["text"] and promised:
            unit |= {"label": "C", "strength": "firm", "deadline": {"text": "2025年10月底前", "end": "2025-10-31"}}
        if "暂不" in unit["text"]:
            unit["label"] = "D"
    record: dict[str, Any] = {"document": {"kind": "reply", "date": "2025-04-03"}, "units": units}
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / f"{name}.gold.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Three letters, one a split; each has a mistake."""
    folder = tmp_path / "gold"
    folder.mkdir()
    lines = ["documents:"]
    for number, (name, split) in enumerate({"甲": "train", "乙": "dev", "丙": "heldout"}.items(), start=1):
        annotate(folder, name, f"{name}洲", number, promised=False)
        lines.append(f"  {name}: {{split: {split}}}")
    (folder / "manifest.yaml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def duban(*words: object) -> Any:
    return CliRunner().invoke(app, ["evaluate", *map(str, words)], env={"COLUMNS": "80"})


@pytest.mark.parametrize(
    "words", [[], ["--format", "json"], ["--split", "heldout"], ["--split", "heldout", "--format", "json"]]
)
def test_errors_of_held_out_documents_are_never_told(small: Path, words: list[str]) -> None:
    for folder in (small, small.parent):  # the folder above has no manifest of its own
        told = duban(folder, "--errors", *words)
        assert told.exit_code == 0, told.output
        assert "丙" not in told.output
        assert ("乙洲" in told.output) == ("heldout" not in words)
    assert evaluate(small, Part.HELDOUT).rules == ()


def test_errors_are_told_with_their_sentence_and_rule(small: Path) -> None:
    record = json.loads(duban(small, "--errors", "--format", "json", "--split", "dev").stdout)
    assert record["splits"]["dev"]["figures"]["commitments"]["extra"] == 1
    (error,) = [error for error in record["errors"] if error["figure"] == "commitments"]
    assert error["text"] == "我局将于2025年10月底前改造乙洲渡口趸船2艘。"
    assert (error["document"], error["fault"]) == ("乙", "extra")
    assert error["rule"]
    assert "errors" not in json.loads(duban(small, "--format", "json").stdout)


def test_a_document_of_no_split_is_left_out_and_nothing_is_pinned(small: Path) -> None:
    annotate(small, "丁", "丁洲", 4, promised=False)
    told = duban(small, "--errors", "--pin")
    assert "丁洲" not in told.output
    assert told.exit_code == 2
    assert not (small / "floors.yaml").exists()


def test_a_folder_without_a_manifest_is_measured_as_a_whole(tmp_path: Path) -> None:
    annotate(tmp_path, "戊", "戊洲", 5)
    figures = json.loads(duban(tmp_path, "--format", "json").stdout)["splits"]
    assert list(figures) == ["all"]
    assert figures["all"]["figures"]["commitments"]["f1"] == 1
    assert figures["all"]["figures"]["deadline"]["hit"] == 1


def test_pinning_refuses_to_lower_a_figure_without_a_reason(small: Path) -> None:
    found = evaluate(small)
    scores = (*found.reports[Part.HELDOUT].scores, Score("requests", 9, 0, 1))
    report = replace(found.reports[Part.HELDOUT], scores=scores)
    pin(replace(found, reports=dict(found.reports) | {Part.HELDOUT: report}), small)
    with pytest.raises(FloorsLowered, match=r"heldout\.requests"):
        pin(evaluate(small), small)
    before = (small / "floors.yaml").read_bytes()
    refused = duban(small, "--pin")
    assert refused.exit_code == 2
    assert (small / "floors.yaml").read_bytes() == before
    assert duban(small, "--pin", "--allow-lower", "  ").exit_code == 2
    assert duban(small, "--allow-lower", "没有 --pin").exit_code == 2

    page = small / "page.md"
    done = duban(small, "--pin", "--allow-lower", "诉求改为只算建议", "--report", page)
    assert done.exit_code == 0, done.output
    floors = read_floors(small)
    assert floors is not None
    assert [(one.reason, dict(one.figures)) for one in floors.lowered] == [
        ("诉求改为只算建议", {"heldout.requests": (0.9474, None)})
    ]
    assert "诉求改为只算建议" in page.read_text(encoding="utf-8")
    assert duban(small, "--pin").exit_code == 0
    again = read_floors(small)
    assert again is not None
    assert again.lowered == floors.lowered, "a reason stays in the file"


def test_gains_and_losses_are_told_by_figure_and_by_rule(small: Path) -> None:
    pin(evaluate(small), small)
    floors = read_floors(small)
    assert floors is not None
    assert evaluate(small).changes == ()
    worse = tuple(
        replace(s, hit=s.hit - 1, extra=s.extra + 1) if s.name == "declined" else s for s in floors.figures[Part.DEV]
    )
    write_floors(
        replace(floors, figures={**floors.figures, Part.DEV: worse}, rules=(Score("gone", 1, 1, 0), *floors.rules)),
        small,
    )
    changes = {(change.part, change.name): change for change in evaluate(small).changes}
    assert changes[Part.DEV, "declined"].by > 0
    assert (None, "gone") in changes
    told = duban(small)
    assert "gone" in told.output
    assert "未采纳事项" in told.output


def test_a_changed_corpus_is_told(small: Path) -> None:
    pin(evaluate(small), small)
    shutil.copy(small / "甲.gold.json", small / "又甲.gold.json")
    shutil.copy(small / "甲.txt", small / "又甲.txt")
    with (small / "manifest.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write("\n  又甲: {split: train}\n")
    told = duban(small)
    assert told.exit_code == 0
    assert "请用 --pin 重新钉住" in told.output


@pytest.mark.parametrize("words", [["--split", "dev", "--pin"], ["--split", "dev", "--report", "x.md"], ["nowhere"]])
def test_wrong_use_is_said(words: list[str]) -> None:
    assert duban(*words).exit_code == 2


def test_a_folder_without_annotations_is_said(tmp_path: Path) -> None:
    with pytest.raises(GoldUnreadable):
        evaluate(tmp_path)
    annotate(tmp_path, "己", "己洲", 6)
    (tmp_path / "己.gold.json").write_text("{", encoding="utf-8")
    assert duban(tmp_path).exit_code == 2


def test_the_table_fits_eighty_columns(measured: Evaluation) -> None:
    out = io.StringIO()
    show_evaluation(Console(file=out, width=80, highlight=False), measured)
    lines = out.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert not any("…" in line for line in lines)
    assert any(line.startswith("承诺事项") for line in lines)


def test_the_page_has_every_figure_and_no_date(measured: Evaluation) -> None:
    page = accuracy_page(measured)
    assert accuracy_page(measured) == page
    assert measured.corpus in page
    for name in {score.name for report in measured.reports.values() for score in report.scores}:
        assert f"| {FIGURES[name]} |" in page
    assert sum(bin.count for bin in measured.reliability) == len(measured.reports[Part.HELDOUT].judged)
    assert not re.search(r"20\d\d", page)
