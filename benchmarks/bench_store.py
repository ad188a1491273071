"""Keeping and finding: documents saved per second, the ledger and the search with a hundred thousand commitments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure
from models.commitments import Commitment, Deadline, Strength
from models.documents import Body, Document, Identity, Kind, Span, Unit, UnitRole, Zone
from models.extraction import Extraction
from models.owners import this_process
from models.quantities import Basis, Comparator, Quantity, Role
from models.queries import Filter, Sort, count_commitments, ledger
from models.runs import SourceFile
from models.search import search
from models.store import Store, open_store

_NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_UNITS, _PROMISES, _NUMBERS = 40, 10, 12  # of an ordinary letter
_LETTERS = 10_000
_THINGS = ["停车位", "充电桩", "养老服务站", "口袋公园", "农村公路", "污水管网", "老旧小区", "校车线路", "图书馆"]
_DOINGS = ["新建", "改造", "整治", "完善", "推进", "加快建设", "优化", "增设", "维修", "规划"]
_PLACES = ["东湖街道", "西山镇", "南河社区", "北岭村", "中心城区", "高新区", "老城片区", "滨江路沿线"]
_QUERIES = ("停车", "停车位 西山镇", "充电桩 -校车", "300个", "老旧小区加装电梯", "“推进河道”", "垃圾分类站点")


def letter(number: int) -> tuple[SourceFile, Extraction]:
    """An invented reply of forty sentences; the same number gives the same letter."""
    dice = random.Random(number)
    text = f"关于第{number}号建议的答复\n"
    spans: list[Span] = []
    for _ in range(_UNITS):
        sentence = (
            f"我局将在{dice.choice(_PLACES)}{dice.choice(_DOINGS)}{dice.choice(_THINGS)}{dice.randint(2, 900)}个，"
            f"会同{dice.choice(_PLACES)}做好{dice.choice(_THINGS)}的后续管理工作。"
        )
        spans.append(Span(len(text), len(text) + len(sentence), sentence))
        text += sentence
    name = f"{number:05}.txt"
    day = date(2025, 1 + number % 12, 1 + number % 28)
    identity = Identity(Kind.REPLY, Body.NPC, str(number), 18, 4, f"第{number}件", lead_unit="市建设局", date=day)
    return SourceFile(f"/letters/{name}", name, "txt", f"{number:064}", len(text), number), Extraction(
        document=Document(name, "txt", text),
        identity=identity,
        units=tuple(Unit(s, i, UnitRole.TEXT, Zone.PLANNED, ("一、下一步工作",)) for i, s in enumerate(spans)),
        commitments=tuple(_promise(dice, span) for span in spans[:_PROMISES]),
        declined=(),
        requests=(),
        quantities=tuple(_number(span) for span in spans[:_NUMBERS]),
    )


def _promise(dice: random.Random, span: Span) -> Commitment:
    deadline = Deadline("年底前", date(2025, 12, 31)) if dice.random() < 0.3 else None
    strength = dice.choice(list(Strength))
    return Commitment(span, ("一、下一步工作",), strength, deadline, ("市建设局",), (), None, 0.9, "plain_verb")


def _number(span: Span) -> Quantity:
    text = span.text[span.text.index("个") - 1 : span.text.index("个") + 1]
    start = span.start + span.text.index(text)
    place = Span(start, start + len(text), text)
    value = Decimal(text[:-1])
    what = next(thing for thing in _THINGS if thing in span.text)
    return Quantity(place, value, None, "个", Comparator.EQUAL, Basis.LEVEL, Role.TARGET, what, None, span)


def run() -> Iterator[Figure]:
    """Saving, seeing again, the ledger's first page and whole, and searches, on SQLite."""
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder)}/bench.db") as store:
        letters = [letter(number) for number in range(_LETTERS)]
        yield Figure("store: letters saved, in batches", _save(store, letters[1000:]), "a second", at_least=100)
        yield Figure("store: letters saved, one by one", _save(store, letters[:1000], batch=1), "a second")
        yield Figure("store: the same letters again", _save(store, letters[:1000], batch=1), "a second")
        yield Figure("ledger: first 100 by deadline", 1000 * _seconds(lambda: _page(store)), "ms")
        yield Figure("ledger: all of 100,000", _seconds(lambda: ledger(store)), "s")
        times = [_seconds(lambda query=query: search(store, query)) for query in _QUERIES]
        yield Figure("search: median", 1000 * median(times), "ms")
        yield Figure("search: slowest", 1000 * max(times), "ms")


def _save(store: Store, letters: list[tuple[SourceFile, Extraction]], batch: int = 25) -> float:
    owned = store.begin_run("ingest", now=_NOW, owner=this_process())
    begun = perf_counter()
    for start in range(0, len(letters), batch):
        store.save_all(owned, letters[start : start + batch], now=_NOW, extractor="bench")
    taken = perf_counter() - begun
    store.finish_run(owned, now=_NOW)
    return len(letters) / taken


def _page(store: Store) -> None:
    wanted = Filter(kinds=(Kind.REPLY,), has_deadline=True)
    ledger(store, wanted, sort=Sort.DEADLINE, limit=100)
    count_commitments(store, wanted)


def _seconds(work: object) -> float:
    begun = perf_counter()
    work()  # type: ignore[operator]
    return perf_counter() - begun
