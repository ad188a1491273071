"""The ledger that a program sends back: told cell by cell, recorded when asked for, refused when it changed, undone."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import load_workbook

from models.audit import entries
from models.decided import DecisionKind
from models.decisions import decide, history
from models.ids import RecordId
from models.people import Scope

SHEET = "承诺事项台账"
RAW = {"Content-Type": "application/octet-stream"}


def exported(office: Any) -> bytes:
    """The ledger as a program takes it, with the token that sends it back."""
    answer = office.browser().get("/ledger/export?as=xlsx", headers=office.key("reviewer"))
    assert answer.status_code == 200
    return bytes(answer.content)


def edited(book: bytes, cells: Mapping[tuple[int, str], object]) -> bytes:
    found = load_workbook(io.BytesIO(book))
    heads = {cell.value: cell.column for cell in found[SHEET][1]}
    for (line, head), value in cells.items():
        found[SHEET].cell(line, heads[head]).value = value
    saved = io.BytesIO()
    found.save(saved)
    return saved.getvalue()


def send(office: Any, content: bytes, role: str = "reviewer", scope: Scope = Scope.WRITE) -> Any:
    return office.browser().post("/api/imports?name=周三.xlsx", content=content, headers=office.key(role, scope) | RAW)


def post(office: Any, path: str, role: str = "reviewer", **body: object) -> Any:
    return office.browser().post(path, json=body or None, headers=office.key(role))


def test_a_program_sends_a_ledger_sees_the_changed_cells_records_them_and_takes_them_back(office: Any) -> None:
    book = edited(exported(office), {(2, "交给"): "舒望", (3, "备注"): "周会上说过", (4, "标题（案由）"): "别的"})
    answer = send(office, book)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert [(one["line"], one["field"], one["before"], one["after"]) for one in told["changes"]] == [
        (2, "assigned", "", "舒望"),
        (3, "note", "", "周会上说过"),
    ]
    assert [(one["line"], one["column"]) for one in told["untaken"]] == [(4, "标题（案由）")]
    first = RecordId(told["changes"][0]["id"])
    assert history(office.store, first) == [], "sending records nothing"
    page = office.as_("reviewer").get(f"/ledger/import/{told['key']}.json").json()
    assert page == {name: value for name, value in told.items() if name != "key"}, "the page says the same"
    look = office.browser().get(f"/api/imports/{told['key']}", headers=office.key("reviewer"))
    assert look.json() == told

    made = post(office, f"/api/imports/{told['key']}/apply", expected=told["fingerprint"])
    assert made.status_code == 201, made.text
    assert (made.json()["total"], made.json()["undone"]) == (2, 0)
    assert history(office.store, first)[0].who == "reviewer"
    again = post(office, f"/api/imports/{told['key']}/apply", expected=told["fingerprint"])
    assert again.status_code == 409, "what was recorded isn't recorded twice"
    assert (send(office, book).json()["changes"], send(office, book).json()["settled"]) == ([], 2)
    undo = f"/api/imported/{made.json()['number']}/undo"
    assert post(office, undo).json() == {"undone": 2}
    assert history(office.store, first)[-1].kind is DecisionKind.UNDO
    log = [(one.entry.action, one.entry.object) for one in entries(office.store, limit=20)]
    assert ("import_read", "周三.xlsx") in log
    assert ("import", "周三.xlsx，2 个决定") in log
    assert ("import_undo", "2 个决定") in log


def test_a_large_ledger_is_read_apart_followed_and_stopped(office: Any) -> None:
    program, key = office.browser(), office.key("reviewer")
    begin = "/api/importing?name=周三.xlsx"
    begun = program.post(begin, content=edited(exported(office), {(2, "交给"): "舒望"}), headers=key | RAW)
    assert begun.status_code == 201, begun.text
    where, end = f"/api/importing/{begun.json()['key']}", time.monotonic() + 120
    while not (told := program.get(where, headers=key).json())["import_key"]:
        assert (told["error"], told["stopped"]) == (None, False)
        assert time.monotonic() < end
        time.sleep(0.2)
    assert not told["columns"]
    found = program.get(f"/api/imports/{told['import_key']}", headers=key).json()
    assert [(one["line"], one["field"], one["after"]) for one in found["changes"]] == [(2, "assigned", "舒望")]
    page = office.as_("reviewer").get(f"/ledger/importing/{told['key']}.json").json()
    assert {name: told[name] for name in page if name != "next"} == {
        name: page[name] for name in page if name != "next"
    }
    assert post(office, f"{where}/stop").json()["import_key"] == told["import_key"], "it was over"
    assert post(office, f"/api/importing/{'0' * 16}/stop").status_code == 404
    assert program.post(begin, content=b"x", headers=office.key("viewer") | RAW).status_code == 403
    assert post(office, f"{where}/stop", role="viewer").status_code == 403


def test_what_is_no_workbook_is_told_when_it_was_looked_at(sqlite_office: Any) -> None:
    program, key = sqlite_office.browser(), sqlite_office.key("reviewer")
    begun = program.post("/api/importing?name=周三.xlsx", content=b"PK no workbook", headers=key | RAW).json()
    where, end = f"/api/importing/{begun['key']}", time.monotonic() + 120
    while not (told := program.get(where, headers=key).json())["error"]:
        assert not told["import_key"]
        assert time.monotonic() < end
        time.sleep(0.2)
    assert told["seconds_left"] is None


def test_what_others_changed_is_recorded_only_where_the_program_says_so(sqlite_office: Any) -> None:
    book = edited(exported(sqlite_office), {(2, "交给"): "舒望", (3, "交给"): "舒望"})
    told = send(sqlite_office, book).json()
    one = RecordId(told["changes"][0]["id"])
    now, values = sqlite_office.clock(), (("to", "甲"),)
    decide(sqlite_office.store, DecisionKind.ASSIGN, who="admin", now=now, commitment=one, values=values)
    apply = f"/api/imports/{told['key']}/apply"
    assert post(sqlite_office, apply, expected=told["fingerprint"]).status_code == 409
    told = sqlite_office.browser().get(f"/api/imports/{told['key']}", headers=sqlite_office.key("reviewer")).json()
    (conflict,) = told["conflicts"]
    assert (conflict["before"], conflict["now"], conflict["after"]) == ("", "甲", "舒望")
    assert conflict["newer"]["who"] == "admin"
    wrong = post(sqlite_office, apply, expected=told["fingerprint"], also=["0123456789abcdef:assigned"])
    assert wrong.status_code == 409, "no such conflict"
    made = post(sqlite_office, apply, expected=told["fingerprint"], also=[conflict["key"]])
    assert made.json()["total"] == 2
    listed = sqlite_office.as_("viewer").get("/ledger.json?assigned=舒望").json()
    assert listed["total"] == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04broken", "没有收"), ("案号,备注".encode(), "不是 xlsx"), (b"<html>", "不是 xlsx")],
)
def test_what_is_no_ledger_is_a_problem_in_chinese(content: bytes, said: str, sqlite_office: Any) -> None:
    answer = send(sqlite_office, content)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert said in answer.json()["detail"]


def test_an_import_needs_a_token_that_may_write_and_is_undone_by_its_own_person_or_the_administrator(
    sqlite_office: Any,
) -> None:
    book = edited(exported(sqlite_office), {(2, "交给"): "舒望"})
    assert send(sqlite_office, book, scope=Scope.READ).status_code == 403
    for role in ("viewer", "auditor"):
        assert send(sqlite_office, book, role).status_code == 403
    assert sqlite_office.browser().post("/api/imports", content=book, headers=RAW).status_code == 401
    told = send(sqlite_office, book, "admin").json()
    made = post(sqlite_office, f"/api/imports/{told['key']}/apply", "admin", expected=told["fingerprint"]).json()
    undo = f"/api/imported/{made['number']}/undo"
    assert post(sqlite_office, undo).status_code == 409
    assert post(sqlite_office, undo, "admin").json() == {"undone": 1}
    assert post(sqlite_office, "/api/imported/99999/undo").status_code == 404
    missing = sqlite_office.browser().get("/api/imports/0123456789abcdef", headers=sqlite_office.key("reviewer"))
    assert missing.status_code == 404


def test_a_workbook_that_is_too_large_is_refused_before_it_is_read(sqlite_office: Any) -> None:
    assert send(sqlite_office, b"PK" + b"\0" * 33_000_000).status_code == 413
