"""The end of a night: how everything stands is written down, the morning report is made, and the message goes out.

Each step is whole or not at all, and knows what the steps before it left: a run that was cut off anywhere here is taken
up by the next one, which tells nothing twice and sends nothing twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from flows.export import write_whole
from flows.messages import Message, NotSent, channels_of, send
from flows.morning import Statuses, overdue_of, put_together
from flows.safekeeping import trouble_of
from flows.settings import Settings
from flows.source_settings import Mail, Webhook
from flows.statuses import statuses
from flows.watching import Finds, finds
from models import leases, reporting
from models.nightly import Delivery, DeliveryRow, ReportRow
from models.runs import RunId
from models.standing_log import log_statuses
from models.store import Store
from outputs.letters.morning import morning_letter
from outputs.morning import Morning, from_json, headline, message, to_json
from outputs.sheets.morning import write_morning

MOST_TRIES = 9  # of one message, over all nights: three a night
_TRIES = 3
_PAUSES = (2.0, 10.0)  # seconds before the second and the third try

Send = Callable[[Mail | Webhook, Message], str]


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: the report (None where the day's report stands already and nothing is new), its files, how many
    messages went out and how many didn't, and how many promises stand otherwise than when last written down."""

    report: ReportRow | None
    morning: Morning | None
    files: tuple[Path, ...] = ()
    sent: int = 0
    unsent: int = 0
    moved: int = 0


def publish(
    store: Store,
    run: RunId,
    settings: Settings,
    day: date,
    *,
    send: Send = send,
    sleep: Callable[[float], None] = time.sleep,
) -> Published:
    """Writes down how promises stand on `day`, makes the report, writes its files, and sends what is to be sent."""
    stand = statuses(store, day)
    with store.reading() as connection:
        before = reporting.latest_report(connection)
    # A clock that went back makes a report that looks back; what is told and logged already isn't touched by it.
    behind = before is not None and day < before.day
    moved = 0
    with store.writing() as connection:
        leases.hold(connection, run, _now())
        unsure = reporting.give_up_begun(connection, _now())
        if not behind:
            moved = log_statuses(connection, run, day, stand)
    found = finds(store, day, settings.data_dir)
    notes = [*_notes(settings, behind, before, unsure), *found.notes]
    report = _report(store, run, settings, day, stand, before, notes, found)
    morning = from_json(report.content) if report else None
    files = write_files(settings, report) if report else ()
    sent, unsent = _deliver(store, run, settings, send, sleep)
    return Published(report, morning, files, sent, unsent, moved)


def _notes(settings: Settings, behind: bool, before: ReportRow | None, unsure: int) -> list[str]:
    trouble = trouble_of(settings.data_dir)
    return [
        *([f"本机日期早于上一份早报（{before.day.isoformat()}），请核对时钟。"] if behind and before else []),
        *([f"此前有 {unsure} 处消息发到一半断了，不知送到没有，没有重发。"] if unsure else []),
        *([f"{trouble}。"] if trouble else []),
    ]


def _report(
    store: Store,
    run: RunId,
    settings: Settings,
    day: date,
    stand: Statuses,
    before: ReportRow | None,
    notes: Sequence[str],
    found: Finds,
) -> ReportRow | None:
    """The report, kept with all that it tells; None where the day has one and nothing is new since."""
    overdue = overdue_of(stand)
    with store.reading() as connection:
        new = reporting.untold(connection, overdue, found.by_key.keys(), found.listed.keys())
    if before is not None and before.day == day and not any(new.values()):
        return None
    morning = put_together(store, day, stand, new, before, notes, found)
    with store.writing() as connection:
        leases.hold(connection, run, _now())
        if before is None or day >= before.day:
            reporting.forget_what_passed(connection, overdue)
        made = reporting.keep_report(connection, run, day, to_json(morning), new, channels_of(settings), _now())
        return reporting.report_of(connection, made)


def write_files(settings: Settings, report: ReportRow) -> tuple[Path, ...]:
    """The report's Word paper and sheet, written where they aren't there yet; the same report gives the same files."""
    folder = settings.data_dir.absolute() / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"督办早报-{report.day.isoformat()}-{report.id}"
    morning = from_json(report.content)
    letter, sheet = stem.with_suffix(".docx"), stem.with_suffix(".xlsx")
    if not letter.exists():
        write_whole(letter, lambda name: Path(name).write_bytes(morning_letter(morning)))
    if not sheet.exists():
        write_whole(sheet, partial(write_morning, morning))
    return letter, sheet


def _deliver(
    store: Store, run: RunId, settings: Settings, send: Send, sleep: Callable[[float], None]
) -> tuple[int, int]:
    """Sends whatever is still to be sent, also of earlier nights; how many went out, and how many didn't."""
    channels = channels_of(settings)
    with store.reading() as connection:
        waiting = reporting.to_send(connection, MOST_TRIES)
    went = [_delivered(store, run, settings, row, channels.get(row.channel), send, sleep) for row in waiting]
    return went.count(True), went.count(False)


def _delivered(
    store: Store,
    run: RunId,
    settings: Settings,
    row: DeliveryRow,
    channel: Mail | Webhook | None,
    send: Send,
    sleep: Callable[[float], None],
) -> bool:
    """Whether a message went out. That it is begun is written down first: who dies here leaves it unsure, not twice."""

    def note(state: Delivery, error: str = "", tries: int = 0) -> None:
        with store.writing() as connection:
            leases.hold(connection, run, _now())
            reporting.note_delivery(connection, row, state, _now(), error, tries=tries)

    if channel is None:
        note(Delivery.FAILED, "这个通道已经不在设置里", MOST_TRIES)
        return False
    with store.reading() as connection:
        report = reporting.report_of(connection, row.report)
    if report is None:
        raise AssertionError(row.report)
    files = write_files(settings, report)
    return _tried(lambda: send(channel, _message(report, row.channel, files, settings.web_address)), note, sleep)


def _tried(send: Callable[[], str], note: Callable[..., None], sleep: Callable[[float], None]) -> bool:
    """Sends as often as it takes, at most _TRIES times; what may have gone out isn't sent again."""
    for number in range(_TRIES):
        if number:
            sleep(_PAUSES[number - 1])
        note(Delivery.BEGUN, tries=1)
        try:
            remark = send()
        except NotSent as error:
            note(Delivery.FAILED if error.surely else Delivery.UNSURE, error.detail)
            if not error.surely:
                return False
            continue
        note(Delivery.SENT, remark)
        return True
    return False


def _message(report: ReportRow, channel: str, files: tuple[Path, ...], address: str) -> Message:
    morning = from_json(report.content)
    name = f"duban-{report.id}-{report.made:%Y%m%d%H%M%S}-{channel.encode().hex()[:24]}"
    told = message(morning, f"{address}/mornings/{report.id}" if address else "")
    return Message(name, f"督办早报 {headline(morning)}"[:120], told, files if morning.news else (), _now())


def _now() -> datetime:
    return datetime.now(UTC)
