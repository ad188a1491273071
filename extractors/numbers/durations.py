"""Which durations are measures: 有效期五年 and 10个工作日内 are, 三年内 (a deadline) and 近三年 (a past) are not."""

from __future__ import annotations

import re

from extractors.lexicon.openings import skipping

_WINDOW = 14
# A term that a rule sets, a span that something took, or a change of such a span.
_SET = re.compile(
    skipping(
        r"(?:期限?|任期|时限|时间|年限|时长|[工车房楼教党树船机]龄|寿命|保修|质保|周期|免租|免费|[全减]免|连续(?:[安实举开推补奖资扶支执][一-鿿])?|累计|(?<!意)满|不足|不满|未满|贴息|超过?|逾|[少低短大多长高]于|至少|至多|最[长短多少]|长达|历时|耗时|用时|费时"
        r"|延长|缩短|压缩|提前|推迟|推后|延后|滞后|提速|晚|早|延期|为期|(?<=可)(?:支付|维持|支撑|使用)|够用|已有|已经?|工作|居住|从业|执业|服务|缴费|参保|存续|任职|脱产|跟班|挂职|驻村|见习|缓缴|缓收|暂扣|扣留|公示|评审|保存|存放|补[贴助](?=[约共满]?$)|(?:免[除收缴交征]|减免)[^,;。、]{0,8}|停(?:[业产水电学职供办工]|培训)+|禁(?:渔|牧|养|入)|最[多长][^,;。]{0,4}|(?:暂停|暂扣|扣留|取消|停止|禁止)[^,;。]{2,8}|判处|处以?|拖了?|等了?|间隔|排队|等候|等待|候诊)"
        r"(?:[了约近到至为是达于已仅在共又]|一般|大约|[要需长]|需要|原则上|不[超少低短得][过于]?|缩短|压缩|延长|控制)*$"
    )
)
_CHANGED = re.compile(
    r"(?:缩短|压缩|延长|减少|增[加发]|调整|提高|提速|压减|精简|降低?|放宽|扩展|上调|下调|压|压降|缩)(?:到|至|为|了)(?:平均)?$"
    r"|(?:稳定|保持|控制|维持|压缩|压减|限定)在$|(?<!前)(?:暂定|锻炼每[批期轮次]|每[批期轮]锻炼)(?:为|不少于)?$|每[天日](?:坚持|保证|保障|开展|安排)$"
)
_FROM = re.compile(r"[由从]$")
_BREAKS = re.compile(r"[,。;:!?、()\n]")
_TO = re.compile(r"[^,。;]{0,3}(?:缩短|压缩|延长|减少|增加|调整|提高|压减|降|变|改)")
_BEHIND = re.compile(
    r"\s?(?:\(含[^)]{0,6}\))?(?:及|或|和|含)?(?:以上|以下|(?:之|以)?内(?:不得|不再|不予|不受理|禁止|不能|不可|取消|停止|暂停|再[犯次]|重复|缴清|付清|缴足)|的?(?:过渡|缓冲|宽限|免租|保护|观察|整改|管护|质保|养护)期|(?:多|余)?(?:没有|没|未曾?|不曾)(?:变|调|更|动|增|提|涨|修|拨)"
    r"|的?(?:计算|计发|折算|补缴|缴费)|(?:[一-鿿]{0,2}申报|评优|评先|投标|参[评赛])[^,。;、]{0,4}资格|[^,。;、的]{0,4}(?:租金|房租|工资|保险费|社保费|水电费)|的[^,。;、的]{0,6}(?:低保|工资|房?租金?|补[助贴]|津贴|生活费|救助)(?:标准|金)?)"
)
# 竣工后三个月内, 自收到之日起30日内, 在变更三个月内: counted from an event, not from the letter.
_EVENT = re.compile(
    skipping(
        r"(?:后|起|之日|届满|期满|无异议的?|变更|次月|受理|收到|发生|毕业)(?:的|,)?$|"
        r"[不未没逾超违][^,;。]{1,8}的$|(?<![关对由鉴至])[在于][^,;。在于]{2,14}[后起]?$"
    )
)
# 自2025年起两年内: a deadline, as is 从5月起三个月内.
_FROM_DAY = re.compile(r"(?:年|月|(?<!之)日|号|即日)起的?$")
# 提出申请前12个月内, 退休前三年: counted back from an event.
_BACK_FROM = re.compile(
    r"(?:申请|申报|报名|受理|发生|退休|离职|死亡|失业|施工|开工|认定|评[审定选]|审核|登记|注册|上市|毕业|分娩)[之日以]*前$"
)
_FREE_FOR = re.compile(r"(?:内)?(?:全额)?免(?:收|租|费|缴|征|交)|内?减半")  # 前3年免收
_EVERY = re.compile(r"每(?:隔|满)?$")
_TERM = re.compile(r"内的")
_WITHIN = re.compile(r"\s?(?:之|以)?内(?![部容外设涵])")
_ROUND = re.compile(skipping(r"(?:最近|近|过去|(?<!提)前|[上下]|未来|今后|这|那|头|整|当|隔)$"))
_LISTED = re.compile(r"(?:\d+|[一二两三四五六七八九十]+)(年|个月|天|日)[、和或]")
_TOOK_IN_NAME = re.compile(r"[^,。;:、\d()]{0,4}(?:圈|攻坚|会战|行动|冲刺|计划)")


def is_measure(folded: str, start: int, end: int, kind: str, unit: str) -> bool:
    """True where a number of days, months or years is itself what is said.

    >>> text = "有效期五年,三年内建成"
    >>> is_measure(text, 3, 5, "span", "年"), is_measure(text, 6, 8, "span", "年")
    (True, False)
    """
    clause = _clause_before(folded, _start_of_list(folded, start, unit))
    if _TOOK_IN_NAME.match(folded, end):
        return False
    if kind == "duration":
        return not _ROUND.search(clause) or unit.removeprefix("个") in ("课时", "学时", "小时", "分钟", "秒")
    if _BACK_FROM.search(clause) or _FREE_FOR.match(folded, end):
        return True
    if _ROUND.search(clause):
        return False
    if is_set(folded, start, end, unit):
        return True
    return unit == "日" and bool(_WITHIN.match(folded, end) or _days_before(folded, start, end))


def is_set(folded: str, start: int, end: int, unit: str) -> bool:
    """True where the words around say that a rule sets the span, or that it was measured: 满一年, 接单后一小时."""
    clause = _clause_before(folded, _start_of_list(folded, start, unit))
    if _SET.search(clause) or _CHANGED.search(clause) or _BEHIND.match(folded, end):
        return True
    if (_FROM.search(clause) and _TO.match(folded, end)) or _TERM.match(folded, end):
        return True
    if _EVERY.search(clause) and folded[start].isdigit():  # 每5年体检一次; 每两年 stays a word
        return True
    if _FROM_DAY.search(clause):
        return False
    short, within = unit in ("小时", "天", "分钟", "个工作日"), bool(_WITHIN.match(folded, end))
    return (short and within) or ((short or within) and bool(_EVENT.search(clause)))


def _start_of_list(folded: str, start: int, unit: str) -> int:
    """满2年、5年: the second span stands under the words before the first."""
    while found := _LISTED.search(folded, max(0, start - 8), start):
        if found[1] != unit or found.end() != start:
            break
        start = found.start()
    return start


def _days_before(folded: str, start: int, end: int) -> bool:
    """开工3日前 counts days; 每月25日前 and 于5日前 name one."""
    number = folded[start : end - 1]
    few = not number.isdigit() or int(number) <= 10 or int(number) >= 30
    before = folded[start - 1 : start]
    named = before in "月每于在请至到前、" or not "一" <= before <= "龥"
    return few and not named and folded.startswith(("前", "之前", "以前"), end)


def _clause_before(folded: str, start: int) -> str:
    window = folded[max(0, start - _WINDOW) : start]
    return _BREAKS.split(window)[-1]
