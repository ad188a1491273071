"""Killed fifty times while saving, deciding, importing, migrating and recovering: nothing lost, halved or damaged."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import kills

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@pytest.mark.parametrize(
    ("kill", "times"),
    [
        pytest.param(kills.while_saving, 14, id="saving"),
        pytest.param(kills.while_deciding, 12, id="deciding"),
        pytest.param(kills.while_importing, 12, id="importing"),
        pytest.param(kills.while_migrating, 4, id="migrating"),
        pytest.param(kills.while_recovering, 10, id="recovering"),
    ],
)
def test_a_process_that_is_killed_leaves_whole_what_it_acknowledged(
    kill: Callable[..., int], times: int, tmp_path: Path
) -> None:
    assert kill(tmp_path, times) == times
