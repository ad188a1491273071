"""The texts that speed is measured over: annotated documents put together to the length of an ordinary letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.gold.records import Split, read_gold

_LONG = range(2_000, 3_501)  # characters of an ordinary long letter
_REPLIES, _PLANS = ("r",), ("pl", "n")  # how the names of the annotated documents begin


def letters() -> list[str]:
    """Replies, one behind the other, as texts of 2,000 to 3,500 characters: a number every 40 characters or so."""
    return list(_joined(_texts(_REPLIES)))


def plans() -> list[str]:
    """Plans and news in the same way: the densest in numbers."""
    return list(_joined(_texts(_PLANS)))


def texts_in(folder: Path) -> list[str]:
    """The text files of that length in a folder."""
    read = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt")))
    return [text for text in read if len(text) in _LONG]


def document_of(length: int) -> str:
    """A document of so many characters: replies and plans by turns, over and over."""
    whole = "\n".join((*_texts(_REPLIES), *_texts(_PLANS)))
    return (whole * (1 + length // len(whole)))[:length]


def _texts(kinds: tuple[str, ...]) -> Iterator[str]:
    """What is annotated for learning; held-out documents are not even timed."""
    for split in (Split.TRAIN, Split.DEV):
        for document in read_gold(split=split):
            if document.name.startswith(kinds) and not document.name.startswith("reg"):
                yield document.text


def _joined(texts: Iterable[str]) -> Iterator[str]:
    letter = ""
    for text in texts:
        letter += text
        if len(letter) in _LONG:
            yield letter
        if len(letter) >= _LONG.start:
            letter = ""
