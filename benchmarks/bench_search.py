"""The search over a large register: words, numbers, several words, what the texts call otherwise, with filters."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import perf_counter, process_time

from benchmarks.figures import Figure, share_within
from benchmarks.register.letters import words
from benchmarks.register.made import Register, Wanted, register
from flows.searching import search_in
from models.commitments import Strength
from models.completing import complete
from models.filters import CURRENT, Filter
from models.search import SearchKind
from models.store import Store, open_store

GOAL = 100.0
"""Milliseconds within which 95 of 100 searches are done."""
_TRIED = 30  # queries of each sort
_LACKED = (
    *(
        "没地方停车",
        "空置厂房",
        "老人吃饭",
        "电动车没处充电",
        "下雨积水",
        "上学不方便",
        "看病难",
        "买菜不便",
        "加装扶梯",
    ),
    *("违建", "噪声扰民", "打工人住房", "孩子没人带", "盲道被占", "断头路", "奖金分期发放", "路不平", "健身没去处"),
    *("农产品卖不出去", "快递进村", "办事多跑腿", "人才引进", "非机动车棚", "旧楼没有扶手", "河水发臭", "厕所太少"),
    *("工厂排污", "晚上太黑", "公交等太久", "多久能修好"),
)
Query = tuple[str, Filter]


def queries() -> dict[str, list[Query]]:
    """Queries by their sort; always the same."""
    dice, known = random.Random(7), words()

    def some(make: Callable[[], str], within: Callable[[], Filter] = lambda: CURRENT) -> list[Query]:
        return [(make(), within()) for _ in range(_TRIED)]

    def of(name: str) -> str:
        return dice.choice(known[name])

    def place() -> str:
        return of("places") + of("kinds")

    narrowed: Sequence[Callable[[], Filter]] = (
        lambda: Filter(units=(of("units"),)),
        lambda: Filter(region=of("cities"), year=dice.randint(2016, 2026)),
        lambda: Filter(strengths=(Strength.FIRM,), has_deadline=True),
    )
    return {
        "words": some(lambda: of("things")),
        "two characters": some(lambda: of("things")[:2]),
        "numbers": some(lambda: f"{dice.randint(2, 900)}{of('counts')}"),
        "several words": some(lambda: f"{place()} {of('things')} {of('doings')}"),
        "one left out": some(lambda: f"{of('things')} -{of('doings')}"),
        "with filters": some(lambda: of("things"), lambda: dice.choice(narrowed)()),
        "words the texts lack": [(words, CURRENT) for words in _LACKED],
    }


def run(wanted: Wanted = Wanted()) -> Iterator[Figure]:  # noqa: B008 - frozen
    """Half and 95 of 100 of each sort of query, then of all."""
    with register(wanted) as made, open_store(made.url) as store:
        yield from measured(made, store)


def measured(made: Register, store: Store) -> Iterator[Figure]:
    """The same on a register that is there."""
    search_in(store, "垃圾分类", limit=50)  # the first one reads the thesaurus
    everything: list[_Spent] = []
    name = f"search in {made.size:,}"
    for sort, asked in queries().items():
        times = [_spent(partial(search_in, store, given, limit=50, within=within)) for given, within in asked]
        yield from _told(f"{name}, {sort}", times)
        everything += times
    yield from _told(f"{name}, all of these", everything, GOAL)
    kinds = tuple(SearchKind)
    times = [_spent(partial(search_in, store, given, kinds=kinds)) for given, _ in queries()["words"]]
    yield from _told(f"{name}, all kinds", times)
    times = [_spent(partial(complete, store, given)) for given, _ in queries()["two characters"]]
    yield from _told(f"completion in {made.size:,}", times, GOAL)


_Spent = tuple[float, float]  # seconds on the clock, and of the processor: on a busy machine the first tell of others


def _told(name: str, times: list[_Spent], goal: float | None = None) -> Iterator[Figure]:
    clock, processor = zip(*times, strict=True)
    yield Figure(f"{name}: half within", 1000 * share_within(clock, 0.5), "ms")
    yield Figure(f"{name}: 95 of 100 within", 1000 * share_within(clock, 0.95), "ms", at_most=goal)
    yield Figure(f"{name}: 95 of 100, processor", 1000 * share_within(processor, 0.95), "ms")


def _spent(work: Callable[[], object]) -> _Spent:
    begun, used = perf_counter(), process_time()
    work()
    return perf_counter() - begun, process_time() - used
