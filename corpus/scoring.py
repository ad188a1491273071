"""Found against gold: how much of an annotated document was found, how much of that is right, and by which rule.

Scores of held-out documents come as totals alone: their errors are never told, so that nobody tunes rules on them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from corpus.gold.records import GoldDocument, GoldQuantity, GoldUnit, Label, Split
from models.commitments import Commitment, Deadline, Declined
from models.documents import Kind, Span
from models.extraction import Extraction
from models.quantities import Basis, Quantity, Role
from models.scores import Bin, Fault, Judged, Mistake, Report, Score

G = TypeVar("G")
F = TypeVar("F")
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\(?\d{1,2}[.、)](?!\d)|[①-⑳▲]"
    r"|[一二三四五六七八九十]{1,2}(?:是|要)(?!否)|第[一二三四五六七八九十][,、]|(?:首先|其次|再次|最后),)"
)
_MARKS = re.compile(r"[\W_]+")
_UNITS = {"平米": "平方米", "㎡": "平方米", "km": "公里", "千米": "公里", "百分点": "个百分点", "人民币": "元"}
_NAMED_LOOSELY = ("lead_unit", "region")  # 市教育局 and 江门市教育局 name one unit
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)  # finer at the end: most of what is found is fairly sure


def compare(pairs: Iterable[tuple[GoldDocument, Extraction]]) -> Report:
    """How well the extractions agree with the gold, over all documents together."""
    tally, documents = _Tally(), 0
    for gold, found in pairs:
        documents += 1
        tally.document = None if gold.split is Split.HELDOUT else gold.name
        _compare_identity(gold, found, tally)
        if gold.identity["kind"][0] == Kind.REPLY:
            _compare_units(gold, found, tally)
        else:
            _compare_requests(gold, found, tally)
        _compare_quantities(gold, found, tally)
    return Report(documents, _scores(tally.counts), _scores(tally.by_rule), tuple(tally.mistakes), tuple(tally.judged))


def reliability(judged: Iterable[Judged]) -> tuple[Bin, ...]:
    """Confidence against what came true, in bins; empty bins are left out.

    >>> [bin.observed for bin in reliability([Judged(0.92, True), Judged(0.94, False), Judged(1.0, True)])]
    [0.5, 1.0]
    """
    found: dict[int, list[Judged]] = {}
    for one in judged:
        found.setdefault(min(bisect_right(_EDGES, one.confidence), len(_EDGES) - 1) - 1, []).append(one)
    return tuple(
        Bin(
            low=_EDGES[at],
            high=_EDGES[at + 1],
            count=len(ones),
            right=sum(one.right for one in ones),
            mean=sum(one.confidence for one in ones) / len(ones),
        )
        for at, ones in sorted(found.items())
    )


@dataclass(slots=True)
class _Tally:
    """Counts of all documents; rules and mistakes only of those whose errors may be looked at."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    document: str | None = None

    def found(self, name: str, outcome: str, text: str, rule: str = "") -> None:
        """Counts a record as hit, extra or missed, and keeps the words of the latter two."""
        self.counts[name, outcome] += 1
        if self.document is None:
            return
        if rule:
            self.by_rule[rule, outcome] += 1
        if outcome != "hit":
            self.mistakes.append(Mistake(self.document, name, Fault(outcome), text, rule=rule))

    def judge(self, record: Commitment | Declined, right: bool) -> None:
        """Notes how sure a promise was and whether it was right, for the reliability."""
        if isinstance(record, Commitment):
            self.judged.append(Judged(record.confidence, right))

    def add(self, name: str, right: bool) -> None:
        """Counts one value; a wrong one is extra and missed, so that precision and recall are one figure."""
        for outcome in ("hit",) if right else ("extra", "missed"):
            self.counts[name, outcome] += 1

    def check(self, name: str, right: bool, want: Any, got: Any, text: str = "", rule: str = "") -> None:
        """Counts one value, and keeps a wrong one beside what was wanted."""
        self.add(name, right)
        if not right and self.document is not None:
            self.mistakes.append(Mistake(self.document, name, Fault.WRONG, text, _told(want), _told(got), rule))


def _told(value: Any) -> str:
    """A value as a person compares it; of several accepted ones, all."""
    if isinstance(value, (tuple, list)):
        return " / ".join(map(_told, value)) or "-"
    if isinstance(value, Deadline):
        return f"{value.end or '?'} ({value.text})"
    return "-" if value is None or value == "" else str(value)


def _scores(counts: Counter[tuple[str, str]]) -> tuple[Score, ...]:
    names = dict.fromkeys(name for name, _ in counts)
    return tuple(Score(n, counts[n, "hit"], counts[n, "extra"], counts[n, "missed"]) for n in sorted(names))


def _compare_identity(gold: GoldDocument, found: Extraction, tally: _Tally) -> None:
    """Each field by itself, and all together as `identity`; only a reply can be one to another unit (co_reply)."""
    for name, accepted in gold.identity.items():
        value = getattr(found.identity, name)
        right = any(_same_field(name, want, value) for want in accepted)
        if name != "co_reply":
            tally.add("identity", right)
        elif gold.identity["kind"][0] != Kind.REPLY:
            continue
        tally.check(f"identity.{name}", right, accepted, value)
    for name in ("proposers", "co_units"):
        want, value = getattr(gold, name), getattr(found.identity, name)
        right = {*map(plain, want)} == {*map(plain, value)}
        tally.add("identity", right)
        tally.check(f"identity.{name}", right, want, value)


def _same_field(name: str, want: Any, found: Any) -> bool:
    if name == "number":
        return _numbers(want) == _numbers(found)
    if name == "date":
        return bool(want == (found.isoformat() if found else None))
    a, b = sorted((plain(str(want or "")), plain(str(found or ""))), key=len)
    return a == b or (name in _NAMED_LOOSELY and len(a) >= 2 and b.endswith(a))


def _numbers(text: str | None) -> set[str]:
    return {digits.lstrip("0") for digits in re.findall(r"\d+", text or "")}


def _compare_units(gold: GoldDocument, found: Extraction, tally: _Tally) -> None:
    unscored = [unit.text for unit in gold.units if unit.label is Label.UNSCORED]
    kinds: tuple[tuple[str, Label, tuple[Commitment | Declined, ...]], ...] = (
        ("commitments", Label.COMMITMENT, found.commitments),
        ("declined", Label.DECLINED, found.declined),
    )
    for name, label, records in kinds:
        want = [unit for unit in gold.units if unit.label is label]
        pairs, missed, extra = pair_up(want, records, lambda unit, record: same_words(unit.text, record.span.text))
        for unit in missed:
            tally.found(name, "missed", unit.text)
        for record in extra:
            if not any(same_words(text, record.span.text) for text in unscored):
                tally.found(name, "extra", record.span.text, record.rule)
                tally.judge(record, right=False)
        for unit, record in pairs:
            tally.found(name, "hit", unit.text, record.rule)
            tally.judge(record, right=True)
            if isinstance(record, Commitment):
                _compare_commitment(unit, record, tally)


def _compare_commitment(gold: GoldUnit, found: Commitment, tally: _Tally) -> None:
    where = (gold.text, found.rule)
    tally.check("strength", found.strength in gold.strength, gold.strength, found.strength, *where)
    if gold.deadline_scored and (gold.deadline or found.deadline):
        day = found.deadline.end if found.deadline else None
        right = gold.deadline is not None and found.deadline is not None and day in gold.deadline
        tally.check("deadline", right, gold.deadline and _days(gold.deadline), found.deadline, *where)
    if gold.instruments or found.instruments:
        right = {*map(plain, gold.instruments)} == {*map(plain, found.instruments)}
        tally.check("instruments", right, gold.instruments, found.instruments, *where)


def _days(accepted: Iterable[date | None]) -> tuple[str, ...]:
    """Days as a person reads them; one that the document can't tell is a question mark."""
    return tuple(str(day or "?") for day in accepted)


def _compare_requests(gold: GoldDocument, found: Extraction, tally: _Tally) -> None:
    """One ask may be told as two, or two as one: each only needs some counterpart."""
    for ask in gold.requests:
        told = any(_same_request(ask, request.span.text) for request in found.requests)
        tally.found("requests", "hit" if told else "missed", ask)
    for request in found.requests:
        if not any(_same_request(ask, request.span.text) for ask in gold.requests):
            tally.found("requests", "extra", request.span.text, request.rule)


def _compare_quantities(gold: GoldDocument, found: Extraction, tally: _Tally) -> None:
    sure = [quantity for quantity in gold.quantities if not quantity.optional]
    pairs, missed, extra = pair_up(sure, found.quantities, same_quantity)
    for quantity in missed:
        tally.found("quantities", "missed", f"{quantity.text} | {quantity.unit_text}")
    for other in extra:
        if not any(same_quantity(quantity, other) for quantity in gold.quantities if quantity.optional):
            tally.found("quantities", "extra", f"{other.span.text} | {other.unit_span.text}", other.rule)
    for quantity, other in pairs:
        tally.found("quantities", "hit", quantity.text, other.rule)
        _compare_meaning(quantity, other, tally)
    _compare_targets(gold, found, tally)


def _compare_targets(gold: GoldDocument, found: Extraction, tally: _Tally) -> None:
    """The numbers to be reached, counted by themselves: they are what follow-up stands on."""
    sure = [quantity for quantity in gold.quantities if not quantity.optional and quantity.role == (Role.TARGET,)]
    unsure = [quantity for quantity in gold.quantities if quantity.optional or len(quantity.role) > 1]
    told = [quantity for quantity in found.quantities if quantity.role is Role.TARGET]
    pairs, missed, extra = pair_up(sure, told, same_quantity)
    for quantity, _ in pairs:
        tally.found("targets", "hit", quantity.text)
    for quantity in missed:
        tally.found("targets", "missed", f"{quantity.text} | {quantity.unit_text}")
    for other in extra:
        if not any(same_quantity(quantity, other) for quantity in unsure):
            tally.found("targets", "extra", f"{other.span.text} | {other.unit_span.text}")


def _compare_meaning(gold: GoldQuantity, found: Quantity, tally: _Tally) -> None:
    where = (f"{gold.text} | {gold.unit_text}", found.rule)
    for name in ("comparator", "role"):
        want, value = getattr(gold, name), getattr(found, name)
        tally.check(f"quantity.{name}", value in want, want, value, *where)
    tally.check("quantity.basis", _same_basis(gold.basis, found.basis), gold.basis, found.basis, *where)
    named = max((likeness(name or "", found.indicator or "") for name in gold.indicator), default=0.0)
    tally.check("quantity.indicator", named >= 0.4, gold.indicator, found.indicator, *where)
    if gold.role == (Role.TARGET,):
        right = found.deadline in gold.deadline
        tally.check("quantity.deadline", right, _days(gold.deadline), found.deadline or "?", *where)


def _same_basis(gold: tuple[str, ...], found: Basis) -> bool:
    """Where the gold is sure, only an increase against a level or share matters: a share is a level, too."""
    return found in gold if len(gold) > 1 else (found is Basis.INCREASE) == (gold[0] == Basis.INCREASE)


def same_quantity(gold: GoldQuantity, found: Quantity) -> bool:
    """Whether a number found is an annotated one: its value within 0.2 %, its unit in other words, too
    (平米, 平方米), in the same sentence. What it means is scored apart.
    """
    if not (_close(gold.value, found.value) and _close(gold.upper, found.upper)):
        return False
    return _same_unit(gold.unit, found.unit) and _in_one_place(gold.unit_text, found.unit_span)


def _in_one_place(text: str, span: Span) -> bool:
    a, b = plain(text), plain(span.text)
    return a in b or b in a


def _same_unit(gold: str | None, found: str | None) -> bool:
    """True where one name ends with the other (次, 艘次), or both name one unit (平米, 平方米; 个, 个（家）)."""
    want, got = _unit_names(gold), _unit_names(found)
    return bool(want & got) or any(a and b and (a.endswith(b) or b.endswith(a)) for a in want for b in got)


def _unit_names(unit: str | None) -> set[str]:
    name = unicodedata.normalize("NFKC", unit or "").replace(" ", "")
    return {_UNITS.get(part, part) for part in re.split(r"[()/、或]", name) if part} or {""}


def _close(a: Decimal | None, b: Decimal | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= max(abs(a), abs(b)) / 500


def _same_request(a: str, b: str) -> bool:
    short, long = sorted((plain(a), plain(b)), key=len)
    return same_words(a, b) or likeness(a, b) >= 0.6 or (len(short) >= 5 and short in long)


def pair_up(
    gold: Sequence[G], found: Sequence[F], same: Callable[[G, F], bool]
) -> tuple[list[tuple[G, F]], list[G], list[F]]:
    """Each gold record with the first free found record that is the same; then the gold and the found left alone."""
    free = list(found)
    pairs: list[tuple[G, F]] = []
    missed: list[G] = []
    for want in gold:
        at = next((i for i, candidate in enumerate(free) if same(want, candidate)), None)
        if at is None:
            missed.append(want)
        else:
            pairs.append((want, free.pop(at)))
    return pairs, missed, free


def plain(text: str) -> str:
    """Only the words of a quotation: half width, no enumerator, no punctuation, no white space.

    >>> plain("（二）关于路灯： 新装３０盏。")
    '关于路灯新装30盏'
    """
    return _MARKS.sub("", _ENUMERATOR.sub("", unicodedata.normalize("NFKC", text).strip())).lower()


def same_words(a: str, b: str) -> bool:
    """True where two quotations have the same words, or one is most of the other."""
    short, long = sorted((plain(a), plain(b)), key=len)
    return bool(short) and short in long and len(short) >= 0.6 * len(long)


def likeness(a: str, b: str) -> float:
    """How many pairs of neighbouring characters two names share, from 0 to 1."""
    a, b = plain(a), plain(b)
    if a == b:
        return 1.0
    one, other = (Counter(words[i : i + 2] for i in range(max(1, len(words) - 1))) for words in (a, b))
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values()) or 1)
