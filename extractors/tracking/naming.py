"""What a target and the number that reports on it are called together, as a reader would who has both sentences.

One paper's name is often short, since its sentence or its heading has said the rest: 病株率 beside 黄龙病平均病株率.
"""

from __future__ import annotations

import re

from extractors.headings import union
from extractors.tracking.counted import Counted
from extractors.tracking.wording import longest_runs, pairs_of
from models.text import fold

_WIDE = re.compile(
    "[全本我](?:国|省|市|县|区|州|旗|镇|乡)|20\\d\\d年(?:度|底|末|内)?|每年|累计|总数|共计|[计数]$|[的了]"
)
_SHORT = 6  # letters: a name of so few may say little out of its sentence
_LONG = 12
_AT_LENGTH = 18
_FOR = re.compile("(?:为|给|向|对|帮助)(?:全[省市县区])?(?:约|近)?$")
_DONE_FOR = re.compile(
    "^([^,;。]{2,14}?)((?:免费|统一|集中)?(?:更换|安装|加装|改造|发放|配备|配发|提供|办理|实施|开展|落实|缴纳|赠送)[^,;。]{4,22})"
)
_OPENLY = re.compile("^20\\d\\d年(?:度)?公开|公开(?=招)")
_BY_WHOM = re.compile(
    "^[\u4e00-\u9fff]{0,3}[省市县区州旗][\u4e00-\u9fff]{1,10}?(?:局|委|厅|办|大队)(?:对|为|在|向|计划|牵头|负责|将|拟)+(?:全[省市县区州旗])?"
)
# 沿海各地打捞船, 全市冷藏车保有量
_EVERYWHERE = re.compile(
    "^[\u4e00-\u9fff]{0,2}各(?:地|县|市|区|镇|乡镇?)(?=[\u4e00-\u9fff]{2})|^全[省市县区州旗](?=[\u4e00-\u9fff“]{4})"
)
_URGING = re.compile("^(?:督促|指导|推动|引导|支持|鼓励|帮助)(?=[\u4e00-\u9fff]{2})(?![\u4e00-\u9fff]+(?:率|度)$)")
_BARE = 4
_PLACE = re.compile("(?:室|馆|园|站|场|院|库|街|河|湖|岛|平台|系统|工程|项目|保险|行动|专线)$")
_ASIDE = re.compile("[全本我](?:国|省|市|县|区|州|旗)|20\\d\\d年(?:度|上半年)?|累计")
_OTHERWISE = re.compile("[每占率比]|[人户亩]均|千人|总|累计|新增|街道|[乡镇村](?=新)")  # 托位 are no 千人口托位
_YEAR = re.compile("^20\\d\\d年(?:度)?")
_PREFIX = re.compile("^(20\\d\\d年(?:度)?)?(?:[全本我][省市县区州旗])?(新增|新建|新改建|新开|增设|改造|培训)")
_VERB = re.compile("新增|新建|改建|增设|改造|培训|增加|增长")
_LIGHT = re.compile("^(?:配置|配备|布设|开通|建成|完成|实现|提供|划定)(?=.{2})(?!.*的.)")
_MADE = (
    "更换|配备|配发|布设|铺设|安装|加装|发放|配置|购置|添置|接入|"
    "实施|建设|建成|打造|编印|聘请|建立|设立|开通|开放|推出|举办|安排|配齐|筹集"
)
_SAID_OF_IT = "新建|再建|改建|扩建|新增|增设|培训|招聘|引进|选派|筹建|培育"
_DEED = re.compile(f"^(.{{2,}}?)({_MADE}|{_SAID_OF_IT})(?:了|为|各类)?([\u4e00-\u9fffA-Za-z“”]{{2,}})$")
_SPREAD = re.compile(
    "统一|免费|集中|累计|先行|[全本我][省市县区州旗]|[今明]年|20\\d\\d年(?:度)?|[、]|计划|通过|购买服务"
)
_OF_A_PLACE = re.compile(
    "^(?:新增|增加|提供|设立?|可供)?(?:[停车床座学泊摊铺展机工]位|库容|泊车位|停车泊位|容量|床铺|客房|包间)$"
)
_THING = re.compile("[楼市场馆园站室院库所店堂校厅]$|中心|平台|基地")
_BOUNDS = re.compile(
    "[^\u4e00-\u9fff“”]|今年|明年|年内|年底|[将在于由的为把]|[东南西北]侧|[旁边侧]|附近|街道|选址|[^市]区|[镇乡县]"
)
_BARE_WORK = re.compile(
    "^(?:20\\d\\d年)?(?:累计|共|计划|先行|再)*(?:完成|实施)?(改造|整治|治理|修复|修缮|新建|改建|建设|更新|培训|提升)$"
)
_OBJECT = "([\u4e00-\u9fff]{2,8}?)(?=[,、。的\\d和及]|工作|工程|行动|任务|问题|$)"
_AREA = frozenset({"平方米", "㎡", "平米", "万平方米"})


def name_of(target: Counted, actual: Counted) -> str:
    """The name of what both count; empty where neither has one.

    全县病株率, 黄龙病平均病株率 -> the second; 普惠托位, a part of 2024年新增托位 -> 2024年新增普惠托位
    """
    year = _YEAR.match(target.label)
    begins = year[0] if year else ""
    own = _URGING.sub("", _BY_WHOM.sub("", target.label[len(begins) :]))
    bare, other = begins + _LIGHT.sub("", _EVERYWHERE.sub("", own)), _tidy(actual.label)
    if len(bare) > _LONG:
        bare = bare.removesuffix("总数")
    if (work := _work_on(target, bare)) is not None:
        return begins + work
    if not _core(bare) and len(other) > 1:
        return other + ("总数" if "总" in bare and "总" not in other else "")
    if not actual.places and _is_fuller(bare, other):
        return begins + other
    if _is_pithier(_OPENLY.sub("", bare), other):
        return other
    if (done := _done_for(target)) is not None:
        return done
    if (whole := _of_whole(target, bare)) is not None:
        return whole
    if (thing := _deed_alone(bare.removeprefix(begins), actual)) is not None:
        return begins + thing
    if _counts_others(target, actual) and "的" in bare and 2 < len(other) < len(bare):
        return other
    if len(_core(bare)) <= _BARE:
        return (_where(target, actual, bare) or _place_of(target, bare)) + bare
    return f"{bare}面积" if target.quantity.unit in _AREA and "面积" not in bare else bare


def _deed_alone(name: str, actual: Counted) -> str | None:
    """全区市场固定摊位统一更换智能电子秤: the thing alone, where the other sentence has it, but not what stands before
    it; 培训 and 新建 stay with theirs."""
    found = _DEED.match(name) if "的" not in name else None
    told = actual.nearness.keys()
    if found is None or found[1] == "公开" or not pairs_of(found[3].removesuffix("比例")) <= told:
        return None
    before = _SPREAD.sub("", found[1])
    kept = before if before and pairs_of(before) <= told else ""
    short = kept + ("" if found[2] in _MADE.split("|") else found[2]) + found[3]
    return short if len(short) >= _BARE else None


def _counts_others(target: Counted, actual: Counted) -> bool:
    """Whether the later number counts something else that there is one of each: 10家市场, 8间快检室."""
    return target.quantity.unit != actual.quantity.unit and "%" not in (target.quantity.unit, actual.quantity.unit)


def _work_on(target: Counted, name: str) -> str | None:
    """What a name that says only what is done (累计完成改造) is done to, by the heading above it."""
    bare = _BARE_WORK.match(name)
    if bare is None:
        return None
    above = [fold(each) for each in (target.unit.head, *reversed(target.unit.section)) if each]
    found = (re.search(bare[1] + _OBJECT, each) for each in (target.words, *above))
    return next((bare[1] + each[1] for each in found if each), None)


def _place_of(target: Counted, name: str) -> str:
    """Where the 摊位 or 床位 are that are counted: 便民早市, of 设置便民早市2处,提供摊位260个."""
    if not _OF_A_PLACE.match(name):
        return ""
    before = target.words[: target.words.find(target.quantity.span.text)]
    things = [union("stages", "act").split(each)[-1] for each in _BOUNDS.split(before)]
    return next((each for each in reversed(things) if len(each) > 2 and _THING.search(each)), "")


def _core(name: str) -> str:
    return _WIDE.sub("", name)


def _tidy(name: str) -> str:
    return _LIGHT.sub("", _ASIDE.sub("", name))


def _is_fuller(own: str, other: str) -> bool:
    """Whether the other name has all letters of a short one, ends as it does, and says some more of the same kind."""
    mine, theirs = _core(own), _core(other)
    if not 2 <= len(mine) <= _SHORT or not len(mine) < len(theirs) <= 2 * len(mine) + 4:
        return False
    if set(_OTHERWISE.findall(own)) != set(_OTHERWISE.findall(other)):
        return False
    if theirs.endswith(mine) and len(theirs) - len(mine) <= 2:  # 上架盲文图书 says no more than 盲文图书
        return False
    rest = iter(other)
    return mine[-1] == other[-1] and all(letter in rest for letter in mine)


def _is_pithier(own: str, other: str) -> bool:
    """Whether the other name begins like a long one and says the same in fewer words."""
    rest = iter(own)
    short = 4 <= len(other) <= len(own) * 2 // 3
    return len(own) >= _SHORT + 2 and short and own[:2] == other[:2] and all(letter in rest for letter in other)


def _where(target: Counted, actual: Counted, own: str) -> str:
    """What both sentences speak of before a bare name: 视障阅览室 of 改建视障阅览室一处,配置听书机100台."""
    before = target.words[: target.words.find(target.quantity.span.text)]
    for run in longest_runs(before, frozenset(actual.nearness)):
        if len(run) >= _BARE and run in actual.words and _PLACE.search(run) and not set(run) & set(own):
            return run
    return ""


def _done_for(target: Counted) -> str | None:
    """为5200户独居老人、低保家庭免费更换软管并加装自闭阀: what is done, where it is long whom for."""
    done = _DONE_FOR.match(target.rest) if _FOR.search(target.lead) else None
    return done[2] if done and len(done[0]) > _AT_LENGTH else None


def _of_whole(target: Counted, own: str) -> str | None:
    """今年新增托位900个,其中普惠托位600个: what is new is new in its parts, too."""
    begins = _PREFIX.match(target.whole)
    if begins is None or _VERB.search(own):
        return None
    return (begins[1] or "") + begins[2] + own
