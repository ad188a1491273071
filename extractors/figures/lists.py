"""Numbers that stand in a row and take their names from elsewhere: 分别 lists and alternatives in brackets.

小学、初中午休学校占比分别为72%、51%      小学午休学校占比 72% · 初中午休学校占比 51%
2026年、2027年分别改造12处、20处          2026年 12处 · 2027年 20处
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.figures.cells import Clause
from extractors.figures.indicators import TIME, tidy

_YEAR_ITEM = r"(?:到|在)?(?:20\d\d年?|[今去明后]年)(?:[底末内]|上半年|下半年)?"
_YEAR_LIST = re.compile(rf"(?:{_YEAR_ITEM}(?:、|和|及))+{_YEAR_ITEM}")
_YEAR_RUN = re.compile(
    r"(?P<first>20\d\d)年?(?:[—\-~]+|[至到])(?P<last>20\d\d)年(?!.*、)"
)  # 2026年至2028年分别新建3座、4座、5座
# 投资完成率5月、8月、11月底(分别达到40%、70%、95%)
_PART_OF_YEAR = r"(?:\d{1,2}月(?:[份底末初]|[上中下]旬)?|[一二三四]季度末?|[上下]半年)"
_TIME_ITEM = rf"(?:(?:{_YEAR_ITEM})?{_PART_OF_YEAR}|{_YEAR_ITEM})(?:之?前)?"
_TIME_LIST = re.compile(rf"(?:{_TIME_ITEM}(?:、|和|及))+{_TIME_ITEM}(?=(?:各|应|要|须|力争|计划|预计|均)*$)")
_RANKED = re.compile(
    r"(?P<names>[一-鿿、]{3,60}?)(?:分列|分居|分获|位列|位居|包揽|排名|排在|名列)(?:[^,;。]{0,6}?前|第|末|后|[一二三甲乙])"
)
_RANKED_ARE = re.compile(
    r"(?:前[一二两三四五六七八九十\d]{1,2}[名位]?|末位|后[两三四五]位?|靠前|垫底)的?(?:分别|依次)?(?:是|为|有)(?P<names>[一-鿿、]{3,60})$"
)
# 存栏主要集中在东坝、河口、石桥头,存栏量分别为…
_LIE_IN = re.compile(
    r"(?P<subject>[^,;。]{0,10}?)(?:主要|多|大多|大都)?(?:集中(?:在|于|分布在)|分布(?:在|于)|来自于?)(?P<names>[一-鿿]{2,6}(?:、[一-鿿]{2,6})*(?:[和及与][一-鿿]{2,6})?)(?:等地|[两三四五六七八九]?[地县镇乡村市省])?$"
)
_NUMBERED = re.compile(r"^\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|第[一二三四五六七八九十百]+条)\s*")
_LIST_VERB = re.compile(r"^\s*其中[,:]?|(?<=[一-鿿]{2})(?:各|共)?(?:完成|达到?|为|占|有|新增|实现)$")
_OPEN = re.compile(r"^(.*(?:的|对|为|给|于|由|在|把|认定))(.{1,12})$")
_SECTORS = re.compile("第一[、和]第?二(?:[、和]第?三)?次?产业")  # 第一、二、三产业贡献率分别为
_AND = re.compile(r"以及|和(?!平|谐|县|田|静|林|顺|政)|及|与|或")
_HAPPENS = re.compile(r"(?:^|、)(?:计划|预计|拟|将|已)?(?:开工|完工|竣工|投用|启动|开建)(?:、|$)")
_SIDED = re.compile("(?:存栏|出栏|进口|出口|收入|支出)[量额]?$")
_SYMBOL = re.compile(r"[A-Za-z]+[\d.]*")
_BRACKET = re.compile(r"\([^()]*\)$")
_RATE = re.compile(
    "(?:完成|覆盖|合格|达标|整改|开工|投产|增长|普及|入学|就业|参保|满意|办结|使用|利用|回收|收缴|到位|缴费)率$|(?:增[速幅]|占比|降幅|产值|增加值|总?产量|面积|收入|投资|人口|增速|降幅|涨幅|税收|户数|人数)$"
)
_COUNTS = re.compile("(?:总数|件数|起数|户数|人数|人次|数量|查处数|办结数)$")
_SUM = re.compile("[值额入出量资]$")
_ENDINGS = "级类型期档等市县区镇乡村省州批岁年校人者员户童"


@dataclass(frozen=True, slots=True)
class Members:
    """Who a 分别 list speaks of: `names` in order (with what stands before and behind all of them), or years."""

    names: tuple[str, ...]
    years: bool = False


def respective(clauses: Sequence[Clause], at: int, count: int) -> Members | None:
    """The names that the `count` numbers behind 分别 in clause `at` belong to; None when they don't match in count."""
    own = clauses[at]
    words = own.words[: own.measures[0].start - own.start].split("分别", 1)[0]
    for back in range(at, max(-1, at - 3), -1):
        if back < at:
            words = clauses[back].words
            if clauses[back].measures:
                return None
            lie = _LIE_IN.match(words.strip()) if back == at - 1 else None
            if lie and (items := _items(lie["names"], count)):
                noun = own.words[: own.measures[0].start - own.start].split("分别", 1)[0]
                return Members(tuple(item + lie["subject"] + tidy(noun) for item in items))
        if members := _members(words, count):
            return members
    return None


def years_listed(words: str, count: int) -> Members | None:
    """The years that a clause opens with, as many as it has numbers: 2027年、2028年再建6座、5座."""
    listed = _YEAR_LIST.match(words.strip(" ,"))
    years = re.split("、|和|及", listed[0]) if listed else []
    return Members(tuple(years), years=True) if len(years) == count > 1 else None


def ranked(words: str, count: int) -> Members | None:
    """Who the numbers of the next clause belong to: 甲镇、乙镇分列前两名,…; 排名前两位的是甲镇、乙镇,…."""
    found = _RANKED.match(words.strip()) or _RANKED_ARE.search(words.strip())
    names = re.split("、|和", found["names"]) if found else []
    return Members(tuple(names)) if len(names) == count > 1 else None


def _members(words: str, count: int) -> Members | None:
    words = _SECTORS.sub(lambda found: "、".join(f"第{one}产业" for one in found[0] if one in "一二三"), words)
    words = _LIST_VERB.sub("", _NUMBERED.sub("", words))
    if listed := _YEAR_LIST.match(words.strip(" ,")):
        years = re.split("、|和|及", listed[0])
        return Members(tuple(years), years=True) if len(years) == count else None
    if (run := _YEAR_RUN.match(words.strip(" ,"))) and int(run["last"]) - int(run["first"]) + 1 == count:
        return Members(tuple(f"{year}年" for year in range(int(run["first"]), int(run["last"]) + 1)), years=True)
    if listed := _TIME_LIST.search(words.strip(" ,")):
        times = re.split("、|和|及", listed[0])
        return Members(tuple(times), years=True) if len(times) == count else None
    items = _items(TIME.sub("", words).strip(" ,、"), count)
    return Members(tuple(_spread(items))) if items else None


def _items(words: str, count: int) -> list[str] | None:
    if _HAPPENS.search(words):
        return None  # 6月开工、12月完工: two acts, no two things
    items = [item for item in words.split("、") if item]
    while len(items) < count:
        longest = next((at for at in range(len(items) - 1, -1, -1) if _AND.search(items[at], 1)), None)
        if longest is None:
            return None
        found = _AND.search(items[longest], 1)
        if found is None or found.end() == len(items[longest]):
            return None
        items[longest : longest + 1] = [items[longest][: found.start()], items[longest][found.end() :]]
    return items if len(items) == count > 1 else None


def _spread(items: list[str]) -> list[str]:
    """Each item with what all share: 新认定的国家级、省级基地 -> 新认定的国家级基地, 新认定的省级基地."""
    if _each_whole(items):
        return [tidy_prefix(item) for item in items]
    if (sides := [_SIDED.search(item) for item in items]) and all(sides) and (side := sides[0]) and side.start() > 1:
        return [tidy_prefix(items[0]), *(items[0][: side.start()] + item for item in items[1:])]  # 生猪存栏、出栏量
    prefix = ""
    if opened := _OPEN.match(items[0]):
        prefix, items = opened[1], [opened[2], *items[1:]]
    first, last = items[0], items[-1]
    cut = _cut(items)
    suffix = _TOGETHER.sub(r"\1", last[cut:])
    last = last[:cut]
    if opened is None and len(first) > len(last) and first[-1] != last[-1] and not _SUM.search(first):
        prefix, first = first[: len(first) - len(last)], first[len(first) - len(last) :]
    prefix = tidy_prefix(prefix)
    return [prefix + item + suffix for item in (first, *items[1:-1], last)]


# 清河、沙岭两镇任务
_TOGETHER = re.compile("^[两三四五六七八九十]个?(街道|乡镇|[县区市镇乡村])(?=[一-鿿]{2})")
_RATE_LAST = re.compile("(?:率|占比|比例|比重|系数|指数|[^数]量|面积|密度|增速|增幅)$")


def _each_whole(items: Sequence[str]) -> bool:
    """Whether each item has a noun and a 的 of its own: 新建的公办幼儿园和改扩建的民办幼儿园."""
    bare = [_BRACKET.sub("", item) for item in items]
    if all(len(item) > 2 and _RATE_LAST.search(item) for item in bare):
        return True  # 计量收费覆盖率、水费收缴率
    return all(len(item) > 3 and item.endswith(bare[0][-2:]) for item in bare) and any(
        "的" in item for item in bare[1:]
    )


def _cut(items: list[str]) -> int:
    """Where the last item's own words end and the words common to all begin."""
    if _COUNTS.search(items[0]) and _COUNTS.search(items[-1]):
        return len(items[-1])  # 破案总数、处罚人数: each is a count of its own
    last = items[-1]
    if _SYMBOL.fullmatch(items[0]) and (symbol := _SYMBOL.match(last)):
        return symbol.end()  # PM10、PM2.5年均浓度
    for char in {item[-1] for item in items[:-1]}:
        if char in _ENDINGS and 0 < (at := last.find(char, 1)) < 9:
            return at + 1
    if len(items[0]) > 3 and _BRACKET.sub("", last).endswith(_BRACKET.sub("", items[0])[-2:]):
        return len(last)  # 高新企业、科技型企业: the same noun in each
    if 0 < (at := last.find("的")) < 9:
        return at
    if (rate := _RATE.search(last)) and 1 < rate.start() <= max(len(item) for item in items[:-1]):
        return rate.start()  # 芜湖、马鞍山、池州完成率
    if rate and _SUM.search(items[0]) and _SUM.search(last[: rate.start()]):
        return rate.start()  # 生产总值、旅游收入增速
    middle = items[1:-1] or items[:1]
    length = min(len(item) for item in middle)
    return length if length < len(last) else len(last)


def tidy_prefix(prefix: str) -> str:
    """对新认定为 -> 新认定: what stands before the first name, as a modifier."""
    return re.sub(
        r"^(?:其中|对于?|将|把|给|由|在|为)+", "", re.sub(r"(?:为|对|给|于|由|在|把)$", "", tidy(prefix + "#")[:-1])
    )


def bracketed(name: str) -> tuple[str, str]:
    """孵化器(加速器)奖励 -> 孵化器奖励, 加速器奖励: the name for the number outside and for the one in brackets."""
    found = re.search(r"([^()的级、]{2,12})\(([^()]{2,12})\)", name)
    if not found:
        return name, name
    head = name[: found.start()]
    return head + found[1] + name[found.end() :], head + found[2] + name[found.end() :]
