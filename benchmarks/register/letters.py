"""Invented letters with their records, in the proportions of printed replies: ten promises in two dozen units.

letter(7) is a reply with what an extractor would find in it, news(7) a piece of news.
The same number gives the same letter, whatever was made before.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from models.commitments import Commitment, Deadline, Declined, Request, Strength
from models.documents import Body, Document, Identity, Kind, Span, Unit, UnitRole, Zone
from models.extraction import Extraction
from models.quantities import Basis, Comparator, Quantity, Role

FIRST, LAST = date(2015, 3, 1), date(2026, 6, 30)
"""Between these days all letters are written, more of them the later it is."""

_STRENGTHS = (Strength.FIRM, Strength.AIM, Strength.STUDY, Strength.ENCOURAGE)
_WEIGHTS = (74, 14, 9, 3)
_VERBS = {Strength.FIRM: "将", Strength.AIM: "力争", Strength.STUDY: "研究", Strength.ENCOURAGE: "鼓励社会力量"}
_OPEN_SECTION, _DONE_SECTION, _PLAN_SECTION = "", "一、目前的工作", "二、下一步打算"


@dataclass(slots=True)
class _Paper:
    """A letter while it is written."""

    dice: random.Random
    day: date
    lead: str
    region: str
    text: str = ""
    units: list[Unit] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    declined: list[Declined] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)

    def line(self, sentence: str, role: UnitRole, zone: Zone, section: tuple[str, ...] = ()) -> Span:
        """Another unit."""
        span = Span(len(self.text), len(self.text) + len(sentence), sentence)
        self.units.append(Unit(span, len(self.units), role, zone, section))
        self.text += sentence + "\n"
        return span


@cache
def words() -> dict[str, list[str]]:
    """The lists of words."""
    lists = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    return {name: str(row).split() for name, row in lists.items()}


def letter(number: int) -> Extraction:
    """A reply."""
    paper = _begun(f"letter {number}")
    thing, subject = _pick(paper, "things"), ""
    subject = f"关于{_do(paper)}{_where(paper)}{thing}的建议"
    paper.line(f"{paper.lead}对第{number}号建议的答复", UnitRole.TITLE, Zone.OPENING)
    paper.line(f"您提出的《{subject}》收悉，现答复如下：", UnitRole.TEXT, Zone.OPENING)
    paper.line(_DONE_SECTION, UnitRole.HEADING, Zone.DONE)
    for _ in range(paper.dice.randint(3, 9)):
        _report(paper)
    paper.line(_PLAN_SECTION, UnitRole.HEADING, Zone.PLANNED)
    for _ in range(_promises(number)):
        _promise(paper, thing)
    for _ in range(paper.dice.choices((0, 1, 2), (70, 25, 5))[0]):
        _decline(paper)
    paper.line("感谢您对我们工作的关心和支持。", UnitRole.TEXT, Zone.CLOSING)
    paper.line(f"{paper.region[:-1]}{paper.lead}  {paper.day:%Y年%m月%d日}", UnitRole.SIGN_OFF, Zone.CLOSING)
    body = paper.dice.choice(list(Body))
    identity = Identity(
        Kind.REPLY,
        body,
        str(number),
        11 + (paper.day.year - 2012) // 5,
        1 + (paper.day.year - 2012) % 5,
        subject,
        ("代表甲",) if body is Body.NPC else ("委员乙", "委员丙"),
        paper.lead,
        ("财政局",) if number % 7 == 0 else (),
        paper.region,
        date=paper.day,
        result_class=paper.dice.choice((None, "A", "A", "A", "B", "B", "C")),
    )
    return _bound(paper, f"{number:07}.docx", identity)


def item(number: int) -> Extraction:
    """The suggestion that letter `number` answers."""
    paper = _begun(f"letter {number}")
    subject = f"关于{_do(paper)}{_where(paper)}{_pick(paper, 'things')}的建议"
    paper.line(subject, UnitRole.TITLE, Zone.OPENING)
    for _ in range(paper.dice.randint(3, 6)):
        _report(paper)
    for _ in range(paper.dice.randint(2, 5)):
        asked = (
            f"建议{_do(paper)}{_where(paper)}{_pick(paper, 'looks')}{_pick(paper, 'things')}，{_pick(paper, 'aims')}。"
        )
        paper.requests.append(Request(paper.line(asked, UnitRole.TEXT, Zone.PLANNED), "proposal_verb"))
    identity = Identity(
        Kind.SUGGESTION, Body.NPC, str(number), subject=subject, region=paper.region, date=paper.day - timedelta(90)
    )
    return _bound(paper, f"建议{number:07}.docx", identity)


def news(number: int) -> Extraction:
    """A later document: what has become of things."""
    paper = _begun(f"news {number}")
    paper.line(f"{paper.region}{_do(paper)}{_pick(paper, 'things')}见闻", UnitRole.TITLE, Zone.OPENING)
    for _ in range(paper.dice.randint(8, 16)):
        _report(paper)
    kind = paper.dice.choice((Kind.NEWS, Kind.NEWS, Kind.PROGRESS_REPORT))
    return _bound(paper, f"见闻{number:07}.html", Identity(kind, region=paper.region, date=paper.day))


def _promises(number: int) -> int:
    """How many promises a letter makes: ten in the middle, from two to thirty."""
    return min(30, max(2, round(random.Random(number).lognormvariate(2.2, 0.5))))


def _begun(name: str) -> _Paper:
    dice = random.Random(name)
    days = (LAST - FIRST).days
    paper = _Paper(dice, FIRST + timedelta(days=int(days * dice.random() ** 0.5)), "", "")
    paper.region, unit = _pick(paper, "cities"), _pick(paper, "units")
    paper.lead = f"{paper.region[-1]}{unit}"
    return paper


def _report(paper: _Paper) -> None:
    number, count = paper.dice.randint(2, 3_000), _pick(paper, "counts")
    thing = _pick(paper, "looks") + _pick(paper, "things")
    done = f"{paper.day.year - 1}年以来，已{_do(paper)}{_where(paper)}{thing}{number}{count}，"
    span = paper.line(f"{done}惠及{_pick(paper, 'words')}。", UnitRole.TEXT, Zone.DONE, (_DONE_SECTION,))
    if paper.dice.random() < 0.7:
        paper.quantities.append(_number(span, number, count, thing, Role.ACTUAL, None))


def _promise(paper: _Paper, subject: str) -> None:
    dice = paper.dice
    strength = dice.choices(_STRENGTHS, _WEIGHTS)[0]
    thing = (_pick(paper, "looks") if dice.random() < 0.5 else "") + (
        subject if dice.random() < 0.3 else _pick(paper, "things")
    )
    deadline = _deadline(paper) if dice.random() < 0.35 else None
    number, count = dice.randint(2, 900), _pick(paper, "counts")
    numbered = dice.random() < 0.4
    condition = "待资金到位后" if dice.random() < 0.03 else None
    sentence = _sentence(paper, strength, thing, f"{number}{count}" if numbered else "", deadline, condition)
    span = paper.line(sentence, UnitRole.TEXT, Zone.PLANNED, (_PLAN_SECTION,))
    unsure = dice.random() < 0.03
    paper.commitments.append(
        Commitment(
            span,
            (_PLAN_SECTION,),
            strength,
            deadline,
            (paper.lead,) if dice.random() < 0.8 else (_pick(paper, "units"),),
            (),
            condition,
            round(dice.uniform(0.4, 0.6) if unsure else dice.uniform(0.7, 1), 2),
            dice.choice(("plain_verb", "future", "list_verb", "aim_verb")),
            ("uncertain",) if unsure else (),
        )
    )
    if numbered:
        paper.quantities.append(_number(span, number, count, thing, Role.TARGET, deadline.end if deadline else None))


def _sentence(
    paper: _Paper, strength: Strength, thing: str, amount: str, deadline: Deadline | None, condition: str | None
) -> str:
    when = f"{deadline.text}，" if deadline else ""
    given = f"{condition}，" if condition else ""
    verb, do, where = _VERBS[strength], _do(paper), _where(paper)
    shapes: Sequence[Callable[[], str]] = (
        lambda: f"{given}{when}我局{verb}在{where}{do}{thing}{amount}，{_pick(paper, 'aims')}。",
        lambda: f"{when}{given}{verb}{do}{thing}{amount}，{_pick(paper, 'measures')}，{_pick(paper, 'measures')}。",
        lambda: (
            f"{given}会同{_pick(paper, 'units')}{_pick(paper, 'measures')}，{when}{verb}{do}{where}{thing}{amount}。"
        ),
        lambda: (
            f"围绕{_pick(paper, 'aims')}，{given}{when}{verb}{_pick(paper, 'measures')}，{do}{where}的{thing}{amount}。"
        ),
        lambda: f"{where}的{thing}问题，{given}我们{verb}{_pick(paper, 'measures')}，{when}{do}{amount or '到位'}。",
    )
    return paper.dice.choice(shapes)()


def _decline(paper: _Paper) -> None:
    sentence = (
        f"关于{_do(paper)}{_where(paper)}{_pick(paper, 'things')}的建议，因用地和资金等条件限制，暂不具备实施条件。"
    )
    span = paper.line(sentence, UnitRole.TEXT, Zone.ANSWER, (_PLAN_SECTION,))
    paper.declined.append(Declined(span, (_PLAN_SECTION,), "用地和资金等条件限制", 0.9, "not_ready"))


def _deadline(paper: _Paper) -> Deadline:
    year = paper.day.year + paper.dice.choice((0, 0, 1, 1, 2, 4))
    text, end = paper.dice.choice(
        (
            (f"{year}年底前", date(year, 12, 31)),
            (f"到{year}年", date(year, 12, 31)),
            (f"{year}年{(month := paper.dice.randint(1, 12))}月底前", _last_day(year, month)),
            (f"{year}年上半年", date(year, 6, 30)),
            ("近期", None),
        )
    )
    return Deadline(text, end)


def _last_day(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _number(span: Span, value: int, count: str, thing: str, role: Role, by: date | None) -> Quantity:
    text = f"{value}{count}"
    start = span.start + span.text.rindex(text)
    place, amount = Span(start, start + len(text), text), Decimal(value)
    return Quantity(place, amount, None, count, Comparator.EQUAL, Basis.LEVEL, role, thing, by, span, rule="cardinal")


def _where(paper: _Paper) -> str:
    return _pick(paper, "places") + _pick(paper, "kinds")


def _do(paper: _Paper) -> str:
    return _pick(paper, "doings")


def _pick(paper: _Paper, name: str) -> str:
    """A word of a list: the first far more often than the last."""
    known = words()[name]
    return known[int(len(known) * paper.dice.random() ** 2)]


def _bound(paper: _Paper, name: str, identity: Identity) -> Extraction:
    return Extraction(
        Document(name, name.rpartition(".")[2], paper.text),
        identity,
        tuple(paper.units),
        tuple(paper.commitments),
        tuple(paper.declined),
        tuple(paper.requests),
        tuple(paper.quantities),
    )
