"""Addresses inside: built in one place, so that no filter is ever lost and no link leads out."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

Parameters = list[tuple[str, str]]


def address(path: str, parameters: Iterable[tuple[str, object]] = ()) -> str:
    """A path with its parameters; what is None or empty is left out, several values of one name stay several.

    >>> address("/ledger", [("unit", "水务局"), ("page", None), ("status", ["overdue", "dropped"])])
    '/ledger?unit=%E6%B0%B4%E5%8A%A1%E5%B1%80&status=overdue&status=dropped'
    """
    flat = [(name, text) for name, value in parameters for text in texts(value)]
    return quote(path, safe="/:@!$&'()*+,;=-._~") + (f"?{urlencode(flat)}" if flat else "")


def parameters_at(where: str) -> Parameters:
    """The parameters of an address that came in a form. Anything may stand there; what can't be kept is left out.

    >>> parameters_at("/ledger?unit=%E6%B0%B4%00&status=overdue&page=#r7")
    [('unit', '水'), ('status', 'overdue')]
    """
    query = where.partition("#")[0].partition("?")[2]
    return [(name, value.replace("\0", "")) for name, value in parse_qsl(query)]


def texts(value: object) -> list[str]:
    """The values of a parameter as an address has them."""
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return [text for one in value for text in texts(one)]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(value)]


def changed(present: Parameters, changes: dict[str, object]) -> Parameters:
    """The parameters with some of them other: in their old places, new ones at the end.

    >>> changed([("unit", "a"), ("page", "3")], {"page": None, "sort": "name"})
    [('unit', 'a'), ('sort', 'name')]
    """
    left = dict(changes)
    found: Parameters = []
    for name, value in present:
        if name not in changes:
            found.append((name, value))
        elif name in left:
            found += [(name, text) for text in texts(left.pop(name))]
    return found + [(name, text) for name, value in left.items() for text in texts(value)]


def shallow(where: str) -> str:
    """An address that leads back to another, without what that one leads back to: each step would double its length.

    >>> shallow("/commitments/7?back=/ledger%3Fpage%3D2%26back%3D%252Fsearch")
    '/commitments/7?back=%2Fledger%3Fpage%3D2'
    """
    path, _, query = where.partition("?")
    given = parse_qsl(query)
    return address(path, [(name, _without_back(value) if name == "back" else value) for name, value in given])


def _without_back(where: str) -> str:
    if "back=" not in where:
        return where
    parts = urlsplit(where)
    left = [(name, value) for name, value in parse_qsl(parts.query) if name != "back"]
    return address(parts.path, left) + (f"#{parts.fragment}" if parts.fragment else "")


def inside(wanted: str | None) -> str | None:
    """The address, if it is one of ours; None of anything that could lead out.

    >>> inside("/ledger?page=2#r7"), inside("//evil.example/"), inside("https://evil.example")
    ('/ledger?page=2#r7', None, None)
    """
    if not wanted or not wanted.startswith("/") or len(wanted) > 4_000:
        return None
    if wanted.startswith("//") or "\\" in wanted or not wanted.isprintable() or " " in wanted:
        return None
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else None
