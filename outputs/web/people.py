"""用户: the accounts, for the administrator."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from models import accounts
from models.errors import WrongAccount
from models.people import User, UserRole
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

Typed = Annotated[str, Form(max_length=1_000)]


@router.get("/users")
def users(visit: Asking) -> Response:
    """All accounts, and the form for a new one."""
    return _page(visit)


@router.post("/users")
def add(visit: Asking, name: Typed, role: Typed, password: Typed) -> Response:
    """A new account."""
    name = name.strip()
    try:
        made = accounts.add_user(visit.store, name, _role(role), password, policy=visit.settings.policy, now=visit.now)
    except WrongAccount as error:
        return _page(visit, name=name, role=role, wrong=str(error))
    visit.note(f"用户 {made.name}", after=[("角色", made.role.value)])
    return visit.go("/users", f"建好了用户 {made.name}")


@router.post("/users/{name}/role")
def change_role(visit: Asking, name: str, role: Typed) -> Response:
    """Another role, at once."""
    before, after = accounts.set_role(visit.store, name, _role(role))
    visit.note(f"用户 {after.name}", [("角色", before.role.value)], [("角色", after.role.value)])
    return visit.go("/users", f"{after.name} 的角色改好了，已经生效")


@router.post("/users/{name}/password")
def reset_password(visit: Asking, name: str, password: Typed) -> Response:
    """Another password; all sessions of that account end."""
    done = accounts.set_password(visit.store, name, password, policy=visit.settings.policy, now=visit.now)
    visit.note(f"用户 {done.name}")
    return visit.go("/users", f"{done.name} 的密码换好了，此前的登录都已退出")


@router.post("/users/{name}/disable")
def disable(visit: Asking, name: str) -> Response:
    """Out of use, at once."""
    done = accounts.disable(visit.store, name, now=visit.now)
    visit.note(f"用户 {done.name}")
    return visit.go("/users", f"{done.name} 停用了")


@router.post("/users/{name}/enable")
def enable(visit: Asking, name: str) -> Response:
    """In use again."""
    done = accounts.enable(visit.store, name)
    visit.note(f"用户 {done.name}")
    return visit.go("/users", f"{done.name} 可以登录了")


def _page(visit: Visit, name: str = "", role: str = "viewer", wrong: str | None = None) -> Response:
    found = accounts.list_users(visit.store)
    record = {"users": [user_record(one) for one in found]} | ({"error": wrong} if wrong else {})
    return visit.show("users.html", record, found=found, roles=list(UserRole), name=name, role=role, wrong=wrong)


def user_record(user: User) -> dict[str, object]:
    """One account as other programs read it."""
    return {
        "name": user.name,
        "role": user.role.value,
        "created": user.created.isoformat(),
        "password_set": user.password_set.isoformat(),
        "disabled": user.disabled.isoformat() if user.disabled else None,
    }


def _role(given: str) -> UserRole:
    try:
        return UserRole(given)
    except ValueError:
        raise WrongAccount("没有这个角色") from None
