"""Records made quickly are those that the standard library would make."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from inspect import signature

import pytest

from models.documents import Span
from models.records import quick


@dataclass(frozen=True, slots=True)
class _Plain:
    start: int
    text: str = ""
    flags: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class _Quick:
    start: int
    text: str = ""
    flags: tuple[str, ...] = ()


def test_a_quick_record_is_called_as_a_plain_one() -> None:
    assert signature(_Quick) == signature(_Plain)
    assert repr(_Quick(3, flags=("soft",))) == repr(_Plain(3, flags=("soft",))).replace("_Plain", "_Quick")
    with pytest.raises(TypeError, match="start"):
        _Quick()  # type: ignore[call-arg]


def test_a_quick_record_stays_as_it_was_made() -> None:
    one = _Quick(3, "渡口")
    with pytest.raises(FrozenInstanceError):
        one.start = 4  # type: ignore[misc]
    assert replace(one, start=4) == _Quick(4, "渡口") != one
    assert hash(one) == hash(_Quick(3, "渡口"))


def test_a_quick_record_is_pickled_and_copied() -> None:
    one = Span(1, 3, "渡口")
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one


@dataclass(frozen=True, slots=True)
class _WithFactory:
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _WithMore:
    start: int
    end: int = field(init=False)


@dataclass(frozen=True, slots=True)
class _WithCare:
    start: int

    def __post_init__(self) -> None:
        assert self.start >= 0


@dataclass(frozen=True)
class _WithoutSlots:
    start: int


@pytest.mark.parametrize("record", [_WithFactory, _WithMore, _WithCare, _WithoutSlots])
def test_a_class_that_does_more_when_it_is_made_is_refused(record: type) -> None:
    with pytest.raises(TypeError, match=record.__name__):
        quick(record)
