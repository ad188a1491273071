"""Who will do it: the units named as actors, 我局 resolved to the unit that replies."""

from __future__ import annotations

import re
from functools import lru_cache

_KINDS = (
    "局|委员会|委(?!会)|办公室|办(?![理结复好])|厅|中心|人民政府|政府|管委会|办事处|街道|乡镇|大队|支队|总队|公司|集团|医院|学校|部门|"
    "站|所|园区|开发区|联社|协会"
)
# 市住房和城乡建设局 is one unit, 市教育局和市民政局 are two: 和 divides behind the end of a name only.
_ENDS = "局委办厅府道队司院会心团镇"
_HAN = rf"(?:(?<![{_ENDS}])[和与及]|(?![和与及])[\u4e00-\u9fff])"
_PLACE = rf"(?:[省市县区州旗镇乡]|{_HAN}{{2,12}}[市县区镇乡省州旗])"
_UNIT = rf"(?:各(?:有关|相关)?)?{_PLACE}?{_HAN}{{1,14}}?(?:{_KINDS})"
_LIST = rf"{_UNIT}(?:[、和与及]{_UNIT}){{0,5}}"  # bounded: a list without an act must fail soon
_ACTS = (
    r"将|拟|计划|要|应|牵头|负责|会同|会|联合|年内|年底|\d{1,2}月|按|在|于|从|每|继续|统一|统筹|组织|开展|给予|制定|开通|"
    "选派|安排|对"
)
_OWN = re.compile(r"我[局委办厅院会部处队]|我中心|我们|本[局委办中心]{1,2}")
_OWN_INSIDE = re.compile(rf"^(?:{_OWN.pattern})|(?:{_OWN.pattern})$")  # 条件成熟后我厅, 我局已与某公司
_SUBJECT = rf"(?:下一步|今后|年底前|年内|同时|届时|今年年?初?|明年)?(?P<lead>{_LIST})(?={_ACTS})"
_NAMED_FIRST = re.compile(rf"由?{_SUBJECT}")
_NAMED = re.compile(rf"(?:,由?|:由?|;由?|由|商(?![户家业贸场圈标])){_SUBJECT}")
_KIND_ACTS = re.compile(rf"(?:{_KINDS})(?={_ACTS})")
_PARTNER = re.compile(rf"(?:会同|联合|协同|配合|协调|商请|商(?![户家业贸场圈标务])|责成|督促|指导)(?P<lead>{_LIST})")
_DUTY = re.compile(r"(?:责任|牵头|承办|主办|配合|实施)(?:单位|部门)[:是为](?P<lead>[^)。;]{2,80})")
_NOT_UNITS = re.compile(
    r"^另?一方面|(?:加强|强化|深化|密切)[与同]|^(?:建议|请示|示|贵|全|该|此|其|有|专|这|那|新|在|对|将|把|为|从|等)|(?<!小)将(?!乐|军)[^,]*(?:会同|协同|配合|联合)"
    r"|(?:工作|基本|分|大)办$|^(?:各)?(?:场所|处所|住所|厕所)$"
)


def actors_of(unit: str, lead_unit: str | None) -> tuple[str, ...]:
    """The units that act, in the text's order; the replying unit where the sentence has no subject.

    >>> actors_of("市城管局将会同市公安局整治占道。", "市住建局")
    ('市城管局', '市公安局')
    >>> actors_of("年内更换航标。", "县航务中心")
    ('县航务中心',)
    """
    own = _OWN.search(unit)
    named = [(match.start("lead"), match["lead"]) for match in (*_subjects(unit), *_DUTY.finditer(unit))]
    named = [(start, names) for start, names in named if not _PARTNERS_AHEAD.match(names)]
    named += [(0, cell.strip()) for cell in unit.split("|")[1:] if _CELL.fullmatch(cell.strip())]
    leads = [(start, name) for start, names in named for name in _divided(names)]
    if own:
        leads.append((own.start(), lead_unit or own[0]))
    partners = [name for match in _PARTNER.finditer(unit) for name in _divided(match["lead"])]
    if not leads and lead_unit:
        leads.append((0, lead_unit))
    return tuple(dict.fromkeys([*(name for _, name in sorted(leads, key=lambda lead: lead[0])), *partners]))


def _subjects(unit: str) -> list[re.Match[str]]:
    """Where the unit, or a clause of it, begins with names and what they do: 市教育局将…, 由县水利局牵头."""
    if not _KIND_ACTS.search(unit):  # a name and its act are rare, and looking for names is slow
        return []
    first = _NAMED_FIRST.match(unit)
    others = _NAMED.finditer(unit, first.end() if first else 0)
    return [first, *others] if first else list(others)


def _divided(names: str) -> list[str]:
    """The single units of a list of names; words that only look like one are left out."""
    parts = [_AHEAD_OF_NAME.sub("", part.strip()) for part in _BETWEEN.split(names)]
    return [part for part in parts if part and not _NOT_UNITS.search(part) and not _OWN_INSIDE.search(part)]


# 会同市消防救援大队开展检查 names a partner; the one who acts is the office that writes.
_PARTNERS_AHEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:我[局委办厅部院]|我们|本[局委])?(?:将|拟|要|会(?!同))?(?:积极|主动|及时|继续|进一步)*(?:会同|联合|协同|配合|协调|商请?|责成|督促|指导)"
)
_AHEAD_OF_NAME = re.compile(
    r"^(?:[^、]*?[已均]由|由|请|并|将|接下来|下一步|经(?![济信贸发合开]|营)|同时|会同|明确由|委托|指导|督促|责成)+(?=[\u4e00-\u9fff]{2})"
)
_BETWEEN = re.compile(rf"[、,]|(?<=[{_ENDS}])[和与及]")
_CELL = re.compile(rf"{_LIST}|各[\u4e00-\u9fff]{{1,8}}")


@lru_cache(maxsize=64)
def level_of(lead_unit: str | None) -> str:
    """Whose government speaks: "nation", "province" or "local"; other levels' plans are not its own."""
    if not lead_unit:
        return "local"
    if re.search(r"^(?:国家|中国|国务院)|^[\u4e00-\u9fff]{2,8}部$", lead_unit):
        return "nation"
    return "province" if re.search(r"省|自治区.{0,12}厅|厅$", lead_unit) else "local"
