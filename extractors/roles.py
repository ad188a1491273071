"""What each unit is for: title, salutation, heading, item head, lead-in, table, sign-off, contact, or text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.cutting import Piece
from extractors.forms import Form
from extractors.headings import (
    ITEM_STYLES,
    RANK,
    Enumerator,
    is_title,
    is_title_line,
    names_asks,
    read_enumerator,
    union,
    zone_named,
)
from extractors.letter_lines import DATE_LINE, ORGANISATION, is_date_line, is_salutation
from extractors.lexicon.openings import skipping
from extractors.page_feet import menu_start
from models.documents import UnitRole


class Sketch(NamedTuple):
    """A piece with its role, its list number, and its words without number and closing mark."""

    piece: Piece
    role: UnitRole
    enumerator: Enumerator | None
    body: str


# A member looked up in its class costs ten times a module's name, and each unit asks for several.
_TITLE, _SALUTATION, _TEXT, _HEADING = UnitRole.TITLE, UnitRole.SALUTATION, UnitRole.TEXT, UnitRole.HEADING
_ITEM_HEAD, _LEAD_IN, _SIGN_OFF, _CONTACT = UnitRole.ITEM_HEAD, UnitRole.LEAD_IN, UnitRole.SIGN_OFF, UnitRole.CONTACT
_TABLE_HEAD, _TABLE_ROW = UnitRole.TABLE_HEAD, UnitRole.TABLE_ROW
_HEADS = frozenset({_HEADING, _ITEM_HEAD})

_SIGNED = re.compile(
    r"[^,。;:!?\s]{2,30}(?:局|委|委员会|政府|办公室|厅|部|院|中心|办|处|公司|集团|学校|大学|联合会|支队|大队|所|站|社|会)"
    r"(?: *[(][^)]{0,12}章[)])? *(?:(?:19|20)\d\d *[年.\-/]|二[〇○零OＯ0◯])[\d〇○零一二三四五六七八九十年月日号 ./-]"
    r"{3,10}(?:[ |]*$|[ (【\[]*(?:联系|承办|经办|电话|抄送))"
)
_SENTENCE, _CLOSERS = "。!?;", "”’」』)】》]"
_BLANKS = re.compile(r"\s+")
_TITLE_LIKE = re.compile(
    r"(?:答复|复函|回复|函|建议|提案|意见|通知|方案|计划|办法|规定|细则|规划|报告|公告|决定|纲要|清单|要点|条例)(?:[(].*[)])?$"
)


@lru_cache(maxsize=1)
def framing() -> dict[str, re.Pattern[str]]:
    """The sentences that frame a letter, by meaning: reply, forward, list, thanks, contact and others."""
    meanings = ("reply", "forward", "forward_list", "done", "list", "thanks", "courtesy", "close", "contact", "foot")
    return {meaning: union("lead_ins", meaning) for meaning in meanings}


def looks_forward(body: str) -> bool:
    """Whether a sentence turns to what will be done: 下一步, …; 将着重做好以下几方面工作."""
    frames = framing()
    listed = frames["forward_list"].search(body)
    return bool(frames["forward"].match(body) or (listed and not _EXPLORED.search(body, listed.start())))


_EXPLORED = re.compile("(?:进行|开展|做|完成|取得|作出)了")  # 重点围绕四方面进行了探索


def is_thankful(body: str) -> bool:
    """Whether a sentence thanks, or wishes for more advice."""
    return bool(_WISH.search(body) and framing()["thanks"].search(body))


# Each wording of thanks holds one of these; few other sentences do.
_WISH = re.compile("谢|致敬|致以|欢迎|希望|盼望|期待|恳请|敬请|恭请|祝")


def is_polite(folded: str) -> bool:
    """Whether a unit holds any word of thanks, wish or courtesy; most don't, and need no closer look."""
    return bool(_polite().search(folded))


@lru_cache(maxsize=1)
def _polite() -> re.Pattern[str]:
    return re.compile(skipping("感谢|致谢|欢迎|希望|盼望|期待|恳请|敬请|恭请|祝|" + framing()["courtesy"].pattern))


def sketch(folded: str, pieces: list[Piece], form: Form | None = None) -> list[Sketch]:
    """The role of every piece, in order.

    The front matter ends with the salutation, or where the first sentence or numbered part begins; the back matter is
    what stands behind the last sentence: sign-off, date, contacts. The proposer's text in a form is text throughout.
    """
    if form:
        return _sketch_form(folded, pieces, form)
    front = _front_length(folded, pieces)
    back = _back_start(folded, pieces, front)
    sketches: list[Sketch] = []
    for index, piece in enumerate(pieces):
        enumerator, body = _parted(folded, piece)
        if index < front:
            role = _SALUTATION if index == front - 1 and is_salutation(folded, piece) else _TITLE
        elif index >= back:
            role = _back_role(body)
        else:
            role = _body_role(folded, pieces, index, enumerator, body)
        sketches.append(Sketch(piece, role, enumerator, body))
    return _without_leaf_heads(sketches)


def _parted(folded: str, piece: Piece) -> tuple[Enumerator | None, str]:
    """A piece's list number, and its words without number and closing mark."""
    enumerator = read_enumerator(folded, piece.start, piece.end)
    return enumerator, folded[enumerator.end if enumerator else piece.start : _end_of_words(folded, piece)]


def _sketch_form(folded: str, pieces: list[Piece], form: Form) -> list[Sketch]:
    """The fields above the proposer's text, that text, and the letter below it."""
    fields = [Sketch(piece, _TITLE, *_parted(folded, piece)) for piece in pieces if piece.start < form.asked]
    asked = [Sketch(piece, _TEXT, *_parted(folded, piece)) for piece in pieces if form.holds(piece.start)]
    return fields + asked + sketch(folded, pieces[len(fields) + len(asked) :])


def _end_of_words(folded: str, piece: Piece) -> int:
    """Where the closing mark, and what quotation marks follow it, begin."""
    if not piece.mark:
        return piece.end
    text = folded[piece.start : piece.end]
    return piece.start + len(text.rstrip(_SENTENCE if text[-1] == piece.mark else _SENTENCE + _CLOSERS))


def _front_length(folded: str, pieces: list[Piece]) -> int:
    """How many pieces stand before the body: up to the salutation, else up to the first sentence or numbered part."""
    for index, piece in enumerate(pieces[:40]):
        if is_salutation(folded, piece):
            return index + 1
        if index > 4 and piece.mark and not piece.last:
            break
    for index, piece in enumerate(pieces[:40]):
        text = folded[piece.start : piece.end]
        if piece.mark or text.endswith(":") or len(text) > 90 or "|" in text:
            return index
        enumerator = read_enumerator(folded, piece.start, piece.end)
        if enumerator and enumerator.style not in ("bullet", "digit_paren"):
            return index
    return min(len(pieces), 1)


def _back_start(folded: str, pieces: list[Piece], front: int) -> int:
    """The index of the first piece of the back matter, or the number of pieces."""
    start = menu_start(folded, pieces, front)
    while start > front and _is_back(folded, pieces[start - 1]):
        start -= 1
    while start < len(pieces) and start > front and not pieces[start].first and not _signs(folded, pieces[start]):
        start += 1
    return start


def _signs(folded: str, piece: Piece) -> bool:
    """Whether a sign-off stands behind the last sentence on its line: …特此函复。某县水利局2022年6月1日(联系人:…)."""
    whole = piece.last if not piece.mark else piece.mark == ";"  # (联系人:某某;电话:…)
    return whole and bool(_SIGNED.match(folded, piece.start, piece.end))


def _is_back(folded: str, piece: Piece) -> bool:
    if piece.end - piece.start > 120:
        return False
    text = _BLANKS.sub("", folded[piece.start : piece.end]).strip("|")  # a page's table with one cell
    if not text:
        return True
    if "|" in text:
        return False
    frames = framing()
    if frames["foot"].search(text):
        return True
    if frames["close"].search(text) or frames["contact"].search(text) or DATE_LINE.match(text):
        return True
    if _signs(folded, piece):
        return True
    if piece.mark or not (piece.first and piece.last) or read_enumerator(text, 0, len(text)):
        return False
    return bool(ORGANISATION.match(folded[piece.start : piece.end]))


def _back_role(body: str) -> UnitRole:
    squeezed = _BLANKS.sub("", body).strip("|")
    if framing()["contact"].search(squeezed) or framing()["foot"].search(squeezed):
        return _CONTACT
    return _SIGN_OFF


def _body_role(folded: str, pieces: list[Piece], index: int, enumerator: Enumerator | None, body: str) -> UnitRole:
    piece = pieces[index]
    whole_line = piece.first and piece.last
    if whole_line and "|" in body:
        return _table_role(folded, pieces, index, body)
    if whole_line and not piece.mark and len(body) <= 90 and (role := _inner_letter_role(folded, pieces, index)):
        return role
    if whole_line and not piece.mark and len(body) <= 60 and ":" in body and _back_role(body) is _CONTACT:
        return _CONTACT
    if not piece.mark and body.endswith(":") and (role := _colon_role(piece, enumerator, body)):
        return role
    if piece.mark not in ("", "。") or len(body) > 60 or body.endswith((",", "、")):
        return _TEXT
    if enumerator:
        return _numbered_role(piece, enumerator, body, whole_line)
    if piece.mark and _is_lead_in_sentence(body):
        return _LEAD_IN
    if piece.first and not piece.last and _ASKS_HOW.match(body.rstrip("。?")):
        return _ITEM_HEAD
    if whole_line and not piece.mark and _is_plain_heading(folded, pieces, index, body):
        return _HEADING
    return _TEXT


# 补贴怎么提。从2024年1月起…: a question that the paragraph answers; 关于补贴标准。 likewise.
_ASKS_HOW = re.compile(
    "^(?:关于)?[\u4e00-\u9fff]{2,8}(?:怎么|如何|怎样|咋)[\u4e00-\u9fff]{1,4}$|^关于[\u4e00-\u9fff、“”]{2,16}$"
)


def _inner_letter_role(folded: str, pieces: list[Piece], index: int) -> UnitRole | None:
    """The sign-off of a covering notice in the middle of a document, and the title of what it puts into force."""
    piece = pieces[index]
    text = folded[piece.start : piece.end]
    if is_date_line(folded, piece):
        return _SIGN_OFF
    if index + 1 < len(pieces) and is_date_line(folded, pieces[index + 1]) and ORGANISATION.match(text):
        return _SIGN_OFF
    before = pieces[index - 1]
    return _TITLE if is_date_line(folded, before) and _TITLE_LIKE.search(text) else None


def _table_role(folded: str, pieces: list[Piece], index: int, body: str) -> UnitRole:
    """The first row of a table is its head, unless it holds numbers of its own."""
    before = pieces[index - 1] if index else None
    if before and "|" in folded[before.start : before.end]:
        return _TABLE_ROW
    return _TABLE_ROW if re.search(r"(?:^|\|)\s*\d", body) else _TABLE_HEAD


def _colon_role(piece: Piece, enumerator: Enumerator | None, body: str) -> UnitRole | None:
    """下一步工作打算： alone on its line is a heading; other lines that end with a colon are lead-ins."""
    title = body[:-1]
    if enumerator and is_title(title):
        return _ITEM_HEAD if enumerator.style in ITEM_STYLES else _HEADING
    if piece.first and len(title) <= 16 and "," not in title and (zone_named(title) is not None or names_asks(title)):
        return _HEADING
    return _LEAD_IN


def _is_lead_in_sentence(body: str) -> bool:
    """重点抓好以下三项工作。 opens a list although no colon follows; 现答复如下。 too."""
    frames = framing()
    return len(body) <= 60 and bool(frames["reply"].search(body) or _LISTING.search(body))


_THESE = "[^,]{0,8}(?:工作|方面|措施|举措|几点|事项|意见|安排|任务|问题|几项)$"
_SEVERAL = "[^,]{0,6}(?:[几三四五六两二]个?(?:方面|项|点|件)|几方面)(?:工作|着手|入手|发力|努力|着力|推进)?$"
_LISTING = re.compile(
    f"如下$|以下{_THESE}|下列{_THESE}|做好{_SEVERAL}|抓好{_SEVERAL}|从{_SEVERAL}|从(?:以下|如下|下列)[^,]{{0,6}}方面[^,]{{0,24}}$"
    "|^(?:先|再|接着|最后|首先)(?:来)?(?:说|讲|谈)(?:说|讲|谈|一?下)?[^,]{2,14}的(?:事情?|情况)?$"  # 先说能办的。
)


_ITEMS = ITEM_STYLES | {"bullet"}


def _numbered_role(piece: Piece, enumerator: Enumerator, body: str, whole_line: bool) -> UnitRole:
    if enumerator.style == "article":
        return _TEXT
    if whole_line and not piece.mark and enumerator.style not in _ITEMS and is_title_line(body):
        return _HEADING
    if not is_title(body):
        return _TEXT
    return _ITEM_HEAD if enumerator.style in ITEM_STYLES else _HEADING


def _is_plain_heading(folded: str, pieces: list[Piece], index: int, body: str) -> bool:
    """A short line without number and mark between finished paragraphs: 【下一步打算】, 主要做法."""
    bare = body.strip("【】[]〖〗() ")
    if len(bare) > 30 or bare.count(",") > 1 or index + 1 >= len(pieces):
        return False
    before = pieces[index - 1] if index else None
    unfinished = before is not None and not before.mark and before.end - before.start > 30
    if unfinished or DATE_LINE.match(bare):
        return False
    return zone_named(bare) is not None or is_title(bare) or bool(_TITLE_LIKE.search(bare))


def _without_leaf_heads(sketches: list[Sketch]) -> list[Sketch]:
    """一是加强宣传。二是加强巡查。 are contents, not titles: nothing stands under them before the next of their kind.

    The last of such a run goes with its neighbours. Heads that name a zone or an ask stay what they are.
    """
    roles = [item.role for item in sketches]
    last_leaf = -2
    for index, item in enumerate(sketches):
        if item.role not in _HEADS or item.enumerator is None:
            if last_leaf == index - 1 and item.role is _TEXT:
                last_leaf = -2
            continue
        if _names_part(item):
            continue
        after = sketches[index + 1] if index + 1 < len(sketches) else None
        if _is_leaf(item, sketches[index - 1] if index else None, after, last_leaf == index - 1):
            roles[index] = _TEXT
            last_leaf = index
    return [item if item.role is role else item._replace(role=role) for item, role in zip(sketches, roles, strict=True)]


def _names_part(item: Sketch) -> bool:
    """Whether a head certainly titles what follows: it names a zone, ends with a colon, or counts chapters."""
    inline = item.enumerator is not None and item.enumerator.style in ITEM_STYLES and "," in item.body
    named = (not inline and zone_named(item.body.rstrip(":")) is not None) or item.body.endswith(":")
    return named or (item.enumerator is not None and item.enumerator.style == "chapter")


def _is_leaf(item: Sketch, before: Sketch | None, after: Sketch | None, behind_leaf: bool) -> bool:
    """Whether nothing stands under a numbered head: its sibling, a higher heading or the end comes next."""
    if after is None or after.role in _ENDS or (after.enumerator is None and is_thankful(after.body)):
        return True
    style = item.enumerator.style if item.enumerator else ""
    if after.enumerator is not None and (after.enumerator.style == style or _is_above(after, style)):
        return True
    if before is not None and before.piece.mark == ";" and _in_list(item, before, style):
        return True
    alone = after.piece.first and after.enumerator is None
    return (behind_leaf or _in_list(item, before, style)) and (alone or item.piece.last)


def _is_above(after: Sketch, style: str) -> bool:
    """Whether a heading of a higher rank comes next: （三） behind ②."""
    if after.enumerator is None or RANK[after.enumerator.style] >= RANK[style]:
        return False
    return after.role is _HEADING or not after.piece.first  # 二、关于设立专项基金的建议 受财力限制,…: on one line


def _in_list(item: Sketch, before: Sketch | None, style: str) -> bool:
    """The last of 九是建立…；十是完善…。 is an item as those before it are."""
    if before is None or before.role is not _TEXT or before.enumerator is None or before.enumerator.style != style:
        return False
    if style in ITEM_STYLES or before.piece.mark == ";":
        return True
    return item.piece.mark == "。" and item.piece.first and before.piece.first and before.piece.last


_ENDS = frozenset({_SIGN_OFF, _CONTACT})
