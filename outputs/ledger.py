"""The ledger (台账) as one value: what the terminal, the workbook, the plain table and the exchange format all show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.documents import Body, Identity, Kind
from models.evidence import Schedule, ScheduleCode, Status
from models.quantities import Comparator, Quantity
from outputs.phrases import phrase

if TYPE_CHECKING:
    from models.queries import CommitmentRow, DeclinedRow, DocumentRow, FailureRow, ListedDocument, QuantityRow


@dataclass(frozen=True, slots=True)
class Standing:
    """One promise, the numbers in its sentence, and how it stands on the ledger's day."""

    row: CommitmentRow
    quantities: tuple[Quantity, ...]
    status: Status | None
    schedule: Schedule

    @property
    def days_overdue(self) -> int | None:
        """Days since the last day went by, of a promise that is overdue; None of any other."""
        return self.schedule.days if self.status is Status.OVERDUE else None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is shown, as it stands on `as_of`."""

    as_of: date
    standings: tuple[Standing, ...]
    targets: tuple[QuantityRow, ...]
    declined: tuple[DeclinedRow, ...]
    documents: tuple[ListedDocument, ...]
    failures: tuple[FailureRow, ...]


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
    deadline = standing.row.commitment.deadline
    if deadline is None:
        return phrase(ScheduleCode.NO_DEADLINE)
    return f"{deadline.text}\n{deadline.end.isoformat()}" if deadline.end else deadline.text
