"""A reader whose files are read on other machines, some lots ahead; what doesn't come back is read here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from corpus.readers.limits import Limits
from flows.machines.lots import Order
from flows.reading import Extracted, Reader
from models.errors import StoreUnavailable, UnreadableDocument
from models.extraction import Extraction

Answer = Sequence[Extraction | UnreadableDocument | None]
Send = Callable[[Order], Callable[[], Answer]]
"""Sends a lot off; what it gives waits for the answer. Whatever it raises: this lot won't be answered."""


class Spread:
    """Files by the lot: `expect` sends a lot off, `extract_many` gives the records when their turn comes.

    A lot that is lost (its machine died, has other rules, doesn't see the folder) is read here, so that a night with
    machines that fail ends as a night on one machine does. `lost` counts the files that this concerns, `why` says what
    happened last. `connect` says how to send, and how many lots are worked on at once; it is asked when the first lot
    comes, so that a night without new files needs no other machine.
    """

    def __init__(self, connect: Callable[[], tuple[Send, int]], here: Reader, limits: Limits, version: str) -> None:
        self._connect, self._here, self._limits, self._version = connect, here, limits, version
        self.lost, self.why = 0, ""
        self._sent: dict[Path, tuple[tuple[Path, ...], Callable[[], Answer]]] = {}
        self._found: dict[Path, Extraction | UnreadableDocument] = {}

    @cached_property
    def _sender(self) -> tuple[Send, int]:
        try:
            return self._connect()
        except StoreUnavailable as error:
            self.why = str(error)
            return _nobody, 0

    @property
    def ahead(self) -> int:
        """Two lots for each that is worked on: none has to wait for us."""
        return 2 * self._sender[1]

    def expect(self, paths: Sequence[Path]) -> None:
        """Sends off those that weren't sent yet."""
        lot = tuple(dict.fromkeys(path for path in paths if path not in self._sent and path not in self._found))
        if lot:
            answer = self._ordered(Order(lot, self._limits, self._version))
            self._sent |= dict.fromkeys(lot, (lot, answer))

    def extract_many(self, paths: Iterable[Path]) -> Iterator[Extracted]:
        """Each file with its records, or with why it can't be read, in the order given."""
        wanted = list(paths)
        self.expect(wanted)
        for place, path in enumerate(wanted):
            if path not in self._found:
                self._receive(path)
            again = path in wanted[place + 1 :]  # two names of the same bytes
            yield path, self._found[path] if again else self._found.pop(path)

    def _receive(self, path: Path) -> None:
        lot, answer = self._sent[path]
        for one in lot:
            del self._sent[one]
        came = self._answered(answer, len(lot))
        self._found |= {one: found for one, found in zip(lot, came, strict=True) if found is not None}
        left = [one for one in lot if one not in self._found]
        self.lost += len(left)
        self._found |= dict(self._here.extract_many(left))

    def _answered(self, answer: Callable[[], Answer], size: int) -> Answer:
        """The answer; nothing for each file where there is none, whatever the reason: other machines have many."""
        try:
            came = answer()
        except Exception as error:  # noqa: BLE001 - a scheduler, a network, a machine: none of them may cost a file
            self.why = _said(error)
            came = ()
        return came if len(came) == size else [None] * size

    def _ordered(self, order: Order) -> Callable[[], Answer]:
        try:
            return self._sender[0](order)
        except Exception as error:  # noqa: BLE001 - the same when it is sent off
            self.why = _said(error)
            return list


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _nobody(_order: Order) -> Callable[[], Answer]:
    return list
