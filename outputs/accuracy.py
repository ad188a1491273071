"""How right the readings are, in the terminal and as one JSON value. Of held-out documents: totals alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.scores import Bin, Change, Evaluation, Floors, Mistake, Part, Report, Score
from outputs.phrases import FIGURES, phrase

KINDS = ("commitments", "declined", "requests", "quantities", "targets", "links")
FIELDS = tuple(name for name in FIGURES if name not in KINDS)
_DASH = "—"


def show_evaluation(console: Console, found: Evaluation) -> None:
    """The figures of each part, and what they gained and lost since they were pinned."""
    parts = "，".join(f"{phrase(part)} {report.documents}" for part, report in found.reports.items())
    console.print(Text(f"标注文件 {documents_of(found)} 篇：{parts}"))
    console.print(Text(f"语料 {found.corpus}，规则 {found.extractor}\n", style="dim"))
    if found.left_out:
        names = "、".join(found.left_out)
        console.print(Text(f"没列进 manifest.yaml、未计入 {len(found.left_out)} 篇：{names}", style="yellow"))
    console.print(_kinds(found.reports), _fields(found.reports), sep="\n")
    console.print(Text("百分数。查准：找出来的里对的占多少；查全：该找的找到多少；数：标注里有多少处。", style="dim"))
    _show_changes(console, found)


def show_mistakes(console: Console, found: Evaluation) -> None:
    """Each error with its sentence and its rule, by figure; then how often each rule was right and wrong."""
    for part, report in found.reports.items():
        if part is Part.HELDOUT:
            console.print(Text("\n留出的文件只报总数，不列差错：谁也不照着它们改规则。", style="bold"))
            continue
        for name in [*KINDS, *FIELDS]:
            mistakes = [mistake for mistake in report.mistakes if mistake.name == name]
            if mistakes:
                console.print(Text(f"\n{phrase(part)}　{FIGURES[name]}（{name}）{len(mistakes)} 处", style="bold"))
                for mistake in mistakes:
                    _show_mistake(console, mistake)
    if found.rules:
        console.print(Text("\n各条规则的对错（训练、调试）", style="bold"), _rules(found.rules), sep="\n")


def documents_of(found: Evaluation) -> int:
    """How many documents were read."""
    return sum(report.documents for report in found.reports.values())


def percent(value: float, count: int) -> str:
    """A share with one decimal; a dash where there was nothing to count.

    >>> percent(0.9666, 30), percent(0.0, 0)
    ('96.7', '—')
    """
    return f"{value * 100:.1f}" if count else _DASH


def named(scores: Iterable[str], reports: Mapping[Part, Report]) -> list[str]:
    """Those of the figures that some part has."""
    there = {score.name for report in reports.values() for score in report.scores}
    return [name for name in scores if name in there]


def weighed(score: Score) -> int:
    """How many there were to be found or read right."""
    return score.hit + score.missed


def evaluation_record(found: Evaluation, with_mistakes: bool) -> dict[str, Any]:
    """All of it for programs."""
    record = {
        "corpus": found.corpus,
        "extractor": found.extractor,
        "left_out": list(found.left_out),
        "splits": {part.value: _report_record(report) for part, report in found.reports.items()},
        "rules": {rule.name: {"hit": rule.hit, "extra": rule.extra} for rule in found.rules},
        "reliability": [_bin_record(bin) for bin in found.reliability],
        "pinned": _pinned_record(found.pinned),
        "changes": [_change_record(change) for change in found.changes],
    }
    if with_mistakes:
        mistakes = {part: report.mistakes for part, report in found.reports.items() if part is not Part.HELDOUT}
        record["errors"] = [_mistake_record(part, mistake) for part in mistakes for mistake in mistakes[part]]
    return record


def _kinds(reports: Mapping[Part, Report]) -> Table:
    table = Table("找出来的", box=None, header_style="bold", padding=(0, 1, 0, 0))
    for part in reports:
        table.add_column(f"{phrase(part)}\n查准", justify="right")
        for words in ("查全", "F1", "数"):
            table.add_column(f"\n{words}", justify="right")
    for name in named(KINDS, reports):
        cells: list[str] = []
        for report in reports.values():
            score = report.score(name)
            count = score.hit + score.extra + score.missed
            cells += [percent(share, count) for share in (score.precision, score.recall, score.f1)]
            cells.append(str(weighed(score)))
        table.add_row(FIGURES[name], *cells)
    return table


def _fields(reports: Mapping[Part, Report]) -> Table:
    table = Table("读出来的", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for part in reports:
        table.add_column(f"{phrase(part)}\n读对", justify="right")
        table.add_column("\n数", justify="right")
    for name in named(FIELDS, reports):
        scores = [report.score(name) for report in reports.values()]
        cells = [cell for score in scores for cell in (percent(score.f1, weighed(score)), str(weighed(score)))]
        table.add_row(FIGURES[name], *cells)
    return table


def _show_changes(console: Console, found: Evaluation) -> None:
    pinned = found.pinned
    if pinned is None:
        console.print(Text("\n还没有钉住的结果（--pin）。", style="dim"))
        return
    if pinned.corpus != found.corpus:
        told = f"\n语料和钉住时（{pinned.corpus}）不同了：下面的增减只作参考，请用 --pin 重新钉住。"
        console.print(Text(told, style="yellow"))
    if not found.changes:
        console.print(Text("\n和钉住的结果一样。", style="dim"))
        return
    console.print(Text(f"\n和钉住的结果（规则 {pinned.extractor}）相比", style="bold"))
    table = Table("", "", "钉住时", "现在", "增减", "对", "多", "漏", box=None, padding=(0, 1, 0, 0))
    for column in table.columns[2:]:
        column.justify = "right"
    for change in found.changes:
        table.add_row(*_change_cells(change), style="red" if change.by < 0 else "")
    console.print(table)


def _change_cells(change: Change) -> Sequence[str]:
    before, after = change.before or _nothing(change), change.after or _nothing(change)
    counts = [f"{now - was:+d}" if now != was else "" for was, now in _counts(before, after)]
    if change.part is None:
        return ("规则", change.name, "", "", "", counts[0], counts[1], "")
    values = [percent(score.f1, weighed(score) + score.extra) for score in (before, after)]
    return (phrase(change.part), FIGURES.get(change.name, change.name), *values, f"{change.by * 100:+.1f}", *counts)


def _nothing(change: Change) -> Score:
    return Score(change.name, 0, 0, 0)


def _counts(before: Score, after: Score) -> list[tuple[int, int]]:
    return [(before.hit, after.hit), (before.extra, after.extra), (before.missed, after.missed)]


def _show_mistake(console: Console, mistake: Mistake) -> None:
    values = f"应为 {mistake.want}，读作 {mistake.got}" if mistake.want or mistake.got else ""
    rule = f"规则 {mistake.rule}" if mistake.rule else ""
    details = "　".join(filter(None, [values, rule, mistake.document]))
    sentence = mistake.text.replace(" | ", "｜")  # a space would be where the line breaks
    console.print(Text(f"{phrase(mistake.fault)}：{sentence}" if sentence else phrase(mistake.fault)))
    console.print(Padding(Text(details, style="dim"), (0, 0, 0, 4)))


def _rules(rules: Sequence[Score]) -> Table:
    table = Table("规则", "对", "多", box=None, padding=(0, 2, 0, 0))
    for column in table.columns[1:]:
        column.justify = "right"
    for rule in sorted(rules, key=lambda rule: (-rule.extra, -rule.hit, rule.name)):
        table.add_row(rule.name, str(rule.hit), str(rule.extra))
    return table


def _report_record(report: Report) -> dict[str, Any]:
    return {"documents": report.documents, "figures": {score.name: _score_record(score) for score in report.scores}}


def _score_record(score: Score) -> dict[str, Any]:
    counts = {"hit": score.hit, "extra": score.extra, "missed": score.missed}
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return counts | {name: round(share, 4) for name, share in shares.items()}


def _bin_record(bin: Bin) -> dict[str, Any]:
    return {
        "low": bin.low,
        "high": bin.high,
        "count": bin.count,
        "confidence": round(bin.mean, 4),
        "observed": round(bin.observed, 4),
    }


def _pinned_record(pinned: Floors | None) -> dict[str, Any] | None:
    return {"corpus": pinned.corpus, "extractor": pinned.extractor} if pinned else None


def _change_record(change: Change) -> dict[str, Any]:
    return {
        "split": change.part.value if change.part else None,
        "rule" if change.part is None else "figure": change.name,
        "before": _score_record(change.before) if change.before else None,
        "after": _score_record(change.after) if change.after else None,
    }


def _mistake_record(part: Part, mistake: Mistake) -> dict[str, Any]:
    return {
        "split": part.value,
        "document": mistake.document,
        "figure": mistake.name,
        "fault": mistake.fault.value,
        "text": mistake.text,
        "want": mistake.want or None,
        "got": mistake.got or None,
        "rule": mistake.rule or None,
    }
