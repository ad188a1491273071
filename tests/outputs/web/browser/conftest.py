"""A real browser over a real server: the system's Chromium, driven by Playwright, and pages served on loopback.

    desk.open("/ledger")            a page as the reviewer sees it, 1440 pixels wide
    desk.page                       Playwright's own page

What a page asks of other machines, and what it complains about, is kept: `desk.outside` and `desk.complaints`.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from models.store import open_store

PASSWORD = "Lanshi-7-dengta"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESKTOP, PHONE = (1440, 900), (390, 844)


@dataclass(slots=True)
class Desk:
    """One person at one browser."""

    page: Page
    address: str
    office: Any
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """A page by its path."""
        answer = self.page.goto(self.address + path)
        assert answer is not None, path
        assert answer.ok, f"{path}: {answer.status}"
        return self.page

    def log_in(self, name: str) -> None:
        """As a person does it."""
        self.page.goto(self.address + "/login")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url(lambda url: "/login" not in url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, started once."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (Debian: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(
    prepared: Path, office_of: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Any]]:
    """An office for all tests that only look, and its address."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copy(prepared, folder / "duban.db")
    shutil.copytree(prepared.parent / "originals", folder / "originals")
    with open_store(f"sqlite:///{folder}/duban.db") as store:
        office = office_of(store, folder)
        with serving(office.app) as address:
            yield address, office


@pytest.fixture
def own(prepared: Path, office_of: Callable[..., Any], tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """An office of the test's own, to work in."""
    shutil.copy(prepared, tmp_path / "duban.db")
    shutil.copytree(prepared.parent / "originals", tmp_path / "originals")
    with open_store(f"sqlite:///{tmp_path}/duban.db") as store:
        office = office_of(store, tmp_path)
        with serving(office.app) as address:
            yield address, office


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The pages on a free port of loopback."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@contextmanager
def desk_in(
    browser: Browser, at: tuple[str, Any], size: tuple[int, int] = DESKTOP, scripts: bool = True
) -> Iterator[Desk]:
    """A browser of one's own: nobody logged in, nothing remembered."""
    address, office = at
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        locale="zh-CN",
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    desk = Desk(page, address, office)
    page.on(
        "request", lambda asked: None if asked.url.startswith((address, "data:")) else desk.outside.append(asked.url)
    )
    page.on("console", lambda said: desk.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    try:
        yield desk
    finally:
        context.close()


@pytest.fixture(scope="session")
def looking(chromium: Browser, served: tuple[str, Any]) -> Iterator[Callable[[str, tuple[int, int]], Desk]]:
    """The desk of a role at a width, logged in once for all tests that only look."""
    desks: dict[tuple[str, tuple[int, int]], Desk] = {}
    opened = []

    def at(role: str, size: tuple[int, int] = DESKTOP) -> Desk:
        if (role, size) not in desks:
            held = desk_in(chromium, served, size)
            opened.append(held)
            desks[role, size] = held.__enter__()
            if role != "none":
                desks[role, size].log_in(role)
        desk = desks[role, size]
        desk.outside.clear()
        desk.complaints.clear()
        return desk

    yield at
    for held in opened:
        held.__exit__(None, None, None)


@pytest.fixture(scope="session")
def desk_of() -> Callable[..., Any]:
    """A desk in a browser at an address: `with desk_of(chromium, own) as desk`."""
    return desk_in
