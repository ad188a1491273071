"""What came back from Excel held against the ledger as it is: what would be recorded, and where others were quicker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from models.decided import Decision, DecisionKind
from models.followed import EvidenceRow
from models.ids import RecordId, digest_of
from models.returned import Edit, EditedRow, Field, Returned, Untaken
from outputs.ledger import Standing
from outputs.phrases import phrase
from outputs.sheets.editable import CONFIRMED, REJECTED, code_of, code_of_link, words_of
from outputs.sheets.ledger import PASSAGES_SHEET

CLEARED = "在 Excel 台账里清空"
_CORRECTIONS = {
    Field.STRENGTH: "strength",
    Field.DEADLINE: "deadline",
    Field.RESPONSIBLE: "responsible",
    Field.PROMISE: "promise",
}
_VERDICTS = {CONFIRMED: DecisionKind.CONFIRM_LINK, REJECTED: DecisionKind.REJECT_LINK}
_ORDER = tuple(Field)
_SAYS_OTHER = "台账里写的不一样"
_GONE = "这条承诺已经不在：文件重读过，或不再收存"
_NO_LONGER = "这处佐证已经不在：文件重读过，或不再收存"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: the promise as it stands, what the cell was when it was exported, what it is now here, what it becomes.

    `link` is the passage that the cell is about, empty where it is about the promise itself. `newer` is the last
    decision that somebody made about the promise since the export. `doubt`: why another promise may be meant.
    """

    line: int
    standing: Standing
    field: Field
    before: str
    now: str
    after: str
    why: str
    source: str
    newer: Decision | None
    link: str = ""
    doubt: str = ""

    @property
    def id(self) -> RecordId:
        """The promise."""
        return self.standing.row.id

    @property
    def key(self) -> str:
        """Which cell it is, in forms and on the command line."""
        return f"{self.id}:{self.link or self.field.value}"

    @property
    def column(self) -> str:
        """The column's title."""
        return phrase(self.field)

    @property
    def sheet(self) -> str:
        """The sheet that it stands in, if it isn't the promises' own."""
        return PASSAGES_SHEET if self.link else ""

    @property
    def passage(self) -> EvidenceRow | None:
        """The passage that it is about, as far as the promise still has it."""
        found = (*self.standing.evidence, *self.standing.proposals)
        return next((one for one in found if one.id == self.link), None)

    def words(self, code: str) -> str:
        """A code of this column as the sheet shows it."""
        return words_of(self.field, code)


@dataclass(frozen=True, slots=True)
class Compared:
    """All that a returned ledger would change.

    `conflicts` are cells that are neither as they were exported nor as the sheet has them: somebody else, or new
    evidence, was quicker; of another office's ledger, where ours says another thing, or another promise may be meant.
    `settled` cells are already as the sheet has them. `untaken`: each with its reason.
    """

    returned: Returned
    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    settled: int
    untaken: tuple[Untaken, ...]
    known: Mapping[RecordId, Standing]

    @property
    def fingerprint(self) -> str:
        """The same for the same changes and conflicts: what a person saw is what is recorded."""
        seen = [(one.key, one.now, one.after, one.why, one.source) for one in (*self.changes, *self.conflicts)]
        return digest_of(repr(seen).encode())[:16]


def compare(returned: Returned, known: Mapping[RecordId, Standing]) -> Compared:
    """What came back against the promises as they stand."""
    changes: list[Change] = []
    conflicts: list[Change] = []
    untaken, settled = list(returned.untaken), 0
    for row in returned.rows:
        standing = known.get(row.id)
        refused = _not_open(standing)
        if standing is None or refused:
            untaken += [_refused(row, edit, refused or _GONE) for edit in row.edits]
            continue
        for edit in row.edits:
            one = _change(row, edit, standing)
            if returned.foreign and not one.doubt and one.now != one.before:
                one = replace(one, doubt=_SAYS_OTHER)
            if row.link and not one.now:
                untaken.append(_refused(row, edit, _NO_LONGER))
            elif _is_so(one):
                settled += 1
            else:
                (changes if one.now == one.before and not one.doubt else conflicts).append(one)
    untaken.sort(key=lambda one: (one.sheet, one.line or 0))
    return Compared(returned, tuple(changes), tuple(conflicts), settled, tuple(untaken), known)


def _not_open(standing: Standing | None) -> str:
    """Why nothing can be decided about a promise here; empty where it can."""
    if standing is None:
        return ""
    if standing.decided.merged_into:
        return "这条承诺已并入另一条"
    return "" if standing.row.document.current else "这条承诺所在的文件已经有了新版，或不再收存"


def _refused(row: EditedRow, edit: Edit, why: str) -> Untaken:
    words = words_of(edit.field, edit.before), words_of(edit.field, edit.after)
    return Untaken(row.line, row.id, phrase(edit.field), *words, why, PASSAGES_SHEET if row.link else "")


def _change(row: EditedRow, edit: Edit, standing: Standing) -> Change:
    newer = [one for one in standing.decided.decisions if one.id > row.seen]
    if row.link:
        newer = [one for one in newer if one.object == row.link] or newer
    now = code_of_link(standing, row.link) if row.link else code_of(edit.field, standing)
    return Change(
        row.line,
        standing,
        edit.field,
        edit.before,
        now,
        edit.after,
        row.reason,
        row.source,
        newer[-1] if newer else None,
        row.link,
        row.doubt,
    )


def _is_so(one: Change) -> bool:
    """Whether the promise is already as the sheet has it: the same ledger came back before."""
    if one.field is Field.NOTE:
        return any(one.after == " ".join(note.why.split()) for note in one.standing.decided.notes)
    return one.now == one.after


def decisions_of(changes: Iterable[Change], who: str, now: datetime) -> list[Decision]:
    """The decisions that record the changes: of one promise, what was read wrongly together, the rest one by one."""
    by_promise: dict[RecordId, list[Change]] = {}
    for one in sorted(changes, key=lambda one: _ORDER.index(one.field)):
        by_promise.setdefault(one.id, []).append(one)
    return [
        Decision(0, now, who.strip(), kind, id, link, values, why)
        for id, made in by_promise.items()
        for kind, link, values, why in _meant(made)
    ]


def _meant(made: list[Change]) -> Iterator[tuple[DecisionKind, str | None, tuple[tuple[str, str], ...], str]]:
    corrected = tuple((_CORRECTIONS[one.field], one.after or "none") for one in made if one.field in _CORRECTIONS)
    if corrected:
        yield DecisionKind.CORRECT, None, corrected, made[0].why
    for one in made:
        match one.field:
            case Field.STATUS:
                source = (("source", one.source),) if one.source else ()
                yield DecisionKind.SET_STATUS, None, (("status", one.after), *source), one.why
            case Field.ASSIGNED:
                yield DecisionKind.ASSIGN, None, (("to", one.after),), one.why or ("" if one.after else CLEARED)
            case Field.SNOOZED:
                yield DecisionKind.SNOOZE, None, (("until", one.after),), one.why or ("" if one.after else CLEARED)
            case Field.NOTE:
                yield DecisionKind.NOTE, None, (), one.after
            case Field.TAKEN:
                yield _VERDICTS[one.after], one.link, (), one.why
            case _:
                pass


def seen_of(changes: Iterable[Change]) -> dict[RecordId, int]:
    """Of each promise the last decision that the comparison knew of."""
    return {one.id: max((made.id for made in one.standing.decided.decisions), default=0) for one in changes}
