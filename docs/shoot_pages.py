"""Take the README's pictures anew: the samples' office on a fixed day, five pages, 1440 by 900.

.venv/bin/python docs/shoot_pages.py          needs Chromium and `make dev`
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from flows.follow_up import FollowUp
from flows.intake import Intake
from flows.originals import Originals
from flows.reading import Reader
from flows.serve import office_app
from flows.settings import Settings
from flows.version import extractor_version
from models.accounts import add_user
from models.owners import this_process
from models.passwords import Policy
from models.people import UserRole
from models.store import Store, open_store
from outputs.web.settings import WebSettings

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
NAME, PASSWORD = "舒望", "Lanshi-7-dengta"
PAGES = {
    "overview": "/",
    "ledger": "/ledger",
    "commitment": "/ledger?text=63个城市社区送餐上门全覆盖",  # its first line
    "review": "/review",
    "targets": "/targets",
}


def fill(store: Store, folder: Path) -> None:
    """The samples, read and followed up, and one person."""
    run = store.begin_run("ingest", now=NOW, owner=this_process())
    with Reader(Settings(workers=1), 1) as reader:
        intake = Intake(store, run, reader, Originals(folder / "originals", 1 << 20), extractor_version())
        wanted, _ = intake.sort_out(sorted((ROOT / "corpus" / "samples" / "files").iterdir()))
        intake.take_in(wanted)
    work = FollowUp(store, run, "rules of the pictures")
    for document in work.waiting():
        work.follow(document)
    for reply in work.replies_to_judge():
        work.judge(reply)
    store.finish_run(run, now=NOW)
    add_user(store, NAME, UserRole.REVIEWER, PASSWORD, policy=Policy.DENGBAO2, now=NOW)


def shoot(page: Page, address: str) -> None:
    """All pictures."""
    page.goto(f"{address}/login")
    page.fill("input[name=name]", NAME)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "/login" not in url)
    for name, path in PAGES.items():
        page.goto(address + path)
        if name == "commitment":
            page.locator("a.promise").first.click()
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot()))
        picture.quantize(160).save(ROOT / "docs" / f"{name}.png", optimize=True)


def main() -> None:
    """Serves the office on loopback and takes the pictures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium is installed (Debian: chromium)")
    with tempfile.TemporaryDirectory() as name, open_store(f"sqlite:///{name}/duban.db") as store:
        fill(store, Path(name))
        web = WebSettings(clock=lambda: NOW, zone=ZoneInfo("Asia/Shanghai"), version="0.1")
        app = office_app(store, Settings(data_dir=Path(name)), web)
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            shoot(browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN"), f"http://{host}:{port}")
            browser.close()
        server.should_exit = True
        thread.join(timeout=10)


if __name__ == "__main__":
    main()
