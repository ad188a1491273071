"""Another office's ledger: what each of its columns is taken for is proposed with reasons, and a person says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from models.errors import WrongDecision
from models.evidence import Status
from models.foreign import ForeignBook, ForeignSheet, Meaning, Proposal, ReadAs
from outputs.sheets.proposing import propose, status_of, statuses_of
from outputs.web.guard import pages
from outputs.web.importing import look_for_apart
from outputs.web.visit import Asking, Visit

router = pages()

MOST_COLUMNS, MOST_WORDS = 80, 60
_EXAMPLES, _LONGEST = 3, 60
NOT_TAKEN = "none"  # of a word for a status
Heads = Annotated[list[str] | None, Form(max_length=MOST_COLUMNS)]
Words = Annotated[list[str] | None, Form(max_length=MOST_WORDS)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the page shows it: what it is taken for now, what was proposed and why."""

    letter: str
    head: str
    examples: tuple[str, ...]
    filled: int
    meaning: Meaning
    proposal: Proposal


@router.get("/ledger/import/{key}/columns")
def columns(visit: Asking, key: str) -> Response:
    """What each column of a sheet is taken for, and why."""
    return _form(visit, key)


@router.post("/ledger/import/{key}/columns")
def read_so(
    visit: Asking,
    key: str,
    sheet: Annotated[str, Form(max_length=200)] = "",
    head: Heads = None,
    means: Heads = None,
    word: Words = None,
    status: Words = None,
) -> Response:
    """Reads the sheet as the person says; leads to what that would change."""
    name, book = kept(visit, key)
    chosen = book.sheet(sheet)
    said = read_as_said(
        chosen,
        dict(zip(head or (), means or (), strict=False)),
        dict(zip(word or (), status or (), strict=False)),
    )
    visit.note(object=name, after=[("工作表", chosen.name)])
    if said.lacks:
        return _form(visit, key, said=said, wrong=said.lacks)
    if apart := look_for_apart(visit, key, name, chosen, said):
        return apart
    visit.actions.returns.read_by(key, said, visit.today)
    return visit.go(visit.link(f"/ledger/import/{key}", asof=None, back=visit.back))


def kept(visit: Visit, key: str) -> tuple[str, ForeignBook]:
    """The name and the sheets of another office's workbook. 404: it isn't there any more."""
    found = visit.actions.returns.foreign(key)
    if found is None:
        visit.gone("这次上传的表不在了（上传后保留两天）。请重新上传。")
    return found


def read_as_said(sheet: ForeignSheet, means: dict[str, str], words: dict[str, str]) -> ReadAs:
    """What a person says of a sheet. WrongDecision: something that nothing is called."""
    try:
        columns = {head: Meaning(means.get(head, Meaning.SKIP)) for head in sheet.heads}
        given = {word: Status(code).value if code != NOT_TAKEN else None for word, code in words.items()}
    except ValueError:
        raise WrongDecision("列的对应里有不认得的项") from None
    found = statuses_of(sheet, columns)
    return ReadAs(sheet.name, columns, {word: given.get(word, status_of(word)) for word in found})


def _form(visit: Visit, key: str, said: ReadAs | None = None, wrong: str | None = None) -> Response:
    name, book = kept(visit, key)
    sheet = book.sheet(said.sheet if said else visit.text("sheet"))
    known, before = (said, True) if said else visit.actions.returns.proposed(book, sheet.name)
    found = columns_of(sheet, known)
    words = [(word, count_of(sheet, known, word), code) for word, code in known.statuses.items()][:MOST_WORDS]
    record = {"file": name, **sheet_record(book, sheet, known, remembered=before)} | ({"error": wrong} if wrong else {})
    return visit.show(
        "import_columns.html",
        record,
        wrong=wrong,
        name=name,
        book=book,
        sheet=sheet,
        columns=found,
        words=words,
        before=before and not book.read_as and not said,
        meanings=tuple(Meaning),
        statuses=tuple(Status),
        not_taken=NOT_TAKEN,
        key=key,
    )


def columns_of(sheet: ForeignSheet, known: ReadAs) -> list[Column]:
    """The columns of a sheet as they are taken now."""
    proposals = propose(sheet)
    return [
        Column(
            letter,
            head,
            _examples(sheet.values(index)),
            len(sheet.values(index)),
            known.columns.get(head, Meaning.SKIP),
            proposals[head],
        )
        for index, (letter, head) in enumerate(zip(sheet.letters, sheet.heads, strict=True))
    ]


def count_of(sheet: ForeignSheet, known: ReadAs, word: str) -> int:
    """In how many cells of the column for the status a word stands."""
    at = [index for index, head in enumerate(sheet.heads) if known.columns.get(head) is Meaning.STATUS]
    return sum(line.values[index] == word for line in sheet.lines for index in at)


def sheet_record(book: ForeignBook, sheet: ForeignSheet, known: ReadAs, *, remembered: bool) -> dict[str, object]:
    """The same as JSON."""
    return {
        "sheet": sheet.name,
        "sheets": [one.name for one in book.sheets],
        "title": sheet.title,
        "heads": [sheet.heads_from, sheet.heads_to],
        "lines": len(sheet.lines),
        "remembered": remembered,
        "columns": [
            {
                "letter": one.letter,
                "head": one.head,
                "examples": list(one.examples),
                "means": one.meaning.value,
                "proposed": one.proposal.meaning.value,
                "why": one.proposal.why,
                "doubtful": one.proposal.doubtful,
            }
            for one in columns_of(sheet, known)
        ],
        "words": [{"word": word, "status": code} for word, code in known.statuses.items()],
    }


def _examples(values: Sequence[str]) -> tuple[str, ...]:
    """The first different values, none of them long."""
    told = list(dict.fromkeys(values))[:_EXAMPLES]
    return tuple(one if len(one) <= _LONGEST else one[:_LONGEST] + "…" for one in told)
