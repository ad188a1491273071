"""Batches: seen first, as many as were seen, all or none, undone at once."""

from __future__ import annotations

from typing import Any

from models.decisions import history
from models.ids import RecordId


def ids(office: Any, query: str) -> list[str]:
    found = office.as_("viewer").get(f"/ledger.json?size=200&{query}").json()
    return [one["id"] for one in found["commitments"]]


def submit(office: Any, query: str, **form: object) -> Any:
    return office.as_("reviewer").submit(f"/ledger/batch?{query}", **form)


def test_a_whole_filter_is_assigned_and_taken_back(office: Any) -> None:
    wanted = ids(office, "status=overdue")
    seen = office.as_("reviewer").get("/ledger/batch.json?of=all&status=overdue").json()
    assert seen["total"] == len(wanted) > 5
    assert [one["id"] for one in seen["examples"]] == wanted[:5]
    answer = submit(office, "of=all&status=overdue", action="assign", to="舒望", expected=len(wanted), back="/ledger")
    assert answer.status_code == 303
    assert sorted(ids(office, "assigned=舒望")) == sorted(wanted)
    there = answer.headers["location"]
    page = office.as_("reviewer").get(there).text
    assert f"成批处理了 {len(wanted)} 条" in page
    undone = office.as_("reviewer").submit(there.partition("?")[0] + "/undo")
    assert undone.status_code == 303
    assert ids(office, "assigned=舒望") == []
    assert [one.kind for one in history(office.store, RecordId(wanted[0]))] == ["assign", "undo"]


def test_only_what_was_chosen_is_changed(sqlite_office: Any) -> None:
    wanted = ids(sqlite_office, "status=overdue")[2:4]
    query = "of=chosen&" + "&".join(f"id={one}" for one in wanted)
    assert submit(sqlite_office, query, action="note", why="下周去看", expected=2).status_code == 303
    noted = [one for one in ids(sqlite_office, "") if history(sqlite_office.store, RecordId(one))]
    assert sorted(noted) == sorted(wanted)
    assert sqlite_office.as_("reviewer").get("/ledger/batch.json?of=chosen").json()["total"] == 0


def test_nothing_happens_when_the_number_has_changed(sqlite_office: Any) -> None:
    total = len(ids(sqlite_office, "status=overdue"))
    answer = submit(sqlite_office, "of=all&status=overdue", action="assign", to="舒望", expected=total + 1)
    assert answer.status_code == 303
    assert "什么也没有改" in sqlite_office.as_("reviewer").get(answer.headers["location"]).text
    assert ids(sqlite_office, "assigned=*") == []


def test_a_wrong_value_changes_none_of_them(sqlite_office: Any) -> None:
    total = len(ids(sqlite_office, ""))
    for form in (
        {"action": "snooze", "until": "哪天"},
        {"action": "status", "status": "done", "why": "x"},
        {"action": "status", "status": "fulfilled"},
        {"action": "note"},
        {"action": "erase"},
    ):
        assert submit(sqlite_office, "of=all", expected=total, **form).status_code == 422
    assert sqlite_office.as_("reviewer").get("/ledger/batches/1").status_code == 404


def test_after_half_an_hour_or_by_another_a_batch_stays(sqlite_office: Any) -> None:
    total = len(ids(sqlite_office, "status=overdue"))
    form = {"action": "status", "status": "fulfilled", "why": "抽查过", "expected": total}
    there = submit(sqlite_office, "of=all&status=overdue", **form).headers["location"].partition("?")[0]
    assert ids(sqlite_office, "status=overdue") == []
    assert sqlite_office.as_("admin").submit(f"{there}/undo").status_code == 422
    sqlite_office.clock.pass_(minutes=14)
    sqlite_office.as_("reviewer").get("/ledger")
    sqlite_office.clock.pass_(minutes=14)
    sqlite_office.as_("reviewer").get("/ledger")
    sqlite_office.clock.pass_(minutes=14)
    assert sqlite_office.as_("reviewer").submit(f"{there}/undo").status_code == 422
    assert sqlite_office.as_("reviewer").get("/ledger.json?status=overdue").json()["total"] == 0
