"""Following up one new document while the register grows to 100,000 promises and 10,000 later documents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure, peak_memory_mb
from benchmarks.register.blocks import Block, KeptAs, add_document, numbered
from benchmarks.register.filling import bulk, write
from extractors.pipeline import extract
from flows.follow_up import FollowUp
from flows.running import few_searches
from models.documents import Document, Identity, Kind
from models.extraction import Extraction
from models.keeping import digest_of_records
from models.owners import this_process
from models.rows import document_id
from models.runs import RunId, SourceFile
from models.store import Store, open_store

_NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_SIZES = (100, 1_000, 10_000)  # replies; ten promises each
_PER_BLOCK = 50
_TRIED = 7  # documents of each kind followed up at each size
_TRACKER = "bench"
_WHERE = [
    "东湖",
    "西山",
    "南河",
    "北岭",
    "滨江",
    "老城",
    "高新",
    "青石",
    "白鹿",
    "云溪",
    "枫林",
    "柳浦",
    "石门",
    "金沙",
]
_WHAT = [
    "社区",
    "乡镇",
    "学校",
    "园区",
    "景区",
    "农村",
    "街巷",
    "河道",
    "山区",
    "工业",
    "公共",
    "老年",
    "儿童",
    "残疾人",
]
_THINGS = ["停车场", "充电桩", "养老院", "图书馆", "卫生室", "污水管网", "垃圾站", "照明灯", "健身步道", "文化礼堂"]
_THINGS += ["冷链仓库", "泄洪渠", "托育点", "书房", "食堂", "公交站", "候车亭", "厕所", "广场", "监测站"]
_NAMES = [a + b + c for a, b, c in product(_WHERE, _WHAT, _THINGS)]


def run() -> Iterator[Figure]:
    """Seconds to follow up a new reply, and a new piece of news, at each size; the last against the first."""
    taken: dict[str, list[float]] = {"a reply": [], "news": []}
    for size in _SIZES:
        with TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder)}/bench.db") as store:
            _fill(store, size)
            for name, kind in (("a reply", Kind.REPLY), ("news", Kind.NEWS)):
                seconds = _followed(store, kind, size)
                taken[name].append(seconds)
                yield Figure(f"follow up {name}: {size * 10:,} promises, {size:,} later documents", seconds, "s")
    for name, seconds_by_size in taken.items():
        times = seconds_by_size[-1] / seconds_by_size[0]
        yield Figure(f"follow up {name}: time as the register grows 100 times", times, "times")
    yield Figure("follow up: memory", peak_memory_mb(), "MB")


def _fill(store: Store, size: int, processes: int = 2) -> None:
    """Writes so many replies and pieces of news as if they had been taken in and followed up."""
    run = store.begin_run("ingest", now=_NOW, owner=this_process())
    lots = [range(first, min(size, first + _PER_BLOCK)) for first in range(0, size, _PER_BLOCK)]
    with get_context("fork").Pool(processes) as pool, bulk(store) as connection:
        for made in numbered(pool.imap(_block, lots)):
            write(connection, [made])
    store.finish_run(run, now=_NOW)


def _block(numbers: range) -> Block:
    made = Block()
    for number, kind in product(numbers, (Kind.REPLY, Kind.NEWS)):
        source, found = paper(number, kind)
        digest = digest_of_records(document_id(found.document.text), found)
        add_document(made, found, KeptAs(source, "bench", _TRACKER, digest))
    return made


def _followed(store: Store, kind: Kind, size: int) -> float:
    """Seconds a document, in the middle of some."""
    run = store.begin_run("ingest", now=_NOW, owner=this_process())
    times = [_one(store, run, kind, 100_000 + size + number) for number in range(_TRIED)]
    store.finish_run(run, now=_NOW)
    return median(times)


def _one(store: Store, run: RunId, kind: Kind, number: int) -> float:
    store.save_all(run, [paper(number, kind)], now=_NOW, extractor="bench")
    begun = perf_counter()
    work = FollowUp(store, run, _TRACKER)
    with few_searches():
        for document in work.waiting():
            work.follow(document)
        for reply in work.replies_to_judge():
            work.judge(reply)
    return perf_counter() - begun


def paper(number: int, kind: Kind) -> tuple[SourceFile, Extraction]:
    """An invented reply that promises ten things, or news of ten that are done; the same number gives the same."""
    dice = random.Random(f"{kind}{number}")
    things = dice.sample(_NAMES, 10)
    day = date(2024, 1, 10) + timedelta(days=number % 300 + (200 if kind is Kind.NEWS else 0))
    say = _promised if kind is Kind.REPLY else _reported
    lines = [f"关于第{number}号建议的答复" if kind is Kind.REPLY else f"民生实事见闻之{number}"]
    lines += ["下一步，我局将做好以下工作：" if kind is Kind.REPLY else "记者从有关部门获悉，一批项目有了新进展。"]
    lines += [say(dice, thing) for thing in things]
    lines += [f"目前全市另有{dice.choice(_WHAT)}设施{dice.randint(20, 900)}处。" for _ in range(8)]
    name = f"{kind.value}{number}.txt"
    text = "\n".join(lines)
    identity = Identity(
        kind, number=str(number), lead_unit="临江市建设局", region="临江市", region_code="220681", date=day
    )
    found = replace(extract(Document(name, "txt", text)), identity=identity)
    return SourceFile(f"/in/{name}", name, "txt", f"{number:064}", len(text), number), found


def _promised(dice: random.Random, thing: str) -> str:
    return f"到2025年底前新建{thing}{dice.randint(2, 90)}处，完善{dice.choice(_WHAT)}配套。"


def _reported(dice: random.Random, thing: str) -> str:
    return f"今年以来，{thing}已建成投用{dice.randint(2, 90)}处，群众反映良好。"
