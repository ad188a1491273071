"""The terminal's tables: readable in 80 columns, roomier in more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from pathlib import PurePath

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from models.commitments import Strength
from models.evidence import Status
from models.followed import EvidenceRow
from models.queries import DocumentRow
from models.runs import Outcome, Run, RunItem
from models.search import SearchHit
from outputs.evidence import (
    alarm_words,
    day_words,
    decided_told,
    evidence_words,
    looked_words,
    notes_told,
    position_words,
    progress_words,
    source_name,
)
from outputs.flags import UNREAD, flag_phrases, note_phrases
from outputs.ledger import Standing, case_kind, deadline_words, heading, measure_words, term
from outputs.phrases import phrase, reason_phrase, schedule_phrase
from outputs.reasons import reason_phrases
from outputs.wrapping import Wrapped, wrap

_ROOMY = 110  # columns from which units and numbers stand in columns of their own
_NUMBER, _DUE, _STATE, _UNITS, _NUMBERS = 4, 12, 10, 18, 24
_STRENGTHS = {Strength.FIRM: "bold", Strength.AIM: "", Strength.STUDY: "dim", Strength.ENCOURAGE: "dim"}
_STATUSES = {
    Status.FULFILLED: "green",
    Status.IN_PROGRESS: "cyan",
    Status.NO_EVIDENCE: "",
    Status.OVERDUE: "bold red",
    Status.DROPPED: "magenta",
}


def show_ledger(console: Console, standings: Sequence[Standing]) -> None:
    """Each document's promises under its name; what doesn't fit beside a promise stands below it."""
    for _, group in groupby(enumerate(standings, start=1), key=lambda pair: pair[1].row.document.id):
        promises = list(group)
        console.print(_document_head(promises[0][1].row.document))
        console.print(_promises(promises, console.width))


def show_hits(console: Console, hits: Iterable[tuple[SearchHit, Status | None]]) -> None:
    """What a query found, its words marked, with the document and the status."""
    for number, (hit, status) in enumerate(hits, start=1):
        snippet = Text(hit.snippet)
        for mark in hit.marks:
            snippet.stylize("bold yellow", *mark)
        told = "　".join(filter(None, [heading(hit.document), hit.document.name, phrase(status), hit.id]))
        line = Table.grid(Column(width=5), Column(ratio=1, overflow="fold"), expand=True)
        line.add_row(Text(f"{number:>3}", style="dim"), Wrapped(snippet))
        line.add_row("", Wrapped(Text(told, style="dim")))
        console.print(line)


def show_runs(console: Console, runs: Iterable[Run], zone: tzinfo) -> None:
    """What ran, latest first."""
    table = Table(
        "编号", "开始", "结束", "结果", Column("文件", ratio=1), box=None, header_style="bold", padding=(0, 1)
    )
    for run in runs:
        counts = [f"{phrase(outcome)} {number}" for outcome, number in run.outcomes.items()]
        counts += [f"跳过 {run.skipped}"] if run.skipped else []
        table.add_row(
            str(run.id),
            _moment(run.started, zone),
            _moment(run.ended, zone) if run.ended else "",
            Text(phrase(run.state) + (f"：{run.error}" if run.error else "")),
            "、".join(counts),
        )
    console.print(table)


def show_items(console: Console, items: Iterable[RunItem]) -> None:
    """The files of one run under their folders; of those that couldn't be read, why."""
    table = Table(box=None, header_style="bold", padding=(0, 1))
    table.add_column("结果", no_wrap=True)
    table.add_column("承诺", justify="right", no_wrap=True)
    table.add_column("数字", justify="right", no_wrap=True)
    table.add_column("文件", ratio=1, overflow="fold")
    folder = None
    for item in items:
        failed = item.outcome is Outcome.FAILED
        path = PurePath(item.path)
        if path.parent != folder:
            folder = path.parent
            table.add_row("", "", "", Text(f"{folder}{os.sep}", style="dim"))
        file = Text(path.name)
        if item.reason is not None:
            file.append(f"\n{reason_phrase(item.reason, item.detail)}", style="red")
        counts = ("", "") if failed else (str(item.counts.commitments), str(item.counts.quantities))
        table.add_row(Text(phrase(item.outcome), style="red" if failed else ""), *counts, file)
    console.print(table)


def show_record(console: Console, standing: Standing, before: str, after: str) -> None:
    """One promise: its quotation within the words around it, and all that is known of it."""
    commitment = standing.row.commitment
    console.print(_document_head(standing.row.document))
    quotation = Text.assemble((before, "dim"), (commitment.span.text, "bold yellow"), (after, "dim"))
    console.print(Padding(Wrapped(quotation), (0, 2, 1, 2)))
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _known(standing):
        if value:
            table.add_row(name, Wrapped(Text(value)))
    console.print(table)


def _known(standing: Standing) -> list[tuple[str, str]]:
    commitment = standing.row.commitment
    return [
        ("编号", standing.row.id),
        ("标题层次", " › ".join(commitment.section)),
        ("位置", position_words((), commitment.span)),
        ("强度", phrase(standing.strength)),
        ("完成时限", deadline_words(standing).replace("\n", "，最迟 ")),
        ("时限情况", schedule_phrase(standing.schedule)),
        ("落实状态", phrase(standing.status)),
        ("责任单位", "、".join(standing.responsible)),
        ("前提条件", commitment.condition or ""),
        ("文件依据", "".join(commitment.instruments)),
        ("数字", "；".join(map(measure_words, standing.quantities))),
        *_followed(standing),
        ("规则", f"{commitment.rule}（置信度 {commitment.confidence:.0%}）"),
        ("需要留意", flag_phrases(commitment.flags)),
    ]


def _followed(standing: Standing) -> list[tuple[str, str]]:
    """What was found about it later, and what people said."""
    decided = standing.decided
    return [
        *(("佐证", _passage(one)) for one in standing.evidence),
        *(("待确认", f"{_passage(one)}\nduban decide confirm {one.id}") for one in standing.proposals),
        ("核查", looked_words(standing)),
        ("进展", "\n".join(map(progress_words, standing.progress))),
        ("提醒", "\n".join(map(alarm_words, standing.alarms))),
        ("人工认定", decided_told(decided)),
        ("交给", decided.assigned_to or ""),
        ("暂缓提醒到", decided.snoozed_until.isoformat() if decided.snoozed_until else ""),
        ("备注", notes_told(decided)),
    ]


def _passage(found: EvidenceRow) -> str:
    """A passage with where it stands and why it is taken for evidence."""
    link = found.link
    why = filter(None, [reason_phrases(link.why), flag_phrases(link.flags)])
    return f"{evidence_words(found)}\n{found.document.name}，{position_words((), link.span)}　{'　'.join(why)}"


def _document_head(document: DocumentRow) -> RenderableType:
    """Whose letter it is: the case, its title, who answered when, and the file."""
    identity = document.identity
    case = f"{case_kind(identity)}{identity.number or ''}" + ("号" if identity.number else "")
    result = f"办理结果 {identity.result_class}" if identity.result_class else ""
    facts = [term(identity), "、".join(identity.proposers), identity.lead_unit or "", _day(document), result]
    title = Text.assemble((f"\n{case}　" if case else "\n", "bold cyan"), (heading(document), "bold"))
    told = Text("　".join(filter(None, [*facts, document.name])), style="dim", overflow="fold")
    missing = note_phrases(note for note in document.notes if note in UNREAD)
    return Group(title, told, *([Text(f"注意：{missing}", style="red")] if missing else []))


def _promises(promises: Iterable[tuple[int, Standing]], width: int) -> Table:
    """A table whose cells are broken here, not by the terminal: it would tear numbers."""
    roomy = width >= _ROOMY
    beside_width = _UNITS + _NUMBERS + 2 if roomy else 0
    quote = max(20, width - _NUMBER - _DUE - _STATE - beside_width - 4)  # 4: a space after each column
    table = Table(box=None, header_style="bold", padding=(0, 1, 1, 0))
    table.add_column("序", justify="right", no_wrap=True, style="dim", width=_NUMBER)
    table.add_column("承诺事项（原文）", width=quote)
    if roomy:
        table.add_column("责任单位", width=_UNITS)
        table.add_column("目标（原文）", width=_NUMBERS)
    table.add_column("完成时限", width=_DUE)
    table.add_column("强度、状态", width=_STATE)
    for number, standing in promises:
        units = "、".join(standing.responsible)
        numbers = "\n".join(map(measure_words, standing.quantities))
        beside = [_lines(units, _UNITS), _lines(numbers, _NUMBERS)] if roomy else []
        quoted = _quotation(standing, "" if roomy else units, quote)
        table.add_row(str(number), quoted, *beside, _due(standing), _state(standing))
    return table


def _lines(text: str, width: int, style: str = "") -> Text:
    return Text("\n".join(wrap(text, width)), style=style)


def _quotation(standing: Standing, units: str, width: int) -> Text:
    """The promise's own words; below them what has no column, the unit only where it isn't the one that answers."""
    commitment = standing.row.commitment
    text = _lines(commitment.span.text, width)
    attention = flag_phrases(commitment.flags)
    below = [
        f"责任：{units}" if units and units != standing.row.document.identity.lead_unit else "",
        f"前提：{commitment.condition}" if commitment.condition else "",
        f"留意：{attention}" if attention else "",
        *_shown(standing),
    ]
    for line in filter(None, below):
        text.append("\n").append_text(_lines(line, width, "dim"))
    return text


def _shown(standing: Standing) -> list[str]:
    """In short what was found later: the newest passage, how much waits, the alarms."""
    newest = standing.evidence[-1:]
    count = f"共{len(standing.evidence)}处，" if len(standing.evidence) > 1 else ""
    return [
        *(
            f"佐证：{count}{day_words(one.link.day)} {phrase(one.link.relation)}，{source_name(one.document)}"
            for one in newest
        ),
        f"待确认：{len(standing.proposals)}处（duban review）" if standing.proposals else "",
        *(f"提醒：{alarm_words(alarm)}" for alarm in standing.alarms),
        "未核查" if standing.looked is None and standing.status and not standing.evidence else "",
    ]


def _due(standing: Standing) -> Text:
    style = "" if standing.deadline else "dim"
    return _lines(deadline_words(standing), _DUE, style)


def _state(standing: Standing) -> Text:
    """How firmly it is promised, and how it stands; of an overdue promise by how much."""
    strength = standing.strength
    text = Text(phrase(strength), style=_STRENGTHS[strength])
    if standing.status:
        days = standing.days_overdue
        told = phrase(standing.status) if days is None else f"逾期{days}天"
        text.append(f"\n{told}", style=_STATUSES[standing.status])
    return text


def _day(document: DocumentRow) -> str:
    return document.identity.date.isoformat() if document.identity.date else ""


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
