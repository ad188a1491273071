"""The interface for programs: the pages' own data, under tokens, with conflicts and problems told as described."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import queries
from models.audit import count_entries
from models.documents import Kind
from models.filters import Filter
from models.people import Scope
from models.store import open_store
from outputs.web.pace import Pace


def read(office: Any, path: str, role: str = "reviewer") -> Any:
    """What a program gets; it must be 200."""
    answer = office.browser().get(path, headers=office.key(role))
    assert answer.status_code == 200, answer.text
    return answer.json()


def promise_of(office: Any) -> str:
    return str(queries.ledger(office.store, limit=1)[0].id)


def item_of(office: Any) -> str:
    wanted = Filter(kinds=(Kind.SUGGESTION, Kind.PROPOSAL))
    return str(queries.list_documents(office.store, wanted, limit=1)[0].document.id)


LISTS = {
    "/ledger": ("/api/ledger", "commitments"),
    "/documents": ("/api/documents", "documents"),
    "/targets": ("/api/targets", "targets"),
    "/units": ("/api/units", "units"),
}


@pytest.mark.parametrize(("page", "path", "key"), [(page, *rest) for page, rest in LISTS.items()])
def test_programs_read_what_the_page_shows(page: str, path: str, key: str, reading: Any) -> None:
    """All keys too: what a record gains has to be described, or it is left out without a word."""
    seen = reading.as_("viewer").get(f"{page}.json?size=20").json()
    told = read(reading, f"{path}?size=20")
    assert told["total"] == seen["total"] > 0
    assert told[key] == seen[key]


@pytest.mark.parametrize("kind", ["commitments", "documents", "items"])
def test_one_record_is_the_page_s_own(kind: str, reading: Any) -> None:
    document = queries.ledger(reading.store, limit=1)[0].document.id
    id = {"commitments": promise_of(reading), "documents": document, "items": item_of(reading)}[kind]
    assert read(reading, f"/api/{kind}/{id}") == reading.as_("viewer").get(f"/{kind}/{id}.json").json()


def test_overview_search_and_runs_are_the_pages_own(reading: Any) -> None:
    viewer = reading.as_("viewer")
    assert read(reading, "/api/overview") == viewer.get("/index.json").json()
    found, shown = read(reading, "/api/search?q=公交&size=20"), viewer.get("/search.json?q=公交&size=20").json()
    assert (found["hits"], found["total"]) == (shown["hits"], shown["total"])
    runs = read(reading, "/api/runs")
    assert [one["id"] for one in runs["runs"]] == [one["id"] for one in viewer.get("/runs.json").json()["runs"]]
    whole = read(reading, f"/api/runs/{runs['runs'][-1]['id']}?size=200")
    assert whole["total"] == sum(whole["run"]["outcomes"].values()) == len(whole["files"])


def test_reminders_name_the_units_and_promises_of_the_letters(reading: Any) -> None:
    told = read(reading, "/api/letters?status=overdue&report_by=2026-04-01")
    assert told == reading.as_("reviewer").get("/ledger/letters.json?status=overdue&report_by=2026-04-01").json()
    late = [one["id"] for letter in told["letters"] for one in letter["overdue"]]
    shown = read(reading, "/api/ledger?status=overdue&size=200")
    assert sorted(late) == sorted(one["id"] for one in shown["commitments"])
    assert all(one["days_overdue"] > 0 for letter in told["letters"] for one in letter["overdue"])
    archive = reading.as_("reviewer").get("/ledger/letters?status=overdue").content
    with zipfile.ZipFile(io.BytesIO(archive)) as letters:
        assert len(letters.namelist()) == len(told["letters"]) > 1
    assert read(reading, "/api/letters?status=fulfilled")["letters"] == []


def test_the_next_page_is_an_address_and_the_last_page_has_none(reading: Any) -> None:
    path, ids, total = "/api/ledger?size=7&sort=deadline", [], 0
    while path:
        told = read(reading, path)
        ids += [one["id"] for one in told["commitments"]]
        path, total = told["next"], told["total"]
    assert len(ids) == len(set(ids)) == total
    beyond = read(reading, "/api/ledger?page=1000")
    assert (beyond["commitments"], beyond["next"]) == ([], None)


def test_what_waits_comes_in_the_order_of_the_queue(reading: Any) -> None:
    told = read(reading, "/api/review?size=3")
    queue = reading.as_("reviewer").get("/review.json").json()
    assert told["total"] == queue["total"]
    assert told["waiting"][0]["id"] == queue["item"]["id"]
    alarms = read(reading, "/api/alarms?size=5")
    assert len(alarms["alarms"]) == min(5, alarms["total"])


@pytest.mark.parametrize(
    "path",
    [
        "/api/ledger?statsu=overdue",
        "/api/ledger?status=late",
        "/api/ledger?size=1e2",
        "/api/ledger?size=500",
        "/api/ledger?page=0",
        "/api/ledger?due_to=20260630",
        "/api/ledger?quantified=maybe",
        "/api/units?sort=best",
        "/api/commitments/nothing",
        "/api/runs/first",
        "/api/searches?x=1",
    ],
)
def test_a_question_that_means_nothing_is_refused_not_answered_with_everything(path: str, reading: Any) -> None:
    answer = reading.browser().get(path, headers=reading.key("viewer"))
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert problem["status"] == 422
    assert problem["errors"][0]["where"]


def test_a_wrong_day_and_a_missing_record_are_problems_in_chinese(reading: Any) -> None:
    for path, status, said in (
        ("/api/ledger?asof=soon", 400, "不是日期"),
        (f"/api/commitments/{'0' * 16}", 404, "没有编号"),
        (f"/api/items/{queries.ledger(reading.store, limit=1)[0].document.id}", 404, "不是建议"),
        ("/api/runs/99999", 404, "没有第 99999 次运行"),
        ("/api/nothing", 404, ""),
    ):
        answer = reading.browser().get(path, headers=reading.key("viewer"))
        assert (answer.status_code, said in answer.json()["detail"]) == (status, True), path


def decide(office: Any, id: str, role: str = "reviewer", **decision: Any) -> Any:
    body = {"seen": 0} | decision
    return office.browser().post(f"/api/commitments/{id}/decisions", json=body, headers=office.key(role))


def test_a_decision_is_recorded_under_its_owner_and_taken_back(office: Any) -> None:
    id = promise_of(office)
    made = decide(office, id, kind="status", status="fulfilled", why="现场看过", source="走访")
    assert (made.status_code, made.json()["who"], made.json()["kind"]) == (201, "reviewer", "set_status")
    assert read(office, f"/api/commitments/{id}")["status"] == "fulfilled"
    assert count_entries(office.store, action="decide") == 1
    undo = f"/api/commitments/{id}/decisions/{made.json()['id']}/undo"
    back = office.browser().post(undo, json={"why": "看错了"}, headers=office.key("reviewer"))
    assert (back.status_code, back.json()["undoes"]) == (201, made.json()["id"])
    again = office.browser().post(undo, json={}, headers=office.key("reviewer"))
    assert (again.status_code, again.headers["content-type"]) == (409, "application/problem+json")


def test_whoever_did_not_know_of_a_decision_is_shown_it_instead_of_overruling_it(office: Any) -> None:
    id = promise_of(office)
    first = decide(office, id, role="admin", kind="note", why="先问问").json()
    late = decide(office, id, kind="assign", to="王五")
    assert (late.status_code, [one["id"] for one in late.json()["newer"]]) == (409, [first["id"]])
    assert decide(office, id, kind="assign", to="王五", seen=first["id"]).status_code == 201
    assert read(office, f"/api/commitments/{id}")["assigned_to"] == "王五"


@pytest.mark.parametrize(
    "decision",
    [
        {"kind": "correct", "deadline": "2027-01-31", "strength": "aim"},
        {"kind": "correct", "deadline": "none"},
        {"kind": "correct", "responsible": ["市水利局", "市财政局"]},
        {"kind": "correct", "promise": False},
        {"kind": "snooze", "until": "2026-05-20"},
        {"kind": "assign", "to": "王五"},
        {"kind": "note", "why": "已去函"},
    ],
)
def test_every_kind_of_decision_is_taken(decision: dict[str, Any], sqlite_office: Any) -> None:
    made = decide(sqlite_office, promise_of(sqlite_office), **decision)
    assert made.status_code == 201, made.text


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ({"kind": "confirm", "link": "0" * 16}, 404),
        ({"kind": "merge", "into": "0" * 16}, 404),
        ({"kind": "correct"}, 422),
        ({"kind": "status", "status": "fulfilled", "why": " "}, 422),
        ({"kind": "status", "status": "fulfilled"}, 422),
        ({"kind": "snooze", "until": "soon"}, 422),
        ({"kind": "note", "why": "好", "more": 1}, 422),
        ({"kind": "note", "why": "a\0b"}, 422),
        ({"kind": "note", "why": "好" * 5_000}, 422),
        ({"kind": "assign", "to": "王五", "seen": "0"}, 422),
        ({"kind": "erase"}, 422),
    ],
)
def test_a_decision_that_lacks_something_is_not_recorded(
    decision: dict[str, Any], status: int, sqlite_office: Any
) -> None:
    id = promise_of(sqlite_office)
    assert decide(sqlite_office, id, **decision).status_code == status
    assert read(sqlite_office, f"/api/commitments/{id}")["decisions"] == []


def test_writing_needs_a_token_that_may_write_and_a_login_is_not_enough(sqlite_office: Any) -> None:
    id = promise_of(sqlite_office)
    path, body = f"/api/commitments/{id}/decisions", {"kind": "note", "seen": 0, "why": "好"}
    browser = sqlite_office.as_("reviewer")
    assert browser.get("/api/ledger").status_code == 200
    for answer in (
        browser.post(path, json=body),
        browser.post(path, json=body, headers={"X-CSRF": browser.token()}),
        sqlite_office.browser().post(path, json=body, headers=sqlite_office.key("reviewer", Scope.READ)),
        sqlite_office.browser().post(path, json=body, headers=sqlite_office.key("viewer")),
    ):
        assert answer.status_code == 403, answer.text
    assert sqlite_office.browser().post(path, json=body).status_code == 401
    saved = sqlite_office.browser().post(
        "/api/searches?q=公交", json={"name": "公交"}, headers=sqlite_office.key("viewer", Scope.READ)
    )
    assert saved.status_code == 403
    assert read(sqlite_office, f"/api/commitments/{id}")["decisions"] == []


def test_too_much_and_too_often_are_refused(tmp_path: Path, prepared: Path, make_office: Any) -> None:
    (tmp_path / "pace.db").write_bytes(prepared.read_bytes())
    with open_store(f"sqlite:///{tmp_path}/pace.db") as store:
        office = make_office(store, asked_per_minute=3)
        program, key = office.browser(), office.key("viewer")
        assert [program.get("/api/runs", headers=key).status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = program.get("/api/runs", headers=key)
        assert 0 < int(answer.headers["retry-after"]) <= 60
        assert program.get("/runs.json", headers=key).status_code == 200
        office.clock.pass_(minutes=1)
        assert program.get("/api/runs", headers=key).status_code == 200
        big = {"kind": "note", "seen": 0, "why": "好" * 1_000_000}
        assert decide(office, promise_of(office), **big).status_code == 413


def test_a_method_that_an_address_has_not_is_told_which_it_has(reading: Any) -> None:
    answer = reading.browser().put("/api/searches/1", headers=reading.key("viewer"))
    assert (answer.status_code, answer.headers["allow"]) == (405, "DELETE, GET")


def test_each_name_has_a_pace_of_its_own() -> None:
    now, pace = datetime(2026, 3, 2, 1, 30, tzinfo=UTC), Pace(1)
    assert [pace.wait("a", now), pace.wait("b", now)] == [0, 0]
    assert pace.wait("a", now) > 0
    assert pace.wait("a", now + timedelta(minutes=1)) == 0
    assert Pace(0).wait("a", now) == 0


def test_the_description_names_everything_in_chinese(reading: Any) -> None:
    told = read(reading, "/api/openapi.json")
    routes = [(path, one) for path, methods in told["paths"].items() for one in methods.values()]
    ids = [one["operationId"] for _, one in routes]
    assert len(ids) == len(set(ids)) > 20
    for path, one in routes:
        assert any("一" <= character <= "鿿" for character in one["summary"]), path
        for parameter in one.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
    assert "overdue 已逾期" in told["components"]["schemas"]["Status"]["description"]
    assert not any("The " in (one.get("description") or "") for one in told["components"]["schemas"].values())
