"""What a document as a whole says of its numbers: whose manner it has, the year it speaks from, its script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from extractors.bulletins import is_bulletin
from extractors.figures.due import Term
from extractors.numbers.dates import Anchor
from models.documents import Kind, Unit
from models.text import has_other_script

HEAD = 300  # a plan's title, letterhead and covering line
_PAGE_DAY = re.compile(r"(?<!\d)(20\d\d)[\-年./]\d{1,2}[\-月./]\d{1,2}(?!\d)")
_ARTICLE = re.compile(r"^\s*第[一二三四五六七八九十百]{1,4}条\s", re.MULTILINE)
# 关于做好防汛工作的通知: what is to be done; 关于调整收费标准的通知 sets a rule
_ON_DOING = re.compile(
    r"关于(?:切实|全力|进一步|扎实|认真|深入)*(?:做好|抓好|组织开展|开展|推进|部署)(?![^\n]{0,40}(?:标准|收费|管理|补[助贴]|办法|规定|待遇))[^\n]{2,40}(?:工作|行动|活动)(?:有关事项)?的通知"
)
_OPINION = re.compile(r"(?:实施|指导|工作|若干)?意见(?=[》)\s]|的通知)")


def spoken_as(kind: Kind, folded: str) -> Kind:
    """The kind whose manner the text has: one in articles sets rules, whatever its title calls it; an office's opinion
    on how to do something (实施意见) plans, and its bulletin (工作简报) reports.
    """
    if kind is Kind.NEWS and is_bulletin(folded[:HEAD]):
        return Kind.OTHER
    if kind is Kind.REGULATION and (_OPINION.search(folded, 0, HEAD) or _ON_DOING.search(folded, 0, HEAD)):
        return kind if has_articles(folded) else Kind.PLAN
    return Kind.REGULATION if kind in (Kind.PLAN, Kind.OTHER) and has_articles(folded) else kind


def has_articles(folded: str) -> bool:
    """Whether a text stands in articles: 第一条 …, three at least."""
    return sum(1 for _ in islice(_ARTICLE.finditer(folded), 3)) == 3


def dated(anchor: Anchor, kind: Kind, folded: str, term: Term | None) -> Anchor:
    """The anchor; where an article has no date of its own, the year of its page's (2025-05-08 09:26 来源:…); where a
    plan has none, the one year that it is made for.
    """
    if anchor.year is None and term is not None and term.single:
        return Anchor(None, term.end.year)
    ahead = kind is Kind.PLAN and term is not None and term.single and anchor.day is not None
    if ahead and term and anchor.day and anchor.day.month > 9 and term.first == anchor.day.year + 1:
        return Anchor(None, term.first)  # a plan for 2026, made in December 2025: 2025年 is over, 6月底前 is to come
    if anchor.year is not None or kind not in (Kind.NEWS, Kind.PROGRESS_REPORT):
        return anchor
    found = _PAGE_DAY.search(folded, 0, HEAD)
    return Anchor(None, int(found[1])) if found else anchor


def preamble_of(units: Sequence[Unit]) -> int:
    """Where a plan of several parts begins with the first; 0 for a notice without parts."""
    first = next((unit.index for unit in units if unit.section), 0)
    return first if len({unit.section[0] for unit in units if unit.section}) > 2 else 0


# 古田县食用菌产业高质量发展三年行动方案; 关于推动预制菜产业…的实施意见
_TRADE = re.compile(
    r"(?P<front>[一-鿿]{1,24}?)(?:全产业链|产业|种植业|养殖业|加工业)[^\n,。]{0,24}(?:计划|方案|规划|意见|措施)"
)
_FRONT_OF_TRADE = re.compile(
    "[省市县区州盟旗镇乡]|(?:支持|促进|推进|推动|加快|做[强优大]|壮大|培育|打造|发展|关于|印发)+"
)
_NO_TRADE = frozenset(("战略性新兴", "现代", "重点", "特色", "优势", "新兴", "主导", "农业", "现代农业", "工业"))


def trade_of(folded: str) -> str:
    """The trade that a plan's title names: 食用菌产业; nothing for a plan of anything else."""
    found = _TRADE.search(folded, 0, HEAD)
    trade = _FRONT_OF_TRADE.split(found["front"])[-1] if found else ""
    return trade + "产业" if 0 < len(trade) < 7 and trade not in _NO_TRADE else ""


def script_of(text: str, folded: str) -> dict[int, str] | None:
    """From folded characters back to those of a traditional text, of two for one (后, 後) the more frequent; None where
    only widths were folded.
    """
    if not has_other_script(text) or all(char < "\u3400" for char in set(folded) - set(text)):
        return None
    pairs = Counter(pair for pair in zip(text, folded, strict=True) if pair[0] != pair[1] and pair[1] > "\u3400")
    return {ord(new): old for (old, new), _ in reversed(pairs.most_common())} or None
