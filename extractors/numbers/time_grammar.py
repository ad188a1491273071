"""The patterns of time expressions, built from named parts; `dates.py` says which days they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors import lexicon
from extractors.lexicon.openings import openings_of, skipping

_ZH = "一二三四五六七八九十"
_TO = r"\s?[-–—―~～至到]{1,2}\s?"
_NOT_INNER = r"(?![部容外涵蒙河地阁陆需]|设(?:机构|科|处室|股|部门|岗|组))"
YEAR = (
    r"(?P<year>(?<!\d)(?:1[89]|2\d)\d\d|[一二][〇零○Ｏ九][〇零○Ｏ一二三四五六七八九]{2}|(?<!\d)\d\d(?=年\d{1,2}月))"
    r"\s?年(?:度(?![假数量]))?"
)
# 资金到位后年内开工, 春节后年底前: 后 belongs to what comes before it; 县里后年开工 names a year.
_DONE = "[位成复完束备收准通毕节款审验付齐结布批标订签最之以]"
RELATIVE = rf"(?<!以)(?P<relative>[今明去前本上来]|(?<!{_DONE})后)年(?:度(?![假数]))?"
MONTH = (
    rf"(?P<month>(?<!\d)\d{{1,2}}|十[一二]?|[{_ZH}])"
    rf"(?:(?:\s?月)?(?:{_TO}|\s?[、和]\s?)(?P<month2>\d{{1,2}}|十[一二]?|[{_ZH}]))?\s?月(?:份)?"
)
DAY = (
    rf"(?P<day>\d{{1,2}}|[{_ZH}廿卅]{{1,3}})\s?(?:[日号曰]?{_TO}(?:(?P<month3>\d{{1,2}}|[{_ZH}]{{1,2}})\s?月\s?)?"
    rf"(?P<day2>\d{{1,2}}|[{_ZH}]{{1,3}})\s?)?[日号曰]"
)
MONTH_EDGE = r"(?P<month_edge>底|末|初|中旬|上旬|下旬|中(?=前)|上半月|下半月)"
SUFFIX = (
    r"(?P<suffix>\s?(?:到来|来临|开始|结束)?(?:之|以)?前(?![期置沿景来往后列三两几提述端段])"
    r"|\s?(?:开始|起)(?![草步来点到飞源诉重码])|以来|以后|之后|后(?![年续期备勤方台者])|期间"
    rf"|[之以]?内{_NOT_INNER}|间(?![接断隔]))?"
)
_NOT_ADDRESS = r"(?!路|街|村|镇|桥|社区|小学|中学|广场|大道|水库|公园)"  # 八一路, 国庆社区
_NOT_MIDDLE = r"(?![央国共期小学考心标型等华断止介层])"
YEAR_EDGE = rf"(?P<year_edge>年?(?:底|末|初(?![中级步始]))|年中{_NOT_MIDDLE}|年?内{_NOT_INNER}|全年|之内{_NOT_INNER})"
BARE_YEAR_EDGE = (
    rf"(?P<year_edge>(?<![{_ZH}\d周成学少青老跨陈多两近几数历每今明去前本上来晚])(?<!(?<!{_DONE})后)(?<!(?<!其)中)年(?:底|末|初(?![中级步始])|中{_NOT_MIDDLE}"
    rf"|度?内{_NOT_INNER}|前(?![后往列来]))|全年(?!级))"
)
QUARTER = (
    r"(?:第?(?P<quarter>[一二三四1-4])(?:(?:[、至和到]|—)第?(?P<quarter2>[二三四2-4]))?季度(?P<quarter_edge>[末底初])?"
    r"|前(?P<quarters>[二两三23])个?季度)"
)
HALF = r"(?P<half>[上下])半年(?P<half_edge>[末底])?"
TERM = (
    r"(?:(?P<term>秋季|春季|今秋|今春)(?:(?:新?学期|开学|学年|入学)(?P<term_edge>开学|末|初|结束)?"
    r"|(?=(?:正式|全面|顺利|建成|同步)?(?:投入|投用|招生|开班|启用)))"
    r"|(?P<vacation>(?<!寒)(?:暑假|暑期))(?!托|班|工(?!期)|夏令|作业|实践|档|课|学校|研学|游|社会|生活|文化))"
)
PLAN = (
    r"[“\"]?(?P<plan>十[一二三四五六七八九]|[一二三四五六七八九])五[”\"]?"
    r"(?P<plan_part>[前后](?P<plan_years>[一二两三四])年|期间|末期?|时期|期(?=[内尽争力实全开完前启建安规计拟总新累投共]|,)|规划期[内间末]?|收官|结束|期末|前期|初期|中期|以来|之?内|之?前|初)"
)
SCHOOL_YEAR = r"(?P<school_begins>(?<!\d)20\d\d)\s?学年(?:度)?"
MANY_YEARS = (
    rf"(?:(?P<from_year>(?<!\d)(?:19|20)\d\d)\s?年?{_TO}(?P<to_year>(?:19|20)?\d\d)\s?(?:年(?:度)?|(?P<school_year>学年)度?)(?:底|末|间|期间)?"
    r"|(?P<these_years>今[、､]?明[、､]?后|今[、､]?明|明[、､]?后)[两三]?年)"
)
COUNTED = (
    rf"(?P<count>(?<!\d)\d{{1,3}}|[{_ZH}两]{{1,3}}|半)\s?(?:余|多)?"
    r"(?P<span>个?半?月|年半|年|个?工作日|个?小时|[日天]|周|个?星期|个?季度|个?学期|个?学年)(?:左右)?"
    rf"(?P<span_tail>(?:的)?(?:时间(?:内)?|努力|攻坚|奋斗)|[之以]?内{_NOT_INNER}|以?来(?![自源访])|间(?![接断隔]))?"
)
ISO_DAY = (
    r"(?P<iso_year>(?<![\d.])20\d\d)(?P<iso_mark>[./-])(?P<iso_month>\d{1,2})(?P=iso_mark)(?P<iso_day>\d{1,2})"
    r"(?![\d.]*\d)(?P<suffix>(?:之|以)?前)?"
)
TENURE = r"(?P<tenure>本届(?:政府|党委|人大|政协|班子)?(?:任期)?(?:内|末|期间)?|任期内)"
THIS_MONTH = r"(?P<this_month>本|下个?|上个?)月(?P<month_edge>底|末|初|中旬|上旬|下旬)?"
EVERY = (
    r"(?P<every>每(?:隔)?(?:\d{1,2}|[一两二三四五六半])?个?"
    r"(?:年(?!级|均|轻|纪)|季度?|月|周|天|日|学期|学年|旬|逢|晚|星期|工作日)(?:度)?)"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """`trigger` finds where an expression may start; `forms` are tried there, in this order."""

    trigger: re.Pattern[str]
    forms: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1024)
def forms_at(char: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms that an expression which begins with this character may have."""
    return tuple(
        form for form, first in zip(grammar().forms, _openings(), strict=True) if not first or first.match(char)
    )


@lru_cache(maxsize=1)
def _openings() -> tuple[re.Pattern[str] | None, ...]:
    return tuple(openings_of(pattern.pattern) for _, pattern in grammar().forms)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The compiled patterns; words of festivals, seasons, and vague or past time come from the lexicon."""
    festival = (
        rf"(?:[“\"]?(?P<festival>{_words('festival')})[”\"]?{_NOT_ADDRESS}(?:国际劳动节|国际儿童节|佳节|节|假期|小长假|长假|黄金周)*"
        r"|[“\"](?P<double_ten>十一)[”\"](?:黄金周|假期|长假)?)"
    )
    season = rf"(?P<season>{_words('season')})"
    common = rf"{MONTH}(?:\s?{DAY}|\s?{MONTH_EDGE})?|{QUARTER}|{HALF}|{TERM}|{season}|{festival}"
    forms = (
        ("years", MANY_YEARS + SUFFIX),
        ("school", SCHOOL_YEAR + SUFFIX),
        ("day", ISO_DAY),
        ("plan", PLAN),
        ("dated", rf"(?:{YEAR}|{RELATIVE})(?:\s?的?(?:{common}|{YEAR_EDGE}))?{SUFFIX}"),
        ("dated", rf"(?:{common}|{BARE_YEAR_EDGE}){SUFFIX}"),
        ("counted", COUNTED),
        ("this_month", THIS_MONTH + SUFFIX),
        ("tenure", TENURE),
        ("every", EVERY),
        ("vague", rf"(?P<word>{_words('vague')})"),
        ("recurring", rf"(?P<word>{_words('recurring')})"),
        ("past", rf"(?P<word>(?!至今[年后日冬春夏秋])(?:{_words('past')}))"),
    )
    return Grammar(_trigger(), tuple((name, re.compile(pattern)) for name, pattern in forms))


def _words(meaning: str) -> str:
    return lexicon.alternation(lexicon.words_of("time_words", meaning))


_BEGINNINGS = (
    "今明 明后 今、明 今､明 明、后 明､后 上半年 下半年 全年 第一季 第二季 第三季 第四季 前三季 前两季 前二季 "
    "年底 年末 年初 年中 年内 年度内 年前 秋季 春季 暑假 暑期 任期内 本届 本月 下月 下个月 上月 上个月 "
    "每 “十一” 今秋 今春"
)
"""Of times that begin with no digit and no word of the lexicon."""


def _trigger() -> re.Pattern[str]:
    """Digits that a unit of time follows, or the first characters of a word of time."""
    literals = {word for entry in lexicon.load("time_words") for word in entry.words}
    literals |= {f"{char}年" for char in "今明后去前本上来"} | set(_BEGINNINGS.split())
    shortest = {word for word in literals if not any(word != other and word.startswith(other) for other in literals)}
    digits = f"0123456789〇零○Ｏ廿卅两半{_ZH}"
    unit = r"\s?(?:[年月日号曰天周季五学./]|个|工作日|小时|星期|[-–—―~～至到、和])"
    # Each alternative begins with a literal, so that the engine can skip to the few places where one may begin.
    numbers = "|".join(rf"{digit}[{digits}]{{0,11}}{unit}" for digit in digits)
    return re.compile(skipping(numbers + "|" + "|".join(sorted(map(re.escape, shortest)))))
