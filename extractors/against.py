"""What speaks against a promise: a quotation that goes on, facts beside a weak sign, a sentence that says what for."""

from __future__ import annotations

import re

from extractors.tense import Mood, Reading

_FACTS = frozenset({Mood.PAST, Mood.PRESENT, Mood.REPORTED})


def left_open(words: str, before: bool) -> bool:
    """Whether a quotation of several sentences goes on behind a unit."""
    opened, closed = words.rfind("“"), words.rfind("”")
    return opened > closed if opened != closed else before and len(words) < 200


# 联合学校，定期组织研学活动”。 ends what the proposer says.
QUOTED_ON = re.compile("[^“”]*(?:”[。!?;,]?)?$")


def told_beside(best: Reading, readings: list[Reading]) -> bool:
    """Whether a weak sign stands among facts: 鼓励企业办馆，目前已有43个; 争取资金，对旧器材进行了更换."""
    if best.sign == "duty":  # 要保证灌溉，需要重建
        return any(reading.clause.words.startswith(("需要", "有必要")) for reading in readings)
    told = any(reading.mood in _FACTS for reading in readings[readings.index(best) + 1 :])
    return told and (best.sign == "welcome" or bool(_SEEKS.search(best.clause.words)))


_SEEKS = re.compile(
    "^(?!.*(?:将|继续|进一步|下一?步|今后)).*争取[^,]{0,12}(?:资金|支持|项目|补助|指标|政策|器材|投入)$"
)


# 以从根本上解决如厕难的问题。 is what the sentence before is for.
SO_THAT = re.compile(r"以(?:此)?(?:便|期|从根本上|彻底|有效)?(?:解决|缓解|满足|方便|消除|减少|保障|确保|提升)[^,]{2,}")
