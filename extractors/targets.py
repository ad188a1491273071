"""From measures to quantities: what each number is about, what it is for, and until when.

今年新建书屋16座,其中沙河镇6座
-> 16座  2024年新建书屋          target  2024-12-31
   6座   沙河镇2024年新建书屋    target  2024-12-31   part of the first
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.figures.announced import tenses_in_row
from extractors.figures.cells import Clause, cells_of, clauses_of
from extractors.figures.due import term_of, term_said
from extractors.figures.goals import day_entered, goals_above
from extractors.figures.grids import columns_of, merged_head, name_row, row_of
from extractors.figures.headlines import told_below
from extractors.figures.labels import year_told
from extractors.figures.last_days import last_day
from extractors.figures.line_heads import note_line_head, stands_by_year
from extractors.figures.named import Memory, Named
from extractors.figures.naming import name_all
from extractors.figures.outlook import outlook_of, year_ahead
from extractors.figures.purpose import basis_of, role_of
from extractors.figures.scene import LEARNED, Scene, SecondReader, fold, note_label, stand_under
from extractors.figures.sentences import goes_on_ahead, note_paper, of_sentence
from extractors.figures.setting import Setting, default_tense
from extractors.figures.standards import Place
from extractors.figures.standpoint import REPORTS, setting_of
from extractors.figures.tasks import TASKS, has_flat_rows
from extractors.figures.tenses import carried_tense, tense_after, tenses_of
from extractors.figures.time_marks import FUTURE, PAST, THEN
from extractors.figures.to_do_lists import note_list, tells_its_list
from extractors.figures.told_as import is_of_bound, told_as
from extractors.figures.whole import HEAD, dated, has_articles, preamble_of, script_of, spoken_as, trade_of
from extractors.figures.wholes import is_part_of_money, whole_told
from extractors.forms import form_of, names_signers
from extractors.lexicon.openings import sought
from extractors.numbers.dates import Anchor
from extractors.numbers.quantities import printed_unit
from extractors.requests import asks_printed, find_requests
from extractors.tense import any_verb
from models.commitments import Request
from models.documents import Identity, Kind, Span, Unit, UnitRole
from models.quantities import Basis, Measure, Quantity, Role

_DIGIT = re.compile(r"\d")
_OPENS = re.compile(r"[\n:]\s*$")
_THERE_IS = re.compile(r"\s*[我全本][市县区省镇乡州国旗](?!每|对|新|将|要|拟|统一|按)[一-鿿、“”()（）]{2,16}\d")
_TOLD = (Kind.PROGRESS_REPORT, Kind.OTHER, Kind.NEWS)
_SPEAKS = (Kind.OTHER, Kind.NEWS)
_MANY = 200  # numbers of a unit that are read together
_CAPTION = 48  # characters of a table's name
_WHOLE = 6000  # characters within which a plan says how long it takes
_ALREADY = sought(r"已(?:经)?[一-鿿]|实际[完建到新改][一-鿿]|[现目原][有前为]")
# 在218亿元的基础上…,即突破430亿元; 排查出26条,计划三年治理,其中2025年10条
_STILL_TO_DO = re.compile(r"\s*(?:即?(?:突破|达到|超过)|(?:其中)?(?:20\d\d|今|明)年)")
_HAS_DONE = re.compile("[一-鿿]{2,4}已(?:经)?[一-鿿]{2}")  # 其中14个事项已提前完成全年任务
_PART_OF = re.compile(r"\s*其中")
_SETTLED = ("/goal", "/task", "/listed", "/announced")
_BACK = frozenset({UnitRole.SIGN_OFF, UnitRole.CONTACT})  # what a letter's foot and the page below it count
_CONFIDENCE = {
    "own": 0.9,
    "part": 0.9,
    "respective": 0.9,
    "table": 0.9,
    "pair": 0.85,
    "all": 0.8,
    "ellipsis": 0.8,
    "carried": 0.7,
}


def read_quantities(
    text: str,
    folded: str,
    units: Sequence[Unit],
    identity: Identity,
    anchor: Anchor,
    measures: Sequence[Measure],
    promised: Sequence[Span] | None = None,
    second: SecondReader | None = None,
) -> tuple[Quantity, ...]:
    """The quantities of a document of any kind, in the order of the text.

    `measures` are sorted by start; each belongs to the unit that holds it, one outside all units is left out.
    `promised` are the units in which a reply promises something, in order; None where nobody has looked for them.
    `second` makes a reader of the document who tells which facts are far likelier targets.
    """
    kind = spoken_as(identity.kind, folded)
    term = term_of(folded[:HEAD]) if kind in (Kind.PLAN, Kind.PROGRESS_REPORT, Kind.OTHER) else None
    if term is None and kind is Kind.PLAN:
        term = term_said(folded[:_WHOLE])
    scene = Scene(text, folded, kind, dated(anchor, kind, folded, term), term=term)
    scene.told_year = year_told(folded[:HEAD]) if kind is Kind.PROGRESS_REPORT else None
    scene.traditional = script_of(text, folded)
    scene.flat_rows = kind is Kind.PROGRESS_REPORT and has_flat_rows(folded)
    scene.measures = kind is Kind.REGULATION and not has_articles(folded)
    scene.asks = tuple(ask.span for ask in _asks(text, folded, units, identity))
    scene.promised = promised if kind is Kind.REPLY else None
    scene.second = second(folded, kind) if second else None
    scene.form = form_of(folded) if kind is Kind.REPLY else None
    if kind is Kind.PLAN:
        scene.preamble, scene.trade = preamble_of(units), trade_of(folded)
    starts = [measure.start for measure in measures]
    found: list[Quantity] = []
    for unit in units:
        _pass_by(scene, unit)
        if _counts_nothing(folded, unit, kind):
            continue
        first, last = bisect_left(starts, unit.span.start), bisect_left(starts, unit.span.end)
        if first == last:
            _note_columns(scene, unit)
        else:
            for part, inside in _stretches(scene, unit, measures[first:last]):
                rows = _read_unit(scene, part, inside, len(found))
                found += rows if part is unit else [replace(row, unit_span=unit.span) for row in rows]
                scene.due_before = next((one.deadline for one in reversed(rows) if one.deadline), scene.due_before)
                scene.whole = whole_told(scene, unit, rows) or scene.whole
        if kind in _SPEAKS:
            note_paper(scene, unit)
        if unit.role is UnitRole.TEXT:
            scene.units_before = (*scene.units_before[-2:], unit.span)
    return told_below(found, units) if kind is Kind.NEWS else tuple(found)


def _counts_nothing(folded: str, unit: Unit, kind: Kind) -> bool:
    """Those addressed or signed (周兰等6名代表：), and what stands behind a letter."""
    behind = kind is Kind.REPLY and unit.role in _BACK
    return behind or unit.role is UnitRole.SALUTATION or names_signers(folded, unit.span.start)


def _pass_by(scene: Scene, unit: Unit) -> None:
    """Notes what a unit says about those behind it: its section, a table's columns."""
    if unit.section != scene.section:
        if scene.kind in REPORTS:
            year = scene.anchor.year or (scene.told_year + 1 if scene.told_year else None)
            scene.outlook = outlook_of(unit.section, scene.outlook, year, scene.anchor.day)
            if scene.anchor.day is None and scene.outlook and (ahead := year_ahead(scene.outlook, year)):
                scene.anchor = Anchor(None, ahead)
        elif scene.kind is Kind.PLAN:
            stand_under(scene, unit.section)
        scene.section, scene.earlier, scene.units_before, scene.line_head = unit.section, (), (), scene.outlook
        scene.due_before = None
        if scene.kind is not Kind.NEWS and (goals := goals_above(unit.section)) != scene.goals:
            scene.goals, scene.goals_due = goals, ""
    words = scene.folded[unit.span.start : min(unit.span.end, unit.span.start + 32)]
    if scene.kind in _TOLD:
        note_label(scene, unit, words)
        note_list(scene, unit)
    if scene.goals and (day := day_entered(scene.folded, unit.span.start, unit.span.end)) is not None:
        scene.goals_due = day
    note_line_head(scene, words)


def _note_columns(scene: Scene, unit: Unit) -> None:
    """A table's line without numbers names its columns, when it is the first; a short line above it names the table.

    The second may belong to the head, too: 恢复任务(亩)|||备注 over |2025年|2026年|. One farther below is a row
    that tells no amounts (车桩比|—|5:1|3:1).
    """
    words = scene.folded[unit.span.start : unit.span.end]
    if "|" not in words:
        return
    line = scene.folded.rfind("\n", 0, max(0, unit.span.start - 1)) + 1
    above = scene.folded[line : unit.span.start].strip()
    if "|" not in above or sum(map(bool, scene.table_head)) < 2:
        scene.table_head = columns_of(words)
        scene.caption = above if len(above) < _CAPTION and "|" not in above and above[-1:] not in "。;" else ""
    elif 0 < scene.head_end <= unit.span.start and not scene.folded[scene.head_end : unit.span.start].strip():
        scene.table_head = merged_head(scene.table_head, words)
    else:
        return
    scene.head_end = unit.span.end


def _stretches(scene: Scene, unit: Unit, measures: Sequence[Measure]) -> Iterator[tuple[Unit, Sequence[Measure]]]:
    """The unit whole; one with hundreds of numbers (a table that lost its lines) in stretches, cut between clauses."""
    start = unit.span.start
    for first in range(0, len(measures), _MANY):
        inside = measures[first : first + _MANY]
        if len(inside) == len(measures):
            yield unit, measures
            return
        end = unit.span.end
        if first + _MANY < len(measures):
            gap, end = inside[-1].end, measures[first + _MANY].start
            cut = max(scene.folded.rfind(mark, gap, end) for mark in ",;|、") + 1
            end = cut or end
        yield replace(unit, span=Span(start, end, scene.text[start:end])), inside
        start = end


def _read_unit(scene: Scene, unit: Unit, measures: Sequence[Measure], base: int) -> list[Quantity]:
    setting = setting_of(scene, unit)
    start, end = unit.span.start, unit.span.end
    clauses = clauses_of(scene.folded, start, end, measures)
    cells = list(cells_of(clauses))
    first = _first_tense(scene, unit, setting)
    tenses = tenses_of(scene.folded, clauses, cells, first, setting)
    if scene.table_head and (row := row_of(scene.folded, start, scene.table_head)).line.count("|"):
        named = name_row(row, clauses, cells)
        tenses = tenses_in_row(scene.folded, row, clauses, cells, tenses, setting)
    else:
        named = name_all(
            clauses,
            cells,
            Memory(scene.earlier, fold(unit.head or _opening(scene, unit) or (unit.section or ("",))[-1]), scene.trade),
        )
        scene.earlier = (*scene.earlier, *named)[-12:]
    rows: list[Quantity] = []
    for one, tense in zip(named, tenses, strict=True):
        rows.append(_quantity(scene, unit, one, tense, setting, rows, base, clauses))
    return rows


def _opening(scene: Scene, unit: Unit) -> str:
    """The short sentence that opens a unit's paragraph: 加快培育经营主体。净增1.2万户; nothing where there is none."""
    if not scene.units_before or scene.kind is Kind.NEWS:
        return ""
    before = scene.units_before[-1]
    words = scene.folded[before.start : before.end]
    if len(words) > 20 or not words.endswith("。") or "\n" in scene.folded[before.end : unit.span.start]:
        return ""
    return (
        "" if _DIGIT.search(words) or not _OPENS.search(scene.folded, max(0, before.start - 2), before.start) else words
    )


def _asks(text: str, folded: str, units: Sequence[Unit], identity: Identity) -> tuple[Request, ...]:
    """The asks of a suggestion or proposal: what stands in them is wanted, what stands in front tells of things."""
    if identity.kind in (Kind.SUGGESTION, Kind.PROPOSAL):
        return find_requests(text, folded, tuple(units), identity)
    return asks_printed(text, folded, units, identity) if identity.kind is Kind.REPLY else ()


def _first_tense(scene: Scene, unit: Unit, setting: Setting) -> str:
    """The tense a unit begins in: by its document and zone, or as the units in front of it in its paragraph ended."""
    default = tense = default_tense(setting)
    if stands_by_year(scene) or (default == PAST and tells_its_list(scene, unit)):
        return FUTURE
    if default == PAST and setting.kind in _SPEAKS and not setting.label:
        return of_sentence(scene, unit, setting)
    if default == PAST and goes_on_ahead(scene, unit, setting):
        return FUTURE  # 2025年,机扫率…;每月扣分…
    if default == PAST or (scene.label and scene.label_at == unit.span.start):
        return default
    for span in scene.units_before:
        if "\n" not in scene.folded[span.end : unit.span.start]:
            tense = tense_after(scene.folded, span.start, span.end, tense, setting)
    if _PART_OF.match(scene.folded, unit.span.start):
        return tense  # 其中,新开工项目28个: of what has just been told
    if setting.kind is Kind.REGULATION and tense in (PAST, THEN) and _THERE_IS.match(scene.folded, unit.span.start):
        return PAST  # 截至2024年末,…。全县养老机构11家,床位420张: why the rule is made
    return carried_tense(tense, setting)


def _quantity(
    scene: Scene,
    unit: Unit,
    row: Named,
    tense: str,
    setting: Setting,
    rows: list[Quantity],
    base: int,
    clauses: Sequence[Clause],
) -> Quantity:
    cell, head = row.cell, rows[row.head] if row.head is not None and row.head < len(rows) else None
    measure = cell.measure
    said, behind = scene.folded[unit.span.start : measure.start].rstrip(" "), scene.folded[measure.end : unit.span.end]
    if row.column and row.rule != "table":
        said, behind = said.rpartition("|")[2], behind.partition("|")[0]
    place = Place(cell, said, behind, tense, setting, _rule_before(rows))
    role, why = role_of(place, _twin(row, head))
    if why == "regulation" and row.rule == "table" and (row.when or TASKS.search(row.column + scene.caption)):
        role, why = Role.TARGET, "column"
    if why in ("award", "past") and scene.whole and is_part_of_money(scene, unit, place):
        role, why = scene.whole, "as_head"
    alike = head is not None and row.rule in ("part", "ellipsis") and measure.unit == head.unit
    already = place.past and (cell.depth or _ALREADY.search(cell.lead) or _HAS_DONE.match(cell.tail))
    own = already or (place.ahead and _STILL_TO_DO.match(cell.lead))
    if head and alike and why != "task" and not own:
        role, why = head.role, "goal" if head.rule.endswith(_SETTLED) else "as_head"
    printed = printed_unit(scene.text, scene.folded, measure)
    if role is Role.ACTUAL and scene.second and scene.second.is_target(unit, measure, printed, f"{row.rule}/{why}"):
        role, why, tense = Role.TARGET, why + LEARNED, FUTURE
    if row.rule == "pair" and head:
        _amend_pair(rows, head, role)
    follows = head is not None and (row.rule in ("part", "ellipsis", "carried") or cell.joined)
    above = head if head and follows else rows[-1] if rows and _goes_with(row, rows[-1]) else None
    moved = row.rule == "pair" and head is not None and measure.unit == head.unit == "%"
    basis = head.basis if head and moved else basis_of(place, above.basis if above else None)
    return Quantity(
        span=Span(measure.start, measure.end, scene.text[measure.start : measure.end]),
        value=measure.value,
        upper=measure.upper,
        unit=printed,
        comparator=measure.comparator,
        basis=basis,
        role=role,
        indicator=told_as(scene, row, place, place.condition or (is_of_bound(row, why))),
        deadline=last_day(scene, unit, row, clauses, tense) if role is Role.TARGET else None,
        unit_span=unit.span,
        part_of=base + row.of if row.of is not None else None,
        confidence=_CONFIDENCE.get(row.rule, 0.8),
        rule=f"{row.rule}/{why}",
        flags=(*row.flags, "mended") if measure.rule == "mended" else row.flags,
    )


def _goes_with(row: Named, before: Quantity) -> bool:
    """新增学位2850个、床位3120张: the verb in front of the first number stands for the second too."""
    bare = len(row.cell.lead) <= 8 and not any_verb().search(row.cell.lead)
    return row.cell.joined and bare and before.basis is Basis.INCREASE


def _rule_before(rows: Sequence[Quantity]) -> str:
    for row in reversed(rows):
        rule = row.rule.partition("/")[2]
        if rule not in ("condition", "age", "as_head"):
            return rule
    return ""


def _twin(row: Named, head: Quantity | None) -> Role | None:
    """The role of the number that this one goes with: the other end of a step, another amount of the same award."""
    if head is None:
        return None
    return head.role if row.rule == "pair" or (row.rule == "carried" and row.cell.measure.unit == "元") else None


def _amend_pair(rows: list[Quantity], head: Quantity, role: Role) -> None:
    """由X提高到Y: both ends of an award are standards; the old level of a target is a fact."""
    at = len(rows) - 1
    rows[at] = replace(head, role=Role.STANDARD if role is Role.STANDARD else Role.ACTUAL, deadline=None)
