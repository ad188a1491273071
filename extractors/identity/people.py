"""Who proposed: names of deputies, members, and groups."""

from __future__ import annotations

import re
from itertools import zip_longest

from extractors.identity.layout import Letter, Line, addressee, is_party, spaced
from extractors.identity.offices import is_name
from extractors.lexicon import words_of
from models.documents import Kind

_NAME = re.compile(
    r"^(?:[\u4e00-\u9fa5]{2,4}|[\u4e00-\u9fa5]{1,8}(?:[·•‧．.][\u4e00-\u9fa5]{1,8})+|[\u4e00-\u9fa5]{5,6})$"
)
_GROUP = re.compile(
    "小组|代表团|委员会|市委|省委|区委|县委|支部|总支|界|联合会|工商联|民革|民盟|民建|民进|农工|致公|九三|台盟|联络|妇联|工会|侨联|共青团|团委|协会|党派|专委会|提案委|文史委|联$"
)
_GROUP_END = re.compile("(?:(?<!社)会|[团组界部社盟委联]|民革|民建|民进|致公党|农工党)$")
_MASKED = re.compile("某|[*×xX○]")
_NOT_NAMES = re.compile(
    "^(?:管理员|编辑部?|佚名|本站|系统)$|各位|尊敬|全体|有关|相关|人大|政协|市民|网友|代表|委员|姓名"
)
_TAIL = re.compile(
    r"(?:等(?:[\d一二三四五六七八九十]+)?(?:名|位|人)?|(?:\d+|[两几三四五六七八九十])(?:名|位|人))?(?:同志|先生|女士|(?:人大)?代表|(?:政协)?委员)?$"
)
_SPLIT = re.compile(r"[、､﹑，,;；/|\s]+")
_JOINED = re.compile(r"(?<=[\u4e00-\u9fa5]{2})(?:和|与|及|以及|并)(?=[\u4e00-\u9fa5]{2})")
_SPREAD = re.compile(r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]) +([\u4e00-\u9fa5]) +([\u4e00-\u9fa5])(?![\u4e00-\u9fa5])")
_SPACED = re.compile(r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]) +([\u4e00-\u9fa5]{1,2})(?![\u4e00-\u9fa5])")
_SIGNERS = spaced(*words_of("identity_labels", "first_signer"), *words_of("identity_labels", "further_signer"))
_STOPS = spaced(*words_of("identity_labels", "other_field"))
_ROLES = spaced(*words_of("identity_labels", "role"))
_LABEL = re.compile(rf"(?P<who>{_SIGNERS}|(?:(?<=\s)|^)(?:{_ROLES}) *(?=:))|(?P<stop>{_STOPS})")
# A delegation or post behind a name: 辛某(城关代表团). It is no label.
_ASIDE = re.compile(r"(?<=[\u4e00-\u9fa5])\([^():]*\)")
_ROLE_AT_END = re.compile(
    r"(?:(?:省|市|区|县|旗|州|乡|镇|全国)?(?:人大|政协))?\s*(?:代\s*表|委\s*[员員])[^\u4e00-\u9fa5]*(?:同志|先生|女士)?们?\s*(?:[您你]们?好)?"
    r"(?:[(（][^()（）]*[)）]|等[^,，:：]{0,6}[人名位]|[并及暨、,，和][^:：]{0,6}(?:联名|附议|其他|各)[^:：]{0,6})?\s*[:：,，]?\s*$"
)
# Each name with its role: 张三代表、李四代表.
_OWN_ROLE = re.compile(
    r"(?<=[\u4e00-\u9fa5]{2})(?:(?:[省市区县旗州乡镇]?人大)?代表|(?:[省市区县旗州]?政协)?委员)(?=$|[\s(（])"
)
_IN_OPENING = re.compile(
    r"(?:^|[。,:来交]的?|贵[局委办厅].{0,8}的|关于|对)(?:现)?(?:就|将|由)?(?P<names>[\u4e00-\u9fa5·]{2,4}(?:、[\u4e00-\u9fa5·]{2,4}){0,9})(?:等(?:[\d一二三四五六七八九十]+[名位])?)?(?:人大|政协)?(?:代表|委员)(?:在.{0,24})?(?:所?提出?|联名|《|的《|“)"
)
_WITH_YOU = re.compile(
    r"(?:您|你)(?:和|与|同|及|联合|会同|领衔.{0,4}与?)(?P<names>[\u4e00-\u9fa5·]{2,4}(?:[、和][\u4e00-\u9fa5·]{2,4}){0,9})(?:等.{0,6})?(?:代表|委员)"
)
_BESIDE_ROLE = re.compile(
    r"(?:[\s(:,]|提交|提出|^)(?P<names>[\u4e00-\u9fa5·]{2,4}(?:、[\u4e00-\u9fa5·]{2,4})*) ?(?:代表|委员)\)?\s*$"
)
_BEHIND_ROLE = re.compile(
    r"(?:代表团?|委员|会员|主委|主席|主任|秘书长|作者|撰稿人?)[: ]+"
    r"(?P<names>[\u4e00-\u9fa5·]{2,4}(?:[、 ]+[\u4e00-\u9fa5·]{2,4})*) *\)?\s*$"
)
_NAMES_ALONE = re.compile(
    r"^(?!\s*[一二三四五六七八九十]{1,2}[、 ])"
    r"\s*[\u4e00-\u9fa5·]{1,4}(?:[、 ]+[\u4e00-\u9fa5·]{1,4}){1,9}\s*$|^\s*[\u4e00-\u9fa5]{2,3}\s*$"
)
# 农工党河源市委会 in a line of its own under the title
_GROUP_ALONE = re.compile(
    r"(?:民革|民盟|民建|民进|农工党?|致公党?|九三(?:学社)?|台盟|工商联|[市县区省州旗]工商联)[一-鿿]{0,12}(?:会|委|支社|基层委|工商联|支部|小组)$|[市县区省州旗](?:工商联|妇联|总工会|侨联|科协)$|[一-鿿]{2,8}界(?:别|委员)?$"
)
_OF_GROUP = re.compile("(?:的)?(?:集体|党派|界别|团体)提案$")  # 致公党某市委会集体提案
_NO_NAMES = re.compile(
    "[的答复]|内容|正文|附件|主办|承办|会办|单位|部门|类别|建议|提案|议案|代表|委员|题目|案由|情况|背景|问题|说明|关于|目录|理由|事实"
)
_SIGNED = re.compile(
    r"^\(?(?:市|县|区|省|全国)?(?:人大代表|政协委员|代表|委员|提案人|建议人|领衔代表)[:](?P<names>.{2,60})$"
)


def proposers_of(letter: Letter, kind: Kind, co_reply: bool) -> tuple[str, ...]:
    """The proposers, first signer first; placeholders (某某) stand for nobody.

    Replies name them in the salutation (张三、李四等5名代表：, 某镇委员小组：), opinions for the lead in the opening,
    suggestions in labelled lines (领衔代表, 附议人).
    """
    if kind in (Kind.SUGGESTION, Kind.PROPOSAL):
        return _labelled(letter)
    if kind is not Kind.REPLY:
        return ()
    signers = tuple(dict.fromkeys(_behind_labels(letter.head)))
    if letter.people and letter.salutation and not co_reply:
        named = tuple(dict.fromkeys((*_addressed(letter.salutation), *_with_you(letter))))
        return signers if _is_in(named, signers) else named
    if signers and not co_reply:
        return signers
    hit = _IN_OPENING.search(letter.opening.folded[:200])
    return tuple(split_names(letter.opening.cut(hit, "names"))) if hit else ()


def _is_in(named: tuple[str, ...], signers: tuple[str, ...]) -> bool:
    """Whether those addressed (水代表: by the family name alone) are among the signers that a form's fields name."""
    return bool(signers) and all(any(name in one for one in signers) for name in named)


def _with_you(letter: Letter) -> list[str]:
    """Further signers whom the opening names: 您和李四、王五代表联名提出的…"""
    hit = _WITH_YOU.search(letter.opening.folded[:120])
    return split_names(letter.opening.cut(hit, "names")) if hit else []


def _addressed(line: Line) -> tuple[str, ...]:
    who = addressee(line)
    if who is None:
        return ()
    if who["group"]:
        return _groups(line.bare.cut(who, "group"))
    if who["called"]:  # 市政协委员张三、李四:
        return tuple(split_names(line.bare.cut(who, "called")))
    if who["also"]:  # 张三、李四委员,农工党某市总支部:
        groups = line.bare.cut(who, "also").strip(",，、及和")
        return (*split_names(line.bare.cut(who, "names")), *_groups(groups))
    spaced = re.sub(r"^\s*(?:尊敬的?)?", "", line.raw)
    role = _ROLE_AT_END.search(spaced)
    return tuple(split_names(spaced[: role.start()] if role else line.bare.cut(who, "names")))


def _groups(words: str) -> tuple[str, ...]:
    """A group, or several parties of a list; a sector's own 、 (文化、体育界) parts nothing."""
    if _MASKED.search(words):
        return ()
    pieces = tuple(words.split("、"))
    return pieces if all(map(is_party, pieces)) else (words,)


def split_names(words: str) -> list[str]:
    """The names in a list; a two-character name set with a space inside is one.

    >>> split_names("张 三、李四、阿卜杜拉·买买提等5名")
    ['张三', '李四', '阿卜杜拉·买买提']
    """
    told = re.sub(r"\s*等[\d一二三四五六七八九十]*[名位人]?\s*$", "", words.replace("\u3000", " ").replace("，", ","))
    plain = _SPREAD.sub(r"\1\2\3", told)
    joined = _SPACED.sub(r"\1\2", plain)
    joined = re.sub(r"\([^()]*\)|（[^（）]*）", "", joined)
    found: list[str] = []
    for piece in _SPLIT.split(_JOINED.sub(_apart, joined)):
        if _OFFICE_HELD.match(piece) or _ITS_OFFICE.search(piece):
            continue
        piece = piece if _GROUP.search(_OWN_ROLE.sub("", piece)) else _OWN_ROLE.sub("", piece)
        piece = piece.strip("()（） ")
        name = piece.strip(" .:：。") if _GROUP.search(piece) else _TAIL.sub("", piece.strip(" .:：。"))
        if not name or _MASKED.search(name) or (_NOT_NAMES.search(name) and not _GROUP.search(name)):
            continue
        if _NAME.match(name) or _GROUP.search(name):
            found.append(name)
    return list(dict.fromkeys(found))


_ITS_OFFICE = re.compile("常委会[^、]{0,8}(?:室|工委|办公?室?)$")  # 区人大常委会代表联络室、李四代表: who passed it on
# 城关镇人大代表 张三: what somebody is, in front of the name
_OFFICE_HELD = re.compile(
    r"[\u4e00-\u9fa5]{1,8}(?:[镇乡县市区街道村省州旗]|苏木|嘎查)(?:人大|政协)?(?:代表|委员)$|苏木(?:人大)?代表$"
)


def _apart(joint: re.Match[str]) -> str:
    """A 和 between two names or two groups as 、; the one inside a group's own name (社会和法制委员会) as it stands."""
    piece = joint.string[: joint.start()]
    before = _SPLIT.split(piece)[-1]
    return joint[0] if _GROUP.search(before) and not _GROUP_END.search(before) else "、"


def _labelled(letter: Letter) -> tuple[str, ...]:
    """The names after 领衔代表, 提案人, 附议人 … in the head, or after 代表： in the foot."""
    found = _behind_labels(letter.head)
    for line in letter.head if not found else ():
        beside = _BESIDE_ROLE.search(line.folded) or _BEHIND_ROLE.search(line.folded)
        names = _NAMES_ALONE.match(line.folded)
        if is_party(line.bare.folded) and _GROUP_ALONE.match(_OF_GROUP.sub("", line.bare.folded)):
            found.append(_OF_GROUP.sub("", line.raw.strip()))
        elif names and not _NO_NAMES.search(line.bare.folded) and not is_name(line.bare.folded):
            found += split_names(line.raw)
        elif beside and not re.search("人大|政协|全体|大会|委员会", beside["names"]):
            found += split_names(line.raw[beside.start("names") : beside.end("names")])
    found = found or [name for name in _behind_labels(letter.foot[-6:]) if not name.endswith("代表团")]
    for line in letter.foot[-6:] if not found else ():
        signed = _SIGNED.match(line.bare.folded)
        if signed:
            found += split_names(line.bare.cut(signed, "names"))
    return tuple(dict.fromkeys(found))


_DELEGATION = re.compile(r"[\u4e00-\u9fa5]{1,8}代表团(?=[ \u3000])")  # 领衔人：双河乡代表团　张三


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _behind_labels(lines: tuple[Line, ...]) -> list[str]:
    """The names behind labels; a list that breaks off at a 、 goes on in the line below."""
    found: list[str] = []
    for line, below in zip_longest(lines, lines[1:]):
        plain = _DELEGATION.sub(_blanked, _ASIDE.sub(_blanked, line.folded))
        labels = list(_LABEL.finditer(plain))
        for label, following in zip(labels, [*labels[1:], None], strict=False):
            value = line.raw[label.end() : following.start() if following else None]
            if label["who"]:
                found += split_names(_DELEGATION.sub(" ", value).lstrip(" :：\u3000|"))
            broken = label["who"] and following is None and value.rstrip().endswith(("、", "，"))
            if broken and below and _NAMES_ALONE.match(below.folded):
                found += split_names(below.raw)
    return found
