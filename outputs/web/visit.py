"""One request by one person: what a page function gets, and how it answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, NoReturn
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from jinja2 import Environment
from starlette.exceptions import HTTPException

from models.accounts import list_users
from models.audit import Values
from models.passwords import RULES
from models.people import Session, UserRole
from models.store import Store
from outputs.web.access import matrix
from outputs.web.actions import Actions, Lists
from outputs.web.addresses import address, changed, inside, shallow, texts
from outputs.web.forms import form_token, sealed, unsealed
from outputs.web.given import Given
from outputs.web.help import Help, helps
from outputs.web.layout import NAVIGATION, Entry
from outputs.web.pace import Pace
from outputs.web.settings import WebSettings


@dataclass(slots=True)
class Office:
    """What the pages work with."""

    store: Store
    actions: Actions
    settings: WebSettings
    templates: Environment
    pace: Pace
    opened: bool = False  # somebody has an account: true for ever once it is

    @property
    def cookie(self) -> str:
        """The cookie's name; with HTTPS browsers hold it for this host alone."""
        return "__Host-duban" if self.settings.https else "duban"


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: by a session in a browser, by a token of a program (`only_reads`: of the scope read), or nobody known
    (NONE)."""

    name: str = ""
    role: UserRole = UserRole.NONE
    session: Session | None = None
    by_token: bool = False
    only_reads: bool = False

    @property
    def known(self) -> bool:
        """Whether somebody is logged in, with or without rights."""
        return bool(self.name)


class Elsewhere(Exception):
    """The answer is another page: its address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(slots=True)
class Noted:
    """What the audit log is told besides who, when and which page."""

    who: str | None = None
    role: UserRole | None = None
    object: str = ""
    before: Values = ()
    after: Values = ()
    result: str | None = None
    silent: bool = False
    action: str | None = None  # what the log calls it, where a page that isn't logged was taken home as a file


@dataclass(slots=True)
class Visit(Given):
    """One request. `secret` is what the browser holds, None until it needs to."""

    request: Request
    office: Office
    person: Person
    now: datetime
    secret: str | None = None
    noted: Noted = field(default_factory=Noted)
    _said: list[str] = field(default_factory=list)
    _cookies: dict[str, str | None] = field(default_factory=dict)

    # --- who, when, what with ---

    @property
    def store(self) -> Store:
        """The store."""
        return self.office.store

    @property
    def actions(self) -> Actions:
        """What flows put together."""
        return self.office.actions

    @property
    def lists(self) -> Lists:
        """Lists of promises."""
        return self.actions.lists

    @property
    def settings(self) -> WebSettings:
        """How the pages are run."""
        return self.office.settings

    @property
    def today(self) -> date:
        """Today where the office is."""
        return self.now.astimezone(self.settings.zone).date()

    @property
    def as_of(self) -> date:
        """The day that the page shows: ?asof=2026-06-30, else today. (The door has turned away a wrong one.)"""
        try:
            return self.day("asof") or self.today
        except HTTPException:
            return self.today

    @property
    def shows_past(self) -> bool:
        """Whether a day other than today was asked for."""
        return self.as_of != self.today

    def may(self, route: str) -> bool:
        """Whether this person may open a page, as in "GET /ledger"; a page that isn't there nobody may."""
        line = matrix().get(route)
        return line is not None and self.person.role in line.roles

    @property
    def navigation(self) -> list[tuple[Entry, bool]]:
        """The entries of the menu that are open to this person, and whether this page belongs to each."""
        here = self.request.url.path
        return [(one, one.holds(here)) for one in NAVIGATION if self.may(f"GET {one.path}")]

    @property
    def help(self) -> Help | None:
        """What this page says of itself; a page that tells of a problem says nothing."""
        route = self.request.scope.get("route")
        return helps().get(getattr(route, "path", "")) if self.person.known else None

    @property
    def colleagues(self) -> list[str]:
        """Whom something may be assigned to: whoever has an account that is in use, auditors apart."""
        known = (UserRole.VIEWER, UserRole.REVIEWER, UserRole.ADMIN)
        return sorted(one.name for one in list_users(self.store) if one.role in known and not one.disabled)

    # --- what was asked ---

    def values(self, name: str) -> Sequence[str]:
        """All values of a parameter as they were given."""
        return self.request.query_params.getlist(name)

    @property
    def wants_json(self) -> bool:
        """Whether the page is asked for as JSON: /ledger.json, ?format=json, /api/…"""
        return wants_json(self.request)

    @property
    def form(self) -> str | None:
        """Which file a list is asked for as: /units.xlsx, /units.csv, ?format=csv; None: as a page."""
        form = self.request.scope.get("duban.form") or self.request.query_params.get("format")
        return form if form in ("xlsx", "csv") else None

    # --- addresses ---

    def link(self, path: str, **parameters: object) -> str:
        """An address inside; the day that is shown goes along."""
        day = {"asof": self.as_of.isoformat() if self.shows_past else None}
        return address(path, {**parameters, **({} if "asof" in parameters else day)}.items())

    def here(self, **changes: object) -> str:
        """This page with some parameters other; None takes one away. A change of anything but the page number
        leads to the first page."""
        if "page" not in changes:
            changes["page"] = None
        present = self.request.query_params.multi_items()
        return address(self.request.url.path, changed(present, changes))

    def kept(self, *names: str) -> list[tuple[str, str]]:
        """The parameters of this page but for these: the hidden fields of a form that changes them."""
        return [(name, value) for name, value in self.request.query_params.multi_items() if name not in names]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of this page, in their order."""
        return self.request.query_params.multi_items()

    @property
    def address(self) -> str:
        """This very page."""
        return shallow(address(self.request.url.path, self.request.query_params.multi_items()))

    @property
    def site(self) -> str:
        """Where these pages are, as this person reaches them: https://duban.example.gov.cn"""
        url = self.request.base_url
        return str(url.replace(scheme="https") if self.settings.https else url).rstrip("/")

    @property
    def back(self) -> str | None:
        """The list that the person came from, if the address or the form says so."""
        form: Any = getattr(self.request, "_form", None)
        given = form.get("back") if form is not None else None
        return inside(given if isinstance(given, str) else self.request.query_params.get("back"))

    # --- answers ---

    def show(
        self,
        template: str,
        record: object | Callable[[], object],
        *,
        status: int = 200,
        wrong: str | None = None,
        **values: object,
    ) -> Response:
        """The page, or its record as JSON. A record that is dear to make may be given as a function. `wrong`: what is
        wrong with a form that comes back (422 unless another status is given); the log hears of it."""
        if wrong and status == 200:
            status, self.noted.result = 422, "refused: wrong"
        if self.form and status == 200:
            raise HTTPException(400, "这一页不是列表，没有 csv、xlsx；加 .json 是同样的内容")
        if self.wants_json:
            return JSONResponse(record() if callable(record) else record, status_code=status)
        html = self.office.templates.get_template(template).render(
            visit=self,
            record=record,
            person=self.person,
            link=self.link,
            here=self.here,
            said=self._take_said(),
            wrong=wrong,
            csrf=self.form_token,
            idle=self.settings.limits.idle.seconds // 60,
            **values,
        )
        return Response(html, status_code=status, media_type="text/html")

    def go(self, to: str, said: str | None = None) -> Response:
        """After a change: another page (303), with a sentence on what was done. Programs get {"said", "next"}."""
        if self.wants_json or self.person.by_token:
            return JSONResponse({"said": said, "next": to})
        if said:
            secret = self.secret or self._new_secret()
            self._cookies[f"{self.office.cookie}-said"] = sealed(secret, [*self._said, said])
        return RedirectResponse(to, status_code=303)

    def file(self, content: bytes, name: str, media_type: str, *, inline: bool = False) -> Response:
        """A file to keep, under its Chinese name (RFC 6266); `inline` lets the browser show it."""
        kind = "inline" if inline else "attachment"
        disposition = f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
        return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})

    def svg(self, drawing: str) -> Response:
        """A figure, at an address of its own."""
        return Response(drawing, media_type="image/svg+xml")

    def gone(self, what: str) -> NoReturn:
        """There is no such thing: 404, said in Chinese."""
        raise HTTPException(404, what)

    def elsewhere(self, to: str) -> NoReturn:
        """Another page instead, without a word."""
        raise Elsewhere(to)

    def say(self, sentence: str) -> None:
        """A sentence at the top of the page that `show` makes."""
        self._said.append(sentence)

    def note(
        self,
        object: str = "",
        before: Sequence[tuple[str, str]] = (),
        after: Sequence[tuple[str, str]] = (),
        *,
        who: str | None = None,
        role: UserRole | None = None,
    ) -> None:
        """Tells the audit log what was changed, from what to what; never a secret. `who`: if not who asks."""
        self.noted.object, self.noted.before, self.noted.after = object, tuple(before), tuple(after)
        self.noted.who, self.noted.role = who or self.noted.who, role or self.noted.role

    # --- cookies and forms ---

    def form_token(self) -> str:
        """What each form carries."""
        return form_token(self.secret or self._new_secret())

    def hold(self, secret: str | None) -> None:
        """Gives the browser a session to hold; None takes it away."""
        self.secret = secret
        self._cookies[self.office.cookie] = secret

    def dress(self, response: Response) -> Response:
        """The answer with its cookies."""
        for name, value in self._cookies.items():
            if value is None:
                response.delete_cookie(name, path="/", secure=self.settings.https, httponly=True, samesite="lax")
            else:
                response.set_cookie(name, value, path="/", secure=self.settings.https, httponly=True, samesite="lax")
        return response

    def _new_secret(self) -> str:
        self.hold(secrets.token_urlsafe(32))
        return self.secret or ""

    def _take_said(self) -> list[str]:
        """What an earlier page has to say, once, and then this one."""
        name = f"{self.office.cookie}-said"
        earlier = unsealed(self.secret, self.request.cookies.get(name))
        if name in self.request.cookies:
            self._cookies.setdefault(name, None)
        return [*earlier, *self._said]

    @property
    def password_rules(self) -> str:
        """What a password must be, in Chinese."""
        rules = RULES[self.settings.policy]
        classes = "，大写字母、小写字母、数字、其他符号里至少三种" if rules.classes > 1 else ""
        lasts = f"；{rules.lasts.days} 天换一次" if rules.lasts else ""
        return f"至少 {rules.shortest} 个字符{classes}{lasts}；不要用常见词、键盘顺序和用户名"


def wants_json(request: Request) -> bool:
    """Whether an answer is to be JSON."""
    if request.scope.get("duban.json") or request.url.path.startswith("/api/"):
        return True
    accept = request.headers.get("accept", "")
    return request.query_params.get("format") == "json" or ("application/json" in accept and "html" not in accept)


def _visit(request: Request) -> Visit:
    visit: Visit = request.state.visit
    return visit


Asking = Annotated[Visit, Depends(_visit)]
"""What a page function takes: `def page(visit: Asking) -> Response`."""

__all__ = ["Asking", "Elsewhere", "Office", "Person", "Visit", "texts", "wants_json"]
