"""What a number is about when its own words don't say: the number, the clause or the head in front of it.

全县有民宿46家,床位近900张      民宿床位
开通环湖巴士,票价3元            环湖巴士票价
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.cells import Cell, Clause
from extractors.figures.compared import COMPARED, core_of, held_against, of_what
from extractors.figures.indicators import tidy, without_place
from extractors.figures.named import Memory, Named
from extractors.figures.stated import stated, thing_said
from extractors.figures.words import joined
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import sought

_ONE = alternation(words_of("naming", "state"))
_BETTERED = "(?:治理|提升|加固|升级|提质|养护|整治|翻新|更新|修复|整修|改建)"
STATE = f"(?:{_ONE}{_BETTERED}?|{_BETTERED}(?:{_ONE}|{_BETTERED}))"  # 维修加固, 提升改造
SINCE = r"(?:先期|再|又|新|已|在|实际|计划|首年|当年|累计|正在?|尚未|还未|仍未|均|陆续)*"
BARE = re.compile(f"^{SINCE}{STATE}(?:[并和且、]{SINCE}{STATE})?$")
STATE_FRONT = re.compile(f"^{SINCE}{STATE}(?=[一-鿿]{{2}})")
RELATIVE = re.compile("^" + alternation(words_of("naming", "relative")))
_NO_TOPIC = re.compile(
    r"^(?:[旺淡]季|每|单|平均|人均|户均|日均|年均)|(?:时限|时间|期限?|间隔|间距|年龄|[率度例价额费量]|投资|面积|客流|车流|日均.{1,4})$"
)
_ATTRIBUTE = sought(
    r"(?<=[一-鿿]{2})(?:规划(?:建设)?用地|总?投资|总造价|概算|(?:占地|建筑|用地|种植|养殖|播种|栽培)?面积|全长|总长)$"
)
_HEAD_WORDS = re.compile(
    r"^[^、.]{0,3}[、.)）]|^[一二三四五六七八九十]{1,2}[是要]|关于|的?(?:建议|问题|提案|诉求|请求)|[。:：]"
)
_SPACED = re.compile(r"(?<=^[一-鿿])[ \u3000]+(?=[一-鿿]$)")  # 二、农 业
_GENERIC_HEAD = re.compile(joined("indicators", "generic_head"))
_DEEDS = frozenset(words_of("naming", "deed"))
_COUNTERS = frozenset(("%", "元", "个", "个百分点", "倍"))
_CHANGE_SAID = re.compile(r"较|比(?![例重率])|同比|环比|提[高升]|上升|增长|下降|降低|压减")
_DIMENSION = re.compile(r"..[长宽高深]$|(?:公示|有效|服务|试用|质保|保修|合同|建设|见习|还款)期$")
_NO_THING = re.compile(
    r"(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|压减|奖励|奖补|补助|补贴|资助|以[下上内外]|占比|比例|合计|人数|户数|面积|投资|资金)$"
)
_OWN_ATTRIBUTES = frozenset(("总长", "全长", "总长度", "总投资", "总造价", "建设里程"))
_PEOPLE = frozenset(("人", "名", "人次"))
_EARNED = ("产值", "收入", "销售额", "利润", "税收", "营收", "出口额", "产量")
_YIELDS = frozenset(("产量", "总产", "总产量", "产值", "总产值", "单产", "亩产", "年产量", "年产值"))
_GROWN_ON = re.compile("(?:种植|养殖|播种|栽培|栽植|收获|总)?面积$")
# what is left of 种植面积 names nothing
_GROWN = re.compile(r"批复|核定|核准|概算|估算|产业规模|总?规模|种植|养殖|播种|栽培|栽植|建筑|占地|用地")
_FOR = re.compile(
    r"^(?:[(][^()]*[)])?(?:累计|共|总)*(?:投入|安排|筹[集措]|争取|整合|落实|拨付|下达)(?:各级|各类|财政|专项|上级|省级|市级)*([一-鿿]{2,10}?)(?:专项)?(?:资金|经费|投资|贷款)$"
)
_BROKEN = re.compile(r"(?:[满超]|达到?)$")  # 正常经营满(1年的,每店…)
_FIRST = re.compile("^(?:首|头|第一)[批期年](?=[一-鿿]{2})")
_COMMON_NAME = re.compile(joined("indicators", "common"))
_OWN_NOUN = re.compile("^" + alternation(words_of("naming", "relative")) + r"[一-鿿]{4,}$")
_DONE_OF = re.compile(r"[只仅]|实际|最终")
_MEANT = re.compile(r"原[定拟计方答]|计划|承诺|目标|任务|要求")
_OUTLAY = re.compile(r"^(?:总?投资|投入|筹资|筹措|安排|拨付|资金|经费)")
_GRANTED = re.compile(r"(?:奖励|补助|补贴|奖补|资助)比例$")
OFTEN = re.compile(r"^每(?:周|月|年|季度?|天|日|半年|旬)(?:巡|检|排|抽|调|督|会|保|清|消|培|演|通)[一-鿿]")
CONDITION = re.compile(r"^[\d.]+(?:个?[一-鿿]{1,3}|平方米)(?:及?以[上下]|以内)$")
RECURS = re.compile(
    r"^(?![一-鿿]{2,4}(?:批次|次数|频次|数量|[额量率度])每)"
    r"[一-鿿]{2,4}每(?:年|个?月|季度?|周|学期|学年|天|日|半年|旬)$"
)
BELOW = re.compile(r"^(?:[高低多少快慢优好]于|高出|超)(?:全[国省市县区州]|国家|省定?|周边|同类)")
MEASURED_ON = re.compile(r"(?:率|面积|产量|床位|能力|投资|库容|容量|产能|总长|长度)$")
_SIDE = "(?:存栏|出栏|进口|出口|产量|销量|收入|支出|签约|入住|上行|下行|入库|出库|进港|出港)"
OTHER_SIDE, SIDE_END = re.compile(_SIDE + "[量额]?"), re.compile(f"(?<=[一-鿿]){_SIDE}[量额]?$")
_PER_ONE = re.compile("每(?:个|所|家|处|座|支|户|村|镇|乡|县|校|队|组|班|站)[一-鿿]{2}")
_SUM_SAID = re.compile("(?:涉及|总|计划|概算|估算)*(?:金额|资金(?:规模|总额)?)")
_TRADE_SUMS = frozenset(("产值", "总产值", "年产值", "综合产值"))  # of a trade's plan: that of the trade
_THINGS = frozenset("个座处家条项所辆台件户套支")
_LENGTH_SAID = re.compile("总里程|全长|总长度?|总面积")
_SUM = re.compile("共|合计|总计|累计")
_OF_EACH = re.compile(
    "^每[一-鿿]{1,6}?(?=(?:配[备齐置]?|设[立置]?|建[设立成]?|安排|聘[请用]?|有|选[派聘]?|培[训育])[一-鿿]{2})"
)
_EACH_OF = sought("(?:标准)?每[一-鿿]")
WHOSE = re.compile(r"^[一-鿿]{1,8}(?:[市县区镇乡村旗州盟]|街道|小学|初中|高中|幼儿园|公司|集团|[^一分][级类型业])$")
_BATCH = re.compile("[批期年轮次步]$")
_EXTENTS = frozenset(("公里", "米", "平方米", "平方公里", "亩", "公顷", "立方米"))


def needs_topic(name: str) -> bool:
    """客房, 票价, 完成率, 惠及居民 say too little out of context."""
    name = _FIRST.sub("", name)
    if name in _DEEDS:
        return False
    return (
        (len(name) <= 3 and not _DIMENSION.search(name))
        or (len(name) <= 6 and bool(RELATIVE.match(name)) and not _OWN_NOUN.match(name))
        or bool(_COMMON_NAME.match(name))
    )


def topic_of(
    clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named], before: Memory
) -> tuple[str, int | None]:
    """What the number is about when its own words don't say: a number of the same unit, the clause before, the head."""
    unit = cell.measure.unit
    if told := _plainly_told(clauses, cell, lead, named, before):
        return told
    alone = cell.joined or len(cell.opening) == len(cell.lead)  # 产值超亿元企业3家 are no 企业 told of before
    alone = alone and not (cell.clause and _LENGTH_SAID.fullmatch(lead))
    if alone and len(lead) > 1 and not _NO_THING.search(lead) and (full := _told_in_full(cell, lead, named, before)):
        return full, None
    if same := _of_same(cell, lead, named, before):
        return same
    near = _near(clauses, cell, lead, named)
    if "每" in cell.lead:
        if cell.joined and named:
            return named[-1].name.noun, None
        if near:
            return near, None
    if not lead or unit not in _COUNTERS:
        for at in _candidates(cell, lead, named):
            row = named[at]
            while row.rule == "carried" and row.head is not None and row.head < at:
                at, row = row.head, named[row.head]
            if row.cell.measure.unit == unit and row.of is None and not COMPARED.search(row.cell.lead):
                return _summed(cell, core_of(row.name.noun) if lead else row.name.noun), at
    if not lead and named and named[-1].name.object:
        return named[-1].name.object, None
    return near or _farther_topic(clauses, cell, lead, named, before), None


def _plainly_told(
    clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named], before: Memory
) -> tuple[str, int | None] | None:
    """What a comparison, a row of a list or a sum is told of; 食用菌产业 of 产值290亿元 in a plan for that trade."""
    told: tuple[str, int | None] | None = None
    front = clauses[cell.clause - 1] if cell.clause and cell.depth else None
    if front and not front.measures and front.depth < cell.depth and cell.opening == cell.lead:
        told = (thing, None) if (thing := stated(front)) else None  # 就业惠民工程(项目3个,…)
    if not told and (_is_like_the_last(cell, lead, named) or _stands_alike(cell, lead, named, before)):
        return "", None
    if named and not told:
        told = held_against(cell, lead, named) or _goes_row_by_row(clauses, cell, lead) or _sum_for(cell, lead, named)
    of_trade = before.trade and cell.measure.unit == "元" and lead in _TRADE_SUMS
    return told or ((before.trade, None) if of_trade else None)


def _is_like_the_last(cell: Cell, lead: str, named: Sequence[Named]) -> bool:
    """供暖类120件,物业类80件; 故意伤害罪56件,盗窃罪48件: kinds of one row, told apart by their own names."""
    if not named or len(lead) < 3 or cell.tail or cell.opening != cell.lead or lead[-1] not in "罪类型案病":
        return False
    last = named[-1]
    near = last.cell.clause == cell.clause - 1 and last.cell.measure.unit == cell.measure.unit
    return near and last.name.full[-1:] == lead[-1]


def _stands_alike(cell: Cell, lead: str, named: Sequence[Named], before: Memory) -> bool:
    """水稻1.5万亩,…;小麦6800亩: short nouns that stand alone in front of numbers of one unit, each its own."""
    if not 1 < len(lead) < 4 or cell.opening != cell.lead or cell.tail or not _ALONE.fullmatch(lead):
        return False
    if BARE.match(lead) or RELATIVE.match(lead) or cell.measure.unit not in _EXTENTS | _BY_WEIGHT:
        return False
    last = next(
        (row for row in (*reversed(named), *reversed(before.earlier)) if row.cell.measure.unit == cell.measure.unit),
        None,
    )
    if last is None or last.cell.opening != last.cell.lead or last.cell.tail or len(last.name.full) > 4:
        return False
    return bool(_ALONE.fullmatch(last.cell.lead.strip())) and last.name.full == last.cell.lead.strip()


_ALONE = re.compile("(?![全总共其约新已每])[一-鿿]{2,4}(?<![率量额值积数率地产])")
_BY_WEIGHT = frozenset(("吨", "公斤", "斤", "头", "只", "羽", "株"))


def _sum_for(cell: Cell, lead: str, named: Sequence[Named]) -> tuple[str, None] | None:
    """就业项目 of 就业项目8个,金额2212万元: the sum is that of what has just been counted."""
    last = named[-1]
    if _LENGTH_SAID.fullmatch(lead) and last.cell.clause == cell.clause - 1 and last.cell.measure.unit in _THINGS:
        return core_of(last.name.noun), None  # 农村公路4条,总里程6公里
    counted = last.cell.measure.unit in _THINGS and last.cell.clause >= cell.clause - 1
    return (
        (core_of(last.name.noun), None) if counted and cell.measure.unit == "元" and _SUM_SAID.fullmatch(lead) else None
    )


def _other_side(cell: Cell, named: Sequence[Named], before: Memory) -> str:
    """一般公共预算收入, told before, of 支出完成40亿元."""
    for row in reversed((*before.earlier, *named)):
        if row.cell.measure.unit == cell.measure.unit and row.of is None and SIDE_END.search(row.name.full):
            return without_place(row.name.full)
    return ""


def _goes_row_by_row(clauses: Sequence[Clause], cell: Cell, lead: str) -> tuple[str, None] | None:
    """No topic for 道路运输17起、11人,工贸6起、5人: clauses that count alike, each with a name of its own."""
    units = [one.unit for one in clauses[cell.clause].measures]
    if len(units) < 2 or cell.joined or not cell.clause or len(lead) < 2 or BARE.match(lead) or _BATCH.search(lead):
        return None
    alike = len(set(units)) == len(units) and units == [one.unit for one in clauses[cell.clause - 1].measures]
    return ("", None) if alike else None


def _told_in_full(cell: Cell, lead: str, named: Sequence[Named], before: Memory) -> str:
    """What was told before by more words: (供水管网漏损率14%,…)漏损率降至11%; (新辟物流航线8条,…)航线增至25条.

    Behind 蔬菜播种面积3930亩 an output (产量) is that of the same crop, whatever outputs were told before.
    """
    if lead in _YIELDS and (crop := next((_crop_of(row) for row in reversed(named) if _crop_of(row)), "")):
        return crop + lead
    if OTHER_SIDE.fullmatch(lead) and (whole := _other_side(cell, named, before)):
        return whole
    for row in reversed(
        named if lead.endswith("进度") or lead in _YIELDS or lead in _OWN_ATTRIBUTES else (*before.earlier, *named)
    ):
        if row.cell.measure.unit == cell.measure.unit and row.name.full.endswith(lead) and row.name.full != lead:
            return core_of(row.name.full)
    return ""


def _crop_of(row: Named) -> str:
    """粮食作物 of 播种粮食作物(303万亩), 蔬菜 of 蔬菜总面积(39万亩); nothing of what isn't grown."""
    if row.cell.measure.unit not in ("亩", "公顷", "平方米") or COMPARED.search(row.cell.lead):
        return ""
    crop = core_of(_GROWN_ON.sub("", row.name.noun)).removeprefix("播种").removeprefix("种植")
    return "" if "(" in crop or crop in ("挂果", "投产", "采摘", "采收", "丰产") else crop


def _summed(cell: Cell, topic: str) -> str:
    """每个乡镇配备植保员2名,共30名: the sum isn't told of each."""
    return _OF_EACH.sub("", topic) if _SUM.search(cell.lead) else topic


def _of_same(cell: Cell, lead: str, named: Sequence[Named], before: Memory) -> tuple[str, int | None] | None:
    """The topic that a number shares with one before it: of its own clause, of the same verb, or the last at all."""
    if cell.joined and lead and cell.measure.unit != "%" and named and _PER_ONE.match(named[-1].name.full):
        return named[-1].name.full, None  # 每个建制镇队员不少于8人、配车不少于2辆
    if cell.joined and named and named[-1].cell.clause == cell.clause and _of_thing(lead):
        return core_of(named[-1].name.noun), None
    again = _said_before(lead, named)
    if again is not None:
        return named[again].name.full, again
    if lead:
        return None
    if cell.joined and named and (whole := _as_unit_before(cell, named, before)):
        return whole, None
    if named and not cell.joined and (again := _of_unit(cell, named)) is not None:
        return named[again].name.noun, None
    at_once = named and not cell.tail + named[-1].cell.tail and named[-1].cell.clause == cell.clause - 1
    if at_once and cell.measure.unit in _EXTENTS and len(cell.opening) < 3:
        return named[-1].name.noun, None  # 整治干道5条,38公里
    return _of_last(cell, named)


def _as_unit_before(cell: Cell, named: Sequence[Named], before: Memory) -> str:
    """(货运量90万吨,旅客2710万人次。)明年目标是110万吨、2900万人次: each goes on with what its unit counted."""
    unit = cell.measure.unit
    bare = named[-1].cell.clause == cell.clause and not cell.lead and len(tidy(named[-1].cell.lead)) < 2
    if not bare or unit in _COUNTERS or unit is None or named[-1].cell.measure.unit == unit:
        return ""
    told = (row for row in reversed(before.earlier) if row.cell.measure.unit == unit and row.of is None)
    return next((row.name.noun for row in told if not COMPARED.search(row.cell.lead)), "")


def _of_unit(cell: Cell, named: Sequence[Named]) -> int | None:
    """新建学校8所,新增学位2万个,其中建成3所4800个: each unit goes on with what it counted."""
    last, unit = named[-1], cell.measure.unit
    if last.cell.clause != cell.clause or last.cell.tail or last.cell.measure.unit == unit or unit in ("%", "元", None):
        return None
    if len(own := tidy(last.cell.lead)) > 2 and not BARE.match(own):
        return None  # 县级抢险队2支30人,乡镇抢险队15支285人
    rows = [at for at, row in enumerate(named) if row.cell.measure.unit == unit and row.cell.clause < cell.clause]
    return rows[-1] if rows else None


def _of_thing(lead: str) -> bool:
    """Whether the words speak of a thing told before: 总投资, 惠及居民, 库容."""
    return bool(RELATIVE.match(lead)) or (len(lead) < 4 and bool(MEASURED_ON.search(lead)))


def _of_last(cell: Cell, named: Sequence[Named]) -> tuple[str, int | None] | None:
    """What a number without words of its own takes from the last: its name, what rose, what was granted."""
    if not named:
        return None
    last, unit = named[-1], cell.measure.unit
    if last.cell.clause == cell.clause:
        return _summed(cell, last.name.noun), len(named) - 1
    if unit == "%" and last.cell.measure.unit == "个百分点":
        return _before_change(last.name.noun), None
    if unit == "元" and _GRANTED.search(last.name.full):
        return last.name.full.removesuffix("比例"), None
    return None


def _said_before(lead: str, named: Sequence[Named]) -> int | None:
    """The number whose name opens with the same verb: (2023年)改造老果园3万亩,…(2024年)改造4万亩."""
    if not lead or not BARE.match(lead):
        return None
    verb = lead.removeprefix("再").removeprefix("又")
    rows = range(len(named) - 1, -1, -1)
    return next((at for at in rows if named[at].name.full.startswith(verb) and len(named[at].name.full) > 3), None)


def _candidates(cell: Cell, lead: str, named: Sequence[Named]) -> range:
    """The numbers in front, the nearest first; what was done (只建成11所) is told of what was meant (原定建15所)."""
    if lead and named and _DONE_OF.search(cell.lead) and _MEANT.search(named[0].cell.opening):
        return range(1)
    return range(len(named) - 1, -1, -1)


def _farther_topic(clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named], before: Memory) -> str:
    """A topic from the numbers in front, earlier clauses, earlier units, the head, or the clause behind."""
    if works := _works_before(cell, lead, named):
        return works
    for row in (
        named
        if RELATIVE.match(lead) and not lead.endswith(("覆盖率", "接入率", "入驻率", "处理率", "服务率"))
        else reversed(named)
    ):
        if _names_no_topic(row, cell, lead, named):
            continue
        if row.of is not None and row.of < len(named):
            row = named[row.of]  # what the whole is about, not its last part
        noun = row.name.noun if len(row.name.noun) > 1 else row.name.full
        if RELATIVE.match(lead) and (touches := _TOUCHES.match(row.name.full)):
            noun = touches[1]
        noun = _not_of_each(_ATTRIBUTE.sub("", of_what(noun)), lead)
        noun = _paid_for(row, noun, cell, lead)
        if (
            len(noun) > 1
            and not BARE.match(noun)
            and not _BROKEN.search(noun)
            and not _GROWN.fullmatch(noun)
            and (not lead or not _NO_TOPIC.search(noun))
        ):
            return core_of(noun)
    for clause in reversed(clauses[: cell.clause]):
        if found := stated(clause):
            return found
    if told := _of_units_before(cell, lead, before):
        return told
    head = _SPACED.sub("", _HEAD_WORDS.sub("", before.head))
    if not _GENERIC_HEAD.search(head) and (found := thing_said(head)):
        return found
    if plain := next((row for row in reversed(named) if not row.name.full.startswith("每")), None):
        return core_of(of_what(plain.name.noun)).split("每")[0]
    ahead = clauses[cell.clause + 1 : cell.clause + 2] if not lead or BARE.match(lead) else ()
    return stated(ahead[0]) if ahead else ""


def _works_before(cell: Cell, lead: str, named: Sequence[Named]) -> str:
    """开工项目 of 年产2万吨的气调库等14个开工项目,总投资25亿元: what was just counted."""
    last = named[-1] if named else None
    counted = last is not None and last.cell.measure.unit in ("个", "项") and last.cell.clause == cell.clause - 1
    if last is None or not counted or not _OUTLAY.match(lead) or not last.name.full.endswith(("项目", "工程")):
        return ""
    return core_of(last.name.full.split("等")[-1]) if last is not named[0] else ""


# 治理项目涉及7个村,总投资4亿元: the money is that of the project
_TOUCHES = re.compile(r"([一-鿿“”]{3,}?)(?:[共总将]|直接)*(?:涉及|覆盖|惠及|途[经径]|穿越|串联|辐射|涵盖)")
_SPEAKERS_OWN = re.compile("[我他她你自]家")  # 我家8亩棚: whoever is quoted speaks of no more than that


def _of_units_before(cell: Cell, lead: str, before: Memory) -> str:
    """What a number before this sentence counted in the same unit."""
    unit = cell.measure.unit
    for row in reversed(before.earlier):
        if COMPARED.search(row.cell.lead) or _SPEAKERS_OWN.search(row.name.full):
            continue
        if row.of is not None and not lead:
            continue  # of the whole, and not of its last part
        same_rate = lead.startswith("每") and row.name.full.startswith(lead)
        last = not lead and unit == "%" and row is before.earlier[-1]  # 2013年占75%;到2015年,达到85%
        if row.cell.measure.unit == unit and (unit not in ("%", "元") or same_rate or last):
            return core_of(row.name.noun) if lead else row.name.noun
    return ""


def _names_no_topic(row: Named, cell: Cell, lead: str, named: Sequence[Named]) -> bool:
    """Whether a number in front says nothing of what the next is about: carried over, compared, or employed."""
    jobs = row.cell.measure.unit == "个" and ("岗位" in row.name.noun or "就业" in row.name.noun)
    if (row.cell.measure.unit in _PEOPLE or jobs) and lead.endswith(_EARNED) and row is not named[0]:
        return True  # 加工户2186户,从业人员1.2万人,产值9.7亿元
    last = row.cell.clause == cell.clause - 1 and row.cell.measure.unit not in ("%", "元")
    return (row.rule == "carried" and not (last and MEASURED_ON.search(lead))) or bool(COMPARED.search(row.cell.lead))


def _paid_for(row: Named, noun: str, cell: Cell, lead: str) -> str:
    """改厕 of 投入改厕资金1570万元,改厕27456座: what is counted behind a sum is what the sum was for."""
    if row.cell.measure.unit != "元" or not lead or cell.measure.unit in ("元", "%", "个百分点", "倍"):
        return noun
    fund = _FOR.match(noun)
    return fund[1] if fund else noun


def _not_of_each(noun: str, lead: str) -> str:
    """低保标准每人每月…,惠及…: what others are told of isn't told of each."""
    each = None if lead.startswith("每") else _EACH_OF.search(noun)
    return noun[: each.start()] if each else noun


def _near(clauses: Sequence[Clause], cell: Cell, lead: str, named: Sequence[Named]) -> str:
    """The thing of the clause in front; of the one behind for an outlay that opens its unit (投资460万元,修复堤防)."""
    near = stated(clauses[cell.clause - 1]) if cell.clause else ""
    if cell.clause > 1 and near in ("实行", "执行", "施行", "生效", "实施", "启用"):
        near = stated(clauses[cell.clause - 2])
    if not near and not named and _OUTLAY.match(lead) and cell.clause + 1 < len(clauses):
        return stated(clauses[cell.clause + 1])
    return near


def _before_change(noun: str) -> str:
    """养殖比例 of 养殖比例较去年提升: what a rise in points was a rise of."""
    return _CHANGE_SAID.split(noun)[0] or noun
