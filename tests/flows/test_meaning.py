"""Keeping what was learned: whole or not at all, and never in the way of a search."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from extractors.pipeline import extract
from flows.meaning import learn_meaning, meaning_of
from flows.searching import search_in
from models.documents import Document
from models.owners import this_process
from models.runs import SourceFile
from models.store import Store, open_store

NOW = datetime(2026, 3, 2, tzinfo=UTC)
WORKS = ["铺设滴灌管道", "新建田头冷库", "改造乡村公路", "增设公交班次", "修缮村史馆", "招聘乡村教师", "疏浚灌溉渠"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A register of twelve letters."""
    with open_store(f"sqlite:///{tmp_path}/duban.db") as opened:
        keep(opened, range(12))
        yield opened


def keep(store: Store, numbers: range) -> None:
    """Saves these letters."""
    run = store.begin_run("ingest", now=NOW, owner=this_process())
    for number in numbers:
        body = "\n".join(
            f"我局将在{number + 3}月底前于柿子坪{work}{number + place}处。" for place, work in enumerate(WORKS)
        )
        text = f"关于县十届人大一次会议第{number}号建议的答复\n您提出的建议收悉，现答复如下：\n{body}\n县农业农村局\n"
        name = f"{number}.txt"
        extraction = extract(Document(name, "txt", text))
        store.save(run, SourceFile(f"/{name}", name, "txt", None, None, None), extraction, now=NOW, extractor="1")
    store.finish_run(run, now=NOW)


def test_what_was_learned_is_read_again(store: Store, tmp_path: Path) -> None:
    assert learn_meaning(store, tmp_path)
    meaning = meaning_of(tmp_path)
    assert meaning is not None
    nearness = meaning("滴灌")
    assert nearness is not None
    near, far = nearness(["铺设滴灌管道", "招聘乡村教师"])
    assert near > far


def test_nothing_is_learned_anew_until_a_tenth_of_the_letters_is_new(store: Store, tmp_path: Path) -> None:
    assert learn_meaning(store, tmp_path)
    assert not learn_meaning(store, tmp_path)
    keep(store, range(12, 13))
    assert not learn_meaning(store, tmp_path)
    keep(store, range(13, 16))
    assert learn_meaning(store, tmp_path)
    assert len(list((tmp_path / "meaning").glob("space-*.npz"))) == 1


def test_too_few_letters_teach_nothing_and_the_search_works(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/small.db") as store:
        assert not learn_meaning(store, tmp_path)
        keep(store, range(1))
        assert not learn_meaning(store, tmp_path)
        assert meaning_of(tmp_path) is None
        assert search_in(store, "微灌", data_dir=tmp_path).hits[0].text.startswith("我局将在3月底前于柿子坪铺设滴灌")


def cut_short(folder: Path) -> None:
    (file,) = folder.glob("space-*.npz")
    file.write_bytes(file.read_bytes()[:100])


def taken_away(folder: Path) -> None:
    (file,) = folder.glob("space-*.npz")
    file.unlink()


def other_file_named(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"file": "../duban.db"}), encoding="utf-8")


def no_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[1", encoding="utf-8")


def manifest_of_another_shape(folder: Path) -> None:
    (folder / "manifest.json").write_text("[]", encoding="utf-8")


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What twelve letters teach, learned once."""
    folder = tmp_path_factory.mktemp("learned")
    with open_store(f"sqlite:///{folder}/duban.db") as opened:
        keep(opened, range(12))
        learn_meaning(opened, folder)
    return folder / "meaning"


@pytest.mark.parametrize("harm", [cut_short, taken_away, other_file_named, no_manifest, manifest_of_another_shape])
def test_a_file_that_cannot_be_trusted_is_left_aside(
    store: Store, tmp_path: Path, learned: Path, harm: Callable[[Path], None]
) -> None:
    copytree(learned, tmp_path / "meaning")
    harm(tmp_path / "meaning")
    assert meaning_of(tmp_path) is None
    assert search_in(store, "冷库", data_dir=tmp_path).hits


def test_a_folder_that_takes_nothing_does_not_stop_an_ingest(store: Store, tmp_path: Path) -> None:
    (tmp_path / "meaning").write_text("a file where the folder should be", encoding="utf-8")
    assert not learn_meaning(store, tmp_path)
