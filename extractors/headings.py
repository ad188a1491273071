"""Enumerators and headings: 一、 （一） 1. ⑴ ① 第一， 首先， 一是 第三章, and titles without a number."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extractors import lexicon
from extractors.lexicon.openings import skipping
from models.documents import Zone

_HAN = "[一二三四五六七八九十]{1,3}"
_STYLES = {
    "chapter": r"第[一二三四五六七八九十百\d]{1,4}[章节编篇部](?:分)?[ :、]*",
    "article": r"第[一二三四五六七八九十百零〇\d]{1,5}条[ :、]*",
    "han": rf"{_HAN}(?:、|[.．](?!\d))",
    "han_paren": rf"[(〔\[【]{_HAN}[)〕\]】][、. ]*",
    "circle": "[①-⒇⒈-⒛㈠-㈩❶-❿⓵-⓾][、. ]*",
    "digit_paren": r"[(]\d{1,2}[)][、. ]*|\d{1,2}[)][、. ]*",
    "digit": r"\d{1,2}(?:[、．]|[.](?!\d(?!\d?月(?!龄)|\d{3}年))) *",
    "ordinal": rf"第{_HAN}(?:[,、:]|[是要])|其[一二三四五六七八九](?:是|[,、:])",
    "sequence": "(?:首先|其次|再次|再者|最后)[,、:]|(?:首先|其次|再次|最后)是[,:]?",
    "itemised": rf"{_HAN}(?:是要|要是|[是要])(?!否)[,:]?"
    "|(?:再|还有|另|另外|第[二三四五])?一?个(?<=[一二三四五]个)是[,:]?",
    "bullet": r"[●•◆■★▲▶◇□○·\-—*] *",
}
# Most units begin with none of these characters, which is cheaper to see than that no style fits.
_BEGINS = r"(?=[第其首再还另最一二三四五六七八九十\d(〔\[【①-⒇⒈-⒛㈠-㈩❶-❿⓵-⓾●•◆■★▲▶◇□○·\-—*])"
_STYLED = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _STYLES.items())
_ENUMERATOR = re.compile(f"{_BEGINS}(?:{_STYLED})")
RANK = {"chapter": 1, "han": 2, "plain": 2, "article": 2, "han_paren": 3, "digit": 4, "digit_paren": 5, "circle": 6}
RANK |= {"bullet": 7, "ordinal": 7, "sequence": 7, "itemised": 7}
ITEM_STYLES = frozenset({"ordinal", "sequence", "itemised"})

# A title has none of these: times, amounts, titles of papers, modal verbs, tense marks, speakers.
_CONTENT = re.compile(
    r"\d|《|[已曾了将拟]|力争|预计|计划于|我[局委办中们市县区]|目前|截至|年底|年内|今年|明年|[上下]半年|收悉|感谢|"
    r"^(?:下一?步|今后|接下来|下阶段|届时|同时|此外|另外),|"
    r"[一二三四五六七八九十百千万两几][个家所处座条项次名人户亩]|不能|无法|难以|暂|受.{1,12}限|一律|的,|权限在|建议由|[不予]予|没有|不再"
)
_ASK = re.compile(r"^(?:关于|针对).{2,60}$|^(?:对于?|就).{2,60}(?:建议|问题|意见|提案|诉求|方面|情况|事宜|请求|一事)$")
_YEAR_ALONE = re.compile(
    r"20\d\d年度?(?:[上下]半年|(?:工作|年度|主要)?(?:目标|任务|计划|安排))?"
)  # (二)2025年。上半年,…
_MAX_TITLE, _MAX_ALONE, _MAX_PART, _MAX_LINE = 30, 18, 14, 60


class Enumerator(NamedTuple):
    """The style of a list number, where it begins and ends."""

    style: str
    start: int
    end: int


def read_enumerator(folded: str, start: int, end: int) -> Enumerator | None:
    """The list number that a unit begins with.

    >>> read_enumerator("(二)源头减量。", 0, 8)
    Enumerator(style='han_paren', start=0, end=3)
    >>> read_enumerator("1.5万亩湿地", 0, 7) is None
    True
    """
    found = _ENUMERATOR.match(folded, start, end)
    if not found:
        return None
    return Enumerator(str(found.lastgroup), start, found.end())


def is_title(body: str) -> bool:
    """Whether the words after a list number only name what follows.

    >>> is_title("强化统筹"), is_title("加强队伍建设,提升服务水平"), is_title("优化网点,年内在车站增设两处")
    (True, True, False)
    >>> is_title("2025年"), is_title("2025年新建3座")
    (True, False)
    """
    if "," not in body and len(body) <= _MAX_LINE and _ASK.match(body):
        return True
    if len(body) <= _MAX_TITLE and zone_named(body) is not None and "," not in body:
        return True
    if _YEAR_ALONE.fullmatch(body):
        return True
    if len(body) > _MAX_TITLE or not body or _CONTENT.search(body):
        return False
    parts = re.split("[, ]", body)
    return len(parts) <= 3 and all(len(part) <= (_MAX_ALONE if len(parts) == 1 else _MAX_PART) for part in parts)


def is_title_line(body: str) -> bool:
    """Whether a whole numbered line without closing mark is a title; longer ones and numbers are allowed here.

    >>> is_title_line("关于将3号线延伸至新城的建议"), is_title_line("2025年重点工作")
    (True, True)
    """
    return len(body) <= _MAX_LINE and body.count(",") <= 2


@lru_cache(maxsize=4096)
def zone_named(title: str) -> Zone | None:
    """Which zone a heading announces, by the office's own words for its parts.

    >>> zone_named("下一步工作打算"), zone_named("主要做法及成效"), zone_named("培育主体")
    (<Zone.PLANNED: 'planned'>, <Zone.DONE: 'done'>, None)
    """
    bare = title.strip("【】[]〖〗() :")
    found = [zone for zone, pattern in _zone_patterns() if pattern.search(bare)]
    if Zone.PLANNED in found and Zone.DONE in found and _BOTH.search(bare):
        return Zone.ANSWER
    if found and found[0] is Zone.DONE and bare.startswith(("关于", "针对")) and not _TOLD_THERE.fullmatch(bare):
        return Zone.ANSWER
    return found[0] if found else None


# 二、关于建议中反映的问题: what was found about them; 三、关于建议内容的答复 follows.
_TOLD_THERE = re.compile("关于(?:建议|提案|议案)中?所?(?:反映|提到|指出)的?(?:主要|突出|相关)?(?:问题|情况|困难)")


@lru_cache(maxsize=1024)
def names_asks(title: str) -> bool:
    """Whether a heading announces the asks of a suggestion or proposal.

    >>> names_asks("对策建议"), names_asks("主要问题")
    (True, False)
    """
    return bool(union("requests", "heads").search(title))


# 工作开展情况及下一步打算 holds both; its sentences have to show for themselves what they are.
_BOTH = re.compile("[及和与、]")


@lru_cache(maxsize=1)
def _zone_patterns() -> tuple[tuple[Zone, re.Pattern[str]], ...]:
    """Tried in order: 下一步工作情况 is planned, although 工作情况 alone would be done."""
    return tuple((zone, union("zones", zone.value)) for zone in (Zone.PLANNED, Zone.DONE, Zone.ANSWER))


@cache
def union(file: str, *meanings: str) -> re.Pattern[str]:
    """One flat pattern for all entries of one meaning, or several, in a lexicon file.

    Without groups around the entries: the engine skips ahead only where all alternatives begin with a literal.
    """
    entries = [entry for meaning in meanings for entry in lexicon.load(file) if entry.meaning == meaning]
    return re.compile(skipping("|".join(entry.regex for entry in entries)))
