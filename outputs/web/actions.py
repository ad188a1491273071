"""What the pages need and can't reach: things that flows put together from extractors, settings and the store.

`flows/serve.py` implements it. A page that needs another thing adds a method here and there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from models.apart import WorkState
from models.appraisal import Appraisal
from models.board import TargetRow, Wanted
from models.evidence import Status
from models.exported import ExportAsked
from models.facets import Facets
from models.figures import By, News, Tallies
from models.filters import CURRENT, Filter, Sort
from models.findings import Finding
from models.foreign import ForeignBook, ReadAs
from models.history import Overview
from models.ids import DocumentId, RecordId
from models.returned import Returned
from models.search import SearchKind, SearchResult
from models.stands import Stands
from outputs.ledger import Ledger, Standing
from outputs.sheets.comparing import Compared

_Value = TypeVar("_Value")


class Lists(Protocol):
    """Lists of promises: narrowed and counted by the database, judged only as far as they are shown."""

    @property
    def ages_after(self) -> int:
        """Days after which a promise without a day has aged."""

    def page(
        self, within: Filter, stands: Stands, sort: Sort, *, limit: int | None, offset: int = 0
    ) -> tuple[Standing, ...]:
        """Some lines of a list."""

    def count(self, within: Filter, stands: Stands) -> int:
        """How many lines a list has."""

    def by_status(self, stands: Stands) -> Mapping[Status | None, int]:
        """How many lines of a list of current documents stand how."""

    def ids(self, within: Filter, stands: Stands, *, limit: int) -> list[RecordId]:
        """Which promises a list has, newest document first."""

    def statuses(self, within: Filter, stands: Stands) -> Mapping[RecordId, Status | None]:
        """How the promises that `stands` names stand, of those that are on the list."""

    def facets(self) -> Facets:
        """What a list can be narrowed to."""

    def overview(self) -> Overview:
        """How much is in the register."""

    def news(self) -> News:
        """What the latest runs brought."""

    def targets(self, wanted: Wanted, *, limit: int, offset: int = 0) -> list[TargetRow]:
        """Some of the targets."""

    def count_targets(self, wanted: Wanted) -> int:
        """How many targets there are."""

    def remembered(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What was reckoned from the register, until that changes; decisions change nothing of it."""

    def led_by(self, names: Sequence[str]) -> tuple[tuple[str | None, str | None], ...]:
        """The replying units of these full names, as their letters print them, each with its place."""

    def tallies(self, within: Filter, lists: Mapping[str, Stands], by: By) -> Tallies:
        """How many promises are on each list, by group; units under their full names."""

    def standing(self, id: RecordId, as_of: date) -> Standing | None:
        """One promise, of a current document or not; None: there is none."""

    def queue(self, within: Filter, stands: Stands, *, limit: int, offset: int) -> tuple[Standing, ...]:
        """Of what waits for a person, the most urgent first."""

    def ledger(self, within: Filter, stands: Stands, sort: Sort, *, limit: int, offset: int = 0) -> Ledger:
        """A list as a ledger of its own, with what its documents say besides."""

    def findings(self, document: DocumentId) -> tuple[Finding, ...]:
        """What doesn't agree within a document. KeyError: no such document."""

    def original(self, document: DocumentId) -> tuple[str, Path] | None:
        """The name of a document's file, and the copy of it that was kept; None: there is none."""


class Returns(Protocol):
    """Ledgers that come back from Excel."""

    def receive(self, content: bytes, name: str, now: datetime) -> str:
        """Reads an uploaded workbook and keeps what was changed in it, under the key given back. NotOurLedger."""

    def kept(self, key: str) -> tuple[str, Returned] | None:
        """The name and the changes of a workbook; None: it isn't there, or nobody said what its columns are."""

    def foreign(self, key: str) -> tuple[str, ForeignBook] | None:
        """The name and the sheets of another office's workbook; None: it is none, or it isn't there any more."""

    def proposed(self, book: ForeignBook, sheet: str | None = None) -> tuple[ReadAs, bool]:
        """What a sheet is read as, and whether a person said so: of it, or of one with the same heads."""

    def read_by(self, key: str, read_as: ReadAs, as_of: date) -> None:
        """Reads another office's workbook so, and remembers it for the next one with the same heads."""

    def say_line(self, key: str, line: int, promise: RecordId | None, as_of: date, *, forget: bool = False) -> None:
        """Reads it once more with what somebody says of a line; None: it isn't wanted; `forget`: nothing any more."""

    def waiting(self) -> list[tuple[str, str, int, datetime]]:
        """Other offices' ledgers with lines about no promise: key, name, how many, since when."""

    def drop(self, key: str) -> None:
        """Forgets another office's ledger; what was recorded of it stays."""

    def compare(self, returned: Returned, as_of: date) -> Compared:
        """What its changes would change in the ledger as it is."""


class Received(Protocol):
    """What became of files that somebody uploaded."""

    @property
    def key(self) -> str:
        """Which upload it is."""

    @property
    def files(self) -> int:
        """How many files it has."""

    @property
    def run(self) -> int | None:
        """The run that takes them in; None: it waits still."""

    @property
    def trouble(self) -> str:
        """Why they weren't taken in, in Chinese."""

    @property
    def cancelled(self) -> bool:
        """Whether somebody gave it up while it waited."""


class Intakes(Protocol):
    """Files that people upload."""

    def receive(self, files: Sequence[tuple[str, bytes]], now: datetime) -> str:
        """Keeps the files and starts to take them in; the key of the upload."""

    def state_of(self, key: str) -> Received | None:
        """What became of an upload; None: there is none."""

    def cancel(self, key: str) -> None:
        """Gives an upload up that waits still."""


class Exports(Protocol):
    """Long exports, written behind the pages' back."""

    def start(self, asked: ExportAsked) -> str:
        """Starts to write a file; the key of the export."""

    def running(self) -> int:
        """How many are written, or wait for that."""

    def state_of(self, key: str) -> WorkState | None:
        """How far it is; None: there is no such export."""

    def stop(self, key: str) -> None:
        """Has an export end."""

    def file_of(self, key: str) -> Path | None:
        """The file, once it is whole."""


class Imports(Protocol):
    """Large ledgers that come back, read behind the pages' back."""

    def read(self, content: bytes, name: str, as_of: date, now: datetime) -> str:
        """Starts to read an uploaded workbook; the key of the work."""

    def look_for(self, of: str, name: str, read_as: ReadAs, lines: int, as_of: date, now: datetime) -> str:
        """Starts to look for the lines of another office's ledger; the key of the work."""

    def running(self) -> int:
        """How many are read, or wait for that."""

    def state_of(self, key: str) -> WorkState | None:
        """How far it is; None: there is no such work."""

    def stop(self, key: str) -> None:
        """Has it end."""


class Actions(Protocol):
    """What the office's pages ask of the rest of the program."""

    @property
    def returns(self) -> Returns:
        """Ledgers that come back from Excel."""

    @property
    def intake(self) -> Intakes:
        """Files that people upload."""

    @property
    def exports(self) -> Exports:
        """Long exports."""

    @property
    def imports(self) -> Imports:
        """Large ledgers that come back."""

    @property
    def lists(self) -> Lists:
        """Lists of promises."""

    def standings(self, as_of: date, wanted: Filter = CURRENT, sort: Sort = Sort.DOCUMENT) -> tuple[Standing, ...]:
        """The promises that a filter finds, as they stand on a day."""

    def waiting(self, as_of: date) -> list[Standing]:
        """What a person should look at, most urgent first."""

    def gather(self, as_of: date) -> Ledger:
        """Everything that is current, as it stands on a day."""

    def appraise(self, reply: tuple[str, bytes], item: tuple[str, bytes] | None) -> Appraisal:
        """A draft reply (name, content) looked through, beside what it answers. UnreadableDocument."""

    def search(
        self, query: str, kinds: Sequence[SearchKind], *, limit: int = 50, within: Filter = CURRENT
    ) -> SearchResult:
        """The records that a query finds, also in other words than the texts'."""
