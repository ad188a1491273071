"""The page of accounts."""

from __future__ import annotations

from typing import Any

from models.accounts import user_named
from models.audit import entries
from models.people import UserRole

PASSWORD, OTHER = "Lanshi-7-dengta", "Haimian-9-qiaotou"


def test_an_administrator_makes_changes_disables_and_enables_an_account(office: Any) -> None:
    admin = office.as_("admin")
    made = admin.submit("/users", name="赵六", role="viewer", password=OTHER)
    assert (made.status_code, made.headers["location"]) == (303, "/users")
    page = admin.get("/users").text
    assert "建好了用户 赵六" in page
    assert PASSWORD not in page
    assert OTHER not in page
    person = office.browser().log_in("赵六", OTHER)
    assert person.get("/users").status_code == 403
    admin.submit("/users/赵六/role", role="admin")
    assert person.get("/users").status_code == 200, "at once"
    admin.submit("/users/赵六/disable")
    assert person.get("/users").status_code == 303
    assert "已停用" in admin.get("/users").text
    admin.submit("/users/赵六/enable")
    admin.submit("/users/赵六/password", password="Qiaotou-3-haimian")
    office.browser().log_in("赵六", "Qiaotou-3-haimian")
    assert user_named(office.store, "赵六").role is UserRole.ADMIN
    told = [(one.entry.action, one.entry.object, one.entry.before, one.entry.after) for one in entries(office.store)]
    assert ("user_role", "用户 赵六", (("角色", "viewer"),), (("角色", "admin"),)) in told


def test_what_cannot_be_is_said_and_what_was_typed_stays_but_for_the_password(sqlite_office: Any) -> None:
    admin = sqlite_office.as_("admin")
    refused = admin.submit("/users", name="赵六", role="reviewer", password="short")
    assert (refused.status_code, "至少 10" in refused.text, 'value="赵六"' in refused.text) == (422, True, True)
    assert '<option value="reviewer" selected>' in refused.text.split("建一个用户")[1]
    assert "short" not in refused.text
    assert admin.submit("/users", name="赵六", role="king", password=OTHER).status_code == 422
    assert "至少要留一个" in admin.submit("/users/admin/disable").text
    assert "没有用户" in admin.submit("/users/没有此人/disable").text


def test_accounts_as_json_hold_no_password(sqlite_office: Any) -> None:
    found = sqlite_office.as_("admin").get("/users.json")
    assert {one["name"] for one in found.json()["users"]} == {role.value for role in UserRole}
    assert "argon2" not in found.text
