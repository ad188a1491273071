"""From a document to its records: the page to read first.

text -> units -> identity -> (measures -> quantities), (commitments, declined), requests -> how sure each of them is
"""

from __future__ import annotations

from extractors.commitments import find_promises
from extractors.figures.scene import SecondReader
from extractors.identity import identify
from extractors.learned.classify import RoleReader, weigh
from extractors.numbering import part_items
from extractors.numbers.dates import Anchor
from extractors.numbers.quantities import find_measures
from extractors.requests import find_requests
from extractors.sections import divide
from extractors.targets import read_quantities
from models.commitments import Commitment, Declined
from models.documents import Document, Identity, Kind, Unit
from models.extraction import Extraction
from models.text import fold_once


def extract(document: Document) -> Extraction:
    """All records of one document. Pure: the same text gives the same records, with offsets into `document.text`."""
    folded = part_items(fold_once(document.text))
    return weigh(extract_by_rules(document, folded, RoleReader), folded)


def extract_by_rules(document: Document, folded: str, second: SecondReader | None = None) -> Extraction:
    """What the rules say, each with the confidence that its author gave it; alone, which is where learning starts,
    or with a second reader who tells them of targets that they take for facts."""
    text = document.text
    units = divide(text, folded)
    identity = identify(document, folded, units)
    anchor = anchor_of(identity)
    commitments, declined = _promises(text, folded, units, identity, anchor)
    return Extraction(
        document=document,
        identity=identity,
        units=units,
        commitments=commitments,
        declined=declined,
        requests=find_requests(text, folded, units, identity),
        quantities=read_quantities(
            text, folded, units, identity, anchor, find_measures(folded), [one.span for one in commitments], second
        ),
    )


def anchor_of(identity: Identity) -> Anchor:
    """The day (or, of an undated letter, the year) that 今年, 年底前 and 三年内 count from."""
    year = identity.date.year if identity.date else identity.year_hint
    return Anchor(day=identity.date, year=year)


def _promises(
    text: str, folded: str, units: tuple[Unit, ...], identity: Identity, anchor: Anchor
) -> tuple[tuple[Commitment, ...], tuple[Declined, ...]]:
    """Promises and refusals come from replies alone; plans and news give quantities and evidence."""
    if identity.kind is not Kind.REPLY:
        return (), ()
    return find_promises(text, folded, units, identity, anchor)
