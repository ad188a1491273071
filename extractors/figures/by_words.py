"""Names that some numbers take in a way of their own: points, the task that was done, what a sum is used for.

签订率达100%的得5分                      签订率得分
(新增泊位3240个,)完成全年目标4000个的81%   新增泊位全年目标完成率
切块3000万元,专项用于巡查员误工补贴         巡查员误工补贴资金
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.indicators import tidy
from extractors.figures.named import Named

_POINTS = re.compile("[得扣计记加](?:分)?$")
_BEFORE_LAST = re.compile(r"(.*[^\d.])\d[\d.]*\D*$")
_AGAIN = re.compile(r"^(?:再|另|加)?(?:奖|补|奖励|补助|补贴)$")
_USED_FOR = re.compile(r"^\s*(?:优先|专项|主要|全部|专门)?用于([^,;。]{3,18})")
_OUTLAY = re.compile(r"(?:^|切块|投入|安排|列支|拿出|筹措|筹集|争取|落实|拨付|下达|拨出|整合|统筹)$")
_FUND = re.compile(r"(?:资金|经费|配套|贷款|补助|债券|自筹)$")
# (收入28640元,)距3万元的目标还差1360元
_SHORT_OF = re.compile("(?:距离?|离|与)[^,;。]{1,14}(?:目标|任务|要求|标准)(?:还|尚|仍)?(?:相?差|有)(?:距)?(?:约|近)?$")
_GOAL_END = re.compile("(?:年度|全年|年初|既定)?(?:目标|任务|计划)[值数]?$")
_TASK = re.compile(
    r"^(?P<verb>(?:已?完成|已?超过|已?高于|低于|未达到?|达到?|为|占|相当于|比|距离?|离|与)?)"
    r"(?P<task>(?:年度?|全年|年初|总|既定|计划|预期|五年|三年|规划|期末)*的?(?:开发|建设|改造|治理|工作|投资|培训|种植|整治|招商)?(?:目标|任务|计划)[数量值]?(?:任务)?)$"
)


def by_its_words(
    clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named]
) -> tuple[str, int | None] | None:
    """The name, and the position of the number that it takes after; None where a number is named as others are."""
    if cell.measure.unit == "分" and (full := _of_points(cell)):
        return full, None
    if full := _of_task(cell, lead, named):
        return full, len(named) - 1
    if cell.measure.unit == "元" and (full := _for_what(clauses, cell, lead, named)):
        return full, None
    return None


def _of_points(cell: Cell) -> str:
    """签订率得分 of 签订率达100%的得5分; nothing where the words in front hold no other number."""
    lead = cell.lead.strip()
    if not _POINTS.search(lead) or not any(char.isdigit() for char in lead[:4]):
        return ""
    front = _BEFORE_LAST.match(cell.opening)
    subject = tidy(front[1]) if front else ""
    return subject + ("扣分" if "扣" in lead else "得分") if len(subject) > 1 else ""


def _for_what(clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named]) -> str:
    """巡查员误工补贴资金 of 切块3000万元,专项用于巡查员误工补贴; nothing where the words in front name it.

    What is paid once more is named with its condition: 入职满两年再奖6000元.
    """
    if _AGAIN.match(lead) and named and named[-1].cell.clause == cell.clause:
        return tidy(cell.opening)
    behind = clauses[cell.clause + 1].words if not cell.tail.strip() and cell.clause + 1 < len(clauses) else cell.tail
    used = _USED_FOR.match(behind)
    if used is None or not _OUTLAY.search(lead):
        return ""
    full = tidy(used[1])
    return full if _FUND.search(full) or full.endswith("补贴") else full + "资金"


def _of_task(cell: Cell, lead: str, named: Sequence[Named]) -> str:
    """新增泊位目标, 新增泊位完成率 of (新增泊位3240个,)完成全年目标4000个的81%."""
    if named and _SHORT_OF.search(cell.opening):
        return _GOAL_END.sub("", named[-1].name.full) + "与目标差距"
    if not named or not (said := _TASK.match(lead)):
        return ""
    if said["verb"] in ("比", "距", "距离", "离", "与") or said["verb"].endswith(
        ("超过", "高于", "低于", "未达", "未达到")
    ):
        return named[-1].name.noun + said["task"]  # 失业率3.4%,比年度目标4%低0.6个百分点
    if cell.measure.unit == "%":
        row = next((one for one in reversed(named) if not one.name.full.endswith(("目标", "任务", "计划"))), named[-1])
        done = said["verb"].endswith(("完成", "达", "达到"))
        return row.name.noun + (said["task"] + "完成率" if done else "占" + said["task"] + "比例")
    return named[-1].name.noun + said["task"] if named[-1].cell.measure.unit == cell.measure.unit else ""
