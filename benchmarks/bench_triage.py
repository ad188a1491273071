"""The triage page by keys in a real browser: how many decisions a minute it allows, people's own thinking apart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from time import perf_counter

from benchmarks.clerks import PASSWORD, serving
from benchmarks.figures import Figure, share_within
from benchmarks.register.made import Wanted, register

_ITEMS = 100
_SIZE = 3_000  # commitments: some three hundred of them wait
_KEYS = "aaar"  # three of four are accepted


def run() -> Iterator[Figure]:
    """A hundred items, each decided by one key; nothing where no Chromium is installed."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        return
    from playwright.sync_api import sync_playwright

    with register(Wanted(_SIZE)) as made, serving(made.url, made.folder, 1) as door, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page.goto(f"http://127.0.0.1:{door.port}/login")
        page.fill("input[name=name]", "clerk0")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.goto(f"http://127.0.0.1:{door.port}/review")
        times = []
        for number in range(_ITEMS):
            begun = perf_counter()
            with page.expect_navigation():
                key = _KEYS[number % len(_KEYS)]
                page.keyboard.press(key if page.locator(f"[data-key={key}]").count() else "a")
            times.append(perf_counter() - begun)
        browser.close()
    yield Figure("triage: decisions by keys", 60 * _ITEMS / sum(times), "a minute", at_least=12)
    yield Figure("triage: the next item is there, half within", 1000 * share_within(times, 0.5), "ms")
    yield Figure("triage: the next item is there, 95 of 100 within", 1000 * share_within(times, 0.95), "ms")
