"""What a passage leaves out of a promise that it speaks of: a place for the whole, a part still open, a part not told.

A fact about one town doesn't keep a promise for the county; of two things that were promised, one done is a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.headings import union
from extractors.tracking.pieces import piece_missing
from extractors.tracking.prepared import Part, Passage, Prepared, Promise
from extractors.tracking.wording import pairs_of, telling

OPEN = 0.8  # points of the promise's words that only an open clause has
BEHIND = 1.2  # the same, of the sentence behind
SPOKEN = 0.5  # points of the promise that the clauses told as done must have
NAMED = 0.5  # of telling: a list of 部门、单位 names nothing that could be missed
OWN = 1.6  # points of a deliverable's own words
COVERED = 0.4  # of them: told
NAMED_BY = 0.8  # points: one telling pair of a deliverable names it
UNTOLD = 0.25  # of them: not told
_LOCAL = 0.7  # of telling: 刘集镇, not 行政村

_WHOLE = re.compile(
    "全[省市县区州旗域员线](?!里)|城乡|[每各](?:个|所|家|座|处|镇|乡|村|社区)|所有|全部|主要|全面|一律|全覆盖"
)
_ALL_TOLD = re.compile(
    "全[省市县区州旗域员线]|均|(?<!首)都|统一|所有|一律|无一|一[个家所]不[落少]|全覆盖|各[镇乡村]|[农乡]村和?"
)
_ONLY = re.compile("(?:仅|光|单是?)(?:在)?[\u4e00-\u9fff]{2,5}(?:镇|乡|村|街道|社区|一地)?就")
_NAMED_ONE = (
    "镇|乡|街道|社区|村|路口|小区|[敬养]老院|卫生[院室]|医院|学校|小学|中学|幼儿园|水库|车站|市场|景区|公园|食堂|"
    "派出所|司法所|服务站|驿站|图书馆|泵站|码头|渡口|合作社|农场|大桥"
)
_NO_NAME = "全每各个所家座的在为是等和与及多些一二三四五六七八九十两现已把对向让给该此本些项批类种有"
_PLACE = re.compile(
    f"(?P<name>(?:(?![{_NO_NAME}])[\u4e00-\u9fff]){{2}})(?:{_NAMED_ONE})(?![镇乡村级民居里委干部口务道一街])"
)
_URBAN = re.compile("(?:主?城区|城关|市区|县城)(?:段|片区?|内)?")
_STAGE = re.compile(
    "(?:首|第一|先)(?:批|期)(?!工程款)|(?<![一二三四五六七八九十])一(?:期|标段)(?!间)|首[个座家条批台套所处支辆名场]|率先"
)
_PHASE = re.compile("(?<=[\u4e00-\u9fff])(?<![第举办了过每各下本])(?:一|首)期(?!间|工程款|[培次班讲])")
_LATER_PHASE = re.compile("[二三四]期(?!间)")
_LAST_PHASE = re.compile("[二三四]期|全面|全部|整体")
_STAGE_KEPT = re.compile("期|标段|首|率先|第一")
_GOING_ON = re.compile(
    "仍(?:按|执行|为|由|收|沿用)|还在|仍在|正在|尚在|[尚还仍]未|还没|没有(?=安排|完成|启动|开工|动工|到位|建成|落实|聘|配|装|建|拆|办|开|做)|未(?=[启动开竣完落安])|待(?=[^,]{2,16}(?:[后再]|合格))|(?<!已)无法|暂缓|还?需(?:进一步|继续)"
)
_ITS_OWN = re.compile(
    "协会|平台|程序|系统|标准|规范|热线|基金|机制|制度|办法|细则|规划|基地|队伍?|名录|图则|地图|中心|数据库"
)
_BEHIND_NAMES = re.compile("[各均都设建实配安办\\d一二三四五六七八九十两]|分别")
_LIST = re.compile("[\u4e00-\u9fff\\d]{2,14}(?:、[\u4e00-\u9fff\\d]{2,14})+(?!等)")
_COUNTED = re.compile("\\d+[\u4e00-\u9fff]?$")
_EACH_PART = re.compile("并(?![列网购举存轨联排重且])|同时|同步")
_MAKES = re.compile(
    "建设|新建|建成|改建|扩建|改造|开发|开通|开设|设立|成立|组建|制定|制订|出台|印发|编制|编印|发放|发到|配备|安装|购置|布设|"
    "各?设(?=[一二三四两\\d]|站|点|岗)|培训|举办|聘请|招募|修复|修缮|设置|增设|上线|搭建|通车|开馆|投用|绘制|划定|拆除|签订|签约|引进|建档|筛查"
)


def narrower(promise: Promise, words: str) -> str | None:
    """The one place, or the first stage, that a passage tells of, where more was promised.

    “刘集镇组织护林员培训” for “组织全县护林员培训”; “首批52家上线” for “全部上线”.
    """
    promised = promise.passage.words
    if only := _ONLY.search(words):
        return only[0]
    titled = any(title in words for title in promise.commitment.instruments)
    stage = None if titled else _STAGE.search(words)
    if stage and not _STAGE_KEPT.search(promised) and (_WHOLE.search(promised) or _counts(promise)):
        return stage[0]
    phase = None if titled or ("期" in promised and not _LATER_PHASE.search(promised)) else _PHASE.search(words)
    if phase and not _LAST_PHASE.search(words):
        return phase[0]
    if not _WHOLE.search(promised) or _ALL_TOLD.search(_URBAN.sub("", words).replace("全部", "")):
        return None
    urban = _URBAN.search(words)
    if urban and not _URBAN.search(promised):
        return urban[0]
    return next((place[0] for place in _places(words) if place[0] not in promised), None)


def _counts(promise: Promise) -> bool:
    return any(number.value > 1 and number.unit not in ("元", "%") for number in promise.passage.numbers)


def _places(words: str) -> Iterator[re.Match[str]]:
    """Towns, villages and crossings by name: words that official prose hardly has."""
    return (found for found in _PLACE.finditer(words) if telling(found["name"]) >= _LOCAL)


def part_open(promise: Promise, shown: Passage, later: Prepared) -> str | None:
    """The clause, here or in the next sentence, that tells of a part as open, beside clauses that tell of the rest.

    “监测点已建成,小程序仍在开发” for “建设监测点,开发小程序”: the second clause.
    """
    clauses = [(part, _is_open(part, promise)) for part in shown.parts]
    said = [part for part, is_open in clauses if not is_open]
    told = _pairs(said) & promise.passage.pairs
    if _worth(told) < SPOKEN:
        return None
    left = promise.passage.pairs - told
    verbs = _verbs(promise.passage.words).difference(*(_verbs(part.words) for part in said))
    behind = next((each for each in later.passages if each.index == shown.index + 1), None)
    following = [part for part in behind.parts if _is_open(part, promise)] if behind else []
    for least, parts in ((OPEN, [part for part, is_open in clauses if is_open]), (BEHIND, following)):
        for part in parts:
            here = part.pairs & promise.passage.pairs
            if _worth(here & left) >= least or (_worth(here) >= SPOKEN and verbs & _verbs(part.words)):
                return part.words
    return None


def _verbs(words: str) -> frozenset[str]:
    return frozenset(_MAKES.findall(words))


def _is_open(part: Part, promise: Promise) -> bool:
    if _GOING_ON.search(part.words):
        return True
    promised = promise.passage.words
    return any(
        (found[0].lstrip("已正") or found[0]) not in promised
        for meaning in ("part", "missed", "under_way")
        for found in union("relations", meaning).finditer(part.words)
    )


def part_untold(promise: Promise, shown: Passage, later: Prepared) -> str | None:
    """Another thing to be made that neither the passage nor its paper tells of, where it tells of one of them.

    “协会揭牌成立” for “成立协会并制定分级标准”: the second.
    """
    return _listed(promise, shown) or piece_missing(promise, shown, later)


def _listed(promise: Promise, shown: Passage) -> str | None:
    """An item of a list that isn't named where others are: 在车站、医院设立岗亭 -> 医院的岗亭设立."""
    if _ALL_TOLD.search(shown.words):
        return None
    for listed in _LIST.finditer(promise.passage.words):
        if "等" in listed[0]:
            continue
        items = [_COUNTED.sub("", item) for item in listed[0].split("、")]
        heads = [items[0][-2:], *(item[:2] for item in items[1:])]
        if any(len(head) < 2 or telling(head) < NAMED for head in heads):
            continue
        own = [pairs_of(items[0][-3:]), *(pairs_of(_BEHIND_NAMES.split(item)[0][:6]) for item in items[1:])]
        alone = [pairs.difference(*own[:at], *own[at + 1 :]) for at, pairs in enumerate(own)]
        missing = [
            head
            for head, pairs in zip(heads, alone, strict=True)
            if head not in shown.words and not pairs & shown.pairs
        ]
        if missing and len(missing) < len(heads):
            return missing[0]
    return None


def _pairs(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset().union(*(part.pairs for part in parts))


def _worth(pairs: Iterable[str]) -> float:
    return sum(map(telling, pairs))
