"""A draft reply is looked through in the browser before it is signed; nothing of it is kept."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

from docx import Document

from models.audit import entries
from models.documents import Kind
from models.filters import Filter
from models.queries import count_documents, list_documents

DRAFT = """梧溪县水务局
关于县十四届人大四次会议第18号建议的答复

闻人樵代表：
您提出的《关于改善石磨村供水的建议》收悉，现答复如下：
一、关于建设加压泵站。我局将于2027年底前新建石磨村加压泵站3座。
二、关于水质检测。我局将进一步加强水质检测。
梧溪县水务局
2026年2月12日
"""


def send(office: Any, files: dict[str, Any], role: str = "reviewer", **form: str) -> Any:
    browser = office.as_(role)
    return browser.post("/check", data={"csrf": browser.token(), **form}, files=files)


def test_a_draft_is_looked_through_as_a_page_and_as_the_sheet_that_goes_back(sqlite_office: Any, root: Path) -> None:
    before = count_documents(sqlite_office.store)
    files = {"file": ("答复稿.txt", DRAFT.encode(), "text/plain")}
    page = send(sqlite_office, files)
    assert page.status_code == 200
    assert "新建石磨村加压泵站3座" in page.text
    assert "无时限" in page.text
    assert "承诺能不能核对" in page.text
    sheet = send(sqlite_office, files, form="docx")
    words = [
        cell.text for table in Document(io.BytesIO(sheet.content)).tables for row in table.rows for cell in row.cells
    ]
    assert any("新建石磨村加压泵站3座" in one for one in words)
    item = next((root / "corpus" / "samples" / "files").glob("2024-001*"))
    both = send(sqlite_office, files | {"item": (item.name, item.read_bytes(), "application/octet-stream")})
    assert "未回应" in both.text, "another's asks have no answer here"
    assert count_documents(sqlite_office.store) == before
    assert [one.entry.action for one in entries(sqlite_office.store, limit=3)] == ["check"] * 3


def test_what_cannot_be_read_is_said_with_what_to_do(sqlite_office: Any) -> None:
    for files, said in (
        ({"file": ("扫描.pdf", b"%PDF-1.4 broken", "application/pdf")}, "重新下载"),
        ({"file": ("空.txt", b"", "text/plain")}, "文件是空的"),
        ({}, "还没有选文件"),
    ):
        answer = send(sqlite_office, files)
        assert answer.status_code == 422
        assert said in answer.text
    assert send(sqlite_office, {"file": ("a.txt", b"x", "text/plain")}, "viewer").status_code == 403


def test_markup_in_a_draft_and_its_name_is_text(sqlite_office: Any) -> None:
    draft = DRAFT.replace("石磨村", "<script>alert(1)</script>石磨村")
    page = send(sqlite_office, {"file": ("<img src=x>.txt", draft.encode(), "text/plain")}).text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


ANSWER = """锦川市民政局
关于市九届人大三次会议第{number}号建议的答复

闻人樵代表：
您提出的建议收悉，现答复如下：
一、关于送餐。我局将于2027年6月底前在各街道配备送餐车12辆。
锦川市民政局
2026年2月12日
"""


def test_a_draft_is_held_against_the_suggestion_of_its_number_in_the_register(
    sqlite_office: Any, prepared: Path
) -> None:
    shutil.copytree(prepared.parent / "originals", sqlite_office.folder / "originals")
    found = send(sqlite_office, {"file": ("稿.txt", ANSWER.format(number="018").encode(), "text/plain")}).text
    to = re.search(r'对照的是台账里的 <a href="/items/(\w+)">', found)
    assert to is not None
    assert sqlite_office.as_("viewer").get(f"/items/{to[1]}.json").json()["identity"]["number"] == "18"
    assert "未回应" in found
    draft = {"file": ("稿.txt", ANSWER.format(number="18").encode(), "text/plain")}
    sheet = Document(io.BytesIO(send(sqlite_office, draft, form="docx").content))
    assert any(one.text.startswith("诉求取自代表建议第18号：") for one in sheet.paragraphs)
    for number in ("19", "18、27"):  # none of that number; several at once
        page = send(sqlite_office, {"file": ("稿.txt", ANSWER.format(number=number).encode(), "text/plain")}).text
        assert "对照的是" not in page
    item = ("建议.txt", "关于改善石磨村供水的建议\n一、建议新建加压泵站。\n".encode(), "text/plain")
    assert "对照的是" not in send(sqlite_office, draft | {"item": item}).text, "what was given counts"


def test_programs_have_a_draft_looked_through_as_the_page_does(sqlite_office: Any, prepared: Path) -> None:
    office, name = sqlite_office, "答复稿.txt"
    browser = office.as_("reviewer")
    page = browser.post(
        "/check",
        data={"csrf": browser.token()},
        files={"file": (name, DRAFT.encode(), "text/plain")},
        headers={"Accept": "application/json"},
    ).json()
    program, key = office.browser(), office.key("reviewer") | {"Content-Type": "application/octet-stream"}
    told = program.post("/api/check", params={"name": name}, content=DRAFT.encode(), headers=key)
    assert told.status_code == 200
    answer = told.json()
    assert (answer["file"], answer["item"], answer["summary"]) == (name, None, page["summary"])
    assert [one["text"] for one in answer["promises"]] == [one["text"] for one in page["promises"]]
    assert answer["promises"][0]["lacks"] == page["promises"][0]["lacks"]
    wanted = Filter(kinds=(Kind.SUGGESTION, Kind.PROPOSAL))
    item = list_documents(office.store, wanted, limit=1)[0].document
    asked = {"params": {"name": name, "item": item.id}, "content": DRAFT.encode(), "headers": key}
    assert program.post("/api/check", **asked).status_code == 404, "its original isn't there"
    shutil.copytree(prepared.parent / "originals", office.folder / "originals")
    both = program.post("/api/check", **asked).json()
    assert both["item"]["kind"] == item.identity.kind.value
    assert both["summary"]["asks"]["unanswered"] > 0
    assert program.post("/api/check", params={"name": "a.docx"}, content=b"x", headers=key).status_code == 422
    assert [one.entry.action for one in entries(office.store, limit=5)] == ["check"] * 5
