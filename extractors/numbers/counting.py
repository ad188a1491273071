"""Whether a number with its unit counts anything, and where its quotation starts."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors import lexicon
from extractors.numbers import durations, tables
from extractors.numbers.numerals import DIGITS
from extractors.numbers.reading import Reading
from models.quantities import Comparator

_BARE_SCALE = "百千万亿"
_MARKED = re.compile(r"(?:(?<![提以线网赶之马向路])上|近|逾|超过?|破|过|达到?|约|突破|数达)$")
_POINT = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}[ \u3000]+[^\d\s|]")
_FINANCIAL_DIGITS = frozenset("壹贰叁肆伍陆柒捌玖")
_SCALES = frozenset("十百千万亿拾佰仟")
_PLACE_NAME = re.compile(r"(?:[^,。;]{0,2})?(?:小学|中学|幼儿园|村(?!民|庄|级)|镇|乡|街道|路(?!灯)|大道)")
# 四个方面; “两个提升、一个改善”
_NAMED = re.compile(r"“?[一-龥]+?个方面|“[一两二三四五六七八九十]个(?:[一-龥]{1,4}[、,”])")
# “排查1处、整改1处”: one by one, as they come
_ONE_BY_ONE = re.compile(r"[一-龥]{2}([1一][个户起处件项例家宗])[、,][一-龥]{2}\1(?!以|至)")
_BY_WAYS = re.compile(r"(?:的?工作|入手|着手|着力|发力|下功夫|持续|同时)")  # 从四方面着力 lists ways
_UPWARDS = "一两三四五六七八"
_COUNTED = re.compile(r"[一两三四五六七八](?=[个项条大])")
_CLAUSE_ENDS = frozenset(",。;!?、)\n|(") | {""}
_ONE_UNITS = re.compile(
    r"[十百千万亿一二三四五六七八九]|成(?=[一二三四五六七八九半多以左的])|分之|半|[余多]|倍|年|个月|个工作日|个?小时|天|日(?!后|前)|周(?=内|以)|分钟"
)
_YEARLIKE = re.compile(r"(?:1[89]|20)\d\d")
_HOTLINES = frozenset(
    ("110", "119", "120", "122", "12345", "12315", "12328", "12333", "12320", "12355", "12348", "12306")
)
_CONTACT = re.compile(r"电话|传真|邮编|邮政|邮箱|编码|联系|代码|账号|热线|微信|手机|号码")
_OF_WHOM = re.compile(r"[^,。;的]{0,6}[未没无不][^,。;]{1,24}的")
_EACH = re.compile(
    r"(?:各|每[一-鿿]{1,8}?)(?:建|设|配|办|选|派|新建|建成|建设|配[备置齐]|设[立置]|开设|安排|选派|聘请?)$|各$"
)
_CLAUSE = re.compile(r"[,。;:!?、()\n|\d]")
_TABLE_CELL = re.compile(r"\s?(?:\||$|\n)")


_MADE = frozenset("建形完组落修栽种")
_DONE_WELL = frozenset("办抓做建管修护")


def may_start(folded: str, start: int) -> bool:
    """False at once for the lone 一 of 统一 and 进一步, and inside words (数百, 成千)."""
    char = folded[start]
    if char == "一":
        after = folded[start + 1 : start + 2]
        return after in _one_units() or bool(_ONE_UNITS.match(folded, start + 1))
    before = folded[start - 1 : start]
    if before in ("", "\n") and _POINT.match(folded, start):
        return False  # 1.2 截至2024年末: the number of a paragraph
    if char in _FINANCIAL_DIGITS and folded[start + 1 : start + 2] not in _SCALES:  # 队伍成立, 陆路
        return False
    if char in "十百千万亿拾佰仟":
        made = before == "成" and folded[start - 2 : start - 1] in _MADE  # 建成百余亩, not 成百上千
        made = made or (before == "好" and folded[start - 2 : start - 1] in _DONE_WELL)  # 办好十件实事
        return made or before not in ("数", "几", "成", "若", "以", "第", "好")
    if char == "二" and folded[start + 1 : start + 2] in "次期维手级类孩":
        return False
    if before == "+" and folded[start - 2 : start - 1] == "|":
        return True  # a cell of a table
    return before not in ("第", "№", "#", "+", "×", "*") and not (
        before == "." and folded[start - 2 : start - 1].isdigit()
    )


@lru_cache(maxsize=1)
def _one_units() -> frozenset[str]:
    return frozenset(unit[0] for unit in _units("one behind noun") | _units("one before noun")) | {
        "次",
        "届",
        "回",
        "趟",
        "轮",
        "遍",
        "倍",
        "成",
    }


@lru_cache(maxsize=8)
def _units(meaning: str) -> frozenset[str]:
    return frozenset(lexicon.words_of("numbers_rules", meaning))


@lru_cache(maxsize=1)
def _rules() -> dict[str, re.Pattern[str]]:
    return {entry.meaning: entry.pattern for entry in lexicon.load("numbers_rules")}


def start_of(folded: str, reading: Reading) -> int | None:
    """Where the quotation of a measure starts, or None where the number counts nothing.

    >>> from extractors.numbers.reading import read_at
    >>> start_of("淤泥上百吨", read_at("淤泥上百吨", 3))
    2
    """
    if reading.raw[0] in _BARE_SCALE and reading.rule == "cardinal":
        return _bare_scale(folded, reading)
    return reading.start if _counts(folded, reading) else None


def own_sign(folded: str, reading: Reading) -> Comparator | None:
    """上百艘 says at least; 连续24个月未年审的 too; 连续31年居首位 tells how many they were."""
    before = folded[max(0, reading.start - 2) : reading.start]
    if "+" in folded[reading.start : reading.end]:
        return Comparator.AT_LEAST
    if reading.raw[0] in _BARE_SCALE and before.endswith("上"):
        return Comparator.AT_LEAST
    if before == "连续" and reading.kind in ("span", "duration") and _OF_WHOM.match(folded, reading.end):
        return Comparator.AT_LEAST
    return None


def _bare_scale(folded: str, reading: Reading) -> int | None:
    """百余艘, 上百吨, 逾百万元 count; 百货, 万亩 without a mark before them name."""
    marked = _MARKED.search(folded[max(0, reading.start - 3) : reading.start])
    if reading.unit is None and not folded.startswith("大关", reading.end):
        return None
    if not (marked or reading.vague):
        return None
    above = folded[reading.start - 1 : reading.start] == "上" and marked is not None
    return reading.start - 1 if above else reading.start


def _counts(folded: str, reading: Reading) -> bool:
    if reading.kind == "ratio" and reading.unit != "倍":
        return True
    if reading.unit is None:
        return _bare_number_counts(folded, reading)
    if _rules()["no measure behind"].match(folded, reading.end):
        return False
    if reading.raw in ("1", "一") and _ONE_BY_ONE.search(folded[max(0, reading.start - 8) : reading.end + 8]):
        return False
    if reading.unit == "方面" and _BY_WAYS.match(folded, reading.end):
        return False
    if reading.unit == "个" and reading.raw[0] in DIGITS and _NAMED.match(folded, max(0, reading.start - 1)):
        return False
    if reading.unit == "个" and reading.raw[0] in DIGITS and _rules()["slogan behind 个"].match(folded, reading.end):
        return False
    if reading.kind in ("duration", "span"):
        return _duration_counts(folded, reading)
    if reading.raw == "一":
        return _one_counts(folded, reading)
    if reading.kind == "place":
        return reading.raw[0].isdigit()
    return reading.raw[0].isdigit() or not _chinese_names(folded, reading)


def _duration_counts(folded: str, reading: Reading) -> bool:
    unit = reading.unit or ""
    if reading.raw == "一":
        return durations.is_set(folded, reading.start, reading.end, unit)
    return durations.is_measure(folded, reading.start, reading.end, reading.kind, unit)


def _chinese_names(folded: str, reading: Reading) -> bool:
    """三方协议, 两部门, 二次供水, 一二三产业: Chinese digits that count nothing."""
    if reading.unit == "类" and folded[reading.start - 1 : reading.start] == "劣":
        return True  # 劣五类水质
    if reading.unit == "类" and "一类" in folded[max(0, reading.start - 60) : reading.start + 2]:
        return "一" <= folded[reading.end : reading.end + 1] <= "龥"  # 一类县…,二类县…,三类县
    if reading.unit == "类" and _CLASSES.search(folded[max(0, reading.start - 4) : reading.end + 4]):
        return True  # 四类、五类桥梁分别为29座和7座
    if reading.raw in ("十万", "百万") and folded[reading.start - 1 : reading.start] == "每":
        return True  # 每十万人发案数
    if reading.unit in ("个", "项", "条", "大") and _in_series(folded, reading):
        return True
    digits_alone = reading.raw == "十" or all(char in DIGITS for char in reading.raw)
    named = reading.upper is None and not reading.vague  # 三十多家由返乡青年开办 counts
    if named and reading.unit in _units("in place names") and _PLACE_NAME.match(folded, reading.end):
        return True
    if digits_alone and named and reading.unit in _units("arabic only") and reading.raw != "两":
        return True
    if digits_alone and len(reading.raw) > 1 and reading.upper is None:
        return True
    after = folded[reading.end : reading.end + 1]
    if reading.unit == "院" and folded[reading.start - 1 : reading.start] in tuple("市县区省州"):  # 市五院
        return True
    if reading.raw == "二" and reading.kind == "classifier":
        return True
    return (reading.unit == "部" and after in tuple("门委队曲分")) or (
        (reading.unit == "期" and after in "工项建扩地用") and bool(after)
    )


def _in_series(folded: str, reading: Reading) -> bool:
    """守住一条红线、建好两个产业、深化三项改革: a motto that counts upwards."""
    at = _UPWARDS.find(reading.raw.replace("二", "两"))
    if at < 1:
        return False
    near = folded[max(0, reading.start - 45) : reading.start].replace("二", "两")
    first, last = max(0, at - 2), min(at + 3, len(_UPWARDS))
    near += folded[reading.start : reading.end + 45].replace("二", "两")
    in_order = [found[0][0] for found in _COUNTED.finditer(near)]
    return (
        "".join(in_order).find(_UPWARDS[first : first + 3]) >= 0 or "".join(in_order).find(_UPWARDS[at - 1 : last]) >= 0
    )


def _one_counts(folded: str, reading: Reading) -> bool:
    """新建一座, …场一处, 每月至少巡检一次 count; 一个窗口 doesn't."""
    unit, after = reading.unit or "", folded[reading.end : reading.end + 1]
    before = folded[max(0, reading.start - 16) : reading.start]
    if unit == "倍" or reading.kind in ("money", "physical"):
        return True
    if unit in ("次", "回", "趟", "届", "轮", "遍"):
        return (
            after not in tuple("性办把揽跑")
            and bool(_rules()["frequency"].search(before) or _GONE_THROUGH.search(before))
            and not before.endswith(("第", "跑", "这", "新"))
        )
    if _rules()["no one before"].search(before) and not before.endswith("只有"):
        return False
    if unit == "起" and before.endswith(_TOGETHER):
        return False
    if after in _CLAUSE_ENDS:
        return unit in _units("one behind noun") and bool(before) and "一" <= before[-1] <= "龥"
    if listed := _LISTED.search(folded, max(0, reading.start - 34), reading.start):
        before = folded[max(0, listed.start() - 16) : listed.start()]  # 再建一所小学、一所幼儿园
    if unit == "个" and _BUILT.search(before) and _rules()["thing built"].match(folded, reading.end):
        return True
    countable = "one behind noun" if _AT_LEAST.search(before) or _EACH.search(before) else "one before noun"
    return unit in _units(countable) and bool(_rules()["verb of one"].search(before))


_CLASSES = re.compile("[一二三四五六]类[、和及与][二三四五六]类")
_TOGETHER = tuple("在到于放连聚混合绑捆")  # 并到一起
# 轮训一遍, 完成一轮核查
_GONE_THROUGH = re.compile(
    "(?:轮训|培训|排查|检查|普查|核查|体检|巡查|走访|梳理|清理|清洗|检修|完成|进行|更换|清扫|摸排|过)了?$"
)
_LISTED = re.compile(r"一[一-龥](?=[一-龥]{2})[^,。;:、\d一]{2,14}[、和]$")
_AT_LEAST = re.compile("(?:至少|最少|不少于|不低于)(?:[新改扩增修]?建[成设]?|设[立置]?|配[备置]?|办|开[办设])?$")
_BUILT = re.compile("(?:建|建设|建成|建起|建好|增设|选址|落成|投用|完成)$")


MOVED_TO = (
    r"(?:再|又|逐步|进一步|大幅|统一|直接)?(?:提[高升]|增[加至长]?|上[升调]|降[低至]?|下[降调]|减[少至]?|压[缩减降]?|缩[小短减]|扩大|调整|改)"
    r"(?:[到至为](?:了)?)?(?=\d)"
)
_MOVES = re.compile(MOVED_TO)


def _bare_number_counts(folded: str, reading: Reading) -> bool:
    """路灯186, 受益居民约4200 and a table's cell count; codes, years and list numbers don't."""
    raw = reading.raw.replace(",", "")
    if not raw[0].isdigit() or not raw[0].isascii() or reading.upper is not None:
        return False
    before, after = folded[max(0, reading.start - 12) : reading.start], folded[reading.end : reading.end + 1]
    line = before.rsplit("\n", 1)[-1]
    if in_cell(folded, reading):
        return not _YEARLIKE.fullmatch(raw) or tables.counts(folded, reading.start)
    about = comparable(folded, reading) or (raw[-1] == "万" and unit_of_next(folded, reading.end) is not None)
    if folded[reading.start - 1 : reading.start] in ("由", "从") and _MOVES.match(folded, reading.end):
        return not _YEARLIKE.fullmatch(raw)  # 系数由0.592提高到0.6
    if raw == "100" and _BASE.search(before):
        return False
    if raw[-1] in "万亿" and folded.startswith("大关", reading.end):
        return True  # 客流突破200万大关
    if raw[-1] in "万亿" and after == "的" and _OF_MONEY.search(line):
        return True  # 总投资50亿的产业园
    based = after == "(" and folded.startswith("(以", reading.end)  # 总指数101.9(以上年为100)
    if (after not in _CLAUSE_ENDS and not about) or (after == "(" and not based) or raw in _HOTLINES:
        return False
    if (_YEARLIKE.fullmatch(raw) and not about) or (len(raw) < 2 and not about) or len(raw.split(".")[0]) > 7:
        return False
    return about or _hangs_on_noun(line)


_BASE = re.compile("以?上[年月](?:同[期月]|末)?(?:价格)?(?:为|=)$")
_SIGNED = re.compile(r"\| ?[-−+]$")
_OF_MONEY = re.compile("(?:投资|产值|资金|资本|营收|收入|贷款)(?:约|近|超|超过|达|达到)?$")
_PART_IN_CELL = re.compile(r"[ ]?\((?:其中|含|包括|新增|新建)[一-鿿]{0,8}\d[\d.]*\)\s*(?:\||\n|\Z)")
_AS_PART = re.compile(r"\|[ ]?\d[\d.]*\((?:其中|含|包括|新增|新建)[一-鿿]{0,8}$")


def in_cell(folded: str, reading: Reading) -> bool:
    """True where the number is all that a table's cell holds (not the first cell: that one names the row)."""
    line = folded[folded.rfind("\n", 0, reading.start) + 1 : reading.start].rstrip(" ≥≤><=约")
    line = line[:-1].rstrip(" ") if _SIGNED.search(line) else line  # 比上年增长(%)|-3.6
    if line.endswith("|") and line != "|":
        return bool(_TABLE_CELL.match(folded, reading.end) or _PART_IN_CELL.match(folded, reading.end))
    return bool(_AS_PART.search(line)) and folded.startswith(")", reading.end)  # |150(其中乡镇40)|


def comparable(folded: str, reading: Reading) -> bool:
    """True where 约, 近, 余 or 以上 beside a bare number says that it counts."""
    if reading.vague or folded.startswith(("以上", "以下", "以内", "左右"), reading.end):
        return True
    return folded[max(0, reading.start - 1) : reading.start] in ("约", "近", "达", "逾")


def _hangs_on_noun(line: str) -> bool:
    if not line or _CONTACT.search(line) or _rules()["no bare number behind"].search(line):
        return False
    return "一" <= line[-1] <= "龥"


# 16.4万建档立卡贫困人口
_FOLK = re.compile("(?:[^,。;:、\\s\\d的对向由将把被和与在是为]{2}){1,4}?(?:人口|群众|居民|人员|劳动力)")


@lru_cache(maxsize=1)
def _noun_units() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((entry.pattern, entry.meaning) for entry in lexicon.load("nouns_counted"))


def default_unit(folded: str, reading: Reading) -> str | None:
    """The unit that a noun takes when its number is printed bare: 受益居民约4200 -> 人."""
    before = folded[max(0, reading.start - 10) : reading.start]
    return unit_of_next(folded, reading.end) or next(
        (unit for pattern, unit in _noun_units() if pattern.search(before)), None
    )


def unit_of_next(folded: str, end: int) -> str | None:
    """近8万居民: the noun behind a number printed without a unit, after two characters at most (城乡居民)."""
    if _FOLK.match(folded, end):
        return "人"
    for size in range(2, 6):
        after = folded[end : end + size]
        if len(after) < size or _CLAUSE.search(after):
            return None
        for pattern, unit in _noun_units():
            found = pattern.search(after)
            if found and unit != "元" and found.start() <= (2 if unit == "人" else 0):
                return unit
    return None
