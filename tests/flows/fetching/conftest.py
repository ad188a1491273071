"""A column of an invented town's site, with the faults that such sites have, on a real server on loopback."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.fetching.book import Book, Harvest
from flows.fetching.listings import visit_column
from flows.fetching.visitor import Visitor
from flows.originals import Originals
from flows.source_settings import WebSource
from models.owners import this_process
from models.store import Store, open_store

NOW = datetime(2026, 5, 20, 18, 0, tzinfo=UTC)


@dataclass
class Reply:
    """What the site gives at one address; `wait` seconds before it does, and between the pieces of its body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    claims: int | None = None  # a Content-Length that isn't the body's
    drip: float = 0.0
    times: int | None = None  # given so often; then the address is fine and gives `then`
    then: Reply | None = None


@dataclass
class Site:
    """The site: its pages by path, and what it was asked."""

    url: str = ""
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    made: Callable[[str], Reply | None] = lambda path: None

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def put(self, path: str, text: str | bytes, code: str = "utf-8", **more: object) -> None:
        """A page; its validator follows from its bytes."""
        body = text if isinstance(text, bytes) else text.encode(code)
        etag = hashlib.sha256(body).hexdigest()[:12]
        self.pages[path] = Reply(body, headers={"ETag": f'"{etag}"', "Content-Type": "text/html"}, **more)  # type: ignore[arg-type]

    def article(self, number: int, words: str = "", code: str = "utf-8") -> str:
        """An article that is a reply; its path."""
        path = f"/jyta/t20260{number % 9 + 1}12_{1000 + number}.html"
        body = f"""<html><head><title>答复</title></head><body><h1>关于市政协第{number}号提案的答复</h1>
            <p>顾青禾委员：</p><p>您提出的《关于修整{number}号码头的提案》收悉，现答复如下：</p>
            <p>我局将于2026年底前修整码头{number}座。{words}</p><p>白鹭市交通运输局</p><p>2026年3月2日</p></body></html>"""
        self.put(path, body, code)
        return path

    def listing(self, path: str, articles: list[str], following: str | None = None, extra: str = "") -> None:
        """A list page."""
        links = "".join(f'<li><a href="{one}">关于{one[-9:-5]}的答复</a></li>' for one in articles)
        after = f'<a href="{following}">下一页</a>' if following else ""
        self.put(path, f"<html><body><ul>{links}</ul>{extra}{after}</body></html>")


class _Handler(BaseHTTPRequestHandler):
    """Gives what the site has."""

    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path
        self.site.asked.append((path, dict(self.headers)))
        reply = self.site.pages.get(path) or self.site.made(path) or Reply(b"gone", 404)
        if reply.times is not None:
            reply.times -= 1
            if reply.times < 0:
                reply = reply.then or Reply(b"")
        self.site.open += 1  # given back before the answer: a visitor who waits for it never meets itself
        self.site.most_open = max(self.site.most_open, self.site.open)
        time.sleep(max(reply.wait, 0.002))
        self.site.open -= 1
        if reply.headers.get("ETag") and self.headers.get("If-None-Match") == reply.headers["ETag"]:
            reply = Reply(b"", 304, {"ETag": reply.headers["ETag"]})
        with suppress(OSError):  # the visitor hung up
            self._give(reply)

    def _give(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(reply.claims if reply.claims is not None else len(reply.body)))
        if reply.claims is not None:
            self.close_connection = True
        self.end_headers()
        for start in range(0, len(reply.body), 4096 if not reply.drip else 10):
            self.wfile.write(reply.body[start : start + (4096 if not reply.drip else 10)])
            if reply.drip:
                self.wfile.flush()
                time.sleep(reply.drip)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty site; whatever isn't put is 404."""
    found = Site()

    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": found}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(f"sqlite:///{tmp_path}/duban.db") as opened:
        yield opened


@pytest.fixture
def inbox(tmp_path: Path) -> Originals:
    """Where fetched things land."""
    return Originals(tmp_path / "inbox", 1 << 40)


@pytest.fixture
def visit(site: Site, store: Store, inbox: Originals) -> Callable[..., Harvest]:
    """One night's visit to the column /jyta/index.html; the pauses between tries are noted, not waited."""
    run = store.begin_run("nightly", now=datetime.now(UTC), owner=this_process())

    def visiting(now: datetime = NOW, url: str = "", **given: object) -> Harvest:
        settings: dict[str, object] = {"delay_seconds": 0, "timeout_seconds": 0.5, "tries": 2, "recheck_share": 0}
        source = WebSource(  # type: ignore[call-arg]
            kind="web", name="市网站", url=url or f"{site.url}/jyta/index.html", **settings | given
        )
        book = Book.of(store, run, source.name, inbox, now)
        with Visitor(
            source.url,
            delay=source.delay_seconds,
            timeout=source.timeout_seconds,
            tries=source.tries,
            sleep=lambda seconds: None,
        ) as visitor:
            visit_column(source, visitor, book)
        return book.harvest()

    return visiting
