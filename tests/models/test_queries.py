"""Lists for pages and sheets: what a filter leaves, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from models.commitments import Commitment, Deadline, Strength
from models.documents import Body, Kind
from models.errors import Unreadable, UnreadableDocument
from models.extraction import Extraction
from models.history import list_runs, run_items_of, versions_of
from models.owners import this_process
from models.quantities import Role
from models.queries import (
    Filter,
    Sort,
    count_commitments,
    declined_points,
    document,
    failures,
    ledger,
    list_documents,
    list_quantities,
    list_requests,
)
from models.rows import document_id
from models.runs import RunId, SourceFile
from models.store import Store

Letter = Callable[..., Extraction]
Save = Callable[..., object]


@pytest.fixture
def register(store: Store, save: Save, letter: Letter) -> Store:
    """Three letters: a dated promise of the transport bureau, a study of the school board, an aim without a day."""
    save(letter(1, name="z.txt"))
    save(
        promising(
            letter(2, thing="校车站", lead_unit="县教育局", region="湖滨县", result_class="A", date=date(2025, 3, 1)),
            strength=Strength.STUDY,
            deadline=Deadline("三季度", date(2026, 9, 30)),
            responsible=("县教育局", "县公安局"),
            condition=None,
            flags=(),
            confidence=0.5,
        )
    )
    save(
        promising(
            letter(3, thing="候车亭", addressed_to=Body.CPPCC, date=None, co_reply=True),
            strength=Strength.AIM,
            deadline=None,
        )
    )
    return store


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        pytest.param(Filter(), "123", id="nothing asked"),
        pytest.param(Filter(kinds=(Kind.REPLY, Kind.PLAN)), "123", id="one of some kinds"),
        pytest.param(Filter(kinds=(Kind.NEWS,)), "", id="no such kind"),
        pytest.param(Filter(addressed_to=Body.CPPCC), "3", id="body"),
        pytest.param(Filter(units=("教育局",)), "2", id="lead unit"),
        pytest.param(Filter(units=("公安局",)), "2", id="a unit that is responsible besides"),
        pytest.param(Filter(units=("公安局", "交通")), "123", id="one of some units"),
        pytest.param(Filter(units=("%",)), "", id="a wildcard is only a character"),
        pytest.param(Filter(region="湖滨"), "2", id="region"),
        pytest.param(Filter(classes=("A", "C")), "2", id="class"),
        pytest.param(Filter(numbers=("3",)), "3", id="number"),
        pytest.param(Filter(year=2026), "1", id="year"),
        pytest.param(Filter(co_reply=False), "12", id="no co-replies"),
        pytest.param(Filter(strengths=(Strength.FIRM, Strength.AIM)), "13", id="strength"),
        pytest.param(Filter(has_deadline=True), "12", id="with a day"),
        pytest.param(Filter(has_deadline=False), "3", id="without a day"),
        pytest.param(Filter(due_to=date(2026, 9, 30)), "2", id="due by a day"),
        pytest.param(Filter(due_from=date(2026, 9, 30)), "12", id="due from a day"),
        pytest.param(Filter(due_from=date(2026, 10, 1), due_to=date(2026, 12, 30)), "", id="due between"),
        pytest.param(Filter(conditional=True), "13", id="with a condition"),
        pytest.param(Filter(flagged=False), "2", id="nothing to look at"),
        pytest.param(Filter(confident=0.8), "13", id="sure enough"),
        pytest.param(Filter(contains="校车"), "2", id="part of the quotation"),
        pytest.param(Filter(units=("教育局",), strengths=(Strength.FIRM,)), "", id="both must hold"),
    ],
)
def test_the_ledger_shows_what_the_filter_leaves(register: Store, wanted: Filter, numbers: str) -> None:
    assert {row.document.identity.number for row in ledger(register, wanted)} == set(numbers)
    assert count_commitments(register, wanted) == len(numbers)


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        (Sort.DOCUMENT, ["1", "2", "3"]),
        (Sort.DEADLINE, ["2", "1", "3"]),
        (Sort.STRENGTH, ["1", "3", "2"]),
        (Sort.NAME, ["2", "3", "1"]),
    ],
)
def test_the_ledger_is_in_the_order_asked_for(register: Store, sort: Sort, numbers: list[str]) -> None:
    assert [row.document.identity.number for row in ledger(register, sort=sort)] == numbers


def test_a_page_continues_where_the_last_one_ended(register: Store) -> None:
    whole = ledger(register)
    assert ledger(register, limit=2) + ledger(register, limit=2, offset=2) == whole


def test_a_row_holds_the_record_and_the_document_as_saved(store: Store, save: Save, letter: Letter) -> None:
    saved = letter()
    save(saved)
    (row,) = ledger(store)
    assert (row.commitment, row.position) == (saved.commitments[0], 0)
    assert row.document.identity == saved.identity
    assert (row.document.name, row.document.path, row.document.title) == ("7.txt", "/inbox/7.txt", "网页标题")
    assert row.document == document(store, document_id(saved.document.text))


def test_the_other_records_are_listed_with_their_documents(store: Store, save: Save, letter: Letter) -> None:
    saved = letter()
    save(saved)
    assert [row.declined for row in declined_points(store)] == list(saved.declined)
    assert [row.request for row in list_requests(store)] == list(saved.requests)
    whole, part = list_quantities(store)
    assert whole.quantity == saved.quantities[0]
    assert (part.part_of, part.quantity) == (whole.id, replace(saved.quantities[1], part_of=None))


def test_other_lists_are_filtered_too(register: Store) -> None:
    wanted = Filter(region="湖滨")
    for rows in (declined_points(register, wanted), list_requests(register, wanted), list_quantities(register, wanted)):
        assert {row.document.identity.number for row in rows} == {"2"}
    assert list_requests(register, Filter(contains="候车亭"))[0].document.identity.number == "3"
    assert list_requests(register, Filter(contains="地铁")) == []
    assert list_quantities(register, Filter(roles=(Role.ACTUAL,))) == []
    assert len(list_quantities(register, Filter(roles=(Role.TARGET,), flagged=True))) == 3
    assert [one.document.identity.number for one in list_documents(register)] == ["1", "2", "3"]


def test_more_documents_than_one_question_may_name_are_listed(
    store: Store, run: RunId, letter: Letter, file: Callable[..., SourceFile], now: datetime
) -> None:
    letters = [letter(number) for number in range(620)]
    store.save_all(run, [(file(one), one) for one in letters], now=now, extractor="1")
    assert len(ledger(store)) == len(list_documents(store)) == 620
    assert all(one.counts.quantities == 2 for one in list_documents(store))


def test_an_unknown_document_raises(store: Store) -> None:
    with pytest.raises(KeyError):
        document(store, document_id("无"))


def test_failures_are_listed_by_path(store: Store, run: RunId, now: datetime) -> None:
    for name, reason in (("b.pdf", Unreadable.ENCRYPTED), ("a.pdf", Unreadable.SCANNED)):
        source = SourceFile(f"/inbox/{name}", name, "pdf", None, 12, None)
        store.fail(run, source, UnreadableDocument(name, reason, "why"), now=now, extractor="1")
    found = [(row.path, row.reason, row.detail, row.size, row.document) for row in failures(store)]
    assert found == [
        ("/inbox/a.pdf", Unreadable.SCANNED, "why", 12, None),
        ("/inbox/b.pdf", Unreadable.ENCRYPTED, "why", 12, None),
    ]


def test_the_latest_runs_come_first(store: Store, now: datetime) -> None:
    for _ in range(3):
        store.finish_run(store.begin_run("ingest", now=now, owner=this_process()), now=now, error=None)
    found = list_runs(store, limit=2)
    assert [run.id for run in found] == sorted((run.id for run in found), reverse=True)
    assert len(found) == 2
    assert run_items_of(store, found[0].id) == []
    assert versions_of(store, "/nowhere") == []


def promising(extraction: Extraction, **changes: object) -> Extraction:
    """The letter with its promise changed."""
    changed: Commitment = replace(extraction.commitments[0], **changes)  # type: ignore[arg-type]
    return replace(extraction, commitments=(changed,))
