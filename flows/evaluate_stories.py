"""Stories taken in and followed up as an office's documents are, and how the ledger stands to what a person found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.gold.floors import changes_since, read_floors
from corpus.readers import read
from corpus.story_scoring import STORIES, Story, compare_stories, digest_of_stories, read_stories
from extractors.pipeline import extract
from flows.evaluate import GoldUnreadable
from flows.follow_up import FollowUp
from flows.ledger import gather
from flows.version import tracker_version
from models.ids import digest_of
from models.owners import this_process
from models.runs import SourceFile
from models.scores import Evaluation, Part
from models.store import Store, open_store
from outputs.exchange import ledger_record


def evaluate_stories(folder: Path = STORIES, only: Part | None = None) -> Evaluation:
    """How today's rules follow promises through the stories of a folder. GoldUnreadable: a story isn't as it should be.

    Held-out stories give totals alone.
    """
    try:
        stories = read_stories(folder)
        digest = digest_of_stories(stories)
        pinned = read_floors(folder)
    except (OSError, ValueError, KeyError) as error:
        raise GoldUnreadable(f"{folder}：故事读不了（{type(error).__name__}: {error}）") from error
    parts = [part for part in Part if only in (None, part) and any(story.part is part for story in stories)]
    reports = {
        part: compare_stories((story, followed_through(story)) for story in stories if story.part is part)
        for part in parts
    }
    scores = {part: report.scores for part, report in reports.items()}
    changes = tuple(changes_since(pinned, scores, ())) if pinned else ()
    changes = tuple(change for change in changes if change.part is not None)
    return Evaluation(digest, tracker_version({}), reports, (), (), pinned, changes)


def followed_through(story: Story) -> Mapping[str, Any]:
    """The ledger of a story's documents on its day, as `duban export` writes it."""
    with TemporaryDirectory() as place, open_store(f"sqlite:///{place}/story.db") as store:
        _take_in(store, story.texts)
        return ledger_record(gather(store, date.fromisoformat(story.case["as_of"])))


def _take_in(store: Store, texts: list[Path]) -> None:
    now = datetime.now(UTC)
    run = store.begin_run("evaluate", now=now, owner=this_process())
    for path in texts:
        content = path.read_bytes()
        source = SourceFile(str(path), path.name, "txt", digest_of(content), len(content), path.stat().st_mtime_ns)
        store.save(run, source, extract(read(path)), now=now, extractor="evaluate")
    work = FollowUp(store, run, "evaluate")
    for document in work.waiting():
        work.follow(document)
    for reply in work.replies_to_judge():
        work.judge(reply)
    store.finish_run(run, now=now)
