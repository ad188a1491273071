"""What a number counts, named in the text's own words so that it can be read out of context.

今年新建书屋16座,其中沙河镇6座      2024年新建书屋 · 沙河镇2024年新建书屋
全县63个村有农技员                  全县村
老年食堂覆盖率达到80%               老年食堂覆盖率
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.figures.words import joined
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import endings, skipping, sought

_DAY = (
    r"(?:20\d\d年)?(?:\d{1,2}月?[—\-~至])?\d{1,2}月(?:份|\d{1,2}[日号])?|20\d\d(?:[—\-~至、和]20\d\d)*年度?|"
    r"(?<![\d第])(?:[12]\d|3[01]|\d)[日号](?=[一-鿿,])(?![线楼院文地店])|[今去明后前当本上]年度?|“十[二三四五六]?五”|十[二三四五六]五(?=[期末时规])|第?[一二三四]季度"
)
_PART = (
    r"上半年|下半年|前[一二三四]季度|前[两二三四五]年(?=计划|应|任务|目标)|前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个?月|[上中下]旬|[本上下当]月|(?<![上去今明前后当])年[底末初中内]|全年|月底|"
    r"秋季学期|春季学期|(?:主?汛期?|伏汛|桃花汛|春耕|春灌|秋收|冬灌|三夏)(?:之?前|期间|前后)|非?(?:采暖|供暖|取暖|旅游|灌溉|防火|枯水|丰水|采摘|用电)[季期](?:前|内(?!蒙))?|暑假|寒假|冬天|夏天|今冬明春|春节|国庆节?|元旦|[“\"]五一[”\"]"
)
_SPAN = (
    r"最?近[一二两三四五六七八九十几\d]个?[年月]|[一二两三四五六七八九十\d]+(?:年|个月)(?=内|来|间)|"
    r"[一二两三四五六七八九十几]+(?:年|个月)时间|(?<![前学])第[一二三四五]年(?!级)|[今明]后?[两明三][两三]?年(?=每|各|分|共|将|再|,)"
)
_AT = r"截[至止]到?|到了?|至|自从?|从|在|于|经过|通过|用|按照?"
_EDGE = (
    r"底前|底|末|前|初|起|内(?![涝河陆蒙])|(?<!内)来|以来|以前|之前|期间|间(?![距隔接作伐歇])|时间|为止|止|左右|开始"
    r"|中(?=[,、])"
)
TIME = re.compile(
    skipping(
        f"(?<![比较与同])(?:(?<![高低多少大小早晚])(?:{_AT}))?(?:(?:{_DAY}|{_PART}|{_SPAN}|目前|现在|如今|近年|最近)的?)+(?:{_EDGE})*"
    )
)

_ARTICLE = re.compile(r"^\s*(?:第[一二三四五六七八九十百零]+[条章节款]|[①-⑳])")
_FRONT = re.compile("^(?:" + joined("indicators", "front") + ")+")
CHANGED = f"(?:{joined('indicators', 'changed')})"
_BACK = re.compile("(?:" + joined("indicators", "back") + ")+$")
_BACK_ENDS = endings(_BACK.pattern)
_NOW = re.compile(r"(?<=[市县区省镇乡州])(?:现有|共有|仅有|只有|目前有|已(?=[建开完设创]))(?=[一-鿿])")
_LISTED_TIMES = re.compile("、{2,}")
_FOOTNOTE = re.compile(r"\[\d{1,2}\]")  # 国民总收入[3]
_NOISE = re.compile(skipping(joined("indicators", "noise")))
_EMPTY = re.compile("^(?:" + joined("indicators", "empty") + "|[一-鿿]?)$")
_TAIL_STOP = re.compile(
    r"\s|暨|[、“”]?(?:(?<!作)用于|从而|以便|使得?(?!用)|确保|并(?=[在对由将于向])|且|分[一二两三四五\d][期批年步]|逐[一宗个户件项步]|一一|(?<=[一-鿿]{2})了(?=[一二两三四五六七八九十\d](?![级类等]))|,|(?<![较更最尤颇])为(?=[^民老]{3})|为(?=(?:重点|主体?|核心|中心|依托|骨干|支撑|龙头)(?:$|的))|被(?=评|认定|授予|列|命名)|——|全面(?=开展|推[开行]|实施)|(?<!项目)(?<!工程)正(?=着手|在|加紧|按)|[只仅才](?=[做干修建装改种铺办开完])|(?<=[一-鿿])(?:即(?=[一-鿿]{2,}[、,。])|分别[是为])|(?:多数?|均|都|大多)处于|[暂尚还]?未(?:能|被)?(?=[列纳]入))"
)
_NEXT_LABEL = re.compile(r"\s+[一-鿿]{2,4}(?:单位|部门|主体|地点|时间|时限|期限|人员|措施|来源)$")  # 500万元 实施单位:
_TELLS_BEHIND = re.compile("(?<=[一-鿿]{2})(?:分别|具体|主要)+(?:是|为|有|包括)?$|(?<=[一-鿿]{3})(?:实现|达到?)$")
_TAIL_DROP = re.compile("^(?:" + joined("indicators", "tail_drop") + ")+")
_ASIDE = re.compile(r"^\([^()]*\)|\([^()]*[年月日底节]前?[^()]*\)?")
NOUN_END = re.compile(skipping(joined("indicators", "noun_end")))
_BRACKET = re.compile(r"(?<=.)\([^()]*\)")
_RATE_END = sought(r"(?:[率比度重例]|[增涨降跌]幅|增速|份额|系数|指数)$")
_PHRASE = re.compile("[对将为在由的向与和、,]|(?<=[围额度期])内(?![部需外容])|中(?![国小学医心央型华部东西])")
_ACTION_FRONT = re.compile("^" + alternation((*words_of("naming", "action"), "完成", "实现", "实施", "开展")))
_EXAMPLES = re.compile(
    "(?:(?P<verb>"
    + alternation(words_of("naming", "action"))
    + r")|^|(?<=[》的,对为将把在]))[^、,的》]{1,14}(?:、[^、,的》]{1,14})+等(?=[一-鿿]{2,})"
)
# 在江边和桥下开出, 会同高校入户, 依托农科院选育: where, with whom and by what means is no part of the name.
_WHERE = re.compile(
    "^(?:先后?)?(?:在(?![建校岗册职产研读编营库])[^,的]{2,24}?|(?:会同|联合|依托|面向|通过|利用|结合)[^,的“]{2,30}?)(?=(?:各|分别|新)?(?:"
    + alternation((*words_of("naming", "action"), *words_of("verbs", "act")))
    + "|[开选建装配投试引放设派招入][出到起放好齐成了点户]?)[一-鿿“]{2})"
)
# 市消防救援大队组织集中培训: who does it is no part of what is counted.
_WHO = re.compile(
    "^(?:[省市县区州镇乡旗]|自治区)[一-鿿]{2,10}?(?:[局委办厅]|大队|支队|中心|集团|公司)(?:先后|共|累计|分别|已)*(?=(?:"
    + alternation((*words_of("naming", "action"), *words_of("verbs", "act")))
    + ")[一-鿿“]{3})"
)
# 全省各级消防机构和派出所检查单位
_ALL_BODIES = re.compile(
    "^全[省市县区国州](?:各级)?[一-鿿、]{2,16}?(?:机关|部门|机构|派出所|法院|检察院|单位)(?:共|累计|分别|已)*(?=(?:"
    + alternation((*words_of("naming", "action"), *words_of("verbs", "act"), "检查", "查处", "办理", "出动", "排查"))
    + ")[一-鿿“]{2})"
)
# 每间按建设投资补助
_BY_WHAT = re.compile(r"(?<=[一-鿿]{2})按照?[^,、按在]{2,8}?的?(?=(?:给予|进行)?(?:补助|补贴|奖励|奖补|资助)$)")
_HELD = re.compile(r"^(?:累计|共)?(?:已?建成|建有|现有|共有|拥有|设有|成立|设立)(?=[一-鿿“]{2})")
_REACHED = re.compile(r"(?:连续)?(?:满|足|超)$")
_GOES_ON = re.compile(r"再|给予|仍|且|并|才|[可应须][以当]?[一-鿿]")
_HOLDER = re.compile(
    r"^((?:[一-鿿]{1,10}?[县村镇乡州盟旗]|[一-鿿]{0,10}?(?:街道|企业|学校|医院|小区|社区|单位|家庭|农户|园区|机构|城市))(?:\([^()]{1,6}\))?)"
    r"(?=[一-鿿、“”A-Za-z\d.]{2,16}(?:[率比例度]|占比|指数)(?:均|分别)?(?:达到?|为|超过?|稳定|提高|仅|低于|高于|不足|不到|偏低|较[低高])|(?:硬化|铺设|栽植|栽种|植树)[一-鿿])"
)
_AMONG = re.compile(r"(?<=[一-鿿]{3})(?<![集空途初高水手心县市职区])中$")
_HOUSES = frozenset("院校站所室厂店馆园场库构业社")
_SUM_OF = re.compile(
    "总?(装机(?:容量)?|产量|产值|增加值|收入|支出|投资|面积|货运量|客运量|吞吐量|进出口额?|出口额|进口额|销售额|交易额|余额|用电量"
    "|发电量|用水量|人数|户数|人口|人次)$"
)
_KINDS = frozenset("级类型县市区镇乡村")
_LEFT_OVER = "、,。”)的—"
_PLACE = re.compile(r"^(?:全[市县区省州国镇乡系统](?!性)|[我本][市县区省州镇乡]|沿海各地|各地|全社会|各[镇乡县区])+")
_MOVES = sought(
    "(?:增长|[增减]产|提高|提升|下降|上升|上涨|下跌|回[升落]|拉升|减少|降低|增加|上浮|下浮|[高低]|[比较].{1,9}[降增升]|(?<=[一-鿿]{2})[增降减涨跌])$"
)
_MEASURED = {
    "户": "户数",
    "人": "人数",
    "岁": "年龄",
    "周岁": "年龄",
    "层": "层数",
    "年": "年限",
    "个月": "时间",
    "天": "时间",
    "小时": "时间",
    "平方米": "面积",
    "亩": "面积",
}
_LASTS = frozenset(("年限", "时间"))
_FOR_HOW_LONG = re.compile(
    "([一-鿿]{0,4}?(?:" + joined("indicators", "lasting") + "))(?:已经?|连续|累计)*(?:满|超过?|不足|未满|不满|达到?)?$"
)
_TAKEN_IN = re.compile("(?:接待|组织|吸纳|培训|服务|带动|招用|招聘|聘用|输送|安置|引进|引导)[一-鿿]{2,8}$")
_AGED = re.compile(r"婴幼儿|幼儿|儿童|青少年|少年|未成年人|学生|老年人|老人|妇女|[男女]性|居民|人口|人群")
_YEARLY = sought(r"(?<![比较同与以])(?:20\d\d(?=年)|[今去明后前]年)")
_YEAR_POINT = re.compile(
    r"(?:截[至止]|到|至|自|从)(?:[今去明]年|20\d\d年)|(?:年|月)底|年内|月\d+日|(?:[今去明]年|20\d\d年)(?:底|末|以?前|内|起)|\d月底?前"
)
_TITLES = re.compile("《[^《》]*》?")
_HALF = re.compile(r"年(上半年|下半年|前[一二三]季度|[一二三四]季度|\d{1,2}月)")


class Name(NamedTuple):
    """An indicator in its parts: `full` as named (year apart), `noun` what is counted, for parts and ellipses.

    `object` is what the counted ones have or do: 保安 of 86所学校配备保安, which the next clause may count.
    """

    full: str
    noun: str
    year: str = ""
    object: str = ""

    def told(self, year: str) -> str | None:
        """The name with `year` in front, or None where the text gives no name."""
        return year + self.full if len(self.full) > 1 else None


@lru_cache(maxsize=2048)
def tidy(words: str) -> str:
    """The words without times, openers, and the verb that leads to the number.

    >>> tidy("到2027年底,力争全县累计建成公厕达到")
    '全县累计建成公厕'
    """
    if not words:
        return ""
    words = TIME.sub("", _ARTICLE.sub("", words) if "第" in words or "①" <= words[0] <= "⑳" else words)
    words = _FOOTNOTE.sub("", words) if "[" in words else words
    words = _LISTED_TIMES.sub("", words) if "、、" in words else words  # 2022年度、2023年度、2024年度建设任务
    words = _FRONT.sub("", words)
    words = _NOW.sub("", words)
    if words[-1:] in _BACK_ENDS:
        words = _BACK.sub("", words)
    return _NOISE.sub("", words)


@lru_cache(maxsize=2048)
def tail_of(tail: str, limit: int = 16) -> str:
    """What the words behind a number say about it: 座，给村民使用 says nothing, 名律师参与调解 says who and what."""
    if not tail or _NEXT_LABEL.match(tail):
        return ""
    if (closed := tail.find("”")) >= 0 and "“" not in tail[:closed]:
        tail = tail[:closed]  # “…睡眠9小时”“不加快进度”: what is quoted ends here
    tail = "" if tail[:1] == "暨" else _TAIL_DROP.sub("", _ASIDE.sub("", tail))
    if tail and (found := _TAIL_STOP.search(tail, 1)):
        tail = tail[: found.start()]
    if len(tail) > limit and (found := NOUN_END.search(tail, 6)) and found.start() <= limit:
        tail = tail[: found.start()]
    elif len(tail) > limit and (cuts := [*_NEXT_THING.finditer(tail, 4, limit)]):
        tail = tail[: cuts[-1].start()]
    tail = _FIRST_BATCH.sub("", _TELLS_BEHIND.sub("", tail))
    told = TIME.sub("", tail)[:limit].rstrip("、和及与的,了。;) 已均都仍尚仅按")
    return told + ")" if told.count("(") > told.count(")") else told


_FIRST_BATCH = re.compile("(?:支持|建设|用于|奖补|补助)?(?:首批|一批|第[一二三四五]批)$")  # 安排10亿元支持首批|30个城市
# 18个|制种大县和区域性繁育基地: too long a name ends with a whole word.
_NEXT_THING = re.compile("、|(?<=[园点站所院校厂库房场馆店路桥户业程划心])和(?![美谐平])|以?及(?![时格早])")
_BUILT_ONES = re.compile("(?:建成|在建|投用|投产|完成|开工)(?:项目|工程|小区|企业|学校)")  # 50个建成项目完成投资…


def noun_of(tail: str) -> str:
    """The counted noun at the start of the words behind a number.

    >>> noun_of("社区中已有")
    '社区'
    """
    found = NOUN_END.search(tail, 2 if _BUILT_ONES.match(tail) else 0)
    return tail[: found.start()] if found else tail


def is_empty(name: str) -> bool:
    """Whether the words name nothing by themselves: 总数, 累计, 同比增长, 每户."""
    return bool(_EMPTY.match(name))


def without_place(noun: str) -> str:
    """全市新建公厕 as 新建公厕, so that a part can put its own place in front."""
    return _PLACE.sub("", noun)


def year_of(opening: str, year: int | None, past: bool) -> str:
    """The year (with a half or quarter of a past one) that a yearly number names: 2024年, 2023年上半年; else nothing.

    Points in time (到2027年底, 截至去年) name no year: a level holds at a point, a yearly number over a span.
    """
    opening = _TITLES.sub("", opening) if "《" in opening else opening
    if "年" not in opening:
        return ""
    found = next(reversed(list(_YEARLY.finditer(opening))), None)
    if found is None or _YEAR_POINT.search(opening, max(0, found.start() - 2)):
        return ""
    shift = {"今年": 0, "去年": -1, "明年": 1, "后年": 2, "前年": -2}.get(found[0])
    if shift is not None and year is None:
        return ""
    told = str(year + shift) if shift is not None and year is not None else found[0]
    half = _HALF.search(opening, found.start()) if past else None
    return f"{told}年" + (half[1] if half else "")


def compose_part(part: str, whole: Name) -> str:
    """A part's name: 沙河镇 + 新建书屋; 能够容纳百人的 + 书屋; 中心校 stays where the whole already ends so.

    >>> compose_part("省级", Name("市级以上示范基地", "示范基地"))
    '省级示范基地'
    """
    noun = _HELD.sub("", without_place(whole.noun))
    if part.endswith("的") or (part[-1:] in _KINDS and len(noun) > 6):
        noun = noun.rsplit("的", 1)[-1] or noun
    if noun.endswith("任务") and len(part) > 2:
        return part + "任务"
    if part in ("进口", "出口") and "进出口" in noun:
        return noun.replace("进出口", part)
    if not part or part in noun:
        return noun if not part else part if noun.startswith(part) and len(part) > 3 else noun
    if noun and part.endswith(noun[-2:]):
        return part
    if len(part) > 2 and noun.startswith(part[-2:]):
        return part + noun[2:]
    if part[-1] == noun[-1:] and part[-2:-1] in ("级", "类", "型"):
        part = part[:-1]
    last = part[-1]
    if last in _HOUSES and noun[-1:] in _HOUSES and noun[-1:] != last and len(part) > 1:
        return part  # (医疗卫生机构3942个,)其中医院96个
    if (
        len(noun) > 5
        and last not in _KINDS
        and last not in "款费金"
        and len(part) < 7
        and (sum_of := _SUM_OF.search(noun))
    ):
        return part + sum_of[1]  # (可再生能源装机22亿千瓦,)其中水电4.4亿千瓦
    if last in "级类型期批" and (cut := noun.find(last, 0, 8)) >= 0:
        noun = re.sub(r"^(?:及?以上)", "", noun[cut + 1 :])
    return part + noun


def says_how_long(lead: str) -> bool:
    """Whether the words in front of a number say what has lasted so long: 正常经营满(6个月)."""
    return bool(_FOR_HOW_LONG.search(lead))


def of_condition(cell_lead: str, tail: str, unit: str | None) -> str | None:
    """What a condition measures: 自然村户数 of 30户以上的自然村, 老年人年龄 of 80周岁以上的老年人; else None.

    >>> of_condition("支持", "的自然村", "户")
    '自然村户数'
    """
    measured = _MEASURED.get(unit or "")
    if measured and measured in cell_lead:
        return None
    if measured == "人数" and (taken := _TAKEN_IN.search(cell_lead)):
        return taken[0] + measured  # 年接待境外游客1万人以上的旅行社
    if measured in _LASTS and (lasts := _FOR_HOW_LONG.search(cell_lead)):
        return re.split("[和与及并且的]", lasts[1])[-1] + measured  # 毕业5年以内的高校毕业生
    if tail.startswith("、") and "的" in tail:
        tail = tail.rsplit("的", 1)[-1]
    noun = noun_of(_TAIL_DROP.sub("", tail)) if measured and not _GOES_ON.match(tail) else ""
    if measured == "年龄" and (whose := _AGED.search(noun[:10])):
        noun = noun[: whose.end()]
    noun = re.split(r"[、,]|且", noun)[0][:10] or _REACHED.sub("", tidy(cell_lead))[-12:].rsplit("的", 1)[-1][-8:]
    if not measured or not noun or noun in ("连续", "仅", "仅有", "只", "只有"):
        return None
    return noun if noun.endswith(measured) else noun + measured


def as_rate(name: str, rule: str) -> str:
    """A percentage's name ends in what it is: …率, …占比, else 比例 is added; 占X asks whose share it is."""
    if rule == "all" and name.endswith(("覆盖", "接入", "到岗")):
        return name + "率"
    if _RATE_END.search(name) or _MOVES.search(name):
        return name
    return name + "比例" if name else name


def holder_of(words: str) -> str:
    """Whose rate or deed is told behind them: 38个|贫困县|污水治理率达到, 11个|示范村|硬化道路; else nothing."""
    found = _HOLDER.match(words)
    return found[1] if found else ""


@lru_cache(maxsize=2048)
def cap(name: str) -> str:
    """A long name without its beginning, cut where a new phrase starts; the end of a name says what is counted.

    >>> cap("拆除地锁、石墩、隔离桩等障碍物")
    '拆除障碍物'
    """
    if "等" in name and (found := _EXAMPLES.search(name)):
        rest = (found["verb"] or "") + name[found.end() :]
        first = re.split("、", found[0])[0] + "等" if len(rest) < 4 else ""
        name = name[: found.start()] + (first + name[found.end() :] if first else rest)
    name = _AMONG.sub("", name.lstrip(_LEFT_OVER))
    if ("“" in name or "”" in name) and name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    name = _WHERE.sub("", _ALL_BODIES.sub("", _WHO.sub("", name)))
    name = _BY_WHAT.sub("", name) if "按" in name else name
    if name.count("(") > name.count(")"):
        name += ")"
    if len(name) > 22 and "(" in name:
        name = _BRACKET.sub("", name)
    if len(name) <= 22:
        return name
    if name[-1] == "”" and "“零" not in name and 3 < len(name) - name.rfind("“") <= 22:
        return name[name.rfind("“") :]
    for found in _PHRASE.finditer(name):
        if 8 <= len(name) - found.end() <= 22:
            return name[found.end() :]
    bare = _ACTION_FRONT.sub("", name)
    return bare if len(bare) <= 22 else name[-20:]
