"""Documents: the text as read, every record marked and leading both ways; the original; asks beside answers."""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents import Kind, Span
from models.queries import list_documents
from models.runs import SourceFile
from outputs.web.leaves import leaves
from outputs.web.marked import Mark, marked


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text("建成3座桥。\n <&", max_size=40))
    places = st.integers(-2, len(text) + 2)
    spans = draw(st.lists(st.tuples(places, places, st.integers(0, 5)), max_size=8))
    marks = [
        Mark(Span(a, b, text[max(0, a) : b]), f"look{level}", level, "", f"#to{nth}", f"at{nth}")
        for nth, (a, b, level) in enumerate(spans)
    ]
    return text, marks


@given(marked_texts())
def test_the_pieces_are_the_text_and_every_record_begins_somewhere(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    lines = marked(text, marks)
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text
    anchors = [anchor for line in lines for piece in line for anchor in piece.anchors]
    inside = [one for one in marks if 0 <= one.span.start < one.span.end <= len(text)]
    visible = [one for one in inside if text[one.span.start : one.span.end].strip("\n")]
    assert {one.anchor for one in visible} <= set(anchors) <= {one.anchor for one in inside}
    assert len(anchors) == len(set(anchors))


@pytest.fixture
def documents(reading: Any) -> dict[Kind, list[str]]:
    found: dict[Kind, list[str]] = {}
    for one in list_documents(reading.store):
        found.setdefault(one.document.identity.kind, []).append(one.document.id)
    return found


def test_the_list_counts_what_it_shows(reading: Any) -> None:
    browser = reading.as_("viewer")
    for asked in ("", "?kind=reply", "?unit=水利局", "?year=2024", "?number=031", "?place=锦川"):
        record = browser.get(f"/documents{asked}", headers={"accept": "application/json"}).json()
        page = browser.get(f"/documents{asked}").text
        assert record["total"] == len(record["documents"]) == len(re.findall(r'<tr id="r\w+">', page)) > 0


def test_the_text_is_whole_and_every_record_leads_both_ways(reading: Any, documents: dict[Kind, list[str]]) -> None:
    browser = reading.as_("viewer")
    for document in documents[Kind.REPLY][:4] + documents[Kind.PROPOSAL]:
        page = browser.get(f"/documents/{document}").text
        record = browser.get(f"/documents/{document}.json").json()
        letter = page.partition('class="panel letter">')[2].partition("</article>")[0]
        assert re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", "", letter))) == re.sub(r"\s", "", record["text"])
        ids = set(re.findall(r'id="([^"]+)"', page))
        for kind in ("commitments", "declined", "requests", "quantities"):
            assert {f"r{one['id']}" for one in record[kind]} <= ids
        inside = {one for one in re.findall(r'href="#([^"]+)"', page) if one not in ("", "body")}
        assert inside <= ids
        for number in record["quantities"]:
            assert f'href="#n{number["id"]}"' in page
            assert f'href="#r{number["id"]}"' in page


def test_a_place_can_be_pointed_at(reading: Any, documents: dict[Kind, list[str]]) -> None:
    browser = reading.as_("viewer")
    document = documents[Kind.REPLY][0]
    text = browser.get(f"/documents/{document}.json").json()["text"]
    page = browser.get(f"/documents/{document}?span=5-25").text
    shown = "".join(re.findall(r'<(?:a|mark) class="m [^"]*here[^"]*"[^>]*>([^<]*)<', page))
    assert unescape(shown) == text[5:25].replace("\n", "")
    for wrong in ("25-5", "x", "1-99999999", "²-³"):
        assert 'id="span"' not in browser.get(f"/documents/{document}?span={wrong}").text


def test_the_original_comes_as_it_was_and_is_never_shown(sqlite_office: Any, root: Any) -> None:
    from flows.originals import Originals

    browser = sqlite_office.as_("viewer")
    row = next(one.document for one in list_documents(sqlite_office.store) if one.document.form == "docx")
    path = root / "corpus" / "samples" / "files" / row.name
    missing = browser.get(f"/documents/{row.id}/original")
    assert missing.status_code == 404
    assert "没有留存" in missing.text
    kept = Originals(sqlite_office.folder / "originals", 1 << 24).keep(path)
    assert isinstance(kept.source, SourceFile)
    answer = browser.get(f"/documents/{row.id}/original")
    assert answer.content == path.read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_asks_stand_beside_the_answers(reading: Any, documents: dict[Kind, list[str]]) -> None:
    browser = reading.as_("viewer")
    answered = 0
    for item in documents[Kind.PROPOSAL] + documents[Kind.SUGGESTION]:
        record = browser.get(f"/items/{item}.json").json()
        page = unescape(re.sub(r"<[^>]+>", "", browser.get(f"/items/{item}").text))
        for ask in record["requests"]:
            assert ask["text"] in page
            answered += bool(ask["answers"])
            assert all(words in page for answer in ask["answers"] for words in answer["by"])
        assert sum(record["answers"].values()) == sum(bool(ask["answers"]) for ask in record["requests"])
    assert answered > 10


def test_what_is_no_item_leads_to_its_own_page(reading: Any, documents: dict[Kind, list[str]]) -> None:
    answer = reading.as_("viewer").get(f"/items/{documents[Kind.REPLY][0]}")
    assert answer.headers["location"] == f"/documents/{documents[Kind.REPLY][0]}"


@pytest.mark.parametrize("path", ["/documents/none", "/items/none", "/documents/none/original"])
def test_an_unknown_document_is_said_to_be_gone(path: str, reading: Any) -> None:
    assert reading.as_("viewer").get(path).status_code == 404


def test_the_documents_of_a_run_are_those_that_it_took_in(reading: Any) -> None:
    browser = reading.as_("viewer")
    everything = browser.get("/documents.json?size=200").json()
    assert browser.get("/documents.json?size=200&run=1").json()["documents"] == everything["documents"]
    assert browser.get("/documents.json?run=2").json()["total"] == 0
    assert "第2次运行新收的" in browser.get("/documents?run=2").text
    assert 'href="/documents?run=1"' in browser.get("/runs").text


@given(st.text("建成座桥。\n", max_size=60), st.integers(1, 20))
def test_the_leaves_of_a_text_are_the_text(text: str, longest: int) -> None:
    found = leaves(text, longest)
    assert "".join(text[leaf.start : leaf.end] for leaf in found) == text
    assert all(leaf.end - leaf.start <= longest for leaf in found)
    assert [leaf.number for leaf in found] == list(range(1, found[0].last + 1))


def test_a_long_document_comes_in_pages_and_each_record_is_on_one(
    documents: dict[Kind, list[str]], reading: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outputs.web.documents.leaves", partial(leaves, longest=300))
    browser, anchors, last = reading.as_("viewer"), list[str](), 0
    address = f"/documents/{documents[Kind.REPLY][0]}"
    record = browser.get(f"{address}.json").json()
    told = browser.get(address).text
    last = int(re.search(r"第 1 页，共 (\d+) 页", told)[1])  # type: ignore[index]
    assert last > 2
    pages = [browser.get(f"{address}?page={number}").text for number in range(1, last + 1)]
    for page in pages:
        anchors += re.findall(r'id="r(\w{16})"', page)
        here = set(re.findall(r'id="([\w-]+)"', page))
        assert set(re.findall(r'href="#([\w-]+)"', page)) <= here, "links within a page lead to a place on it"
    wanted = [one["id"] for kind in ("commitments", "requests", "quantities", "declined") for one in record[kind]]
    assert set(wanted) <= set(anchors)
    one = record["commitments"][-1]
    opened = browser.get(f"{address}?span={one['start']}-{one['end']}").text
    assert 'id="span"' in opened
    assert f'id="r{one["id"]}"' in opened
    assert browser.get(f"{address}?page={last + 1}").status_code == 303
