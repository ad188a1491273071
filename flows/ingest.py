"""The flow `ingest`: files and folders into the database, in batches with retries (the work: `flows/night.py`).

Prefect is imported with this module, so `flows.settings.prepare_prefect` must have run before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run
from prefect.utilities.annotations import opaque

from flows import night
from flows.follow_up import FollowUp
from flows.intake import Intake, Report
from flows.machines.readers import readers
from flows.meaning import learn_meaning
from flows.night import Steps, follow_up, take_in_all
from flows.running import DATABASE_SECONDS, run_of
from flows.settings import Settings, load
from flows.sources import Incoming, find_files, incoming
from models.errors import StoreUnavailable
from models.ids import DocumentId
from models.store import open_store

PAUSES: list[float] = [
    2,
    10,
    30,
    60,
]  # seconds before each further try: a database that is busy or gone for a minute comes back


@flow(name="ingest", log_prints=False, validate_parameters=False)
def ingest(paths: list[str] | None = None) -> Report:
    """Takes these files and folders in (without any: the inbox that is set). A second run changes nothing."""
    settings = load()
    files = find_files(map(Path, paths or _inbox(settings)))
    with open_store(settings.database, DATABASE_SECONDS) as store, run_of(store, "ingest") as (run, finish):
        report = take_in_all(store, run, settings, list(map(incoming, files)), steps=STEPS)
        report += follow_up(store, run, settings, STEPS)
        finish(report.skipped)
        learn_meaning(store, settings.data_dir)
    return report


def busy(_task: Any, _run: Any, state: Any) -> bool:
    """Only a database that is busy is worth another try: a broken file is a row, a fault of ours stays one."""
    return isinstance(state.result(raise_on_failure=False), StoreUnavailable)


@task(name="take-batch", retries=4, retry_delay_seconds=PAUSES, retry_condition_fn=busy, cache_policy=NO_CACHE)
def take_batch(intake: Intake, batch: Sequence[Incoming], done: Callable[[], None]) -> Report:
    """Takes one batch in. A second try passes over what the first one kept."""
    if task_run.run_count <= 1:
        return intake.take_in(batch, done)
    wanted, kept = intake.sort_out(batch)
    return kept + intake.take_in(wanted, done)


@task(name="follow-batch", retries=4, retry_delay_seconds=PAUSES, retry_condition_fn=busy, cache_policy=NO_CACHE)
def follow_batch(work: FollowUp, documents: Sequence[DocumentId], done: Callable[[], None]) -> None:
    """Follows up one batch; a document that is done again comes out the same."""
    night.follow_batch(work, documents, done)


@task(name="judge-batch", retries=4, retry_delay_seconds=PAUSES, retry_condition_fn=busy, cache_policy=NO_CACHE)
def judge_batch(work: FollowUp, replies: Sequence[DocumentId], done: Callable[[], None]) -> None:
    """Judges the asks and alarms of one batch of replies."""
    night.judge_batch(work, replies, done)


def _unsearched(work: Any) -> Any:
    """Prefect looks for futures through all that a task is given: here, through every paper that a run remembers."""
    return opaque(work)


STEPS = Steps(
    take=lambda intake, batch, done: take_batch(_unsearched(intake), batch, done),
    follow=lambda work, documents, done: follow_batch(_unsearched(work), documents, done),
    judge=lambda work, replies, done: judge_batch(_unsearched(work), replies, done),
    readers=readers,
)


def _inbox(settings: Settings) -> list[str]:
    return [str(settings.inbox)] if settings.inbox else []
