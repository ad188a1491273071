"""What speaks against a promise: a quotation that goes on, facts beside a weak sign, a sentence that says what for."""

from __future__ import annotations

import re

from extractors.tense import Mood, Reading

_FACTS = frozenset({Mood.PAST, Mood.PRESENT, Mood.REPORTED})


def left_open(words: str, before: bool) -> bool:
    """Whether a quotation of several sentences goes on behind a unit."""
    opened, closed = words.rfind("“"), words.rfind("”")
    return opened > closed if opened != closed else before and len(words) < 200


# 联合学校，定期组织研学活动”。 ends what the proposer says, 不超出课程标准”等管理要求。 what a paper does.
QUOTED_ON = re.compile("[^“”]*(?:”(?:的?(?:建议|意见|问题|诉求)?的?(?:答复|回复)?|等[^,。“”]{0,14})?[。!?;,:]?)?$")
# 二、关于您提出的“解决道路结冰。通过以雪引流,…”: the ask's own words go on behind the full stop.
ASK_LEFT_OPEN = re.compile(
    "[^“]{0,6}(?:关于|针对|对于?)(?:您|你们?|代表|委员)?们?所?(?:提出|提到|建议|反映)?的?“[^”]+$"
)


def told_beside(best: Reading, readings: list[Reading]) -> bool:
    """Whether a weak sign stands among facts: 鼓励企业办馆，目前已有43个; 争取资金，对旧器材进行了更换."""
    if best.sign in ("duty", "assigned") and _ONLY_THEN.search(readings[-1].clause.words):
        return True  # 先由省里批复,再由市里规划,方能组织实施
    told = _TOLD_BESIDE.get(best.sign)
    if told is not None:
        return told(best, readings)
    whole = ",".join(reading.clause.words for reading in readings)
    at = readings.index(best)
    if best.sign == "aim" and _WE_STRIVE.match(whole):
        return True
    if best.sign == "aim" and _UNDER_WAY.search(",".join(one.clause.words for one in readings[:at]) + ","):
        return bool(_SEEKS.search(best.clause.words))
    facts = any(reading.mood in _FACTS for reading in readings[at + 1 :])
    return facts and (best.sign == "welcome" or bool(_SEEKS.search(best.clause.words)))


def _prospect_told(best: Reading, readings: list[Reading]) -> bool:
    """迅速成立专班，…，尽快落实到位; 我局组织人员更换，确保完好; 进一步提升水平,目前已被评定为示范村."""
    if _IS_SUCH.search(",".join(reading.clause.words for reading in readings)):
        return True
    at = readings.index(best)
    said = "".join(reading.clause.words for reading in readings[:at])
    if best.clause.words.startswith("确保") and _OWN_ACT.match(said) and not _AHEAD.search(said):
        return True
    if any(reading.mood is Mood.PAST and "已" in reading.clause.words for reading in readings[at + 1 :]):
        return True
    return any(_HANDLED.search(reading.clause.words) for reading in readings[:at])


def _duty_told(_best: Reading, readings: list[Reading]) -> bool:
    """要保证灌溉，需要重建."""
    return any(
        reading.clause.words.startswith(("需要", "有必要")) or _SAYING.search(reading.clause.words)
        for reading in readings
    )


def _assigned_told(best: Reading, readings: list[Reading]) -> bool:
    """由国资公司实施，取消了20处; 由县财政列支,2023年已兑付38万元."""
    last = readings[-1]
    owned = last.mood is Mood.EFFECT and bool(_OWNED.search(best.clause.words))
    handed = bool(_HANDED.search(best.clause.words))
    if readings[0] is not best and _RECKONED.fullmatch(readings[0].clause.words):
        return True
    if _WHOSE.search(best.clause.words) and any(_IS_THEIRS.search(reading.clause.words) for reading in readings):
        return True
    return owned or handed or "已" in last.clause.words or bool(_DID.match(last.clause.words))


def _due_told(best: Reading, readings: list[Reading]) -> bool:
    """今年起提高到610元，目前已发放到位."""
    at = readings.index(best)
    behind = readings[at + 1 :]
    if any(_REALLY.match(reading.clause.words) for reading in behind):
        return True
    if _GROUND_ONLY.match(best.clause.words) and any(reading.mood is Mood.PAST for reading in behind):
        return True
    of_this_year = any("今年" in reading.clause.words for reading in readings[: at + 1])
    return of_this_year and bool(_IN_FORCE.search(readings[-1].clause.words))


_TOLD_BESIDE = {
    "prospective": _prospect_told,
    "duty": _duty_told,
    "assigned": _assigned_told,
    "due": _due_told,
    "year": _due_told,
}


def came_out(best: Reading, readings: list[Reading]) -> bool:
    """全年计划兑现3.2亿元，实际兑现2.87亿元: what came of a plan is told beside it."""
    return any(_CAME_OUT.match(reading.clause.words) for reading in readings[readings.index(best) + 1 :])


_CAME_OUT = re.compile("(?:但|而|最终)?实际(?:只|仅)?(?:[完兑拨投新到支改建培发开栽落下][一-鿿])")


def is_purpose(best: Reading, readings: list[Reading]) -> bool:
    """完善标线,推进错峰放学,确保校园安全: what bare verb phrases in front are for says nothing of the future."""
    at = readings.index(best)
    return (
        best.sign == "prospective"
        and best.clause.words.startswith("确保")
        and not _MEASURED.search(best.clause.words)
        and at > 0
        and not any(reading.mood is Mood.FUTURE for reading in readings[:at])
        and not _AHEAD.search("".join(reading.clause.words for reading in readings))
    )


_MEASURED = re.compile(r"\d|每|全部|一律")  # 确保每栋楼有一名楼长 is to be reached
# 建设集展览、研学于一体的茶博馆是打造品牌,推进茶叶走出去的重要举措: what a thing is
_IS_SUCH = re.compile(
    r"(?<![不若可总正但就还便])是(?!否)[^。]{4,}(?:的|具有|有着)(?:十分|非常|很|极其)?(?:重要|关键|有效|必要|根本|具体|主要|有力|重大|必然|核心)?"
    r"(?:意义|作用|价值|举措|抓手|途径|载体|平台|基础|保障|支撑|标志|组成部分|内容|环节|前提|体现|选择|渠道|手段|要求|需要|路径|引擎|窗口)$|(?:确|很|十分|非常|尤)有必要$|势在必行$"
)
# 2019年,根据市委的工作安排,我委已将…纳入计划: upon what it was done
_GROUND_ONLY = re.compile(r"(?:根据|按照|依据|结合|围绕|对照)[^,]*(?:安排|部署|要求|精神|规划|计划|任务)$")
# 到年底应修30处,截至5月末实际修了12处: how far a plan has come
_REALLY = re.compile("截[至止][^,]{2,16}实际")
_ONLY_THEN = re.compile("(?:方能|方可|才能|才可以?)(?!由)")
_IN_FORCE = re.compile("已(?:经)?[^,]{0,12}(?:到位|发放|兑现|执行|落实|实施|施行|惠及)[^,]{0,8}$")
# 隐性债务是不可触碰的红线,必须严守底线
_SAYING = re.compile(
    "(?:吃不消|受不了|[忙顾][^,]{0,2}不过来|扛不住|撑不住)$|是[^,]*(?:红线|底线|大事|要求|责任|任务|基础|前提|关键|生命线|使命|根本|保障)$"
    "|(?:需要|要)以[^,]+为主$"
    "|^(?:要想|若想|想要)"
    "|^[^,]{2,10}是[^,]{2,10}的(?:里子|面子|脸面|名片|根|魂|灵魂|命脉|血脉|命根子|眼睛|窗口|底色)$"
    "|^[^,]*(?:选址|申报|立项|准入|建设条件|入选)[^,]{0,4}(?:需要?|要|须|应当?|必须)(?:同时)?(?:满足|符合|具备|达到|位于)"
    "|^[^,]{2,16}(?:需要|离不开|有赖于?|需)(?:各方|各界|全社会|社会各|多方|多部门|大家|全民|全体|广大)"
)
# 船舶更新属于企业经营行为,应主要由市场主体承担: whose matter it is
_WHOSE = re.compile("应(?:当)?(?:主要)?由|(?:主要|原则上)由(?!我)")
_RECKONED = re.compile(
    "[^,]{2,14}?(?<![配招聘选设建建造购])\\d[\\d.万余]*(?:多)?[名人个处座户台]"
)  # 巡护员3120名,补助由省市按比例分担
_IS_THEIRS = re.compile("(?:属于?|系)[^,]{0,14}(?:行为|事权|事务|职责|责任|事项|范畴)|事权|支出责任|法》|条例》")
_DID = re.compile("[^,就再]{2,14}(?<![为除])了(?![解然之后])(?![^,]{0,8}(?:再|就|才|后))")
# 该园由社会资本投资兴建,投运后将成为…: whose it is, and what will come of it.
_OWNED = re.compile("由[^,]{2,16}(?:投资|出资|承建)(?:建设|兴建|修建|新建|运营|开发)?$")
_HANDED = re.compile("交由[^,]{2,16}办理$")  # 您提出的建议,交由乡人居办进行办理
_OWN_ACT = re.compile(
    "(?:针对|对|根据|按照|收到|接到)?[^我]{0,30}我[局委办中处]?(?:组织|安排|联合|会同|召开|成立|开展|派)"
)
_AHEAD = re.compile("将|拟|计划|要(?!求)|会(?!同|议|商)|下一?步|今后|继续|进一步|年底|[今明]年|月底|力争|尽快|逐步|再")
_HANDLED = re.compile(
    "^(?!.*(?:将|要|会(?!议|同|商)|拟)).*(?:迅速|立即|第一时间|高度重视|非常重视)(?:成立|组织|召开|安排|组建|$|[^,]*(?:提案|建议)[^,]{0,6}$)"
)
# 一直在谋划项目,现已开始收集需求,向上争取更多项目: how it is done already.
_UNDER_WAY = re.compile(
    "(?:一直|始终|长期)[^,]*,[^,]*(?:已|正在)[^,]*,$|(?:局|委|厅|部|镇|乡|我们)(?:目前)?正(?:在)?(?:与|同|会同|和)[^,]{2,20}(?:协调|沟通|对接|衔接|商谈|洽谈),$"
)
# 同时我局积极向上级争取专项资金: with its own subject and no mark of the future, how it is done already.
_WE_STRIVE = re.compile(
    "(?:为[^,]{2,40},)?(?:同时|另外|此外)?,?我[们局委办厅省市县区镇乡院馆社站中州旗](?!.*(?:将|会|拟|要|计划|继续|进一步|今后|下一?步|尽快|早日))"
    ".*(?<!力)争取[^,把]{0,16}(?:资金|项目|支持|补助|政策|指标|经费)(?=,|$)"
    "|(?:[^,]{2,40},)?[一-鿿]{2,10}(?:局|委|厅|办|部|院|中心)(?:一直|始终|高度重视,)?(?:积极|主动|多方|全力|大力)"
    "(?!.*(?:将|会(?!同)|拟|要|计划|继续|进一步|今后|下一?步|尽快|早日|年底|年内|力争))[^,]{2,}"
)
_SEEKS = re.compile("^(?!.*(?:将|继续|进一步|下一?步|今后|早日|尽[快早]|[年月日季期])).*(?<!力)争取(?=[^,]{2})")


# 通过专项行动,进一步有效遏制乱停: what a work told before is for.
THROUGH = re.compile(
    r"(?:通过|经过)(?:以上|上述|此次|这次)?[^,我将]{2,20}(?:行动|整治|治理|活动|检查|工作|措施|努力),(?:进一步|有效|切实|极大|大大)+(?:地)?(?:解决|缓解|遏制|改善|提升|消除|预防|规范|净化|提高|增强|减少)"
)
# 以从根本上解决如厕难的问题。 is what the sentence before is for.
SO_THAT = re.compile(r"以(?:此)?(?:便|期|从根本上|彻底|有效)?(?:解决|缓解|满足|方便|消除|减少|保障|确保|提升)[^,]{2,}")


def of_matter(words: str) -> bool:
    """Whether what is promised between thanks is an act upon the matter: 我局将加大渔港的巡查力度; not 将努力工作."""
    return any(not _OF_SERVICE.search(found[0]) for found in _ACT.finditer(words))


_ACT = re.compile(
    r"[列纳融]入[^,。;]{0,24}(?:项目库|计划|规划|预算|范围)|(?:加大|加强|加快|推进|推动|提升|提高|强化|完善|开展|落实|优化|健全|扩大|改善)(?:对|好|了)?[^,。;]{3,24}"
    r"(?:力度|水平|建设|管理|保护|整治|治理|监管|改造|开发|机制|体系|服务|质量|发展|进度|步伐|执法|检查|巡查|宣传|激励|设施|环境)"
)
_OF_SERVICE = re.compile(
    "工作(?:水平|质量|力度|效率)|办理|作风|自身|服务(?:水平|质量|意识|能力)|沟通|联系|我们的|我[局委办]的|事业"
)
