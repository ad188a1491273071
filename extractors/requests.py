"""What is asked: each concrete ask of a suggestion or proposal, and the asks that a reply names itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.forms import form_of, is_label
from extractors.lexicon import load
from extractors.named_asks import asks_named
from models.commitments import Request
from models.documents import Identity, Kind, Span, Unit, UnitRole

_FRAME = frozenset({UnitRole.TITLE, UnitRole.SALUTATION, UnitRole.SIGN_OFF, UnitRole.CONTACT, UnitRole.TABLE_HEAD})
_ENUMERATOR = re.compile(
    r"^\s*(?:(?P<a>[一二三四五六七八九十]{1,3}、)|(?P<b>\([一二三四五六七八九十]{1,3}\)[、.]?)|"
    r"(?P<c>\d{1,2}(?:[.、)](?!\d)|．)\s*|\d{1,2} +)"
    r"|(?P<d>\(\d{1,2}\))|(?P<h>\d{1,2}\.\d{1,2}(?:[.、]|\s)\s*)|(?P<i>(?:[-—–]{1,2}|[•●■◆▪◇○])(?!\d))"
    r"|(?P<e>[①-⑳])|(?P<f>[一二三四五六七八九十]{1,2}(?:(?:是|要|应|则)(?!否|求)要?|(?=建议|恳请|希望|请(?!示))))|(?P<g>第[一二三四五六七八九十][,、:]|(?:再|还有|另|另外|最后)?(?:有)?一[条点个](?:是|就是|,)|其[一二三四五六七八](?:是)?[,:]?|第[一二三四五六七]条?是|首先[,:]?|其次[,:]?|再次[,:]?|再者[,:]?|最后[,:]?))\s*"
)
_LEAD = re.compile(
    r"^\s*[【\[][^】\]]{0,6}(?:建议|对策|措施|办法|诉求|请求)[^】\]]{0,4}[】\]]\s*(?=\S)|^(?P<lead>[^。:;]{0,40}?(?:建议|对策|措施|办法|意见|请求|希望|如下|几点|恳请)[^。:;]{0,14}(?:(?<!\d):|:(?!\d)))\s*(?=\S)"
)
_CLOSING = re.compile(
    "^(?:以上|特此|此致|敬礼|妥否|当否|谢谢|感谢|我的(?:发言|汇报|建议)(?:完|到|就)|(?:发言|汇报)完毕|不当之处|如有不妥|预期(?:效果|成效|效益|目标)[:]|恳请.{0,8}(?:采纳|重视|考虑|为盼|答复)|请予(?:以)?(?:考虑|采纳|答复|研究)|望.{0,6}(?:采纳|考虑|重视|为盼)|附[件:])|^(?:提案人|建议人|领衔|附议|联系)"
)
_REASON = re.compile(
    "^(?:目前|当前|近年来|近几年|据|由于|因为|因此|这样|这不仅|只有|从而|例如|比如|如:|现有|现状|存在|调查显示|数据显示|截至|随着|我国|实践证明|一方面|通过以上|相信|这既|这将|这是|有的|部分|不少|很多|许多|长期以来)"
)
_OWN_TARGET = re.compile(
    r",并(?=(?:对|向|给予?|为|在|由|将|把|免|取消|建立|设立|增设|开通|出台|制定))|,(?:同时|另外|此外)(?!也|又|考虑|注意)(?=[^,]{5})|,并且?(?=建议|请|希望|恳请)|,再(?=[在给把将为对])|,(?=(?:还|另)?建议|[二三四五六七八九](?:是|要)(?!否)|另一方面)|,(?=[^,。;]{2,8}(?:实行免费|免收|全部免除|一律免))"
)
_BACKGROUND = re.compile(
    "(?:情况|现状|问题|困难|背景|原因|理由|事实|分析|不足|必要性|意义|预期(?:效果|成效|效益|目标)|效益分析)】?[。:]?$"
)
_FIRST = re.compile(r"一(?:是|要)(?!否)|第一[,、]|首先|其一|1[.、]|\(1\)|①")  # 我建议,一是…。二是…。
_DEPTH = "abgchdefi"  # 一、 （一） 首先 1. 1.1 (1) ① 一是 ——
_SHORTEST = 4
_HEAD_AT_MOST = 26


def find_requests(text: str, folded: str, units: tuple[Unit, ...], identity: Identity) -> tuple[Request, ...]:
    """The asks of a suggestion or proposal (each its own where the answers could differ), or those that a reply names.

    `建议：增建公厕并延长开放时间；免收年票。` -> 增建公厕并延长开放时间; 免收年票. Other kinds of documents ask none.
    """
    if identity.kind is Kind.REPLY:
        spans = asks_named(folded, units, identity)
        if not spans:
            return asks_printed(text, folded, units, identity)
    elif identity.kind in (Kind.SUGGESTION, Kind.PROPOSAL):
        spans = _asked(folded, units, identity.proposers)
    else:
        return ()
    return _requests(text, spans)


def asks_printed(text: str, folded: str, units: Sequence[Unit], identity: Identity) -> tuple[Request, ...]:
    """The asks of the proposal that a form prints in front of the answer; none in other replies."""
    form = form_of(folded)
    if form is None:
        return ()
    inside = [unit for unit in units if form.holds(unit.span.start) and not is_label(_words(folded, unit))]
    return _requests(text, _asked(folded, inside, identity.proposers))


def _requests(text: str, spans: list[tuple[int, int, str]]) -> tuple[Request, ...]:
    return tuple(
        Request(span=Span(start, end, text[start:end]), rule=rule) for start, end, rule in dict.fromkeys(spans)
    )


def _asked(folded: str, units: Sequence[Unit], signers: tuple[str, ...]) -> list[tuple[int, int, str]]:
    body = [
        unit
        for unit in units
        if (unit.role not in _FRAME or _calls_upon(folded, unit))
        and unit.span.text.strip() not in signers
        and not _SIGNED.match(folded, unit.span.start, unit.span.end)
    ]
    for rule, asks in (
        ("after_lead_in", _after_lead_in),
        ("said_in_prose", _in_prose),
        ("numbered", _last_numbered),
        ("wished", _wished),
        ("under_content", _under_content),
    ):
        found = [(start, end, rule) for start, end in asks(folded, body)]
        if found:
            return found
    return []


# (提案人:佟立春 委员), (作者系县政协委员) below the asks.
_SIGNED = re.compile(
    r"\s*[(【\[](?:第一|领衔|联名)?(?:提案|建议|提出|联名|撰稿)?(?:人|者|代表|委员|作者|执笔)?[:系为][^。;]{2,40}[)】\]]\s*$"
    r"|\s*(?:办理|承办|主办|会办|协办|分办|审查|立案|交办|拟办|领导)(?:单位|部门|意见|批示|要求|时限|期限)\s*:[^。]{0,40}。?$"
)


def _calls_upon(folded: str, unit: Unit) -> bool:
    """Whether what looks like a salutation or title opens asks: 为此，特建议市教育部门：, 【建议】."""
    words = _words(folded, unit)
    if unit.role is UnitRole.SALUTATION:
        return bool(re.search("建议|恳请|请求|希望", words))
    return unit.role is UnitRole.TITLE and words.lstrip().startswith("【") and _opens(words, unit)


def _last_numbered(folded: str, body: list[Unit]) -> Iterator[tuple[int, int]]:
    """The last numbered list of a paper that opens its asks with no word we know."""
    marks = [_kind_of_mark(folded, unit) for unit in body]
    last = next((i for i in range(len(body) - 1, -1, -1) if marks[i]), None)
    if last is None:
        return
    first = next((i for i in range(last, -1, -1) if _begins(folded, body, marks, i)), None)
    if first is not None and last > first >= len(body) // 3:
        for item in _items(folded, body[first:]):
            yield from _parted(folded, item)


def _begins(folded: str, body: list[Unit], marks: list[str | None], at: int) -> bool:
    """Whether a list begins at a unit: with its first number, or with the first of its dashes."""
    if marks[at] == "i":
        return not at or marks[at - 1] != "i"
    return _starts_list(folded, body[at])


def _starts_list(folded: str, unit: Unit) -> bool:
    return bool(re.match(r"\s*(?:一、|\(一\)|1[.、)]|\(1\)|①|一是|一要|第一|首先|其一)", _words(folded, unit)))


def _words(folded: str, unit: Unit) -> str:
    return folded[unit.span.start : unit.span.end]


def _after_lead_in(folded: str, body: list[Unit]) -> Iterator[tuple[int, int]]:
    """The asks behind 为此建议：, under 三、对策建议, or behind 建议如下：, to the closing words."""
    zone = _ask_zone(folded, body)
    for item in _items(folded, zone):
        yield from _parted(folded, item)


def _under_content(folded: str, body: list[Unit]) -> Iterator[tuple[int, int]]:
    """What stands behind 建议内容： in a paper that says nowhere else what it asks: facts and asks, mixed."""
    for item in _items(folded, _ask_zone(folded, body, opening=("content",))):
        yield from _parted(folded, item)


def _ask_zone(folded: str, body: list[Unit], opening: tuple[str, ...] = ("opens", "heads")) -> list[Unit]:
    """The units between the words that open the asks and those that close the paper; every such stretch."""
    zone: list[Unit] = []
    inside: tuple[str, ...] | None = None
    for unit in body:
        words = _words(folded, unit).strip()
        if _opens(words, unit, opening):
            inside = unit.section
            if _LEAD.match(words) and not words.endswith(":"):
                zone.append(unit)
            continue
        if inside is not None and ((zone and _CLOSING.match(words)) or _left(unit, inside, words)):
            inside = None
        if inside is not None:
            zone.append(unit)
    return zone


def _left(unit: Unit, inside: tuple[str, ...], words: str) -> bool:
    """Whether a heading of the same rank as the one that opened the asks begins (四、保障, not （一）)."""
    short = len(words) <= 16 and bool(_ENUMERATOR.match(words)) and not words.endswith(("。", ";"))
    if (unit.role is UnitRole.HEADING or words.startswith("【") or short) and _BACKGROUND.search(words):
        return True
    if not inside or unit.role is not UnitRole.HEADING:
        return False
    return (
        len(unit.section) <= len(inside)
        and unit.section[: len(inside)] != inside
        and _rank(unit.section[-1]) == _rank(inside[-1])
    )


def _rank(heading: str) -> str | None:
    mark = _ENUMERATOR.match(heading.replace("（", "(").replace("）", ")"))
    return mark.lastgroup if mark else None


def _opens(words: str, unit: Unit, opening: tuple[str, ...] = ("opens", "heads")) -> bool:
    short = len(words) <= 45 or bool(_LEAD.match(words))
    return short and any(entry.pattern.search(words) for entry in load("requests") if entry.meaning in opening)


def _items(folded: str, zone: list[Unit]) -> Iterator[list[Unit]]:
    """The zone's units in groups: an ask with the sentences that only elaborate it.

    A numbered unit opens a group; without numbers each sentence is one, unless it gives reasons. A head whose own
    points are numbered gives way to them.
    """
    marks = [_kind_of_mark(folded, unit) for unit in zone]
    numbered = any(marks)
    lines = bool(zone) and "\n" in folded[zone[0].span.start : zone[-1].span.end]
    group: list[Unit] = []
    for unit, mark in zip(zone, marks, strict=True):
        if _FIELD.match(_words(folded, unit)):
            continue
        heads = unit.role in (UnitRole.HEADING, UnitRole.ITEM_HEAD)
        own = not numbered and not _REASON.match(_words(folded, unit).strip())
        own = own and not (lines and _explains(folded, group, unit))
        if mark or heads or own:
            if group and not _gives_way(folded, group, mark):
                yield group
            group = [unit]
        elif group:
            group.append(unit)
    if group:
        yield group


def _explains(folded: str, group: list[Unit], unit: Unit) -> bool:
    """Whether a sentence says what the short head in front of it on its line means: 扩大布点。在养老机构加装智慧屏。"""
    if len(group) != 1 or "\n" in folded[group[0].span.end : unit.span.start]:
        return False
    head = _words(folded, group[0]).strip()
    begins = group[0].span.start
    alone = folded[folded.rfind("\n", 0, begins) + 1 : begins].strip() == ""
    return alone and len(head) <= _SHORT_HEAD and "," not in head and not re.search(r"\d|建议|希望|恳请", head)


_SHORT_HEAD = 18
_FIELD = re.compile(r"\s*(?:希望|建议)?(?:交办|承办|主办)(?:单位|部门)?:")  # 希望交办：交通运输部


def _kind_of_mark(folded: str, unit: Unit) -> str | None:
    words = _words(folded, unit)
    lead = _LEAD.match(words)
    found = _ENUMERATOR.match(words, lead.end() if lead else 0) or _ENUMERATOR.match(
        words[lead.end() :] if lead else words
    )
    return found.lastgroup if found else None


def _gives_way(folded: str, group: list[Unit], mark: str | None) -> bool:
    """Whether a group is only a head over points numbered in another style: （一）完善设施。1.…"""
    own = _kind_of_mark(folded, group[0])
    last = _words(folded, group[-1]).rstrip()
    return (
        len(group) == 1
        and mark is not None
        and own is not None
        and _DEPTH.index(mark) > _DEPTH.index(own)
        and (len(last) <= _HEAD_AT_MOST or last.endswith(":"))
    )


def _parted(folded: str, group: list[Unit]) -> Iterator[tuple[int, int]]:
    """A group's asks: one, or several where a ； or ，并对… begins something that could be answered apart."""
    start = group[0].span.start
    for index, unit in enumerate(group):
        words = _words(folded, unit)
        last = index == len(group) - 1
        for cut in _cuts(words):
            at = unit.span.start + cut.start()
            if at - start >= 8 and unit.span.end - at >= 6:
                yield from _trimmed(folded, start, at)
                start = unit.span.start + cut.end()
        following = _words(folded, group[index + 1]).strip() if not last else ""
        ends = words.rstrip().endswith(";") and _is_ask_itself(following)
        if last or ends or (_ASKS_MORE.match(following) and (index or len(words) > _HEAD_AT_MOST)):
            yield from _trimmed(folded, start, unit.span.end)
            start = group[index + 1].span.start if not last else unit.span.end


# 每年安排200万元。建议县编办核增编制。: another body is asked; behind a mere head it says what the head means.
_ASKS_MORE = re.compile("(?:同时|另外|此外|还|也)?,?(?:建议|恳请|希望)(?=[^,。;]{4})")


def _cuts(words: str) -> Iterator[re.Match[str]]:
    """Where something begins that could be answered apart: ，并对…, and ，把夜班延长到十点 of another matter."""
    found = [*_OWN_TARGET.finditer(words), *(cut for cut in _MOVES.finditer(words) if _other_matter(words, cut))]
    return iter(sorted(found, key=lambda cut: cut.start()))


_MOVES = re.compile(
    r",(?=[将把][^,。;]{2,24}?(?:放宽|延长|提高|降低|调整|增加|下调|上调|缩短|提前|推迟|减少|恢复|改)[到至为成]?)"
)
# 提高护理员待遇，将岗位津贴提到300元: the second says how.
_GENERAL = re.compile(
    r"(?:待遇|范围|力度|水平|保障|政策|机制|标准|支持|投入|门槛|管理|服务|工作|结构|布局|条件|质量|效率|问题|体系|作用|模式|方式|监管|治理)$"
)


def _other_matter(words: str, cut: re.Match[str]) -> bool:
    """Whether the clause behind a comma shares no word of two characters with the one before it."""
    before = re.split("[,。;:]", words[: cut.start()])[-1]
    behind = re.split("[,。;]", words[cut.end() + 1 :])[0]
    if len(before) < _SHORTEST or _GENERAL.search(before):
        return False
    return not {before[i : i + 2] for i in range(len(before) - 1)} & {behind[i : i + 2] for i in range(len(behind) - 1)}


def _is_ask_itself(words: str) -> bool:
    """Whether what follows a ； asks for something of its own, rather than giving means or effects."""
    return (
        len(words) >= 5
        and not re.match("(?:通过|以|使|让|形成|从而|确保|其中|既|不仅|又|也|并且|使得|防止|避免|做到|如|例如)", words)
        and not _REASON.match(words)
    )


def _trimmed(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ask without lead-in, number and closing marks; nothing when too little is left."""
    words = folded[start:end]
    while True:
        front = (
            _LEAD.match(words)
            or _ENUMERATOR.match(words)
            or re.match(
                r"\s+|另?一方面,?|(?:为此|因此|对此|同时|另外|此外)?,?(?:我|我们)?(?:特|还)?(?:提出)?建议[:,]|(?:建议|希望|恳请)[^,。;]{0,14}?一(?:是|要)(?!否)",
                words,
            )
        )
        if not front or not front.end():
            break
        start, words = start + front.end(), words[front.end() :]
    kept = words.rstrip("。;,:!?、 \n")
    if len(kept) >= _SHORTEST:
        yield start, start + len(kept)


def _in_prose(folded: str, body: list[Unit]) -> Iterator[tuple[int, int]]:
    """Sentences that say 建议… themselves, where nothing opens a list of asks."""
    patterns = [entry.pattern for entry in load("requests") if entry.meaning == "asks"]
    asking = listing = False
    for unit in body:
        words = _words(folded, unit)
        hit = next((found for pattern in patterns if (found := pattern.search(words))), None)
        goes_on = asking and not hit and _is_ask_itself(words.strip())
        carried = goes_on or (listing and not hit and _kind_of_mark(folded, unit) is not None)
        listing = bool(hit and _FIRST.search(words)) or (carried and listing)
        if hit or carried:
            yield from _parted_at(folded, unit, unit.span.start + hit.start("ask") if hit else unit.span.start)
        asking = (bool(hit) or carried) and words.rstrip().endswith(";")


def _parted_at(folded: str, unit: Unit, start: int) -> Iterator[tuple[int, int]]:
    for cut in _OWN_TARGET.finditer(folded, start + 8, unit.span.end):
        yield from _trimmed(folded, start, cut.start())
        start = cut.end()
    yield from _trimmed(folded, start, unit.span.end)


def _wished(folded: str, body: list[Unit]) -> Iterator[tuple[int, int]]:
    """Softer asks (希望…, 请…, 应…), where a paper asks nothing more plainly; of its last part alone."""
    patterns = [entry.pattern for entry in load("requests") if entry.meaning == "wishes"]
    for unit in body[len(body) // 2 :] or body:
        words = _words(folded, unit)
        hit = next((found for pattern in patterns if (found := pattern.search(words))), None)
        if hit and not _CLOSING.match(words.strip()):
            yield from _parted_at(folded, unit, unit.span.start + hit.start("ask"))
