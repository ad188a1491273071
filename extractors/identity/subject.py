"""The title of the suggestion or proposal that a document is, or answers."""

from __future__ import annotations

import re

from extractors.identity.layout import Letter, Strip
from models.documents import Kind

_ITEM = "(?:建议|提案|议案)"
_QUOTED = re.compile(
    r"《(?P<a>(?:[^《》]|《[^《》]*》){4,120})》|[“\"](?P<b>[^“”\"]{4,120})[”\"]|「(?P<c>[^「」]{4,120})」|『(?P<d>[^『』]{4,120})』"
)
_AFTER = re.compile(rf"(?:\([^()]{{0,30}}\))?(?:的?(?:\S{{0,4}})?{_ITEM}|(?:\([^()]{{0,30}}\))?(?:已?收悉|收到|由我))")
_OTHER_PAPER = re.compile("(?:通知|(?<!建议)意见|办法|决定|规定|方案|条例|细则|报告|计划|答复|复函|规划)$")
_CITING = re.compile("(?:根据|按照|依据|印发|出台|制定|落实|贯彻|修订|执行)$")
_ENDS = re.compile("(?:答复|回复|函复|函告|报告|汇报|说明)如下")
_LOST_OPENING = re.compile(rf"(?:^|[:。,的])(?P<x>关于[^《》“”。]{{4,90}}?{_ITEM}?)[》”]")
_LOST_CLOSING = re.compile(rf"[《“](?P<x>关于[^《》“”。()]{{4,90}}?{_ITEM})(?=\(|已?收悉|收到|,)")
_UNQUOTED = re.compile(
    rf"(?P<x>关于(?:[^,。:;《》“”()]|“[^“”,。]{{1,14}}”){{4,90}}?{_ITEM})(?=\(|已?收悉|收到|,|。|由|我[局委办厅会]|已|经|交|现|办理|的?答复)"
)
# 《某市政协六届四次会议第21号提案》: its number, no title.
_ITSELF = re.compile(rf"(?!关于).*(?:届|会议)?第[\dA-Z]+号{_ITEM}$|[A-Z]?\d+号{_ITEM}$")
# 您提出的关于改建车棚,方便停放的建议的提案收悉: also with commas, where the receipt follows.
_UNQUOTED_LONG = re.compile(
    rf"(?:提出?|提交)的?(?P<x>关于[^。:;《》“”()]{{4,90}}?{_ITEM})(?=的?(?:{_ITEM})?,?(?:我[局委办们]{{1,2}})?(?:已|现已)?(?:收悉|收到|[转提]?交(?:由|给)?[^,。]{{1,20}}(?:办理|研究|承办)))"
)
# 您的建议收悉 under a line that is the suggestion's own title.
_TITLE_ALONE = re.compile(rf"(?P<x>关于(?!对|.{{0,30}}(?:第[\dA-Z、]+号|会议|届))[^《》“”:]{{4,60}}{_ITEM})$")
_IN_TITLE = re.compile(
    rf"(?P<x>关于(?!对|.{{0,14}}届|.{{0,30}}(?:第[\dA-Z、]+号|会议))[^《》“”]{{4,90}}?{_ITEM})(?:\([^()]*\))?的?(?:答复|复函|回复|会办|协办|办理)"
)
# 《关于建设高标准农田(第25号提案》: a bracket that was never closed.
_LEFT_OPEN = re.compile(r"[(（](?:编号|案号)?第?[A-Z\d]{1,8}号[^()（）]{0,6}$")
_OWN = re.compile(rf"^.*?(?P<x>关于.*?{_ITEM}|.*{_ITEM})(?:\([^()]*\))?$")


def subject_of(letter: Letter, title: Strip, kind: Kind) -> str | None:
    """The subject without 《》; the titles of a joint reply joined by ；. Null for plans, rules, reports and news."""
    if kind in (Kind.SUGGESTION, Kind.PROPOSAL):
        return _own(title)
    if kind is not Kind.REPLY:
        return None
    named = _quoted(_opening(letter)) or _quoted(title)
    return "；".join(named) or _plain(letter, title)


def _own(title: Strip) -> str | None:
    """A suggestion's own title, without the words of a heading that runs on into it."""
    hit = _OWN.match(title.folded)
    inside = _QUOTED.search(title.folded)
    of_all = inside and (inside.start() < 4 or "关于" in inside[0])  # 关于推广“流动服务车”的建议 is no 流动服务车
    if inside and of_all and inside.end() >= len(title.folded) - 4:
        return title.cut(inside, inside.lastgroup or 0)
    return title.cut(hit, "x") if hit else title.raw or None


def _opening(letter: Letter) -> Strip:
    """The opening up to 答复如下."""
    whole = letter.opening
    end = _ENDS.search(whole.folded)
    stop = min(end.end() if end else 420, 700)
    return Strip(whole.folded[:stop], whole.raw[:stop])


def _quoted(text: Strip) -> list[str]:
    """The quoted titles that are suggestions, in order: named so, followed by 建议/提案, or starting with 关于."""
    found: list[str] = []
    for hit in _QUOTED.finditer(text.folded):
        words = hit[hit.lastgroup or 0]
        after = _AFTER.match(text.folded, hit.end())
        named = bool(re.search(rf"{_ITEM}(?:意见)?$", words))
        if _CITING.search(text.folded, 0, hit.start()) and not named:
            continue
        if _ITSELF.match(words):
            continue
        starts = words.startswith("关于") and not _OTHER_PAPER.search(words)
        if named or starts or (after and not found and not _OTHER_PAPER.search(words)):
            found.append(_LEFT_OPEN.sub("", text.cut(hit, hit.lastgroup or 0)))
    return list(dict.fromkeys(found))


def _plain(letter: Letter, title: Strip) -> str | None:
    """A title whose quotation marks are lost, in the opening or in the letter's own title."""
    opening = _opening(letter)
    for pattern, text in (
        (_LOST_OPENING, opening), (_LOST_CLOSING, opening), (_IN_TITLE, title), (_UNQUOTED, opening),
        (_UNQUOTED_LONG, opening), (_TITLE_ALONE, title),
    ):  # fmt: skip
        hit = pattern.search(text.folded)
        if hit and not re.search(r"第[\d、]+号", hit["x"]):
            return text.cut(hit, "x")
    return None
