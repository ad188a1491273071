"""Around every answer: headers that keep browsers careful, /page.json, and a page for what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_FOR_EVER, _NEVER = "public, max-age=31536000, immutable", "no-store"
_HTTPS = "max-age=31536000"


class Envelope:
    """The outermost layer of the pages."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        https: bool,
        unforeseen: Callable[[Request, Exception], Response],
        refuse: Callable[[Request, int], Response],
    ) -> None:
        self._app, self._https, self._unforeseen, self._refuse = app, https, unforeseen, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})  # shared with what answers for faults
        path = str(scope["path"])
        scope = _as_form(scope, path)
        keeps = path.startswith("/static/") and b"v=" in scope["query_string"]
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._dress(MutableHeaders(scope=message), keeps and message["status"] == 200)
            await send(message)

        if "\0" in path or b"\0" in unquote_to_bytes(scope["query_string"]):
            await self._refuse(Request(scope), 400)(scope, receive, sending)
            return
        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if begun:
                raise
            await self._unforeseen(Request(scope), error)(scope, receive, sending)

    def _dress(self, headers: MutableHeaders, keeps: bool) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        headers.setdefault("Cache-Control", _FOR_EVER if keeps else _NEVER)
        if self._https:
            headers["Strict-Transport-Security"] = _HTTPS


def _as_form(scope: Scope, path: str) -> Scope:
    """/ledger.json is /ledger as JSON, /units.csv and /units.xlsx the list as a file; the interface for programs keeps
    its own addresses."""
    plain, dot, form = path.rpartition(".")
    if not dot or form not in ("json", "csv", "xlsx") or path.startswith(("/api/", "/static/")):
        return scope
    plain = "/" if plain in ("/index", "/overview") else plain
    told = {"duban.json": True} if form == "json" else {"duban.form": form}
    return {**scope, "path": plain, "raw_path": plain.encode(), **told}
