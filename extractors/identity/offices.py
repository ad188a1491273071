"""Names of government bodies: in a letterhead, in front of a title, at the sign-off, in a list of co-handlers."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.identity.layout import Letter, Line, Strip
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import skipping
from models.text import fold

_ENDINGS = alternation(words_of("bureaus", "ending"))
_NAME = rf"[\u4e00-\u9fa5]{{1,28}}?{_ENDINGS}"
_FULL = re.compile(rf"^(?:中共|中国)?[\u4e00-\u9fa5·]{{1,30}}{_ENDINGS}$")
_NOT_A_NAME = re.compile(
    "^(?:我|贵(?=[局委办厅部会院校市县区省])|本(?!溪)|该|你|您|各|有关|相关|关于|对|感谢|此致|特此|专此|抄送|主送|联系|附件|承办|主办|经(?!济)|由|请|现|在|为|是|已|将(?!乐)|接受|面向|其他|上述|以上|会办|发文|发布|来源|信息来源|公开|索引|责任|答复)|我[局委办厅处]|交由|的|负责|牵头|[主承]办$|答复|建议|提案|反映|问题|网站$"
)
_PLACE = re.compile(r"[\u4e00-\u9fa5]{1,7}?[省市县区旗州](?![省市县区旗州])")
_MAY_END = re.compile(skipping(rf"(?:{_ENDINGS}|件|函|\))$"))
_STAMP = re.compile(
    r"\((?:[^()]*章[^()]*|代章|[^()]{2,20}(?:办公室|办|局|委员会|委|中心|支队))\)$|文件$|函$|(?:政府|门户|官方)网站$"
)
_TITLE_PREFIX = re.compile(
    rf"^(?:关于(?=[^关]{{2,24}}对[^关]{{0,24}}(?:建议|提案|议案)))?(?P<units>(?:{_NAME}(?:、|,)?)+?)(?=关于|对(?![外口])|办理|答复|印发|转发)"
)
_SOURCE = re.compile(
    r"(?:^|\|)(?:来源|信息来源|发布机构|发布单位|发文机关|发文单位|公开单位|责任部门|承办单位|主办单位|答复单位|承办单位名称)[:]?\|?(?P<unit>[^|]+)(?=\||$)"
)
_ANSWERING = re.compile(
    rf"^[(]?(?:承办|答复|回复|办理|联系)单位(?:名称)?:?(?P<unit>{_NAME})(?=$|[,;()]|单位|负责|联系|电话|承办|经办|签发|地址|二|20)"
)
_INNER = re.compile("(?:[局厅委]|市|县|区|政府)?(?:机关)?办公室$")  # whose office, the page doesn't say
_MEDIA = re.compile("融媒|日报|晚报|晨报|电视台|广播|新闻|记者|网$|网站|报社|发布$|客户端|公众号")


def is_name(bare: str) -> bool:
    """Whether characters are the name of one government body, and nothing else.

    >>> is_name("宁德市生态环境局"), is_name("我局"), is_name("感谢市教育局")
    (True, False, False)
    """
    return len(bare) >= 3 and bool(_FULL.match(bare)) and not _NOT_A_NAME.search(bare)


def units_on(line: Line) -> tuple[str, ...]:
    """The bodies that make up a line (letterhead or sign-off), as printed; empty when the line holds anything else.

    Names stand apart by spaces; a name spread out letter by letter (某 某 县 水 利 局) is one.
    """
    if len(line.bare.folded) > 90 or not _MAY_END.search(line.bare.folded):
        return ()
    if line.bare.folded[0] == "(" and line.bare.folded[-1] == ")":
        return _bracketed(line)
    bare = _trimmed(line.bare)
    pieces = [piece for piece in re.split(r"[\s、]+", line.folded[: len(line.folded)].strip()) if piece]
    if len(pieces) > 1 and all(len(piece) >= 4 for piece in pieces):
        raws = [piece for piece in re.split(r"[\s\u3000、]+", line.raw.strip()) if piece]
        cleaned = (
            [_trimmed(Strip(a, b)) for a, b in zip(pieces, raws, strict=False)] if len(raws) == len(pieces) else []
        )
        if cleaned and all(is_name(one.folded) for one in cleaned):
            return tuple(name for one in cleaned for name in _parted(one))
    return _parted(bare) if is_name(bare.folded) else ()


def _bracketed(line: Line) -> tuple[str, ...]:
    """Bodies, and perhaps a date, in brackets below a title: (某县教育局 某县财政局 2025年3月18日)."""
    names = [piece for piece in re.split(r"[\s\u3000、,，]+", line.raw.strip().strip("()（）")) if piece]
    if names and _DAY.fullmatch(fold(names[-1])):
        names.pop()
    elif names and (day := _DAY.search(fold(names[-1]))):
        names[-1] = names[-1][: day.start()]
    return tuple(names) if names and all(is_name(fold(name)) for name in names) else ()


_DAY = re.compile(r"(?:(?:19|20)\d\d|[二一][〇零○OＯ0]).{4,10}$")


def _parted(bare: Strip) -> tuple[str, ...]:
    """Names that lost the space between them, told by the place that each begins with: 某市财政局某市教育局."""
    place = _PLACE.match(bare.folded)
    if place is None or bare.folded.count(place[0]) == 1:
        return (bare.raw,)
    cuts = [
        0,
        *(hit.start() for hit in re.finditer(rf"(?<=[局委办厅府会院队心司联])(?={place[0]})", bare.folded)),
        None,
    ]
    return tuple(bare.raw[start:end] for start, end in pairwise(cuts))


def _trimmed(bare: Strip) -> Strip:
    """A name without 文件, （盖章） and the like."""
    stamp = _STAMP.search(bare.folded)
    return Strip(bare.folded[: stamp.start()], bare.raw[: stamp.start()]) if stamp else bare


def is_letterhead(line: Line) -> bool:
    """Whether a head line only names who writes."""
    return bool(units_on(line))


def issuing_units(letter: Letter, title: Strip) -> tuple[str, ...]:
    """Who issues or replies, lead first: from letterhead, title line, sign-off, or the page's source line."""
    letterhead = _letterhead(letter)
    signed = _signed(letter)
    before_title = title_units(title) or next((units for line in letter.head if (units := title_units(line.bare))), ())
    if len(letterhead) > 1 or len(signed) > 1:
        return letterhead if len(letterhead) >= len(signed) else signed
    if len(before_title) > 1:
        return before_title
    choices = [units[0] for units in (letterhead, before_title, signed) if units]
    if not choices:
        return _source(letter)
    best = max(choices, key=len) if all(_same(choices[0], other) for other in choices) else choices[-1]
    return (best,)


def _letterhead(letter: Letter) -> tuple[str, ...]:
    """The bodies on the first line that names any, and on those right below when they speak for the same place."""
    found: tuple[str, ...] = ()
    for line in letter.head:
        units = units_on(line)
        if found and (not units or _place(units[0]) != _place(found[0]) or _same(found[-1], units[0])):
            break
        found += units
    of_government = len(found) > 1 and found[0].endswith("政府")  # a site's name above the bureau's
    return tuple(dict.fromkeys(found[1:] if of_government else found))


def _place(unit: str) -> str:
    """The first characters of a body's place: 岷县 of 中共岷县县委宣传部."""
    return unit.removeprefix("中共")[:2]


def _same(a: str, b: str) -> bool:
    """Whether two names are one body's: the tail of the other (市财政局), or its short form (陕西省国资委)."""
    short, long = sorted((a, b), key=len)
    return long.endswith(short) or (short[:2] == long[:2] and short[-1] in long[-3:] and _abbreviates(short, long))


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of a short name stand in the long one in that order: 发改委 in 发展和改革委员会."""
    rest = iter(long)
    return all(char in rest for char in short)


def title_units(title: Strip) -> tuple[str, ...]:
    """The body that a title line opens with: 某县水务局关于对…的答复."""
    hit = _TITLE_PREFIX.match(title.folded)
    if not hit or not is_name(hit["units"]):
        return ()
    return _parted(Strip(hit["units"], title.cut(hit, "units")))


def _signed(letter: Letter) -> tuple[str, ...]:
    """The bodies that sign: the last lines of the foot that hold nothing but names (and perhaps a date)."""
    found: list[str] = []
    for line in reversed(letter.foot):
        units = units_on(line) or _with_date(line)
        if units:
            found[:0] = units
        elif found:
            break
    return tuple(name for name in dict.fromkeys(found) if not _is_inner(name, found[0]))


def _is_inner(name: str, signer: str) -> bool:
    """Whether a line names an office of the body that signs, as the imprint prints it: 青云街道办事处综合办公室."""
    body = next((signer[at:] for at in range(len(signer) - 4) if name.startswith(signer[at:])), "")
    return bool(body) and name != signer and len(name) > len(body) and name.endswith(("办公室", "科", "股", "处"))


def _with_date(line: Line) -> tuple[str, ...]:
    """A sign-off on one line: 某市教育局　2024年5月6日."""
    hit = re.match(rf"^(?P<unit>{_NAME})(?:\([^()]*章\))?(?=(?:19|20)\d\d[年.\-/]|二[〇○零OＯ0])", line.bare.folded)
    if not hit or len(line.bare.folded) >= 45 or not is_name(hit["unit"]):
        return ()
    return _parted(Strip(hit["unit"], line.bare.cut(hit, "unit")))


def _of_site(unit: str, letter: Letter) -> bool:
    """Whether the page's source is the government that keeps the site, while 我局 writes the letter."""
    return unit.endswith(("政府", "政府办公室", "政府办")) and bool(re.search("我[局委]", letter.folded))


def _source(letter: Letter) -> tuple[str, ...]:
    """The body that the page's own source line names, when it isn't a newspaper."""
    for line in letter.head:
        for hit in _SOURCE.finditer(line.bare.folded):
            if (
                hit
                and is_name(hit["unit"])
                and not (_INNER.match(hit["unit"]) or _MEDIA.search(hit["unit"]) or _of_site(hit["unit"], letter))
            ):
                return (line.bare.cut(hit, "unit"),)
    for line in letter.foot:
        answering = _ANSWERING.match(line.bare.folded)
        if answering and is_name(answering["unit"]):
            return (line.bare.cut(answering, "unit"),)
    return ()
