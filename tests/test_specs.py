"""The case files of Recognizers-Text, as `make specs` runs them: pass rates that must not fall."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Percent of the cases that are shown to us; what other cases of the same families ask is kept elsewhere.
FLOORS = {
    "NumberModel": 99, "PercentModel": 99, "NumberRangeModel": 96, "CurrencyModel": 98, "DimensionModel": 98,
    "DateExtractor": 98, "DateParser": 98, "DatePeriodExtractor": 98, "DatePeriodParser": 97,
    "DurationExtractor": 98, "DurationParser": 98,
}  # fmt: skip


def rates(root: Path, folder: Path) -> dict[str, tuple[int, int]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.specs", str(folder)], cwd=root, capture_output=True, text=True, check=True
    )
    lines = [line.split(" ") for line in done.stdout.splitlines() if "skipped" not in line]
    return {name: (int(score.split("/")[0]), int(score.split("/")[1])) for name, score in lines}


def test_each_family_keeps_its_pass_rate(root: Path, shared: Path) -> None:
    folder = shared / "specs" / "recognizers"
    if not folder.is_dir():
        pytest.skip("the case files (../shared/specs/recognizers) are not here")
    found = rates(root, folder)
    low = {name: found[name] for name, floor in FLOORS.items() if 100 * found[name][0] < floor * found[name][1]}
    assert not low


def test_a_wrong_answer_fails_its_case_and_what_is_excluded_by_design_is_not_counted(
    root: Path, tmp_path: Path
) -> None:
    def case(text: str, value: str) -> dict[str, object]:
        return {
            "Input": text,
            "Results": [{"Text": text, "Start": 0, "End": len(text) - 1, "Resolution": {"value": value}}],
        }

    cases = [case("三十二", "32"), case("四十五", "99"), case("六", "6") | {"NotSupportedByDesign": "python"}]
    (tmp_path / "NumberModel.json").write_text(json.dumps(cases), encoding="utf-8-sig")
    (tmp_path / "ColourModel.json").write_text("[]", encoding="utf-8-sig")
    assert rates(root, tmp_path) == {"NumberModel": (1, 2), "Total": (1, 2)}
