"""The ledger that comes back from Excel: read in a worker process, held against the store, recorded, taken back.

    take_in(path, settings)             what was changed in a workbook, or the sheets of another office's; NotOurLedger
    compare_now(store, returned, day)   what that would change in the ledger as it is
    record(store, changes, …)           records it, all or none

Between upload and confirmation a page keeps what was read (`Shelf`), for two days.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from corpus.readers import packages
from corpus.readers.limits import MIB, Limits
from models.errors import NothingCarried, NotOurLedger, UnreadableDocument
from models.foreign import ForeignBook, ReadAs
from models.returned import LineRead, Returned
from outputs.phrases import reason_phrase

if TYPE_CHECKING:
    from flows.settings import Settings
    from models.decided import Decision
    from models.ids import RecordId
    from models.store import Store
    from outputs.ledger import Standing
    from outputs.sheets.comparing import Change, Compared

MOST_BYTES = 30 * MIB
"""A ledger of 20 000 lines takes a third of it."""
MOST_CHANGES = 5_000
"""Cells that are recorded at once, as many as promises in a batch."""
_LIMITS = Limits(size=MOST_BYTES, unpacked=400 * MIB, members=500, stall=300.0, total=300.0)
_OLD_FORM = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KEPT_FOR = timedelta(days=2)
_WAITING_FOR = timedelta(days=400)  # what lines are about comes in with next year's letters
_Kept = TypeVar("_Kept", Returned, ForeignBook, list[LineRead])
_LOOKED_AT = 0.5  # seconds between two looks at how far a workbook is read
_BYTES, _A_PART = ".bytes", 100_000
Done = Callable[..., None]  # how much is done; how much there is, if that is known now
_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)


def take_in(path: Path, settings: Settings, done: Done | None = None) -> Returned | ForeignBook:
    """What was changed in a workbook; of another office's, its sheets. NotOurLedger says in Chinese why not.

    `done` hears of how many of how many bytes were read, and may end it.
    """
    from corpus.readers.pool import ReaderPool

    limits = replace(_LIMITS, memory=settings.read_memory_mb * MIB)
    with ReaderPool(limits, reader="flows.returning:read") as pool, ThreadPoolExecutor(1) as beside:
        answer = beside.submit(pool.read, path)
        try:
            while done and not wait([answer], _LOOKED_AT).done:
                done(_bytes_read(path), path.stat().st_size)
        except BaseException:
            pool.kill()
            raise
        found = cast("Returned | ForeignBook | NotOurLedger | UnreadableDocument", answer.result())
    if isinstance(found, UnreadableDocument):
        raise NotOurLedger(reason_phrase(found.reason, found.detail))
    if isinstance(found, NotOurLedger):
        raise found
    return found


def _bytes_read(path: Path) -> int:
    """How many bytes of a workbook the worker has read, by what it wrote beside it."""
    try:
        return min(int(path.with_suffix(_BYTES).read_text(encoding="ascii") or 0), path.stat().st_size)
    except (FileNotFoundError, ValueError):
        return 0


def _telling(path: Path) -> Callable[[int], None]:
    """Writes how far a workbook is read, each time that another part of it is."""
    beside, part = path.with_suffix(_BYTES), 0

    def told(count: int) -> None:
        nonlocal part
        if count // _A_PART > part:
            part = count // _A_PART
            beside.write_text(str(count), encoding="ascii")

    return told


def read(path: Path, limits: Limits, progress: Callable[[], None]) -> Returned | ForeignBook | NotOurLedger:
    """The same within this process: called in the worker, whose bounds hold for what the file may cost."""
    from outputs.sheets.foreign import take_foreign
    from outputs.sheets.taken_back import take_back

    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            opening = stream.read(8)
        if size > limits.size:
            return NotOurLedger(f"文件太大：最多 {limits.size // MIB} 兆")
        if not opening.startswith(b"PK"):
            return NotOurLedger(_other_form(opening))
        parts = packages.xml_parts(path, limits)  # no bomb, no DOCTYPE
        if not any(name.startswith("xl/") for name in parts):
            return NotOurLedger("是别的文件（.ods、.docx 一类）。请在表格软件里另存为 .xlsx 再导")
        del parts
        try:
            return take_back(path, _telling(path))
        except NothingCarried:
            return take_foreign(path, _telling(path))
    except NotOurLedger as error:
        return NotOurLedger(str(error))
    except OSError as error:
        return NotOurLedger(f"打不开（{error.strerror}）")


def check_form(content: bytes) -> None:
    """NotOurLedger: it is no workbook at all."""
    if not content.startswith(b"PK"):
        raise NotOurLedger(_other_form(content[:8]))


def _other_form(opening: bytes) -> str:
    if not opening:
        return "文件是空的"
    if opening == _OLD_FORM:
        return "是旧格式（.xls、.et），或者加了密码。请去掉密码、另存为 .xlsx 再导"
    return "不是 xlsx 工作簿。要用 Excel 文件（.xlsx）"


def compare_now(store: Store, returned: Returned, as_of: date) -> Compared:
    """What a workbook's changes would change in the ledger as it is."""
    from flows.ledger import standings_of
    from models import queries
    from outputs.sheets.comparing import compare

    ids = [row.id for row in returned.rows]
    ids += [one.id for one in returned.untaken if one.id is not None]
    rows = queries.commitments_named(store, ids)
    known: dict[RecordId, Standing] = {one.row.id: one for one in standings_of(store, as_of, rows, looked=False)}
    return compare(returned, known)


def record(store: Store, changes: Sequence[Change], *, who: str, now: datetime) -> list[Decision]:
    """Records the changes, all or none. ConflictingReview: somebody decided since they were compared."""
    from models import decisions
    from outputs.sheets.comparing import decisions_of, seen_of

    return decisions.decide_each(store, decisions_of(changes, who, now), seen_of(changes))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where what was read is kept between upload and confirmation: a file each, under a name that nobody guesses."""

    store: Store
    folder: Path
    settings: Settings
    _one_at_a_time: Lock = field(default_factory=Lock)

    def receive(self, content: bytes, name: str, now: datetime) -> str:
        """Reads an uploaded workbook and keeps what was changed in it, under the key given back. NotOurLedger."""
        check_form(content)
        with self._one_at_a_time, tempfile.TemporaryDirectory(prefix="duban-") as folder:
            path = Path(folder) / "file.xlsx"
            path.write_bytes(content)
            return self.take(path, name, now)

    def take(self, path: Path, name: str, now: datetime, done: Done | None = None) -> str:
        """The same of a file that is there."""
        import secrets

        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._clear(now)
        found = take_in(path, self.settings, done)
        key = secrets.token_hex(8)
        if isinstance(found, ForeignBook):
            self._book(key).write_bytes(_dumped(name, found))
        else:
            self._at(key).write_bytes(_dumped(name, found))
        return key

    def foreign(self, key: str) -> tuple[str, ForeignBook] | None:
        """The name and the sheets of another office's workbook; None: it is none, or it isn't there any more."""
        if not _KEY.fullmatch(key) or not self._book(key).is_file():
            return None
        name, book = _loaded(self._book(key).read_bytes(), ForeignBook)
        return name, book

    def proposed(self, book: ForeignBook, sheet: str | None = None) -> tuple[ReadAs, bool]:
        """What a sheet is read as, and whether a person said so: of it, or of one with the same heads."""
        from flows.foreign import proposed

        return proposed(self.store, book, sheet)

    def read_by(self, key: str, read_as: ReadAs, as_of: date, done: Done | None = None) -> None:
        """Reads another office's workbook so, and remembers it for the next one with the same heads."""
        from flows.foreign import lines_read
        from models.remembering import remember_columns

        found = self.foreign(key)
        if found is None:
            return
        name, book = found
        if book.read_as and book.read_as.sheet == read_as.sheet and not read_as.lines:
            read_as = replace(read_as, lines=book.read_as.lines)
        sheet = book.sheet(read_as.sheet)
        lines = lines_read(self.store, name, sheet, read_as, as_of, done or (lambda _: None))
        remember_columns(self.store, sheet, read_as)
        self._keep(key, name, replace(book, read_as=read_as), lines, as_of)

    def _keep(self, key: str, name: str, book: ForeignBook, lines: list[LineRead], as_of: date) -> None:
        from flows.foreign import returned_of

        if book.read_as is None:
            return
        returned = returned_of(book.sheet(book.read_as.sheet), book.read_as, lines, as_of)
        self._book(key).write_bytes(_dumped(name, book))
        self._lines(key).write_bytes(_dumped(name, lines, list[LineRead]))
        self._at(key).write_bytes(_dumped(name, returned))

    def say_line(self, key: str, line: int, promise: RecordId | None, as_of: date, *, forget: bool = False) -> None:
        """Reads one line once more with what somebody says of it: the promise that it is about, or that it isn't
        wanted; `forget`: nothing any more. The other lines stay as they were read."""
        from flows.foreign import lines_read

        found = self.foreign(key)
        if found is None or found[1].read_as is None:
            return
        name, book = found
        said = {number: it for number, it in found[1].read_as.lines.items() if number != line}
        read_as = replace(found[1].read_as, lines=said if forget else said | {line: promise})
        sheet = book.sheet(read_as.sheet)
        before = self._lines_read(key)
        if before is not None:
            sheet = replace(sheet, lines=tuple(one for one in sheet.lines if one.number == line))
        lines = lines_read(self.store, name, sheet, read_as, as_of)
        again = {one.number: one for one in lines}
        kept = [again.get(one.number, one) for one in before] if before is not None else lines
        self._keep(key, name, replace(book, read_as=read_as), kept, as_of)

    def _lines_read(self, key: str) -> list[LineRead] | None:
        if not self._lines(key).is_file():
            return None
        return _loaded(self._lines(key).read_bytes(), list[LineRead])[1]

    def waiting(self) -> list[tuple[str, str, int, datetime]]:
        """Other offices' ledgers with lines that were found to be about no promise: key, name, how many, since when."""
        found = []
        for book in self.folder.glob("*.book"):
            known = self.kept(book.stem)
            if known and (number := len(known[1].unmatched)):
                since = datetime.fromtimestamp(book.stat().st_mtime, UTC)
                found.append((book.stem, known[0], number, since))
        return sorted(found, key=lambda one: one[3], reverse=True)

    def drop(self, key: str) -> None:
        """Forgets another office's ledger; what was recorded of it stays."""
        if _KEY.fullmatch(key):
            for path in (self._book(key), self._lines(key), self._at(key)):
                path.unlink(missing_ok=True)

    def kept(self, key: str) -> tuple[str, Returned] | None:
        """The name and the changes of a workbook; None: it isn't there any more."""
        if not _KEY.fullmatch(key) or not self._at(key).is_file():
            return None
        name, returned = _loaded(self._at(key).read_bytes(), Returned)
        return name, returned

    def compare(self, returned: Returned, as_of: date) -> Compared:
        """What its changes would change in the ledger as it is."""
        return compare_now(self.store, returned, as_of)

    def _at(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _book(self, key: str) -> Path:
        return self.folder / f"{key}.book"

    def _lines(self, key: str) -> Path:
        return self.folder / f"{key}.lines"

    def _clear(self, now: datetime) -> None:
        waiting = {key for key, *_ in self.waiting()}
        for old in self.folder.iterdir():
            kept_for = _WAITING_FOR if old.stem in waiting else _KEPT_FOR
            try:
                if now.timestamp() - old.stat().st_mtime > kept_for.total_seconds():
                    old.unlink()
            except FileNotFoundError:
                continue


def shelf_of(store: Store, settings: Settings) -> Shelf:
    """The shelf of an office."""
    return Shelf(store, settings.data_dir.absolute() / "returned", settings)


def _dumped(name: str, found: object, kind: Any = None) -> bytes:
    from pydantic import TypeAdapter

    kept: tuple[str, Any] = (name, TypeAdapter[Any](kind or type(found)).dump_python(found, mode="json"))
    return TypeAdapter(tuple[str, Any]).dump_json(kept)


def _loaded(content: bytes, kind: type[_Kept]) -> tuple[str, _Kept]:
    from pydantic import TypeAdapter

    name, found = TypeAdapter(tuple[str, Any]).validate_json(content)
    return name, TypeAdapter(kind).validate_python(found)
