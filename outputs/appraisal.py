"""What `duban check` says of a reply before it is signed: in the terminal, and as plain values."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.appraisal import Answered, Appraisal, Appraised, Lack
from models.evidence import Answer, Certainty
from outputs.exchange import commitment_record, finding_record, identity_record, quantity_record, span_record
from outputs.phrases import alarm_phrase, finding_phrase, phrase
from outputs.wrapping import Wrapped

_ANSWERS = {Answer.ANSWERED: "green", Answer.DECLINED: "yellow", Answer.UNANSWERED: "bold red"}


def appraisal_record(appraisal: Appraisal) -> dict[str, Any]:
    """All of it as one JSON object."""
    lacking = lack_counts(appraisal)
    return {
        "document": identity_record(appraisal.reply.identity),
        "item": identity_record(appraisal.item.identity) if appraisal.item else None,
        "summary": {
            "promises": len(appraisal.promises),
            "checkable": appraisal.checkable,
            "lacking": {lack.value: lacking[lack] for lack in Lack},
            "asks": {answer.value: sum(ask.answer is answer for ask in appraisal.asks) for answer in Answer},
            "findings": len(appraisal.findings),
        },
        "promises": [_promise_record(promise) for promise in appraisal.promises],
        "requests": [_ask_record(ask) for ask in appraisal.asks],
        "alarms": [{"code": one.code.value, "message": alarm_phrase(one.code, one.values)} for one in appraisal.alarms],
        "findings": [finding_record(finding) for finding in appraisal.findings],
    }


def lack_counts(appraisal: Appraisal) -> Counter[Lack]:
    """How many promises lack what."""
    return Counter(lack for promise in appraisal.promises for lack in promise.lacks)


def summary_lines(appraisal: Appraisal) -> list[str]:
    """The result in a few sentences, the gravest first."""
    total, lacking = len(appraisal.promises), lack_counts(appraisal)
    unanswered = [ask for ask in appraisal.asks if ask.answer is Answer.UNANSWERED]
    lines = []
    if appraisal.asks:
        whose = " " if appraisal.item else "（按答复自己提到的）"
        lines.append(f"诉求{whose}{len(appraisal.asks)} 项，未回应 {len(unanswered)} 项。")
    told = "、".join(f"{phrase(lack)} {lacking[lack]} 条" for lack in Lack if lacking[lack])
    lines.append(
        f"承诺 {total} 条，有时限、有数量、有责任单位的 {appraisal.checkable} 条" + (f"；{told}。" if told else "。")
    )
    lines += [f"{alarm_phrase(one.code, one.values)}。" for one in appraisal.alarms]
    if appraisal.findings:
        lines.append(f"数字、日期对不上的地方 {len(appraisal.findings)} 处。")
    return lines


def show_appraisal(console: Console, appraisal: Appraisal) -> None:
    """The summary, then the asks, the promises, and what doesn't agree."""
    for line in summary_lines(appraisal):
        console.print(Wrapped(Text(line, style="bold")))
    if appraisal.asks:
        console.print(_asks(appraisal.asks))
    if appraisal.promises:
        console.print(_promises(appraisal.promises))
    for finding in appraisal.findings:
        quoted = "　".join(f"“{span.text}”" for span in finding.spans)
        console.print(Text.assemble(("对不上  ", "bold red"), finding_phrase(finding)))
        console.print(Padding(Wrapped(Text(quoted, style="dim")), (0, 0, 0, 8)))


def _asks(asks: tuple[Answered, ...]) -> Table:
    table = _table("诉求", "回应")
    for ask in asks:
        unsure = "（待核）" if ask.certainty is Certainty.PROPOSED else ""
        where = "".join(f"\n“{span.text}”" for span in ask.units[:2])
        told = Text.assemble(ask.request.span.text, (where, "dim"))
        table.add_row(Wrapped(told), Text(phrase(ask.answer) + unsure, style=_ANSWERS[ask.answer]))
    return table


def _promises(promises: tuple[Appraised, ...]) -> Table:
    table = _table("承诺", "缺什么")
    for promise in promises:
        lacks = "\n".join(map(phrase, promise.lacks))
        table.add_row(
            Wrapped(Text(promise.commitment.span.text)), Text(lacks or "齐全", style="yellow" if lacks else "green")
        )
    return table


def _table(quoted: str, told: str) -> Table:
    table = Table(box=None, header_style="bold", padding=(1, 1, 0, 0), expand=True)
    table.add_column(quoted, ratio=1, overflow="fold")
    table.add_column(told, width=16, overflow="fold")
    return table


def _promise_record(promise: Appraised) -> dict[str, Any]:
    return commitment_record(promise.commitment) | {
        "lacks": [lack.value for lack in promise.lacks],
        "checkable": promise.checkable,
        "quantities": [quantity_record(number) for number in promise.targets],
    }


def _ask_record(ask: Answered) -> dict[str, Any]:
    return span_record(ask.request.span) | {
        "status": ask.answer.value,
        "by": [span_record(span) for span in ask.units],
        "certainty": ask.certainty.value,
    }
