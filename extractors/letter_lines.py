"""What a single line of a letter's frame looks like: one that greets, one that names who signs, one that is a date."""

from __future__ import annotations

import re

from extractors.cutting import Piece

_PEOPLE = (
    "代表|委员|同志|先生|女士|代表团|小组|提案人|领衔人|党派|组长|界别|"
    "民盟|民建|民进|九三学社|农工党|致公党|台盟|民革|工商联"
)
_PERSON = re.compile(_PEOPLE)
_OFFICES = (
    "局|委|办|厅|部|室|馆|队|联|部门|单位|人民政府|政府|办公室|办事处|管委会|委员会|工委|中心|集团|公司|机构|院|会|校"
    "|街道|[乡镇]|联络组|总?支部?"
)
_GREETING = re.compile(
    rf"^(?:尊敬的?)?[^。,;:]{{0,80}}?(?:{_PEOPLE})(?:们|等\d*[名位]?(?:代表|委员)?)?(?:[(][^)]*[)])?:?(?:[您你]们?好)?[:!,]?$"
    r"|^(?:尊敬的?)?(?:全国|[省市县区州旗])?(?:人大代表|政协委员)[一-鿿·]{2,4}(?:、[一-鿿·]{2,4}){0,9}(?:同志)?:$"
    r"|^(?![•●▪◆]?(?:办理|承办|主办|会办|协办|提案|建议|审查|交办|发布|发文|公开|制作|成文)(?:单位|部门|机构):)"
    rf"(?:尊敬的?)?(?:各|市|县|区|省|州|旗|镇|乡)?[^。;:]{{0,120}}?(?:{_OFFICES})(?:[(][^)]*[)])?:$"
)
ORGANISATION = re.compile(
    r"^[^,。;:!?]{2,60}?(?:局|委|委员会|政府|办公室|厅|部|院|中心|办|处|队|公司|集团|学校|大学|街道|小组|协会|联合会|总队|支队|大队|所|站|社|管委会|工委|党组)"
    r"(?:[(][^)]*[)])?(?: +[^ ,。]{2,30}(?:局|委|会|府|室|厅|部|中心|办))*(?: *[\d〇○二年月日曰号./-]{6,})?$"
)
DATE_LINE = re.compile(r"^[(]?[\d〇○零一二三四五六七八九十年月日曰号./-]{6,14}[)]?$")
_BEGINS_DATE = re.compile(r"[(\s\d〇○零一二三四五六七八九十年月日曰号./-]")
_BLANKS = re.compile(r"\s+")


def is_salutation(folded: str, piece: Piece) -> bool:
    """Whether a piece addresses somebody: 罗青代表:, 市水务局:."""
    if not piece.first or piece.end - piece.start > 160:
        return False
    text = _BLANKS.sub("", folded[piece.start : piece.end])
    addressed = text.endswith(":") or (bool(_PERSON.search(text)) and not _OF_TITLE.search(text))
    return addressed and bool(_GREETING.match(text))


# 关于某市第四届人民代表: the first line of a title that breaks there
_OF_TITLE = re.compile("第?[一二三四五六七八九十]+届|次会议|关于")


def is_date_line(folded: str, piece: Piece) -> bool:
    """Whether a piece is a line that holds a date and nothing else."""
    if not (piece.first and piece.last and _BEGINS_DATE.match(folded, piece.start)):
        return False
    squeezed = _BLANKS.sub("", folded[piece.start : piece.end])
    return len(squeezed) <= 16 and bool(DATE_LINE.match(squeezed))
