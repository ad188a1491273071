"""The flow `ingest`: files and folders into the database, in batches with retries (the work: `flows/intake.py`).

Prefect is imported with this module, so `flows.settings.prepare_prefect` must have run before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from flows.fetching.harvest import inbox_of
from flows.follow_up import FollowUp
from flows.intake import Intake, Report, batches
from flows.meaning import learn_meaning
from flows.originals import Originals
from flows.reading import Reader, limits_of
from flows.running import run_of
from flows.settings import Settings, load
from flows.sources import Incoming, find_files, incoming
from flows.version import extractor_version, tracker_version
from models.errors import StoreUnavailable, UnreadableDocument
from models.ids import DocumentId
from models.runs import RunId
from models.store import Store, open_store
from outputs.terminal import progress_bar


@flow(name="ingest", log_prints=False, validate_parameters=False)
def ingest(paths: list[str] | None = None) -> Report:
    """Takes these files and folders in (without any: the inbox that is set). A second run changes nothing."""
    settings = load()
    files = find_files(map(Path, paths or _inbox(settings)))
    with open_store(settings.database) as store, run_of(store, "ingest") as (run, finish):
        report = take_in_all(store, run, settings, list(map(incoming, files)))
        report += follow_up(store, run, settings)
        finish(report.skipped)
        learn_meaning(store, settings.data_dir)
    return report


def take_in_all(
    store: Store, run: RunId, settings: Settings, files: Sequence[Incoming], refused: Sequence[UnreadableDocument] = ()
) -> Report:
    """Takes these files in, batch by batch, and keeps why others couldn't be had."""
    with Reader(settings, len(files)) as reader:
        largest, inbox = limits_of(settings).size, inbox_of(settings).folder
        originals = Originals(settings.data_dir.absolute() / "originals", largest, inbox)
        originals.clear_unfinished()
        intake = Intake(store, run, reader, originals, extractor_version())
        wanted, report = intake.sort_out(files)
        report += intake.refuse(refused)
        with progress_bar("读入", len(wanted)) as done:
            for batch in batches(wanted, settings.batch_size):
                report += take_batch(intake, batch, done)
    return report


def busy(_task: Any, _run: Any, state: Any) -> bool:
    """Only a database that is busy is worth another try: a broken file is a row, a fault of ours stays one."""
    return isinstance(state.result(raise_on_failure=False), StoreUnavailable)


@task(name="take-batch", retries=2, retry_delay_seconds=[2, 10], retry_condition_fn=busy, cache_policy=NO_CACHE)
def take_batch(intake: Intake, batch: Sequence[Incoming], done: Callable[[], None]) -> Report:
    """Takes one batch in. A second try passes over what the first one kept."""
    if task_run.run_count <= 1:
        return intake.take_in(batch, done)
    wanted, kept = intake.sort_out(batch)
    return kept + intake.take_in(wanted, done)


def follow_up(store: Store, run: RunId, settings: Settings) -> Report:
    """Holds new and changed documents against the others; then judges the replies that this concerns."""
    work = FollowUp(store, run, tracker_version(settings.result_classes), settings.result_classes)
    documents = work.waiting()
    with progress_bar("比对", len(documents)) as done:
        for batch in batches(documents, settings.batch_size):
            follow_batch(work, batch, done)
    replies = work.replies_to_judge()
    for replies_of_batch in batches(replies, settings.batch_size):
        judge_batch(work, replies_of_batch)
    return Report(followed=len(documents), judged=len(replies))


@task(name="follow-batch", retries=2, retry_delay_seconds=[2, 10], retry_condition_fn=busy, cache_policy=NO_CACHE)
def follow_batch(work: FollowUp, documents: Sequence[DocumentId], done: Callable[[], None]) -> None:
    """Follows up one batch; a document that is done again comes out the same."""
    for document in documents:
        work.follow(document)
        done()


@task(name="judge-batch", retries=2, retry_delay_seconds=[2, 10], retry_condition_fn=busy, cache_policy=NO_CACHE)
def judge_batch(work: FollowUp, replies: Sequence[DocumentId]) -> None:
    """Judges the asks and alarms of one batch of replies."""
    for reply in replies:
        work.judge(reply)


def _inbox(settings: Settings) -> list[str]:
    return [str(settings.inbox)] if settings.inbox else []
