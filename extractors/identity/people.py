"""Who proposed: names of deputies, members, and groups."""

from __future__ import annotations

import re

from extractors.identity.layout import Letter, Line, addressee
from models.documents import Kind

_NAME = re.compile(
    r"^(?:[\u4e00-\u9fa5]{2,4}|[\u4e00-\u9fa5]{1,8}(?:[·•‧．.][\u4e00-\u9fa5]{1,8})+|[\u4e00-\u9fa5]{5,6})$"
)
_GROUP = re.compile(
    "小组|代表团|委员会|市委|省委|区委|县委|支部|总支|界|联合会|工商联|民革|民盟|民建|民进|农工|致公|九三|台盟|联络|妇联|工会|侨联|共青团|团委|协会|党派|专委会|提案委|文史委|联$"
)
_MASKED = re.compile("某|[*×xX○]")
_NOT_NAMES = re.compile("各位|尊敬|全体|有关|相关|人大|政协|市民|网友|代表|委员|姓名")
_TAIL = re.compile(r"(?:等)?(?:[\d一二三四五六七八九十]+)?(?:名|位|人)?(?:同志|先生|女士)?$")
_SPLIT = re.compile(r"[、,;/|和及与\s]+")
_SPACED = re.compile(r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]) +([\u4e00-\u9fa5]{1,2})(?![\u4e00-\u9fa5])")
_FIRST = "领 *衔 *代 *表|领 *衔 *人|领 *衔|第一提案人|第一提案者|提 *案 *人|提 *案 *者|提案委员|建 *议 *人|提 *出 *人|提 *议 *人|代 *表 *姓 *名|委 *员 *姓 *名|建议代表|提案单位|集体提案单位|提案党派"
_MORE = "附 *议 *代 *表|附 *议 *委 *员|附 *议 *人|附 *议|联 *名 *代 *表|联 *名 *委 *员|联 *名 *人|联 *名|联合提案人|共同提案人|联合提案单位"
_STOPS = "代表团|所在代表团|单位|职务|工作单位|联系电话|联系方式|电话|手机|通讯地址|邮编|地址|承办|主办|界别|党派|日期|时间|提交|编号|标题|案由|届次|类别|姓名|建议标题"
_LABEL = re.compile(rf"(?P<who>{_FIRST}|{_MORE})|(?P<stop>{_STOPS})")
_IN_OPENING = re.compile(
    r"(?:^|[。,:来交]的?|贵[局委办厅].{0,8}的|关于|对)(?:现)?(?:就|将|由)?(?P<names>[\u4e00-\u9fa5·]{2,4}(?:、[\u4e00-\u9fa5·]{2,4}){0,9})(?:等(?:[\d一二三四五六七八九十]+[名位])?)?(?:人大|政协)?(?:代表|委员)(?:在.{0,24})?(?:提出|联名|《|的《|“)"
)
_SIGNED = re.compile(
    r"^(?:市|县|区|省|全国)?(?:人大代表|政协委员|代表|委员|提案人|建议人|领衔代表)[:](?P<names>.{2,60})$"
)


def proposers_of(letter: Letter, kind: Kind, co_reply: bool) -> tuple[str, ...]:
    """The proposers, first signer first; placeholders (某某) stand for nobody.

    Replies name them in the salutation (张三、李四等5名代表：, 某镇委员小组：); opinions for a lead bureau in the opening;
    suggestions in labelled lines (领衔代表, 附议人).
    """
    if kind in (Kind.SUGGESTION, Kind.PROPOSAL):
        return _labelled(letter)
    if kind is not Kind.REPLY:
        return ()
    if letter.people and letter.salutation and not co_reply:
        return _addressed(letter.salutation)
    hit = _IN_OPENING.search(letter.opening.folded[:200])
    return tuple(split_names(letter.opening.cut(hit, "names"))) if hit else ()


def _addressed(line: Line) -> tuple[str, ...]:
    who = addressee(line)
    if who is None:
        return ()
    if who["group"]:
        return (line.bare.cut(who, "group"),) if not _MASKED.search(who["group"]) else ()
    spaced = re.sub(r"^\s*(?:尊敬的)?", "", line.raw)
    role = re.search(
        r"(?:人大|政协)?\s*(?:代\s*表|委\s*[员員])[^\u4e00-\u9fa5]*(?:同志|先生|女士)?们?\s*[::：,，]?\s*$", spaced
    )
    return tuple(split_names(spaced[: role.start()] if role else line.bare.cut(who, "names")))


def split_names(words: str) -> list[str]:
    """The names in a list; a two-character name set with a space inside is one.

    >>> split_names("张 三、李四、阿卜杜拉·买买提等5名")
    ['张三', '李四', '阿卜杜拉·买买提']
    """
    joined = _SPACED.sub(r"\1\2", words.replace("\u3000", " ").replace("，", ","))
    joined = re.sub(r"\([^()]*\)|（[^（）]*）", "", joined)
    found: list[str] = []
    for piece in _SPLIT.split(joined):
        name = piece.strip(" .:：。") if _GROUP.search(piece) else _TAIL.sub("", piece.strip(" .:：。"))
        if not name or _MASKED.search(name) or (_NOT_NAMES.search(name) and not _GROUP.search(name)):
            continue
        if _NAME.match(name) or _GROUP.search(name):
            found.append(name)
    return list(dict.fromkeys(found))


def _labelled(letter: Letter) -> tuple[str, ...]:
    """The names after 领衔代表, 提案人, 附议人 … in the head, or after 代表： in the foot."""
    found: list[str] = []
    for line in letter.head:
        labels = list(_LABEL.finditer(line.folded))
        for label, following in zip(labels, [*labels[1:], None], strict=False):
            if label["who"]:
                value = line.raw[label.end() : following.start() if following else None]
                found += split_names(value.lstrip(" :：\u3000|"))
    for line in letter.foot[-6:] if not found else ():
        signed = _SIGNED.match(line.bare.folded)
        if signed:
            found += split_names(line.bare.cut(signed, "names"))
    return tuple(dict.fromkeys(found))
