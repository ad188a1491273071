"""One promise: its words, its evidence, and the decisions of people who may see the same page at once."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from models.decisions import history
from models.ids import RecordId
from models.tables import commitments, document_texts

HOSTILE = "<script>alert(1)</script>"


def some(office: Any, **asked: str) -> dict[str, Any]:
    """The first promise that a list of these shows."""
    found: dict[str, Any] = office.as_("viewer").get("/ledger.json", params=asked).json()["commitments"][0]
    return found


def decide(office: Any, role: str, id: str, **form: object) -> Any:
    return office.as_(role).submit(f"/commitments/{id}/decide", **form)


def test_the_page_quotes_the_letter_and_says_why(office: Any) -> None:
    one = some(office, evidence="yes", proposals="yes")
    page = office.as_("viewer").get(f"/commitments/{one['id']}")
    words = unescape(re.sub(r"<[^>]+>", "", page.text))
    assert one["text"] in words
    for passage in (*one["evidence"], *one["proposals"]):
        assert passage["text"] in words
        assert passage["why"] in words
    assert "采信</button>" not in page.text  # a viewer decides nothing
    record = office.as_("viewer").get(f"/commitments/{one['id']}.json").json()
    assert (record["text"], record["status"]) == (one["text"], one["status"])
    assert record["before"] or record["after"]


def test_progress_is_drawn_at_an_address_of_its_own(reading: Any) -> None:
    browser = reading.as_("viewer")
    found = browser.get("/ledger.json?size=200").json()["commitments"]
    drawn = next(one for one in found if any(step["ratio"] is not None for step in one["progress"]))
    answer = browser.get(f"/commitments/{drawn['id']}/progress.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "<rect" in answer.text
    bare = next(one for one in found if not one["progress"])
    assert browser.get(f"/commitments/{bare['id']}/progress.svg").status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"action": "status", "value": "fulfilled", "why": "现场看过", "source": "验收单"}, "已落实"),
        ({"action": "correct", "strength": "study", "deadline": "2026-09-30"}, "更正"),
        ({"action": "assign", "value": "舒望"}, "交办"),
        ({"action": "note", "why": "电话问过"}, "备注"),
        ({"action": "snooze", "value": "2026-09-01"}, "暂缓"),
        ({"action": "promise", "value": "no"}, "否"),
    ],
    ids=lambda it: it["action"] if isinstance(it, dict) else "",
)
def test_every_form_records_one_decision_that_can_be_undone(form: dict[str, str], said: str, office: Any) -> None:
    one = some(office, status="overdue")
    answer = decide(office, "reviewer", one["id"], seen="0", **form)
    assert answer.status_code == 303, answer.text
    made = history(office.store, RecordId(one["id"]))
    assert [it.who for it in made] == ["reviewer"]
    browser = office.as_("reviewer")
    assert "第 " in browser.get(answer.headers["location"]).text
    undone = browser.submit(f"/commitments/{one['id']}/undo", number=str(made[0].id))
    assert undone.status_code == 303
    assert [it.undoes for it in history(office.store, RecordId(one["id"]))] == [None, made[0].id]
    again = some(office, status="overdue")
    assert again["id"] == one["id"]


def test_evidence_is_confirmed_and_rejected(office: Any) -> None:
    one = some(office, proposals="yes")
    passage = one["proposals"][0]["id"]
    assert decide(office, "reviewer", one["id"], action="confirm", link=passage, seen="0").status_code == 303
    record = office.as_("viewer").get(f"/commitments/{one['id']}.json").json()
    assert passage in [it["id"] for it in record["evidence"]]
    assert decide(office, "reviewer", one["id"], action="reject", link="0" * 16).status_code == 422


@pytest.mark.parametrize(
    "form",
    [
        {"action": "status", "value": "fulfilled"},
        {"action": "status", "value": "done", "why": "看过"},
        {"action": "snooze", "value": "明天"},
        {"action": "correct"},
        {"action": "correct", "deadline": "2026-13-01"},
        {"action": "merge", "value": "0" * 16},
        {"action": "assign"},
        {"action": "dance"},
        {},
    ],
    ids=str,
)
def test_what_cannot_be_decided_changes_nothing(form: dict[str, str], reading: Any) -> None:
    one = some(reading, status="overdue")
    end = (one["deadline"] or {}).get("end") or ""
    answer = decide(reading, "reviewer", one["id"], **{"deadline": end, **form})
    assert answer.status_code == 422
    assert not history(reading.store, RecordId(one["id"]))


def test_two_people_at_once_see_both_versions_and_nothing_is_lost(office: Any) -> None:
    one = some(office, status="overdue")
    decide(office, "admin", one["id"], action="status", value="fulfilled", why="验收过了", seen="0")
    late = decide(office, "reviewer", one["id"], action="status", value="dropped", why="文件取消了", seen="0")
    assert late.status_code == 409
    assert "验收过了" in late.text
    assert "文件取消了" in late.text
    assert "<dt>状态</dt><dd>已取消或变更</dd>" in late.text, "what was entered is said in words"
    assert len(history(office.store, RecordId(one["id"]))) == 1
    seen = re.search(r'name="seen" value="(\d+)"', late.text)
    assert seen
    again = decide(office, "reviewer", one["id"], action="status", value="dropped", why="文件取消了", seen=seen[1])
    assert again.status_code == 303
    assert [it.who for it in history(office.store, RecordId(one["id"]))] == ["admin", "reviewer"]


def test_what_a_letter_says_is_text_and_never_markup(sqlite_office: Any) -> None:
    one = some(sqlite_office)
    with sqlite_office.store.writing() as connection:
        row = connection.execute(sa.select(commitments).where(commitments.c.id == one["id"])).mappings().one()
        text = connection.execute(
            sa.select(document_texts.c.text).where(document_texts.c.document_id == row["document_id"])
        ).scalar_one()
        changed = text[: row["start"]] + HOSTILE + text[row["end"] :]
        quoted = {"text": HOSTILE, "end": row["start"] + len(HOSTILE)}
        connection.execute(sa.update(commitments).where(commitments.c.id == one["id"]).values(quoted))
        of_document = document_texts.c.document_id == row["document_id"]
        connection.execute(sa.update(document_texts).where(of_document).values(text=changed))
    browser = sqlite_office.as_("reviewer")
    pages = ["/ledger?size=200", f"/commitments/{one['id']}", f"/documents/{row['document_id']}", "/search?q=alert"]
    for path in pages:
        page = browser.get(path)
        assert page.status_code == 200
        assert HOSTILE not in page.text, path
        if path != "/search?q=alert":
            assert "alert(1)" in page.text, path


def test_the_past_is_looked_at_and_not_decided(reading: Any) -> None:
    one = some(reading, status="overdue")
    page = reading.as_("reviewer").get(f"/commitments/{one['id']}?asof=2024-12-31").text
    assert "不能作决定" in page
    assert "认定</button>" not in page


def test_an_unknown_promise_is_said_to_be_gone(reading: Any) -> None:
    assert reading.as_("viewer").get("/commitments/ffffffffffffffff").status_code == 404


def test_a_promise_is_merged_into_one_that_is_found_by_its_words(sqlite_office: Any) -> None:
    one = some(sqlite_office, status="overdue")
    browser = sqlite_office.as_("reviewer")
    assert f'href="/commitments/{one["id"]}/merge"' in browser.get(f"/commitments/{one['id']}").text
    alike = browser.get(f"/commitments/{one['id']}/merge?format=json").json()
    assert alike["found"]
    assert one["id"] not in [it["id"] for it in alike["found"]]
    other = next(it for it in alike["found"] if it["id"] != one["id"])
    page = browser.get(f"/commitments/{one['id']}/merge", params={"q": other["text"][:12]}).text
    assert f'value="{other["id"]}"' in page
    assert f'value="{one["id"]}"' not in page
    assert decide(sqlite_office, "reviewer", one["id"], action="merge", value=other["id"], seen="0").status_code == 303
    assert "已并入" in browser.get(f"/commitments/{one['id']}").text
    again = browser.get(f"/commitments/{other['id']}/merge?format=json").json()
    assert one["id"] not in [it["id"] for it in again["found"]], "what is merged is offered to nobody"
    assert "没有找到" in browser.get(f"/commitments/{other['id']}/merge?q=zzzz%20qqqq").text
    assert browser.get(f"/commitments/{'0' * 16}/merge").status_code == 404


def test_what_was_said_of_a_passage_quotes_it(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("reviewer")
    one = browser.get("/ledger.json?proposals=yes").json()["commitments"][0]
    passage = one["proposals"][0]
    to = f"/commitments/{one['id']}"
    answer = browser.submit(f"{to}/decide", action="reject", link=passage["id"])
    page = unescape(browser.get(answer.headers["location"]).text)
    assert page.count(f"否定佐证：“{passage['text'][:40]}") == 2, "when it is done, and in the history"
    assert f"否定佐证：{passage['id']}" not in page
