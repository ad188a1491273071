"""What a unit without any mark of time does: whether it lays down what shall be so, or says how things stand."""

from __future__ import annotations

import re

from extractors.lexicon.openings import sought
from extractors.tense import STATES, Mood, Reading
from extractors.verbs import any_verb, plain_predicate

_BARE = Mood.BARE

_LEADING = re.compile(
    r"(?:(?:同时|并|再|也|每(?:年|月|季度?|半年|周)|定期|不定期|积极|全面|全力|大力|充分|有效|切实|认真|重点|优先|统一|依法|持续|不断|逐步|分[期批类]|"
    r"联合|免费|按(?:期|需|照[^,]{1,12}(?:要求|原则|标准))|在[^,]{2,16}|(?:与|同(?![步时样意类]))[^,]{2,16}|同步|逐年|立即|立刻|依托[^,]{2,16}|为[^,]{2,16}|向[^,]{2,16}|对[^,]{2,20}|以[^,]{2,14}|从[^,]{2,12}|由[^,]{2,14}))*"
)

# 我局成立专班，制定方案: with its own subject and no modal a bare verb phrase tells how the letter was handled.
_TELLS = re.compile(
    r"^(?:为此|对此|收到[^,]{0,12}后|接到[^,]{0,12}后|按照[^,]{2,20}|[^\u4e00-\u9fff])*,?(?:我[局委办们市县区省中镇乡厅院部处会队州旗]|本[局委]|局党[组委]|全[市县区省]|各级|市委|县委|区委)"
)
_GIVES = re.compile(
    r"给予|予以|进行|按[^,]{1,20}(?:执行|补助|给予|分担)|每[年月季半周]|每[亩户人生床家辆台个所座株头只套][^,]{0,3}[补奖贴]|[补奖贴]\d|减半|半价|[一-九]折|优先|全部|统一|不低于|不少于|不超过|至少"
)

# 有效提高供水能力: what came of what was told before.
_RESULTS = re.compile(
    "(?:有效|极大|大大|明显|显著|从根本上|较好|进而|从而)地?(?:提[高升]|增强|改善|缓解|解决|保障|促进|推动|扩大|带动|满足)"
)

_ADOPTED = re.compile(r"[^,。;]{0,4}采纳[。;]?$")  # 部分采纳。 says what becomes of the ask, not yet how

# 民营机构医师纳入全市继续教育统一管理: what an answer lays down.
_SETS = re.compile(r"[纳列]入[^,。;]{0,16}(?:统一|同等|管理|范围|体系|考核|预算|日程)")


def goes_on(masked: str, readings: list[Reading]) -> bool:
    """Whether a unit behind a promise goes on with it: 并在导览图上标注位置; 学生凭证乘坐.

    A verb phrase, what is given to whom, a word that goes on or arranges; what only describes or reckons doesn't.
    """
    said = without_cases(masked)
    if _DESCRIBES.search(said) or _ELSE.search(said):
        return False
    if any(reading.mood is _BARE for reading in readings) or _GIVES.search(masked) or _GOES_ON.match(masked):
        return True
    return lays_down(masked) or rules(masked)


# 树池不能浇筑水泥,否则会造成烂根: a rule with its ground.
_ELSE = re.compile(r"(?:不能|不可|不宜|切忌|不得)[^,。;]{2,40},否则")


def carries_on(masked: str) -> bool:
    """Whether a unit opens with a word that goes on: 并…, 再…, 租金前两年全免."""
    return bool(_GOES_ON.match(masked))


def reckons(masked: str) -> bool:
    """Whether a unit only counts what there is: 全市共有线路68条, 新能源车占九成二."""
    return bool(_STANDS.search(masked))


def measures(masked: str) -> bool:
    """What a thing is, what comes of it, how much it measures: 合格率97.8%, 收费标准为每餐8元."""
    return bool(_DESCRIBES.search(masked) or _FIGURES.search(masked))


def states(masked: str) -> bool:
    """What a thing costs, what is hard about it, what it needs: 修建天桥,投资大、周期长."""
    return bool(_NO_PROMISE.search(masked) or STATES.search(masked))


def gives(masked: str) -> bool:
    """Whether somebody is to get something, or something is to be so for everybody: 每亩补80元, 全部免费."""
    return bool(_GIVES.search(masked))


def answers(masked: str, readings: list[Reading]) -> bool:
    """Whether the first words under a named ask grant it: 对六十岁以上老人实行半价; 租金按八折收取.

    What the writer has done about it (我局成立专班，制定方案) has a subject and no word of arranging.
    """
    said = without_cases(masked)
    if (
        _TELLS.match(masked)
        or _NO_PROMISE.search(said)
        or _DESCRIBES.search(said)
        or _RESULTS.match(said)
        or _ADOPTED.match(said)
    ):
        return False
    if _SETS.search(masked) or (any(reading.mood is _BARE for reading in readings) and begins_with_verb(readings)):
        return True
    return lays_down(masked)


def recurs(masked: str, *, by_us: bool) -> bool:
    """Whether a unit opens with an act that is to come again and again: 每学期开展两次校车安全检查.

    With a subject of one's own (我局每年安排资金…) it tells a habit, unless it answers an ask (`by_us`) with how often.
    """
    if (least := _AT_LEAST.match(masked)) and not _SO_FAR.search(least[0]):
        return True
    found = _AGAIN.match(masked)
    if (
        found is None
        or (found["we"] and not (by_us and _TIMES.search(masked, found.end())))
        or states(masked)
        or measures(masked)
        or _STANDS.search(masked)
    ):
        return False
    verb = plain_predicate().search(masked, found.end(), found.end() + 14)
    return verb is not None and "为" not in masked[found.end() : verb.start()] and not _SO_FAR.search(masked)


_AGAIN = re.compile(
    r"(?:\s*[(]?[一二三四五六七八九十\d]{1,3}[)、.]\s*|[一二三四五]是)?(?:(?:经研究|采纳[^,]{2,12}|对此|为此),)?"
    r"(?P<we>我[局委办厅院部处镇区县市]|我们|我?中心|[省市县区镇乡]里)?每(?:[两三]|隔[一两])?(?:年|个?季度?|个?月|周|旬|个?学期|学年|半年|半个?月)"
)
# 监管部门每季度抽检不少于两次: nobody's habit has a lower bound; 每年至少发生两次内涝 befalls.
_AT_LEAST = re.compile(
    r"[^,]{0,14}每(?:年|季度?|月|周|旬|学期|学年|半年)(?![^,]{0,14}(?:发生|出现|遭|停[电水运产]|断[电水流网]|堵[车塞]|淹|受[灾损淹]))[^,]{2,20}(?:不少于|至少|不低于)[一二两三四五六\d]+(?:次|轮|期|场|回|批)"
)
_TIMES = re.compile(r"[一二两三四五六\d](?:次|轮|期|场|回|批)")
# 每年约有…, 每年都组织…: a habit, or what comes of it.
_SO_FAR = re.compile(r"[已曾过了]|均|平均|[^到]达|约|近|余|都|坚持|一直|长期|历来|左右|固定|例行")


def lays_down(masked: str) -> bool:
    """Whether a unit arranges what shall be so, its subject first: 每村备水箱一个; 押金一律退还; 由村里管.

    What is only reckoned (共有…, 占…) or hard to do arranges nothing.
    """
    said = without_cases(masked)
    if _TELLS.match(masked) or states(said) or measures(said) or _STANDS.search(said):
        return False
    return bool(_ARRANGES.search(masked))


def rules(masked: str) -> bool:
    """Whether a unit arranges what shall be so in a certain case: 符合条件的认定为定点机构. Nothing past is told so."""
    found = _IN_CASE.search(masked)
    return found is not None and (lays_down(masked) or bool(_THEN.match(masked, found.end())))


def without_cases(masked: str) -> str:
    """The unit without the phrases that say which case is meant: 不足5人的,由…; 验不过的先停."""
    return _IN_CASE.sub("", _NAMED.sub("", masked)) if "的" in masked else masked


_THEN = re.compile(
    r"[,、]?(?:由(?!于)|先|就(?=[停扣罚换退])|一律|立即|限期|[停扣罚换退]|[用改](?![途法户地水电])|\d+个?(?:工作)?[日天小]时?内)"
)
_IN_CASE = re.compile(
    r"(?:(?<=^)|(?<=[,、]))[^,。;]{2,24}(?<![是有])的(?=[,、]|由|先|就|可|一律|全部|按|给|当[天日场]|立即|[停扣罚换退认纳列移约予补奖免优]|[用改](?![途法户地水电])|\d+个?(?:工作)?[日天小]|当[场日])"
)
# 折中的办法是,村口先装48盏
_NAMED = re.compile(r"^[^,。;]{0,12}的(?:办法|做法|打算|意见|考虑|安排|方案|思路|措施|想法)(?:就)?是[,:]?")
_EACH = "[度吨份件本张次所个家村校镇乡户人名座处班站岗县条台辆车床亩月年天周季晚次车栋楼院段批]"
_ARRANGES = re.compile(
    rf"每{_EACH}(?:度|级|学期|半年)?[^,。;]{{0,12}}?(?:配|备|设|[补建派签]|明确|选|拿出|奖|给|开|到|不少于|不低于|不超过|至少|最[多高低少]|执行|发|巡|查|通报|调度|轮|结对|挂钩|(?<![接递运护输])送|赠|封顶|限|一[次回趟轮期])"
    r"|能[^,。;]{1,3}的[^,。;]{1,4}[,。;]|该[^,。;]{1,3}的[^,。;]{1,3}[,。;]|[一全]律|全免|全覆盖|一[个家户处]不[撤减少漏留落]|谁[^,谁]{1,8}谁|必(?:有[回答]|[查办复达])|有[^,]{1,2}必[一-鿿]|按[^,。;]{1,16}(?:执行|收取|计算|结算|发放|兑现|收费|计费|计价)"
    r"|改[成为走用由到](?!革)|[扩增提涨降缩延加升压减]到|[扩增提涨降缩延升压减]至|给到|调[到高低]|由[^,。;]{1,16}调整[到至为]|加一倍|加倍|翻番|减半|对半|[一二三四五六七八九两]折|半价"
    r"|由[^,。;]{2,16}(?:出|付|补|担|管|买|垫|派|调|跑|运|收|掏|接驳|代[办开缴]|替代|列支|解决|兜|保障)|从[^,。;]{2,18}(?:列支|安排|解决|统筹|开支|里出|中出|里开)"
    r"|专款专用|归[^,。;]{2,8}[管建修](?!理)|(?:加|增|添)派(?=[一二两三四五六七八九十\d])|内免费|(?:加高|加宽|加长|加深|拓宽)[到至]|(?:画|辟|改造|布置)成|(?<=[一-鿿]{2})出(?:一半|大头|[一二三四五六七八九]成)|先(?:装|修|换|配|补|铺|架|建)[上好齐起完]|先把|先从|先在|先由|接着|合并[到为成]|集中到|拿出[^,。;]{1,8}[成万亿%]|保持不[变减]|跟着[^,。;]{1,6}走|当[天日场](?=[^,。;]{2})|\d(?:个)?(?:小时|分钟|工作日|天|日)(?:之|以)?内"
    r"|再[加添增派配补设建装开](?=[一二两三四五六七八九十\d几])(?![^,。]{0,8}元)|(?<!规定)(?<!依法)不(?:再|停|撤|减|搞|让|叫|另|重复|收|得|准|许)(?!断|少|到)|免收|凭[^,。;]{1,10}(?:免|乘|享|领|办|上车|进|入|取)|优先|预留|提前留|留[一二两三四五六七八九十\d]+[块处间个成]|认定为|(?:扩大[^,。;]{2,12}(?:招生|范围|规模|名额)|加开|开到|延到|倾斜)"
)
# How many there are, what is lacking, what there is everywhere: said of what is so.
_STANDS = sought(
    r"没有|未(?![来成])|建于|都有|[共计]有?\d|共有|拥有|仅|只(?=有|占|能)|缺(?:口|少|乏|员|编)|占[^,。;]{0,12}(?:\d|成)|平均|人均|高达|达\d|不到[^,。;]{0,3}[\d一二三四五六七八九]成?|还要|离不开|有赖|靠[^,。;]{0,6}(?:大家|各方)|不容易|很难|相[比较当]"
)


# What a thing is, what comes of it, whose words it is.
_DESCRIBES = re.compile(
    r"(?<![凡于但还若可总如正一二三四五六七八九十别其或])是(?!否)|原则上(?:应|须)|(?:项目|工程|线路)[^,。]{0,4}采用[^,。]{1,14}(?:模式|结构)(?=[,。;])|(?<=[,;])(?:主要)?包[括含][^,。]{1,12}\d|(?<!做到)(?<!确保)(?<!每个[村镇乡县校])(?<!每[村镇乡县校])(?<!乡镇)都有(?=[,。;])|[构组]成(?=[,。;])|值得|走在前|[一每单][座套台处口辆](?:约|要|得)?\d[\d.]*万?元|少则|被[称誉]为|牵一发|社会各界|^(?:这(?!项工作[纳列]入)|此举|上述|需要|应当看到|专家|您|你|贵(?![阳州港溪池南定德广安])|代表|委员|提案)|"
    r"(?:减少|下降|增长|紧张|明显|显著|良好|突出|不足|不够|有限|较[大多高低差]|多年)(?=[,。;]|$)|"
    r"任重道远|离不开[^,。]{0,16}(?:支持|理解|参与|帮助|努力|配合)|(?<=,)(?:属于?|系)[^,]{2,14},由(?!我|本)[^,]{2,18}(?:决定|制[定订]|确定|核定|规定|审定|审批)。?$|"
    r"^[^,。]{0,16}(?:标准|目录|价格|[电水气票油运房]价|费率|税率|员额|编制|基准|资格|权限|政策)[^,]{0,4}由(?!我|本)[^,]{2,16}(?:决定|制[定订]|确定|核定|规定|审定|审批)。?$|"
    r"^[^,]{0,14}(?:完工|建成|投[产用运]|实施|改造|整治|开通|通车|启用|上线)后,?(?!我|由|对|将|按|统一|立即|及时|即|交|移交|组织|纳入|开展|逐|实行|实施|推行|免费|[设举招引]|开放|安排|启动|给予|委托|交付)|^(?:专|特|谨)此"
)
# 合格率97.8%, 收费标准为每餐8元, 相距38公里: how things measure, without a word of reaching it.
_FIGURES = re.compile(
    r"率(?:为|约|约为)?\d[\d.]*(?=%)(?![^。]*(?:达到|提高|提升|控制|降))|[费价准本额积离](?:标准)?(?:约|为|约为)(?:每[^,\d]{1,4})?\d|相距\d|年均[^,]{0,8}成本|"
    # 由2019年的31.7%降到今年春季的6.2%: a year to come would say what for
    r"由(?:20\d\d年|[去前上]年)[^,。;]{0,8}\d[^,。;]{0,4}[提降增升减压缩扩上下][^,。;\d]{0,3}[到至为](?!20\d\d年|[今明后]年(?:底|末|内))|"
    r"^(?:中央|国家|省级?|自治区)财政(?!将)|人口(?:不足|约|超)|无小事|成本高|难度大"
)
# A clause that goes on from the promise before it, also without a listed verb: 并在导览图上标注位置, 租金前两年全免.
_GOES_ON = re.compile(
    r"(?:并(?!不|非|未)|同时,?(?!也是)|再(?=[\u4e00-\u9fff])|此后|之后|先(?!后|期|进|天)|不再|一律|优先|随[到时即]|凡|将)"
    r"|[^。]{0,30}(?:[一全]律|全免|减半|不再|由[^,。]{2,12}(?:承担|负责|出|管|统一)|[提增降减延缩]至|[提增降]到|每[年月季周天日晚次户人亩][^,。]{0,10}(?:一|不少于|至少|\d))"
)


def begins_with_verb(readings: list[Reading]) -> bool:
    """Subjectless verb phrases, also behind an adverb or 每年, and 对…给予…: 每季度抽检水质."""
    for reading in readings:
        words = reading.clause.words
        if reading.mood is _BARE and (_predicate_leads(words) or _gives(words)):
            return True
        if reading.sign != "topic" and not _GROUND.match(words):
            return False
    return False


def _gives(words: str) -> bool:
    """对六十岁以上老人乘车实行半价, 每半年巡检一次; with a subject (中央财政对…给予…) it tells what is so."""
    if not _GROUND.match(words) and not words.startswith(("每", "统一", "全部")):
        return False
    return bool(_GIVES.search(words)) or (words[0] in "对为将把" and bool(any_verb().search(words, 2)))


_GROUND = re.compile(
    r"^(?:[将把对]|为|凡|视|一旦|只要|若(?!干)|如果|在|按|从|以|经|于|针对|根据|结合|围绕|同时|此外|另外|另|其中|[^,]{0,3}(?:方面|上)$|[^,]{1,30}(?<![是有])的$)"
)
# What a thing is or costs, and what is hard about it, is no promise: 修建天桥，投资大、周期长。
_NO_PROMISE = sought(
    r"(?<!凡)是(?!否)|需要?[^,]{0,6}\d|大约|既要?[^。]+也|不[予能符足够一及]|难以|[、,][^、,]{1,4}[大长难高多少强广深](?=[、,。;]|$)|存在|现行|以来|每[天日台辆]可|为每|可满足|比什么|[不没]敢|一刻也"
)


def _predicate_leads(words: str) -> bool:
    """Whether a verb stands within four characters of the clause's head, adverbs and phrases apart."""
    leading = _LEADING.match(words)
    start = leading.end() if leading else 0
    return bool(plain_predicate().search(words, start, start + 4)) and not _COUNTED.match(words, start)


_COUNTED = re.compile(r"[一二两三四五六七八九十\d数该此这那][\u4e00-\u9fff]")
