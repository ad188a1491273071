"""Prints the annotated documents: `python -m corpus.gold.make` writes NAME.txt, NAME.gold.json and manifest.yaml.

Text and annotation are written together, unit by unit, in sources/NAME.ann, so that they can't disagree:

    split: dev                          (head: split, topic, level, document: the identity)
    ---
    X|一、关于路灯。                         label|unit, a line of its own
    C+ firm 年底前=2024-12-31 《细则》|…      `+`: goes on in the same line; strength, deadline, promised titles
    q 30盏 =It 新装路灯/路灯 @2024-12-31      a quantity of the unit above: comparator, basis (LIS), role (tas),
                                            indicator, deadline; v= up= u= where the words need reading, opt: not scored
    r 新装路灯                               a request that the unit above names (`R|`: the unit itself)
    =                                       an empty line

A deadline `今年=?` is unknown, one with `~=` not scored, `^年内=…` is said by the head or lead-in above the unit.
Several letters or values are alternatives. Labels C D N X are for replies, `.` for the units of other documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
BASES = {"L": "level", "I": "increase", "S": "share"}
ROLES = {"t": "target", "a": "actual", "s": "standard"}
SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "": 1}
IDENTITY = (
    "kind", "addressed_to", "number", "congress", "session", "subject", "proposers", "lead_unit", "co_units", "region",
    "date", "result_class", "doc_number",
)  # fmt: skip
_QUANTITY = re.compile(r"^q (\S+) ((?:>=|<=|[=~r])+)([LIS]+)([tas]+) (\S+)((?: \S+)*)$")
_DEADLINE = re.compile(r"^(\^?)(\S+?)(~?)=(\?|\d{4}-\d\d-\d\d)$")
_NUMBER = re.compile(r"^([\d.,]+)(?:至|到|—|-|～)?([\d.,]*)[余多来]?([万亿千]?)[余多来]?(.*)$")


def build(source: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The text, the gold record, and the head (split, topic, level) of one annotated source."""
    head_text, body = source.split("\n---\n", 1)
    head = yaml.safe_load(head_text)
    document = {name: _plain(head["document"].get(name)) for name in IDENTITY}
    document |= {"proposers": document["proposers"] or [], "co_units": document["co_units"] or []}
    if head["document"].get("co_reply"):
        document["co_reply"] = True
    gold: dict[str, Any] = {"document": document, "units": [], "quantities": [], "requests": []}
    if "year_note" in head:
        gold["year_note"] = head["year_note"]
    text = "".join(_read(body, gold)).lstrip("\n") + "\n"
    if document["kind"] != "reply":
        del gold["units"]
    return text, gold, {key: head[key] for key in ("split", "topic", "level")}


def write_all(folder: Path = HERE) -> int:
    """Writes every document below `folder`; the number of them."""
    manifest = {}
    for path in sorted((HERE / "sources").glob("*.ann")):
        text, gold, head = build(path.read_text(encoding="utf-8"))
        (folder / f"{path.stem}.txt").write_text(text, encoding="utf-8")
        record = json.dumps(gold, ensure_ascii=False, indent=1)
        (folder / f"{path.stem}.gold.json").write_text(record + "\n", encoding="utf-8")
        manifest[path.stem] = {**head, "kind": gold["document"]["kind"]}
    listed = yaml.safe_dump({"documents": manifest}, allow_unicode=True, sort_keys=True)
    (folder / "manifest.yaml").write_text(listed, encoding="utf-8")
    return len(manifest)


def _read(body: str, gold: dict[str, Any]) -> Iterator[str]:
    """The pieces of the text; units, quantities and requests go into `gold` on the way."""
    unit = ""
    for line in body.splitlines():
        if line == "=":
            yield "\n"
        elif line.startswith("q "):
            gold["quantities"].append(_quantity(line, unit))
        elif line.startswith("r "):
            gold["requests"].append({"text": line[2:]})
        elif line:
            spec, shown = line.split("|", 1)
            unit = shown.strip()
            label = spec.split(" ")[0]
            gold["units"].append(_unit(label.rstrip("+"), spec.split(" ")[1:], unit))
            if label.startswith("R"):
                gold["requests"].append({"text": unit})
            yield shown if label.endswith("+") else "\n" + shown


def _unit(label: str, spec: list[str], text: str) -> dict[str, Any]:
    if label != "C":
        return {"text": text, "label": label}
    titles = [part.strip("《》") for part in spec[1:] if part.startswith("《")]
    unit = {"text": text, "label": "C", "strength": _one_or_many(spec[0].split("/")), "deadline": None}
    for part in spec[1:]:
        if not part.startswith("《"):
            unit |= _deadline(part, text)
    return {**unit, "instruments": titles}


def _deadline(part: str, unit_text: str) -> dict[str, Any]:
    found = _DEADLINE.match(part)
    if not found or (not found[1] and found[2] not in unit_text):
        raise ValueError(f"not a deadline of this unit: {part}: {unit_text}")
    deadline = {"deadline": {"text": found[2], "end": None if found[4] == "?" else found[4]}}
    return {**deadline, "deadline_optional": True} if found[3] else deadline


def _quantity(line: str, unit_text: str) -> dict[str, Any]:
    found = _QUANTITY.match(line)
    if not found:
        raise ValueError(f"not a quantity: {line}")
    text, comparators, bases, roles, indicators, rest = found.groups()
    options = rest.split()
    value, upper, unit = _value(text, dict(part.split("=", 1) for part in options if "=" in part))
    deadline = next((part[1:] for part in options if part.startswith("@")), "none")
    quantity = {
        "text": text,
        "value": value,
        "upper": upper,
        "unit": unit,
        "comparator": _one_or_many([{"r": "range"}.get(c, c) for c in re.findall(r">=|<=|[=~r]", comparators)]),
        "basis": _one_or_many([BASES[basis] for basis in bases]),
        "role": _one_or_many([ROLES[role] for role in roles]),
        "indicator": _one_or_many(indicators.split("/")),
        "deadline": _one_or_many([None if day == "none" else day for day in deadline.split(",")]),
        "unit_text": unit_text,
    }
    return {**quantity, "optional": True} if "opt" in options else quantity


def _value(text: str, given: dict[str, str]) -> tuple[Any, Any, str | None]:
    """Value, upper end and unit: as given (v= up= u=), else read from plain digits with 万 or 亿."""
    if "v" in given:
        return _number(given["v"]), _number(given["up"]) if "up" in given else None, given.get("u") or _unit_word(text)
    found = _NUMBER.match(text)
    if not found:
        raise ValueError(f"say the value of {text}: v=… u=…")
    low, high, scale, unit = found.groups()
    upper = _number(high, SCALES[scale]) if high else None
    return _number(low, SCALES[scale]), upper, given.get("u", unit) or None


def _number(digits: str, scale: int = 1) -> int | float:
    exact = Decimal(digits.replace(",", "")) * scale
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _unit_word(text: str) -> str | None:
    """The unit behind a plain range such as 7到10个百分点, where the value was given by hand."""
    found = _NUMBER.match(text)
    return found[4] if found else None


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _plain(value: Any) -> Any:
    """YAML's dates as strings."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


if __name__ == "__main__":
    write_all()
