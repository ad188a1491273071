"""Another office's ledger on the pages: columns said, then the changed cells, recorded when confirmed, remembered."""

from __future__ import annotations

import html
import io
from typing import Any

import pytest
from openpyxl import Workbook

from models.audit import entries
from models.decided import DecisionKind
from models.decisions import decide, history
from models.ids import RecordId
from models.queries import ledger

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ("建议编号", "承办单位", "答复承诺", "完成时限", "办理情况", "是否办结", "联络员")
PLAIN = {
    "建议编号": "number",
    "承办单位": "unit",
    "答复承诺": "promise_text",
    "完成时限": "skip",
    "办理情况": "note",
    "是否办结": "skip",
    "联络员": "assigned",
}


def promise_of(office: Any) -> Any:
    """A promise whose case and words nobody else has."""
    rows = ledger(office.store)
    texts = [row.commitment.span.text for row in rows]
    return next(
        row
        for row in rows
        if texts.count(row.commitment.span.text) == 1
        and (row.document.identity.number or "").isdecimal()
        and not row.commitment.span.text[-1].isdigit()
    )


def foreign(*lines: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    """A workbook with a title above the heads."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "交办表"
    sheet.append(["某某区交办台账"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
    for one in (heads, *lines):
        sheet.append(list(one))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ledger_of(office: Any) -> tuple[Any, bytes]:
    row = promise_of(office)
    number, text = row.document.identity.number, row.commitment.span.text
    return row, foreign(
        (f"第{number}号", row.document.identity.lead_unit, text, None, "已选好地址", "在办", "尤敏"),
        ("第987号", "某局", "年内补植行道树四百株", "2026年底", "还没有开工", "快了", None),
    )


def upload(office: Any, content: bytes, role: str = "reviewer") -> str:
    browser = office.as_(role)
    files = {"file": ("交办表.xlsx", content, XLSX)}
    answer = browser.post("/ledger/import", data={"csrf": browser.token()}, files=files)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def say(office: Any, address: str, means: dict[str, str], words: dict[str, str] | None = None) -> Any:
    """The form of the columns, as a browser without scripts sends it."""
    said = words or {}
    fields = {"head": list(means), "means": list(means.values()), "word": list(said), "status": list(said.values())}
    return office.as_("reviewer").submit(address, sheet="交办表", **fields)


def test_the_columns_are_proposed_said_seen_recorded_and_taken_back(office: Any) -> None:
    row, content = ledger_of(office)
    columns = upload(office, content)
    assert columns.endswith("/columns")
    page = office.as_("reviewer").get(columns)
    told = html.unescape(page.text)
    assert page.status_code == 200
    assert "表头就叫“建议编号”，2 格里 2 格有号" in told
    assert "请选一个，或不收" in told, "“快了” is nobody's word for a status"
    seen = columns.removesuffix("/columns")
    assert office.as_("reviewer").get(seen).headers["location"] == columns, "nothing is shown before they are said"

    answer = say(office, columns, PLAIN)
    assert (answer.status_code, answer.headers["location"]) == (303, seen)
    found = office.as_("reviewer").get(f"{seen}?format=json").json()
    assert {(one["id"], one["field"], one["after"]) for one in found["changes"]} == {
        (row.id, "note", "办理情况：已选好地址"),
        (row.id, "assigned", "尤敏"),
    }
    assert [(one["line"], one["why"][:11]) for one in found["untaken"]] == [(4, "台账里没有“第987号")]
    assert history(office.store, row.id) == [], "nothing is written before somebody confirms"
    refused = office.as_("reviewer").get(f"{seen}?format=csv")
    assert "台账里没有“第987号”的承诺" in refused.content.decode("utf-8-sig")

    done = office.as_("reviewer").submit(seen, expected=found["fingerprint"])
    assert done.status_code == 303
    made = history(office.store, RecordId(row.id))
    assert [one.kind for one in made] == ["note", "assign"]
    assert "按外来台账" in made[1].why
    again = office.as_("reviewer").get(f"{upload(office, content).removesuffix('/columns')}/columns").text
    assert "从前对过" in again, "the same heads are known"
    assert office.as_("reviewer").submit(f"{done.headers['location']}/undo").status_code == 303
    assert [one.kind for one in history(office.store, RecordId(row.id))][-2:] == ["undo", "undo"]
    assert "import_columns" in {one.entry.action for one in entries(office.store)}


def test_a_line_about_no_promise_waits_until_somebody_says_which_it_is(sqlite_office: Any) -> None:
    office = sqlite_office
    row, content = ledger_of(office)
    columns = upload(office, content)
    say(office, columns, PLAIN)
    seen, reviewer = columns.removesuffix("/columns"), office.as_("reviewer")
    assert f'href="{seen}/lines/4' in reviewer.get(seen).text
    office.clock.pass_(days=60)
    reviewer = office.browser().log_in("reviewer")
    upload_again = reviewer.get("/ledger/import?format=json").json()["unmatched"]
    assert [(one["key"], one["lines"]) for one in upload_again] == [(seen.rpartition("/")[2], 1)]

    other = next(one for one in ledger(office.store) if one.id != row.id)
    page = reviewer.get(f"{seen}/lines/4?q={other.commitment.span.text[:12]}")
    assert other.id in page.text
    assert "987" in page.text, "what the line says"
    assert reviewer.submit(f"{seen}/lines/4", promise="0" * 16, action="is").status_code == 422
    assert reviewer.submit(f"{seen}/lines/4", promise=other.id, action="is").status_code == 303
    found = reviewer.get(f"{seen}?format=json").json()
    assert other.id in {one["id"] for one in found["changes"]}
    assert found["untaken"] == []
    assert reviewer.get("/ledger/import?format=json").json()["unmatched"] == []

    assert reviewer.submit(f"{seen}/lines/4", action="drop").status_code == 303
    assert [one["why"] for one in reviewer.get(f"{seen}?format=json").json()["untaken"]] == ["说过不要这一行"]
    assert reviewer.submit(f"{seen}/again").status_code == 303
    assert [one["why"] for one in reviewer.get(f"{seen}?format=json").json()["untaken"]] == ["说过不要这一行"]
    assert reviewer.submit(f"{seen}/lines/4", action="forget").status_code == 303
    assert "第987号" in reviewer.get(f"{seen}?format=json").json()["untaken"][0]["why"]
    assert reviewer.get(f"{seen}/lines/400").status_code == 404
    assert reviewer.submit(f"{seen}/drop").status_code == 303
    assert reviewer.get(seen).status_code == 404


def test_a_line_is_found_after_its_letter_came_in(sqlite_office: Any, take_in_reply: Any) -> None:
    office = sqlite_office
    columns = upload(office, foreign(("901", None, "新建公交候车亭12处", None, "已完成一半", None, None)))
    say(office, columns, PLAIN)
    seen = columns.removesuffix("/columns")
    key, program, there = office.key("reviewer"), office.browser(), f"/api/imports/{columns.split('/')[-2]}"
    assert [one["line"] for one in program.get(there, headers=key).json()["untaken"]] == [3]
    take_in_reply(office.store)
    office.as_("reviewer").submit(f"{seen}/again")
    found = program.get(there, headers=key).json()
    assert (len(found["changes"]) + len(found["conflicts"]), found["untaken"]) == (1, [])
    told = program.post(f"{there}/lines", headers=key, json={"line": 3, "commitment": None})
    assert [one["why"] for one in told.json()["untaken"]] == ["说过不要这一行"]


def test_what_says_something_else_waits_for_a_tick(sqlite_office: Any) -> None:
    office = sqlite_office
    row, content = ledger_of(office)
    decide(
        office.store, DecisionKind.ASSIGN, who="王五", now=office.clock(), commitment=row.id, values=[("to", "舒望")]
    )
    columns = upload(office, content)
    say(office, columns, PLAIN)
    seen = columns.removesuffix("/columns")
    found = office.as_("reviewer").get(f"{seen}?format=json").json()
    assert [(one["field"], one["now"], one["after"]) for one in found["conflicts"]] == [("assigned", "舒望", "尤敏")]
    page = office.as_("reviewer").get(seen).text
    assert "要看过才收（1 格）" in page
    assert "台账里写的不一样" in page


def test_columns_that_find_nothing_are_refused_with_the_reason(sqlite_office: Any) -> None:
    office = sqlite_office
    columns = upload(office, ledger_of(office)[1])
    answer = say(office, columns, dict.fromkeys(HEADS, "skip"))
    assert answer.status_code == 422
    assert "至少要有一列" in answer.text
    answer = say(office, columns, dict.fromkeys(HEADS, "note"))
    assert "至少要有一列" in answer.text
    assert say(office, columns, {"建议编号": "什么"}).status_code == 422
    assert office.as_("reviewer").get("/ledger/import/0123456789abcdef/columns").status_code == 404
    assert office.as_("viewer").get(columns).status_code == 403


def test_words_for_a_status_are_taken_as_the_person_says(sqlite_office: Any) -> None:
    office = sqlite_office
    row = promise_of(office)
    number, text = row.document.identity.number, row.commitment.span.text
    columns = upload(office, foreign((number, None, text, None, None, "快了", None)))
    say(office, columns, PLAIN | {"是否办结": "status"})
    seen = columns.removesuffix("/columns")
    found = office.as_("reviewer").get(f"{seen}?format=json").json()
    assert "没有说明这个词" in found["untaken"][0]["why"]
    say(office, columns, PLAIN | {"是否办结": "status"}, {"快了": "in_progress"})
    found = office.as_("reviewer").get(f"{seen}?format=json").json()
    told = [*found["changes"], *found["conflicts"]]
    assert [(one["field"], one["after"]) for one in told] == [("status", "in_progress")]


def test_a_program_says_the_columns_and_is_told_what_would_change(office: Any) -> None:
    row, content = ledger_of(office)
    key, raw = office.key("reviewer"), {"Content-Type": "application/octet-stream"}
    sent = office.browser().post("/api/imports?name=表.xlsx", content=content, headers=key | raw)
    assert sent.status_code == 201, sent.text
    told = sent.json()
    assert [one["means"] for one in told["columns"]][:3] == ["number", "unit", "promise_text"]
    at = f"/api/imports/{told['key']}"
    assert office.browser().get(at, headers=key).status_code == 409, "nothing changes before the columns are said"
    assert office.browser().post(f"{at}/apply", json={"expected": "0" * 16}, headers=key).status_code == 409
    assert office.browser().get(f"{at}/columns?sheet=交办表", headers=key).json()["heads"] == [2, 2]
    wrong = office.browser().post(f"{at}/columns", json={"columns": {"没有的": "note"}}, headers=key)
    assert (wrong.status_code, "没有的" in wrong.json()["detail"]) == (422, True)
    said = office.browser().post(f"{at}/columns", json={"columns": PLAIN}, headers=key)
    assert said.status_code == 201, said.text
    assert {one["field"] for one in said.json()["changes"]} == {"note", "assigned"}
    assert said.json()["foreign"].startswith("工作表“交办表”，表头在第 2 行")
    applied = office.browser().post(f"{at}/apply", json={"expected": said.json()["fingerprint"]}, headers=key)
    assert applied.status_code == 201
    assert len(history(office.store, RecordId(row.id))) == 2


@pytest.mark.parametrize("heads", [HEADS, HEADS[::-1]])
def test_heads_are_remembered_in_whatever_order(sqlite_office: Any, heads: tuple[str, ...]) -> None:
    office = sqlite_office
    say(office, upload(office, ledger_of(office)[1]), PLAIN)
    columns = upload(office, foreign(tuple("1234567"), heads=heads))
    record = office.as_("reviewer").get(f"{columns}?format=json").json()
    assert record["remembered"] is True
    assert {one["head"]: one["means"] for one in record["columns"]} == PLAIN
