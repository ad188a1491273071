"""The sheet that goes back with a reply before it is signed (审核单): what promises lack, what isn't answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models.appraisal import Answered, Appraisal, Appraised
from models.documents import Identity
from models.evidence import Answer, Certainty
from models.findings import Finding
from outputs.appraisal import summary_lines
from outputs.letters.styles import QUOTE, SOURCE
from outputs.letters.word import Cell, Head, Letter, Line
from outputs.phrases import finding_phrase, phrase

TITLE = "答复签发前审核单"
_ASKS = (Head("序号", 12), Head("诉求（原文）和答复中的回应", 118), Head("回应", 26))
_PROMISES = (Head("序号", 12), Head("承诺事项（原文）", 100), Head("强度", 20), Head("缺什么", 24))
_FINDINGS = (Head("序号", 12), Head("对不上的地方", 144))
_UNDATED = date(2000, 1, 1)


def write_appraisal(appraisal: Appraisal, name: str, output: Path) -> None:
    """Writes the sheet of the reply in the file `name`. OSError when it can't."""
    output.write_bytes(appraisal_sheet(appraisal, name))


def appraisal_sheet(appraisal: Appraisal, name: str) -> bytes:
    """The sheet as a Word file."""
    identity = appraisal.reply.identity
    letter = Letter(TITLE, identity.date or _UNDATED)
    subject = identity.title or identity.subject or name
    letter.body(
        f"文件：{name}。{subject}。" + (f"办理结果：{identity.result_class}。" if identity.result_class else "")
    )
    if appraisal.item:
        letter.body(_against(appraisal.item.identity))
    letter.heading("一、总体情况")
    for line in summary_lines(appraisal):
        letter.body(line)
    _section(letter, "二、诉求有没有回应", _ASKS, _numbered([_ask(ask) for ask in appraisal.asks]))
    _section(letter, "三、承诺能不能核对", _PROMISES, _numbered([_promise(one) for one in appraisal.promises]))
    _section(letter, "四、数字和日期", _FINDINGS, _numbered([_finding(finding) for finding in appraisal.findings]))
    letter.note("本单由程序读出，逐条附原文；是否退回修改，由审核人决定。")
    return letter.save()


def _against(item: Identity) -> str:
    """What the asks were taken from, so that nobody takes them for another's.

    >>> from models.documents import Kind
    >>> _against(Identity(Kind.SUGGESTION, number="18", subject="关于老年助餐的建议"))
    '诉求取自代表建议第18号：关于老年助餐的建议。'
    """
    number = f"第{item.number}号" if item.number else ""
    return f"诉求取自{phrase(item.kind)}{number}：{item.subject or item.title or '（没有读出标题）'}。"


def _section(letter: Letter, title: str, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
    letter.heading(title)
    if rows:
        letter.table(heads, rows)
    else:
        letter.body("没有读出。" if heads is not _FINDINGS else "没有发现对不上的地方。")


def _numbered(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [[[Line(str(number), side="center")], *cells] for number, cells in enumerate(rows, start=1)]


def _ask(ask: Answered) -> list[Cell]:
    units = [Line(f"“{span.text}”", QUOTE) for span in ask.units[:3]]
    unsure = "（待核）" if ask.certainty is Certainty.PROPOSED else ""
    open_ = ask.answer is not Answer.ANSWERED
    return [[Line(ask.request.span.text), *units], [Line(phrase(ask.answer) + unsure, bold=open_, side="center")]]


def _promise(promise: Appraised) -> list[Cell]:
    lacks = [Line(phrase(lack), bold=True, side="center") for lack in promise.lacks] or [Line("齐全", side="center")]
    strength = Line(phrase(promise.commitment.strength), side="center")
    return [[Line(promise.commitment.span.text, QUOTE)], [strength], lacks]


def _finding(finding: Finding) -> list[Cell]:
    quoted = "　".join(f"“{span.text}”" for span in finding.spans)
    return [[Line(finding_phrase(finding)), Line(quoted, SOURCE)]]
