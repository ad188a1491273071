"""Where a form prints the proposer's own text in front of the answer, as systems for handling proposals do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import skipping

_HEAD = 1800
"""Characters within which the label of the proposer's text stands: fields of a form come before it, no letter."""

# What ends a label: its bracket, a colon, the end of the line, wide blanks.
_END = r"(?:[】\])>][^\S\n]*[:|]?|[^\S\n]*(?:[:|]|(?=\n)|$)|[^\S\n]{2,}(?=\S))"
# 提案原文：, 【建议内容】, 具体建议 alone on its line; 内容 and the like only with a colon.
_ASKED = re.compile(
    r"(?m)^[^\S\n|]*(?:\|[^\S\n]*)?(?:[【\[(<]?(?:(?:提案|建议|议案|来信|案由|问题|诉求)(?:的|人)?(?:原文|正文|内容|全文|文本|摘要|理由|详情)|原文"
    r"|情况分析|问题分析|(?:提案|建议)?背景|案由?分析|案据|具体建议|意见建议|主要内容)"
    rf"{_END}|[【\[](?:内容|正文)[】\]]|(?:内 *容|正 *文|理 *由)[^\S\n]*[:|])"
)
_ANSWER = re.compile(
    r"(?m)(?:^|(?<=[。!?;]))[^\S\n]*(?:\|[^\S\n]*)?[【\[(<]?(?:(?:承办|主办|办理|答复|经办|问题|诉求)?(?:单位)?的?(?:办理)?(?:答复|回复|复函|复文)"
    r"(?:内容|原文|正文|全文|意见|情况|详情|文本|件|函)?|(?P<stands>(?:办理|处理|办复)(?:意见|内容|情况|结果)))"
    rf"{_END}"
)
_GREETED = re.compile(
    r"(?m)^[^\S\n]*(?!领衔|附议|联名|提[案出交]|建议|第一|签名|[^:\n]{0,4}姓名)(?:尊敬的?)?[^。;:\n]{1,60}?"
    r"(?:代表|委员)(?:同志|先生|女士)?们?(?:\([^()\n]{1,24}\))?[^\S\n]*(?:[:,]|$)"
    r"|(?m:^)[^\S\n]*(?:尊敬的?)?[^。;:,\n]{2,40}(?:总支|支部|委员会|工商联|联合会|小组|界别?|联络[组处]|妇联|[省市县区]委)[^\S\n]*:"
)
_RECEIVED = re.compile(skipping("收悉|收到|[答函回]复如下|答复意见|您提|您的|你提|你们?的|您好|你好|感谢"))
_ABOVE_LETTER = re.compile(
    r"[答回]复|复函|的函$|[〔\[【(](?:19|20)\d\d[〕\]】)]|^[(（]?[A-D甲乙丙][类)）]?|签发|公开|文件$|局$"
    r"|^(?:承办|主办|会办|协办|办理|答复|回复|办复)(?:单位|部门|时间|日期|人|类[型别]|方式|结果|情况|状态) ?[:|]"
)
_SENTENCE = re.compile("[。;!?]")
_SHORT, _FIELDS = 12, 300


class Form(NamedTuple):
    """The proposer's text is [asked, end), the answer's words begin at `answer`; between them fields and a label."""

    asked: int
    end: int
    answer: int

    def holds(self, start: int) -> bool:
        """Whether what begins there is the proposer's."""
        return self.asked <= start < self.end


@lru_cache(maxsize=4)
def form_of(folded: str) -> Form | None:
    """The parts of a form that prints a proposal and its answer; None for any other document.

    >>> form_of("提案人:甲\\n提案内容:\\n路灯太少。\\n答复内容:\\n甲委员:\\n您的提案收悉。")
    Form(asked=6, end=18, answer=23)
    """
    asked = _ASKED.search(folded, 0, _HEAD)
    if asked is None or _greeted(folded, 0, asked.start()) is not None:
        return None
    inner = _ASKED.search(folded, asked.end(), asked.end() + _FIELDS)  # 内容: below 【建议原文】 and its fields
    if inner and not _SENTENCE.search(folded, asked.end(), inner.start()) and not _has_label(folded, asked, inner):
        asked = inner
    label = _label(folded, asked.end())
    if label and _ASKED.search(folded, label.end()):
        return None  # a report that goes through many
    greeted = _greeted(folded, asked.end(), label.start() if label else len(folded))
    if greeted is not None:
        begin = _with_lines_above(folded, greeted, asked.end())
        return Form(asked.start(), begin, begin)
    return Form(asked.start(), _with_lines_above(folded, label.start(), asked.end()), label.end()) if label else None


def is_label(words: str) -> bool:
    """Whether words are nothing but the label of the proposer's text: 提案内容:"""
    return bool(_ASKED.fullmatch(words))


def _has_label(folded: str, asked: re.Match[str], inner: re.Match[str]) -> bool:
    return _ANSWER.search(folded, asked.end(), inner.start()) is not None


def _label(folded: str, begin: int) -> re.Match[str] | None:
    """The label of the answer; 办理结果：A only tells a class."""
    for label in _ANSWER.finditer(folded, begin):
        end = folded.find("\n", label.end())
        beside = folded[label.end() : end if end >= 0 else len(folded)].strip()
        if not beside or len(beside) > _SHORT or not (label["stands"] or beside[0].isdigit()):
            return label
    return None


def _greeted(folded: str, begin: int, end: int) -> int | None:
    """Where a deputy or member is addressed by a letter."""
    for line in _GREETED.finditer(folded, begin, end):
        if _RECEIVED.search(folded, line.end(), line.end() + 80):
            return line.start()
    return None


def _with_lines_above(folded: str, start: int, begin: int) -> int:
    """The start of the letter: its title and number above the salutation."""
    while (above := folded.rfind("\n", begin, start - 1)) >= 0:
        line = folded[above + 1 : start].strip()
        if line and not _ANSWER.fullmatch(line) and (_SENTENCE.search(line) or not _ABOVE_LETTER.search(line)):
            break
        start = above + 1
    return start


_SIGN = (*words_of("identity_labels", "first_signer"), *words_of("identity_labels", "further_signer"))
_SIGNERS = re.compile(rf"\s*{alternation(_SIGN)}\s*:")


def names_signers(folded: str, start: int) -> bool:
    """Whether the field of those who signed begins there (建议人：林某等11名代表): none of it is counted."""
    return _SIGNERS.match(folded, start) is not None
