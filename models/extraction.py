"""All that one document says, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from models.commitments import Commitment, Declined, Request
from models.documents import Document, Identity, Unit
from models.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Extraction:
    """The records of one document, in the order of its text."""

    document: Document
    identity: Identity
    units: tuple[Unit, ...]
    commitments: tuple[Commitment, ...]
    declined: tuple[Declined, ...]
    requests: tuple[Request, ...]
    quantities: tuple[Quantity, ...]
