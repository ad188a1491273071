"""Broken, hostile and mislabelled files: each ends in one named reason, none in silence."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
import specimens

from corpus.readers import Limits, read
from corpus.readers.pool import ReaderPool
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument


@pytest.mark.parametrize("specimen", [pytest.param(one, id=one.name) for one in specimens.SPECIMENS])
def test_each_specimen_ends_in_its_reason(specimen: object, tmp_path: Path) -> None:
    path = tmp_path / specimen.name  # type: ignore[attr-defined]
    path.write_bytes(specimen.content())  # type: ignore[attr-defined]
    with pytest.raises(UnreadableDocument) as caught:
        read(path)
    assert (caught.value.reason.value, caught.value.file) == (specimen.reason, path.name)  # type: ignore[attr-defined]


def test_the_specimens_show_every_reason_that_a_file_itself_can_give() -> None:
    by_process = {Unreadable.TIMEOUT, Unreadable.MEMORY, Unreadable.CRASHED, Unreadable.MISSING}
    by_fetching = {Unreadable.UNREACHABLE, Unreadable.UNSAFE}
    given = set(Unreadable) - by_process - by_fetching
    assert {one.reason for one in specimens.SPECIMENS} == {reason.value for reason in given}


@pytest.mark.parametrize("name", ["absent.txt", "folder.docx"])
def test_what_is_no_file_is_missing(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.docx").mkdir()
    with pytest.raises(UnreadableDocument) as caught:
        read(tmp_path / name)
    assert caught.value.reason is Unreadable.MISSING


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        pytest.param(Limits(size=100), "too_large", id="size"),
        pytest.param(Limits(unpacked=100), "too_large", id="unpacked"),
        pytest.param(Limits(members=2), "too_large", id="members"),
    ],
)
def test_limits_are_settings(limits: Limits, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(specimens.word())
    with pytest.raises(UnreadableDocument) as caught:
        read(path, limits)
    assert caught.value.reason.value == reason


def test_a_mislabelled_file_is_told_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "答复.pdf"
    path.write_bytes(specimens.PAGE.encode())
    with pytest.raises(UnreadableDocument, match=r"内容是 html，扩展名是 \.pdf"):
        read(path)


def test_a_night_of_bad_files_goes_on_to_its_end(tmp_path: Path) -> None:
    paths = []
    for specimen in specimens.SPECIMENS[::3]:
        for name, content in (
            (specimen.name, specimen.content()),
            (f"good-{specimen.name}.txt", specimens.LETTER.encode()),
        ):
            (tmp_path / name).write_bytes(content)
            paths.append(tmp_path / name)
    with ReaderPool() as pool:
        outcomes = list(pool.read_many(paths))
    assert [path for path, _ in outcomes] == paths
    assert all(isinstance(outcome, Document) == path.name.startswith("good-") for path, outcome in outcomes)
    assert all(
        outcome.reason is not Unreadable.CRASHED for _, outcome in outcomes if isinstance(outcome, UnreadableDocument)
    )


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_a_cut_file_is_never_a_silent_empty_one(cut: float, tmp_path: Path) -> None:
    for name, whole in (("a.docx", specimens.word()), ("a.pdf", specimens.scan()), ("a.html", specimens.PAGE.encode())):
        path = tmp_path / name
        path.write_bytes(whole[: max(1, int(cut * len(whole)))])
        with contextlib.suppress(UnreadableDocument):
            assert read(path).text.strip()


def test_mutated_files_end_in_a_text_or_a_reason(tmp_path: Path) -> None:
    chance = random.Random(20240601)
    seeds = {
        "m.docx": specimens.word(),
        "m.pdf": specimens.scan(),
        "m.html": specimens.PAGE.encode(),
        "m.txt": specimens.LETTER.encode(),
    }
    paths = []
    for number in range(120):
        name, whole = list(seeds.items())[number % len(seeds)]
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        paths.append(tmp_path / f"{number}-{name}")
        paths[-1].write_bytes(bytes(data))
    with ReaderPool(Limits(stall=10)) as pool:
        for path, outcome in pool.read_many(paths):
            assert not isinstance(outcome, Document) or outcome.text.strip(), path
            assert not isinstance(outcome, UnreadableDocument) or outcome.reason not in (
                Unreadable.CRASHED,
                Unreadable.TIMEOUT,
            )
