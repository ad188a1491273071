"""Papers that a unit promises to issue or revise, and the condition that a promise waits for."""

from __future__ import annotations

import re

from extractors.lexicon.openings import skipping, sought

_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_MAKING = (
    "制定|制订|制作|拟定|拟订|拟制|草拟|起草|编制|编写|编印|编修|出台|印发|下发|发布|颁布|公布|修订|修改|修编|修正|完善|重新制定|"
    "制发|形成|推出|报批|报送|上报|报请|提请|审议|通过|订立|完成|废止|更新|细化|配套"
)
_CITING = (
    "按照?|依照?|依据|根据|遵照|参照|对照|落实|贯彻|执行|结合|围绕|符合|列入|纳入|"
    "宣传|学习|对标|衔接|属于|违反|以|响应|用好"
)
_VERB_BEFORE = re.compile(rf"(?:{_MAKING})(?:并?(?:印发|出台|实施|发布)|好|完成|了)?[^,。;《》:]{{0,12}}$")
_CITED_BEFORE = re.compile(rf"(?:{_CITING})(?:好|执行|落实)?[^,。;《》:]{{0,10}}$")
# 按照市规划局编制的《布局规划》: it is there already.
_MADE_BEFORE = sought(
    rf"(?<!正在)(?<!正)(?<!拟)(?<!即将)(?:{_MAKING})(?:并?(?:印发|出台|实施|发布))?的(?:[^,。;《》:]{{0,4}})$"
)
_JOINED_BEFORE = re.compile(r"》(?:\([^)]*\))?(?:等|及其)?[、和与及以]{1,2}$")
_VERB_AFTER = re.compile(
    rf"^(?:\([^)]*\))?(?![和与及](?:当前|目前|正在|已))(?:的)?(?:等[^,。;]{{0,10}})?(?:\([^)]*\))?[^,。;《》]{{0,12}}(?:{_MAKING}|施行|实施|编制|起草|修订)"
)
# 《…办法》已完成公示，待审议通过后印发施行: said of the title itself, further on.
_MADE_LATER = re.compile(
    r"(?:\([^)]*\))?(?:[初草]稿|(?:征求意见|送审|报批)稿)?[目现]?前?(?:正在|已经?|业已)[^,。;《]{0,16}(?:起草|公示|征求意见|审查|审核|评审|修改|论证|公开|完成|通过)[^,。;《]{0,10},"
    r"[^。;《]{0,30}(?:后|前|内|将|拟|预计|计划|[季月日底])(?:正式|即可|尽快|按程序|提请[^,。;]{2,10}|由[^,。;]{2,14})?(?:印发|出台|发布|施行|实施|颁布|公布)"
)
_AFTER_CITES = re.compile(
    r"^(?:\([^)]*\))?(?:的)?(?:拟定,|规定|明确|要求|提出|指出|精神|有关|相关|等文件|第|中|实施以来|已)"
)
_WAIT = re.compile(
    skipping(
        r"(?:待(?<![接招期看对优款善等虐亏]待)(?!遇|业|定)|俟|一旦|只要)[^,。;:]{2,40}?(?:[之以]?后|时|的基础上|(?=,|再|即))|(?:如果|若(?<![^,。;:但并时是]若)(?!干)|倘若|只有)[^,。;:]{2,40}|在[^,。;:在]{2,30}?(?:前提|条件)下|在[^,。;:在]{1,10}(?:有保障|允许|许可|到位|具备)的?情况下|等(?![单地处家项个\d])[^,。;:]{2,24}(?:了|[之以]后|后)(?=,|再|就)|视[^,。;:]{1,16}(?:情况|状况|进展|效果|结果)(?=,)|在不(?:影响|改变|增加|突破|违反|占用|降低)[^,。;:]{2,20}的?情况下|(?<![例比诸正犹])如(?!期|实|有|遇|下|何|此|常|上|约|意|数|需|今)[^,。;:、]{2,24}(?:通过|获批|批准|同意|成熟|落实|到位|允许|许可|立项|具备)(?=,)"
    )
)
_TRIGGER = re.compile(
    r"(?:批复|批准|到位|具备|成熟|通过|下达|完成|打通|落实|明确|许可|允许|同意|验收|竣工|解决|启动|获批|到[货账])(?:的?(?:情况|条件|前提)下|[之以]?后|时)"
)
_FRAME = re.compile(r"^(?:下一?步|今后|将|也|并|同时|我[局委]|我们|经)+")


# 目前已编制《甲规划》、《乙规划》, 正在编制《丙方案》
_MADE_ALREADY = re.compile(
    rf"(?:已(?:经)?|先后|业已)[^,。;《》]{{0,6}}(?:{_MAKING})(?:好|完成|并?(?:印发|出台|实施|发布))?(?:了)?[^,。;《》]{{0,6}}$"
)
_REPORTED_UP = re.compile("(?:汇报|请示|申请)$")  # sent to those above, not issued


def promised_titles(unit: str) -> tuple[tuple[int, int], ...]:
    """[start, end) of each title (without 《》) that the unit promises to make or revise.

    >>> u = "按照《甲法》修订《乙细则》和《丙目录》,《丁办法》年内印发。"
    >>> [u[a:b] for a, b in promised_titles(u)]
    ['乙细则', '丙目录', '丁办法']
    """
    found: list[tuple[int, int]] = []
    kept_end = -1
    for title in _TITLE.finditer(unit):
        before, after = unit[max(0, title.start() - 40) : title.start()], unit[title.end() : title.end() + 40]
        joined = bool(_JOINED_BEFORE.search(before)) and kept_end >= 0 and title.start() - kept_end <= 8
        made = bool(_VERB_BEFORE.search(before)) and not (_CITED_BEFORE.search(before) or _MADE_BEFORE.search(before))
        later = bool(_VERB_AFTER.match(after)) and not _AFTER_CITES.match(after) and not _CITED_BEFORE.search(before)
        if _REPORTED_UP.search(title[1]) or (made and _MADE_ALREADY.search(before)):
            kept_end = -1  # what is joined to it was made with it
            continue
        if joined or made or later or _MADE_LATER.match(unit, title.end()):
            found.append((title.start(1), title.end(1)))
            kept_end = title.end()
    return tuple(found)


def condition_in(unit: str) -> tuple[int, int] | None:
    """[start, end) of the words that name what a promise waits for, as printed.

    >>> u = "待省级批复下达后,即着手清淤。"
    >>> u[slice(*condition_in(u))]
    '待省级批复下达后'
    """
    if found := _WAIT.search(unit):
        return found.start(), found.end()
    trigger = _TRIGGER.search(unit)
    if not trigger:
        return None
    start = max(unit.rfind(mark, 0, trigger.start()) for mark in ",。;:") + 1
    frame = _FRAME.match(unit, start)
    return (frame.end() if frame else start), trigger.end()
