"""Which units of a reply promise something, which decline something, and which do neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from extractors.against import ASK_LEFT_OPEN, QUOTED_ON, SO_THAT, THROUGH, came_out, is_purpose, left_open, told_beside
from extractors.clauses import Clause, clauses_of, mask
from extractors.coming import Calendar
from extractors.declined import Refusal, excuses, in_refused_part, refusal_in, says_no
from extractors.entries import Verdict, commitment_of, declined_of
from extractors.forms import form_of
from extractors.framed import TOLD, in_courtesy, in_done, turns_ahead, without_courtesy
from extractors.headings import read_enumerator
from extractors.matters import TOPIC_ALONE, names_ask
from extractors.plain import (
    answers,
    begins_with_verb,
    carries_on,
    gives,
    goes_on,
    measures,
    reckons,
    recurs,
    rules,
    states,
)
from extractors.responsible import level_of
from extractors.roles import framing, is_polite
from extractors.telling import ISSUED, LACKS, LAW_SAYS, LAW_TOLD, LOCAL_OUGHT, OFFICE_DOES, OUGHT, WORKS_ON
from extractors.tense import TRUST, Mood, Reading, read_clauses
from models.commitments import Commitment, Declined
from models.documents import Identity, Unit, UnitRole, Zone

if TYPE_CHECKING:
    from extractors.numbers.dates import Anchor

ACCEPT = 0.5
_PAST, _PRESENT, _REPORTED, _EFFECT, _FUTURE, _BARE, _NONE = Mood
_PLANNED, _DONE = Zone.PLANNED, Zone.DONE
_FRAME = frozenset({Zone.OPENING, Zone.CLOSING})
_OPENS = frozenset({UnitRole.HEADING, UnitRole.ITEM_HEAD, UnitRole.LEAD_IN})
_JUDGED = frozenset({UnitRole.TEXT, UnitRole.TABLE_ROW})
_ADVERSE = re.compile(r"反映|转报|转请|转交|争取|参考|参阅|关注|沟通|汇报|研究|论证|探索|考虑|适时|理解|说明|再")
_TO_LIST = re.compile("列[为入]|纳入|增补")
# 暂未列入国家规划，我们将争取中期调整时列入: what isn't so yet is striven for.
_NOT_LISTED, _STRIVES = re.compile("未[列纳]入"), re.compile("(?:争取|力争)[^,]{0,14}(?:[列纳]入|开工|建成|落地|实施)")
_STRIVES_ON = re.compile(
    "争取(?!在?您|代表|委员|理解|谅解)(?!.*(?:参考|参阅))[^,]{0,14}(?:资金|经费|项目|立项|支持|政策|补助|指标|计划)"
)
_EXAMPLE = re.compile(r"^(?:如(?!期|实|有|果|遇)|例如|比如|据|正如|诚如|其中(?!,))")


def find_promises(
    text: str, folded: str, units: tuple[Unit, ...], identity: Identity, anchor: Anchor
) -> tuple[tuple[Commitment, ...], tuple[Declined, ...]]:
    """All promises and refusals of a reply, in order, each a whole unit quoted from `text`.

    "三要拓宽渠道，力争引进公证员。" -> a promise (aim)
    "受编制总量限制，现阶段无法单设蜂业站。" -> a refusal, because of 受编制总量限制
    """
    month = anchor.day.month if anchor.day else None
    setting = _Setting(
        Calendar(anchor.year, month), level_of(identity.lead_unit), lists=bool(_TO_LIST.search(identity.subject or ""))
    )
    promises: list[Commitment] = []
    refusals: list[Declined] = []
    quoting, form = False, form_of(folded)
    for unit, below in zip_longest(units, units[1:]):
        words = folded[unit.span.start : unit.span.end]
        quoted, quoting = quoting, left_open(words, quoting)
        asked = quoting and ASK_LEFT_OPEN.match(words)
        if asked or (quoted and QUOTED_ON.match(words)) or (form and form.holds(unit.span.start)):
            continue
        if unit.role not in _JUDGED and not _promises_ahead(unit, words):
            line_begins = _LINE_BEGINS.search(folded, max(0, unit.span.start - 8), unit.span.start)
            setting.pass_over(unit, inline=not line_begins)
            continue
        after = folded[below.span.start : below.span.end] if below else ""
        setting.excused, setting.outrun = excuses(after), bool(_OUTRUN.search(after))
        verdict = setting.judge(unit, words)
        if unit.role is UnitRole.LEAD_IN and verdict.refusal is None and verdict.rule not in _SAID_OUTRIGHT:
            continue
        if verdict.refusal is not None:
            refusals.append(declined_of(text, unit, verdict.refusal))
        elif verdict.confidence >= ACCEPT:
            promises.append(commitment_of(text, folded, unit, verdict, identity, anchor))
    return tuple(promises), tuple(refusals)


def _promises_ahead(unit: Unit, words: str) -> bool:
    """Whether a lead-in counts works, or says no and why: it may promise itself, or refuse; 现答复如下 doesn't."""
    if unit.role is not UnitRole.LEAD_IN:
        return False
    counts = bool(_COUNTS_WORKS.search(words) or (_GROUNDS_FOLLOW.search(words) and says_no(words)))
    return counts and not framing()["reply"].search(words)


_OUTRUN = re.compile("(?<!确保)(?<!力争)(?<!争取)(?:超额|提前)+完成")
# 计划分两批开通线路8条: above a table promises itself; 重点实施3项工作: only opens a list.
_COUNTS_WORKS = re.compile(
    r"\d[\d.]*[万亿]?余?(?:条|座|处|所|公里|千米|米|亩|台|辆|套|户|个(?!方面|重点|环节|问题|层面|月|阶段)|家|名|平方米|立方米|栋|口|盏|块|场|万?元)"
)
_GROUNDS_FOLLOW = re.compile(
    "(?:原因|理由|考虑|依据)(?:如下|有[一二三四两几]|主要有|是)?:$"
)  # 该镇不宜纳入示范区,原因如下:
_SAID_OUTRIGHT = frozenset(
    f"{zone}.{sign}" for zone in ("answer", "planned") for sign in ("will", "intend", "ahead", "due", "aim")
)


@dataclass(slots=True)
class _Setting:
    """What is known from the text so far: `mood` is how the paragraph speaks (bare verb phrases go on in it).

    `answering`: whether the section answers a named ask, once somebody has asked.
    """

    calendar: Calendar
    level: str
    mood: Mood = _NONE
    section: tuple[str, ...] = ()
    answering: bool | None = None
    lists: bool = False
    """Whether the letter answers an ask to list something, so that 未列入 says no to it."""
    excused: bool = False
    outrun: bool = False
    """Whether the next unit tells that more was done than planned: 全年计划改造580公里。…超额完成年度任务。"""
    cites: bool = False
    """Whether the unit before ended with what a paper says."""
    running: bool = False
    """Whether the unit before ended with a semicolon, so that this one goes on with it."""
    refused: bool = False
    """Whether the unit before said no, so that 先铺砂石路面 is offered instead."""
    promises: bool | None = None
    """Whether the list begun with 一是 promised, so that 二是 does, also behind a fact about the first item."""
    lawful: bool = False
    """Whether the units before tell what a law lays down, so that 申请人须… goes on telling it."""

    def pass_over(self, unit: Unit, inline: bool = False) -> None:
        """Heads and lead-ins open afresh; 近年来…。一是加大投入。 within a line goes on as that line speaks."""
        alike = unit.role is UnitRole.ITEM_HEAD and unit.section == self.section
        further = self.mood is _FUTURE and _FURTHER.match(unit.span.text)
        if self.promises and unit.section == self.section and _FURTHER.match(unit.span.text):
            self.mood = _FUTURE
        elif unit.role in _OPENS and not (alike and (further or (inline and self.mood is _PAST))):
            self._enter(unit.section)
        if unit.role is UnitRole.LEAD_IN and LAW_SAYS.search(unit.span.text):
            self.mood = _REPORTED
        if unit.role is UnitRole.ITEM_HEAD:
            self.answering = names_ask(unit.span.text) or None

    def _enter(self, section: tuple[str, ...]) -> None:
        self.mood = _NONE
        if section != self.section:
            self.section, self.answering, self.lawful, self.promises = section, None, False, None

    def _under_ask(self) -> bool:
        """Whether the section answers a named ask: under 关于…的建议, or an item head of that kind."""
        if self.answering is None:
            self.answering = any(names_ask(title) for title in self.section[-2:])
        return self.answering

    def judge(self, unit: Unit, folded: str) -> Verdict:
        """The verdict on one unit; afterwards the paragraph's mood is that of the unit."""
        if unit.section != self.section:
            self._enter(unit.section)
        if len(folded) <= 60 and (TOPIC_ALONE.match(folded) or _QUOTED_ALONE.match(folded)):
            self.mood, self.answering = _NONE, True
            return _NOTHING
        masked = mask(folded)
        if self.promises and _FURTHER.match(masked):
            self.mood = _FUTURE
        enumerator = read_enumerator(folded, 0, len(folded))
        clauses = clauses_of(masked, enumerator.end if enumerator else 0)
        itemised = enumerator is not None and enumerator.style in ("itemised", "ordinal", "sequence")
        verdict, mood = self._decide(unit, masked, clauses, itemised)
        self.refused, self.running = verdict.refusal is not None, masked.endswith(";")
        self.cites = self.cites and not self.refused
        self.lawful = bool(LAW_TOLD.match(masked)) or (self.lawful and mood is not _FUTURE)
        if _FIRST_ITEM.search(masked):
            self.promises = mood is _FUTURE
        if verdict.rule == "answer.aim" and ISSUED.search(masked):
            mood = _PAST
        if mood is not _NONE:
            self.mood = mood
        elif masked.endswith(("将", "拟", "计划")):  # a line that breaks behind its modal
            self.mood = _FUTURE
        return verdict

    def _decide(self, unit: Unit, masked: str, clauses: list[Clause], itemised: bool) -> tuple[Verdict, Mood]:
        spoken = without_courtesy(clauses) if is_polite(masked) else clauses
        if not spoken:
            return _NOTHING, _NONE
        readings = read_clauses(spoken, self.calendar, self.level, unit.zone is _PLANNED)
        told = unit.zone is _DONE and not (unit.section and names_ask(unit.section[-1]))
        asking = (lambda: True) if self.lists and _NOT_LISTED.search(masked) else self._under_ask
        if readings[-1].sign == "announced_time" and all(
            one.mood is _NONE or len(one.clause.words) <= 6 for one in readings
        ):
            return _NOTHING, _FUTURE
        refusal = refusal_in(masked, spoken, told, asking, self.excused)
        if refusal is None and in_refused_part(unit.section):
            refusal = Refusal(0, "declined.part", 0.75, (spoken[0].start, spoken[-1].start + len(spoken[-1].words)))
        if refusal is not None and not _goes_on(refusal, readings):
            return Verdict(refusal.rule, refusal.confidence, refusal), _NONE
        courteous = any(clause not in spoken and not _RECEIPT.search(clause.words) for clause in clauses)
        rule, confidence = self._promise(unit, masked, readings, courteous)
        self.cites = readings[-1][1:] == (_REPORTED, "reported") or (self.cites and self.running)
        if confidence >= ACCEPT:
            behind = readings[refusal.clause + 1 :] if refusal else readings
            return Verdict(rule, confidence, None, _promising(behind), itemised), _FUTURE
        high = self.level in ("nation", "province") and OFFICE_DOES.match(masked)
        return _NOTHING, _PAST if high or WORKS_ON.match(masked) else _mood_told(readings)

    def _promise(self, unit: Unit, masked: str, readings: list[Reading], courteous: bool) -> tuple[str, float]:
        """The rule and confidence of a promise, by the zone of the unit and its best evidence."""
        best = max((reading for reading in readings if reading.mood is _FUTURE), key=_trust, default=None)
        if unit.zone in _FRAME or (courteous and not turns_ahead(unit, best)):
            return in_courtesy(masked, best)
        if unit.zone is _DONE:
            return in_done(best, readings, self.calendar.year is not None)
        if unit.zone is _PLANNED:
            return self._in_planned(unit, masked, readings, best)
        return self._in_answer(unit, masked, readings, None if best and is_purpose(best, readings) else best)

    def _in_planned(self, unit: Unit, masked: str, readings: list[Reading], best: Reading | None) -> tuple[str, float]:
        """Under a forward heading or lead-in plain verbs promise; facts stay facts."""
        if best is not None:
            return f"planned.{best.sign}", min(0.97, _trust(best) + 0.05)
        masked = masked[readings[0].clause.start :]
        told = any(reading.mood in TOLD for reading in readings) or bool(framing()["reply"].search(masked))
        told = told or (self.running and self.mood is _PAST)  # 截至目前,完成甲路3公里;完成乙路2公里
        if told or _EXAMPLE.match(masked):
            return "planned.fact", 0.0
        if measures(masked) and not (_BOUNDED.search(masked) or begins_with_verb(readings)):
            return "planned.fact", 0.0
        if any(reading.mood is _BARE for reading in readings) or gives(masked):
            return "planned.verb", 0.88
        if _is_dated_row(unit, readings):
            return "planned.row", 0.85
        if len(masked) >= 6 and not (states(masked) or reckons(masked) or masked.endswith(("?", "?"))):
            return "planned.phrase", 0.6
        carried = self.mood is _FUTURE and (len(masked) < 8 or carries_on(masked))
        return ("planned.carried", 0.55) if carried else ("planned.fact", 0.0)

    def _told_on(self, best: Reading, masked: str, readings: list[Reading]) -> bool:
        """Whether a weak sign goes on with what the paragraph tells: the words of a law, 另一方面 behind a fact.

        已取消审批15项。出台文件，进一步扩大自主权。 tells on, too.
        """
        law = self.mood is _REPORTED or (self.lawful and bool(OUGHT.search(best.clause.words)))
        ruled = law and best.sign in ("duty", "assigned")
        if self.promises is False and best.sign in _WEAKEST and _FURTHER.match(masked):
            return True
        told = self.mood in _FACTS and self.level == "nation"
        if told and best.sign == "duty" and LOCAL_OUGHT.match(best.clause.words):
            return True
        if self.running and (self.cites or (told and best.sign in _WEAKEST)):  # 要求省级安排指标;不够的,由省级统筹解决
            return True
        goes_on_telling = self.mood is _PAST and best.sign == "prospective" and readings[0].mood is _BARE
        return ruled or goes_on_telling or (self.mood in _FACTS and masked.startswith("另一方面"))

    def _in_answer(self, unit: Unit, masked: str, readings: list[Reading], best: Reading | None) -> tuple[str, float]:
        """Outside the zones evidence is needed: a mark of the future, or a paragraph that already promises."""
        if best is not None and best.sign in ("intend", "due", "year") and (self.outrun or came_out(best, readings)):
            return "answer.fact", 0.0
        if (
            best is not None
            and best.sign in _WEAK
            and (self._told_on(best, masked, readings) or told_beside(best, readings))
        ):
            return "answer.fact", 0.0
        if best is not None and best.sign == "prospective" and THROUGH.match(masked):
            return "answer.purpose", 0.0
        if best is not None:
            return f"answer.{best.sign}", _trust(best) - (0.15 if self.mood in _FACTS and _trust(best) < 0.8 else 0.0)
        listed, masked = _continues(masked), masked[readings[0].clause.start :]
        if _EXAMPLE.match(masked) or any(reading.mood in TOLD for reading in readings):
            return "answer.fact", 0.0
        if self.mood in _FACTS and masked.startswith("其中,"):
            return "answer.fact", 0.0
        if _is_dated_row(unit, readings):
            return "answer.row", 0.75
        if SO_THAT.match(masked):
            return "answer.purpose", 0.0
        if self.mood is _FUTURE and ((listed and not LACKS.search(masked)) or goes_on(masked, readings)):
            return "answer.carried", 0.68
        if self.refused and _INSTEAD.match(masked) and not states(masked):
            return "answer.instead", 0.6
        untold = self.mood in _UNTOLD or _AGAIN_AND_AGAIN.match(masked)
        granted = answers(masked, readings) if untold else rules(masked)
        by_law = self.lawful or LAW_TOLD.match(masked) or ISSUED.match(masked) or self.level == "nation"
        if granted and not by_law and self._under_ask():
            return "answer.asked", 0.6
        again = self.mood not in _FACTS and recurs(masked, by_us=self._under_ask())
        return ("answer.again", 0.6) if again else ("answer.plain", 0.0)


_LINE_BEGINS = re.compile(r"(?:^|\n)\s*$")
_RECEIPT = re.compile("收悉|收到")  # …收悉,现答复如下:…: what follows is the answer, not courtesy
# 二是提升加工水平。 goes on as the item before it spoke.
_FURTHER = re.compile(
    r"\s*(?:[二三四五六七八九十]{1,2}[是要、]|其[次二三四]|再次|最后|[(（]?(?:[二三四五六七八九]|[2-9])[)）.、])"
)
_FIRST_ITEM = re.compile("(?:^|[,:]) *(?:一是|其一)")
_AGAIN_AND_AGAIN = re.compile(r"每(?:周|月|季度?|半年|半个?月|旬)(?![^,。]{0,12}[已了])")
# (三)“把审批压到15天”。 names the ask; 完工率不低于85%,投诉办结率100%: what is bounded is to be reached.
_QUOTED_ALONE = re.compile(r"\s*[(]?[一二三四五六七八九十\d]{1,3}[)、.]\s*[“\"『「][^”\"』」]{2,22}[”\"』」][。:]?$")
_BOUNDED = re.compile("不[低少高大超][于过]|[压降减增提升][到至]|以内|控制在|达到")
_NOTHING = Verdict("none", 0.0)
_INSTEAD = re.compile(
    r"[^,。;]{2,10}(?<![原规准细总守法])则(?![是为有因在需])[一-鿿]|(?:可|拟|但|不过|现阶段|目前)?,?(?:先(?!后|期|进|天)|改[为用在由]|代之以|转而|另行)"
    r"|(?:但|不过|同时)?,?我[局委部厅办们]{1,2}(?:会|也)?(?:支持|引导|鼓励)(?!您|你|该|这|此|代表|委员)[^,了]{4,}"
)

_WEAKEST = frozenset({"welcome", "duty", "prospective", "assigned"})
_WEAK = frozenset({"welcome", "aim", "duty", "prospective", "assigned", "due", "year"})
_FACTS = frozenset({_PAST, _PRESENT, _REPORTED})
_UNTOLD = frozenset({_NONE, _PRESENT})  # nothing was told as done before: how things stand comes before what is granted


def _trust(reading: Reading) -> float:
    return TRUST.get(reading.sign, 0.6)


def _goes_on(refusal: Refusal, readings: list[Reading]) -> bool:
    """Whether an act of one's own follows the refusal: 无法全部改造，我局将先改三条 promises; 将积极反映 doesn't."""
    listed = _NOT_LISTED.search(readings[refusal.clause].clause.words)
    return any(
        reading.mood is _FUTURE
        and reading.sign in ("will", "intend", "ahead", "due", "day", "year")
        and (not _ADVERSE.search(reading.clause.words) or _strives_on(reading, bool(listed)))
        and not says_no(reading.clause.words)
        for reading in readings[refusal.clause + 1 :]
    )


def _strives_on(reading: Reading, listed: bool) -> bool:
    """县级财力有限，下步我局将继续争取资金: strives for what isn't there yet; 将向上级反映 only hands it on."""
    words = reading.clause.words
    return bool(
        (listed and _STRIVES.search(words)) or (reading.sign in ("will", "ahead") and _STRIVES_ON.search(words))
    )


def _promising(readings: list[Reading]) -> tuple[Clause, ...]:
    """The clauses that may hold the main verb: those that don't tell, report or foresee.

    我厅加强部署,已启动论证,争取尽快开工: the plain verb in front of what was done was done with it.
    """
    told = max((index for index, reading in enumerate(readings) if reading.mood is _PAST), default=-1)
    kept = tuple(
        reading.clause
        for index, reading in enumerate(readings)
        if reading.mood not in TOLD and reading.sign != "topic" and not (reading.mood is _BARE and index < told)
    )
    return kept or tuple(reading.clause for reading in readings)


def _mood_told(readings: list[Reading]) -> Mood:
    """The past outweighs the present; what a work will bring about (投用后日接待八千人次) leaves the mood as it was."""
    if any(reading.mood is _EFFECT or reading.sign == "others" for reading in readings):
        return _NONE
    moods = {reading.mood for reading in readings}
    return _PAST if moods & {_PAST, _REPORTED} else _PRESENT if _PRESENT in moods else _NONE


def _continues(masked: str) -> bool:
    """A further item of a list that already promises: 二是城西，容纳4个班。"""
    enumerator = read_enumerator(masked, 0, len(masked))
    return enumerator is not None


def _is_dated_row(unit: Unit, readings: list[Reading]) -> bool:
    """A row of a plan's table with a day to come: 城东片区|老年食堂|3座|2025年6月底."""
    return unit.role is UnitRole.TABLE_ROW and any(reading.sign in ("due_time", "due", "day") for reading in readings)
