"""In which tense a unit begins that goes on in the sentence, or in the paper's words, of the units in front of it.

今年目标是:新建学校6所;扩建3所。            扩建3所 is a goal, too
《规划》提出,到2030年建成9处。覆盖率超过80%。   so is what the paper says next
"""

from __future__ import annotations

import re

from extractors.figures.conditions import CONDITIONS_FOLLOW
from extractors.figures.last_days import goal_of_year, opening_of_sentence
from extractors.figures.scene import Scene, in_paper
from extractors.figures.setting import Setting
from extractors.figures.tenses import tense_after
from extractors.figures.time_marks import FUTURE, PAST
from extractors.lexicon import alternation, words_of
from extractors.lexicon.openings import sought
from models.documents import Kind, Unit

_ACTS = re.compile(
    r"\s*(?:同时,|此外,|另外,)?(?:"
    + alternation((*words_of("naming", "heading"), *words_of("naming", "action"), *words_of("naming", "act")))
    + "|坚持|综合治理|治理|整治|大力|积极|加速|有序|持续)"
)
_WANTS = re.compile("将|要|力争|确保|计划|争取|目标")
_FURTHER = re.compile(r"\s*(?:同时|此外|另外|在此基础上)[,要将]")
# (县里将修渠1000公里。)通过该工程,新增灌溉面积8万亩: what works to come will bring
_BY_IT = re.compile(
    r"\s*(?:通过[^,。;]{0,16}(?:工程|项目|建设|改造|实施|行动|整治|治理)|(?:该|这[一些]?)?(?:项目|工程)?[全部]{0,2}(?:建成|完工|投产|投用|实施|改造)(?:投用)?后),"
)
_AHEAD = re.compile(r"\s*(?:20\d\d年|明年|下一?步|今后|接下来)[一-鿿]{0,4}")
_SAYS = sought("提到|根据|按照|提出|指出|明确|要求|(?:目标|任务)[是为]")
# 到2025年,建成示范区。接待游客11亿人次以上。 The whole paragraph tells of that year.
_STAGE = re.compile(r"\s*(?:到|至)(?:20\d\d年|[“\"]?十[四五六七]五[”\"]?)[底末]?,(?![^,。;]{0,12}已)")
_ISSUED = re.compile("(?:印发|发布|出台|公布|下发)了?[^,。;]{2,60}(?:意见|计划|方案|规划|纲要|措施)[^,。;]{0,6}。$")
_PART_OF = re.compile(r"\s*其中")
_FIRST_NUMBER = re.compile(r"(?:[^\d]|\d{1,4}年|\d{1,2}月(?:\d{1,2}日)?)*\d")
_THIS_YEAR = re.compile(r"\s*20\d\d年,")  # 2025年,灌区力争完成投资12亿元。支渠完成3亿元
_PAPER_SAYS = re.compile(
    r"(?:根据|按照)[^,。;]{0,16}(?:规划|计划|方案|纲要|部署)》?,(?!去年|[^,。;]{0,8}已)|(?:目标|方案|规划|文件)[中里],(?:还)?(?:明确|要求|提出)|(?:[》”]|方案|规划|意见|计划|通知|纲要|措施|办法|报告|行动|文件)(?:还|同时|进一步|中)?,?(?:提出|指出|明确|要求)"
    r"|其中,?(?:提到|提出|明确|指出)|(?:目标|任务)(?:任务)?[是为]:"
    r"|(?:点评|讲话|总结|会议|会上|[市县区州省]长|书记|主任|局长|厅长|负责人)[^,。;]{0,6}(?:要求|强调|提出)"
)


def note_paper(scene: Scene, unit: Unit) -> None:
    """Notes where a unit begins to tell what a paper wants; what stands behind it in its paragraph goes on so."""
    start, end = unit.span.start, unit.span.end
    if scene.paper >= 0 and not in_paper(scene, start):
        scene.paper = -1
    says = _SAYS.search(scene.folded, start, end) and _PAPER_SAYS.search(scene.folded, start, end)
    stage = _STAGE.match(scene.folded, start) and (
        not scene.folded[start - 1 : start].strip()
        or (scene.units_before and _ISSUED.search(scene.folded, scene.units_before[-1].start, start))
    )
    opens = not scene.folded[start - 1 : start].strip() and _THIS_YEAR.match(scene.folded, start, end)
    if says or stage or (opens and _WANTS.search(scene.folded, start, end)):
        scene.paper = start


def counts_conditions(scene: Scene, unit: Unit) -> bool:
    """Whether the sentence in front of a unit has opened a list of conditions: 应满足以下条件之一:…;…"""
    start = unit.span.start
    begin = scene.folded.rfind("。", max(0, start - _LONGEST_LIST), start) + 1 or max(0, start - _LONGEST_LIST)
    said = scene.folded[begin:start]
    return "条件" in said and bool(CONDITIONS_FOLLOW.search(said))


_LONGEST_LIST = 400


def goes_on_ahead(scene: Scene, unit: Unit, setting: Setting) -> bool:
    """Whether a report's unit goes on, behind a semicolon, in a sentence that opens with a time to come: 2026年,…;…"""
    if scene.kind is not Kind.PROGRESS_REPORT or setting.label:
        return False
    if goal_of_year(scene, unit.span.start):
        return True
    opening = opening_of_sentence(scene, unit)
    return bool(_AHEAD.fullmatch(opening)) and tense_after(opening, 0, len(opening), PAST, setting) == FUTURE


def of_sentence(scene: Scene, unit: Unit, setting: Setting) -> str:
    """News tell; a sentence that has turned to what is to come goes on so behind its semicolon, other texts likewise
    behind their full stop (我省将建设水网连通工程。治理河道400公里。).
    """
    start = unit.span.start
    if 0 <= scene.paper < start and in_paper(scene, start):
        return FUTURE if tense_after(scene.folded, scene.paper, start, PAST, setting) == FUTURE else PAST
    if scene.units_before and _BY_IT.match(scene.folded, start):
        span = scene.units_before[-1]
        told = "\n" not in scene.folded[span.end : start]
        if told and tense_after(scene.folded, span.start, span.end, PAST, setting) == FUTURE:
            return FUTURE
    if scene.units_before and _PART_OF.match(scene.folded, start):
        span = scene.units_before[-1]  # 今年计划清淤87公里。其中主渠30公里
        if "\n" not in scene.folded[span.end : start]:
            end = _FIRST_NUMBER.match(scene.folded, span.start, span.end)
            end_at = end.end() if end else span.end
            return FUTURE if tense_after(scene.folded, span.start, end_at, PAST, setting) == FUTURE else PAST
    tense, other = PAST, setting.kind is Kind.OTHER
    spans = [(span.start, span.end) for span in scene.units_before]
    further, acts = _FURTHER.match(scene.folded, start), _ACTS.match(scene.folded, start)
    wants = other and bool(acts) and any(_WANTS.search(scene.folded, *span_of) for span_of in spans)
    for span in scene.units_before:
        goes_on = scene.folded[span.end - 1] == ";" or wants
        goes_on = goes_on and ("\n" not in scene.folded[span.end : start] or (other and bool(further)))
        tense = tense_after(scene.folded, span.start, span.end, tense, setting) if goes_on else PAST
    return FUTURE if tense == FUTURE else PAST
