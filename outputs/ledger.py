"""The ledger (台账) as one value: what the terminal, the workbook, the plain table and the exchange format all show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.commitments import Deadline, Strength
from models.decided import Decided, corrected_deadline
from models.documents import Body, Identity, Kind
from models.evidence import Schedule, ScheduleCode, Status
from models.quantities import Comparator, Quantity
from outputs.phrases import phrase

if TYPE_CHECKING:
    from models.followed import AlarmRow, CoverageRow, EvidenceRow, Looked, ProgressRow
    from models.queries import CommitmentRow, DeclinedRow, DocumentRow, FailureRow, ListedDocument, QuantityRow


@dataclass(frozen=True, slots=True)
class Standing:
    """One promise, the numbers in its sentence, and how it stands on the ledger's day.

    `evidence` counts: sure, or confirmed by a person; `proposals` wait for one; `looked` says how far evidence was
    looked for, None: nobody looked yet.
    """

    row: CommitmentRow
    quantities: tuple[Quantity, ...]
    status: Status | None
    schedule: Schedule
    evidence: tuple[EvidenceRow, ...] = ()
    proposals: tuple[EvidenceRow, ...] = ()
    progress: tuple[ProgressRow, ...] = ()
    alarms: tuple[AlarmRow, ...] = ()
    decided: Decided = field(default_factory=Decided)
    looked: Looked | None = None

    @property
    def strength(self) -> Strength:
        """How firmly it is promised: as read, or as a person corrected it."""
        corrected = self.decided.corrected.get("strength")
        return Strength(corrected[0]) if corrected else self.row.commitment.strength

    @property
    def deadline(self) -> Deadline | None:
        """Its last day: as read, or as a person corrected it."""
        corrected = self.decided.corrected.get("deadline")
        return corrected_deadline(corrected[0]) if corrected else self.row.commitment.deadline

    @property
    def responsible(self) -> tuple[str, ...]:
        """Who does it: as read, or as a person corrected it."""
        corrected = self.decided.corrected.get("responsible")
        return tuple(corrected[0].split("、")) if corrected else self.row.commitment.responsible

    @property
    def days_overdue(self) -> int | None:
        """Days since the last day went by, of a promise that is overdue; None of any other."""
        return self.schedule.days if self.status is Status.OVERDUE else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the ledger it is: what it is narrowed to, in words and as a page's address; when it was made; where
    the office's pages are (https://…), if they are anywhere."""

    words: tuple[str, ...] = ()
    address: str = ""
    at: datetime | None = None
    site: str = ""

    @property
    def told(self) -> str:
        """The conditions in one line.

        >>> Scope().told, Scope(("已逾期", "地区“梧溪县”")).told
        ('全部', '已逾期，地区“梧溪县”')
        """
        return "，".join(self.words) or "全部"


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is shown, as it stands on `as_of`; `scope` says which part of all there is."""

    as_of: date
    standings: tuple[Standing, ...]
    targets: tuple[QuantityRow, ...]
    declined: tuple[DeclinedRow, ...]
    documents: tuple[ListedDocument, ...]
    failures: tuple[FailureRow, ...]
    coverage: tuple[CoverageRow, ...] = ()
    progress: tuple[ProgressRow, ...] = ()
    alarms: tuple[AlarmRow, ...] = ()
    scope: Scope = field(default_factory=Scope)


def case_kind(identity: Identity) -> str:
    """代表建议 or 政协提案: what kind of case a document belongs to, if it says so."""
    by_body = {Body.NPC: Kind.SUGGESTION, Body.CPPCC: Kind.PROPOSAL}
    if identity.kind in (Kind.SUGGESTION, Kind.PROPOSAL):
        return phrase(identity.kind)
    return phrase(by_body[identity.addressed_to]) if identity.addressed_to else ""


def term(identity: Identity) -> str:
    """Which session the case was put to.

    >>> term(Identity(Kind.REPLY, congress=17, session=5)), term(Identity(Kind.REPLY))
    ('17届5次', '')
    """
    congress = f"{identity.congress}届" if identity.congress else ""
    return congress + (f"{identity.session}次" if identity.session else "")


def heading(document: DocumentRow) -> str:
    """What the case is about: its subject, else the letter's own title, the page's, the file's name."""
    identity = document.identity
    return identity.subject or identity.title or document.title or document.name


def measure_words(quantity: Quantity) -> str:
    """A number as printed with how it binds, after what it counts: 新增泊位：不低于300个."""
    binds = "" if quantity.comparator in (Comparator.EQUAL, Comparator.RANGE) else phrase(quantity.comparator)
    name = f"{quantity.indicator}：" if quantity.indicator else ""
    return f"{name}{binds}{quantity.span.text}"


def deadline_words(standing: Standing) -> str:
    """The deadline as printed and its last day."""
    deadline = standing.deadline
    if deadline is None:
        return phrase(ScheduleCode.NO_DEADLINE)
    return f"{deadline.text}\n{deadline.end.isoformat()}" if deadline.end else deadline.text
