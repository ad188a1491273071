"""Many small letters as files, and a register that knows them as if it had taken each of them in.

A few are read and extracted for real; the others differ from those in seven digits only, and so do their records.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.register.blocks import Block
from benchmarks.register.known import add_known, compare, keep_known
from benchmarks.register.letters import words
from extractors.pipeline import extract
from models.documents import Document
from models.extraction import Extraction
from models.store import Store

_MODELS = 40
_DIGITS = "0000000"
_PER_FOLDER = 500
_PER_BLOCK = 25


def path_of(inbox: Path, number: int) -> Path:
    """Where letter `number` lies."""
    return inbox / f"{number // _PER_FOLDER:04}" / f"{number:07}.txt"


def text_of(number: int) -> str:
    """A small reply: two paragraphs of what was done, three promises, no two letters alike."""
    return _model_text(number % _MODELS).replace(_DIGITS, f"{number:07}")


def extraction_of(number: int) -> Extraction:
    """What is found in letter `number`; `extract` finds the same, but for a hundredth of confidence."""
    made: Extraction = pickle.loads(_model(number % _MODELS).replace(_DIGITS.encode(), b"%07d" % number))
    return made


def write_files(inbox: Path, numbers: range) -> None:
    """Writes the letters with these numbers."""
    for number in numbers:
        path = path_of(inbox, number)
        if number % _PER_FOLDER == 0 or number == numbers.start:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(number), encoding="utf-8")


def make_known(store: Store, inbox: Path, numbers: range) -> None:
    """Writes all that a store keeps of these files. The store must be new."""
    for number in numbers[:_MODELS]:  # all models are made here, once, for the processes that are forked
        compare(extraction_of(number))
    lots = [(inbox, numbers[start : start + _PER_BLOCK]) for start in range(0, len(numbers), _PER_BLOCK)]
    keep_known(store, _block, lots)


def _block(lot: tuple[Path, range]) -> Block:
    inbox, numbers = lot
    made = Block()
    for number in numbers:
        path = path_of(inbox, number)
        stat = path.stat()
        add_known(made, extraction_of(number), str(path), stat.st_size, stat.st_mtime_ns)
    return made


@cache
def _model(number: int) -> bytes:
    return pickle.dumps(extract(Document(f"{_DIGITS}.txt", "txt", _model_text(number))))


@cache
def _model_text(number: int) -> str:
    return "".join(f"{line}\n" for line in _lines(random.Random(f"night {number}")))


def _lines(dice: random.Random) -> Iterator[str]:
    lists = words()
    city, unit = dice.choice(lists["cities"]), dice.choice(lists["units"])
    things, places = dice.sample(lists["things"], 4), dice.sample(lists["places"], 4)
    yield f"关于加快{places[0]}{things[0]}建设的建议的答复"
    yield "张明代表："
    yield f"您提出的关于加快{places[0]}{things[0]}建设的建议收悉，现答复如下："
    year = dice.randint(2019, 2024)
    yield f"一、{year}年以来，全{city[-1]}已在{_DIGITS}地块等处建成{things[1]}{dice.randint(3, 90)}处。"
    yield f"二、下一步，我局将在{_DIGITS}地块新建{things[0]}{dice.randint(3, 90)}处，改造{places[1]}的{things[2]}。"
    yield f"三、2027年底前完成{_DIGITS}地块{things[3]}的改造，总投资{dice.randint(100, 900)}万元。"
    yield f"四、积极争取资金，支持{places[2]}{_DIGITS}地块建设{things[1]}。"
    yield f"{city}{unit}"
    yield "2026年3月12日"


def records_per_letter() -> float:
    """How many promises such a letter makes, on average."""
    return sum(len(extraction_of(number).commitments) for number in range(_MODELS)) / _MODELS
