"""Who will do it: the units named as actors, 我局 resolved to the unit that replies."""

from __future__ import annotations

import re
from functools import lru_cache

_KINDS = (
    "局|委员会|委|办公室|办|厅|中心|人民政府|政府|管委会|办事处|街道|乡镇|大队|支队|总队|公司|集团|医院|学校|部门|"
    "站|所|园区|开发区|联社|协会"
)
_HAN = r"(?:(?![和与及])[\u4e00-\u9fff])"
_PLACE = rf"(?:[省市县区州旗镇乡]|{_HAN}{{2,12}}[市县区镇乡省州旗])"
_UNIT = rf"(?:各(?:有关|相关)?)?{_PLACE}?{_HAN}{{1,14}}?(?:{_KINDS})"
_LIST = rf"{_UNIT}(?:[、和与及]{_UNIT}){{0,5}}"  # bounded: a list without an act must fail soon
_ACTS = (
    r"将|拟|计划|要|应|牵头|负责|会同|会|联合|年内|年底|\d+月|按|在|于|从|每|继续|统一|统筹|组织|开展|给予|制定|开通|"
    "选派|安排|对"
)
_OWN = re.compile(r"我[局委办厅院会部处队]|我中心|我们|本[局委办中心]{1,2}")
_NAMED = re.compile(rf"(?:^|[,:;]|由|商)(?:下一步|今后|年底前|年内|同时|届时|今年|明年)?(?P<lead>{_LIST})(?={_ACTS})")
_PARTNER = re.compile(rf"(?:会同|联合|协同|配合|协调|商请?|责成|督促|指导)(?P<lead>{_LIST})")
_DUTY = re.compile(r"(?:责任|牵头|承办|主办|配合|实施)(?:单位|部门)[:是为](?P<lead>[^)。;]{2,80})")
_NOT_UNITS = re.compile(
    r"^(?:全|该|此|其|有|专|这|那|新|在|对|将|把|为|从|等)|(?:工作|基本|分|大)办$|^(?:各)?(?:场所|处所|住所|厕所)$"
)


def actors_of(unit: str, lead_unit: str | None) -> tuple[str, ...]:
    """The units that act, in the text's order; the replying unit where the sentence has no subject.

    >>> actors_of("市城管局将会同市公安局整治占道。", "市住建局")
    ('市城管局', '市公安局')
    >>> actors_of("年内更换航标。", "县航务中心")
    ('县航务中心',)
    """
    found: dict[str, None] = {}
    own = _OWN.search(unit)
    named = [(match.start("lead"), match["lead"]) for match in _NAMED.finditer(unit)]
    if own:
        named.append((own.start(), lead_unit or own[0]))
    named += [(match.start("lead"), match["lead"]) for match in _DUTY.finditer(unit)]
    partners = [(match.start("lead"), match["lead"]) for match in _PARTNER.finditer(unit)]
    if not named and lead_unit:
        found[lead_unit] = None
    for _, names in sorted(named) + sorted(partners):
        for name in re.split("[、和与及,]", names):
            cleaned = name.strip()
            if cleaned and not _NOT_UNITS.search(cleaned) and not _OWN.fullmatch(cleaned):
                found[cleaned] = None
    return tuple(found)


@lru_cache(maxsize=64)
def level_of(lead_unit: str | None) -> str:
    """Whose government speaks: "nation", "province" or "local"; other levels' plans are not its own."""
    if not lead_unit:
        return "local"
    if re.search(r"^(?:国家|中国|国务院)|^[\u4e00-\u9fff]{2,8}部$", lead_unit):
        return "nation"
    return "province" if re.search(r"省|自治区.{0,12}厅|厅$", lead_unit) else "local"
