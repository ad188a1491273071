"""What the rules are called by which a promise was read: where it stood, and which sign of the language told it."""

from __future__ import annotations

_PLACES = {"answer": "答复正文", "planned": "“下一步打算”一类的段落", "done": "说已经办的段落"}
_SIGNS = {
    "will": "有“将”“会”一类的词",
    "prospective": "说的是将要做的",
    "intend": "有“拟”“打算”一类的词",
    "ahead": "说的是往后",
    "due": "写了时限",
    "due_time": "写了时限",
    "day": "写了哪一天",
    "year": "写了哪一年",
    "aim": "有“力争”“争取”一类的词",
    "study": "有“研究”“探索”一类的词",
    "welcome": "有“鼓励”“支持”一类的词",
    "duty": "有“应当”“要”一类的词",
    "assigned": "指定了谁来办",
    "agreed": "同意了所提的",
    "when": "说定了条件",
    "carried": "接着前面的承诺说",
    "again": "说的是经常要做的",
    "asked": "逐条回答所提的",
    "instead": "不能照办，改办别的",
    "verb": "是列出来要做的事",
    "phrase": "是列出来的一件事",
    "row": "是表里有时限的一行",
}


def rule_words(rule: str) -> str:
    """A rule in an officer's words; empty for one that has none.

    >>> rule_words("answer.will"), rule_words("planned.due"), rule_words("aim_verb")
    ('答复正文里，有“将”“会”一类的词', '“下一步打算”一类的段落里，写了时限', '')
    """
    place, _, sign = rule.partition(".")
    return f"{_PLACES[place]}里，{_SIGNS[sign]}" if place in _PLACES and sign in _SIGNS else ""
