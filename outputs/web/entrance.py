"""Getting in and out: the first start, logging in and out, choosing a new password."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from models.accounts import first_user, is_password_old, set_password
from models.errors import LoginRefused, WrongAccount
from models.logins import log_in, log_out
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

Typed = Annotated[str, Form(max_length=1_000)]


@router.get("/first-run")
def first_run(visit: Asking) -> Response:
    """The page that makes the first account."""
    if visit.office.opened:
        visit.elsewhere("/login")
    return visit.show("first_run.html", {}, name="", wrong=None)


@router.post("/first-run")
def make_first(visit: Asking, token: Typed, name: Typed, password: Typed, again: Typed) -> Response:
    """Makes the first administrator and leads to the login page."""
    try:
        _check_same(password, again)
        user = first_user(visit.store, token, name.strip(), password, policy=visit.settings.policy, now=visit.now)
    except WrongAccount as error:
        return visit.show("first_run.html", {"error": str(error)}, name=name, wrong=str(error))
    visit.note(f"用户 {user.name}", after=[("角色", user.role.value)], who=user.name, role=user.role)
    return visit.go("/login", "管理员建好了，请登录")


@router.get("/login")
def login(visit: Asking) -> Response:
    """The login page; whoever is logged in goes on."""
    if visit.person.known:
        visit.elsewhere(visit.back or "/")
    return visit.show("login.html", {}, name="", wrong=None)


@router.post("/login")
def enter(visit: Asking, name: Typed, password: Typed) -> Response:
    """Logs in and goes to the page that was asked for."""
    client = visit.request.client
    try:
        secret, session = log_in(visit.store, name, password, address=client.host if client else "", now=visit.now)
    except LoginRefused as error:
        visit.note(who=error.known or "（未知用户）")
        visit.noted.result, visit.noted.silent = "refused: login", error.locked
        return visit.show("login.html", {"error": str(error)}, status=401, name=name, wrong=str(error))
    visit.note(who=session.user.name, role=session.user.role)
    visit.hold(secret)
    if is_password_old(session.user, visit.settings.policy, visit.now):
        return visit.go("/password", "密码到期了，请换一个")
    return visit.go(visit.back or "/")


@router.post("/logout")
def leave(visit: Asking) -> Response:
    """Logs out, here and in the browser."""
    if visit.person.session is not None:
        log_out(visit.store, visit.person.session)
    visit.hold(None)
    return visit.go("/login")


@router.get("/password")
def password_page(visit: Asking) -> Response:
    """The page to choose a new password."""
    return visit.show("password.html", {}, wrong=None)


@router.post("/password")
def change_password(visit: Asking, current: Typed, password: Typed, again: Typed) -> Response:
    """Changes the password; every other session of this person ends."""
    session = visit.person.session
    try:
        if session is None:
            raise WrongAccount("换密码要先在浏览器里登录")
        _check_current(visit, current)
        _check_same(password, again)
        keep = [session.digest]
        set_password(visit.store, visit.person.name, password, policy=visit.settings.policy, now=visit.now, keep=keep)
    except WrongAccount as error:
        return visit.show("password.html", {"error": str(error)}, wrong=str(error))
    visit.note(f"用户 {visit.person.name}")
    return visit.go(visit.back or "/", "密码换好了；在别处的登录都已退出")


def _check_current(visit: Visit, current: str) -> None:
    """The present password again: an open screen alone mustn't be enough."""
    client = visit.request.client
    try:
        _, session = log_in(
            visit.store, visit.person.name, current, address=client.host if client else "", now=visit.now
        )
    except LoginRefused:
        raise WrongAccount("现在的密码不对，或者因多次输错暂停了") from None
    log_out(visit.store, session)


def _check_same(password: str, again: str) -> None:
    if password != again:
        raise WrongAccount("两次输入的新密码不一样")
