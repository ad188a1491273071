"""Names that an office's turns of phrase give: how often, how far apart, and who is fined how much.

每20分钟保洁一遍         保洁间隔
每2公里设一处驿站        驿站间距
随意倾倒的,对个人处…罚款  随意倾倒个人罚款
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.indicators import noun_of, tail_of, tidy
from extractors.figures.named import Memory, Named
from extractors.figures.stated import what_is_low
from extractors.lexicon import alternation, words_of

_TIMES = frozenset(["分钟", "小时", "个小时", "天", "日", "年", "个月", "周", "秒"])
_LENGTHS = frozenset(["公里", "千米", "米", "里"])
_ONCE = r"[一1两二](?:次|遍|班|趟|回|轮|列|艘次)"
_EACH_TIME = re.compile(rf"^(?:就|需|要|应|须)?(?P<act>[一-鿿]{{0,6}}?){_ONCE}")
_ROUND_OF = re.compile(r"^对(?P<whom>[一-鿿、]{2,14}?)(?:进行|开展|组织|实施)[一1](?:轮|次|遍)(?P<what>[一-鿿]{2,8})")
_APART = re.compile(
    r"^岸?(?:线|路|段)?(?:设置?|布设|布局|建设?|配[备置]?|安装|有)(?:[一1两二三]|至少|不少于)*(?:处|座|个|块|盏|根|名|台|对)*(?P<thing>[一-鿿]{2,6})"
)
_PUNISHED = re.compile(
    r"(?:对(?:其|有关)?)?(?P<whom>个人|单位|责任人|企业|经营者|直接责任人员?)?[^,]{0,6}?(?:并?处以?|罚)[^,]{0,4}$"
)
_FINE = re.compile(r"^(?:以[上下])?(?:的)?罚款")
_ACTED = re.compile(r"^(?:第[^ ]{1,6}条\s*)?(?:对?违反(?:本|前|上述)[^,]{2,8}?(?:规定|办法|款)[,的]?)?")
_BREACH = re.compile(r"违|[未不拒无]|擅自|随意|乱|逾期|骗|虚假|盗|毁|占用|倾倒|阻[碍挠]")
_PLACES_ALONE = re.compile(
    r"^(?:[一-鿿]{0,4}(?:[县市区镇乡村]|县城|建成区|城区)(?:\([市区县州、]{1,5}\))?|城市|农村|城镇|城乡|山区|平原|沿海|[一-鿿]{0,4}(?:区域|地区|片区|景区|园区))$"
)
_OF_PLACE = re.compile(
    r"^(?:[全我本][市县区省州国]|市区|城区|县城|城镇|城市|农村|山区|[一-鿿]{2}(?:区域|地区|片区)|[县市](?:\([市区县州、]{1,5}\)))"
)
_BASE = re.compile(
    r"^(?P<of>[^,]*?)(?:[比较]|(?P<beside>[与同和]))(?P<then>(?:20\d\d年|[去上前]年)(?:[底末初]|同期|上半年)?)的$"
)
_WORTH = re.compile("(?:总投资|投资|年?产值|年?销售(?:额|收入)|营业收入|造价|年收入)额?$")
_BOUND = re.compile("(?:超过?|突破|达到?|过|在|不[低少]于)$")
_TASK_SAID = re.compile("(?:年度|全年|总|既定|目标)*(?:任务|目标|计划)$")
_RAISED = re.compile(
    r"(?:自[我加行身]加?压?力?|主动|加压|加码|再|又)[^,;。\d]{0,4}"
    r"(?:确定|明确|调[高增整]|上调|提[高升]|增加|追加|加码|扩大|定)[为到至]$|加码[到至为]$"
)
_MEAN = re.compile("(?:[全各我本][市县区省州国乡镇]|[高低平]峰(?:时段|期)?|[旺淡]季)(?:总体)?(?:平均)?")
_VEHICLE = alternation(words_of("naming", "vehicle"))


def of_rule(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named], before: Memory) -> str:
    """The name that such a turn gives the number; nothing where there is none."""
    if cell.opening.endswith(("每", "每隔")):
        return _interval(clauses, cell, named)
    if cell.measure.unit == "元" and _FINE.match(cell.around + cell.tail) and (who := _PUNISHED.search(cell.opening)):
        return _fine(clauses, cell, who["whom"] or "", before)
    return (
        _of_rate_told(clauses, cell)
        or _elsewhere(cell, named)
        or _of_base(cell, named)
        or _worth(cell)
        or _of_task_in_brackets(clauses, cell, named)
    )


def is_raised(words: str) -> bool:
    """(省里下达3000个的任务,)市里自我加压确定为3600个: the same, and more of it."""
    return _RAISED.search(words) is not None


def thing_of(name: str) -> str:
    """物流中心 of 物流中心投资: whose worth it is, for the numbers behind."""
    return _WORTH.sub("", name) or name


def _of_base(cell: Cell, named: Sequence[Named]) -> str:
    """床位总数比2012年底的(416.5万张)增加: the old level of what the comparison is about."""
    found = _BASE.match(cell.lead)
    if found is None or (found["beside"] and not cell.tail.startswith("相")):
        return ""
    subject = tidy(found["of"]) or (named[-1].name.noun if named else "")
    return found["then"] + subject if subject else ""


def _worth(cell: Cell) -> str:
    """物流中心投资 of 投资(10亿元)的物流中心."""
    such = cell.measure.unit == "元" and cell.tail.startswith(("的", "企业", "项目", "合作社", "公司"))
    found = _WORTH.search(_BOUND.sub("", cell.lead)) if such else None
    thing = noun_of(tail_of(cell.tail)) if found else ""
    return thing + found[0] if found and len(thing) > 1 else ""


def _of_task_in_brackets(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named]) -> str:
    """到位资金9亿元,完成全年任务(12亿元)的75%: the task, and how much of it is done."""
    percent = cell.measure.unit == "%" and cell.opening.startswith("的")
    at = cell.clause - (2 if percent else 1)
    if tidy(cell.lead) or not named or at < 0 or clauses[at].depth or clauses[at + 1].depth != 1:
        return ""
    task = _TASK_SAID.search(clauses[at].words)
    row = next((one for one in reversed(named) if one.cell.clause < at), None)
    if task is None or row is None:
        return ""
    return row.name.noun + task[0] + ("完成率" if percent else "")


def of_tasks_in_turn(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named]) -> str:
    """书屋86个、站点140处,分别完成年度任务(书屋90个、站点160处)的95%、88%: how much of each task is done."""
    front = cell.clause - 2
    if cell.measure.unit != "%" or front < 0 or "分别" not in clauses[front].words or clauses[front + 1].depth != 1:
        return ""
    mine, tasks = clauses[cell.clause].measures, [row for row in named if row.cell.clause == front + 1]
    task = _TASK_SAID.search(clauses[front].words)
    if task is None or not clauses[cell.clause].words.startswith("的") or len(mine) != len(tasks):
        return ""
    return tasks[mine.index(cell.measure)].name.noun + task[0] + "完成率"


def _interval(clauses: Sequence[Clause], cell: Cell, named: Sequence[Named]) -> str:
    clause = clauses[cell.clause]
    behind = clause.words[cell.measure.end - clause.start :]
    if cell.measure.unit in _TIMES and (round_of := _ROUND_OF.match(behind)):
        return round_of["whom"] + round_of["what"] + "间隔"
    if cell.measure.unit in _TIMES and (once := _EACH_TIME.match(behind)):
        subject = tidy(cell.lead.rsplit("每", 1)[0])
        return (subject if len(subject) > 1 else _runs(clauses, cell)) + (once["act"] or "发车") + "间隔"
    if cell.measure.unit in _LENGTHS and (apart := _APART.match(behind)):
        return apart["thing"] + "间距"
    return ""


def _runs(clauses: Sequence[Clause], cell: Cell) -> str:
    """What runs so often: 接驳车 of 开行免费接驳车2条,每10分钟一班."""
    for clause in reversed(clauses[: cell.clause]):
        if found := list(re.finditer(rf"[一-鿿]{{0,3}}{_VEHICLE}", clause.words)):
            return found[-1][0]
    return ""


def _fine(clauses: Sequence[Clause], cell: Cell, whom: str, before: Memory) -> str:
    cell_front = "".join(clause.words for clause in clauses[: cell.clause])
    for clause in reversed(clauses[: cell.clause]):
        if clause.words.rstrip().endswith("的") and (_BREACH.search(clause.words) or "责令" in cell_front):
            act = _ACTED.sub("", clause.words.strip())[:-1]
            return act[-16:] + whom + "罚款"
    last = next((row.name.full for row in reversed(before.earlier) if row.name.full.endswith("罚款")), "")
    return re.sub(r"(?:个人|单位|企业)?罚款$", whom + "罚款", last)


def _of_rate_told(clauses: Sequence[Clause], cell: Cell) -> str:
    """(投保率偏低,)全县平均31%: how high a rate is that the clause in front calls low."""
    if cell.measure.unit != "%" or cell.tail or not (mean := _MEAN.fullmatch(tidy(cell.lead))):
        return ""
    low = (what_is_low(clause.words) for clause in reversed(clauses[: cell.clause]))
    rate = next((found for found in low if found), "")
    return mean[0] + rate if rate else ""


def _elsewhere(cell: Cell, named: Sequence[Named]) -> str:
    """(市区入园率达到98%,)县(市)达到92%: the same rate of another place."""
    if cell.measure.unit != "%" or not named or named[-1].cell.measure.unit != "%" or cell.tail:
        return ""
    last, lead = named[-1], tidy(cell.lead)
    if not _PLACES_ALONE.match(lead):
        return ""
    rate = _OF_PLACE.sub("", last.name.noun)
    return lead + rate if rate != lead and rate.endswith(("率", "比例", "比重", "度", "占比")) else ""
