"""Lots that other machines read: kept in order, and read here where they don't come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.machines.lots import Order, OtherRules, read_lot
from flows.machines.spread import Answer, Spread
from flows.reading import Reader, limits_of
from flows.settings import Settings
from flows.version import extractor_version
from models.errors import StoreUnavailable, Unreadable, UnreadableDocument

Write = Callable[[Path, int], list[Path]]
LIMITS = limits_of(Settings())


@pytest.fixture
def here() -> Iterator[Reader]:
    with Reader(Settings(workers=1), 1) as reader:
        yield reader


@pytest.fixture
def letters(tmp_path: Path, write_replies: Write) -> list[Path]:
    """Four letters and an empty file."""
    (tmp_path / "空.txt").touch()
    return [*write_replies(tmp_path, 4), tmp_path / "空.txt"]


def there(order: Order) -> Callable[[], Answer]:
    """A machine that does what it is asked."""
    return lambda: read_lot(order)


def spread(send: Callable[[Order], Callable[[], Answer]], here: Reader) -> Spread:
    return Spread(lambda: (send, 2), here, LIMITS, extractor_version())


def test_what_other_machines_read_comes_in_order_and_is_what_is_read_here(here: Reader, letters: list[Path]) -> None:
    away = spread(there, here)
    assert away.ahead == 4
    away.expect(letters[2:])
    found = list(away.extract_many(letters))
    assert [path for path, _ in found] == letters
    assert [repr(one) for one in found] == [repr(one) for one in here.extract_many(letters)]
    assert isinstance(found[-1][1], UnreadableDocument)
    assert found[-1][1].reason is Unreadable.EMPTY
    assert (away.lost, away.why) == (0, "")


def test_two_names_of_the_same_bytes_are_read_once(here: Reader, letters: list[Path]) -> None:
    sent: list[int] = []

    def counting(order: Order) -> Callable[[], Answer]:
        sent.append(len(order.paths))
        return there(order)

    found = list(spread(counting, here).extract_many([*letters, letters[0]]))
    assert (sent, len(found)) == ([5], 6)
    assert found[0][1] == found[-1][1]


def refuses(_order: Order) -> Callable[[], Answer]:
    raise ConnectionError("the scheduler is gone")


def dies(_order: Order) -> Callable[[], Answer]:
    def answer() -> Answer:
        raise TimeoutError("its machine is gone")

    return answer


def has_other_rules(order: Order) -> Callable[[], Answer]:
    return lambda: read_lot(replace(order, version="0.0.1"))


def sees_no_folder(order: Order) -> Callable[[], Answer]:
    return lambda: read_lot(replace(order, paths=tuple(Path("/nowhere") / path.name for path in order.paths)))


def forgets_half(order: Order) -> Callable[[], Answer]:
    return lambda: read_lot(order)[:2]


@pytest.mark.parametrize("fault", [refuses, dies, has_other_rules, sees_no_folder, forgets_half])
def test_a_lot_that_is_lost_is_read_here(
    fault: Callable[[Order], Callable[[], Answer]], here: Reader, letters: list[Path]
) -> None:
    away = spread(fault, here)
    assert [repr(one) for one in away.extract_many(letters)] == [repr(one) for one in here.extract_many(letters)]
    assert away.lost == len(letters)


def test_where_nobody_is_there_everything_is_read_here_and_the_reason_is_known(
    here: Reader, letters: list[Path]
) -> None:
    def connect() -> tuple[Callable[[Order], Callable[[], Answer]], int]:
        raise StoreUnavailable("没有 worker")

    away = Spread(connect, here, LIMITS, extractor_version())
    assert (away.ahead, len(list(away.extract_many(letters)))) == (0, 5)
    assert (away.lost, away.why) == (5, "没有 worker")


def test_a_machine_with_other_rules_says_so(letters: list[Path]) -> None:
    with pytest.raises(OtherRules, match="另一台机器上的版本"):
        read_lot(Order(tuple(letters), LIMITS, "0.0.1"))
