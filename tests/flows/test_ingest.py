"""The flow: a batch that meets a busy database is tried again, a fault of ours is not; Prefect looks into no papers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Runs in a process of its own: Prefect reads where its home is when it is first imported.
TRIED = """
import json
from collections import Counter
from dataclasses import dataclass, field
from flows.conductor import prefect_api
from flows.settings import load

with prefect_api(load()) as conductor:
    from prefect import flow
    from flows.ingest import STEPS, take_batch
    from flows.intake import Report
    from models.errors import StoreUnavailable
    from models.runs import Outcome

    class Busy:
        "A store that is busy (or broken) at first, as an intake shows it."
        def __init__(self, *failures):
            self.failures, self.tries, self.asked = list(failures), 0, 0
        def sort_out(self, paths):
            self.asked += 1
            return list(paths)[1:], Report(skipped=1)
        def take_in(self, paths, done):
            self.tries += 1
            if self.failures:
                raise self.failures.pop(0)
            return Report(outcomes=Counter({Outcome.NEW: len(paths)}))

    class Watched(dict):
        looks = 0
        def items(self):
            Watched.looks += 1
            return super().items()

    @dataclass
    class Remembering:
        "What follows up, with the papers that it remembers."
        papers: dict = field(default_factory=lambda: Watched(a="paper"))
        done: list = field(default_factory=list)
        def follow(self, document):
            self.done.append(document)
        judge = follow
        def judge_settled(self, document):
            pass
        def take_in(self, paths, done):
            self.done += paths
            return Report()

    eager = take_batch.with_options(retry_delay_seconds=0)
    busy, broken = Busy(StoreUnavailable("locked"), StoreUnavailable("locked")), Busy(ValueError("ours"))

    @flow
    def once_busy():
        return eager(busy, ["a", "b", "c"], None)

    @flow
    def broken_for_good():
        return eager(broken, ["a"], None)

    remembering = Remembering()

    @flow
    def all_steps():
        STEPS.take(remembering, ["a"], None)
        STEPS.follow(remembering, ["b"], lambda: None)
        STEPS.judge(remembering, ["c"], lambda: None)

    conductor.ready()
    all_steps()
    report = once_busy()
    try:
        broken_for_good()
        raised = None
    except ValueError as error:
        raised = str(error)
    print(json.dumps({"busy": [busy.tries, busy.asked, report.outcomes["new"], report.skipped],
                      "broken": [broken.tries, raised],
                      "steps": [remembering.done, Watched.looks]}))
"""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """What became of a batch that twice met a busy database, and of one that met a fault of ours."""
    data = tmp_path_factory.mktemp("flow")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    done = subprocess.run(
        [sys.executable, "-c", TRIED],
        env=kept | {"DUBAN_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, list[object]] = json.loads(done.stdout)
    assert (Path(data) / "prefect" / "prefect.db").exists()
    return told


def test_a_batch_that_meets_a_busy_database_is_tried_again_without_what_it_kept(tried: dict[str, list[object]]) -> None:
    tries, asked, new, skipped = tried["busy"]
    assert (tries, asked) == (3, 2)
    assert (new, skipped) == (2, 1)


def test_a_fault_of_ours_is_not_tried_again(tried: dict[str, list[object]]) -> None:
    assert tried["broken"] == [1, "ours"]


def test_prefect_looks_through_none_of_the_papers_that_a_run_remembers(tried: dict[str, list[object]]) -> None:
    assert tried["steps"] == [["a", "b", "c"], 0]
