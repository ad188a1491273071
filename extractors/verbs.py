"""The verbs of office prose, and whether 将 in front of one says "will"."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors import lexicon
from extractors.headings import union
from extractors.lexicon.openings import skipping

_BA_VERB = re.compile(
    r"分解(?:落实)?到|(?:意见|建议|诉求|想法)(?:一并|及时)?(?:转|反馈|报送|提供给?)|(?:责任|任务)[^,]{0,4}落实到|作为|列为|列入|纳入|融入|(?:办理|答复|处理)(?:意见|情况|结果)(?:上|逐级|及时|一并|专题)?[报向]|(?:确|认|评|核)?定为|命名为|设为|评为|作(?=[一首头])|视为|当作|放在|摆在|贯穿|变为|转化为|由[^,]{1,20}(?:改|调|提|增|压|降)"
)
# 将电费问题,报市政府: what stands alone behind 将 is handed on by the next clause.
_THING = re.compile("(?:问题|情况|诉求|名单|材料|线索|台账|数据|资料)$")
_AFTER_WILL = re.compile(
    r"^(?:于|在|从|自|按|对|向|为|与|和|由|以|把|被|再|并|也|都|均|分|因|根据|结合|通过|依托|围绕|依据|依法|参照|会|同|就|视|如期|如实|适|积极|认真|继续|进一步|"
    r"逐[步年一]|全[力面程]|大力|重点|着[力重]|优先|尽|及时|持续|不断|严格|严肃|切实|充分|主动|同步|统一|联合|配合|加|深入|扎实|科学|合理|定期|不定期|陆续|分[批期类级阶段步]|"
    r"第一时间|立[即刻]|马上|迅速|重新|另行|一[并如直律]|始终|多[渠措方途管]|密切|统筹|立足|坚持|紧[紧盯扣抓]|充分|每[年月季周半]|首[批先]|先|最[大终]|\d|[一二三四五六七八九十两]|有[序效针计]|更|尽[快早可量]|力|免费|"
    r"明年|今年|年[内底]|本[月年周]|下[半周个月]|近期|酌情|择|适时|不|会同|牵头|负责|[^\u4e00-\u9fff]|用|采|派|选|给|让|发|设|全部(?=[更改拆建完换投取实迁整清退关停通安])|建|修|改|开|办|扩|增|新|制|出|做|抓|推|提|完|完善|实|落|组|启|投|安|争|努|要|使)"
)


@lru_cache(maxsize=1)
def plain_predicate() -> re.Pattern[str]:
    """Any plain or weak verb: 加强, 鼓励, 研究, 争取."""
    soft = "|".join(union("strength", name).pattern for name in ("aim", "study", "encourage"))
    return re.compile(skipping(f"{soft}|{any_verb().pattern}"))


@lru_cache(maxsize=1)
def any_verb() -> re.Pattern[str]:
    """Any plain verb of office prose, wherever it stands, the longest; grouped by first character: 加(?:强|大|快)."""
    endings: dict[str, list[str]] = {}
    for word in lexicon.words_of("verbs", "act"):
        endings.setdefault(word[0], []).append(word[1:])
    return re.compile(skipping("|".join(first + lexicon.alternation(rest) for first, rest in endings.items())))


@lru_cache(maxsize=1)
def _modal() -> re.Pattern[str]:
    return union("tense", "modal")


def is_modal_will(words: str, strict: bool = False) -> bool:
    """Whether 将 says "will"; 将孵化成功率作为指标 is 把.

    A 将 before an adverb, a preposition or a verb is modal, unless its object is 列入 or 作为 something. Before other
    words it is too, unless `strict`: among facts 将 with an object tells (目前，我县将收益的六成用于公益岗).
    """
    for found in _modal().finditer(words):
        if _ASKED_TO.search(words, 0, found.start()):
            continue
        rest = words[found.end() :].lstrip()
        if rest and _AFTER_WILL.match(rest) and not (_BA_VERB.search(rest) and not _SURE_MODAL.match(rest)):
            return True
        taken = _BA_VERB.search(rest) or _THING.search(rest)
        if rest and not taken and (not strict or plain_predicate().match(rest)):
            return True
    return False


# 请将意见反馈我局, 您提出的将审批权限下放的建议: what others are to do, what was asked.
_ASKED_TO = re.compile(
    r"请(?<![提申邀聘报约延]请)[您你各]?[们位]?$|(?:提出|提到|所提|反映|建议|要求|希望|呼吁|主张)的[“\"]?$"
    r"|(?:您|你|代表|委员|提案)们?所?(?:提出|提到|建议|要求|希望|呼吁|主张)[“\"]?$"
    r"|^(?:关于|对于?|有关|至于)(?:进一步|尽快|统一)?$"
    r"|(?:确保|保证|避免|防止|以便)$"  # 确保将有限资金用于急需处: 将 is 把
)
_SURE_MODAL = re.compile(
    r"^(?:于|在|从|自|按|对|向|把|再|也|均|进一步|继续|积极|认真|逐步|优先|尽|及时|持续|同步|根据|结合|通过|会同|牵头|适时|择机|力争|争取|会|依法|统筹|全力|联合|配合|负责|不|陆续|分|研究|探索|列入|纳入|作为|\d|明年|今年|年)"
)
