"""Where the page that prints a letter goes on behind its sign-off: menus, footers, what else it offers."""

from __future__ import annotations

import re

from extractors.cutting import Piece
from extractors.letter_lines import ORGANISATION, is_date_line, is_salutation


def menu_start(folded: str, pieces: list[Piece], front: int) -> int:
    """Where the page's own menu begins behind a letter's sign-off (网站首页, 信息公开), or the number of pieces."""
    for index in range(front + 1, len(pieces)):
        if pieces[index].first and _RELATED.match(folded, pieces[index].start, pieces[index].end):
            return index
    for index in range(len(pieces) - 1, max(front, len(pieces) - _LONGEST_MENU) - 1, -1):
        if is_date_line(folded, pieces[index]) and index > front:
            signed = ORGANISATION.match(folded[pieces[index - 1].start : pieces[index - 1].end])
            return index + 1 if signed and _is_menu(folded, pieces[index + 1 :]) else len(pieces)
    return len(pieces)


def _is_menu(folded: str, pieces: list[Piece]) -> bool:
    """Whether what stands behind a sign-off belongs to the page (or says what the classes mean), and is no annex.

    Short lines without a sentence, however many; or so little in all that no letter has room in it.
    """
    said = [folded[piece.start : piece.end] for piece in pieces]
    foot = next((index for index, words in enumerate(said) if _PAGE_FOOT.search(words)), None)
    if foot is not None:  # 网站地图 | 关于我们, 版权所有: whatever else the page says there
        said, pieces = said[:foot], pieces[:foot]
    if any(_ANNEXED.match(words) or "|" in words for words in said):
        return False
    if all(
        not piece.mark and piece.first and piece.last and _MENU_ITEM.match(folded, piece.start, piece.end)
        for piece in pieces
    ):
        return True
    return sum(map(len, said)) <= _SHORT_NOTE and not any(is_salutation(folded, piece) for piece in pieces)


_SHORT_NOTE = 300
_PAGE_FOOT = re.compile(
    "版权所有|ICP备|公网安备|网站地图|网站标识码|技术支持:|返回(?:顶部|列表|首页)|立即注册|下载APP|扫一扫"
    "|(?i:copyright|powered by)"
)
# 相关阅读: what the page offers below is none of the letter's.
_RELATED = re.compile("[【\\[]?相关(?:阅读|推荐|链接|新闻|文章|稿件|信息)[】\\]]?:?\\s*$")
_LONGEST_MENU = 24
# 站长推荐:, 网站首页 关于我们, Powered by …: behind the sign-off, without any sentence, list, table or annex
_MENU_ITEM = re.compile(r"[^,。;、《\n]{2,60}\Z")
_ANNEXED = re.compile(
    r" *(?:附(?:件|表|录)?|[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)\]、.．]|第[一二三四五六七八九十]+[章条])"
)
