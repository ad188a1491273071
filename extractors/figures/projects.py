"""What a project will be, told behind the step that it has taken: 已取得核准,新增容量10万千伏安,…2026年6月底前投产.

The step is done; what is to be built of it is to come, when the unit goes on to say when it will be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.time_marks import FUTURE, PAST, THEN
from extractors.lexicon.openings import sought

_STEP = re.compile(
    r"(?:已(?:经)?|[去今]年)?(?:[于在]?[^,;。]{0,10}(?:月|日|年|季度|年初|年底))?(?:正式|顺利|基本|全部|分别)?(?:取得|获得?|完成|通过|经|列入|纳入|进入|办理)?了?[^,;。\d]{0,14}"
    r"(?:核准|批复|批准|[获过]批|立项|可研|初设|设计|施工图|选址|招标|中标|前期工作|预审|环评|备案|开工(?:建设)?|动工(?:兴建)?|奠基|启动|投资计划|储备库|项目库|专项债券?)(?=[,;])"
)
_MEASURES_IT = re.compile(
    r"\s*(?:项目|工程)?(?:计划|拟|预计)?(?:总|概算|估算|规划|设计)?(?:投资|概算|估算|建筑面积|占地|用地|规划|设计|新增|新建|建设|改造|改扩?建|设|配[建套置]|提供|可|全长|总长|长|线路|规模|装机|库容|容量|面积|床位|学位|车位|总面积|总规模|整治|铺设|敷设|安装|双向|处理|[日年]?[一-鿿]{0,4}能力)"
)
_HAS_BEEN = re.compile(r"已|完成|到位|累计|实际|目前")
_LATER = sought(
    r"(?:投[产用运]|建成|竣工|完工|通车|开[放园业馆诊学]|启用|交付|运[行营]|投入(?:使用|运[行营])|开工|动工|贯通|送电|蓄水|见效)"
)


def tell_of_projects(
    folded: str, clauses: Sequence[Clause], cells: Sequence[Cell], told: list[str], marks: Sequence[re.Match[str]]
) -> None:
    """已取得核准,新增容量10万千伏安,计划9月开工: the numbers between the step and the plan are to come."""
    step = next((mark for mark in marks if mark.lastgroup in (PAST, THEN) and _STEP.match(folded, mark.start())), None)
    if step is None or FUTURE in told[: _first_behind(cells, step.end())]:
        return
    others = [mark for mark in marks if mark.start() > step.start()]
    ahead = next((mark.start() for mark in others if _comes_about(mark, clauses)), None)
    tells = [mark.start() for mark in others if mark.lastgroup in (PAST, THEN)]
    if ahead is None:
        return
    for at, cell in enumerate(cells):
        clause, number = clauses[cell.clause], cell.measure.start
        if told[at] not in (PAST, THEN) or not step.end() < number < ahead or clause.start < step.end():
            continue
        if any(clause.start <= other < number for other in tells):
            continue
        if cell.joined or (_MEASURES_IT.match(clause.words) and not _HAS_BEEN.search(clause.words)):
            told[at] = FUTURE


def _first_behind(cells: Sequence[Cell], end: int) -> int:
    return next((at for at, cell in enumerate(cells) if cell.measure.start > end), len(cells))


def _comes_about(mark: re.Match[str], clauses: Sequence[Clause]) -> bool:
    """Whether the clause around a word of time says when something is built or used; not 已, and not in the past."""
    clause = next((one for one in clauses if one.start <= mark.start() < one.end), None)
    if clause is None or mark.lastgroup in (PAST, THEN) or "已" in clause.words or "了" in clause.words:
        return False
    return bool(_LATER.search(clause.words, max(0, mark.start() - clause.start)))
