"""What waits for a person, and what was decided, in the terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.decided import Decision, DecisionKind
from outputs.evidence import value_words
from outputs.flags import flag_phrases
from outputs.ledger import Standing, deadline_words, heading
from outputs.phrases import alarm_phrase, phrase
from outputs.reasons import reason_phrases
from outputs.wrapping import Wrapped

if TYPE_CHECKING:
    from models.followed import AlarmRow, EvidenceRow
    from models.queries import CommitmentRow

_VALUES = {"status": "状态", "source": "依据", "to": "交给", "until": "到", "strength": "强度", "deadline": "时限"}
_VALUES |= {"responsible": "责任单位", "promise": "是否承诺"}


def show_waiting(console: Console, found: Iterable[Standing]) -> None:
    """Each promise with why it waits, and the ids that a decision names."""
    for number, one in enumerate(found, start=1):
        commitment = one.row.commitment
        console.print(
            Text.assemble((f"\n{number:>3}  ", "dim"), (one.row.id, "bold cyan"), "  ", heading(one.row.document))
        )
        facts = filter(None, [phrase(one.strength), phrase(one.status), deadline_words(one).replace("\n", " ")])
        console.print(Padding(Text("　".join(facts), style="dim"), (0, 0, 0, 5)))
        console.print(Padding(Wrapped(Text(commitment.span.text)), (0, 0, 0, 5)))
        unsure = flag_phrases(flag for flag in commitment.flags if flag == "uncertain")
        lines = [*map(_proposal, one.proposals), *map(_alarm, one.alarms), *([Text(f"读得{unsure}")] if unsure else [])]
        for line in lines:
            console.print(Padding(Wrapped(line), (0, 0, 0, 7)))


def _proposal(found: EvidenceRow) -> Text:
    link = found.link
    head = f"{phrase(link.relation)}？　{found.document.name}　{link.day.isoformat() if link.day else '未署日期'}"
    why = f"\n（{told}）" if (told := reason_phrases(link.why)) else ""
    return Text.assemble((found.id, "cyan"), "  ", (head, "bold"), f"\n“{link.span.text}”", (why, "dim"))


def _alarm(alarm: AlarmRow) -> Text:
    quoted = "".join(f"\n“{span.text}”" for span in alarm.spans[1:])
    other = f"　{alarm.other.name}" if alarm.other else ""
    return Text.assemble(("提醒　", "bold red"), alarm_phrase(alarm.code, alarm.values), other, quoted)


def show_history(console: Console, row: CommitmentRow, made: Sequence[Decision], zone: tzinfo) -> None:
    """One promise: where it was read, and every decision about it, oldest first."""
    document = row.document
    console.print(Text(row.commitment.span.text, style="bold"))
    console.print(Text(f"{heading(document)}　{document.name}　规则 {row.commitment.rule}", style="dim"))
    undone = {one.undoes for one in made}
    table = Table("号", "时间", "谁", "决定", box=None, header_style="bold", padding=(0, 1))
    for one in made:
        style = "dim strike" if one.id in undone else ""
        table.add_row(str(one.id), f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}", one.who, Text(told(one), style=style))
    console.print(table if made else Text("还没有人作过决定。"))


def told(one: Decision) -> str:
    """A decision in words.

    >>> from datetime import UTC, datetime
    >>> from models.decided import DecisionKind
    >>> values = (("until", "2026-05-20"),)
    >>> told(Decision(3, datetime.now(UTC), "李", DecisionKind.SNOOZE, None, None, values, "等批复"))
    '暂缓提醒：到 2026-05-20；理由：等批复'
    """
    values = "，".join(f"{_VALUES.get(name, name)} {value_words(name, value)}" for name, value in one.values)
    parts = [values, one.object or "", f"第 {one.undoes} 号" if one.undoes is not None else ""]
    about = "，".join(filter(None, parts))
    said = "" if one.kind is DecisionKind.NOTE else "理由："
    why = f"{said}{one.why}" if one.why else ""
    return phrase(one.kind) + ("：" if about or why else "") + "；".join(filter(None, [about, why]))


def decision_record(one: Decision) -> dict[str, Any]:
    """A decision as JSON has it."""
    return {
        "id": one.id,
        "at": one.at.isoformat(),
        "who": one.who,
        "kind": one.kind.value,
        "commitment": one.commitment,
        "object": one.object,
        "values": dict(one.values),
        "why": one.why,
        "undoes": one.undoes,
    }
