"""Who bears which share of a sum: 费用由县财政补三成、镇村补两成 are two shares of one sum, each with its own payer."""

from __future__ import annotations

import re

from extractors.figures.cells import Cell
from extractors.figures.named import Named

_WHO = (
    r"(?:中央|省|市|区|县|镇|乡|村|本)?(?:本?级)?(?:财政|里|级)|[省市区县镇乡村]{1,2}(?:两级)?|(?:参保|受益|用水)?(?:企业|业主|农户|农民|个人|住户|居民|群众|村集体|集体|养殖户"
    r"|种植户|用户|单位|学校|医院|家庭|家长|社会|合作社|业户|商户|平台)|自筹|医保基金"
)
_BEARS = r"(?:各?(?:承担|负担|分担|配套|自筹|自付|自缴|奖补|补助|补贴|出资|补|出|拿|贴|担|掏))?"
_PAYS = re.compile(rf"(?:其余|剩余)?(?:由|按)?(?P<payer>(?:{_WHO}){_BEARS})(?:各|约|近)*")
_SUM = re.compile(r"^(?P<sum>[一-鿿“”]{2,14}?)(?:由|按照?|为|是)(?=[一-鿿])")
_SUM_BEFORE = re.compile(rf"^(?P<sum>[一-鿿“”]{{2,14}}?)(?=(?:{_WHO}){_BEARS}$)")


def paid_by(cell: Cell, last: Named) -> str:
    """The name of a share that another payer bears than the one in front; "" where none does."""
    own, before = _PAYS.fullmatch(cell.lead.strip("、,和及 ")), last.name.full.removesuffix("比例")
    if own is None or not (cell.joined or cell.opening.strip() == cell.lead.strip()):
        return ""
    paid = _SUM.match(before) or _SUM_BEFORE.match(before)
    front = before[paid.end() :] if paid else before
    if not _PAYS.fullmatch(front) and last.rule != "ellipsis":
        return ""
    return (paid["sum"] if paid else "") + own["payer"] + "比例"
