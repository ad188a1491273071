"""The language of replies, plans and news through the pipeline: every pattern and every ruling, in other words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from corpus.lines import join_wrapped
from extractors.pipeline import extract
from models.commitments import Commitment
from models.documents import Document, Span
from models.extraction import Extraction
from models.quantities import Quantity

CASES = Path(__file__).resolve().parent.parent / "cases"
LETTER_DAY = date(2024, 5, 20)

PATTERNS = {f"p{number:02}" for number in range(1, 46)}
SECTIONS = {"promise", "declined", "strength", "deadline", "counts", "meaning", "identity", "requests"}

Case = dict[str, Any]


class Frame(NamedTuple):
    """A letter around the sentence: its bureau, what stands above the text, and the parts it may stand in."""

    bureau: str
    opening: str
    planned: str
    done: str
    asked: str


FRAMES = tuple(Frame(**frame) for frame in yaml.safe_load((CASES / "letter_frames.yaml").read_text(encoding="utf-8")))
POINT = "关于完善配套设施的建议"
HEADS = {
    "plan": "梅岭市公共服务提升行动方案\n",
    "regulation": "青石县公共服务管理办法\n",
    "progress_report": "云岭县重点工作进展情况报告\n",
    "news": "云岭县加快补齐公共服务短板\n",
    "proposal": "关于提升公共服务水平的提案\n提案人：沈知秋\n近年来，群众对公共服务的需求不断增长，供给仍有短板。\n",
    "suggestion": "关于提升公共服务水平的建议\n领衔代表：罗青\n近年来，群众对公共服务的需求不断增长，供给仍有短板。\n",
}


class Finding(NamedTuple):
    """One field that isn't as expected."""

    field: str
    want: object
    got: object


def frames_of(case: Case) -> tuple[Frame, ...]:
    """The letters that a case must be read alike in; documents of its own, plans and news have one form alone."""
    return FRAMES if "zone" in case and case.get("kind", "reply") == "reply" else FRAMES[:1]


def written(case: Case, frame: Frame) -> str:
    """The whole document of a case; lines that were wrapped are joined, as the readers of files do."""
    return join_wrapped(_framed(case, frame)) if case.get("wrapped") else _framed(case, frame)


def _framed(case: Case, frame: Frame) -> str:
    if "document" in case:
        return str(case["document"])
    day = case.get("dated", LETTER_DAY)
    signed = f"{day.year}年{day.month}月{day.day}日\n" if day else ""
    if (kind := case.get("kind", "reply")) != "reply":
        return f"{HEADS[kind]}{case['text']}\n{signed}"
    zone = case["zone"]
    opening = frame.opening if day else re.sub(r"^.*〔\d{4}〕.*\n", "", frame.opening)
    before = {"planned": frame.planned, "done": frame.done, "closing": "有关设施的普查已经完成。\n"}.get(zone, "")
    if zone == "asked":
        point = case.get("point", POINT)
        before = frame.asked.format(point=point, topic=re.sub("^关于|的?(?:建议|问题)$", "", point))
    return f"{opening}{before}{case['text']}\n{frame.bureau}\n{signed}（联系人：何某，联系电话：0999-6000000）\n"


def findings(case: Case, frame: Frame) -> list[Finding]:
    """What the pipeline reads otherwise than the case expects in that letter; none is right."""
    text = written(case, frame)
    read = extract(Document(name=case["id"], form="txt", text=text))
    start = text.index(case["text"][:8])
    part = Span(start, start + len(case["text"]), case["text"])
    found = [*_of_units(case, read, part), *_of_promises(case, frame, read, part), *_of_requests(case, read)]
    if "quantities" in case or "all_quantities" in case:
        found += _of_quantities(case, read, part)
    return [*found, *_of_identity(case, read)]


def _of_units(case: Case, read: Extraction, part: Span) -> Iterator[Finding]:
    if "units" not in case:
        return
    promised = {item.span.start: item for item in read.commitments}
    refused = {item.span.start for item in read.declined}
    inside = [unit.span for unit in read.units if part.start <= unit.span.start < part.end]
    got = [_label(promised.get(span.start), span.start in refused) for span in inside]
    wanted = case["units"].split()
    if len(wanted) != len(got):
        if "*" not in wanted[0]:
            yield Finding("units", " ".join(wanted), " ".join(got))
        return
    for want, label, span in zip(wanted, got, inside, strict=True):
        yield from (item._replace(want=f"{item.want}: {span.text}") for item in _of_label(want, label))


def _label(promise: Commitment | None, refused: bool) -> str:
    if promise is None:
        return "D" if refused else "N"
    if promise.deadline is None:
        return f"C.{promise.strength.value}"
    return f"C.{promise.strength.value}<{promise.deadline.end or '?'}"


def _of_label(want: str, got: str) -> Iterator[Finding]:
    choices = want.replace("X", "N").split("|")
    if "*" in choices:
        return
    if got[0] not in {choice[0] for choice in choices}:
        yield Finding("label", want, got)
        return
    if got[0] != "C":
        return
    strength, _, day = got.partition("<")
    asked = {choice.partition("<")[0]: choice.partition("<")[2] for choice in choices}
    if strength not in asked:
        yield Finding("strength", want, got)
    if asked.get(strength, next(iter(asked.values()))) not in ("*", day):
        yield Finding("deadline", want, got)


def _of_promises(case: Case, frame: Frame, read: Extraction, part: Span) -> Iterator[Finding]:
    inside = [item for item in read.commitments if part.start <= item.span.start < part.end]
    if "instruments" in case:
        got = {_norm(title) for item in inside for title in item.instruments}
        if got != set(map(_norm, case["instruments"])):
            yield Finding("instruments", case["instruments"], sorted(got))
    if "responsible" in case:
        names = [name for item in inside for name in item.responsible]
        wanted = [name.format(bureau=frame.bureau) for name in case["responsible"]]
        if not all(any(_one_name(want, name) for name in names) for want in wanted):
            yield Finding("responsible", wanted, names)
    if "condition" in case:
        conditions = [item.condition for item in inside if item.condition]
        if not _held(case["condition"], conditions):
            yield Finding("condition", case["condition"], conditions)
    if case.get("section") and not any(case["section"] in "".join(item.section) for item in inside):
        yield Finding("section", case["section"], [item.section for item in inside])
    if "deadline" in case and case["deadline"] not in [item.deadline.text for item in inside if item.deadline]:
        yield Finding("deadline.text", case["deadline"], [item.deadline for item in inside])


def _held(want: str | None, got: list[str]) -> bool:
    if want is None:
        return not got
    return any(want in found or found in want for found in got)


def _of_requests(case: Case, read: Extraction) -> Iterator[Finding]:
    if "requests" not in case:
        return
    got = [item.span.text for item in read.requests]
    missed = [ask for ask in case["requests"] if not any(_same_ask(ask, found) for found in got)]
    extra = [found for found in got if not any(_same_ask(ask, found) for ask in case["requests"])]
    if missed or (extra and "document" not in case):
        yield Finding("requests", case["requests"], got)


def _of_quantities(case: Case, read: Extraction, part: Span) -> list[Finding]:
    whole = "all_quantities" in case
    inside = [item for item in read.quantities if whole or part.start <= item.span.start < part.end]
    free, found, paired = list(inside), [], dict[str, Quantity]()
    for row in case["all_quantities" if whole else "quantities"]:
        want = [*row, *[None] * (8 - len(row))]
        match = next((item for item in free if _same_number(want, item)), None)
        if match is None:
            found.append(Finding("quantity.missed", want[:4], [item.span.text for item in inside]))
            continue
        free.remove(match)
        paired[str(want[0])] = match
        found += _of_one_quantity(want, match)
    extra = [item.span.text for item in free if item.span.text not in case.get("optional", ())]
    if extra:
        found.append(Finding("quantity.extra", "", extra))
    for child, total in case.get("part_of", {}).items():
        parent = paired[child].part_of if child in paired else None
        if (read.quantities[parent].span.text if parent is not None else None) != total:
            found.append(Finding("quantity.part_of", f"{child}: {total}", parent))
    return found


def _same_number(want: list[Any], got: Quantity) -> bool:
    low, high = want[1] if isinstance(want[1], list) else (want[1], None)
    return _close(low, got.value) and (high is None or _close(high, got.upper)) and _same_unit(want[2], got.unit)


def _close(want: float, got: Any) -> bool:
    return got is not None and abs(float(got) - want) <= 2e-3 * max(abs(want), 1e-9)


def _same_unit(want: str | list[str] | None, got: str | None) -> bool:
    wanted, unit = (want if isinstance(want, list) else [want or ""]), _norm(got or "")
    return want is None or any(one in unit or (unit or "-") in one for one in map(_norm, wanted))


def _of_one_quantity(want: list[Any], got: Quantity) -> Iterator[Finding]:
    text, _, _, comparator, basis, role, names, deadline = want
    fields = (
        ("text", text, got.span.text),
        ("comparator", comparator, got.comparator.value),
        ("role", role, got.role.value),
        ("deadline", deadline, got.deadline or "none"),
    )
    for field, wanted, value in fields:
        if wanted is not None and value not in (wanted if isinstance(wanted, list) else [wanted]):
            yield Finding(f"quantity.{field}", f"{text}: {wanted}", value)
    bases = basis if isinstance(basis, list) else [basis]
    if basis is not None and not any((one == "increase") == (got.basis.value == "increase") for one in bases):
        yield Finding("quantity.basis", f"{text}: {basis}", got.basis.value)
    labels = names if isinstance(names, list) else [names]
    if names is not None and max(_likeness(name, got.indicator or "") for name in labels) < 0.4:
        yield Finding("quantity.indicator", f"{text}: {labels[0]}", got.indicator)


def _of_identity(case: Case, read: Extraction) -> Iterator[Finding]:
    for field, want in case.get("identity", {}).items():
        got = getattr(read.identity, field)
        if not any(
            _same_field(field, one, got) for one in (want if isinstance(want, list) and field == "region" else [want])
        ):
            yield Finding(f"identity.{field}", want, got)


def _same_field(field: str, want: Any, got: Any) -> bool:
    if field in ("co_units", "proposers"):
        return {_norm(name) for name in want} == {_norm(name) for name in got}
    if field == "number":
        return [digits.lstrip("0") for digits in re.findall(r"\d+", got or "")] == [
            digits.lstrip("0") for digits in re.findall(r"\d+", want)
        ]
    if field in ("lead_unit", "region") and want and got:
        return _one_name(want, got)
    return bool(want == got) or (isinstance(want, str) and _norm(want) == _norm(got or ""))


def _one_name(one: str, other: str) -> bool:
    """市教育局 and 江门市教育局 name one unit."""
    short, long = sorted((_norm(one), _norm(other)), key=len)
    return len(short) >= 2 and long.endswith(short)


def _same_ask(one: str, other: str) -> bool:
    short, long = sorted((_norm(one), _norm(other)), key=len)
    return short == long or _likeness(one, other) >= 0.6 or (len(short) >= 5 and short in long)


@lru_cache(maxsize=4_096)
def _norm(text: str) -> str:
    return re.sub(r"[\s,。.;:!?、“”\"'()《》【】—\-–·~]+", "", unicodedata.normalize("NFKC", text)).lower()


def _likeness(one: str, other: str) -> float:
    """Agreement of two names: F1 of their pairs of characters, 1.0 for equal ones."""
    first, second = _norm(one), _norm(other)
    if first == second:
        return 1.0
    pairs = [Counter(name[at : at + 2] for at in range(max(1, len(name) - 1))) for name in (first, second)]
    return 2 * sum((pairs[0] & pairs[1]).values()) / (sum(map(Counter.total, pairs)) or 1)


def cases(name: str) -> list[Case]:
    """The rows of one table."""
    table: list[Case] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return table


def _params(name: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=False)] if "xfail" in case else [],
        )
        for case in cases(name)
    ]


@pytest.mark.parametrize("case", _params("patterns"))
def test_a_pattern_of_the_language_is_read_as_a_clerk_would(case: Case) -> None:
    """Each pattern on several topics, with a near-miss."""
    for frame in frames_of(case):
        assert not findings(case, frame), f"{case['reason']}: {written(case, frame)}"


@pytest.mark.parametrize("case", _params("borderline"))
def test_a_borderline_ruling_holds_for_other_topics(case: Case) -> None:
    """Each ruling on other topics than its own."""
    for frame in frames_of(case):
        assert not findings(case, frame), f"{case['reason']}: {written(case, frame)}"


@pytest.mark.parametrize("case", _params("letter_shapes"))
def test_a_document_of_another_shape_is_read_as_the_letter_it_holds(case: Case) -> None:
    """Forms that print the proposal above the answer, pages without line breaks; each beside what only looks so."""
    whole = {"zone": "plain", "document": case["text"], **case}
    assert not findings(whole, FRAMES[0]), case["reason"]


def test_every_pattern_and_every_section_of_rulings_has_its_cases() -> None:
    """Four at least for a pattern, two for a ruling."""
    by_pattern = Counter(case["pattern"] for case in cases("patterns"))
    assert set(by_pattern) == PATTERNS
    assert min(by_pattern.values()) >= 4
    by_row = Counter(case["row"] for case in cases("borderline"))
    assert {row.split()[0] for row in by_row} == SECTIONS
    assert min(by_row.values()) >= 2
