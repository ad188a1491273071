"""What following up is made of: processor time by part, each without the parts within it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import process_time
from typing import Any

from extractors.tracking import counted, prepared
from flows import follow_up
from flows.follow_up import FollowUp
from models.candidates import Lookup

_PARTS: tuple[tuple[Any, str, str], ...] = (
    (FollowUp, "follow", "keeping what is found"),  # all that none of the others is
    (FollowUp, "judge", "judging"),
    (FollowUp, "_between", "comparing"),
    (Lookup, "_alike", "looking for candidates"),
    (follow_up, "words_of_facts", "words to look for"),
    (follow_up, "words_of_promises", "words to look for"),
    (follow_up, "load_all", "reading papers"),
    (prepared, "_prepare", "making papers ready"),
    (counted, "_kept", "making papers ready"),
)
NAMES = tuple(dict.fromkeys(part for _, _, part in _PARTS))


@contextmanager
def parts_counted() -> Iterator[Mapping[str, float]]:
    """Processor seconds by part of what is followed up within."""
    spent: defaultdict[str, float] = defaultdict(float)
    open_parts: list[str] = []
    since = 0.0

    def turned() -> None:
        nonlocal since
        now = process_time()
        if open_parts:
            spent[open_parts[-1]] += now - since
        since = now

    def in_part(work: Callable[..., Any], part: str) -> Callable[..., Any]:
        def counted_work(*given: Any, **named: Any) -> Any:
            turned()
            open_parts.append(part)
            try:
                return work(*given, **named)
            finally:
                turned()
                open_parts.pop()

        return counted_work

    usual = [(owner, name, getattr(owner, name)) for owner, name, _ in _PARTS]
    for (owner, name, work), (_, _, part) in zip(usual, _PARTS, strict=True):
        setattr(owner, name, in_part(work, part))
    try:
        yield spent
    finally:
        for owner, name, work in usual:
            setattr(owner, name, work)
