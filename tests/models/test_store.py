"""What is kept, and what keeping it again changes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from itertools import permutations

import pytest
from sqlalchemy.exc import StatementError

from models.documents import Document, Identity, Kind, Span
from models.errors import Unreadable, UnreadableDocument
from models.extraction import Extraction
from models.history import list_runs, overview, run_items_of, versions_of
from models.owners import this_process
from models.queries import CURRENT, Filter, failures, ledger, list_documents
from models.rows import document_id, record_ids
from models.runs import Counts, Known, Outcome, RunId, RunState, SourceFile
from models.search import search
from models.store import Store, open_store

Letter = Callable[..., Extraction]
Save = Callable[..., Outcome]
File = Callable[..., SourceFile]
Rows = Callable[..., dict[str, list[str]]]


def test_a_letter_comes_back_as_it_was_saved(store: Store, save: Save, letter: Letter) -> None:
    saved = letter()
    assert save(saved) is Outcome.NEW
    assert store.load(document_id(saved.document.text)) == saved


@pytest.mark.parametrize("value", ["0.1", "33.33", "1E+6", "300000", "0", "-2.50", "123456789012345678.123456789"])
def test_a_number_keeps_every_digit(store: Store, save: Save, letter: Letter, value: str) -> None:
    first = letter()
    exact = replace(first.quantities[0], value=Decimal(value), upper=Decimal(value) + 1)
    saved = replace(first, quantities=(exact,))
    save(saved)
    assert repr(store.load(document_id(saved.document.text)).quantities) == repr(saved.quantities)


def test_a_text_comes_back_character_by_character(store: Store, save: Save) -> None:
    text = "　“全角”\t𬒗山\u3000①%_\\'\"\n末行"
    saved = Extraction(Document("怪.txt", "txt", text), Identity(Kind.OTHER), (), (), (), (), ())
    save(saved)
    assert store.text(document_id(text)) == text


def test_an_unknown_document_is_no_empty_one(store: Store) -> None:
    with pytest.raises(KeyError):
        store.load(document_id("无"))
    with pytest.raises(KeyError):
        store.text(document_id("无"))


def test_the_same_file_twice_changes_no_row(
    store: Store, run: RunId, letter: Letter, file: File, rows: Rows, now: datetime
) -> None:
    saved = letter()
    store.save(run, file(saved), saved, now=now, extractor="1")
    before = rows(store)
    later = now + timedelta(minutes=5)
    assert store.save(run, file(saved), saved, now=later, extractor="1") is Outcome.UNCHANGED
    assert rows(store) == before


def test_the_same_failure_twice_changes_no_row(store: Store, run: RunId, rows: Rows, now: datetime) -> None:
    broken = SourceFile("/inbox/broken.pdf", "broken.pdf", "pdf", "d" * 64, 9, 1)
    error = UnreadableDocument("broken.pdf", Unreadable.ENCRYPTED, "needs a password")
    store.fail(run, broken, error, now=now, extractor="1")
    before = rows(store)
    assert store.fail(run, broken, error, now=now + timedelta(minutes=5), extractor="1") is Outcome.FAILED
    assert rows(store) == before


def test_one_letter_in_two_forms_is_one_document_with_two_files(store: Store, save: Save, letter: Letter) -> None:
    plain = letter()
    wrapped = reflowed(plain, "pdf")
    assert save(plain) is Outcome.NEW
    assert save(wrapped) is Outcome.DUPLICATE
    (listed,) = list_documents(store)
    assert listed.paths == ("/inbox/7.pdf", "/inbox/7.txt")
    assert listed.counts == Counts(commitments=1, declined=1, requests=1, quantities=2)


def test_which_reading_is_kept_does_not_depend_on_the_order(
    tmp_path: object, letter: Letter, rows: Rows, file: File, now: datetime
) -> None:
    forms = [letter(), reflowed(letter(), "pdf"), reflowed(letter(), "docx"), reflowed(letter(), "html")]
    kept = []
    for number, order in enumerate(permutations(forms)):
        with open_store(f"sqlite:///{tmp_path}/{number}.db") as store:
            run = store.begin_run("ingest", now=now, owner=this_process())
            for extraction in order:
                store.save(run, file(extraction), extraction, now=now, extractor="1")
            kept.append(rows(store))
    assert all(one == kept[0] for one in kept)
    assert '"docx"' in kept[0]["documents"][0]


def test_the_ids_of_records_are_the_same_in_every_form(letter: Letter) -> None:
    plain, wrapped = letter(), reflowed(letter(), "pdf")
    document = document_id(plain.document.text)
    assert document == document_id(wrapped.document.text)
    assert record_ids(document, plain) == record_ids(document, wrapped)


def test_ids_survive_a_newer_rule_and_a_longer_quotation(letter: Letter) -> None:
    old = letter()
    span = old.commitments[0].span
    longer = Span(span.start, span.end + 4, old.document.text[span.start : span.end + 4])
    new = replace(old, commitments=(replace(old.commitments[0], span=longer, rule="better", confidence=0.9),))
    document = document_id(old.document.text)
    assert record_ids(document, old).commitments == record_ids(document, new).commitments


def test_two_records_that_begin_together_have_two_ids(letter: Letter) -> None:
    one = letter()
    twins = replace(one, quantities=(one.quantities[0], one.quantities[0], one.quantities[1]))
    assert len(set(record_ids(document_id(one.document.text), twins).quantities)) == 3


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(store: Store, save: Save, letter: Letter) -> None:
    old, new = letter(count=30), letter(count=45)
    save(old)
    assert save(new) is Outcome.NEW_VERSION
    assert [row.commitment for row in ledger(store)] == list(new.commitments)
    assert store.load(document_id(old.document.text)) == old
    assert len(ledger(store, Filter(current=None))) == 2
    assert [v.superseded is None for v in versions_of(store, "/inbox/7.txt")] == [False, True]
    assert [hit.text for hit in search(store, "站台").hits] == [new.commitments[0].span.text]


def test_a_file_that_is_changed_back_is_current_again(store: Store, save: Save, letter: Letter) -> None:
    old, new = letter(count=30), letter(count=45)
    assert [save(old), save(new), save(old)] == [Outcome.NEW, Outcome.NEW_VERSION, Outcome.NEW_VERSION]
    assert [row.commitment for row in ledger(store)] == list(old.commitments)
    assert [hit.text for hit in search(store, "站台").hits] == [old.commitments[0].span.text]
    assert len(versions_of(store, "/inbox/7.txt")) == 3


def test_a_letter_stays_current_while_another_file_holds_it(store: Store, save: Save, letter: Letter) -> None:
    old, new = letter(count=30), letter(count=45)
    save(old, "/inbox/a.txt")
    save(old, "/inbox/b.txt")
    save(new, "/inbox/a.txt")
    assert {row.commitment.span.text for row in ledger(store)} == {
        old.commitments[0].span.text,
        new.commitments[0].span.text,
    }


def test_newer_rules_replace_the_records_and_keep_the_ids(store: Store, save: Save, letter: Letter) -> None:
    old = letter()
    save(old)
    (before,) = ledger(store)
    new = replace(old, commitments=(replace(old.commitments[0], rule="better", condition=None),), requests=())
    assert save(new, extractor="2") is Outcome.REEXTRACTED
    (after,) = ledger(store)
    assert after.id == before.id
    assert after.commitment == new.commitments[0]
    assert store.load(document_id(old.document.text)) == new


def test_newer_rules_that_find_the_same_write_no_record(store: Store, save: Save, letter: Letter, rows: Rows) -> None:
    save(letter())
    before = rows(store, frozenset({"documents", "sources"}))
    assert save(letter(), extractor="2") is Outcome.UNCHANGED
    assert rows(store, frozenset({"documents", "sources"})) == before
    assert list_documents(store)[0].document.extractor == "2"


def test_a_reader_that_sees_other_letters_in_the_same_bytes_reextracts(
    store: Store, save: Save, letter: Letter
) -> None:
    save(letter(count=30), digest="a" * 64)
    assert save(letter(count=31), digest="a" * 64, extractor="2") is Outcome.REEXTRACTED
    assert len(ledger(store)) == 1


def test_a_file_that_can_no_longer_be_read_keeps_its_last_letter(
    store: Store, run: RunId, save: Save, letter: Letter, file: File, now: datetime
) -> None:
    saved = letter()
    save(saved)
    cut = file(saved, digest="c" * 64, size=3)
    store.fail(run, cut, UnreadableDocument("7.txt", Unreadable.DAMAGED, "cut off"), now=now, extractor="1")
    (failure,) = failures(store)
    assert (failure.reason, failure.detail, failure.failed) == (Unreadable.DAMAGED, "cut off", now)
    assert failure.document == document_id(saved.document.text)
    assert len(ledger(store)) == 1
    save(saved)
    assert failures(store) == []


def test_a_changed_file_that_only_a_better_reader_can_read_is_a_new_version(
    store: Store, run: RunId, save: Save, letter: Letter, file: File, now: datetime
) -> None:
    save(letter(count=30), digest="a" * 64)
    unread = file(letter(count=31), digest="b" * 64)
    store.fail(run, unread, UnreadableDocument("7.txt", Unreadable.UNSUPPORTED), now=now, extractor="1")
    assert save(letter(count=31), digest="b" * 64, extractor="2") is Outcome.NEW_VERSION


def test_threads_that_save_and_read_at_once_wait_for_each_other(
    store: Store, run: RunId, letter: Letter, file: File, now: datetime
) -> None:
    def work(number: int) -> int:
        one = letter(number)
        store.save(run, file(one), one, now=now, extractor="1")
        return len(ledger(store, Filter(numbers=(str(number),))))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(60))) == [1] * 60
    assert len(ledger(store)) == 60


def test_a_file_is_known_by_size_and_time_or_by_its_bytes(store: Store, save: Save, letter: Letter, file: File) -> None:
    saved = letter()
    source = file(saved)
    save(saved)
    known = Known(document_id(saved.document.text))
    size, time, digest = source.size, source.mtime_ns, source.digest
    assert size is not None
    assert time is not None
    assert store.known(source.path, size, time, extractor="1") == known
    assert store.known(source.path, size, time + 1, extractor="1") is None
    assert store.known(source.path, size, time + 1, digest, extractor="1") == known
    assert store.known(source.path, size, time, extractor="2") is None
    assert store.known("/inbox/other.txt", size, time, extractor="1") is None


def test_a_failure_is_known_with_its_reason(store: Store, run: RunId, now: datetime) -> None:
    broken = SourceFile("/inbox/scan.pdf", "scan.pdf", "pdf", "d" * 64, 9, 1)
    store.fail(run, broken, UnreadableDocument("scan.pdf", Unreadable.SCANNED, "3 pages"), now=now, extractor="1")
    assert store.known("/inbox/scan.pdf", 9, 1, extractor="1") == Known(None, Unreadable.SCANNED, "3 pages")


def test_a_file_that_is_not_there_fails_without_size_and_digest(store: Store, run: RunId, now: datetime) -> None:
    gone = SourceFile("/inbox/gone.pdf", "gone.pdf", "pdf", None, None, None)
    store.fail(run, gone, UnreadableDocument("gone.pdf", Unreadable.MISSING), now=now, extractor="1")
    assert [failure.reason for failure in failures(store)] == [Unreadable.MISSING]


def test_the_run_tells_what_it_did(
    store: Store, run: RunId, save: Save, letter: Letter, file: File, now: datetime
) -> None:
    save(letter(1))
    save(letter(2))
    store.seen(run, ["/inbox/3.txt"], now=now)
    error = UnreadableDocument("4.txt", Unreadable.EMPTY)
    store.fail(run, file(letter(4)), error, now=now, extractor="1", started=now - timedelta(seconds=2))
    store.finish_run(run, now=now, skipped=1)
    (told,) = list_runs(store)
    assert (told.id, told.kind, told.state, told.skipped) == (run, "ingest", RunState.FINISHED, 1)
    assert told.outcomes == {Outcome.NEW: 2, Outcome.FAILED: 1}
    items = run_items_of(store, run)
    assert [(item.path, item.outcome, item.reason) for item in items] == [
        ("/inbox/1.txt", Outcome.NEW, None),
        ("/inbox/2.txt", Outcome.NEW, None),
        ("/inbox/4.txt", Outcome.FAILED, Unreadable.EMPTY),
    ]
    assert items[0].counts == Counts(commitments=1, declined=1, requests=1, quantities=2)
    assert items[2].ended - items[2].started == timedelta(seconds=2)


def test_the_overview_counts_what_is_current(
    store: Store, run: RunId, save: Save, letter: Letter, now: datetime
) -> None:
    save(letter(1))
    save(letter(2, count=20))
    save(letter(2, count=21))
    store.fail(
        run,
        SourceFile("/x", "x", "txt", None, None, None),
        UnreadableDocument("x", Unreadable.EMPTY),
        now=now,
        extractor="1",
    )
    figures = overview(store)
    assert sum(figures.documents.values()) == 2
    assert (figures.targets, figures.failures) == (4, 1)


def test_a_batch_is_kept_whole_or_not_at_all(
    store: Store, run: RunId, letter: Letter, file: File, rows: Rows, now: datetime
) -> None:
    before = rows(store)
    good, bad = letter(1), letter(2)
    broken = replace(bad, quantities=(replace(bad.quantities[1], part_of=9),))
    with pytest.raises(IndexError):
        store.save_all(run, [(file(good), good), (file(broken), broken)], now=now, extractor="1")
    assert rows(store) == before
    assert store.save_all(run, [(file(good), good), (file(bad), bad)], now=now, extractor="1") == [Outcome.NEW] * 2


def test_a_time_without_its_zone_is_refused(store: Store, now: datetime) -> None:
    with pytest.raises(StatementError, match="zone"):
        store.begin_run("ingest", now=now.replace(tzinfo=None), owner=this_process())


def test_a_time_is_given_back_in_utc(store: Store, now: datetime) -> None:
    store.begin_run("ingest", now=now.astimezone(timezone(timedelta(hours=8))), owner=this_process())
    started = list_runs(store)[0].started
    assert (started, started.tzinfo) == (now, UTC)


def test_nothing_is_read_from_an_empty_store(store: Store) -> None:
    assert ledger(store, CURRENT) == []
    assert list_documents(store) == []
    assert list_runs(store) == []
    assert sum(overview(store).documents.values()) == 0


def reflowed(extraction: Extraction, form: str) -> Extraction:
    """The same letter as another form's reader gives it: other blanks and line ends, all offsets moved."""
    text = extraction.document.text
    moved, places = [], {}
    for index, char in enumerate(text):
        places[index] = sum(map(len, moved))
        moved.append({"　": "", "\n": "\n\n", "。": "。 "}.get(char, char))
    places[len(text)] = sum(map(len, moved))
    new = "".join(moved)

    def move(span: Span) -> Span:
        start, end = places[span.start], places[span.end]
        return Span(start, end, new[start:end])

    name = f"{extraction.document.name.rpartition('.')[0]}.{form}"
    return Extraction(
        document=Document(name, form, new),
        identity=extraction.identity,
        units=tuple(replace(unit, span=move(unit.span)) for unit in extraction.units),
        commitments=tuple(replace(one, span=move(one.span)) for one in extraction.commitments),
        declined=tuple(replace(one, span=move(one.span)) for one in extraction.declined),
        requests=tuple(replace(one, span=move(one.span)) for one in extraction.requests),
        quantities=tuple(
            replace(one, span=move(one.span), unit_span=move(one.unit_span)) for one in extraction.quantities
        ),
    )
