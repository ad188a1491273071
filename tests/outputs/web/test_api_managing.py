"""What pages do besides single promises, for programs: batches, kept lists, exports, accounts, the log, retries."""

from __future__ import annotations

import csv
import io
import time
from typing import Any

from models import queries
from models.audit import count_entries
from models.failing import failure_groups


def ask(office: Any, method: str, path: str, by: str = "reviewer", **body: Any) -> Any:
    """What a program of that person's gets."""
    return office.browser().request(method, path, headers=office.key(by), **({"json": body} if body else {}))


def test_a_batch_decides_about_all_that_a_filter_leaves_in_and_is_taken_back(office: Any) -> None:
    path = "/api/ledger?status=overdue&size=200"
    before = ask(office, "GET", path).json()
    total, batch = before["total"], "/api/batches?status=overdue"
    wrong = ask(office, "POST", batch, kind="assign", expected=total + 1, to="王五")
    assert (wrong.status_code, f"现在是 {total} 条" in wrong.json()["detail"]) == (409, True)
    made = ask(office, "POST", batch, kind="assign", expected=total, to="王五", why="先打电话")
    assert (made.status_code, made.json()["total"]) == (201, total)
    number = made.json()["number"]
    assert ask(office, "GET", "/api/ledger?assigned=王五").json()["total"] == total
    page = office.as_("reviewer").get(f"/ledger/batches/{number}.json").json()
    told = ask(office, "GET", f"/api/batches/{number}").json()
    assert {name: told[name] for name in page} == page
    assert ask(office, "POST", f"/api/batches/{number}/undo", by="admin").status_code == 409, "somebody else's"
    assert ask(office, "POST", f"/api/batches/{number}/undo").json() == {"undone": total}
    assert ask(office, "GET", "/api/ledger?assigned=王五").json()["total"] == 0
    assert ask(office, "GET", "/api/batches/99999").status_code == 404


def test_a_batch_of_named_promises_takes_these_alone(sqlite_office: Any) -> None:
    office = sqlite_office
    ids = [row.id for row in queries.ledger(office.store, limit=3)]
    made = ask(office, "POST", "/api/batches", kind="snooze", expected=3, ids=ids, until="2026-06-30")
    assert sorted(one["commitment"] for one in made.json()["decisions"]) == sorted(ids)
    gone = ask(office, "POST", "/api/batches", kind="note", expected=1, ids=["0" * 16], why="好")
    assert gone.status_code == 409
    assert (
        ask(office, "POST", "/api/batches", kind="status", expected=3, ids=ids, status="fulfilled").status_code == 422
    )
    assert ask(office, "POST", "/api/batches", by="viewer", kind="note", expected=0, why="好").status_code == 403


def test_a_list_is_kept_changed_put_away_and_taken_back(office: Any) -> None:
    made = ask(office, "POST", "/api/lists?status=overdue&sort=deadline", name="逾期的", shared=True, first=True)
    one = made.json()
    assert (made.status_code, one["first"], one["shared"]) == (201, True, True)
    assert ask(office, "GET", one["address"]).json()["total"] == one["count"] > 0
    assert ask(office, "POST", "/api/lists?status=overdue", name="逾期的").status_code == 409
    assert ask(office, "GET", f"/api/lists/{one['id']}", by="viewer").json()["count"] == one["count"]
    changed = ask(office, "POST", f"/api/lists/{one['id']}?status=fulfilled")
    assert changed.json()["filter"] != one["filter"]
    assert ask(office, "POST", f"/api/lists/{one['id']}?status=fulfilled", by="viewer").status_code == 404
    kept = changed.json()["id"]
    assert ask(office, "DELETE", f"/api/lists/{kept}").status_code == 200
    assert ask(office, "GET", f"/api/lists/{kept}").status_code == 404
    assert ask(office, "POST", f"/api/lists/{kept}/restore").json()["id"] == kept


def test_a_long_export_is_followed_and_taken(office: Any) -> None:
    begun = ask(office, "POST", "/api/exports?status=overdue", by="viewer", form="csv")
    assert begun.status_code == 201, begun.text
    where, end = f"/api/exports/{begun.json()['key']}", time.monotonic() + 120
    while not (told := ask(office, "GET", where, by="viewer").json())["file"]:
        assert not told["error"]
        assert time.monotonic() < end
        time.sleep(0.2)
    written = ask(office, "GET", f"{where}/file", by="viewer")
    lines = list(csv.reader(io.StringIO(written.content.decode("utf-8-sig"))))
    assert len(lines) == told["total"] + 1
    assert count_entries(office.store, action="export") == 2
    assert ask(office, "POST", "/api/exports?unit=没有这个单位", form="csv").status_code == 400
    assert ask(office, "POST", "/api/exports", form="exe").status_code == 422
    assert ask(office, "POST", "/api/exports/0123456789abcdef/stop").status_code == 404


def test_accounts_are_the_administrators(office: Any) -> None:
    known = ask(office, "GET", "/api/users", by="admin").json()
    assert known == office.as_("admin").get("/users.json").json()
    assert ask(office, "GET", "/api/users").status_code == 403
    new = {"name": "赵六", "role": "viewer", "password": "Dengta-3-lanshi"}
    assert ask(office, "POST", "/api/users", by="admin", **new).status_code == 201
    assert ask(office, "POST", "/api/users", by="admin", **new).status_code == 409
    assert ask(office, "POST", "/api/users", by="admin", **new | {"name": "孙七", "password": "1"}).status_code == 409
    assert ask(office, "POST", "/api/users/赵六/role", by="admin", role="x").status_code == 422
    given = ask(office, "POST", "/api/users/赵六/role", by="admin", role="reviewer")
    assert given.json()["role"] == "reviewer"
    assert ask(office, "POST", "/api/users/赵六/password", by="admin", password="Haian-5-xintou").status_code == 200
    assert ask(office, "POST", "/api/users/赵六/disable", by="admin").json()["disabled"]
    assert ask(office, "POST", "/api/users/赵六/enable", by="admin").json()["disabled"] is None
    assert ask(office, "POST", "/api/users/admin/disable", by="admin").status_code == 409, "the last one"
    assert ask(office, "POST", "/api/users/没有/disable", by="admin").status_code == 404


def test_the_log_is_the_auditors(office: Any) -> None:
    ask(office, "GET", "/api/users")
    told = ask(office, "GET", "/api/audit?check=yes&size=5", by="auditor").json()
    seen = office.as_("auditor").get("/audit.json?size=20&check=yes").json()
    assert told["intact"] is seen["intact"] is True
    assert set(told["entries"][0]) == set(seen["entries"][0])
    denied = ask(office, "GET", "/api/audit?action=denied", by="auditor").json()
    assert [one["object"] for one in denied["entries"]] == ["GET /api/users"]
    assert ask(office, "GET", "/api/audit", by="admin").status_code == 403


def test_files_that_failed_are_read_once_more_by_the_kind(office: Any) -> None:
    groups = failure_groups(office.store)
    one = groups[0]
    path = "/api/failures/retry"
    assert ask(office, "POST", path, by="admin", expected=one.number + 1, reason=one.reason.value).status_code == 409
    told = ask(office, "POST", path, by="admin", expected=one.number, reason=one.reason.value)
    assert told.json() == {"again": one.number}
    assert ask(office, "POST", path, expected=0).status_code == 403
    known = ask(office, "GET", f"/api/failures?reason={one.reason.value}").json()
    assert all(file["again"] for file in known["failures"])
