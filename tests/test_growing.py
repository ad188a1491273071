"""The page that plans for a million documents says what follows from the measured figures."""

from __future__ import annotations

from pathlib import Path

from benchmarks import plan


def test_the_page_has_the_tables_that_the_figures_give(root: Path) -> None:
    page = (root / "docs" / "growing.md").read_text(encoding="utf-8")
    assert plan.written(page, plan.figures()) == page, "python -m benchmarks.plan"


def test_a_worked_plan() -> None:
    wanted = {
        "documents_a_year": 365_000, "counties": 100, "busiest_month": 0.3, "nights_a_month": 30, "night_hours": 1,
        "characters": 2000, "forms": {"txt": 0.5, "pdf": 0.5}, "scanned": 0.1, "scanned_mb": 2,
        "years": 2, "backups": 3,
    }  # fmt: skip
    measured = {
        "bench_characters": 1000, "read_ms": {"txt": 0, "pdf": 40}, "original_kb": {"txt": 2, "pdf": 8},
        "extract_ms": 10, "keep_ms": 20, "follow_ms": 30, "database_kb": 100,
    }  # fmt: skip
    found = plan.reckoned({"wanted": wanted, "measured": measured})
    assert found["apart_ms"] == 60  # twice as long: 2 × (20 + 10)
    assert found["one_by_one_ms"] == 50
    assert (found["night"], found["night_usual"]) == (3650, 1000)
    assert round(found["readers"], 4) == round(3650 * 0.06 / 3600, 4)
    assert round(found["registers"], 4) == round(3650 * 0.05 / 3600, 4)
    assert found["database_gb"] == 36.5
    assert found["originals_gb"] == 365_000 * (5 + 100) / 1e6
    assert found["county"] == 3650
