"""The morning report: what is so today and was never told. A page, a Word paper, a sheet and a message show this value.

It is kept as JSON when it is made, so that it reads the same for ever, whatever becomes of the documents.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.documents import Span
from models.evidence import Certainty
from models.nightly import News
from outputs.evidence import alarm_words, day_words, due_words, evidence_words, position_words, source_name
from outputs.flags import flag_phrases
from outputs.ledger import heading
from outputs.phrases import phrase, reason_phrase, schedule_phrase
from outputs.summary import unit_of

if TYPE_CHECKING:
    from models.errors import UnreadableDocument
    from models.followed import AlarmRow, EvidenceRow
    from models.queries import DocumentRow
    from models.search import SearchHit
    from outputs.ledger import Standing

LISTED = 200
"""Of each kind of news, so many are kept with their words; the rest are counted, and stand in the ledger."""

_SHOWN = {
    News.OVERDUE: 5,
    News.CHANGE: 5,
    News.PROPOSAL: 3,
    News.EVIDENCE: 3,
    News.FOUND: 5,
    News.LISTED: 5,
    News.FAILURE: 3,
}
"""In a message."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news: what it is about, who answers for it, its words, what is new, where it stands, since when.

    `commitment` and `document` are ids that a page can lead to.
    """

    about: str
    unit: str = ""
    quote: str = ""
    told: str = ""
    source: str = ""
    day: str | None = None
    commitment: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of news: how much there is, and the first of it."""

    news: News
    total: int
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """新逾期的承诺（3项）."""
        return f"{phrase(self.news)}（{self.total}{_COUNTED[self.news]}）"


_COUNTED = {
    News.OVERDUE: "项",
    News.CHANGE: "项",
    News.PROPOSAL: "处",
    News.EVIDENCE: "处",
    News.FOUND: "条",
    News.LISTED: "项",
    News.REPLY: "件",
    News.PROMISE: "项",
    News.FAILURE: "件",
    News.GONE: "个",
}


@dataclass(frozen=True, slots=True)
class Standings:
    """How everything stands: documents, promises, and those of them that are overdue."""

    documents: int = 0
    promises: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Morning:
    """The report of one day; `since` is the day of the report before, None of the first."""

    day: date
    since: date | None
    sections: tuple[Section, ...]
    whole: Standings = field(default_factory=Standings)
    notes: tuple[str, ...] = ()

    @property
    def news(self) -> int:
        """How much there is to tell."""
        return sum(section.total for section in self.sections)


def headline(morning: Morning) -> str:
    """The report in one line.

    >>> headline(Morning(date(2026, 5, 21), None, ()))
    '2026-05-21：没有新情况。'
    """
    return f"{morning.day.isoformat()}：{news_words(morning)}"


def news_words(morning: Morning) -> str:
    """How much there is of each kind of news, where the day stands above it.

    >>> news_words(Morning(date(2026, 5, 21), None, ()))
    '没有新情况。'
    """
    told = "，".join(f"{phrase(one.news)} {one.total} {_COUNTED[one.news]}" for one in morning.sections if one.total)
    return f"{told or '没有新情况'}。"


def message(morning: Morning, address: str = "") -> str:
    """The report as a message in plain lines: the headline, then what somebody should look at first.

    `address`: of the report's own page. It comes right after the headline: long messages are cut at their end; without
    news the message stays one line.
    """
    lines = [
        "督办早报 " + headline(morning),
        *([f"打开早报：{address}"] if address and morning.news else []),
        *morning.notes,
    ]
    for section in morning.sections:
        shown = section.entries[: _SHOWN.get(section.news, 0)]
        if shown:
            lines += ["", section.title, *(f"· {_in_a_line(entry)}" for entry in shown)]
        if shown and section.total > len(shown):
            lines.append(f"　　另有 {section.total - len(shown)} {_COUNTED[section.news]}")
    if morning.news and morning.whole.promises:
        lines += ["", whole_words(morning)]
    return "\n".join(lines)


def whole_words(morning: Morning) -> str:
    """How everything stands, in one sentence."""
    whole = morning.whole
    return f"现有文件 {whole.documents} 件，承诺 {whole.promises} 项，其中逾期 {whole.overdue} 项。"


def since_words(morning: Morning) -> str:
    """What the report is compared with."""
    return f"与 {morning.since.isoformat()} 的早报相比" if morning.since else "第一份早报：现有的全部情况"


def _in_a_line(entry: Entry) -> str:
    about = f"{entry.unit}：{entry.about}" if entry.unit else entry.about
    return "；".join(filter(None, (about, _shortened(entry.quote), entry.told)))


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


# -- entries ---------------------------------------------------------------------------------------------------------


def overdue_entry(standing: Standing) -> Entry:
    """A promise whose last day has gone by."""
    return _promise(standing, schedule_phrase(standing.schedule), day=_last_day(standing))


def promise_entry(standing: Standing) -> Entry:
    """A promise that was read for the first time."""
    due = due_words(standing.deadline)
    return _promise(standing, "，".join(filter(None, (phrase(standing.strength), due))), day=_last_day(standing))


def evidence_entry(standing: Standing, found: EvidenceRow) -> Entry:
    """A passage that proves something about a promise, or may."""
    doubt = flag_phrases(found.link.flags) if found.link.certainty is Certainty.PROPOSED else ""
    told = evidence_words(found) + (f"〔{doubt}〕" if doubt else "")
    return _promise(standing, told, day=found.link.day, document=found.document)


def change_entry(standing: Standing, alarm: AlarmRow) -> Entry:
    """A promise that isn't what it was."""
    return _promise(standing, alarm_words(alarm), day=alarm.day, document=alarm.other)


def reply_entry(document: DocumentRow, promises: int) -> Entry:
    """A reply that came in."""
    identity = document.identity
    return Entry(
        about=heading(document),
        unit=identity.lead_unit or "",
        told=f"读出承诺 {promises} 项" if promises else "没有读出承诺",
        source=document.name,
        day=day_words(identity.date) if identity.date else None,
        document=document.id,
    )


def found_entry(name: str, owner: str, hit: SearchHit) -> Entry:
    """A hit of a saved search that wasn't there before."""
    identity, span = hit.document.identity, Span(hit.start, hit.end, hit.text)
    return Entry(
        about=f"检索“{name}”" + (f"（{owner}）" if owner else ""),
        unit=identity.lead_unit or "",
        quote=hit.text,
        told="新的检索结果：" + heading(hit.document),
        source=f"{source_name(hit.document)}，{position_words((), span)}" if hit.end else source_name(hit.document),
        day=day_words(identity.date) if identity.date else None,
        commitment=hit.id if hit.kind == "commitment" else None,
        document=hit.document.id,
    )


def listed_entry(name: str, owner: str, standing: Standing) -> Entry:
    """A promise that has come onto a list that somebody keeps."""
    about = f"台账“{name}”" + (f"（{owner}）" if owner else "")
    said = (phrase(standing.status) if standing.status else phrase(standing.strength), due_words(standing.deadline))
    return replace(_promise(standing, "，".join(filter(None, said)), day=_last_day(standing)), about=about)


def failure_entry(failure: UnreadableDocument) -> Entry:
    """A file that can't be read."""
    return Entry(about=failure.file, told=reason_phrase(failure.reason, failure.detail))


def gone_entry(address: str, name: str, day: date) -> Entry:
    """An address that its site took away."""
    return Entry(about=name or address, source=address, told="网站上没有了，已收的保留", day=day.isoformat())


def _promise(standing: Standing, told: str, *, day: date | None, document: DocumentRow | None = None) -> Entry:
    row = standing.row
    span = row.commitment.span
    return Entry(
        about=heading(row.document),
        unit=unit_of(standing),
        quote=span.text,
        told=told,
        source=f"{source_name(row.document)}，{position_words(row.commitment.section, span)}",
        day=day.isoformat() if day else None,
        commitment=row.id,
        document=(document or row.document).id,
    )


def _last_day(standing: Standing) -> date | None:
    return standing.deadline.end if standing.deadline else None


# -- kept as JSON ----------------------------------------------------------------------------------------------------


def to_json(morning: Morning) -> str:
    """The report as it is kept."""
    record = asdict(morning) | {"day": morning.day.isoformat(), "since": _iso(morning.since)}
    return json.dumps(record, ensure_ascii=False)


def from_json(content: str) -> Morning:
    """A report that was kept."""
    record: dict[str, Any] = json.loads(content)
    sections = tuple(
        Section(News(one["news"]), one["total"], tuple(Entry(**entry) for entry in one["entries"]))
        for one in record["sections"]
    )
    since = record["since"]
    return Morning(
        day=date.fromisoformat(record["day"]),
        since=date.fromisoformat(since) if since else None,
        sections=sections,
        whole=Standings(**record["whole"]),
        notes=tuple(record["notes"]),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
