"""Mixed documents of a hundred counties, replies and news by turns, in all forms: what a register grows by.

Document 7 is the same document whatever was made before. A thousand are written by the generator and extracted for
real; all others are these of another county and other villages, and so are their records. Counties are of the official
list, so that their codes are known as in printed letters; all else is invented.
"""

from __future__ import annotations

import pickle
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path

from benchmarks.register.blocks import Block
from benchmarks.register.known import add_known, compare, keep_known
from benchmarks.register.letters import letter, news, words
from corpus.samples.letters import Line as Printed
from corpus.samples.letters import Setting
from corpus.samples.make import write_sample
from extractors.pipeline import extract
from extractors.places import gazetteer, level_of
from models.documents import Document
from models.extraction import Extraction
from models.store import Store

_COUNTIES = 100
_MODELS = 1_000
_COMPARED = 100
_FORMS = (("docx", 45), ("pdf", 30), ("html", 20), ("txt", 3), ("gb18030", 2))
_FIRST = "柏竹松梅桂槐枫柳桑榆杏桃栗茶莲荷菱芦苇稻麦粟菊兰芝葛藤苔荻蒲鹤雁鹭燕莺鹿马牛羊龙凤龟鲤蟹石岩沙泥土铁铜银玉珠"
_SECOND = "坪坝岗坡岭垭坳湾浦港渡津桥闸堰塘潭泉溪涧滩洲屿墩台亭阁楼寺庙庵宅院铺店集屯堡寨营卫"
_VILLAGE = f"(?:{'|'.join(_FIRST)})(?:{'|'.join(_SECOND)})"
_PER_BLOCK = 25


def text_of(number: int) -> str:
    """A reply (odd numbers) or a piece of news of one of the counties."""
    return _elsewhere(_text_pieces(number % _MODELS), number // _MODELS).decode()


def extraction_of(number: int) -> Extraction:
    """What is found in document `number`; `extract` finds the same."""
    made: Extraction = pickle.loads(_elsewhere(_pieces(number % _MODELS), number // _MODELS))
    return made


def _elsewhere(pieces: Sequence[bytes], steps: int) -> bytes:
    """A text, or pickled records, with each county and village that is named moved on: names keep their length."""
    moved = _moved(steps)
    return b"".join(moved[piece] if place % 2 else piece for place, piece in enumerate(pieces))


@cache
def _pieces(number: int) -> Sequence[bytes]:
    return _names().split(_model(number))


@cache
def _text_pieces(number: int) -> Sequence[bytes]:
    return _names().split(_model_text(number).encode())


@cache
def _model(number: int) -> bytes:
    return pickle.dumps(extract(Document(f"{number:06}.txt", "txt", _model_text(number))))


@cache
def _model_text(number: int) -> str:
    made = (letter if number % 2 else news)(number)
    dice = random.Random(f"county {number}")
    county = dice.choice(counties())
    region, day = made.identity.region or "", made.identity.date
    title, *rest = [line for line in made.document.text.replace(region, county).splitlines() if line]
    if number % 2:
        lines = (title.replace(region[-1], county[-1], 1), *rest)
    else:
        lines = (title, f"来源：{county}融媒体中心  发布时间：{day:%Y年%m月%d日}", *rest)
    text = _stock().sub("", "\n".join(lines)) + "\n"
    text = re.sub("(?<=[将争究励])，|围绕，|，(?=[，。])|惠及。", "", text)
    return _places().sub(lambda _: dice.choice(_FIRST) + dice.choice(_SECOND), text)


@cache
def _places() -> re.Pattern[str]:
    """Two dozen places of the generator: a register where all letters speak of them finds evidence everywhere."""
    return re.compile("|".join(words()["places"]))


@cache
def _stock() -> re.Pattern[str]:
    """Phrases that half of the generator's letters share, for the same reason."""
    lists = words()
    return re.compile("|".join(sorted((*lists["measures"], *lists["aims"]), key=len, reverse=True)) + "|，惠及[^。]+")


@cache
def _names() -> re.Pattern[bytes]:
    """Counties, their codes as strings of records have them, and villages."""
    codes = [f"(?<![0-9]){gazetteer().codes[name][0]}(?![0-9])" for name in counties()]
    return re.compile(f"({'|'.join((*counties(), *codes))}|{_VILLAGE})".encode())


@cache
def _moved(steps: int) -> dict[bytes, bytes]:
    """What stands for each county, code and village so many steps on."""
    names = counties()
    moved = {name: names[(place + 37 * steps) % len(names)] for place, name in enumerate(names)}
    moved |= {gazetteer().codes[one][0]: gazetteer().codes[other][0] for one, other in moved.items()}
    first, second = (_FIRST[steps % len(_FIRST) :] + _FIRST), (_SECOND[7 * steps % len(_SECOND) :] + _SECOND)
    for one, other in zip(_FIRST, first, strict=False):
        moved |= {one + two: other + another for two, another in zip(_SECOND, second, strict=False)}
    return {one.encode(): other.encode() for one, other in moved.items()}


@cache
def counties() -> tuple[str, ...]:
    """Names of counties and county-level cities that no other division bears, spread over the official list."""
    known = gazetteer()
    single = [name for name, codes in known.codes.items() if len(codes) == 1 and level_of(codes[0]) == 3]
    plain = [name for name in single if len(name) == 3 and name[-1] in "县市" and name in known.names.values()]
    plain = [name for name in plain if not re.search(_VILLAGE, name)]
    return tuple(plain[:: len(plain) // _COUNTIES][:_COUNTIES])


def county_of(number: int) -> int:
    """The place of a document's county among `counties`."""
    return (_model_county(number % _MODELS) + 37 * (number // _MODELS)) % len(counties())


@cache
def _model_county(number: int) -> int:
    return counties().index(random.Random(f"county {number}").choice(counties()))


def of_counties(first: int, chosen: Sequence[int]) -> Iterator[int]:
    """The numbers from `first` on of the documents of these counties, without end."""
    return (number for number in count(first) if county_of(number) in chosen)


def write_files(inbox: Path, numbers: Sequence[int]) -> list[Path]:
    """The documents with these numbers as files: Word 45 %, PDF 30 %, pages 20 %, text 5 % (some of it GB18030)."""
    inbox.mkdir(parents=True, exist_ok=True)
    return [_write(inbox, number) for number in numbers]


def _write(inbox: Path, number: int) -> Path:
    form = random.Random(f"form {number}").choices([form for form, _ in _FORMS], [share for _, share in _FORMS])[0]
    title, *rest = text_of(number).splitlines()
    lines = (Printed(Setting.CENTRED, title), *(Printed(Setting.BODY, line) for line in rest))
    suffix, options = ("txt", {"encoding": form}) if form == "gb18030" else (form, {})
    path = inbox / f"{number:06}.{suffix}"
    write_sample(lines, suffix, path, options)
    return path


def fill(store: Store, numbers: Sequence[int]) -> None:
    """Writes all that a store keeps of these documents, as if they had been taken in and followed up, but for what
    follow-up would have found. The store must hold nothing else."""
    for number in range(_MODELS):  # made here, once, for the processes that are forked
        _model(number)
    for number in numbers[:: 1 + len(numbers) // _COMPARED]:
        compare(extraction_of(number))
    lots = [numbers[start : start + _PER_BLOCK] for start in range(0, len(numbers), _PER_BLOCK)]
    keep_known(store, _block, lots)


def _block(numbers: Sequence[int]) -> Block:
    made = Block()
    for number in numbers:
        one = extraction_of(number)
        add_known(made, one, f"/filled/{number:06}.txt", len(one.document.text.encode()), number)
    return made
