"""What the nightly run keeps, on both databases: what was fetched, told and sent, and how promises stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from models import fetched, leases, reporting, sourcing
from models.errors import Unreadable, UnreadableDocument
from models.evidence import Status
from models.extraction import Extraction
from models.ids import RecordId
from models.nightly import Delivery, Fetched, FetchedRow, News, Phase
from models.owners import this_process
from models.runs import RunId, RunState, SourceFile
from models.standing_log import bare_promises, latest_statuses, log_statuses, statuses_over_time
from models.store import Store

DAY = date(2026, 5, 20)


def row_of(address: str, now: datetime, role: Fetched = Fetched.ARTICLE) -> FetchedRow:
    return FetchedRow(
        address, "市网站", role, "", address, "a.html", '"1"', None, "ab" * 32, ".html", 9, now, now, now, None
    )


def test_an_address_keeps_its_first_day_and_comes_back_from_being_gone(store: Store, now: datetime) -> None:
    later = now + timedelta(days=1)
    with store.writing() as connection:
        fetched.note(connection, row_of("http://x/a", now))
        fetched.note(connection, row_of("http://x/", now, Fetched.LISTING))
        assert fetched.note_gone(connection, ["http://x/a", "http://x/none"], later) == 1
        assert fetched.note_gone(connection, ["http://x/a"], later) == 0
        assert [one.address for one in fetched.gone_since(connection)] == ["http://x/a"]
        fetched.note(connection, replace(row_of("http://x/a", later), etag='"2"'))
        known = fetched.known_of(connection, "市网站")["http://x/a"]
        assert (known.etag, known.first_seen, known.checked, known.gone) == ('"2"', now, later, None)
        assert [one.address for one in fetched.files_of(connection, ["市网站"])] == ["http://x/a"]


def test_what_was_told_is_not_new(
    store: Store, run: RunId, now: datetime, letter: Callable[..., Extraction], save: Callable[..., object]
) -> None:
    save(letter(7))
    with store.writing() as connection:
        (promise,) = [one.id for one in bare_promises(connection)]
        new = reporting.untold(connection, {promise})
        assert {kind: len(keys) for kind, keys in new.items() if keys} == {
            News.REPLY: 1,
            News.PROMISE: 1,
            News.OVERDUE: 1,
        }
        report = reporting.keep_report(connection, run, DAY, "{}", new, ["mail"], now)
        assert not any(reporting.untold(connection, {promise}).values())
        reporting.forget_what_passed(connection, set())
        assert reporting.untold(connection, {promise})[News.OVERDUE] == [promise]
        (waiting,) = reporting.to_send(connection, 9)
        reporting.note_delivery(connection, waiting, Delivery.BEGUN, now, tries=1)
        assert reporting.give_up_begun(connection, now) == 1
        assert [row.state for row in reporting.deliveries_of(connection, report)] == [Delivery.UNSURE]
        assert reporting.to_send(connection, 9) == []
    assert [row.id for row in reporting.list_reports(store)] == [report]


def test_only_changes_of_status_are_logged(store: Store, run: RunId, now: datetime) -> None:
    one, other = RecordId("a" * 16), RecordId("b" * 16)
    with store.writing() as connection:
        assert log_statuses(connection, run, DAY, {one: Status.NO_EVIDENCE, other: None}) == 2
        assert log_statuses(connection, run, DAY, {one: Status.NO_EVIDENCE, other: None}) == 0
    store.finish_run(run, now=now)
    second = store.begin_run("nightly", now=now, owner=this_process())
    with store.writing() as connection:
        assert log_statuses(connection, second, DAY, {other: None}) == 1  # the first is there no more
        assert latest_statuses(connection) == {one: None, other: None}
    assert [stood.status for stood in statuses_over_time(store, one)] == [Status.NO_EVIDENCE, None]


def test_phases_are_told_in_their_order(store: Store, run: RunId, now: datetime) -> None:
    with store.writing() as connection:
        for phase in (Phase.INGEST, Phase.FETCH, Phase.INGEST):
            reporting.begin_phase(connection, run, phase, now)
        reporting.end_phase(connection, run, Phase.FETCH, now)
    assert [(row.phase, row.ended) for row in reporting.phases_of(store, run)] == [
        (Phase.FETCH, now),
        (Phase.INGEST, None),
    ]


def test_a_run_whose_process_is_gone_or_whose_lease_ran_out_is_closed(store: Store, now: datetime) -> None:
    here = this_process()
    gone = store.begin_run("nightly", now=now, owner=replace(here, boot="another start of this machine"))
    with store.writing() as connection:
        assert leases.close_gone(connection, here, now) == [gone]
    far = store.begin_run("nightly", now=now, owner=replace(here, host="another machine"))
    assert leases.cut_off(store, "nightly") is None
    with store.writing() as connection:
        assert leases.close_gone(connection, here, now + leases.TERM / 2) == []
        assert leases.close_gone(connection, here, now + leases.TERM) == [far]
    assert leases.cut_off(store, "nightly") == far
    assert leases.holding(store) is None


def test_a_run_that_ended_well_is_not_taken_up(store: Store, now: datetime) -> None:
    run = store.begin_run("nightly", now=now, owner=this_process())
    assert leases.holding(store) == "nightly"
    store.finish_run(run, now=now, state=RunState.FINISHED)
    assert leases.cut_off(store, "nightly") is None


def test_failures_of_what_is_no_document_are_forgotten_and_others_stay(
    store: Store, run: RunId, now: datetime, letter: Callable[..., Extraction], save: Callable[..., object]
) -> None:
    save(letter(7), "/in/a_b.zip!7.txt")
    for path in ("/in/a_b.zip", "/in/a_b.zip!坏.txt", "/in/aXb.zip!坏.txt", "/in/a_b.zip!7.txt"):
        source = SourceFile(path, "x", "", None, None, None)
        store.fail(run, source, UnreadableDocument(path, Unreadable.DAMAGED), now=now, extractor="1")
    with store.writing() as connection:
        sourcing.forget_failures(connection, "/in/a_b.zip")
        assert set(reporting.failures(connection).values()) == {"/in/aXb.zip!坏.txt", "/in/a_b.zip!7.txt"}


def test_many_files_are_looked_up_at_once(
    store: Store, letter: Callable[..., Extraction], file: Callable[..., SourceFile], save: Callable[..., object]
) -> None:
    save(letter(7), "/in/7.txt")
    held = file(letter(7), "/in/7.txt")
    found = store.known_by_path(["/in/7.txt", "/in/8.txt"], extractor="1")
    assert {path: (size, time) for path, (size, time, _) in found.items()} == {"/in/7.txt": (held.size, held.mtime_ns)}
    assert store.known_by_path(["/in/7.txt"], extractor="2") == {}
