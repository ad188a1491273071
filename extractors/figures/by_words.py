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
from extractors.figures.named import Named, is_share
from extractors.lexicon import alternation, words_of

_POINTS = re.compile("[得扣计记加](?:分)?$")
_BEFORE_LAST = re.compile(r"(.*[^\d.])\d[\d.]*\D*$")
_PEOPLE = frozenset(("人", "名", "位"))
_AGAIN = re.compile(r"^(?:再|另|加)?(?:奖|补|奖励|补助|补贴)$")
_USED_FOR = re.compile(r"^\s*(?:优先|专项|主要|全部|专门)?(?:用于|作为(?![^,;。]{0,8}基[数准]))([^,;。]{3,24})")
# 投资600万元对9处码头进行改造, 安排1.2亿元实施28条街巷整治, 投入40万元新建书屋
_SPENT_ON = re.compile(
    r"(?:专项|主要|全部)?(?:用于)?(?:(?:对|为|将|给)(?!接|口|象|止)|用于|把|(?P<act>"
    + alternation((*words_of("naming", "action"), "实施", "推进", "支持", "修缮", "修复", "完善"))
    + r"))(?:[^,;。]{2,60}?等)?(?:[^,;。\d的]{0,6}?[\d一二两三四五六七八九十百]+余?"
    r"(?:个|条|座|处|所|家|栋|套|项|公里|户|名|人|台|辆|亩|部|间))?"
    r"(?P<what>[一-鿿、“”]{3,18})"
)
_MANNER = re.compile("(?:进行了?|实施了?|开展了?|全面|综合)")
_SPENDS = re.compile(
    r"(?:[一-鿿]{0,3}(?:财政|里|局))?(?:累计|共|总|先后|年内|[今去]年|计划|拟|将|再)*(?:投资|投入|安排|拿出|筹措|筹集|争取|落实|拨付|下达|整合|统筹|筹资)"
    r"(?:各级|各类|中央|财政|专项|上级|省级|市级|县级|区级|本级|预算内|债券|社会)*(?:资金|经费)?(?:约|近|超|超过|逾|共)?$"
)
# 50岁以上18人, 40岁~49岁23人占38.9%, 35岁以下的不到二十分之一: people by age
_OF_AGE = re.compile(
    r"^(\d+(?:周?岁)?(?:[~～—\-至到]\d+周?岁|周?岁?(?:及|\(含\))?以[上下]))(?:的|仅|只|约|共|有|不到|不足|超过|近)*占?$"
)
_OUTLAY = re.compile(
    r"(?:^|切块|投入|安排|列支|拿出|筹措|筹集|争取|落实|拨付|下达|拨出|整合|统筹)了?$"
    r"|(?:申请|争取|协调|安排|落实)(?:了|到)?[^,;。\d]{0,8}(?:财政|资金|债券|经费|补助)$"
)
_FUND = re.compile(r"(?:资金|经费|配套|贷款|补助|债券|自筹)$")
# (收入28640元,)距3万元的目标还差1360元
_SHORT_OF = re.compile("(?:距离?|离|与)[^,;。]{1,14}(?:目标|任务|要求|标准)(?:还|尚|仍)?(?:相?差|有)(?:距)?(?:约|近)?$")
_GOAL_END = re.compile("(?:年度|全年|年初|既定)?(?:目标|任务|计划)[值数]?$")
_TASK_LAST = re.compile("(?:目标|任务|计划|预算)[数量值]?$")
_TASK = re.compile(
    r"^(?P<verb>(?:已?完成|已?超过|已?高于|低于|未达到?|达到?|为|占|相当于|比|距离?|离|与)?)"
    r"(?P<task>(?:年度?|全年|年初|调整后?|汇总|总|既定|计划|预期|五年|三年|规划|期末)*的?(?:开发|建设|改造|治理|工作|投资|培训|种植|整治|招商|指标)?(?:目标|任务|计划|预算)[数量值]?(?:任务)?)$"
)
# (改造管网37公里,)超过上半年设定的30公里的节点目标
_AS_SET = re.compile(
    "(?:超额|提前|已)*(?:完成|超过|高于|低于|未达到?|达到)?了?[^,]{0,10}(?:设定|确定|提出|下达|明确|规定|要求)的"
)
_SET_TASK = re.compile("的?((?:节点|进度|[序时]{2}|阶段性?|季度|月度|年度|全年|考核|预期)*(?:目标|任务))(?![一-鿿])")


def by_its_words(
    clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named]
) -> tuple[str, int | None] | None:
    """The name, and the position of the number that it takes after; None where a number is named as others are."""
    if cell.measure.unit == "分" and (full := _of_points(cell)):
        return full, None
    if (age := _OF_AGE.match(lead)) and not cell.tail.strip() and (is_share(cell) or cell.measure.unit in _PEOPLE):
        return age[1] + ("人员占比" if is_share(cell) else "人数"), None
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
    own = clauses[cell.clause].words[cell.measure.end - clauses[cell.clause].start :]
    if not own.strip() and behind.lstrip().startswith(("为", "对")):
        own = behind.lstrip()  # 投入1200万元,为2300户家庭安装烟感报警器
    if not cell.joined and (spent := _SPENT_ON.match(own)) and _SPENDS.match(cell.lead.strip()):
        what = noun_told((spent["act"] or "") + spent["what"])
        return what + next((word for word in ("投资", "投入") if word in lead), "资金")
    used = _USED_FOR.match(behind)
    if used is None or not _OUTLAY.search(lead):
        return ""
    full = tidy(used[1])
    return full if _FUND.search(full) or full.endswith("补贴") else full + "资金"


def noun_told(words: str) -> str:
    """What money goes to, without manner: 实施老旧小区综合改造 -> 老旧小区改造."""
    return _MANNER.sub("", words)


def _of_task(cell: Cell, lead: str, named: Sequence[Named]) -> str:
    """新增泊位目标, 新增泊位完成率 of (新增泊位3240个,)完成全年目标4000个的81%."""
    if named and _SHORT_OF.search(cell.opening):
        return _GOAL_END.sub("", named[-1].name.full) + "与目标差距"
    if named and (task := _SET_TASK.match(cell.tail)) and _AS_SET.fullmatch(cell.lead.strip()):
        return named[-1].name.noun + task[1]
    if not named or not (said := _TASK.match(lead.strip())):
        return ""
    if said["verb"] in ("比", "距", "距离", "离", "与") or said["verb"].endswith(
        ("超过", "高于", "低于", "未达", "未达到")
    ):
        return named[-1].name.noun + said["task"]  # 失业率3.4%,比年度目标4%低0.6个百分点
    if cell.measure.unit == "%":
        row = next((one for one in reversed(named) if not _TASK_LAST.search(one.name.full)), named[-1])
        done = said["verb"].endswith(("完成", "达", "达到"))
        return row.name.noun + (said["task"] + "完成率" if done else "占" + said["task"] + "比例")
    return named[-1].name.noun + said["task"] if named[-1].cell.measure.unit == cell.measure.unit else ""
