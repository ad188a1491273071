"""How firmly a unit promises: by the main verb of its strongest main clause."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors import lexicon
from extractors.clauses import Clause
from extractors.headings import union
from models.commitments import Strength

_ORDER = (Strength.FIRM, Strength.AIM, Strength.STUDY, Strength.ENCOURAGE)
_PREPOSITION = re.compile(
    r"^(?:并|同时|一方面|另一方面)?(?:根据|按照|依据|遵照|围绕|结合|针对|通过|依托|随着|鉴于|为了?(?!期|主)|经|坚持|以|按|在|对|就|利用|发挥|借助|参照|用好|遵循|紧[扣盯]|立足|聚焦|统筹|充分(?:利用|发挥))"
)
_MODAL = re.compile(
    r"(?<![即必终行])将(?!近)|(?<![主需重只纲摘必想不若概首还])要(?![求素点闻])|拟(?!定)|计划|预计|打算|会(?=及时|积极|尽快|继续|进一步)"
)
_OWN = re.compile(r"我[局委办们中市县区镇乡厅院会部处省州旗]|本[局委办]|由[^,]{2,14}(?:牵头|负责)")
_CONSUMED = re.compile(r"争取[^,]{0,24}(?:资金|支持|项目|政策|指标|资源|补助|理解|名额|经费|专项|债券|用地)$")
_DRAFTING = re.compile(r"(?:研究|论证)(?:制[定订]|出台|编制|起草|修订)[^,]{0,8}《")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百两](?:[个家处座条项次名人户亩所辆台套期场]|成)")
_RESULT = re.compile(r"(?:努力|尽力)(?:实现|完成|达到|争取|做到|确保|争创)")


@lru_cache(maxsize=1)
def _soft() -> re.Pattern[str]:
    """Aim, study and encourage words, named, and plain verbs as firm; the leftmost decides."""
    parts = [f"(?P<{name}>{union('strength', name).pattern})" for name in ("aim", "study", "encourage")]
    verbs = lexicon.alternation(lexicon.words_of("verbs", "act"))
    return re.compile("|".join([*parts, f"(?P<firm>{verbs})"]))


@lru_cache(maxsize=1)
def _purpose() -> re.Pattern[str]:
    return union("verbs", "purpose")


@lru_cache(maxsize=1)
def _granting() -> re.Pattern[str]:
    return re.compile(
        r"^(?:并|同时|同步|进一步|积极|继续|及时|优先|统一|全面)*(?:对[^,]{2,40})?"
        + lexicon.alternation(lexicon.words_of("verbs", "grant"))
    )


_SOFT_CONDITION = re.compile(r"(?:条件|时机)(?:成熟|具备|允许|许可)")


def strength_of(clauses: list[Clause], itemised: bool = False) -> Strength:
    """The strength of a unit whose promising clauses are these; `itemised`: the unit begins with 一是/三要.

    >>> from extractors.clauses import clauses_of
    >>> strength_of(clauses_of("鼓励农家书屋延时开馆,力争全年读者增加3.6万人次")).value
    'aim'
    >>> strength_of(clauses_of("支持合作社建烘干房")).value, strength_of(clauses_of("将适时评估夜间开馆效果")).value
    ('encourage', 'study')
    """
    words = [clause.words for clause in clauses]
    if itemised and len(words) > 1 and len(words[0]) <= 12 and not _NUMBER.search(words[0]):
        words = words[1:]
    mains = [word for index, word in enumerate(words) if _is_main(word, index, len(words))] or words[-1:]
    found: list[Strength] = []
    scope: Strength | None = None
    soft = False
    for word in mains:
        soft = soft or bool(_SOFT_CONDITION.search(word))
        own = _head_strength(word)
        if soft and own is Strength.FIRM:
            own = Strength.STUDY
        strength, scope = _within(scope, word, own)
        if strength is not None:
            found.append(strength)
    return min(found or [Strength.FIRM], key=_ORDER.index)


def _is_main(word: str, index: int, total: int) -> bool:
    """Neither a purpose clause nor a prepositional phrase that leads to the next clause."""
    if total == 1:
        return True
    if _MODAL.search(word) and _soft().search(word):
        return True
    if _purpose().match(word) and not (_NUMBER.search(word) or _RESULT.search(word)):
        return False
    last = index == total - 1
    return last or not (_PREPOSITION.match(word) and not _granting_inside(word))


def _granting_inside(word: str) -> bool:
    """对困难户给予补助, 在两镇布设中转站: the phrase has its own predicate."""
    found = _soft().search(word, 2)
    return (
        bool(found)
        and not word.endswith(("时", "下", "上", "中", "后", "的", "基础上"))
        and not word.startswith(("根据", "按照", "围绕", "通过", "依托", "坚持", "结合", "依据"))
    )


def _head_strength(word: str) -> Strength | None:
    """The strength of one clause by itself, from its leftmost verb behind the modal; None without any verb."""
    if _DRAFTING.search(word):
        return Strength.FIRM
    modal = None
    for modal in _MODAL.finditer(word):
        pass
    start = modal.end() if modal else 0
    found = _soft().search(word, start)
    if found is None:
        return Strength.FIRM if modal else None
    name = str(found.lastgroup)
    if name == "firm" and not modal and (weak := _weak_head(word, found.start())):
        return weak
    return Strength(name)


def _weak_head(word: str, verb_at: int) -> Strength | None:
    """积极引导…, 会同市局积极研究: adverbs and partners before a weak verb are no main verb."""
    if word.startswith("会同") or word.startswith("联合") or word.startswith("配合"):
        found = re.compile("研究|探索|论证|争取").search(word, verb_at)
        return (Strength.AIM if found[0] == "争取" else Strength.STUDY) if found else None
    return None


def _within(scope: Strength | None, word: str, own: Strength | None) -> tuple[Strength | None, Strength | None]:
    """The strength that a clause adds, and what its words reach over: 鼓励 X 做 A，做 B covers both."""
    if own in (Strength.ENCOURAGE, Strength.STUDY):
        return own, (own if own is Strength.ENCOURAGE else None)
    if own is Strength.AIM:
        return own, (None if _CONSUMED.search(word) else own)
    if scope is None:
        return own, None
    if _MODAL.search(word) or _OWN.search(word) or word.startswith("确保") or _granting().match(word):
        resets = scope is Strength.ENCOURAGE or _MODAL.search(word) or _OWN.search(word) or word.startswith("确保")
        if resets:
            return own, None
    return None, scope
