"""Invented letters with one record of every kind, and stores to keep them in.

Every test that takes a store runs on both databases, where PostgreSQL is installed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.commitments import Commitment, Deadline, Declined, Request, Strength
from models.documents import Body, Document, Identity, Kind, Span, Unit, UnitRole, Zone
from models.extraction import Extraction
from models.ids import digest_of
from models.owners import this_process
from models.quantities import Basis, Comparator, Quantity, Role
from models.runs import RunId, SourceFile
from models.store import Store, open_store
from models.tables import metadata

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
_LOGS = {"runs", "run_items", "run_progress", "sightings", "leases"}  # what a run writes about itself

Letter = Callable[..., Extraction]


def letter_of(
    number: int = 7, thing: str = "公交站台", count: int = 30, name: str = "", **identity: object
) -> Extraction:
    """A reply about `thing`: a title, a promise, a refusal, a request, and two numbers, one a part of the other."""
    lines = [
        f"关于市十二届人大三次会议第{number}号建议的答复",
        f"您提出的增设{thing}的建议收悉。",
        f"　　下一步，我局将于2026年底前建成{thing}{count}处，其中城南片区２处。",
        "　　因规划所限，滨河路暂不具备建设条件。",
    ]
    text = "\n".join(lines)
    spans = [_span(text, line) for line in lines]
    units = tuple(
        Unit(span, index, role, zone, section, head, lead_in)
        for index, (span, role, zone, section, head, lead_in) in enumerate(
            (
                (spans[0], UnitRole.TITLE, Zone.OPENING, (), None, None),
                (spans[1], UnitRole.TEXT, Zone.OPENING, (), None, None),
                (spans[2], UnitRole.TEXT, Zone.PLANNED, ("一、打算", "（一）建设"), "一是加快建设。", "重点做好："),
                (spans[3], UnitRole.TEXT, Zone.ANSWER, ("二、说明",), None, None),
            )
        )
    )
    whole = _number(text, f"{count}处", spans[2], thing, Decimal(count))
    part = _number(text, "２处", spans[2], "城南片区", Decimal("2.50"), part_of=0, flags=("unequal_list",))
    return Extraction(
        document=Document(name or f"{number}.txt", "txt", text, "网页标题", date(2026, 2, 1), ("joined_lines",)),
        identity=Identity(
            **{  # type: ignore[arg-type]
                "kind": Kind.REPLY,
                "addressed_to": Body.NPC,
                "number": str(number),
                "congress": 12,
                "session": 3,
                "subject": f"增设{thing}",
                "proposers": ("田甲", "岳乙"),
                "lead_unit": "市交通运输局",
                "co_units": ("市财政局",),
                "region": "临江市",
                "region_code": "220681",
                "date": date(2026, 1, 20),
                "year_hint": 2026,
                "result_class": "B",
                "doc_number": f"临交函〔2026〕{number}号",
                "title": lines[0],
                "openness": "主动公开",
                "contacts": ("联系人：办公室",),
                **identity,
            }
        ),
        units=units,
        commitments=(
            Commitment(
                spans[2],
                ("一、打算", "（一）建设"),
                Strength.FIRM,
                Deadline("2026年底前", date(2026, 12, 31)),
                ("市交通运输局",),
                ("《站台建设方案》",),
                "资金到位",
                0.875,
                "plain_future",
                ("long_unit",),
            ),
        ),
        declined=(Declined(spans[3], ("二、说明",), "因规划所限", 0.75, "not_possible"),),
        requests=(Request(spans[1], "named_ask"),),
        quantities=(whole, part),
    )


def file_of(extraction: Extraction, path: str = "", **facts: object) -> SourceFile:
    """The file that holds a letter; size, time and digest follow from the text unless given."""
    document = extraction.document
    text = document.text.encode()
    return SourceFile(
        **{  # type: ignore[arg-type]
            "path": path or f"/inbox/{document.name}",
            "name": document.name,
            "form": document.form,
            "digest": digest_of(text),
            "size": len(text),
            "mtime_ns": 1_700_000_000_000_000_000 + len(text),
            **facts,
        }
    )


def rows_of(store: Store, leave_out: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Every row of every table but the runs' own logs, in one order: equal before and after means nothing changed."""
    tables = [table for table in metadata.sorted_tables if table.name not in _LOGS | leave_out]
    with store.reading() as connection:
        return {
            table.name: sorted(json.dumps(list(row), default=str) for row in connection.execute(sa.select(table)))
            for table in tables
        }


def _span(text: str, quote: str, start: int = 0) -> Span:
    place = text.index(quote, start)
    return Span(place, place + len(quote), quote)


def _number(text: str, quote: str, unit: Span, indicator: str, value: Decimal, **more: object) -> Quantity:
    return Quantity(
        span=_span(text, quote, unit.start),
        value=value,
        upper=None,
        unit="处",
        comparator=Comparator.EQUAL,
        basis=Basis.LEVEL,
        role=Role.TARGET,
        indicator=indicator,
        deadline=date(2026, 12, 31),
        unit_span=unit,
        confidence=0.5,
        rule="cardinal",
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def now() -> datetime:
    """The moment at which everything in a test happens."""
    return NOW


@pytest.fixture
def letter() -> Letter:
    """letter_of"""
    return letter_of


@pytest.fixture
def file() -> Callable[..., SourceFile]:
    """file_of"""
    return file_of


@pytest.fixture
def rows() -> Callable[..., dict[str, list[str]]]:
    """rows_of"""
    return rows_of


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of its own for each test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/duban.db"
        return
    yield request.getfixturevalue("postgres_url")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> RunId:
    """A run of this process that holds the store."""
    return store.begin_run("ingest", now=NOW, owner=this_process())


@pytest.fixture
def save(store: Store, run: RunId) -> Callable[..., object]:
    """Saves a letter under a path, by version 1 of the extractor unless said otherwise."""

    def saving(extraction: Extraction, path: str = "", extractor: str = "1", **facts: object) -> object:
        return store.save(run, file_of(extraction, path, **facts), extraction, now=NOW, extractor=extractor)

    return saving
