"""Who else took part: co-handlers that a reply's opening names (会同…, 经商…, 综合…意见, 由…会办)."""

from __future__ import annotations

import re

from extractors.identity.layout import Letter, Strip, strip
from extractors.identity.offices import is_name
from extractors.lexicon import alternation, words_of
from extractors.places import find_mentions

_ANSWERS = re.compile("(?:答复|回复|函复|函告|意见|汇报|说明)如下|(?<=[。;])一、")
_CONSULTED = re.compile(r"经商(?=[省市县区州旗国自])")
_TOWNS = re.compile(rf"[\u4e00-\u9fa5]{{2,6}}{alternation(words_of('bureaus', 'town'))}$")
_STRONG = alternation(words_of("bureaus", "strong"))
_SHORT = alternation(words_of("bureaus", "short"))
_LEADING = (
    re.compile(rf"[\u4e00-\u9fa5]{{1,26}}{_STRONG}"),
    re.compile(r"[\u4e00-\u9fa5]{2,10}部(?=(?:共同|联合|分别)?办[理结复])"),
    re.compile(rf"[\u4e00-\u9fa5]{{0,14}}?{_SHORT}(?![\u4e00-\u9fa5]{{0,3}}局)"),
)
# A list that a verb opens: names are taken one by one until something else comes.
_OPENS = re.compile(
    r"会同|会商(?=[^,。]{2})|主动对接|积极对接|经商|商请|征求(?:了|到)?|征询(?:了)?|综合(?!(?:行政)?执法|管理|服务|整治|治理|办公)|汇总|结合(?!实际)|吸收(?:了)?|联合|协同|函询|牵头(?=[市县区省])|(?<![协会招磋工电客厂])商(?=[省市县区州旗]|自治[区州县]|国家|[\u4e00-\u9fa5]{2,8}部(?:[、,]|$))"
)
# A list that a verb closes, or that stands after 与 and before 共同.
_CLOSES = re.compile(
    r"(?:由|[,。]|为|经)(?P<list>[^。,;:《》]{3,120}?)(?:分别|共同|等)?(?:为)?(?:会办(?!公)|协办|分办|会签|会商|配合|协助|(?:参与|会同|协同|共同|联合)办理)"
    r"|(?:组织|责成|召集|安排|指定|交由)(?P<charged>[^。,;:《》]{3,120}?)(?:等[^,。]{0,10}?)?(?:共同|分别|分头|具体|认真|抓紧)?(?:研究)?(?:办理|落实|承办|研究)"
)
# 已由县政府交由县民宗局办理: who is given the matter leads it.
_HANDED_TO = re.compile("(?:政府|政府办公?室?|政府督查室|督查室|[政协人大])(?:已|现)?(?:转)?交由$|[已现]转?交由$")
_CHIEF = re.compile("长(?!期|远|效|沙|春)")  # 责成交警支队长负责: a person, no body
_VIEWS = re.compile(
    r"(?:[,。]|^)(?P<list>[^。,;:《》]{4,120}?)(?:等[^,。]{0,10})?的?(?:会办|协办|反馈|书面|办理|回复)?意见(?!箱|书|》|”)"
)
_TOGETHER = re.compile(
    r"(?:与|同|和|经)(?P<list>[^。,;:《》]{3,120}?)(?:等(?:\d*个?)?(?:相关|有关)?(?:部门|单位))?(?:进行了?|多次|充分|认真|主动)?"
    r"(?:共同|联合|联手|一起|一道|会商|协商|沟通|研究|对接|商议|协作|了解(?:核实|情况)|核实)"
)
_LABELLED = re.compile("^(?:会办|协办|分办)单位(?:名称)?[:]?(?P<list>.+)")
_COLLECTIVE = re.compile(
    "^[省市县区州旗](?:委|政府|人民政府)$|常务会议?$|^各|^(?:属地|所在|辖区|当地|涉及|沿线|乡)|有关|相关|(?:会办|协办|主办|承办|成员)单位|^其他|^等|等(?=[街乡镇部单局])"
)
_JOINT = re.compile("、|,|以及|及(?=[省市县区州旗国])|(?<=[局委办部厅队会府心司])(?:和|与|及)")
_SAID_OF_IT = re.compile("(?:等(?:.{0,8}(?:部门|单位))?)?(?:的?(?:会办|协办|办理|反馈|书面)?意见)?$")
_STOP = re.compile("[、,。;:]")
_IN_FRONT = re.compile(
    "^(?:及时|立即|迅速|多次|现|转(?=[省市县区州旗]|地区)|我局|我委|我办|我们|由|会同|会商|会(?=[省市县区州旗国]|自治)|商请|商(?=[省市县区州旗])|综合|汇总|结合|征求了?|征得|听取了?|参考了?|吸纳了?|吸收了?|采纳了?|整合|收集|"
    "对接|主动|积极|认真|充分|联合|经|并|(?:会办|协办|配合)(?:单位|部门)[(:]?|了|请|在|的|和|与|同|以及|及|分别|包括|根据|依据|市政府办公室责成)+"
)


def co_handlers(letter: Letter) -> tuple[str, ...]:
    """The bodies that took part, in the order and words of the text; a collective (各乡镇) is none.

    Only the opening counts, up to 答复如下, and a line 会办单位：…; copies (抄送) are none.
    """
    opening = _opening(letter)
    places = _opened(opening)
    for pattern in (_CLOSES, _VIEWS, _TOGETHER):
        places |= _enclosed(opening, pattern)
    places = {
        at: name
        for at, name in places.items()
        if not (_HANDED_TO.search(opening.folded[:at]) or _CHIEF.match(opening.folded, at + len(name)))
    }
    found = [places[at] for at in sorted(places) if not _inside(at, places)]
    for line in (*letter.head, *letter.foot):
        if _LABELLED.match(line.bare.folded):
            found += _enclosed(line.bare, _LABELLED).values()
    return tuple(dict.fromkeys((*found, *_consulted(letter))))


def _consulted(letter: Letter) -> list[str]:
    """The bodies that the answers themselves say were asked: 二、…。经商市财政局，该项补助暂不提高。"""
    found: list[str] = []
    for verb in _CONSULTED.finditer(letter.folded):
        if letter.folded[verb.start() - 1 : verb.start()] not in ("。", ";", ",", "\n"):
            continue
        found += _opened(strip(letter.text, letter.folded, verb.start(), verb.start() + 120)).values()
    return found


def _opening(letter: Letter) -> Strip:
    whole = letter.opening
    end = _ANSWERS.search(whole.folded)
    stop = end.end() if end else 200
    return Strip(whole.folded[:stop], whole.raw[:stop])


def _inside(at: int, places: dict[int, str]) -> bool:
    """Whether a name is the tail of a longer one: 渔业局 in 海洋与渔业局."""
    return any(start < at < start + len(name) for start, name in places.items())


def _opened(text: Strip) -> dict[int, str]:
    places: dict[int, str] = {}
    for verb in _OPENS.finditer(text.folded):
        at = verb.end()
        while at < len(text.folded):
            end = _piece_end(text.folded, at)
            piece = text.folded[at:end]
            front = _front(piece)
            name = _leading_name(piece[front:])
            if name:
                places[at + front] = text.raw[at + front : at + front + len(name)]
            elif not _COLLECTIVE.search(piece):
                break
            if text.folded[end : end + 1] in ("。", ""):
                break
            at = end + 1 if text.folded[end] in "、," else end
    return places


def _piece_end(text: str, at: int) -> int:
    """Where the next piece of a list ends: at 、 or , or 。, or at a 和 or 及 that follows a whole name."""
    stop = _STOP.search(text, at + 1)
    end = stop.start() if stop else len(text)
    joint = _JOINT.search(text, at + 2, end)
    return joint.start() if joint and joint[0] not in "、," else end


def _front(piece: str) -> int:
    """How many characters in front belong to no name; 和平区 and 同心县 begin with their own 和 and 同."""
    words = _IN_FRONT.match(piece)
    front = words.end() if words else 0
    named = next((m.start for m in find_mentions(piece[: front + 8])), front) if front else 0
    return min(front, named)


def _leading_name(piece: str) -> str | None:
    """The name at the start of a piece, without what is said about it: 市海洋与渔业局逐项核对 -> 市海洋与渔业局."""
    if _COLLECTIVE.search(piece[:8]):
        return None
    for pattern in _LEADING:
        hit = pattern.match(piece)
        if hit and is_name(hit[0]):
            return hit[0]
    whole = _SAID_OF_IT.sub("", piece)
    return whole if is_name(whole) or _TOWNS.match(whole) else None


def _enclosed(text: Strip, pattern: re.Pattern[str]) -> dict[int, str]:
    places: dict[int, str] = {}
    for hit in pattern.finditer(text.folded):
        group = "list" if hit["list"] else "charged"
        start = at = hit.start(group)
        for piece in [*_JOINT.finditer(text.folded, start, hit.end(group)), None]:
            end = piece.start() if piece else hit.end(group)
            words = text.folded[at:end]
            front = _front(words)
            name = _leading_name(words[front:])
            if name:
                places[at + front] = text.raw[at + front : at + front + len(name)]
            at = piece.end() if piece else end
    return places
