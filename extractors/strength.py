"""How firmly a unit promises: by the main verb of its strongest main clause."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors import lexicon
from extractors.clauses import Clause
from extractors.headings import union
from extractors.lexicon.openings import skipping, sought
from extractors.verbs import is_modal_will, plain_predicate
from models.commitments import Strength

_FIRM, _AIM, _STUDY, _ENCOURAGE = Strength.FIRM, Strength.AIM, Strength.STUDY, Strength.ENCOURAGE
_RANK = {_FIRM: 0, _AIM: 1, _STUDY: 2, _ENCOURAGE: 3}
_WEAK = {strength.value: strength for strength in (_AIM, _STUDY, _ENCOURAGE)}
_PREPOSITION = re.compile(
    r"^(?:并|同时|一方面|另一方面)?(?:根据|按照|依据|遵照|围绕|结合|针对|通过|依托|随着|鉴于|为了?(?!期|主)|经|坚持|以|按|在|对|就|利用|发挥|借助|参照|用好|遵循|紧[扣盯]|立足|聚焦|统筹(?![^,]{0,10}资金)|充分(?:利用|发挥))"
)
_MODAL = re.compile(
    r"将(?<![即必终行]将)(?!近)|要(?<![主需重只纲摘必想不若概首还]要)(?![求素点闻])|拟(?!定)|"
    r"计划(?<!投资计划)(?<!年度计划)(?<!立法计划)(?<!研发计划)(?<!专项计划)(?<!科技计划)(?<!行动计划)(?<!工作计划)(?<!实施计划)(?<!建设计划)(?<!改造计划)(?<!培训计划)(?<!三年计划)(?<!作业计划)(?!生育|内|外|书|的|时|和|、|数|总?投资|里程|表|$)|预计|打算|会(?=及时|积极|尽快|继续|进一步)"
)
_OWN = re.compile(
    r"我[局委办们中市县区镇乡厅院会部处省州旗]|本[局委办]|由[^,]{2,14}(?:牵头|负责)|^[^,鼓支引]{0,4}[省市县区州旗镇](?:级|本级)?财政(?!局|厅)"
)
_CONSUMED = re.compile(
    r"争取[^,]{0,24}(?:资金|支持|项目|政策|指标|资源|补助|理解|名额|经费|专项|债券|用地)(?:约?\d[^,]*)?$"
)
_DRAFTING = re.compile(r"(?:研究|论证)(?:制[定订]|出台|编制|起草|修订)[^,]{0,8}《")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百两](?:[个家处座条项次名人户亩所辆台套期场]|成)")


@lru_cache(maxsize=1)
def _soft() -> re.Pattern[str]:
    """The weak verbs, each strength a group of its name; what none of them matches is a plain verb."""
    return re.compile("|".join(f"(?P<{name}>{union('strength', name).pattern})" for name in _WEAK))


def _class_of(word: str, start: int) -> Strength:
    found = _soft().match(word, start)
    return _WEAK[str(found.lastgroup)] if found else _FIRM


@lru_cache(maxsize=1)
def _purpose() -> re.Pattern[str]:
    return union("verbs", "purpose")


@lru_cache(maxsize=1)
def _granting() -> re.Pattern[str]:
    return re.compile(
        r"^(?:今年|明年|年内|并|同时|同步|进一步|积极|继续|及时|优先|统一|全面)*(?:对[^,]{2,40})?(?:按[^,]{2,16}?)?(?:每[一-鿿]{1,2}){0,2}"
        + lexicon.alternation(lexicon.words_of("verbs", "grant"))
    )


_SOFT_CONDITION = sought(r"(?:条件|时机|情况)(?:成熟|具备|允许|许可)|可行的话|(?:如果?|若|确|倘若)可行|具备可行性")


def strength_of(clauses: list[Clause], itemised: bool = False) -> Strength:
    """The strength of a unit whose promising clauses are these; `itemised`: the unit begins with 一是/三要.

    >>> from extractors.clauses import clauses_of
    >>> strength_of(clauses_of("鼓励农家书屋延时开馆,力争全年读者增加3.6万人次")).value
    'aim'
    >>> strength_of(clauses_of("支持合作社建烘干房")).value, strength_of(clauses_of("将适时评估夜间开馆效果")).value
    ('encourage', 'study')
    """
    words = [_with_ba(clause.words) for clause in clauses]
    deferred = next((index for index, word in enumerate(words) if _DEFERRED.search(word)), None)
    first = words[: deferred or 0]
    if deferred is not None and not (first and (_NUMBER.search(first[0]) or any(map(_does_itself, first)))):
        return _STUDY  # 定额提到1.8万元，以后再作调整 is firm
    small = itemised and len(words) > 1 and len(words[0]) <= 12 and not _NUMBER.search(words[0])
    if small and _head_strength(words[0]) is not _AIM:
        words = words[1:]
    if len(words) > 1:
        words = [*(word for word in words[:-1] if not _is_topic(word)), words[-1]]
    mains = [word for index, word in enumerate(words) if _is_main(word, index, len(words))] or words[-1:]
    found: list[Strength] = []
    scope: Strength | None = None
    soft = any(word not in mains and _SOFT_CONDITION.search(word) for word in words)
    if any(_head_strength(word) is _AIM for word in mains):  # 积极向省厅汇报，争取列入: reporting is the means
        mains = [word for word in mains if not _REPORTS.search(word)] or mains
    for word in mains:
        soft = soft or bool(_SOFT_CONDITION.search(word))
        own = _head_strength(word)
        if soft and own in (_FIRM, _AIM):
            own = _STUDY
        strength, scope = _within(scope, word, own)
        if strength is not None:
            found.append(strength)
    return min(found, key=_RANK.__getitem__, default=_FIRM)


def _does_itself(word: str) -> bool:
    """将修订管理办法,视情况研究增加补贴: the revision comes first and is firm; what only prepares is not."""
    return bool(_DRAWS_UP.search(word)) and _head_strength(word) is _FIRM


_DRAWS_UP = re.compile(
    "(?:将|拟|计划)(?!先|视|根据|结合)[^,]{0,20}?(?:修[订改编]|制[定订]|出台|印发|建设|新建|改造|开通|启用|购置|安装|设立)[^,]{2,}"
)
_REPORTS = re.compile(
    r"(?:积极|主动|继续|加强|进一步)+(?:协调|沟通|对接|衔接|汇报)$|(?:积极|主动|及时|继续|加强|进一步|多次)+(?:同|与|和|向|对)[^,]{1,20}(?:汇报|反映|沟通|对接|衔接|协调|联系)(?:衔接|对接|协调|沟通|联系|汇报|力度|工作)*$"
    r"|(?:共同|进一步|继续)*加大(?:向|与|同|对)[^,]{1,12}(?:汇报|争取|对接|协调|沟通)[^,]{0,6}$"
    r"|[^,]{2,10}(?:局|委|厅|部|办|部门)(?:沟通|对接|汇报|衔接|协调)+$"
    r"|(?:积极|主动|及时|继续|加强|进一步|多次)+(?:对接|联系|协调|沟通|争取|汇报|衔接)+[^,]{1,20}(?:局|委|厅|部|办|府|省里|市里|上级|部门|公司|集团)$"
    r"|^(?:并|同时|继续)?(?:同|与|和|向)[^,]{2,16}(?:汇报|沟通|对接|衔接|协调|联系)(?:衔接|对接|协调|沟通|联系|汇报|、?共同努力)*$"
)
# What will be decided later, whatever comes before it: 先摸清底数，再看是否设站。
_FEASIBLE = "(?!报告)[^,]{0,40}可行性(?!研究报告)"
_ARGUED = "(?![^,]{0,16}评审)[^,]{0,20}论证$"
_STUDIED = "(?:深入|专题|系统|专门|进一步|认真|好|前期|相关|充分)*(?:研究|论证|研讨)$"
_DEFERRED = re.compile(
    skipping(
        r"从长计议|再定(?=[要是能])|再说$|商量着|看看?能(?:不能|否)|看看?可否|再看(?=能|是|有|可|情|效|需)|容(?:我|后)[^,]{0,8}(?:再|议|论证|研究)|(?:合适|成熟|稳妥|划算|可行|把握|看准|摸准)了再|再(?:行|作|做)?(?:进一步)?(?:研究|论证|统筹考虑|考虑|商定|决定|议$|定$)|有待[^,]{0,20}(?:研究|论证|商)|"
        r"视[^,]{2,20}(?:再|而定|研究|决定)|"
        rf"研究{_FEASIBLE}|论证{_FEASIBLE}|评估{_FEASIBLE}|分析{_FEASIBLE}|研讨{_FEASIBLE}|"
        r"可行性(?:进行|作|做|开展|的)?(?:深入|进一步|专题)?(?:研讨|论证|研究(?!报告)|评估)|"
        rf"做好[^,]{{1,12}}(?:前期|可行性)(?:研究|论证)(?:工作)?$|组织{_ARGUED}|开展{_ARGUED}|进行{_ARGUED}|作{_ARGUED}|予以{_STUDIED}|加以{_STUDIED}|予以(?:统筹|充分|认真|综合)?考虑$|开展{_STUDIED}|进行{_STUDIED}|作{_STUDIED}|做{_STUDIED}"
    )
)


def _is_topic(word: str) -> bool:
    """Whether a clause only names the work that the next one speaks of: 老旧泵站改造，力争两年内完成40座."""
    if _MODAL.search(word):
        return False
    if _WHETHER.search(word):
        return True
    if _SHORT_VERB.search(word):
        return False
    found = plain_predicate().search(word)
    return bool(
        found and found.start() > 1 and found.end() == len(word) and not _ADVERBS.fullmatch(word[: found.start()])
    )


# 补贴能否提高,我局将适时提出意见: the question is no act.
_WHETHER = re.compile("能否|是否|可否|要不要|能不能|可不可以|该不该(?!统一)")
_ADVERB = (
    "(?:同时|并|再|也|全面|全力|大力|充分|有效|切实|认真|重点|优先|统一|依法|持续|不断|逐步|逐[一个项户]|分[期批类]|联合|免费|积极|及时|定期|"
    "进一步|继续|加快|尽快|予以|一律|全部|严格|从严|有序|稳步)*"
)
_ADVERBS = re.compile(rf"{_ADVERB}(?:[^,]{{0,40}}[并得地中上内前后起]|按[^,]{{1,20}})?{_ADVERB}")


def _with_ba(word: str) -> str:
    """将 in the sense of 把 written so, that only the modal 将 is left."""
    if "将" not in word:
        return word
    word = _TAKING.sub("把", word)
    return word if is_modal_will(word) else word.replace("将", "把")


_TAKING = sought(r"(?<=鼓励|支持|引导|研究|论证|探索|争取|力争|推动|适时|择机|考虑|酌情|倡导|提倡|逐步|建议)将")


def _is_main(word: str, index: int, total: int) -> bool:
    """Neither a purpose clause nor a prepositional phrase that leads to the next clause."""
    if total == 1:
        return True
    if index < total - 1 and (_IF_SO.match(word) or _ON_GROUNDS.match(word) or _WITH_WHOM.match(word)):
        return False
    if _MODAL.search(word) and plain_predicate().search(word):
        return True
    if _purpose().match(word) and not _NUMBER.search(word):
        return False
    last = index == total - 1
    return last or not (_PREPOSITION.match(word) and not _granting_inside(word))


# 后期将视客流情况,研究开行加班车: upon what it will be done is no act.
_ON_GROUNDS = re.compile(
    "(?!支持|鼓励|引导|推动|督促|指导|要求)[^,]{0,12}?(?:将|拟|会|要)?"
    "(?:(?:根据|结合|按照|依据|视|针对|对照|参照|依托|围绕|立足|综合|统筹)[^,]{0,40}(?:情况|实际|需求|需要|要求|结果|进展|效果|反馈|意见|精神|原则|安排|部署|"
    "规划|计划|政策|规定|条件|标准|时序|特点|目标|职能|职责|优势|契机|形势|趋势|状况)$"
    "|在[^,]{2,40}(?:过程中|基础上|的同时|前提下|框架下|工作中)$)"
)
# 我们将会同县政府,积极汇报衔接省上部门,争取支持: with whom, before what
_WITH_WHOM = re.compile(
    "[^,]{0,6}?(?:将|拟|会(?!同))?(?:积极|主动|继续|进一步)*(?:(?:会同|联合|协同|配合)[^,加推做抓建开]{2,20}|与[^,]{2,10})(?:局|委|厅|部|办|府|部门|单位|镇|乡|街道)$"
    r"|[^,]{0,6}?(?:将|拟)?(?:和|与|同)[^,]{2,24}(?:一道|一起|共同)$"
)
# 如项目争取成功,将优先安排: what is waited for is no main verb.
_IF_SO = re.compile(
    "(?:争取|力争)[^,]*(?:到位|下达|批复|获批|成功|落实|下来)[之以]?后$|(?:如果?(?!期|实|有|何|此|下|皋|东)|若|倘若|一旦|只要)[^,]*(?:成功|通过|获批|到位|落实|批准|同意|争取到|争取下来|实现)了?$"
)


def _granting_inside(word: str) -> bool:
    """对困难户给予补助, 在两镇布设中转站: the phrase has its own predicate; 对非遗传承人的课酬标准 has none."""
    if word.endswith(_OPEN_ENDS) or word.startswith(_GROUNDS):
        return False
    if word.startswith("对"):
        return bool(_PREDICATE_OF_TO.search(word))
    return bool(plain_predicate().search(word, 2))


_OPEN_ENDS = ("时", "下", "上", "中", "后", "的", "方面", "基础上", "同时")
_GROUNDS = ("根据", "按照", "围绕", "通过", "依托", "坚持", "结合", "依据", "经", "随着", "鉴于")
_PREDICATE_OF_TO = re.compile(
    "给予|予以|进行|实行|加以|开展|加强|实施|采取|按|纳入|列入|减免|补助|奖励|严格|一律|全部|统一|逐一|再(?!生)|全面|优先"
)


@lru_cache(maxsize=256)  # a clause is asked for it up to three times
def _head_strength(word: str) -> Strength | None:
    """The strength of one clause by itself, from its leftmost verb behind the modal; None without any verb."""
    if _SO_THAT_THEY.match(word):
        return None
    if _DRAFTING.search(word):
        return _FIRM
    modals = list(_MODAL.finditer(word))
    modal = modals[-1] if modals else None
    start = modal.end() if modal else 0
    if _WITH_PARTNER.search(word, start):
        return _STUDY
    if behind := _BEHIND.match(word, start):
        start = behind.end()
    if _AT_PLACE.match(word, start):
        return _FIRM
    found = plain_predicate().search(word, start)
    if found is None:
        return _FIRM if modal or _SHORT_VERB.search(word) else None
    strength = _class_of(word, found.start())
    if strength is _ENCOURAGE and _PAYS.search(word, found.end()):
        return _FIRM
    if strength is _FIRM and (weak := _weak_head(word, start, found.start())):
        return weak
    return strength


# 今明两年再办6期: a verb of one character, with what is done and how often
_SHORT_VERB = re.compile(r"(?:再|另|先|各)(?:办|建|招|设|配|添|购|买|修|铺|装|种|开|派)(?=[一二两三四五六七八九十\d])")
# 拟支持示范村12个、每个最高30万元: what is paid is no more what others are led to
_PAYS = re.compile(r"(?:每[个家户镇村县市座所项处][^,\d]{0,6}|最高(?:补助|支持|给予)?)\d[\d.]*[万亿]?元")
# 预计8月建成,争取早日让居民用上: what it is for
_SO_THAT_THEY = re.compile("(?:争取|力争)(?:尽?早日?|尽快)?[让使][^,]{2,}")
# 将在摸清底数后适时提出意见: what comes first is no main verb.
_BEHIND = re.compile(r"在[^,]{2,20}?(?:后|(?<![适及])时|基础上|(?<![集其当])中(?![心小央型等医学国]))")

# 优先在县城建设交易市场: where something is built comes before the verb.
_AT_PLACE = re.compile(
    r"(?:优先|同步|率先|重点)在[^,]{1,14}?(?:建设|新建|设立|设置|建立|安装|增设|修建|布设|配备|铺开|实施)(?!的)"
)


def _weak_head(word: str, start: int, verb_at: int) -> Strength | None:
    """会同市局积极研究, 待打通后再研究: partners and conditions before a weak verb are no main verb."""
    if not _LEADS_ON.match(word, start):
        return None
    found = _WEAK_TAIL.search(word, verb_at)
    if not found:
        return None
    return _AIM if found[0] in ("争取", "力争") else _STUDY


_WITH_PARTNER = re.compile(
    r"(?:会同|与|联合|配合|协同|商)[^,]{1,24}(?:局|委|厅|部|办|院|门|位|府|镇|司|社|团|区)"
    r"(?:共同|一道|一起|联合|认真|深入|进一步|积极|抓紧|尽快)*(?:研究(?!制|出台|起草|生|院|所|落实)|论证|探索|探讨|考虑)"
)
_LEADS_ON = re.compile(
    r"(?:积极|主动|适时|再|及时|继续)*(?:会同|联合|配合|协同|协调|商|向|与|对接|待|等|俟|就|围绕|结合|根据|在)"
)
_WEAK_TAIL = re.compile(
    r"(?:力争|争取|研究(?!制|出|工作)|探索|论证|考虑|研讨|探讨|商讨)(?=[^,]{0,14}$)|(?<![并且再、])(?:适时|择机|酌情)(?=[^,]{2,20}$)"
)


def _within(scope: Strength | None, word: str, own: Strength | None) -> tuple[Strength | None, Strength | None]:
    """The strength that a clause adds, and what its words reach over: 鼓励 X 做 A，做 B covers both."""
    if own is _ENCOURAGE:
        return own, own
    if own is _STUDY and (scope is None or _MODAL.search(word) or word.startswith(("研究", "论证", "适时"))):
        return own, None
    if own is _AIM:
        return own, (None if _CONSUMED.search(word) else own)
    if scope is None:
        return own, None
    if own in (_FIRM, None) and (
        _TRIGGERED.match(word) or (scope is _ENCOURAGE and (_REACHED.match(word) or _OF_OFFICE.search(word)))
    ):
        return _FIRM, None
    if _MODAL.search(word) or _OWN.search(word) or word.startswith("确保") or _granting().match(word):
        resets = scope is _ENCOURAGE or _MODAL.search(word) or _OWN.search(word) or word.startswith("确保")
        if resets:
            return own, None
    return None, scope


# 引导矿山边采边治,到2030年全部建成绿色矿山: what is to be reached by a day is no more what others are led to, but what
# is striven for step by step (力争明年减半,到2030年全部清零) is striven for to the end.
# 引导群众错峰出行,高峰时段增派警力: what only an office does is no more what others are led to.
_OF_OFFICE = re.compile("增派|加派|拨付|下拨|查处|约谈|取缔|处罚(?!款)|执法|立案")
# 争取立项,待资金下达后即可实施: the act behind a trigger is one's own.
_TRIGGERED = re.compile("(?:待|俟|等)[^,]{2,30}[之以]?后(?:即|再|立即|马上|优先|尽快|及时|按)")
_REACHED = re.compile(
    r"(?:到|至)[^,]{2,10}(?:年[底末]?|末|期间|底)[^,]{0,20}(?:(?:全部|全面|基本)[一-鿿]|[建完达实形])|[^,]{0,8}(?:年[底内末]|\d月底?)[前内]?[^,]{0,12}(?:全部|全面)[一-鿿]"
)
