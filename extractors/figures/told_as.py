"""A number's name as it stands in the answer: with its year, its age or measure, in the text's own script.

今年新建书屋16座      2024年新建书屋
35岁以下14人          人员年龄 of the 35岁
"""

from __future__ import annotations

import re

from extractors.figures.indicators import noun_of, of_condition, says_how_long, year_of
from extractors.figures.named import DAYS, Named
from extractors.figures.scene import Scene
from extractors.figures.standards import Place

_WORTH = re.compile("营业收入|年?产值|销售额|销售收入|纳税额|税收|投资|注册资本")
_SIZED = re.compile("([一-鿿]{2,4}?)以[上下]的([一-鿿]{2,12})")  # 养老机构床位 of 200张床位以上的养老机构
_COUNTED_HEADS = re.compile("(?:人员|总人)?数$|年龄$")


def is_of_bound(row: Named, why: str) -> bool:
    """Whether a case's number is named by what it measures: 建成超过30年的, 停热超过24小时按日退费."""
    if why == "standing":
        return says_how_long(row.cell.lead)
    return why == "condition" and (row.rule == "carried" or _ends_in_bound(row))


def _ends_in_bound(row: Named) -> bool:
    return row.cell.measure.unit in DAYS and row.cell.lead.endswith(("超过", "满", "不足"))


def told_as(scene: Scene, row: Named, place: Place, condition: bool) -> str | None:
    year, past = row.name.year, place.past
    if row.when:
        year = year_of(row.when, scene.anchor.year, past)
    elif not year and row.rule in ("own", "carried", "part") and row.cell.measure.unit not in ("%", "倍", "个百分点"):
        year = year_of(row.cell.opening, scene.anchor.year, past)
    told = row.name.told(year)
    if told and year and row.name.full.startswith("每年") and len(row.name.full) > 3:
        told = year + row.name.full[2:]  # 每年只有1.5万个名额,2022年扩至2万个
    if condition and (sized := _SIZED.match(place.behind)):
        told = noun_of(sized[2]) + sized[1]
    elif row.rule in ("own", "carried") and (condition or row.cell.measure.unit in ("岁", "周岁")):
        condition_of = of_condition(row.cell.lead, row.cell.tail, row.cell.measure.unit)
        if condition_of is None and told and row.rule == "carried" and row.cell.measure.unit in ("岁", "周岁"):
            condition_of = _COUNTED_HEADS.sub("", told) + "年龄"  # (在岗人员59人,)其中35岁以下8人
        told = condition_of or told
        if told and len(told) < 4 and row.cell.measure.unit == "元":
            told += next(reversed(_WORTH.findall(place.said)), "规模")  # 营业收入亿元以上企业8家,其中十亿元以上企业2家
        elif row.cell.measure.unit == "分" and row.cell.lead.strip() in ("低于", "不足", "高于", "超过"):
            told = "考核得分"  # 低于60分的
    return _in_own_script(scene, told)


def _in_own_script(scene: Scene, name: str | None) -> str | None:
    """The name in the characters of the text as read: 城区幼儿园 of a traditional text is 城區幼兒園."""
    if name is None or scene.traditional is None:
        return name
    return name.translate(scene.traditional)
