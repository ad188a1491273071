"""What a night does, phase by phase, without Prefect: whoever starts it hands in how its steps are to be run.

A run that was cut off leaves nothing half done, and the next one goes on from there: each phase looks for what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flows.fetching.book import Harvest
from flows.fetching.harvest import harvest, inbox_of, sources_of
from flows.follow_up import FollowUp
from flows.intake import Intake, Report, batches
from flows.originals import Originals
from flows.publish import Published, publish
from flows.reading import Reader, Reads, limits_of
from flows.running import few_searches, phase, watched
from flows.safekeeping import Kept
from flows.settings import Settings
from flows.source_settings import Source
from flows.sources import Incoming
from flows.version import extractor_version, tracker_version
from models.errors import UnreadableDocument
from models.ids import DocumentId
from models.nightly import Phase
from models.progress import Step
from models.runs import RunId
from models.store import Store

Done = Callable[[], None]
_LOT = {"dask": 100, "pool": 2_000}  # sending is less than a tenth of reading: `make bench`, docs/growing.md


@dataclass(frozen=True, slots=True)
class Night:
    """What came of a night."""

    run: RunId
    report: Report
    harvest: Harvest
    published: Published
    kept: Kept | None = None


def take_batch(intake: Intake, batch: Sequence[Incoming], done: Done) -> Report:
    """Takes one batch in."""
    return intake.take_in(batch, done)


def follow_batch(work: FollowUp, documents: Sequence[DocumentId], done: Done) -> None:
    """Follows up one batch, and judges what is settled by it; a document that is done again comes out the same."""
    for document in documents:
        work.follow(document)
        work.judge_settled(document)
        done()


def judge_batch(work: FollowUp, replies: Sequence[DocumentId], done: Done) -> None:
    """Judges the asks and alarms of one batch of replies."""
    work.judge(*replies)
    for _ in replies:
        done()


def fetch_source(store: Store, run: RunId, settings: Settings, source: Source) -> Harvest:
    """What one source gives. A site's own faults are tried again within, and end as failures with their reasons."""
    return harvest(store, run, settings, source, datetime.now(UTC))


def publish_report(store: Store, run: RunId, settings: Settings, day: date) -> Published:
    """The morning report."""
    return publish(store, run, settings, day)


@dataclass(frozen=True, slots=True)
class Steps:
    """How each step is run: as it is, or as a task that is tried again and can be watched."""

    fetch: Callable[[Store, RunId, Settings, Source], Harvest] = fetch_source
    take: Callable[[Intake, Sequence[Incoming], Done], Report] = take_batch
    follow: Callable[[FollowUp, Sequence[DocumentId], Done], None] = follow_batch
    judge: Callable[[FollowUp, Sequence[DocumentId], Done], None] = judge_batch
    publish: Callable[[Store, RunId, Settings, date], Published] = publish_report
    readers: Callable[[Settings, int], AbstractContextManager[Reads]] = Reader


PLAIN = Steps()


def whole_night(store: Store, run: RunId, settings: Settings, day: date, steps: Steps = PLAIN) -> Night:
    """Fetch, ingest, follow up, publish."""
    with phase(store, run, Phase.FETCH):
        inbox_of(settings).clear_unfinished()
        found = Harvest()
        for source in sources_of(settings):
            found += steps.fetch(store, run, settings, source)
    with phase(store, run, Phase.INGEST):
        report = take_in_all(store, run, settings, found.files, found.refused, steps)
    with phase(store, run, Phase.FOLLOW_UP):
        report += follow_up(store, run, settings, steps)
    with phase(store, run, Phase.PUBLISH):
        published = steps.publish(store, run, settings, day)
    return Night(run, report, found, published)


def take_in_all(
    store: Store,
    run: RunId,
    settings: Settings,
    files: Sequence[Incoming],
    refused: Sequence[UnreadableDocument] = (),
    steps: Steps = PLAIN,
) -> Report:
    """Takes these files in, batch by batch, and keeps why others couldn't be had."""
    largest, inbox = limits_of(settings).size, inbox_of(settings).folder
    originals = Originals(settings.data_dir.absolute() / "originals", largest, inbox)
    originals.clear_unfinished()
    with steps.readers(settings, len(files)) as reader:
        intake = Intake(store, run, reader, originals, extractor_version())
        wanted, report = intake.sort_out(files)
        report += intake.refuse(refused)
        lots = list(batches(wanted, _lot_size(settings)))
        with watched(store, run, Step.READ, len(wanted)) as done:
            for lot in _announced(intake, lots):
                report += steps.take(intake, lot, done)
        return report + Report(lost=reader.lost, why_lost=reader.why)


def _lot_size(settings: Settings) -> int:
    """How many files are taken in at once: elsewhere so many that sending them is a small part of reading them."""
    if settings.runner == "here":
        return settings.batch_size
    return settings.lot_size or _LOT[settings.runner]


def _announced(intake: Intake, lots: Sequence[Sequence[Incoming]]) -> Iterator[Sequence[Incoming]]:
    """The lots in turn; those that follow are announced to whoever reads them on other machines."""
    told = 0
    for number, lot in enumerate(lots):
        upto = number + intake.reader.ahead
        for coming in lots[told : upto + 1] if upto > number else ():
            intake.announce(coming)
        told = max(told, upto + 1)
        yield lot


def follow_up(store: Store, run: RunId, settings: Settings, steps: Steps = PLAIN) -> Report:
    """Holds new and changed documents against the others, and judges the replies that this concerns."""
    with few_searches():
        return _followed_up(store, run, settings, steps)


def _followed_up(store: Store, run: RunId, settings: Settings, steps: Steps) -> Report:
    work = FollowUp(store, run, tracker_version(settings.result_classes), settings.result_classes)
    documents = work.waiting()
    with watched(store, run, Step.COMPARE, len(documents)) as done:
        for batch in batches(documents, settings.batch_size):
            steps.follow(work, batch, done)
    replies = work.replies_to_judge()
    with watched(store, run, Step.JUDGE, len(replies)) as done:
        for replies_of_batch in batches(replies, settings.batch_size):
            steps.judge(work, replies_of_batch, done)
    return Report(followed=len(documents), judged=work.judged)
