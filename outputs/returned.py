"""A ledger that came back from Excel, in the terminal and as plain values: each changed cell, old and new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.returned import Returned, Untaken
from outputs.ledger import Scope
from outputs.letters.lists import case_words
from outputs.review import decision_record, told
from outputs.sheets.comparing import Change, Compared
from outputs.sheets.ledger import PROMISES_SHEET
from outputs.wrapping import Wrapped

_EMPTY = "（空）"


def show_comparison(console: Console, found: Compared) -> None:
    """What would be recorded, what others changed meanwhile, what isn't taken and why."""
    returned = found.returned
    console.print(Text(f"\n{origin_words(returned)}"), Text(counted(found)), sep="\n")
    for remark in returned.remarks:
        console.print(Text(remark, style="dim"))
    for warning in returned.warnings:
        console.print(Text(f"注意：{warning}", style="bold red"))
    apart = "要看过才收：和台账不一样，或者不一定是这一条" if returned.foreign else "冲突：导出以后台账又变了，没有收"
    for title, changes in (("改动", found.changes), (apart, found.conflicts)):
        if changes:
            console.print(Text(f"\n{title}（{len(changes)} 格）", style="bold"))
            for one in changes:
                console.print(Padding(Wrapped(_line(one)), (0, 0, 1, 2)))
    if found.untaken:
        console.print(_untaken(found.untaken))


def _line(one: Change) -> Text:
    """One cell: where it is, what it was, what it becomes, why."""
    head = f"{one.sheet}第{one.line}行　{case_words(one.standing.row.document.identity)}　{one.id}\n"
    passage = one.passage
    return Text.assemble(
        (head, "dim"),
        (f"{_cut(one.standing.row.commitment.span.text)}\n", "dim"),
        (f"佐证：{_cut(passage.link.span.text)}\n" if passage else "", "dim"),
        (f"{one.column}：", "bold"),
        *_values(one),
        (f"\n{note}" if (note := conflict_words(one)) else "", "yellow"),
        ("\n" + "；".join(said) if (said := _reasons(one)) else "", ""),
    )


def _reasons(one: Change) -> list[str]:
    given = (("理由", one.why), ("依据", one.source))
    return [f"{name}：{words}" for name, words in given if words]


def _values(one: Change) -> Iterator[tuple[str, str]]:
    yield one.words(one.now) or _EMPTY, "red"
    yield " → ", ""
    yield one.words(one.after) or _EMPTY, "green"


def conflict_words(one: Change) -> str:
    """What happened to the cell since it was exported; nothing where nothing did."""
    if one.now == one.before:
        return one.doubt
    by = f"；{one.newer.who} {told(one.newer)}" if one.newer else ""
    if one.doubt:
        return f"{one.doubt}；台账现在是 {one.words(one.now) or _EMPTY}{by}"
    return f"导出时是 {one.words(one.before) or _EMPTY}，现在是 {one.words(one.now) or _EMPTY}{by}"


def _untaken(found: Iterable[Untaken]) -> Table:
    table = Table("行", "列", "表里写的", "为什么没有收", title="\n没有收的", title_justify="left", box=None)
    for one in found:
        table.add_row(f"{one.sheet}{one.line or ''}", one.column, Text(_cut(one.after)), Text(one.why))
    return table


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def origin_words(returned: Returned) -> str:
    """Which list it was: 导出的是 2026-03-02 的台账，条件：已逾期，共 12 条."""
    origin = returned.origin
    if returned.foreign:
        return f"外来台账，{returned.foreign}"
    at = f"，{origin.at:%Y-%m-%d %H:%M} 导出" if origin.at else ""
    scope = Scope(origin.words).told
    return f"状态截至 {origin.as_of.isoformat()} 的台账，条件：{scope}，共 {origin.count} 条{at}"


def counted(found: Compared) -> str:
    """How much of it is what."""
    returned = found.returned
    parts = [
        f"表里 {returned.lines} 条" + (f"、佐证 {returned.passages} 处" if returned.passages else ""),
        f"改了 {len(found.changes)} 格",
        f"{'要看过的' if returned.foreign else '冲突'} {len(found.conflicts)} 格" if found.conflicts else "",
        f"没有收 {len(found.untaken)} 处" if found.untaken else "",
        f"已经是这样的 {found.settled} 格" if found.settled else "",
        f"没有改动的 {returned.unchanged} 条",
    ]
    return "，".join(filter(None, parts)) + "。"


def comparison_record(found: Compared) -> dict[str, Any]:
    """The same as JSON has it."""
    returned, origin = found.returned, found.returned.origin
    return {
        "origin": {
            "as_of": origin.as_of.isoformat(),
            "filter": list(origin.words),
            "address": origin.address,
            "at": origin.at.isoformat() if origin.at else None,
            "count": origin.count,
        },
        "lines": returned.lines,
        "passages": returned.passages,
        "unchanged": returned.unchanged,
        "absent": returned.absent,
        "settled": found.settled,
        "remarks": list(returned.remarks),
        "warnings": list(returned.warnings),
        "foreign": returned.foreign,
        "fingerprint": found.fingerprint,
        "changes": [_change_record(one) for one in found.changes],
        "conflicts": [_change_record(one) for one in found.conflicts],
        "untaken": [_untaken_record(one) for one in found.untaken],
    }


def _change_record(one: Change) -> dict[str, Any]:
    passage = one.passage
    return {
        "key": one.key,
        "line": one.line,
        "id": one.id,
        "text": one.standing.row.commitment.span.text,
        "sheet": one.sheet or PROMISES_SHEET,
        "link": one.link or None,
        "passage": passage.link.span.text if passage else None,
        "field": one.field.value,
        "before": one.before,
        "now": one.now,
        "after": one.after,
        "why": one.why,
        "source": one.source,
        "newer": decision_record(one.newer) if one.newer else None,
        "doubt": one.doubt,
    }


def _untaken_record(one: Untaken) -> dict[str, Any]:
    return {
        "line": one.line,
        "id": one.id,
        "sheet": one.sheet or PROMISES_SHEET,
        "column": one.column,
        "before": one.before,
        "after": one.after,
        "why": one.why,
    }
