"""Identity as a whole: each field from the part of the letter that says it."""

from __future__ import annotations

from extractors.identity.cohandlers import co_handlers
from extractors.identity.dating import date_of, year_hint
from extractors.identity.kinds import advises_the_lead, body_of, kind_of
from extractors.identity.layout import Letter, lay_out
from extractors.identity.numbers import document_number, item_numbers, sitting
from extractors.identity.offices import issuing_units
from extractors.identity.outcome import contacts, openness, result_class
from extractors.identity.people import proposers_of
from extractors.identity.regions import region_of
from extractors.identity.subject import subject_of
from extractors.identity.title import title_of
from models.documents import Document, Identity, Kind, Unit

_ITEMS = frozenset({Kind.SUGGESTION, Kind.PROPOSAL, Kind.REPLY})
_ISSUED = frozenset({Kind.REPLY, Kind.PLAN, Kind.REGULATION, Kind.PROGRESS_REPORT})


def identify(document: Document, folded: str, units: tuple[Unit, ...] = ()) -> Identity:
    """Who says what to whom, from the head and foot of a document of any kind. What the text doesn't say is None.

    `folded` is the text folded to half width and simplified script; answers are quoted from the text as read.
    """
    letter = lay_out(document.text, folded)
    title = title_of(letter)
    kind = kind_of(letter, title)
    co_reply = advises_the_lead(letter, title, kind)
    issuing = issuing_units(letter, title)
    doc_number = document_number(letter) if kind in _ISSUED else None
    region = region_of(letter, title, issuing, doc_number, kind)
    congress, session = sitting(letter, title) if kind in _ITEMS else (None, None)
    day = date_of(letter, kind) or (document.published if kind is Kind.NEWS else None)
    return Identity(
        kind=kind,
        addressed_to=body_of(letter, title, kind),
        number=item_numbers(letter, title, kind) if kind in _ITEMS or kind is Kind.PROGRESS_REPORT else None,
        congress=congress,
        session=session,
        subject=subject_of(letter, title, kind),
        proposers=proposers_of(letter, kind, co_reply),
        lead_unit=issuing[0] if issuing and kind in _ISSUED else None,
        co_units=_partners(letter, kind, co_reply, issuing),
        region=region.name if region else None,
        region_code=region.adcode if region else None,
        date=day,
        year_hint=None if day else year_hint(letter, document, doc_number),
        result_class=result_class(letter, title, kind),
        doc_number=doc_number,
        title=title.raw or document.title,
        co_reply=co_reply,
        openness=openness(letter),
        contacts=contacts(letter),
    )


def _partners(letter: Letter, kind: Kind, co_reply: bool, issuing: tuple[str, ...]) -> tuple[str, ...]:
    """Co-issuing bodies of any paper; of a reply also those whose views it brings together."""
    if kind not in _ISSUED:
        return ()
    named = co_handlers(letter) if kind is Kind.REPLY and not co_reply else ()
    return tuple(
        dict.fromkeys((*issuing[1:], *(name for name in named if not issuing or not issuing[0].endswith(name))))
    )
