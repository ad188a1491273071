"""What a letter is about, as two letters are compared by it: whose item, number, session, titles, place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import fsum

from extractors.headings import union
from extractors.tracking.wording import pairs_of, telling
from models.documents import Body, Identity, Kind, UnitRole
from models.evidence import Paper
from models.places import contains
from models.text import fold

ITEM_KINDS = frozenset({Kind.SUGGESTION, Kind.PROPOSAL})
LETTER_KINDS = ITEM_KINDS | {Kind.REPLY}
LIKE_TITLE, UNLIKE_TITLE = 0.7, 0.3  # a reply shortens a title, and now and then puts a word of its own into it

_CODE = re.compile(r"(?P<letter>[A-Za-z]?)(?P<digits>\d[\d-]*)")
_YEAR_FORM = re.compile(r"(?P<year>(?:19|20)\d\d)0*(?P<number>[1-9]\d{0,4})$")
_PAPER_NUMBER = re.compile(
    r"(?P<series>[\u4e00-\u9fff]{2,12})[(〔\[【](?P<year>20\d\d)年?[)〕\]】]第?(?P<number>\d{1,5})号"
)
_ABOUT = re.compile("^[^,。]{0,8}?(?:《|关于)+|^(?:对于?|有关)")  # 案由:关于…
_CALLED = re.compile("(?:的?(?:建议|提案|议案|意见))?(?:的?(?:答复|回复|复函|函))?》?$")
_MARKS = re.compile(r"[^\w]+")
_OPENING_LETTERS = 500


@dataclass(frozen=True, slots=True)
class Item:
    """The item that a letter is, or speaks to. `numbers` without leading zeros; `titles` bare (关于…的建议 cut off)."""

    body: Body | None
    numbers: tuple[str, ...]
    congress: int | None
    session: int | None
    titles: tuple[str, ...]
    place: str | None
    place_code: str | None
    proposers: frozenset[str]
    unit: str | None
    day: date | None
    year: int | None
    paper: str | None
    again: bool
    cited: frozenset[str]


@lru_cache(maxsize=1024)
def _item(identity: Identity, opening: str) -> Item:
    again = identity.kind is Kind.REPLY and bool(union("letters_again", "again").search(opening))
    return Item(
        body=_body(identity),
        numbers=tuple(dict.fromkeys(plain_number(code) for code in codes_in(identity.number or ""))),
        congress=identity.congress,
        session=identity.session,
        titles=tuple(bare for each in (identity.subject or "").split("；") if (bare := bare_subject(each))),
        place=identity.region,
        place_code=identity.region_code,
        proposers=frozenset(identity.proposers),
        unit=identity.lead_unit,
        day=identity.date,
        year=identity.date.year if identity.date else identity.year_hint,
        paper=next(iter(paper_numbers(identity.doc_number or "")), None),
        again=again,
        cited=frozenset(paper_numbers(opening)) if again else frozenset(),
    )


def item_of(paper: Paper) -> Item:
    """What the letter is about."""
    return _item(paper.extraction.identity, _opening(paper))


def _opening(paper: Paper) -> str:
    """The folded words by which a reply presents itself: its titles and its first sentences."""
    if paper.extraction.identity.kind is not Kind.REPLY:
        return ""
    shown, left = [], _OPENING_LETTERS
    for unit in paper.extraction.units[:24]:
        if left <= 0 or unit.role is UnitRole.HEADING:
            break
        shown.append(fold(unit.span.text))
        left -= len(unit.span.text) if unit.role is not UnitRole.TITLE else 0
    return "\n".join(shown)


def _body(identity: Identity) -> Body | None:
    if identity.kind is Kind.SUGGESTION:
        return Body.NPC
    return Body.CPPCC if identity.kind is Kind.PROPOSAL else identity.addressed_to


def codes_in(number: str) -> tuple[str, ...]:
    """The single numbers of a joint reply: "12、047" -> ("12", "047")."""
    return tuple(found[0] for found in _CODE.finditer(fold(number)))


def plain_number(code: str) -> str:
    """A number without its leading zeros and its letter.

    >>> plain_number("0024"), plain_number("A012"), plain_number("2024-007")
    ('24', '12', '2024-7')
    """
    found = _CODE.fullmatch(code)
    digits = found["digits"] if found else code
    return "-".join(part.lstrip("0") or "0" for part in digits.split("-"))


def short_number(number: str) -> str:
    """A number without the year that some offices put before it: 20240057 -> 57."""
    found = _YEAR_FORM.match(number) if len(number) >= 7 else None
    return found["number"] if found else number


def same_number(one: str, other: str) -> bool:
    """Whether two plain numbers name one item; a year before it may be left out, but not be another."""
    if one == other:
        return True
    short, other_short = short_number(one), short_number(other)
    return short == other_short and (short == one or other_short == other)


def bare_subject(title: str) -> str:
    """A title's own words, folded: 《关于增设公厕的建议》 -> 增设公厕."""
    bare = _MARKS.sub("", _ABOUT.sub("", fold(title).replace(" ", "")))
    return _CALLED.sub("", bare) or bare


def paper_numbers(folded: str) -> tuple[str, ...]:
    """The 文号 in some words, however they are bracketed: 青水函[2024]7号 -> 青水函2024-7."""
    return tuple(
        f"{found['series']}{found['year']}-{int(found['number'])}" for found in _PAPER_NUMBER.finditer(fold(folded))
    )


def same_paper(own: str, cited: str) -> bool:
    """Whether a cited 文号 is this paper's; words may run into its front: 我局以青水函2025-7."""
    return cited.endswith(own)


def title_likeness(one: Item, other: Item) -> float | None:
    """How much of the shorter title the other one has, the closest two; None where a letter names no title."""
    found = [_likeness(mine, theirs) for mine in one.titles for theirs in other.titles]
    return max(found, default=None)


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    mine, theirs = pairs_of(one), pairs_of(other)
    weight = min(fsum(map(telling, mine)), fsum(map(telling, theirs)))
    return min(0.99, fsum(map(telling, mine & theirs)) / weight) if weight else 0.0


def same_place(reply: Item, item: Item) -> bool | None:
    """Whether the reply's government is the item's, or lies in it; None where that can't be told."""
    if reply.place_code and item.place_code:
        if not contains(item.place_code, reply.place_code):
            return False
        towns = all(_TOWN.search(each.place or "") for each in (reply, item))
        return not towns or reply.place == item.place
    if reply.place and item.place:
        short, long = sorted((reply.place, item.place), key=len)
        return True if long.endswith(short) else None if reply.place_code or item.place_code else False
    return None


_TOWN = re.compile("(?:街道|[镇乡])$")
