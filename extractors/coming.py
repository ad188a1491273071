"""Whether a clause names a day that is still to come, or one that is over."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.lexicon.openings import skipping


class Calendar(NamedTuple):
    """The letter's own day, as far as known; what lies before it is past, what lies behind it is still to come."""

    year: int | None
    month: int | None


DUE = re.compile(
    skipping(
        r"年[内底末终][前内]?|[年月日]底[前]?|月(?:份|上旬|中旬|下旬|初|末)?(?:底|末|中旬|上旬|下旬|\d{1,2}日)?(?:之|以)?前|日(?:之|以)?前|季度(?:末|内|底|前)|"
        r"(?:春节|国庆节?|元旦|中秋节?|清明节?|五一|端午节?|汛期|开学|入冬|供暖季|节|“[^”]{2,4}”)[之以]?前|雨季前|汛前|节前|明[春夏秋冬]|今冬|今年(?:[秋冬][天季末]|入[秋冬])|下一轮|(?:今后|未来)[一二两三四五六七八九十几\d]{1,2}年|月[初十廿一二三四五六七八九]{2,3}(?:之|以)?前|(?:(?<!寒)暑假|寒假|休渔期|枯水期|农闲|假期)(?:里|内|期间|前)|[两二三一四五六七八九十\d]{1,4}(?:个)?(?:年|月|周|季度|工作日)(?:之|以)?内|"
        r"到(?:\d{4}年|“[^”]{2,5}”)|(?:“?十[四五六]五”?)(?:期间|末|时期)|[今明]年起(?![步来草点])|[从自](?:\d{4}年|今年|明年|下|\d{1,2}月|秋季|春季|“[^”]{2,4}”|国庆|元旦|春节|学年)[^,]{0,14}(?:起|开始)|(?:20\d\d|[今明新])?(?:年)?(?:秋季|春季|新)学[期年]|\d{4}学年起?|本[周月季](?:内|底|末)|明年|后年(?<![位成复完束备收准通毕节款验付齐结批签最]后年)|今明两年|下半年|[一二三四]季度|下个?(?:学期|学年|周|季度|阶段|一年度|月(?!以来))|[\d一二三四五六七八九十]月(?:份)?起|[本即][月日]起|用[^,]{1,4}年(?:时间|左右)|学期起|"
        r"\d{4}年[^,]{0,10}(?:底|末|前|起|内|上半年|下半年)|(?:顺延|延期|推迟|提前|调整|延长)[到至为](?!平均|(?:\d{1,2}(?:\.\d+)?|[一二两三四五六七八九十半]{1,3})(?:年(?!底|末|前)|个月))(?=[^,]{0,8}[年月日底])|\d{1,2}月(?:份|\d{1,2}日|[上中下]旬|初|底)?(?:全部|正式|全面|陆续|集中)?(?:动工|开工|开建|进场|完工|建成|投用|投运|启动|启用|印发|开通|开放|交付|上线|执行|施行|挂牌|复航)"
    )
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年?(?!\d)(?:[-—–~至到]+(20\d\d)年)?")
_FRAME_YEAR = re.compile(
    r"^[^,]{0,4}?(?:早在|自|从|于|在|我[局委市县区省][^,]{0,3}|市里|县里|省里|部里|其中|又)?(20\d\d)(?:年|[-—–~至到]+(20\d\d)年)(?!度?(?:末|底)?(?:之|以)?前|.{0,14}起(?!步|来|草|点)|[^,]{0,8}(?:基础|的))"
)
_MONTH_FRAME = re.compile(
    r"^(?![^,]{0,6}(?:每|明|次|来|后)年)[^,]{0,6}?(?:今年|本年)?(?<!\d)(\d{1,2})月(?:份|上旬|中旬|下旬|初|底|\d{1,2}日)?(?!底?(?:之|以)?前|末?前|.{0,6}起)"
)


def is_due(words: str, calendar: Calendar) -> bool:
    """Whether the clause names a day, month or year that is still to come."""
    if not _TIME_CHARACTER.search(words):
        return False
    if "内" in words:
        words = _HOW_LONG.sub("", words)
    if (
        words[-1] in "间期"
        and (plan := _THIS_PLAN.fullmatch(words))
        and calendar.year
        and calendar.year >= _PLANS[plan[1]]
    ):
        return False
    if not DUE.search(words):
        return _is_month_ahead(words, calendar) or _is_year_ahead(words, calendar) or _is_feast_ahead(words, calendar)
    if calendar.year is None or "明年" in words or "后年" in words:
        return True
    if (run := _RUN.search(words)) and int(run[1]) >= calendar.year:  # 从今年数起的连续三年
        return True
    years = [int(found[2] or found[1]) for found in _YEAR.finditer(words)]
    if years and max(years) != calendar.year:
        return max(years) > calendar.year
    if calendar.month is None:
        return True
    if _HALF_YEAR.search(words) and calendar.month > 6:
        return False
    months = [int(found[1]) for found in _MONTH.finditer(words)]
    if months:
        return max(months) >= calendar.month
    return not (years and _SINCE.search(words))


# “十四五”期间 of a plan under way frames what was done as often as what will be.
_THIS_PLAN, _PLANS = re.compile("“?十([三四五六])五”?(?:期间|时期)"), {"三": 2016, "四": 2021, "五": 2026, "六": 2031}
# 确诊时间缩短到4周以内: how long something takes.
_HOW_LONG = re.compile(
    r"(?:缩短|压缩|控制|压减|缩减|限制|稳定)[为到至在][^,]{0,2}?[\d一二三四五六七八九十两半]{1,4}个?(?:年|月|周|天|日|小时|分钟|工作日)(?:之|以)?内"
)
_RUN = re.compile(r"(20\d\d)年起,?连续[二两三四五六七八九十\d]+年")
_TIME_CHARACTER = re.compile("[年月日周季期前后底内五起节春夏秋冬假过]")


def _is_month_ahead(words: str, calendar: Calendar) -> bool:
    """8月装好投用 in a letter of May: a month behind the letter's own, in no other year and no span."""
    if calendar.month is None or _YEAR.search(words) or _EVERY.search(words):
        return False
    if span := _MONTHS.search(words):
        return calendar.month <= int(span[1]) <= int(span[2]) <= 12
    found = BARE_MONTH.search(words)
    return bool(found) and int(found[1]) > calendar.month  # type: ignore[index]


def _is_year_ahead(words: str, calendar: Calendar) -> bool:
    """2026年、2027年分别新增 in a letter of 2025: a year to come that names no paper."""
    if calendar.year is None or "20" not in words:
        return False
    return any(int(found[1]) > calendar.year for found in _COMING_YEAR.finditer(words))


def _is_feast_ahead(words: str, calendar: Calendar) -> bool:
    """国庆后进场施工 in a letter of June: behind a feast or season that the letter's year still has before it."""
    found = BEHIND_FEAST.match(words) if "后" in words or "过" in words else None
    if found is None or calendar.month is None or "每" in found[0]:
        return False
    first, last = _FEASTS.get(found["feast"], _NEW_YEAR)
    return first <= calendar.month <= last


# The months of a letter from which each is still to come; 春节后 in a letter of November is next year's.
_NEW_YEAR = (10, 12)
_FEASTS = {
    "清明": (1, 4), "五一": (1, 5), "端午": (2, 6), "麦收": (3, 6), "高考": (3, 6), "中考": (3, 6), "暑假": (4, 8),
    "汛期": (4, 9), "雨季": (4, 9), "开学": (4, 9), "中秋": (5, 9), "国庆": (5, 10), "秋收": (5, 10), "入冬": (6, 11),
}  # fmt: skip
BEHIND_FEAST = re.compile(
    rf"[^,去上]{{0,6}}?“?(?P<feast>{'|'.join(_FEASTS)}|元旦|春节|年(?=后|过后)(?<![\d去上前半一两三]年))”?(?:节|假期|长假)?(?:一过|过后|[之以]?后)(?!来|续|台)"
)
_COMING_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!度?(?:版|预算|计划|规划|方案|行动))")
_MONTHS = re.compile(r"(?<![\d.])(\d{1,2})月?(?:至|到|[-—–~、和])(\d{1,2})月(?!\d|来)")


BARE_MONTH = re.compile(r"(?<![\d至到\-—–~.])(\d{1,2})月(?:\d{1,2}日|份|[上中下]旬|初)?(?![\d至到\-—–~、的])")
_EVERY = re.compile(r"每年|历年|去年|上年|前年|平均|以来|占|为")
_HALF_YEAR = re.compile(r"上半年|[一1]季度")
_MONTH = re.compile(r"(?<!\d)(\d{1,2}) ?月")
_SINCE = re.compile(r"年起")


def is_past_frame(words: str, calendar: Calendar) -> bool:
    """Whether a clause opens with a year (or a month of this year) that is over."""
    if calendar.year is None:
        return False
    if "20" in words and (found := _FRAME_YEAR.match(words)):
        year = int(found[2] or found[1])
        if year != calendar.year:
            return year < calendar.year
    if calendar.month is not None and "月" in words and (month := _MONTH_FRAME.match(words)):
        return int(month[1]) < calendar.month and "明年" not in words
    return False


def is_listed_ahead(words: str, calendar: Calendar) -> bool:
    """Whether a clause says that something stands in the plan of this year or a later one: 已列入今年新建项目中.

    That alone is a state; what the clauses behind it say is what will be done.
    """
    found = _LISTED.search(words) if "已" in words else None
    year = int(found["year"]) if found and found["year"] else calendar.year
    return found is not None and (calendar.year is None or year is None or year >= calendar.year)


_LISTED = re.compile(
    r"已(?:经|被)?(?:上报|申报|报送|成功)*(?:并)?(?:列入|纳入|列为)[^,]{0,8}(?:[今明]年|本年度|下一?年度?|(?:20\d\d[-—–~至])?(?P<year>20\d\d)年)"
    r"[^,]{0,24}(?:计划|项目|预算|盘子|任务|清单|工程|实事)(?:库|中|内|里|之中)?$"
)


def own_year(words: str, calendar: Calendar) -> bool:
    """Whether a clause opens with the letter's own year: 今年新建…; 2025年新建… in the first half of that year."""
    if _THIS_YEAR.match(words):
        return True
    found = _ITS_YEAR.match(words) if calendar.month and calendar.month <= 6 else None
    return found is not None and int(found[1]) == calendar.year


_THIS_YEAR = re.compile(r"^(?:并|同时|另外)?(?:[^,]{0,8})?(?:今年|本年度)(?!以来|初|上半年|一季度)")
_ITS_YEAR = re.compile(
    r"(?:并|同时|另外)?(20\d\d)年(?!以来|初|上半年|度|版|\d|前|第|[^,]{0,6}(?:春节|元旦|期间|季度|寒假|冬))"
)
