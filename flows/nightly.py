"""The flow `nightly`: fetch, ingest, follow up, publish; one run of our own with one lease from beginning to end.

Prefect is imported with this module, so `flows.settings.prepare_prefect` must have run before. What ran and how far it
came is in our own tables; Prefect's states and artifacts show it. A run that was cut off leaves nothing half done, and
the next one goes on from there: each phase looks for what is left to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import deployment

from flows import night
from flows.fetching.book import Harvest
from flows.ingest import STEPS, busy
from flows.listing import Listing
from flows.meaning import learn_meaning
from flows.night import Night, whole_night
from flows.preparing import prepare
from flows.publish import Published
from flows.running import DATABASE_SECONDS, NIGHTLY, die_with_parent, run_of
from flows.safekeeping import Kept, keep_safe
from flows.settings import Settings, load
from flows.source_settings import Source
from models.runs import RunId
from models.store import Store, open_store
from outputs.morning import headline
from outputs.phrases import phrase, unreadable_phrase

_PATIENCE = 1800.0  # seconds that a scheduled run waits for somebody who is taking files in by hand
_SHOWN_FAILURES = 200


@flow(name=NIGHTLY, log_prints=False, validate_parameters=False)
def nightly(day: str | None = None) -> Night:
    """One night, as of `day` (2026-05-21; without one: today where the office is). Run again, it changes nothing."""
    settings = load()
    scheduled = deployment.id is not None
    if scheduled:
        die_with_parent()
    when = date.fromisoformat(day) if day else datetime.now(ZoneInfo(settings.timezone)).date()
    with (
        open_store(settings.database, DATABASE_SECONDS) as store,
        run_of(store, NIGHTLY, patience=_PATIENCE if scheduled else 0.0) as (run, finish),
    ):
        done = whole_night(store, run, settings, when, _STEPS)
        finish(done.report.skipped)
        learn_meaning(store, settings.data_dir)
        prepare(Listing(store, settings.data_dir), when)
    done = replace(done, kept=keep_copies(settings))
    _show(done)
    return done


@task(name="fetch-source", retries=2, retry_delay_seconds=[5, 60], retry_condition_fn=busy, cache_policy=NO_CACHE)
def fetch_source(store: Store, run: RunId, settings: Settings, source: Source) -> Harvest:
    """What one source gives. A site's own faults are tried again within, and end as failures with their reasons."""
    return night.fetch_source(store, run, settings, source)


@task(name="publish", retries=2, retry_delay_seconds=[5, 60], retry_condition_fn=busy, cache_policy=NO_CACHE)
def publish_report(store: Store, run: RunId, settings: Settings, day: date) -> Published:
    """The morning report. A second try tells nothing twice."""
    return night.publish_report(store, run, settings, day)


@task(name="backup", cache_policy=NO_CACHE)
def keep_copies(settings: Settings) -> Kept | None:
    """The night's backup and drill, as set. What goes wrong is told, and spoils no night."""
    return keep_safe(settings, datetime.now(ZoneInfo(settings.timezone)))


_STEPS = replace(STEPS, fetch=fetch_source, publish=publish_report)


def _show(done: Night) -> None:
    """The night in Prefect's own pages: a table of what was done, and what failed."""
    create_table_artifact(key="nightly-summary", table=_summary(done), description=f"第 {done.run} 次运行")
    failures = done.report.failures
    lines = [f"- {unreadable_phrase(one)}" for one in failures[:_SHOWN_FAILURES]]
    more = [f"- 另有 {len(failures) - _SHOWN_FAILURES} 件"] if len(failures) > _SHOWN_FAILURES else []
    create_markdown_artifact(key="nightly-failures", markdown="\n".join([*lines, *more]) or "没有失败的文件。")


def kept_words(kept: Kept) -> str:
    """What became of the night's backup."""
    if kept.trouble:
        return kept.trouble
    return f"已备份到 {kept.path}" + ("，并做了恢复演练" if kept.drilled else "")


def _summary(done: Night) -> list[dict[str, Any]]:
    report, published = done.report, done.published
    counted: Counter[str] = Counter({phrase(outcome): number for outcome, number in report.outcomes.items()})
    figures: Sequence[tuple[str, Any]] = (
        ("取到的新文件", done.harvest.fresh),
        ("网站上撤下的", done.harvest.gone),
        *counted.items(),
        ("未变、跳过", report.skipped),
        ("没读成", len(report.failures)),
        ("读出承诺", report.commitments),
        ("比对的文件", report.followed),
        ("状态有变的承诺", published.moved),
        ("早报", headline(published.morning) if published.morning else "没有新情况，不另出早报"),
        ("发出的消息", published.sent),
        ("没发成的消息", published.unsent),
    )
    kept = [("备份", kept_words(done.kept))] if done.kept else []
    return [{"项目": name, "数": value} for name, value in (*figures, *kept)]
