"""The units that are shipped are hardened, and what they start exists."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
UNITS = sorted((ROOT / "deploy").glob("*.service"))


def test_there_is_a_unit_for_each_part() -> None:
    assert [unit.stem for unit in UNITS] == [
        "duban-mend",
        "duban-schedule",
        "duban-server",
        "duban-web",
        "duban-worker",
    ]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_is_exposed_no_more_than_3(unit: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze isn't installed")
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(unit)], capture_output=True, text=True, timeout=30
    ).stdout
    found = re.search(r"exposure level for \S+: ([\d.]+)", said)
    assert found, said
    assert float(found[1]) <= 3.0


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_comes_back_and_has_bounds(unit: Path) -> None:
    lines = unit.read_text(encoding="utf-8").splitlines()
    assert ("Restart=on-failure" in lines) is ("Type=oneshot" not in lines)
    assert {"NoNewPrivileges=true", "ProtectSystem=strict", "PrivateTmp=true"} <= set(lines)
    assert any(line.startswith("MemoryMax=") for line in lines)
    # Reading a file sets limits of its own process: forbidding that would make every file unreadable.
    assert not any("@resources" in line for line in lines)


def test_the_pool_s_deployment_is_the_one_that_is_served() -> None:
    deployment, share = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert (deployment["name"], deployment["entrypoint"]) == ("nightly", "flows.nightly.nightly")
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    assert (share["name"], share["entrypoint"], share["work_pool"]) == (
        "read-share",
        "flows.machines.pool.read_share",
        {"name": "duban"},
    )
    assert (ROOT / "flows" / "nightly.py").is_file()
