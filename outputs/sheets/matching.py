"""The lines of another office's ledger against our promises: which line is about which, and what it would change.

A line is about a promise where its case number, its unit and its words say so. Words that are merely alike, another
number in them, several promises in one cell: the line is taken as doubtful, and nothing of it is recorded unless a
person ticks it. What could be two promises is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.evidence import Status
from models.foreign import FIELDS, ForeignLine, ForeignSheet, Meaning, ReadAs
from models.ids import RecordId
from models.returned import NOT_WANTED, Edit, EditedRow, Field, LineRead, Origin, Returned, Untaken
from outputs.ledger import Standing
from outputs.phrases import phrase
from outputs.sheets.editable import LONG, Unfit, code_of, read, words

SURE, ALIKE, APART = 0.92, 0.6, 0.12
"""Shares of equal pairs of characters from which words are the same, are alike; how far the next best must be off."""
_WITHIN, _RETOLD = 0.99, 0.85
_CONTAINED = 8  # characters from which words that stand within others are the same
_BARE = re.compile(r"[^\w%]+|_")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_LONGEST, _QUOTED = 200, 60
_BY = "按外来台账"
Seek = Callable[["Sought"], Sequence[Standing]]
DayOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a line says of the promise that it is about."""

    line: ForeignLine
    id: RecordId
    number: str
    term: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A promise that a line is about, and what speaks against it."""

    standing: Standing
    doubt: str = ""


def sought(sheet: ForeignSheet, read_as: ReadAs) -> list[Sought]:
    """What each line of a sheet looks for."""
    at = {meaning: sheet.heads.index(heads[0]) for meaning in Meaning if (heads := read_as.columns_of(meaning))}

    def said(line: ForeignLine, meaning: Meaning) -> str:
        return line.values[at[meaning]] if meaning in at else ""

    return [
        Sought(
            line,
            RecordId("".join(said(line, Meaning.ID).split())),
            said(line, Meaning.NUMBER),
            said(line, Meaning.TERM),
            said(line, Meaning.UNIT),
            said(line, Meaning.PROMISE),
        )
        for line in sheet.lines
    ]


def read_lines(name: str, sheet: ForeignSheet, read_as: ReadAs, seek: Seek, day_of: DayOf) -> Iterator[LineRead]:
    """What each line of a foreign ledger would change; `day_of` reads a day that isn't written as one."""
    reader = _Reader(sheet, read_as, day_of, name)
    for one in sought(sheet, read_as):
        matches, why = _told(one, read_as, seek) if one.line.number in read_as.lines else matches_of(one, seek(one))
        if not matches:
            bad = Untaken(one.line.number, None, "", "", (one.text or one.number)[:_LONGEST], why)
            yield LineRead(one.line.number, (), (bad,))
            continue
        said, refused = reader.said(one.line)
        made = tuple(row for match in matches if (row := _edited(one, match, said, reader)))
        yield LineRead(one.line.number, made, tuple(_with_id(bad, matches[0].standing.row.id) for bad in refused))


def put_together(sheet: ForeignSheet, read_as: ReadAs, lines: Sequence[LineRead], origin: Origin) -> Returned:
    """What a foreign ledger would change, of what its lines say."""
    rows, twice = _once([row for one in lines for row in one.rows])
    untaken = sorted([*(bad for one in lines for bad in one.untaken), *twice], key=lambda bad: bad.line or 0)
    unchanged = sum(not one.rows and not one.untaken for one in lines)
    heads = f"{sheet.heads_from}—{sheet.heads_to}" if sheet.heads_to > sheet.heads_from else sheet.heads_from
    told = f"工作表“{sheet.name}”，表头在第 {heads} 行：{told_as(read_as, sheet)}"
    return Returned(
        origin, len(sheet.lines), unchanged, 0, tuple(rows), tuple(untaken), tuple(_remarks(sheet)), foreign=told
    )


def _told(one: Sought, read_as: ReadAs, seek: Seek) -> tuple[list[Match], str]:
    """The promise that somebody said a line is about; none: why."""
    wanted = read_as.lines[one.line.number]
    if wanted is None:
        return [], NOT_WANTED
    return [Match(it) for it in seek(one) if it.row.id == wanted], "说定的那一条承诺已经不在台账里"


def _remarks(sheet: ForeignSheet) -> Iterator[str]:
    if sheet.apart:
        lines = "、".join(map(str, sheet.apart[:10])) + ("……" if len(sheet.apart) > 10 else "")
        yield f"第 {lines} 行不是一条一条的（合计、列号、整行一句话），没有看"


def matches_of(one: Sought, candidates: Sequence[Standing]) -> tuple[list[Match], str]:
    """The promises that a line is about; none: why."""
    if one.id and (named := [it for it in candidates if it.row.id == one.id]):
        return _named(one, named[0]), "编号是另一条承诺的：原文对不上"
    where = f"第 {one.number} 号" if one.number.isdecimal() else f"“{one.number}”" if one.number else "这样的原文"
    if not candidates:
        return [], f"台账里没有{where}的承诺：答复没有收过，或者里面没有读出承诺" if one.number else _NOWHERE
    if not one.text:
        if len(candidates) == 1:
            return [Match(candidates[0], "表里没有承诺原文，这一件只有这一条")], ""
        return [], f"{where}有 {len(candidates)} 条承诺，表里没有原文，分不清是哪一条"
    return _by_words(one, candidates)


_NOWHERE = "没有案号，台账里也没有这样的原文"


def _named(one: Sought, standing: Standing) -> list[Match]:
    """The promise of the id that a line bears, unless the words are quite other ones."""
    score = alike(one.text, standing.row.commitment.span.text) if one.text else 1.0
    return [Match(standing, "" if score >= SURE else "编号一样，原文不一样")] if score >= ALIKE else []


def _by_words(one: Sought, there: Sequence[Standing]) -> tuple[list[Match], str]:
    scored = sorted(((alike(one.text, it.row.commitment.span.text), it) for it in there), key=lambda it: -it[0])
    within = [it for it in there if _holds(one.text, it.row.commitment.span.text)]
    if len({it.row.id for it in within}) > 1 and scored[0][0] < 1:
        told = f"一格里有 {len(within)} 条承诺，这一行说的不一定是每一条"
        return [Match(it, told) for it in within], ""
    best, standing = scored[0]
    if best < ALIKE:
        return [], "这一件答复里没有和它相像的承诺" if one.number else _NOWHERE
    equals = [it for score, it in scored if score > best - (APART if best < _WITHIN else 0.005)]
    if len(equals) > 1:
        units = [it for it in equals if _same_unit(one, it)]
        if len(units) != 1:
            return [], f"有 {len(equals)} 条承诺和它一样像，分不清是哪一条"
        standing = units[0]
    return [Match(standing, "；".join(_doubts(one, standing, best)))], ""


def _doubts(one: Sought, standing: Standing, score: float) -> Iterator[str]:
    ours = standing.row.commitment.span.text
    theirs, own = Counter(_FIGURES.findall(one.text)), Counter(_FIGURES.findall(ours))
    if theirs - own:
        yield f"数字不同：表里有 {'、'.join((theirs - own).elements())}"
    elif score < SURE:
        yield f"原文只是相像，表里是“{one.text[:_QUOTED]}{'…' if len(one.text) > _QUOTED else ''}”"
    if one.unit and not _same_unit(one, standing):
        yield f"单位不同：表里是{one.unit[:40]}，答复的是{standing.row.document.identity.lead_unit or '（没有写）'}"


def alike(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1: by pairs of characters; words that stand within others are the same.

    >>> alike("年内新建公交站台20个", "将于年内新建公交站台20个。"), alike("新建公交站台", "研究夜班线路")
    (0.99, 0.0)
    """
    a, b = _bare(one), _bare(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if min(len(a), len(b)) >= _CONTAINED and (a in b or b in a):
        return _WITHIN
    pairs, others = Counter(pairwise(a)), Counter(pairwise(b))
    shared = (pairs & others).total()
    if not shared:
        return 0.0
    both, fewer = pairs.total() + others.total(), min(pairs.total(), others.total())
    retold = _RETOLD * shared / fewer if fewer >= _CONTAINED else 0.0  # a ledger tells a promise in fewer words
    return max(2 * shared / both, retold)


def _holds(cell: str, promise: str) -> bool:
    return len(_bare(promise)) >= _CONTAINED and _bare(promise) in _bare(cell)


def _bare(text: str) -> str:
    return _BARE.sub("", text)


def _same_unit(one: Sought, standing: Standing) -> bool:
    """Whether a unit may be meant by the other's name: 市交通局 and 云岭市交通运输局."""
    theirs, ours = _bare(one.unit), _bare(standing.row.document.identity.lead_unit or "")
    if not theirs or not ours:
        return True
    short, long = sorted((theirs, ours), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


class _Reader:
    """What a line says of each field, as codes."""

    def __init__(self, sheet: ForeignSheet, read_as: ReadAs, day_of: DayOf, name: str) -> None:
        self._read_as, self._day_of = read_as, day_of
        self._columns = [
            (index, head, meaning)
            for index, head in enumerate(sheet.heads)
            if (meaning := read_as.columns.get(head, Meaning.SKIP)) is not Meaning.SKIP
        ]
        self.told = f"{name}，工作表“{sheet.name}”"

    def said(self, line: ForeignLine) -> tuple[dict[Field, str], list[Untaken]]:
        """Codes by field, and cells that can't be taken."""
        found: dict[Field, str] = {}
        refused: list[Untaken] = []
        notes: list[tuple[str, str]] = []
        for index, head, meaning in self._columns:
            given, which = line.values[index], FIELDS.get(meaning)
            if which is None or not given:
                continue
            try:
                if meaning is Meaning.NOTE:
                    notes.append((head, words(given, LONG)))
                else:
                    found[which] = self._code(which, given)
            except Unfit as error:
                refused.append(Untaken(line.number, None, head, "", given[:_LONGEST], str(error)))
        if notes:
            found[Field.NOTE] = "；".join(f"{head.rpartition('/')[2]}：{said}" for head, said in notes)[:LONG]
        return found, refused

    def beside(self, line: ForeignLine, meaning: Meaning) -> str:
        """A reason, or a source, that the line gives."""
        return next((line.values[index] for index, _, it in self._columns if it is meaning), "")[:_LONGEST]

    def _code(self, which: Field, given: str) -> str:
        match which:
            case Field.DEADLINE:
                return self._day_of(given)
            case Field.STATUS:
                code = self._read_as.statuses.get(given)
                if not code:
                    raise Unfit("没有说明这个词当作什么状态：在“列的对应”里选")
                return Status(code).value
            case _:
                return read(which, given)


def _edited(one: Sought, match: Match, said: Mapping[Field, str], reader: _Reader) -> EditedRow | None:
    """What a line changes of a promise; None: nothing."""
    standing = match.standing
    edits = [
        Edit(which, _taken_for(which, standing), code)
        for which, code in said.items()
        if code != code_of(which, standing) and not _is_noted(which, code, standing)
    ]
    if not edits:
        return None
    reason = reader.beside(one.line, Meaning.REASON)
    source = reader.beside(one.line, Meaning.SOURCE) or f"{reader.told}第 {one.line.number} 行"
    seen = max((made.id for made in standing.decided.decisions), default=0)
    return EditedRow(one.line.number, standing.row.id, seen, tuple(edits), reason or _BY, source, doubt=match.doubt)


def _is_noted(which: Field, code: str, standing: Standing) -> bool:
    return which is Field.NOTE and any(" ".join(note.why.split()) == code for note in standing.decided.notes)


def _taken_for(which: Field, standing: Standing) -> str:
    """What a foreign ledger may replace unasked: what is empty, and that nothing is known of how a promise stands."""
    now = code_of(which, standing)
    unknown = which is Field.STATUS and standing.decided.status is None and not standing.evidence
    return now if unknown and now == Status.NO_EVIDENCE else ""


def _once(rows: Sequence[EditedRow]) -> tuple[list[EditedRow], list[Untaken]]:
    """One row for each promise; where lines say different things of one, none of them is taken."""
    by_id: dict[RecordId, list[EditedRow]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row)
    kept, twice = [], []
    for id, same in by_id.items():
        if all(row.edits == same[0].edits for row in same):
            kept.append(same[0])
            continue
        places = "、".join(str(row.line) for row in same)
        why = f"几行说的是同一条承诺（第 {places} 行），说的不一样，都没有收"
        twice.append(Untaken(same[0].line, id, "", "", "", why))
    return kept, twice


def _with_id(bad: Untaken, id: RecordId) -> Untaken:
    return Untaken(bad.line, id, bad.column, bad.before, bad.after, bad.why)


def told_as(read_as: ReadAs, sheet: ForeignSheet) -> str:
    """What the columns are taken for, in one line: 建议编号＝案号，答复承诺＝承诺原文."""
    said = [(head, read_as.columns.get(head, Meaning.SKIP)) for head in sheet.heads]
    return "，".join(f"{head}＝{phrase(meaning)}" for head, meaning in said if meaning is not Meaning.SKIP)
