"""A polite visitor of one site: one connection, a pause between requests, robots.txt, and limits on everything.

It stays on the site, asks for what it knows only in case it has changed, tries again where the site is merely busy, and
says in one sentence why it couldn't have something.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from models.errors import DubanError, Unreadable

AGENT = "duban"
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_AWAY = frozenset({404, 410})
_MOST_REDIRECTS = 5
_LONGEST_PAUSE = 60.0  # seconds, between two tries
_DRIP = 20  # a body may take so many times the time-out in all
_ROBOTS_BYTES = 512 * 1024  # RFC 9309: at least 500 KiB are to be read
_T = TypeVar("_T")


class NotFetched(DubanError):
    """Something that a site didn't give. `gone`: it says that the address is no longer there; `site`: the whole site
    doesn't answer, so there is little use in asking for the next thing."""

    def __init__(self, reason: Unreadable, detail: str, *, gone: bool = False, site: bool = False) -> None:
        super().__init__(detail)
        self.reason, self.detail, self.gone, self.site = reason, detail, gone, site


@dataclass(frozen=True, slots=True)
class Answer(Generic[_T]):
    """What a site gave: its final address, the validators for the next time, the kind of content, and what `take` made
    of the body; None: it is unchanged."""

    address: str
    etag: str | None
    last_modified: str | None
    content_type: str
    content: _T | None


class Visitor:
    """To be used in a `with` statement; `sleep` and `clock` are handed in by tests."""

    def __init__(
        self,
        home: str,
        *,
        delay: float,
        timeout: float,
        tries: int,
        proxy: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """`between` is called before each request: whoever holds a lease renews it there."""
        self._host = urlsplit(home).hostname
        self._delay, self._timeout, self._tries = delay, timeout, tries
        self._sleep, self._clock, self._between = sleep, clock, between
        self._last: float | None = None
        self._rules: dict[str, RobotFileParser] = {}
        self._client = httpx.Client(
            headers={"User-Agent": AGENT, "Accept-Language": "zh-CN"},
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            proxy=proxy or None,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def on_site(self, address: str) -> bool:
        """Whether an address belongs to the site."""
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and parts.hostname == self._host

    def get(
        self,
        address: str,
        take: Callable[[Iterator[bytes]], _T],
        *,
        largest: int,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Answer[_T]:
        """What stands at an address, if it has changed since it had these validators. NotFetched says why not."""
        self._check_robots(address)
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        return self._trying(address, lambda: self._followed(address, headers, take, largest))

    def _trying(self, address: str, ask: Callable[[], _T]) -> _T:
        """The answer of the first try that isn't met by a busy or silent site."""
        for number in range(1, self._tries + 1):
            try:
                return ask()
            except _Again as error:
                if number == self._tries:
                    raise NotFetched(Unreadable.UNREACHABLE, error.detail, site=error.site) from error
                self._sleep(min(_LONGEST_PAUSE, max(error.after, self._delay * 2**number)))
        raise AssertionError(address)

    def _followed(
        self, address: str, headers: dict[str, str], take: Callable[[Iterator[bytes]], _T], largest: int
    ) -> Answer[_T]:
        for _ in range(_MOST_REDIRECTS):
            found = self._asked(address, headers, take, largest)
            if isinstance(found, Answer):
                return found
            if not self.on_site(found):
                raise NotFetched(Unreadable.UNSAFE, f"转到了别的网站 {urlsplit(found).hostname}")
            self._check_robots(found)
            address = found
        raise NotFetched(Unreadable.UNREACHABLE, "转来转去没有尽头")

    def _asked(
        self, address: str, headers: dict[str, str], take: Callable[[Iterator[bytes]], _T], largest: int
    ) -> Answer[_T] | str:
        """One request: the answer, or the address that it points to."""
        self._pause()
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                return self._judged(address, response, take, largest)
        except httpx.TimeoutException as error:
            raise _Again(f"{self._timeout:g} 秒没有回应", site=True) from error
        except httpx.TransportError as error:
            raise _Again(f"连接断开：{type(error).__name__}", site=isinstance(error, httpx.ConnectError)) from error
        except httpx.InvalidURL as error:
            raise NotFetched(Unreadable.UNREACHABLE, "地址不对") from error

    def _judged(
        self, address: str, response: httpx.Response, take: Callable[[Iterator[bytes]], _T], largest: int
    ) -> Answer[_T] | str:
        status = response.status_code
        if response.has_redirect_location:
            return urljoin(address, str(response.headers.get("Location", "")))
        if status in _BUSY:
            raise _Again(f"HTTP {status}", after=_retry_after(response), site=status == 503)
        if status in _AWAY:
            raise NotFetched(Unreadable.UNREACHABLE, f"HTTP {status}", gone=True)
        if status == 304:
            return self._answer(address, response, None)
        if status != 200:
            raise NotFetched(Unreadable.UNREACHABLE, f"HTTP {status}")
        told = response.headers.get("Content-Length", "")
        if told.isdigit() and int(told) > largest:
            raise NotFetched(Unreadable.TOO_LARGE, _too_large(int(told), largest))
        return self._answer(address, response, take(self._pieces(response, largest)))

    def _pieces(self, response: httpx.Response, largest: int) -> Iterator[bytes]:
        """The body, no larger than allowed and no longer in coming: neither may be said, or said truly, beforehand."""
        size, until = 0, self._clock() + _DRIP * self._timeout
        for piece in response.iter_bytes():
            size += len(piece)
            if size > largest:
                raise NotFetched(Unreadable.TOO_LARGE, _too_large(None, largest))
            if self._clock() > until:
                raise _Again(f"{_DRIP * self._timeout:g} 秒还没有传完")
            yield piece

    @staticmethod
    def _answer(address: str, response: httpx.Response, content: Any) -> Answer[Any]:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(address, response.headers.get("ETag"), response.headers.get("Last-Modified"), kind, content)

    def _pause(self) -> None:
        self._between()
        if self._last is not None:
            self._sleep(max(0.0, self._last + self._delay - self._clock()))
        self._last = self._clock()

    def _check_robots(self, address: str) -> None:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = self._asked_rules(origin)
            if wait := self._rules[origin].crawl_delay(AGENT):
                self._delay = max(self._delay, min(float(wait), _LONGEST_PAUSE))
        if not self._rules[origin].can_fetch(AGENT, address):
            raise NotFetched(Unreadable.UNSAFE, "网站的 robots.txt 不让取")

    def _asked_rules(self, origin: str) -> RobotFileParser:
        """The site's rules; none are no hindrance, a site that can't say them isn't visited (RFC 9309, 2.3.1)."""
        rules, address = RobotFileParser(), f"{origin}/robots.txt"
        try:
            found = self._trying(address, lambda: self._followed_rules(address))
        except NotFetched as error:
            if error.site or error.detail.startswith("HTTP 5"):
                raise
            rules.parse([])
            return rules
        rules.parse(found.decode("utf-8", "replace").splitlines())
        return rules

    def _followed_rules(self, address: str) -> bytes:
        for _ in range(_MOST_REDIRECTS):
            found = self._asked(address, {}, lambda pieces: b"".join(pieces), _ROBOTS_BYTES)
            if isinstance(found, Answer):
                return found.content or b""
            address = found
        return b""


class _Again(Exception):
    """The site is busy or silent: worth another try, `after` so many seconds."""

    def __init__(self, detail: str, *, after: float = 0.0, site: bool = False) -> None:
        super().__init__(detail)
        self.detail, self.after, self.site = detail, after, site


def _retry_after(response: httpx.Response) -> float:
    with suppress(ValueError):
        return float(response.headers.get("Retry-After", "0"))
    return 0.0  # a date: the usual pause will do


def _too_large(size: int | None, largest: int) -> str:
    mib = 1024 * 1024
    told = f"{size / mib:.0f} MB，" if size else ""
    return f"{told}上限 {largest / mib:.0f} MB"
