"""Annotated documents as records, and what is wrong with an annotation.

Where an annotation accepts several values, the field is a tuple of them; one of them is enough.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from models.commitments import Strength
from models.documents import Kind
from models.quantities import Basis, Comparator, Role

GOLD = Path(__file__).parent


class Split(StrEnum):
    """What a document is for: learn from train, tune on dev, measure on held-out ones, whose errors nobody reads."""

    TRAIN = "train"
    DEV = "dev"
    HELDOUT = "heldout"


class Label(StrEnum):
    """What a unit of a reply is: C commitment, D declined, N fact or courtesy, X heading (not scored)."""

    COMMITMENT = "C"
    DECLINED = "D"
    NONE = "N"
    UNSCORED = "X"


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """One unit of a reply; `deadline` None: it has none, (None,): it has one whose day can't be known."""

    text: str
    label: Label
    strength: tuple[str, ...] = ()
    deadline: tuple[date | None, ...] | None = None
    deadline_scored: bool = True
    instruments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """One number with a meaning; `optional`: finding it is neither right nor wrong."""

    text: str
    value: Decimal
    upper: Decimal | None
    unit: str | None
    comparator: tuple[str, ...]
    basis: tuple[str, ...]
    role: tuple[str, ...]
    indicator: tuple[str, ...]
    deadline: tuple[date | None, ...]
    unit_text: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated document; `identity` maps each field to the values that are right."""

    name: str
    split: Split | None
    text: str
    identity: dict[str, tuple[Any, ...]]
    proposers: tuple[str, ...]
    co_units: tuple[str, ...]
    units: tuple[GoldUnit, ...]
    quantities: tuple[GoldQuantity, ...]
    requests: tuple[str, ...]


def read_gold(folder: Path = GOLD, split: Split | None = None) -> tuple[GoldDocument, ...]:
    """All annotated documents of a folder (NAME.txt beside NAME.gold.json), or those of one split.

    Splits are in the manifest beside the documents; one that isn't listed there has none.
    """
    files = sorted(folder.rglob("*.gold.json"))
    manifests = {place: _listed(place / "manifest.yaml") for place in {path.parent for path in files}}
    found = [_document(path, manifests[path.parent]) for path in files]
    return tuple(document for document in found if split is None or document.split is split)


def problems_of(gold: GoldDocument) -> list[str]:
    """What is wrong with an annotation: units that aren't the text, quotations that stand nowhere, unknown words."""
    problems = []
    body = _squeeze(gold.text)
    if gold.units and "".join(_squeeze(unit.text) for unit in gold.units) != body:
        problems.append("the units together are not the text")
    if gold.identity["kind"][0] not in set(Kind):
        problems.append(f"unknown kind {gold.identity['kind']}")
    for unit in gold.units:
        problems += _problems_of_unit(unit)
    for quantity in gold.quantities:
        problems += _problems_of_quantity(quantity, gold)
    if gold.identity["kind"][0] in (Kind.SUGGESTION, Kind.PROPOSAL):
        problems += [f"no such words: {ask}" for ask in gold.requests if _squeeze(ask) not in body]
    return problems


def units_of(text: str) -> list[str]:
    """The units of a text: what stands between 。！？； or line breaks, with its closing mark."""
    pieces = re.findall(r"[^。！？；!?;\n]*[。！？；!?;\n]|[^。！？；!?;\n]+$", text)
    return [piece.strip() for piece in pieces if piece.strip()]


def _problems_of_unit(unit: GoldUnit) -> list[str]:
    problems = []
    if len(units_of(unit.text)) != 1:
        problems.append(f"more than one unit: {unit.text}")
    if (unit.label is Label.COMMITMENT) != bool(unit.strength):
        problems.append(f"strength and label disagree: {unit.text}")
    problems += [f"unknown strength {word}: {unit.text}" for word in unit.strength if word not in set(Strength)]
    problems += [f"no such title {title}: {unit.text}" for title in unit.instruments if title not in unit.text]
    return problems


def _problems_of_quantity(quantity: GoldQuantity, gold: GoldDocument) -> list[str]:
    problems = []
    if quantity.text not in quantity.unit_text or _squeeze(quantity.unit_text) not in _squeeze(gold.text):
        problems.append(f"{quantity.text} stands not in its unit, or the unit not in the text")
    if gold.units and not any(quantity.unit_text == unit.text for unit in gold.units):
        problems.append(f"{quantity.text}: no such unit: {quantity.unit_text}")
    for words, known in ((quantity.comparator, Comparator), (quantity.basis, Basis), (quantity.role, Role)):
        problems += [f"{quantity.text}: unknown word {word}" for word in words if word not in set(known)]
    if (quantity.upper is not None) != (quantity.comparator[0] == Comparator.RANGE):
        problems.append(f"{quantity.text}: a range has an upper end, nothing else has")
    return problems


def _listed(manifest: Path) -> dict[str, Any]:
    """What a manifest says of each document; nothing where there is no manifest."""
    if not manifest.exists():
        return {}
    documents: dict[str, Any] = yaml.safe_load(manifest.read_text(encoding="utf-8"))["documents"]
    return documents


def _document(path: Path, listed: dict[str, Any]) -> GoldDocument:
    name = path.name.removesuffix(".gold.json")
    record = json.loads(path.read_text(encoding="utf-8"))
    facts = record["document"]
    identity = {field: _accepted(facts[field]) for field in facts if field not in ("proposers", "co_units")}
    identity.setdefault("co_reply", (False,))
    return GoldDocument(
        name=name,
        split=Split(listed[name]["split"]) if name in listed else None,
        text=path.with_name(f"{name}.txt").read_text(encoding="utf-8"),
        identity=identity,
        proposers=tuple(facts.get("proposers") or ()),
        co_units=tuple(facts.get("co_units") or ()),
        units=tuple(_unit(unit) for unit in record.get("units", [])),
        quantities=tuple(_quantity(quantity) for quantity in record.get("quantities", [])),
        requests=tuple(ask["text"] for ask in record.get("requests", [])),
    )


def _unit(unit: dict[str, Any]) -> GoldUnit:
    deadline = unit.get("deadline")
    return GoldUnit(
        text=unit["text"],
        label=Label(unit["label"]),
        strength=_accepted(unit["strength"]) if unit.get("strength") else (),
        deadline=tuple(map(_day, _accepted(deadline["end"]))) if deadline else None,
        deadline_scored=not unit.get("deadline_optional", False),
        instruments=tuple(unit.get("instruments") or ()),
    )


def _quantity(quantity: dict[str, Any]) -> GoldQuantity:
    upper = quantity.get("upper")
    return GoldQuantity(
        text=quantity["text"],
        value=Decimal(str(quantity["value"])),
        upper=None if upper is None else Decimal(str(upper)),
        unit=quantity.get("unit"),
        comparator=_accepted(quantity["comparator"]),
        basis=_accepted(quantity["basis"]),
        role=_accepted(quantity["role"]),
        indicator=_accepted(quantity["indicator"]),
        deadline=tuple(map(_day, _accepted(quantity.get("deadline")))),
        unit_text=quantity.get("unit_text", ""),
        optional=bool(quantity.get("optional")),
    )


def _accepted(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
