"""`duban serve`, `duban user` and `duban audit` as they are used."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.serve import is_loopback, web_settings
from flows.settings import Settings, load
from models.errors import WrongAccount
from models.passwords import Policy
from outputs.web.settings import WebSettings

PASSWORD = "Lanshi-7-dengta"


@pytest.fixture
def duban(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on a data directory of its own; gives what it said and its exit status."""
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path))
    load.cache_clear()

    def run(*words: str, typed: str = "") -> Any:
        return CliRunner().invoke(app, words, input=typed)

    return run


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str, subprocess.Popen[str]]]:
    """A running server: its address, what it said until then, its process."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DUBAN_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", "serve", "--port", "0"],
        env=environment | {"DUBAN_DATA_DIR": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        while "://" in said and "口令是" not in said and "还没有用户" not in said:
            said += process.stderr.readline()
        said += process.stderr.readline()
        yield re.findall(r"http://[\d.:]+", said)[0], said, process
    finally:
        process.kill()
        process.wait()


def test_the_first_start_leads_from_the_token_to_the_overview_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    with served(tmp_path) as (address, said, process):
        token = said.splitlines()[-1].strip()
        with httpx2.Client(base_url=address) as browser:
            assert browser.get("/").headers["location"] == "/first-run"
            csrf = re.findall(r'name="csrf" value="(\w+)"', browser.get("/first-run").text)[0]
            form = {"csrf": csrf, "token": token, "name": "甲乙", "password": PASSWORD, "again": PASSWORD}
            assert browser.post("/first-run", data=form).headers["location"] == "/login"
            browser.post("/login", data={"csrf": csrf, "name": "甲乙", "password": PASSWORD})
            page = browser.get("/")
            assert (page.status_code, "还没有内容" in page.text) == (200, True)
            assert "server" not in page.headers
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])
def test_without_an_account_no_other_machine_is_served(host: str, duban: Any) -> None:
    refused = duban("serve", "--host", host, "--port", "0")
    assert (refused.exit_code, "还没有用户" in refused.output) == (2, True)


def test_an_address_that_is_taken_or_not_ours_is_said(duban: Any) -> None:
    duban("user", "add", "甲乙", "--role", "admin", typed=f"{PASSWORD}\n")
    assert "用不了" in duban("serve", "--host", "192.0.2.7").output


def test_accounts_are_made_listed_changed_and_disabled(duban: Any) -> None:
    assert "还没有用户" in duban("user", "list").output
    assert duban("user", "add", "甲乙", "--role", "admin", typed=f"{PASSWORD}\n").exit_code == 0
    assert duban("user", "add", "王五", typed=f"{PASSWORD}\n").exit_code == 0
    duban("user", "role", "王五", "--role", "reviewer")
    duban("user", "password", "王五", typed="Haimian-9-qiaotou\n")
    duban("user", "disable", "王五")
    listed = json.loads(duban("user", "list", "--format", "json").output)
    assert [(one["name"], one["role"], bool(one["disabled"])) for one in listed] == [
        ("王五", "reviewer", True),
        ("甲乙", "admin", False),
    ]
    duban("user", "enable", "王五")
    assert "已停用" not in duban("user", "list").output
    audit = json.loads(duban("audit", "--format", "json").output)
    assert (audit["entries"], audit["broken"]) == (6, None)


@pytest.mark.parametrize(
    ("words", "typed", "why"),
    [
        (("user", "add", "王五"), "short\n", "至少 10"),
        (("user", "add", "王五"), "", "至少 10"),
        (("user", "add", "a b"), f"{PASSWORD}\n", "用户名"),
        (("user", "password", "没有此人"), f"{PASSWORD}\n", "没有用户"),
        (("user", "disable", "甲乙"), "", "管理员"),
        (("user", "revoke", "7"), "", "没有第 7 号"),
    ],
)
def test_what_cannot_be_is_said_in_chinese(words: tuple[str, ...], typed: str, why: str, duban: Any) -> None:
    duban("user", "add", "甲乙", "--role", "admin", typed=f"{PASSWORD}\n")
    failed = duban(*words, typed=typed)
    assert isinstance(failed.exception, WrongAccount)
    assert why in str(failed.exception)


def test_a_programs_key_is_shown_once_and_can_be_revoked(duban: Any) -> None:
    duban("user", "add", "甲乙", "--role", "admin", typed=f"{PASSWORD}\n")
    key = duban("user", "token", "甲乙", "--for", "大屏", "--scope", "write", "--days", "3").stdout.strip()
    assert key.startswith("duban_")
    listed = duban("user", "tokens", "--format", "json")
    assert key not in listed.output
    assert json.loads(listed.output)[0]["for"] == "大屏"
    duban("user", "revoke", "1")
    assert "已作废" in duban("user", "tokens").output


def test_the_end_of_the_log_can_be_noted_and_held_against_it(duban: Any) -> None:
    duban("user", "add", "甲乙", "--role", "admin", typed=f"{PASSWORD}\n")
    noted = duban("audit").output.strip().split("末尾：")[1]
    assert duban("audit", "--noted", noted).exit_code == 0
    other = duban("audit", "--noted", "1:" + "f" * 64)
    assert (other.exit_code, "不可信" in other.output) == (1, True)
    assert duban("audit", "--noted", "x").exit_code == 2


def test_settings_reach_the_pages() -> None:
    given = Settings(web_https=True, web_hosts=("d.example",), web_idle_minutes=30, web_passwords="asvs")
    made: WebSettings = web_settings(given)
    assert (made.https, made.hosts, made.policy) == (True, ("d.example",), Policy.ASVS)
    assert (made.limits.idle.seconds, made.limits.whole.seconds) == (1800, 36000)
    assert made.clock().tzinfo is not None


def test_only_this_machines_own_addresses_are_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "localhost.example", "")))
