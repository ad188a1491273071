"""What the clauses in front make of a clause: what works bring about, what others do on the government's word."""

from __future__ import annotations

import re

from extractors.moods import Mood, Reading

_PAST, _EFFECT, _FUTURE, _BARE, _REPORTED = Mood.PAST, Mood.EFFECT, Mood.FUTURE, Mood.BARE, Mood.REPORTED
_PLANS = frozenset({"intend", "will", "due"})


def beside(reading: Reading, before: list[Reading], expecting: bool = False) -> tuple[Mood, str]:
    """The mood and the sign of a clause beside those before it; what both tell together is put right in `before`, too.

    “该项目的实施，将彻底解决排水难。” promises nothing: 将 says what the work brings about. `expecting`: among plans.
    """
    words, mood, sign = reading.clause.words, reading.mood, reading.sign
    last = before[-1] if before else None
    if mood is _FUTURE and last and words[0] == "将" and _WORK_DONE.match(last.clause.words):
        mood, sign = _EFFECT, "effect"
    if sign == "intend" and last and last.mood is _PAST and _LISTED_TOO.match(words):
        mood, sign = _PAST, "done"
    if (
        mood in (_FUTURE, _BARE)
        and _BRINGS_WHOM.search(words)
        and any(_ONCE_BUILT.match(one.clause.words) for one in before)
    ):
        mood, sign = _EFFECT, "effect"
    if last and last.sign == "when" and _BRINGS.match(words) and _BUILT.match(last.clause.words):
        mood, sign, before[-1] = _EFFECT, "effect", last._replace(mood=_EFFECT, sign="effect")
    if not expecting and _SAYS_THERE.match(words) and any(map(_is_issued, before)):
        mood, sign = _REPORTED, "reported"
    if _THEIR_OWN.match(words):
        mood, sign = _REPORTED, "others"
        before[:] = [one._replace(mood=mood, sign=sign) if one.sign in _PLANS else one for one in before]
    if sign == "others" and any(_DIRECTS.search(one.clause.words) for one in before):
        mood, sign = _FUTURE, "will"
    return mood, sign


def _is_issued(reading: Reading) -> bool:
    """印发《规划》, 我局联合财政局出台《办法》: a paper that is there, unless it is only to come."""
    words = reading.clause.words
    return reading.mood is not _FUTURE and bool(_ISSUED.search(words) or _LEADERS.search(words))


_ISSUED = re.compile("(?:印发|出台|发布|下发|公布|制定|制订|修订|编制)(?:实施|了)?[^,《]{0,6}《")
_LEADERS = re.compile("总书记|党中央|国务院(?!办公厅)|(?:省委|市委)主要领导")
_SAYS_THERE = re.compile(
    "(?:并|其中|文件)?(?:明确(?:提出|要求|规定|到|“|[^,]{0,14}(?:到20|达到|不低于|不少于))|提出(?!意见)|要求|强调|规定|对[^,]{2,40}(?:作出|做出|进行)(?:了)?(?:全面|系统|具体)?(?:部署|安排|规定))"
)
# 已将甲路列入近期计划,同时也将乙路列入该计划: 将 is 把 in both
_LISTED_TOO = re.compile("(?:同时|并且?|也|还|均|都)+将[^,]{2,40}[列纳]入")
# 该项目的实施，将彻底解决排水难: what works bring about.
_WORK_DONE = re.compile(
    "(?:该|这|此|上述|以上)?[^,]{0,12}(?:项目|工程|政策|措施|办法|方案|工作)的?(?:实施|建成|投用|落实|建设|推进|开展|落地)$"
)
# 待项目建成后，将切实满足如厕需要。
_BUILT = re.compile("(?:待|等)[^,]{0,20}(?:建成|完工|竣工|投用|通车|开通|启用|落成)(?:投用|使用|通车)?[之以]?后$")
_BRINGS = re.compile(
    "(?:必?将|可|会)会?(?:切实|有效|极大|大大|基本|彻底|进一步|明显)*(?:满足|缓解|改善|解决|方便|惠及|带动|提升|提高|保障)"
)
# 项目建成后,…,对沿线居民出行将提供更为便捷的保障: what comes of it, further on.
_ONCE_BUILT = re.compile("[^,]{0,16}(?:建成|完工|竣工|投用|通车|开通|启用|落成|实施)(?:投用|使用|通车|运营)?[之以]?后$")
_BRINGS_WHOM = re.compile(
    "^(?!.*(?:我[局委厅办们市县]|本[局委])).*(?:必?将|会)会?(?:切实|有效|极大|大大|进一步|明显)*(?:提供|带来|方便|缓解|改善|惠及|带动|满足)"
)
# 医院计划明年开诊,具体由该院另行公布: whose plan it is.
_THEIR_OWN = re.compile(
    "[^,]{0,8}由该(?:院|校|企业|公司|单位|集团|行)(?:另行|自行|择日)(?:公布|决定|确定|发布|通知|公告)"
)
# 已督促企业制定方案，企业将于6月底前更换: what others do on the government's word is promised.
_DIRECTS = re.compile("督促|要求|责成|约谈|指导|协调|敦促|商定|约定|签订")
