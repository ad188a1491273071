"""The asks that a reply names: in headings (关于X的建议), in quotes of its opening, in the text (您提出的X一事)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon.openings import skipping
from models.documents import Identity, Unit, UnitRole, Zone
from models.text import fold

_ENUMERATOR = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)[、.]?|\d{1,2}(?:[.、)](?!\d)|．)|[①-⑳]|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十][,、]|首先,|其次,|再次,|最后,)?\s*"
)
_ABOUT = re.compile(
    r"(?:对于|关于|针对|对|就|有关)(?:(?:您|你们?|代表|委员)们?)?(?:所)?(?:提出的?|提到的?|建议中的?|提案中的?|反映的?)?(?:第?[一二三四五六七八九十\d]+[点条项个](?:(?:建议|意见|提案)(?=[“「]))?)?(?:关于)?"
    r"(?P<ask>[^。:;,.．]{3,60}?)(?P<tail>的?(?:建议|问题|意见|诉求|请求|方面|提案|议题|事项|事宜|要求|想法|答复|一事)(?:的?(?:答复|回复|办理情况|落实情况|说明))?)?\s*[。:,;.．]?\s*$"
)
_ABOUT_RUN_IN = re.compile(
    r"(?:对于|关于|针对)(?:您|你们?|代表|委员)?(?:所)?(?:提出的?)?(?P<ask>“[^“”]{3,120}”|[^。:;,.．“]{3,60}?)(?P<tail>的?(?:建议|问题|诉求|请求|一事|意见))?[。:,;]"
)
# …现答复如下: 一、关于培育主体的建议 全县现有…: a heading that lost its line.
_ABOUT_INSIDE = re.compile(
    r"(?:^|[：:。;；])\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,2}[)）])(?:关于|针对)(?:您|你们?|代表|委员)?(?:所?提出?的?)?"
    r"(?P<ask>[^。:：;；,，\s]{3,40}?)(?P<tail>的(?:建议|问题|意见|诉求))(?=\s)"
)
# 二、关于渡口无候船室,冬季等船受冻的问题: a heading that names its matter with a comma.
_ABOUT_LONG = re.compile(
    r"(?:对于|关于|针对)(?:(?:您|你们?|代表|委员)们?)?(?:所)?(?:提出的?|反映的?)?(?P<ask>[^。:;．]{4,70}?)"
    r"(?P<tail>的(?:建议|问题|意见|诉求))[。:]?$"
)
# 二、关于您提出由镇里牵头,组织船工,轮流值守。
_ABOUT_SAID = re.compile(
    r"(?:对于|关于|针对)(?:您|你们?|代表|委员)(?:所)?(?:提出|建议|反映)的?(?:关于)?(?P<ask>[^。:;]{5,90}?)"
    r"(?:的(?:建议|意见|诉求|要求|提议|设想|想法|问题)(?=,)|(?:的?(?:建议|问题)的?(?:答复|回复)|的(?:建议|问题))?[。;:]?$)"
)
# 关于“省里协调资金,修建防火通道100公里,缓解巡护压力”的建议。 opens its answer without a number
_ABOUT_QUOTED = re.compile(
    r"(?:关于|对于|针对)(?:您|你们?|代表|委员)?(?:所)?(?:提出的?)?“(?P<ask>[^“”]{5,120})”(?P<tail>的?(?:建议|意见|诉求|要求))[。:,]"
)
_PROBLEM = re.compile(r"(?P<ask>[^。:;,]{3,40}?)的?(?:的建议|的问题|问题|的诉求|一事)[。:]?\s*$")
_GENERIC = re.compile(
    r"(?:建议|提案|意见)$|[一二三]是(?:需|因|由|要)|^、?批评和意见|提出了|^(?:需要|所提|提建议|今年|去年|建议|提案|议案|您|你|代表|委员|该|此|上述|以上|其他|几个|意见|反映|另外|几点|其余)|(?:建议|提案|议案)(?:中|内容|办理|的?答复|的?落实|所|反映)"
    r"|^(?:办理|落实|工作|基本|总体|具体|主要|有关|相关|存在|目前)?(?:工作|办理|落实|开展|推进|实施|进展|完成|基本|主要)*(?:情况|问题|做法|成效|内容|现状|事项|措施)$|^下一?步"
    r"|^(?:已经?|正在|暂|拟|尚|目前|留作|未|不|无法|难以|逐步|列入|基本|部分|全部|可以?|能够?|因|作为)[^,]{0,8}(?:落实|采纳|解决|办理|参考|推进|实施|吸纳|计划|研究|办到)的?$"
    r"|^(?:目前|当前|主要|仍)?(?:存在)的?(?:主要)?(?:困难|问题|不足|短板)"
)
_QUOTED = re.compile(r"[“\"「](?P<ask>[^“”\"「」]{4,50})[”\"」]")
_ONE_QUOTED = re.compile("[“「][^“”「」]+[”」]")
_SEVERAL_QUOTED = re.compile("(?:[“「][^“”「」]{4,50}[”」](?:、|和|及|与|以及)?){2,9}")  # 关于“甲”“乙”的建议
_QUOTES_LISTED = re.compile(
    r"(?:等(?:[\d一二三四五六七八九十两几]+)?(?:个|条|点|项)?(?:方面)?的?)?(?:建议|意见|诉求|要求)"
)
_SAYERS = "(?:您|你们?|代表|委员|建议|提案|来信)(?:们|中|里)?"
_SAYS = "(?:提出|提到|建议|反映|关心|希望)"
_SAID = re.compile(
    skipping(
        rf"(?:(?:{_SAYERS})(?:所)?{_SAYS}的?"
        rf"|(?:至于|关于(?<!《关于)|对于|针对|(?<=[。;,])对(?!于)|^\s*对(?!于))(?:(?:{_SAYERS})?(?:所)?{_SAYS}的?)?)"
        r"(?!中)(?P<ask>[^。:;,《》]{4,45}?)(?P<tail>一事|的建议|的诉求|的要求|的请求|的设想|的想法|的问题|的意见)"
    )
)
_SAID_BY_YOU = re.compile(
    rf"(?:{_SAYERS})(?:所)?{_SAYS}的?(?:关于)?(?P<ask>[^。:;,《》“”「」]{{4,45}}?)的?(?P<tail>问题|情况|方面)(?=,)"
)
_QUOTES_SAID = re.compile(
    rf"{_SAYS}的?(?:关于)?(?P<list>(?:[“「][^“”「」]{{4,50}}[”」][、,和及与]?){{2,9}})"
    r"(?:等?(?:[\d一二三四五六七八九十两几]+)?(?:个|条|点|项)?(?:方面)?的?)?的?(?:建议|意见|诉求|要求)"
)
# 您提出了清淤疏浚、增设护栏等建议
_LISTED_SAID = re.compile(
    r"(?:提出|提到|反映)(?:了|的)?(?:关于)?(?P<list>[^。:;,“”《》]{4,80}、[^。:;,“”《》]{4,40}?)"
    r"等[\d一二三四五六七八九十两几]*(?:个|条|点|项)?(?:方面)?的?(?:具体)?(?:建议|意见|诉求)"
)
_NUMBERED_ASK = re.compile(
    r"\s*(?:关于|对|针对|对于)?(?:您|提案|所提)?的?(?:第[一二三四五六七八九\d]+(?:条|点|项|个)?建议|建议[一二三四五六七八九\d]+)[:,、](?:关于)?"
    r"(?P<ask>[^。:;]{4,50})[。:;]?"
)
_WHO = "(?:您|你|委员|代表|贵[会支部组团]{1,2}|提案|建议|来信)们?(?:还|也|所|中|里)?"
_MENTIONED = re.compile(
    rf"{_WHO}(?:(?:提到|提出)(?!的)|(?:要求|希望|(?<!人大代)(?<!政协委)建议|主张|呼吁)的?)(?!中|办理|提案|答复|交办|主要|工作)"
    r"(?P<ask>[^。:;,“”「」《》]{5,45})(?=,)"
)
_QUOTED_SAID = re.compile(
    rf"{_WHO}(?:提到|提出|要求|希望|建议|主张|呼吁)过?的?(?:关于)?[“「](?P<ask>[^“”「」]{{5,45}})[”」](?!(?:等|、|[“「]))"
)
_QUOTED_ASK = re.compile(
    r"[“「](?P<ask>[^“”「」]{5,45})[”」](?=的?(?:建议|意见|诉求|要求|设想|想法|之事|之议|一事|提议)|,?(?:超出|目前缺乏|缺乏|尚无|没有依据|暂|难以|无法|不能|涉及))"
)
_SAYING = re.compile("您|你|代表|委员|建议|提案|贵|来信|提出|反映")
_SPOKEN = (
    (_SAID, "named_in_text"),
    (_SAID_BY_YOU, "named_in_text"),
    (_MENTIONED, "mentioned"),
    (_QUOTED_SAID, "quoted_in_text"),
)
_ANSWERING = re.compile(
    "^.{0,6}(?:(?:对|针对)?(?:建议|提案|您|所提)?.{0,8}(?:逐[项条点一]|具体)?(?:的)?(?:答复|回复|答复意见|办理意见|回应))[。:]?$"
)
_DETAIL = re.compile(r"\d|[一二三四五六七八九十]次性|几")


def asks_named(folded: str, units: tuple[Unit, ...], identity: Identity) -> list[tuple[int, int, str]]:
    """The asks as (start, end, rule), in the order of the text; the title of the suggestion itself is none."""
    heads = [*_in_headings(folded, units)] or [*_in_answer_heads(folded, units)]
    found = [*_in_opening(folded, units, identity), *heads, *_in_text(folded, units)]
    kept: list[tuple[int, int, str]] = []
    subject = fold(identity.subject or "")
    for start, end, rule in sorted(found, key=lambda ask: (ask[0], -ask[1])):
        end -= folded[end - 1] in "”」" and not _OPENING.search(folded, start, end)
        start += folded[start] in "“「" and not _CLOSING.search(folded, start, end)
        words = folded[start:end]
        known = any(_same(words, folded[a:b]) for a, b, _ in kept)
        if not known and words not in subject:
            kept.append((start, end, rule))
    return kept


_OPENING, _CLOSING = re.compile("[“「]"), re.compile("[”」]")


def _same(a: str, b: str) -> bool:
    a, b = _BETWEEN.sub("", a), _BETWEEN.sub("", b)
    return a in b or b in a


_BETWEEN = re.compile('[“”"、,]')


def _in_headings(folded: str, units: tuple[Unit, ...]) -> Iterator[tuple[int, int, str]]:
    for unit in units:
        if unit.role in (UnitRole.TITLE, UnitRole.SALUTATION, UnitRole.SIGN_OFF, UnitRole.CONTACT) or (
            unit.zone is Zone.OPENING and not _ABOUT_INSIDE.search(unit.span.text)
        ):
            continue
        words = folded[unit.span.start : unit.span.end]
        front = _ENUMERATOR.match(words)
        at = front.end() if front else 0
        if unit.role in (UnitRole.HEADING, UnitRole.ITEM_HEAD):
            hit = (
                _ABOUT.match(words, at)
                or _ABOUT_LONG.match(words, at)
                or _ABOUT_SAID.match(words, at)
                or _PROBLEM.match(words, at)
            )
        else:
            hit = (_ABOUT_SAID.match(words, at) or _ABOUT_RUN_IN.match(words, at)) if at else _ABOUT_QUOTED.match(words)
        if " " in words and unit.role is UnitRole.TEXT and (inside := _ABOUT_INSIDE.search(words)):
            hit = inside
        hit = (_NUMBERED_ASK.match(words, at) if "建议" in words else None) or hit
        if hit and _SEVERAL_QUOTED.fullmatch(hit["ask"]):
            for one in _QUOTED.finditer(words, hit.start("ask"), hit.end("ask")):
                yield unit.span.start + one.start("ask"), unit.span.start + one.end("ask"), "named_in_heading"
        elif hit and not _GENERIC.search(hit["ask"]):
            quoted = int(bool(_ONE_QUOTED.fullmatch(hit["ask"])))
            start, end = hit.start("ask") + quoted, hit.end("ask") - quoted
            end -= end - start == 3 and words[end - 1] == "的"  # 关于巡查的建议: at least three characters were taken
            yield unit.span.start + start, unit.span.start + end, "named_in_heading"


def _in_opening(folded: str, units: tuple[Unit, ...], identity: Identity) -> Iterator[tuple[int, int, str]]:
    """“甲”、“乙”等方面的建议: quotes that stand in a list, or that 建议 follows."""
    for unit in units:
        if unit.zone is not Zone.OPENING or unit.role in (UnitRole.TITLE, UnitRole.SALUTATION):
            continue
        words = folded[unit.span.start : unit.span.end]
        quotes = [
            hit
            for hit in _QUOTED.finditer(words)
            if not hit["ask"].startswith("关于") and hit["ask"] not in fold(identity.subject or "")
        ]
        yield from _listed(words, unit.span.start)
        if quotes and _QUOTES_LISTED.match(words, quotes[-1].end()):
            for hit in quotes:
                yield unit.span.start + hit.start("ask"), unit.span.start + hit.end("ask"), "quoted_in_opening"


def _listed(words: str, begin: int) -> Iterator[tuple[int, int, str]]:
    """Asks that a sentence counts up without quotes: 您提出了清淤疏浚、增设护栏等建议."""
    for several in _LISTED_SAID.finditer(words) if "等" in words else ():
        for piece in re.finditer("[^、]{4,}", several["list"]):
            at = begin + several.start("list")
            yield at + piece.start(), at + piece.end(), "listed_in_text"


def _in_text(folded: str, units: tuple[Unit, ...]) -> Iterator[tuple[int, int, str]]:
    """Asks named in running text: 您提出的免收年票一事, 至于X的建议, 您提到提前开闸, “X”超出县级权限.

    A number that only sharpens the section's own ask (一次增建600个的要求) is none.
    """
    for unit in units:
        if unit.role is not UnitRole.TEXT or unit.zone is Zone.OPENING:
            continue
        words = folded[unit.span.start : unit.span.end]
        spoken = bool(_SAYING.search(words))  # most units name nobody who said anything
        quoted_ask = (_QUOTED_ASK, "quoted_in_text")
        for pattern, rule in (*_SPOKEN, quoted_ask) if spoken else (_SPOKEN[0], quoted_ask):
            for hit in pattern.finditer(words):
                tail = hit.groupdict().get("tail")
                detail = unit.section and _DETAIL.search(hit["ask"]) and tail in ("的要求", "的诉求")
                several = hit["ask"].count("“") > 1  # each quotation is an ask of its own
                titled = words.rfind("《", 0, hit.start()) > words.rfind("》", 0, hit.start())  # 《国务院关于…的意见》
                if not (detail or several or titled) and not _GENERIC.search(hit["ask"]):
                    quoted = int(bool(_QUOTED.fullmatch(hit["ask"])))
                    opened = int(hit["ask"][0] in "“「" and not quoted)
                    start, end = hit.start("ask") + quoted + opened, hit.end("ask") - quoted
                    yield unit.span.start + start, unit.span.start + end, rule
        if not spoken:
            continue
        yield from _listed(words, unit.span.start)
        for several in _QUOTES_SAID.finditer(words) if "”" in words or "」" in words else ():
            for hit in _QUOTED.finditer(words, several.start("list"), several.end("list")):
                yield unit.span.start + hit.start("ask"), unit.span.start + hit.end("ask"), "quoted_in_text"


def _in_answer_heads(folded: str, units: tuple[Unit, ...]) -> Iterator[tuple[int, int, str]]:
    """Heads under 二、答复 or 对提案的逐条答复 that name the ask without 关于: （一）新建避难点。"""
    for unit in units:
        heads = unit.role in (UnitRole.HEADING, UnitRole.ITEM_HEAD) and len(unit.section) >= 1
        above = unit.section[:-1] if unit.role is UnitRole.HEADING else unit.section
        if not heads or not above or not _ANSWERING.search(fold(above[-1])):
            continue
        words = folded[unit.span.start : unit.span.end]
        front = _ENUMERATOR.match(words)
        at = front.end() if front else 0
        kept = words[at:].rstrip("。:; \n")
        if 3 <= len(kept) <= 30 and not _GENERIC.search(kept):
            yield unit.span.start + at, unit.span.start + at + len(kept), "head_under_answer"
