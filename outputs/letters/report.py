"""The follow-up report (回头看) as Word: what became of the promises, in figures, then one by one with quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models.documents import Kind
from models.evidence import Answer, Certainty, Status
from outputs.charts import LOOKS, png, progress_bar, status_bar, swatch
from outputs.evidence import CHANGES, alarm_words, day_words, letter_day, percent, position_words, source_name
from outputs.flags import flag_phrases
from outputs.ledger import Ledger
from outputs.letters.lists import (
    LISTED,
    alarm_lines,
    case_words,
    left_out,
    link_lines,
    numbered,
    show_list,
    source_line,
)
from outputs.letters.styles import QUOTE, SOURCE, TEXT_WIDTH
from outputs.letters.word import Cell, Head, Letter, Line, Picture
from outputs.phrases import phrase
from outputs.reasons import reason_phrases
from outputs.summary import Tally, by_class, by_unit, changed, latest, overdue, tally, with_status

if TYPE_CHECKING:
    from models.followed import AlarmRow, CoverageRow, ProgressRow

TITLE = "代表建议、政协提案承诺事项\n“回头看”报告"
_NUMBERS = "一二三四五六七八九十"
_BAR_WIDTH = 38.0  # mm


def report(ledger: Ledger) -> bytes:
    """The report as a docx file, as of the ledger's day."""
    letter = Letter(TITLE, ledger.as_of)
    letter.plain(f"（状态截至{letter_day(ledger.as_of)}）", "center")
    if ledger.scope.words:
        letter.plain(f"（只含：{ledger.scope.told}）", "center")
    letter.gap()
    for number, (title, write) in enumerate(_SECTIONS, start=1):
        letter.heading(f"{_chinese(number)}、{title}")
        write(letter, ledger)
    return letter.save()


def _chinese(number: int) -> str:
    """A heading's number, up to 19.

    >>> _chinese(9), _chinese(10), _chinese(12)
    ('九', '十', '十二')
    """
    return _NUMBERS[number - 1] if number <= 10 else "十" + _NUMBERS[number - 11]


# -- figures ---------------------------------------------------------------------------------------------------------


def _overall(letter: Letter, ledger: Ledger) -> None:
    counted = tally(ledger.standings)
    letter.body(_scope(ledger))
    shares = "，".join(
        f"{phrase(status)}{number}项（{percent(number / counted.tracked)}）"
        for status, number in counted.by_status
        if number
    )
    letter.body(
        f"共读出承诺事项{len(ledger.standings)}项。其中明确承诺和力争{counted.tracked}项"
        + (f"：{shares}。" if shares else "。")
        + f"研究探索、鼓励引导{counted.registered}项，只作登记，不判落实状态。"
    )
    letter.body(_unsettled(ledger))
    if counted.tracked:
        _overall_figure(letter, counted)


def _scope(ledger: Ledger) -> str:
    """What the report rests on: how many letters, of which days, of which place, and what couldn't be read."""
    replies = [one.document.identity for one in ledger.documents if one.document.identity.kind is Kind.REPLY]
    places = sorted({one.region for one in replies if one.region})
    days = sorted(one.date for one in replies if one.date)
    until = f"至{letter_day(days[-1])}" if days and days[0] != days[-1] else ""
    dated = f"（成文日期{letter_day(days[0])}{until}）" if days else ""
    place = "、".join(places) if 0 < len(places) <= 3 else f"{len(places)}个地区" if places else ""
    failed = f"另有{len(ledger.failures)}件没有读成，其中的承诺不在本报告内。" if ledger.failures else ""
    scope = (
        f"本报告依据已收文件{len(ledger.documents)}件，其中{place + '的' if place else ''}答复{len(replies)}件{dated}。"
    )
    return scope + failed


def _unsettled(ledger: Ledger) -> str:
    """What waits for a person, and what people have said already."""
    waiting = sum(len(one.proposals) for one in ledger.standings)
    judged = sum(1 for one in ledger.standings if one.decided.reviewed)
    unseen = sum(1 for one in ledger.standings if one.looked is None and one.status is not None)
    parts = [
        f"有{waiting}处疑似佐证待人工确认，没有计入上述数字" if waiting else "",
        f"经人工认定的{judged}项" if judged else "",
        f"还没有核查过的{unseen}项" if unseen else "",
    ]
    return "；".join(filter(None, parts)) + "。" if any(parts) else "没有待人工确认的疑似佐证。"


def _overall_figure(letter: Letter, counted: Tally) -> None:
    letter.caption(f"承诺事项落实情况（共{counted.tracked}项）")
    bar = status_bar("", counted)
    words = "，".join(f"{part.words}{part.value:g}项" for part in bar.parts)
    picture = Picture(png(bar, total=bar.length, width=420, height=22), TEXT_WIDTH - 3, words)
    letter.table([Head("", TEXT_WIDTH)], [[[picture]]], lined=False)
    _legend(letter, counted)


def _legend(letter: Letter, counted: Tally) -> None:
    """The patterns with their names and numbers, side by side."""
    cells: list[Cell] = []
    heads: list[Head] = []
    for status, number in counted.by_status:
        cells += [[Picture(swatch(LOOKS[status]), 7, phrase(status))], [Line(f"{phrase(status)} {number}")]]
        heads += [Head("", 9.0), Head("", 12.0 + 3.0 * len(phrase(status)))]
    letter.table(heads, [cells], lined=False)


def _units(letter: Letter, ledger: Ledger) -> None:
    _grouped(letter, "单位", by_unit(ledger.standings))


def _classes(letter: Letter, ledger: Ledger) -> None:
    letter.lead_in("办理结果按答复原样列出；各地类别的含义不同，不宜跨地区比较。")
    _grouped(letter, "办理结果", by_class(ledger.standings))


def _grouped(letter: Letter, title: str, groups: Sequence[tuple[str, Tally]]) -> None:
    """A line for each group: its figures, and a bar as long as its promises are many."""
    shown = [(name, counted) for name, counted in groups if counted.tracked]
    if not shown:
        letter.body("无。")
        return
    longest = max(counted.tracked for _, counted in shown)
    heads = [
        Head(title, 34),
        Head("合计", 10),
        *(Head(_SHORT[status], 14.6) for status in Status),
        Head("分布", _BAR_WIDTH + 1),
    ]
    rows = [_group_row(name, counted, longest) for name, counted in shown]
    letter.table(heads, rows)
    letter.note(
        "图例：" + "，".join(f"{phrase(status)}{_PATTERNS[status]}" for status in Status) + "。条的长短表示项数。"
    )


_SHORT = {
    Status.FULFILLED: "已落实",
    Status.IN_PROGRESS: "推进中",
    Status.NO_EVIDENCE: "未见\n佐证",
    Status.OVERDUE: "已逾期",
    Status.DROPPED: "取消\n变更",
}
_PATTERNS = {
    Status.FULFILLED: "为实心",
    Status.IN_PROGRESS: "为斜线",
    Status.NO_EVIDENCE: "为空白",
    Status.OVERDUE: "为网格",
    Status.DROPPED: "为竖线",
}


def _group_row(name: str, counted: Tally, longest: int) -> list[Cell]:
    bar = status_bar(name, counted)
    words = name + "：" + "，".join(f"{part.words}{part.value:g}项" for part in bar.parts)
    numbers: list[Cell] = [
        [Line(str(number) if number else "—", side="center")]
        for number in (counted.tracked, *(number for _, number in counted.by_status))
    ]
    return [[Line(name)], *numbers, [Picture(png(bar, total=longest), _BAR_WIDTH - 2, words)]]


# -- lists -----------------------------------------------------------------------------------------------------------


def _overdue(letter: Letter, ledger: Ledger) -> None:
    letter.lead_in("完成时限已过而没有办成的佐证，逾期最久的在前；正在推进的佐证一并列出。")
    show_list(letter, overdue(ledger.standings))


def _changed(letter: Letter, ledger: Ledger) -> None:
    letter.lead_in("后来的文件取消、调低、推后或者不再列入的。")
    show_list(letter, changed(ledger.standings), alarm_lines)


def _under_way(letter: Letter, ledger: Ledger) -> None:
    show_list(letter, with_status(ledger.standings, Status.IN_PROGRESS))


def _unproved(letter: Letter, ledger: Ledger) -> None:
    found = with_status(ledger.standings, Status.NO_EVIDENCE)
    unseen = sum(1 for one in found if one.looked is None)
    letter.lead_in(
        f"时限未到或没有定时限，还没有文件能证明办理情况的：已核查{len(found) - unseen}项，未核查{unseen}项。"
        "未见佐证不等于没有办理。"
    )
    show_list(letter, found)


def _fulfilled(letter: Letter, ledger: Ledger) -> None:
    show_list(letter, with_status(ledger.standings, Status.FULFILLED))


def _progress(letter: Letter, ledger: Ledger) -> None:
    """Each target's newest number that is sure, with a bar where the two can be divided."""
    found = latest(ledger.progress)
    if not found:
        letter.body("无。")
        return
    heads = [Head("序号", 10), Head("指标", 40), Head("目标", 28), Head("实际", 36), Head("完成率", 42)]
    letter.table(heads, numbered(_progress_row(one) for one in found[:LISTED]))
    left_out(letter, len(found))
    letter.note("完成率是实际数除以目标数；口径不同、推算得出的在“实际”栏注明，两数不能相除的不算完成率。")


def _progress_row(found: ProgressRow) -> list[Cell]:
    target, actual = found.target, found.actual
    due = [Line(f"{letter_day(target.deadline)}前")] if target.deadline else []
    doubt = flag_phrases(found.flags)
    return [
        [Line(found.indicator or "（未写明指标）"), Line(source_name(found.holder), SOURCE)],
        [Line(target.span.text, bold=True), *due],
        [
            Line(actual.span.text, bold=True),
            Line(f"截至{day_words(found.day, letter_day)}"),
            Line(found.document.name, SOURCE),
            *([Line(doubt, SOURCE)] if doubt else []),
        ],
        _ratio(found.ratio, target.indicator or "", sure=found.certainty is Certainty.SURE),
    ]


def _ratio(ratio: float | None, indicator: str, *, sure: bool) -> Cell:
    if ratio is None:
        return [Line("—", side="center")]
    words = percent(ratio)
    drawn = Picture(png(progress_bar("", ratio, sure=sure), total=1), _BAR_WIDTH - 2, f"{indicator}完成{words}")
    return [drawn, Line(words), *([] if sure else [Line(phrase(Certainty.PROPOSED), SOURCE)])]


def _unanswered(letter: Letter, ledger: Ledger) -> None:
    found = [one for one in ledger.coverage if one.answer is Answer.UNANSWERED and one.certainty is Certainty.SURE]
    answered = {answer: sum(1 for one in ledger.coverage if one.answer is answer) for answer in Answer}
    if ledger.coverage:
        counts = "，".join(f"{phrase(answer)}{number}条" for answer, number in answered.items())
        letter.lead_in(f"已收建议、提案和答复所提诉求{len(ledger.coverage)}条：{counts}。未回应的如下。")
    if not found:
        letter.body("无。")
        return
    heads = [Head("序号", 10), Head("案号", 40), Head("诉求（原文）", 66), Head("答复", 40)]
    letter.table(heads, numbered(_ask_row(one) for one in found[:LISTED]))
    left_out(letter, len(found))


def _ask_row(row: CoverageRow) -> list[Cell]:
    document = row.item or row.reply
    identity = document.identity
    reply = row.reply.identity
    case = [case_words(identity), identity.subject or identity.title or document.name]
    replied = [reply.lead_unit or "", letter_day(reply.date) if reply.date else "", row.reply.name]
    return [
        [Line(text, bold=index == 0) for index, text in enumerate(case) if text],
        [Line(row.request.span.text, QUOTE), source_line(document, (), row.request.span)],
        [Line(text) for text in replied if text],
    ]


def _for_people(letter: Letter, ledger: Ledger) -> None:
    """Proposed evidence: what the machine isn't sure of."""
    found = [(one, link) for one in ledger.standings for link in one.proposals]
    letter.lead_in("程序拿不准的，由人确认或者否定；确认以前不作佐证，不计入状态。")
    if not found:
        letter.body("无。")
        return
    heads = [Head("序号", 10), Head("承诺事项（原文）", 60), Head("疑似佐证（原文）和理由", 86)]
    rows: list[list[Cell]] = [
        [
            [Line(case_words(one.row.document.identity), bold=True), Line(one.row.commitment.span.text, QUOTE)],
            [*link_lines(link), *([Line(f"理由：{why}", SOURCE)] if (why := reason_phrases(link.link.why)) else [])],
        ]
        for one, link in found[:LISTED]
    ]
    letter.table(heads, numbered(rows))
    left_out(letter, len(found))


def _alarms(letter: Letter, ledger: Ledger) -> None:
    """Alarms that aren't in the list of changes: about whole letters, or not sure."""
    found = [one for one in ledger.alarms if one.code not in CHANGES or one.certainty is Certainty.PROPOSED]
    if not found:
        letter.body("无。")
        return
    heads = [Head("序号", 10), Head("案号", 40), Head("提醒和原文", 106)]
    letter.table(heads, numbered(_alarm_row(one) for one in found[:LISTED]))
    left_out(letter, len(found))


def _alarm_row(alarm: AlarmRow) -> list[Cell]:
    identity = alarm.reply.identity
    quoted: list[Line] = []
    for index, span in enumerate(alarm.spans):
        document = alarm.other if index and alarm.other else alarm.reply
        quoted += [Line(span.text, QUOTE), Line(f"出处：{document.name}，{position_words((), span)}", SOURCE)]
    case = [case_words(identity), identity.subject or alarm.reply.name, identity.lead_unit or ""]
    return [
        [Line(text, bold=index == 0) for index, text in enumerate(case) if text],
        [Line(alarm_words(alarm, letter_day), bold=True), *quoted],
    ]


def _method(letter: Letter, ledger: Ledger) -> None:
    for line in METHOD:
        letter.body(line)


METHOD: tuple[str, ...] = (
    "承诺事项和佐证逐字摘自文件，出处的字数按读出的正文数。以原文件为准。",
    "已落实：后来的文件写明已经办成、印发、启用或者达到目标数，印发的文件使承诺的规定生效的也算。"
    "推进中：写明正在办、办了一部分或者数量还不够。重申计划、开会部署、高度重视都不算佐证。",
    "已逾期：完成时限已过，没有办成的佐证；正在推进的，过了时限也算逾期。"
    "完成时限取最迟的一天，“年底前”即当年12月31日；推不出哪一天的不判逾期。",
    "未见佐证：已收的文件里还没有能证明办理情况的。未核查的和核查过没有找到的分开注明，都不等于没有办理。",
    "已取消或变更：后来的文件写明取消、停办、调整或者没有完成。",
    "只用本地区、成文日期不早于答复、不晚于本报告日期的文件作佐证；没有日期的按文中年份推定并注明。"
    "程序拿不准的列入“待人工确认”，不计入状态；人工认定的以人工认定为准。",
)
"""What each status means: the rules that the figures follow."""

_SECTIONS: tuple[tuple[str, Callable[[Letter, Ledger], None]], ...] = (
    ("总体情况", _overall),
    ("分单位情况", _units),
    ("按办理结果", _classes),
    ("已逾期事项", _overdue),
    ("已取消或变更事项", _changed),
    ("推进中事项", _under_way),
    ("未见佐证事项", _unproved),
    ("已落实事项", _fulfilled),
    ("量化目标进展", _progress),
    ("未获回应的诉求", _unanswered),
    ("待人工确认", _for_people),
    ("其他提醒", _alarms),
    ("本报告的口径", _method),
)
