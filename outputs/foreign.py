"""Another office's ledger in the terminal: what each of its columns is taken for, and why."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from models.evidence import Status
from models.foreign import ForeignBook, ForeignSheet, Meaning, ReadAs
from outputs.phrases import phrase
from outputs.sheets.proposing import propose

_LONGEST = 30


def show_columns(console: Console, book: ForeignBook, read_as: ReadAs) -> None:
    """The sheets, the columns with what they are taken for and why, the words for a status."""
    sheet = book.sheet(read_as.sheet)
    console.print(Text(f"\n别处的台账，{_where(sheet)}"))
    others = [one.name for one in book.sheets if one.name != sheet.name]
    if others:
        console.print(Text(f"另有工作表：{'、'.join(others)}（用 --sheet 选）", style="dim"))
    table = Table("列", "表头", "当作", "为什么", "里面写的", box=None)
    proposals = propose(sheet)
    for index, (letter, head) in enumerate(zip(sheet.letters, sheet.heads, strict=True)):
        meaning, proposal = read_as.columns.get(head, Meaning.SKIP), proposals[head]
        why = proposal.why if meaning is proposal.meaning else f"人说的；本来提出“{phrase(proposal.meaning)}”"
        doubt = "（请看一看）" if proposal.doubtful and meaning is proposal.meaning else ""
        example = next(iter(sheet.values(index)), "")
        shown = example if len(example) <= _LONGEST else example[:_LONGEST] + "…"
        table.add_row(*map(Text, (letter, head, phrase(meaning), why + doubt, shown)))
    console.print(table)
    for word, code in read_as.statuses.items():
        console.print(
            Text(f"“{word}”当作 {phrase(Status(code)) if code else '（不收）'}", style="" if code else "yellow")
        )


def _where(sheet: ForeignSheet) -> str:
    title = f"标题“{sheet.title}”，" if sheet.title else ""
    return f"工作表“{sheet.name}”，{title}表头在第 {sheet.heads_from}—{sheet.heads_to} 行，{len(sheet.lines)} 行"


def columns_record(book: ForeignBook, read_as: ReadAs) -> dict[str, object]:
    """The same as JSON has it."""
    sheet, proposals = book.sheet(read_as.sheet), propose(book.sheet(read_as.sheet))
    return {
        "sheet": sheet.name,
        "sheets": [one.name for one in book.sheets],
        "columns": [
            {
                "letter": letter,
                "head": head,
                "means": read_as.columns.get(head, Meaning.SKIP).value,
                "why": proposals[head].why,
            }
            for letter, head in zip(sheet.letters, sheet.heads, strict=True)
        ],
        "words": [{"word": word, "status": code} for word, code in read_as.statuses.items()],
    }
