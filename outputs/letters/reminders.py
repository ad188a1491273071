"""Drafts of reminder letters (催办函), one a unit: which promises are overdue or fall due soon, and what is asked for.

A draft is for the office to read, complete and sign; it says so on every page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from outputs.evidence import letter_day
from outputs.ledger import Ledger, Standing
from outputs.letters.lists import show_list, shown_lines
from outputs.letters.word import Letter, clean
from outputs.summary import NO_UNIT, due_soon, overdue, unit_of

TITLE = "关于报送承诺事项办理情况的催办函"
DRAFT = "草稿"
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 60  # characters: a file system's 255 bytes hold 85 Han characters


@dataclass(frozen=True, slots=True)
class Reminder:
    """A draft to one unit: its file's name, its content, and how many promises it names."""

    unit: str
    name: str
    content: bytes
    overdue: int
    soon: int


def reminders(ledger: Ledger, *, report_by: date, within: int, unit: str | None = None) -> Iterator[Reminder]:
    """A draft for every unit with promises that are overdue or fall due `within` days, by name.

    The unit is the one that replied. `unit` leaves only those whose name holds it. What somebody snoozed (暂缓提醒)
    beyond the ledger's day isn't asked for.
    """
    taken: set[str] = set()
    for name, late, soon in reminded(ledger, within=within):
        if unit is None or unit in name:
            content = _letter(ledger.as_of, name, late, soon, report_by, within)
            yield Reminder(name, _file_name(name, taken), content, len(late), len(soon))


def reminded(ledger: Ledger, *, within: int) -> list[tuple[str, list[Standing], list[Standing]]]:
    """Every unit that has something to be reminded of, by name: what is overdue, what falls due `within` days."""
    late, soon = _by_unit(overdue(_awake(ledger))), _by_unit(due_soon(_awake(ledger), within))
    return [(name, late[name], soon[name]) for name in sorted({*late, *soon})]


def _awake(ledger: Ledger) -> list[Standing]:
    return [
        one
        for one in ledger.standings
        if one.decided.snoozed_until is None or one.decided.snoozed_until <= ledger.as_of
    ]


def _by_unit(standings: Sequence[Standing]) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        found[unit_of(one)].append(one)
    return found


def _letter(
    as_of: date, unit: str, late: Sequence[Standing], soon: Sequence[Standing], report_by: date, within: int
) -> bytes:
    letter = Letter(TITLE, as_of, draft=DRAFT)
    letter.gap()
    letter.plain(f"{unit if unit != NO_UNIT else '（单位名称）'}：")
    letter.body(_asked(as_of, len(late), len(soon), report_by, within))
    for title, found in ((f"已过完成时限的（{len(late)}项）", late), (f"{within}天内到期的（{len(soon)}项）", soon)):
        if found:
            letter.heading(title)
            show_list(letter, found, partial(shown_lines, elsewhere="从略"))
    letter.gap()
    letter.lead_in(
        "上述佐证只从已收的文件里查得；没有查到，不等于没有办理。承诺原文、时限、佐证如与实际不符，请一并指出并附材料。"
    )
    letter.closing("", "（发函单位）　　　　", "（成文日期）　　　　")
    letter.gap()
    letter.plain("联系人：　　　　　　　　联系电话：")
    return letter.save()


def _asked(as_of: date, late: int, soon: int, report_by: date, within: int) -> str:
    """What the letter is about and what it asks for."""
    counts = [
        f"{late}项已过完成时限、尚未见办成的佐证" if late else "",
        f"{soon}项将在{within}天内到期" if soon else "",
    ]
    return (
        f"经对照你单位对代表建议、政协提案的答复，截至{letter_day(as_of)}，所承诺的事项中有"
        f"{'，'.join(filter(None, counts))}，列在下面。"
        f"请逐项核实，于{letter_day(report_by)}前书面报告：已经办成的，报送证明材料；没有办成的，说明进展、原因和预计完成的日期；"
        "需要调整的，说明理由，并请同时告知提出建议的代表、提案的委员。"
    )


def _file_name(unit: str, taken: set[str]) -> str:
    """A name that every file system takes, and that no other letter has.

    >>> _file_name("云岭区城管局/执法队", set())
    '催办函-云岭区城管局-执法队.docx'
    """
    stem = "催办函-" + (_UNSAFE.sub("-", clean(unit)).strip("-. ") or "未写明单位")[:_LONGEST].rstrip("-. ")
    name, number = f"{stem}.docx", 2
    while name.casefold() in taken:
        name, number = f"{stem}-{number}.docx", number + 1
    taken.add(name.casefold())
    return name
