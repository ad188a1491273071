"""Recording what a person decides, from the forms of the commitment's page and of the triage page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Form
from fastapi.responses import Response

from models import decisions
from models.decided import Decision, DecisionKind
from models.errors import ConflictingReview, WrongDecision
from models.followed import evidence
from models.ids import DocumentId, RecordId
from outputs.evidence import value_words
from outputs.exchange import Record
from outputs.ledger import Standing
from outputs.review import decision_record, told
from outputs.web import say
from outputs.web.guard import pages
from outputs.web.visit import Asking, Visit

router = pages()

_QUOTED = 40  # characters of a passage that is named
Typed = Annotated[str, Form(max_length=4_000)]
Values = tuple[tuple[str, str], ...]
Meant = tuple[DecisionKind, str | None, Values]
"""A decision's kind, what it is about besides the promise, and its values."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form says: what to do, and its fields; `seen` is the last decision that the person knew of."""

    action: str
    value: str = ""
    why: str = ""
    source: str = ""
    link: str = ""
    strength: str = ""
    deadline: str = ""
    responsible: str = ""
    seen: int | None = None


def entered(
    action: Typed,
    value: Typed = "",
    why: Typed = "",
    source: Typed = "",
    link: Typed = "",
    strength: Typed = "",
    deadline: Typed = "",
    responsible: Typed = "",
    seen: Typed = "",
) -> Entered:
    """The form, without the spaces around its words."""
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else None
    said, known = (action.strip(), value.strip(), why.strip(), source.strip()), (strength.strip(), deadline.strip())
    return Entered(*said, link.strip(), *known, responsible.strip(), number)


Filled = Annotated[Entered, Depends(entered)]


@router.post("/commitments/{id}/decide")
def decide(visit: Asking, id: str, form: Filled) -> Response:
    """Records a decision about a promise and leads back to it."""
    standing = standing_of(visit, id)
    here = visit.link(f"/commitments/{id}", back=visit.back)
    try:
        made = carry_out(visit, standing, form)
    except ConflictingReview as error:
        return conflict(visit, standing, form, str(error), f"/commitments/{id}/decide")
    quotes = quotes_of(visit, [standing.row.document.id], [made])
    return visit.go(here, f"记下了第 {made.id} 号决定：{say.told_with(made, quotes)}")


@router.post("/commitments/{id}/undo")
def undo(visit: Asking, id: str, number: Annotated[int, Form(ge=1, le=2**31)], why: Typed = "") -> Response:
    """Takes a decision back."""
    standing = standing_of(visit, id)
    if number not in [one.id for one in standing.decided.decisions]:
        raise WrongDecision(f"第 {number} 号决定不是关于这条承诺的")
    take_back(visit, number, why)
    return visit.go(visit.link(f"/commitments/{id}", back=visit.back), f"撤销了第 {number} 号决定")


def standing_of(visit: Visit, id: str) -> Standing:
    """The promise with this id, as it stands on the page's day. 404: there is none."""
    found = visit.actions.lists.standing(RecordId(id), visit.as_of)
    if found is None:
        visit.gone(f"没有编号是 {id[:40]} 的承诺。重读文件以后，有的承诺可能不在了。")
    return found


def quotes_of(visit: Visit, replies: Collection[DocumentId], made: Iterable[Decision]) -> dict[str, str]:
    """The passages that decisions judge, in short, by their ids; of the promises of these replies."""
    if not any(one.kind in _LINKS.values() for one in made):
        return {}
    found = evidence(visit.store, date.max, list(replies))
    return {one.id: _short(one.link.span.text) for passages in found.values() for one in passages}


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def take_back(visit: Visit, number: int, why: str = "") -> Decision:
    """Records that a decision no longer holds."""
    made = decisions.undo(visit.store, number, who=visit.person.name, now=visit.now, why=why.strip())
    visit.note(object=f"承诺 {made.commitment or ''}", before=(("决定", f"第 {number} 号"),), after=(("决定", "撤销"),))
    return made


def carry_out(visit: Visit, standing: Standing, form: Entered) -> Decision:
    """Records what a form says. WrongDecision: it lacks something; ConflictingReview: somebody was quicker."""
    meant = _meant(standing, form)
    visit.note(object=f"承诺 {standing.row.id}")
    return record(visit, standing.row.id, meant, why=form.why, seen=form.seen)


def record(visit: Visit, commitment: RecordId, meant: Meant, *, why: str, seen: int | None) -> Decision:
    """Records a decision of whoever visits, and notes it. ConflictingReview: somebody was quicker."""
    kind, object, values = meant
    made = decisions.decide(
        visit.store,
        kind,
        who=visit.person.name,
        now=visit.now,
        commitment=commitment,
        object=object,
        values=values,
        why=why,
        seen=seen,
    )
    visit.note(object=f"承诺 {commitment}", after=((f"第 {made.id} 号", told(made)),))
    return made


def together_record(made: Sequence[tuple[Decision, bool]]) -> Record:
    """What was recorded at once, and how much of it was taken back, for programs."""
    undone = sum(1 for _, undone in made if undone)
    return {"total": len(made), "undone": undone, "decisions": [decision_record(one) for one, _ in made]}


_LINKS = {"confirm": DecisionKind.CONFIRM_LINK, "reject": DecisionKind.REJECT_LINK}


def _meant(standing: Standing, form: Entered) -> Meant:
    """The kind of decision, what else it is about, and its values."""
    match form.action:
        case "confirm" | "reject":
            if form.link not in [one.id for one in (*standing.evidence, *standing.proposals)]:
                raise WrongDecision("这条佐证已经不在，或者已经有人认定过。请回到承诺再看")
            return _LINKS[form.action], form.link, ()
        case "status":
            source = (("source", form.source),) if form.source else ()
            return DecisionKind.SET_STATUS, None, (("status", form.value), *source)
        case "correct":
            return DecisionKind.CORRECT, None, _corrections(standing, form)
        case "promise":
            return DecisionKind.CORRECT, None, (("promise", form.value or "no"),)
        case "yes" | "no":
            return DecisionKind.CORRECT, None, (("promise", form.action),)
        case "assign":
            return DecisionKind.ASSIGN, None, (("to", form.value),)
        case "snooze":
            return DecisionKind.SNOOZE, None, (("until", _day(form.value)),)
        case "merge":
            return DecisionKind.MERGE, form.value, ()
        case "note":
            return DecisionKind.NOTE, None, ()
        case _:
            raise WrongDecision("没有写明要作什么决定")


def _corrections(standing: Standing, form: Entered) -> Values:
    """The fields that the form has otherwise than the promise stands now."""
    end = standing.deadline.end if standing.deadline else None
    found = []
    if form.strength and form.strength != standing.strength.value:
        found.append(("strength", form.strength))
    if form.deadline != (end.isoformat() if end else ""):
        found.append(("deadline", _day(form.deadline) if form.deadline else "none"))
    if form.responsible and form.responsible != "、".join(standing.responsible):
        found.append(("responsible", form.responsible))
    if not found:
        raise WrongDecision("没有改动：强度、时限、责任单位都和现在一样")
    return tuple(found)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise WrongDecision(f"“{text[:20]}”不是日期。日期写成 2026-06-30 这样") from None


def conflict(visit: Visit, standing: Standing, form: Entered, why: str, action: str) -> Response:
    """Both versions: what somebody else decided meanwhile, and what this person had entered. Nothing is lost."""
    newer = [one for one in standing.decided.decisions if one.id > (form.seen or 0)]
    fields = [
        (name, str(getattr(form, name)))
        for name in ("action", "value", "why", "source", "link", "strength", "deadline", "responsible")
        if getattr(form, name)
    ]
    record = {"error": "别人刚改过", "detail": why, "newer": [decision_record(one) for one in newer]}
    return visit.show(
        "conflict.html",
        record,
        status=409,
        one=standing,
        newer=newer,
        quotes=quotes_of(visit, [standing.row.document.id], newer),
        why=why,
        fields=fields,
        action=action,
        entered=_entered_words(form),
        last=max((one.id for one in standing.decided.decisions), default=0),
        say=say,
    )


ACTIONS = {
    "confirm": "采信佐证",
    "reject": "否定佐证",
    "status": "认定状态",
    "correct": "更正",
    "promise": "是不是承诺",
    "yes": "是承诺",
    "no": "不是承诺",
    "assign": "交办",
    "snooze": "暂缓提醒",
    "merge": "并入另一条",
    "note": "备注",
}
_NAMES = {
    "value": "内容",
    "why": "理由",
    "source": "依据",
    "strength": "强度",
    "deadline": "时限",
    "responsible": "责任单位",
}


_VALUES = {"status": "状态", "assign": "交给", "snooze": "到哪天", "merge": "并入", "promise": "是不是承诺"}
"""What the value of a decision is called, by the decision."""


def _entered_words(form: Entered) -> list[tuple[str, str]]:
    """What somebody entered, as people say it."""
    given = [(name, words, str(getattr(form, name))) for name, words in _NAMES.items() if getattr(form, name)]
    said = [
        (_VALUES.get(form.action, words), value_words(form.action, value))
        if name == "value"
        else (words, value_words(name, value))
        for name, words, value in given
    ]
    return [("要作的决定", ACTIONS.get(form.action, form.action)), *said]
