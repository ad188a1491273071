"""What the head and foot say about the handling: result class, openness, contacts."""

from __future__ import annotations

import re

from extractors.identity.layout import Letter, Line, Strip
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import sought
from models.documents import Kind

_CLASS = r"[A-DАВСa-d]\d?|[甲乙丙丁]"
_LETTER, _OTHER = f"(?P<c>{_CLASS})", f"(?P<c2>{_CLASS})"
_SAID = alternation(words_of("classes", "word"))
_WORDS = f"(?P<w>{_SAID})"
_LABELS = alternation(words_of("classes", "label"))
_LABELLED = re.compile(
    rf"{_LABELS}(?:分类|等级|标注|标记|标识|代码|为)?[】\]]?[:]?\(?(?:{_LETTER}(?![A-Za-z\d]|类?\(\))类?|{_WORDS})"
)
_ALONE = re.compile(
    rf"^[\(\[【〔]?(?P<c4>{_CLASS})类?[\(·:,—-]?{_SAID}[\)\]】〕]*$"
    rf"|^[\(\[【〔]?{_LETTER}[\)\]】〕]?类?[\)\]】〕]?$|^[\(\[【〔](?P<c3>{_CLASS})类?[\)\]】〕](?=同意|不|主动|依|公开)|^[\(\[【〔]?{_OTHER}[\)\]】〕]?类(?=同意|不|主动|依|公开|$)"
)
_BESIDE_NUMBER = re.compile(
    rf"号[\(\[【〔]?{_LETTER}(?:类[\)\]】〕]?|[\)\]】〕]|$)|号{_OTHER}类(?=建议|提案|议案|同意|主动|公开|$)"
    rf"|(?:答复|复函|的函|答复意见)[\(\[【〔]{{1,2}}(?P<c4>{_CLASS})类?[\)\]】〕]{{1,2}}$"
    rf"|(?<![A-Za-z])(?P<c5>{_CLASS})类(?=[一-龥]{{2,10}}[〔\[【(](?:19|20)\d\d)"
    rf"|^签发(?:人|领导)?:[^():]{{2,8}}\((?P<c3>{_CLASS})类?\)$"
)
_IN_TITLE = re.compile(
    rf"\({_LETTER}类?\)|{_OTHER}类(?=建议|提案|议案)|(?:答复|复函|答复函|的函)\s*(?P<c3>{_CLASS})类?$"
)
# A second reply that moves the item up: 办理类别由B类转为A类.
_CHANGED = re.compile(rf"由[\(“]?(?:{_CLASS})[\)”]?类?(?:转变|转|变更|变|调整|改|升)[为至到成]?[\(“]?{_LETTER}")
_OPEN = sought(
    "(?<!是否)(?:主动公开|依申请公开|不予公开|同意公开|全文公开|部分公开|摘要公开|不公开|免予公开|可以公开|予以公开|公开发布)"
)
_CONTACT = re.compile("联系人|联系电话|承办人|经办人|承办负责人|联系方式|责任人|电话[:]|手机[:]")


def result_class(letter: Letter, title: Strip, kind: Kind) -> str | None:
    """The class of handling as printed, without 类: "A", "B", "甲", "解决或采纳"; of replies alone.

    It may stand after a label (办理结果：A), beside the document number (（B类）) or the signer, in the title
    ((A), 第56号B类提案), or alone on a line.
    """
    if kind is not Kind.REPLY:
        return None
    hit = _first(_IN_TITLE, title)
    for line in (*letter.head, *reversed(letter.foot)):
        if hit:
            break
        if len(line.bare.folded) <= 60 or line in letter.head:
            hit = _on(line)
    return hit or _first(_CHANGED, title) or _first(_CHANGED, letter.opening)


def _on(line: Line) -> str | None:
    if "。" in line.bare.folded:
        return None
    return _first(_LABELLED, line.bare) or _first(_ALONE, line.bare) or _first(_BESIDE_NUMBER, line.bare)


def _first(pattern: re.Pattern[str], text: Strip) -> str | None:
    hit = pattern.search(text.folded)
    if hit is None:
        return None
    group = next(name for name, value in hit.groupdict().items() if value)
    return hit[group].upper() if hit[group].isascii() else text.cut(hit, group)


def openness(letter: Letter) -> str | None:
    """Whether the letter may be published, as printed: 主动公开, 依申请公开, 不予公开, 同意公开."""
    for line in (*letter.head, *reversed(letter.foot)):
        hit = _OPEN.search(line.bare.folded) if len(line.bare.folded) <= 80 else None
        if hit:
            return line.bare.cut(hit)
    return None


def contacts(letter: Letter) -> tuple[str, ...]:
    """The lines that name whom to call, as printed."""
    rows = (*letter.head, *letter.foot)
    return tuple(
        dict.fromkeys(
            x.raw.strip()
            for x in rows
            if len(x.bare.folded) <= 80 and _CONTACT.search(x.bare.folded) and "。" not in x.bare.folded
        )
    )
