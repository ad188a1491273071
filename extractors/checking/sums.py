"""Parts against their total: 其中, classes, closing sums, the years of a sum over years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from extractors.checking.figures import Figure, Row, agree, finding, summed, word, written
from extractors.numbers.numerals import read_numeral
from models.findings import Finding, FindingCode

_CODE = FindingCode
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_TIGHT = re.compile(r"^[^,。;:]*$")
_BRACKET = re.compile(r"\([^()]*$")
_CARRIED = re.compile(r"^其中")
_SPAN_OF_YEARS = re.compile(
    r"(?:(?P<count>[两二三四五六七八九十]|\d)年|(?P<first>20\d\d)年?[-–—~～至到]+(?P<last>20\d\d)年)[^,。;]{0,16}$"
)
_YEAR = re.compile(r"(20\d\d)年[^,。;、]{0,12}$")


def parts(rows: Sequence[Row]) -> Iterator[Finding]:
    """其中 parts that are more than their total, and full lists that don't add up to it."""
    for at, row in enumerate(rows):
        seen: set[int] = set()
        for total, members in _groups(row):
            seen |= {member.index for member in members}
            yield from _judged(row, total, members)
        before = only_one(rows[at - 1], row.figures[0].unit) if at and _CARRIED.match(row.words) else None
        if before and seen.isdisjoint(figure.index for figure in row.figures):
            yield from _judged(row, before, _alike(row.figures, before))


def _groups(row: Row) -> Iterator[tuple[Figure, list[Figure]]]:
    """Each total of a unit with its parts: those that name it, or a list of classes behind it."""
    if len(row.figures) < 2:
        return
    named: dict[int, list[Figure]] = {}
    for figure in row.figures:
        if figure.quantity.part_of is not None:
            named.setdefault(figure.quantity.part_of, []).append(figure)
    if not named and "类" not in row.words and "分" not in row.words:
        return  # neither classes nor 分别为
    for total in row.figures:
        if word("class").search(total.lead):
            continue
        members = named.get(total.index) or _classes(row, total) or _full(row, total)
        members = _first_level(row, _alike(members, total))
        if members:
            yield total, members


def _classes(row: Row, total: Figure) -> list[Figure]:
    """The figures behind a total as long as each has the letter of a class."""
    found: list[Figure] = []
    for figure in islice(row.figures, total.place + 1, None):
        if word("class").search(figure.lead):
            found.append(figure)
        elif figure.unit != "%" or not found:
            break
    return found if len(found) > 1 else []


def _full(row: Row, total: Figure) -> list[Figure]:
    """分别为专职80名、兼职120名: the figures of a list that says that it is whole."""
    found: list[Figure] = []
    for figure in islice(row.figures, total.place + 1, None):
        if not (_TIGHT.match(figure.lead) if found else word("full").search(figure.lead)):
            break
        found.append(figure)
    return found


def _alike(figures: Iterable[Figure], total: Figure) -> list[Figure]:
    return [figure for figure in figures if figure.unit == total.unit and figure.quantity.rule != "all"]


def _first_level(row: Row, members: list[Figure]) -> list[Figure]:
    """The parts without parts of parts: those in further brackets, or behind a second 其中."""
    if not members:
        return []
    depth = _depth(row, members[0])
    kept: list[Figure] = members[:1]
    for figure in members[1:]:
        if word("part").search(figure.lead) or word("beyond").search(figure.lead):
            break
        if _depth(row, figure) == depth:
            kept.append(figure)
    return kept


def _depth(row: Row, figure: Figure) -> int:
    before = row.words[: figure.span.start - row.start]
    return before.count("(") - before.count(")")


def only_one(row: Row, unit: str | None) -> Figure | None:
    """The one figure of a unit that is counted so."""
    same = [figure for figure in row.figures if figure.unit == unit]
    return same[0] if len(same) == 1 else None


def _judged(row: Row, total: Figure, members: Sequence[Figure]) -> Iterator[Finding]:
    if not members or total.unit == "%" or not all(figure.exact for figure in (total, *members)):
        return
    above = [figure for figure in members if figure.low > total.high]
    if above:
        yield finding(_CODE.PARTS_EXCEED_TOTAL, total, above, "、".join(figure.span.text for figure in above))
    elif len(members) > 1 and not agree(*summed(members), total) and not _divided_twice(total, members):
        yield from _differing(row, total, members)


def _divided_twice(total: Figure, members: Sequence[Figure]) -> bool:
    """Whether one total is divided several times over: by rank, then by district; none is as large as it."""
    if any(figure.value == total.value for figure in members):
        return False
    left = total.value
    for figure in members:
        left -= figure.value
        left = left or total.value
    return left == total.value


def _differing(row: Row, total: Figure, members: Sequence[Figure]) -> Iterator[Finding]:
    low, _ = summed(members)
    reckoned = written(_value(members), total)
    more = low > total.high
    if all(word("class").search(figure.lead) for figure in members):
        yield finding(_CODE.CLASSES_DIFFER, total, members, reckoned, soft=not more and len(members) < 3)
    elif _is_full(row, total, members[0]) and total.value < 2 * _value(members) < 4 * total.value:
        yield finding(_CODE.PARTS_DIFFER, total, members, reckoned, soft=not more)
    elif more:
        yield finding(_CODE.PARTS_EXCEED_TOTAL, total, members, reckoned, soft=_may_overlap(members))


def _is_full(row: Row, total: Figure, first: Figure) -> bool:
    """Whether the list says that it is whole: 分别为, or brackets that don't say 其中."""
    words = row.between(total, first) if total.span.start >= row.start else first.lead
    if word("part").search(words):
        return False
    return bool(word("full").search(words) or _BRACKET.search(words))


def _may_overlap(members: Sequence[Figure]) -> bool:
    """Women and members of a party are counted twice; people are mostly counted by such attributes."""
    return any(figure.unit in _PEOPLE or word("overlap").search(figure.lead) for figure in members)


def _value(members: Iterable[Figure]) -> Decimal:
    return sum((figure.value for figure in members), Decimal(0))


def closing_sums(rows: Iterable[Row]) -> Iterator[Finding]:
    """新建3所、改扩建5所,共9所: a list whose sum isn't the number that closes it."""
    for row in rows:
        for at, total in enumerate(row.figures):
            if at < 2 or not total.exact or not word("sum").search(total.lead):
                continue
            listed = _list_before(row.figures[:at], total)
            if len(listed) > 1 and not any(agree(*summed(listed[skip:]), total) for skip in range(len(listed) - 1)):
                yield _closing(total, listed)


def _list_before(figures: Sequence[Figure], total: Figure) -> list[Figure]:
    listed: list[Figure] = []
    for figure in reversed(figures):
        if figure.unit != total.unit or not figure.exact or word("sum").search(figure.lead):
            break
        if "(" in figure.lead or ")" in figure.lead:
            return []
        listed.insert(0, figure)
        if word("part").search(figure.lead):
            break
    return listed


def _closing(total: Figure, listed: Sequence[Figure]) -> Finding:
    classes = all(word("class").search(figure.lead) for figure in listed)
    tight = all(_TIGHT.match(figure.lead) for figure in listed[1:])
    code = _CODE.CLASSES_DIFFER if classes else _CODE.PARTS_DIFFER
    return finding(code, total, listed, written(_value(listed), total), soft=not (tight or classes))


def years(rows: Sequence[Row]) -> Iterator[Finding]:
    """三年共投入5.2亿元,2022年、2023年、2024年分别投入…: yearly values that don't add up to the sum of the years."""
    for row in rows:
        for total in row.figures:
            count = _years_summed(total)
            if count is None:
                continue
            yearly = [figure for figure in row.figures if figure is not total and _is_yearly(figure, total)]
            if len(yearly) == count and not agree(*summed(yearly), total):
                yield finding(_CODE.YEARS_DIFFER, total, yearly, written(_value(yearly), total))


def _years_summed(total: Figure) -> int | None:
    found = _SPAN_OF_YEARS.search(total.lead) if "年" in total.lead else None
    if not found or not total.exact or not word("years").search(found[0]):
        return None
    if found["first"]:
        return int(found["last"]) - int(found["first"]) + 1
    numeral = read_numeral(found["count"])
    return int(numeral.value) if numeral else None


def _is_yearly(figure: Figure, total: Figure) -> bool:
    named = figure.quantity.rule.startswith("respective_years") or _YEAR.search(figure.lead)
    return bool(named) and figure.exact and figure.unit == total.unit
