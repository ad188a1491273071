"""When a clause speaks of: past, present, or from now on; and on what evidence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.clauses import Clause
from extractors.coming import BARE_MONTH, BEHIND_FEAST, DUE, Calendar, is_due, is_listed_ahead, is_past_frame, own_year
from extractors.headings import union
from extractors.lexicon.openings import skipping, sought
from extractors.moods import TRUST, Mood, Reading
from extractors.neighbours import beside
from extractors.verbs import any_verb, is_modal_will, plain_predicate

__all__ = [
    "STATES", "TRUST", "Calendar", "Mood", "Reading", "any_verb", "is_modal_will", "is_past_frame", "plain_predicate",
    "read_clauses",
]  # fmt: skip


# A member looked up in its class costs ten times a module's name, and each clause asks for many.
_PAST, _PRESENT, _REPORTED, _EFFECT, _FUTURE, _BARE, _NONE = Mood
_FACTS = frozenset({_PAST, _PRESENT})
_FRAMING = frozenset({_PAST, _PRESENT, _REPORTED, _FUTURE})


_AHEAD = re.compile(
    r"^(?:我们|[我本][局委办市县区省镇乡厅院会部处州旗校站中心队馆]{1,3})(?:在)?(?:下一?步|下一?阶段|今后|往后|以后|接下来)(?![^,]{0,4}已|[^,]*了)|"
    r"^(?:为此,?|因此,?|同时,?|另外,?)?(?:在)?(?:下一?步|下一?阶段|下阶段|今后(?!来看)|以后(?=每|凡|都|要|再|不|由|对|遇|新|一律|统一)|往后|将来(?!就?可以?|能|会)|接下去|后续(?![^,]{0,8}的[^,]{2,16}(?:因|仅|已|只))|接下来|接续|未来|明年|后年|下半年|下一年度?|下季度|下个?月)"
)
_SPAN_AHEAD = re.compile(
    "(?:未来|今后)(?:的)?[一二两三四五六七八九十几数\\d]+个?(?:至[一-十\\d]+)?年(?:内|里|间)?"
)  # 未来几年


@lru_cache(maxsize=1)
def _signs() -> dict[str, re.Pattern[str]]:
    names = (
        "past", "then", "study", "done", "counted", "present", "describing", "intend", "modal", "will", "duty",
        "prospective", "assigned", "effect", "reported", "above", "others",
    )  # fmt: skip
    return {name: union("tense", name) for name in names}


class _Frame(NamedTuple):
    """What an earlier clause has set for the following ones: 去年，… tells on, 2026年底前，… promises on."""

    mood: Mood
    sign: str


def read_clauses(clauses: list[Clause], calendar: Calendar, own_level: str, expecting: bool = False) -> list[Reading]:
    """The mood of each clause, in order; a frame (去年，…) holds until another one replaces it.

    `expecting`: the unit stands where plans are told, so that words of reckoning (累计, 惠及) reckon the target.
    “航标正在更换，将于8月底换装完毕。” is present, then future.
    “前年，我馆将古籍修复列为头号任务，腾出库房两间。” is past twice.
    """
    readings: list[Reading] = []
    frame = _Frame(_FUTURE if expecting else _NONE, "")
    for clause in clauses:
        mood, sign = _read(clause.words, frame, calendar, own_level)
        if sign in ("aim", "prospective") and frame.sign == "advice" and not _OWN_ACTOR.search(clause.words):
            mood, sign = frame  # 建议贵县加快前期工作,力争早日开工: what others are advised to strive for
        mood, sign = beside(Reading(clause, mood, sign), readings, expecting)
        frame = _frame_after(frame, mood, sign)
        readings.append(Reading(clause, mood, sign))
    return readings


# 对所需资金按照《通知》要求,积极申报: the paper is followed, not quoted.
_ACCORDING = re.compile(
    "[^,]{2,}(?:按照?|根据|依据|依照)[^,]*》(?:[(][^)]*[)])?的?(?:有关|相关)?(?:要求|规定|精神)$"
    "|(?:同时|并)?(?:严格)?(?:按照|依照|遵照)[^,]{0,30}(?:规定|要求|精神)$"
)
_TOTALLED = re.compile(
    r"(?<![公一])共(?:计)?(?:实施|建设|建成|新建|改造|完成|投入|安排|发放|开展|争取|培训|整治)[^,]{0,16}\d"
)
# 共为我县争取立项2.5万亩: the sum of what was got.
_GOT = re.compile("^(?!.*(?:将|拟|计划|力争|预计|要))[^,]{0,10}(?<![公一])共计?(?:[为给向从][^,]{1,10})?争取[^,]*\\d")


def _frame_after(frame: _Frame, mood: Mood, sign: str) -> _Frame:
    if mood in _FRAMING or sign == "rule":
        return _Frame(mood, sign)
    if sign == "rule_ahead":
        return _Frame(_FUTURE, sign)
    return _Frame(_FUTURE, sign.removesuffix("_time")) if sign.endswith("_time") else frame


def _read(words: str, frame: _Frame, calendar: Calendar, own_level: str) -> tuple[Mood, str]:
    """The marks that settle a clause by themselves: others' words, 下一步, the past; else the softer ones."""
    signs = _signs()
    if reported := _reported(words, frame, signs, own_level):
        return reported
    if _FRAMES.search(words) or _GIVEN.fullmatch(words):
        return _NONE, _frame_sign(words)
    if _AHEAD.match(words):
        return (_NONE, "ahead_time") if _SPAN_AHEAD.fullmatch(words) else (_FUTURE, "ahead")
    # 截至10月底，…，今年办结1351件; where the letter's year is unknown, 我县共实施项目2300亩
    if words.startswith(("截至", "截止")) or _GOT.search(words) or (calendar.year is None and _TOTALLED.search(words)):
        return (_PAST, "so_far") if words.startswith("截") else (_PRESENT, "present")
    if words[-1] in _GOAL_ENDS and _GOAL_IS.search(words):
        return _FUTURE, "intend"
    due = is_due(words, calendar)
    if due and _SETTLED.search(words):
        return _FUTURE, "intend"
    if is_listed_ahead(words, calendar):
        return _NONE, "listed_time"
    if frame.mood is not _FUTURE and not due and signs["then"].search(words):
        return _PAST, "then"
    if signs["past"].search(words) or (not due and is_past_frame(words, calendar)):
        return _PAST, "so_far" if _THIS_YEAR_SO_FAR.fullmatch(words) else "past"
    if frame == _LONG_AGO and not due and not _WILL_GO_ON.search(words):
        return frame
    if signs["done"].search(words) and not _IF.match(words):
        return _PAST, "done"
    return _read_softly(words, frame, calendar, due)


def _reported(words: str, frame: _Frame, signs: dict[str, re.Pattern[str]], own_level: str) -> tuple[Mood, str] | None:
    """Whose words or plans a clause tells, if they aren't the writer's own."""
    if signs["above"].match(words) and not _is_own(words, own_level):
        return _REPORTED, "above"
    if signs["reported"].search(words) and not _ACCORDING.search(words):
        return _REPORTED, "reported"
    if frame.mood is _REPORTED and not _speaks_itself(words, frame, signs):
        return frame
    if _PAPER_SAYS.match(words) or (frame.mood in _FACTS and _SAYS.match(words)):
        return _REPORTED, "reported"
    if _COMPANY.search(words) and signs["others"].match(words):
        return _REPORTED, "others"
    return (_NONE, "agreed_time") if words[-1] in _AGREED_ENDS and _AGREED.search(words) else None


def _read_softly(words: str, frame: _Frame, calendar: Calendar, due: bool) -> tuple[Mood, str]:
    signs = _signs()
    if words.endswith("的") and frame.mood not in _FACTS and _CASE.fullmatch(words):
        return _NONE, "case"
    if (_TOPIC.match(words) and not is_modal_will(words)) or _FOR_LATER.match(words):
        return _NONE, "topic"
    if "是" in words and _TRAIT.search(words):
        return _PRESENT, "present"
    if words.startswith(("建议", "并建议", "为此建议", "故建议", "因此建议", "同时建议")):
        return _PRESENT, "advice"
    if signs["effect"].search(words) and not due:
        return _EFFECT, "effect"
    if sign := _future_sign(words, signs, frame.mood):
        lawful = frame.sign == "rule" or (frame.sign == "rule_ahead" and _OUGHT.search(words))
        ruled = sign in ("duty", "assigned") and lawful
        return (_REPORTED, "reported") if ruled else (_FUTURE, sign)
    ahead = frame.mood is _FUTURE or due
    if due and _STANDING.match(words) and (reading := _due_reading(words, True, "due"))[0] is _FUTURE:
        return reading
    if signs["present"].search(words) or (not ahead and _describes(words, signs)):
        return _PRESENT, "present"
    if not ahead and signs["counted"].search(words):
        return _PAST, "counted"
    if (frame.mood is _NONE or not frame.sign) and _RULE.match(words):
        return _NONE, "rule" if frame.mood is _NONE else "rule_ahead"
    return _read_bare(words, frame, due, calendar)


def _frame_sign(words: str) -> str:
    """将从三个方面抓好工作 announces what follows; 现将情况答复如下 only frames it."""
    if _ANNOUNCES.search(words):
        return "announced_time"
    return "topic" if words[0] in "针在" else "frame"


def _describes(words: str, signs: dict[str, re.Pattern[str]]) -> bool:
    """Whether a clause says how things are; 乘坐人数不足5人的由学校接送 only says which case is meant."""
    if not signs["describing"].search(words):
        return False
    found = _CASE_HEAD.match(words) if "的" in words else None
    return found is None or bool(signs["describing"].search(words, found.end()))


_CASE_HEAD = re.compile(
    "[^,]{2,24}(?<![是有])的(?=由|一律|全部|按|给予?|可[以由]|先|就|当[天日场]|立即|不予|不得|不再|限期|责令)"
)


def _read_bare(words: str, frame: _Frame, due: bool, calendar: Calendar) -> tuple[Mood, str]:
    """A clause without any mark but a day: it goes on as the clause before it, or is a bare verb phrase."""
    bare = bool(plain_predicate().search(words)) or bool(_NOUN_LIKE_HEAD.match(words))
    if due or ("年" in words and own_year(words, calendar) and (_free(frame) or _FIRST.search(words))):
        again = bool(_FIRST.search(words))
        return _due_reading(words, bare or again, "due" if due or again else "year")
    if _OCCASION.match(words) and frame.mood in (_NONE, _FUTURE):
        return (_NONE, "occasion_time") if words.endswith("时") else (_FUTURE, "occasion")
    if frame.mood in _FACTS:
        return frame
    if bare:
        return (_FUTURE, frame.sign) if frame.mood is _FUTURE and frame.sign else (_BARE, "verb")
    if (
        frame.mood is _FUTURE
        and frame.sign in ("due", "day", "agreed")
        and len(words) >= 6
        and not STATES.search(words)
    ):
        return _FUTURE, "day"
    return _NONE, ""


def _due_reading(words: str, bare: bool, sign: str) -> tuple[Mood, str]:
    """A day to come with its verb promises; alone in its clause it frames the next one.

    Behind the day a verb stands also where no list of verbs has it: 国庆前装完, 年内就建.
    """
    if bare:
        return _FUTURE, sign
    named = (*DUE.finditer(words), *BARE_MONTH.finditer(words), *BEHIND_FEAST.finditer(words))
    last = max(named, key=lambda found: found.start(), default=None)
    if last and _ACTS_BEHIND.match(words, last.end()) and not STATES.search(words):
        return _FUTURE, "day"
    return _NONE, f"{sign}_time"


_ACTS_BEHIND = re.compile(
    r"(?![^,]{0,6}(?:到期|届满|迎来|进入))[^,]{0,24}(?:达到|超过|突破|不低于|不少于|不超过|控制在|[降升提增减压缩延][至到]|全覆盖|\d%)|[^,的]{1,16}(?:全部|一律|统统|全都)(?![是为有在已])[一-鿿]{2}|(?![的和与及、]|[^,]{0,4}(?:到期|届满|迎来|进入))(?:就|可|即|先|再|都|全部|全|正式|一次性|完全)*(?![的和与及、至为是]|到(?![位岗账]))[\u4e00-\u9fff]{1,}"
)
STATES = sought(
    r"(?<!凡)是(?!否)|总投资(?:估算|概算)?(?:约|达|超过?|近|为)?\d|[约占达]\d|约占|有\d|为(?:主|\d)|缺口|有效期|不足|需要|人口|[于比][^,]{0,6}(?:高|低|多|少)(?!于)|(?:明显|显著|突出|严重|紧张|频繁|较[大多高重])$"
)
# 坏处是三四年要换一次电池
_TRAIT = re.compile("(?:好处|坏处|缺点|优点|难处|难点|弊端|根子|症结|关键)是")
# 确实无法复耕的，纳入台账: which case is meant, not what is so.
_CASE = re.compile("(?!您|你|代表|委员|这|是)[^,]{2,30}(?<![是有])的")
_OUGHT = re.compile("应当|不得|须|有权")
_RULE = re.compile(
    r"^(?:依照|按照?|依据|根据)[^,]{0,20}(?:规定|职责分工|职责|分工|法律|法规|条例|协议|合同|约定|标准|》(?:[(][^)]*[)])?(?:第[^,]{1,8}条[^,]{0,6})?)$"
)
_OCCASION = re.compile(
    r"^(?:今后)?(?:在)?(?:新建|新改扩建|编制|修编|改造|规划|建设|实施|审批|招标|采购|出让|安排|修订|制定|设计|验收|评审|招聘|考核)[^,]{2,30}时(?:$|[同一一律须])"
)


def _free(frame: _Frame) -> bool:
    """Whether 今年 may plan: 截至10月底,…,今年办结1351件 reckons."""
    return frame.mood is not _PRESENT and frame.sign != "so_far"


# 我们给自己定的杠子是:今年工单下降四分之一
_GOAL_ENDS = frozenset("是矩标子线状求")
_GOAL_IS = re.compile(
    "(?:我们|我[局委办市县区省镇院厅]|今年|明年|自己|下一?步|全[年市县区])[^,]{0,12}"
    "(?:目标|指标|任务|杠子|底线|军令状|尺子|打算|想法|思路|安排|计划|承诺|路子|规矩|盘子)(?:就)?是$"
    "|(?:给|对|为)自己[^,]{0,4}(?:立|定|划|提)[了下个出的一条]*(?:规矩|目标|杠子|硬杠子|底线|军令状|要求)$"
)
_FIRST = re.compile(r"今年(?:先|优先|率先|再|继续|还要|仍)")


def _speaks_itself(words: str, frame: _Frame, signs: dict[str, re.Pattern[str]]) -> bool:
    """Whether the writer takes the floor again after somebody else's words: 对此，我局…; 将尽快修复."""
    if (_OWN_ACTOR.search(words) and not words.startswith("并")) or _AHEAD.match(words) or _REST.match(words):
        return True
    return frame.sign != "above" and words.startswith(("将", "拟于", "现")) and is_modal_will(words)


# 现有3所配套园今年秋季学期全部转为公办: what there is now is named with what becomes of it.
_REST = re.compile("(?:未|余下|剩余|其余)[^,]{2,14}(?:务必|须|要|将)")
_STANDING = re.compile(
    r"(?:现有|在建|在编|剩余|其余)[^,]{0,30}(?:转为|改为|[改扩新]建|完成|投用|建成|开工|完工|全部|启用|竣工|交付|销号|清零|拆除|关停|搬迁|退出|取缔|关闭|更换|改造|加固|整改|清退|淘汰|清理|修复|接入|通车|通水|脱帽|出列)"
)
_COMPANY = re.compile("企业|开发商|厂家|厂商|业主|投资方|商户|商家|公司|集团")  # few clauses need the closer look
# 印发行动计划，提出到2025年全覆盖: what the paper says.
_SAYS = re.compile(
    r"其(?:主要|总体)?(?:目标|任务|内容)(?:是|为|包括)?$|(?:并|其中)?(?:明确)?(?:提出|要求|部署)(?:了|到|在|将|各|全|力争)|明确(?:到(?=20\d\d|“)|力争)|(?:并|其中)?(?:规定|载明|约定)"
)
# 通知明确,到2027年每校配一名: what a paper named before says.
_PAPER_SAYS = re.compile(
    "(?:该|此|上述|这一)?(?:通知|意见|方案|办法|纲要|规划|指南|文件)(?:还|均|中|也|同时)?(?:明确|提出|规定|指出|要求|强调)(?!的)"
)
_AGREED_ENDS = frozenset("定妥致识议了下来纳办受行到")  # looked at first: few clauses end so
# 已与卫生院商定: what was agreed on follows, and is still to come.
_AGREED = re.compile(
    r"已(?:经)?[^,]{0,20}(?:商定|约定|议定|谈妥|达成(?:一致|共识|协议))$|(?:也|都|会上|初步|部门|里|公司|[局委办府镇县市区方司队院们])(?:(?:商|议|约|说|讲|敲)?定(?:了|下来|下)?|谈妥了?|说好了?|商量好了?)$"
    r"|(?:这|此)[一两]?[条项点](?:建议|意见)?,?(?:我[局委办们市县区院中队]{1,2})?(?:予以|完全|可以|全部)?(?:采纳|照办|接受|吸纳)$|^(?:这|此)[一两]?[条项点][^,]{0,4}(?:采纳|照办|可行|办得到)$"
)
_TOPIC = re.compile(
    r"^(?:是否|能否|可否|要不要)|^[^,]{2,40}(?:一事|之事)$|^经[^,]{1,12}(?:查|了解|研究|核实|协商|会商|论证|审议|沟通|比选|评估)[^,]{0,4}$|^(?:您|你们|代表|委员|所提|至于|关于)|^(?:对于?|就|针对)[^,]{2,60}(?:建议|诉求|意见|问题|提议|设想|想法|要求|请求|一事)$"
)
# 针对目前正在实施的5个项目: which things are meant, in front of what becomes of them.
_GIVEN = re.compile(
    "针对[^,了]{0,12}(?:目前|正在?|已经?|现有|在建|尚未)[^,了]{0,20}(?:的[^,]{2,20})?"
    "|在(?:目前|现有|当前|现行)[^,了]{2,20}(?:下|[基前]础上|前提下)"
)
# 今年以来,我县计划…: the plan of this year is a plan.
_THIS_YEAR_SO_FAR = re.compile("(?:今年|本年度)(?:年初)?以?来")
# 我局将从三个方面抓好工作: announces; what follows is promised.
_ANNOUNCES = re.compile(
    "(?:(?<!现)将|拟|要(?<!主要)(?<!重要))(?:重点|着重|着力|主要|继续|进一步)*从(?:(?:以下|如下|下列)[^,]{0,6}|[几两二三四五六]个?大?)方面[^,]{0,16}$"
)
# 将从以下几个方面…, 现将办理情况答复如下
_FRAMES = re.compile(
    "从(?:以下|如下|下列)[^,]{0,6}方面|从[几两二三四五六]个?大?方面[^,]{0,14}(?:工作|入手|着手|发力|着力)$|提出了?(?:我局)?下一?步的?(?:工作)?(?:计划|打算|安排|举措|措施|思路)$|^现将[^,:]{0,30}(?:答复|回复|报告|函复|函告|汇报|说明|通报|附后|附上|送上|呈上)"
)
_FOR_LATER = re.compile("^为[^,]{2,40}(?:打|夯实|奠定|创造|提供|积蓄|做好)[^,]{0,10}(?:基础|条件|准备|保障|支撑|力量)$")
# 等桥修通了, 一旦超标了: 了 within a condition.
_IF = re.compile("(?:等(?![地单处家项个\\d])|待|俟|一旦|只要|如果|若|倘若)[^,]*了")
_LONG_AGO = _Frame(_PAST, "past")
_SETTLED = re.compile(r"已(?:经)?[^,]{0,12}(?:计划|拟|将|确定|明确|商定|定于|安排)")
_WILL_GO_ON = re.compile(
    r"今年(?!以来)|本年度|将(?:继续|进一步|加快|尽快|积极|着力|适时|持续|及时|全力|根据|按照|依据|结合)|下一?步|今后"
)
_OWN_ACTOR = re.compile(r"我[局委办市县区省中镇乡厅院会部处州旗们]|本[局委办]|对此")
_NOUN_LIKE_HEAD = re.compile(
    r"^(?:让|使|把|将)|^(?:并|再|同步|定期|继续|全面|依法|统一|加强|有序|集中|分[批期])?(?:建设|服务|管理|规划|发展|运营|监管|监督|治理|考核|评估|审批|审核|检查|调查|普查|研发|养殖|试点|收费|供水)"
)


def _future_sign(words: str, signs: dict[str, re.Pattern[str]], frame: Mood) -> str | None:
    """The strongest mark of the future in a clause; a present frame lets only outspoken ones through."""
    marked = bool(_marks_ahead().search(words))
    if marked and (outspoken := _outspoken_sign(words, signs, frame)):
        return outspoken
    if _ONCE.match(words):
        return "when"
    if _WELCOME.match(words):
        return "welcome"
    if _MAY.match(words):
        return "may"
    if frame in _FACTS:
        return None
    if marked and signs["will"].search(words):
        return "will"
    if signs["prospective"].match(words):
        return "prospective"
    return "duty" if marked and signs["duty"].search(words) else None


def _outspoken_sign(words: str, signs: dict[str, re.Pattern[str]], frame: Mood) -> str | None:
    """The marks that hold in any frame, from strong to weak."""
    if is_modal_will(words, strict=frame in _FACTS):
        return "will"
    if signs["intend"].search(words):
        return "intend"
    if frame is _PRESENT and _WE_WILL.match(words):
        return "will"
    if words.startswith("请") and signs["duty"].match(words):
        return "duty"
    if _AIM.search(words) and not _STRIVES_NOW.search(words):
        return "aim"
    if frame is not _PRESENT and signs["assigned"].search(words) and not _BY_NOW.search(words):
        return "assigned"
    if signs["study"].search(words):
        return "study"
    return "when" if _WHEN.search(words) else None


@lru_cache(maxsize=1)
def _marks_ahead() -> re.Pattern[str]:
    """Any mark of the future that may stand within a clause; most clauses have none and need no closer look."""
    named = (_signs()[name] for name in ("modal", "intend", "assigned", "study", "will", "duty"))
    return re.compile(skipping("|".join(pattern.pattern for pattern in (*named, _AIM, _WHEN))))


# 有待国家立法明确，我们会密切关注: among things as they are, one's own 会 is said outright; 我们都会走访 tells a habit.
_WE_WILL = re.compile(
    "(?:对此|但|不过)?(?:我们|[我本][局委办市县区省镇乡厅院部州旗校站队馆]{1,2}|我?中心)(?:一?定|也|还|仍)?会(?![同议])"
)
_BY_NOW = re.compile(
    "(?<!还)是由[^,]*的|由[^,]*(?:督办|领办|会办|主办)|(?:目前|现(?:在|阶段)?|一直|历来|原(?:来|先)?|向来|长期|过去|此前)[^,]{0,4}由"
)
_AIM = re.compile(
    r"力争(?<!已力争)|争取(?<!已争取)(?<!没有争取)(?<!未争取)(?<!未能争取)(?!了|到(?!20\d\d|\d{1,2}月|[“年明今本下后]))|力求(?<!已力求)|尽(?:最大)?(?:努)?力(?=争取|协调|推动|做)"
)
# 正在积极对上争取中, 经争取上级同意: how it stands, how it was got.
_STRIVES_NOW = re.compile(
    "正在?(?:积极|多方|努力|全力|大力|主动|(?:向|对)[^,]{1,10})*争取[^,将把]{0,16}(?:资金|项目|支持|指标|政策|经费|补助)$"
    "|争取中$|^经[^,]{0,6}争取|累计争取"
)
_MAY = re.compile(
    r"^(?:各|有条件的|偏远|较[大小]的?|规模)[^,]{1,16}可(?=由|通过|依托|采取|结合|根据|按|自行|自主|探索|申请|以[^,]{2,})"
)
_WELCOME = re.compile(
    r"^(?:同时|也|并|另外|我[局委办们市县区院厅部镇]{1,2})?(?:欢迎|鼓励|倡导|提倡|动员)(?!您|你|代表|委员)"
)
# 待批复下达后, 验收通过后即拨付 stand at the head of a clause; the others anywhere.
_ONCE = re.compile(
    r"[^,]{0,8}(?:工作|项目|工程|事项|手续)待[^,]{2,20}后(?=再|即|进一步|立即|逐步|组织|启动|实施|推进|开展)|(?:待|俟|等)[^,]{2,40}(?:后|时|再|即|下达$|到位$|批复$|完成$|落地$|完工$)|等[^,]{2,20}(?:一[一-鿿]{1,2}|了|结束|过后)(?:就|即|便|马上|立即|立马)|等[^,]{2,12}(?<![早就都])[^,早就都]了$|[^,]{0,8}(?:完成|批复|批准|到位|确定|落实|验收|通过)后(?:[^,]{0,4})(?:按|报|启动|组织|实施|开展|立即|尽快|再|予以|正式|全面)"
    r"|[^,]{2,30}一(?:建成|完工|竣工|落成|投用|到位|获批|批复|下达)$"
)
_RIPE = "(?:成熟|具备|允许|许可)"
_WHEN = re.compile(
    rf"待[^,]{{2,14}}后(?:即|再|马上|尽快)?(?:开工|启动|实施|开展|进场|施工|动工)|即(?<![立随当]即)(?=着手|启动|开工|组织|开展|实施|办理|拨付)|(?:到[货账位齐]|天晴|雨停|水退|放假|开春|批下来|验收完)后?(?:就(?![近业])|马上|便(?![利民于]))|具备[^,]{{0,6}}条件后|条件{_RIPE}|时机{_RIPE}"
)


def _is_own(words: str, own_level: str) -> bool:
    """A department of the province, or of the state, may speak of itself in the third person."""
    if own_level == "nation":
        return not _PROVINCES.match(words)
    return own_level == "province" and words.lstrip("近期据悉目前今年另外此同时,").startswith("省")


_PROVINCES = re.compile(r"(?!各|有关|相关|部分)[^,我]{2,10}(?:省|自治区)")
