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
        made = make(visit, name, _role(role), password)
    except WrongAccount as error:
        return _page(visit, name=name, role=role, wrong=str(error))
    return visit.go("/users", f"建好了用户 {made.name}")


@router.post("/users/{name}/role")
def change_role(visit: Asking, name: str, role: Typed) -> Response:
    """Another role, at once."""
    return visit.go("/users", f"{give_role(visit, name, _role(role)).name} 的角色改好了，已经生效")


@router.post("/users/{name}/password")
def reset_password(visit: Asking, name: str, password: Typed) -> Response:
    """Another password; all sessions of that account end."""
    return visit.go("/users", f"{give_password(visit, name, password).name} 的密码换好了，此前的登录都已退出")


@router.post("/users/{name}/disable")
def disable(visit: Asking, name: str) -> Response:
    """Out of use, at once."""
    return visit.go("/users", f"{put_out_of_use(visit, name).name} 停用了")


@router.post("/users/{name}/enable")
def enable(visit: Asking, name: str) -> Response:
    """In use again."""
    return visit.go("/users", f"{put_in_use(visit, name).name} 可以登录了")


def make(visit: Visit, name: str, role: UserRole, password: str) -> User:
    """A new account. WrongAccount."""
    made = accounts.add_user(visit.store, name, role, password, policy=visit.settings.policy, now=visit.now)
    visit.note(f"用户 {made.name}", after=[("角色", made.role.value)])
    return made


def give_role(visit: Visit, name: str, role: UserRole) -> User:
    """Another role. WrongAccount: there is no such account, or no administrator would be left."""
    before, after = accounts.set_role(visit.store, name, role)
    visit.note(f"用户 {after.name}", [("角色", before.role.value)], [("角色", after.role.value)])
    return after


def give_password(visit: Visit, name: str, password: str) -> User:
    """Another password. WrongAccount: it won't do."""
    done = accounts.set_password(visit.store, name, password, policy=visit.settings.policy, now=visit.now)
    visit.note(f"用户 {done.name}")
    return done


def put_out_of_use(visit: Visit, name: str) -> User:
    """Out of use. WrongAccount: no administrator would be left."""
    done = accounts.disable(visit.store, name, now=visit.now)
    visit.note(f"用户 {done.name}")
    return done


def put_in_use(visit: Visit, name: str) -> User:
    """In use again. WrongAccount."""
    done = accounts.enable(visit.store, name)
    visit.note(f"用户 {done.name}")
    return done


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
