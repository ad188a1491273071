"""The invented city's files: printed the same again, and read as what they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import readers
from corpus.gold.records import units_of
from corpus.samples import letters, make
from models.errors import UnreadableDocument

MANIFEST = make.read_manifest()
FILES = make.HERE / "files"
ENTRIES = [pytest.param(entry, id=entry["file"]) for entry in MANIFEST["files"]]
SOURCES = sorted({entry["source"] for entry in MANIFEST["files"]})
PAGE_LINE = re.compile(r"(来源：[^：]+)?发布(时间|日期)：\d{4}-\d\d-\d\d(信息来源：[^：]+：【大中小】)?")


def words_of(text: str) -> str:
    """The words of a letter, without the page's own line (发布日期, 来源, 字号), which the reader of pages drops."""
    return PAGE_LINE.sub("", letters.words_of(text))


@pytest.fixture(scope="module")
def printed_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    make.write_all(folder)
    return folder


def test_there_are_enough_documents_of_every_form_and_kind() -> None:
    assert len(MANIFEST["files"]) >= 18
    assert {entry["form"] for entry in MANIFEST["files"]} == set(make.FORMS)
    kinds = {entry["identity"].get("kind") for entry in MANIFEST["files"]}
    assert kinds >= {"suggestion", "proposal", "reply", "plan", "regulation", "progress_report", "news"}
    assert len(MANIFEST["unreadable"]) == 2


def test_the_files_on_disk_are_the_manifest_s() -> None:
    listed = {entry["file"] for entry in [*MANIFEST["files"], *MANIFEST["unreadable"]]}
    assert {path.name for path in FILES.iterdir()} == listed


def test_printing_again_gives_the_same_bytes_for_plain_forms(printed_again: Path) -> None:
    for path in sorted(printed_again.rglob("*")):
        if path.suffix in (".txt", ".html"):
            assert path.read_bytes() == (make.HERE / path.relative_to(printed_again)).read_bytes(), path.name


def test_printing_again_gives_the_same_text_for_office_forms(printed_again: Path) -> None:
    for path in sorted(printed_again.rglob("*")):
        if path.suffix in (".docx", ".pdf", ".ofd") and path.name not in {e["file"] for e in MANIFEST["unreadable"]}:
            kept = make.HERE / path.relative_to(printed_again)
            assert readers.read(path).text == readers.read(kept).text, path.name


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_sample_reads_as_its_source_says(entry: dict[str, Any]) -> None:
    read = letters.words_of(readers.read(FILES / entry["file"]).text)
    missing = [
        line.text
        for line in letters.read_source(entry["source"])
        if line.setting is letters.Setting.BODY and letters.words_of(line.text) not in read
    ]
    note = letters.words_of(entry.get("footnote", {}).get("text", ""))
    assert [line for line in missing if letters.words_of(line) not in read.replace(note, "")] == []


def test_a_struck_out_passage_is_left_out() -> None:
    struck = [entry for entry in MANIFEST["files"] if "deleted" in entry]
    assert struck
    for entry in struck:
        assert entry["deleted"]["text"] not in readers.read(FILES / entry["file"]).text


@pytest.mark.parametrize("entry", MANIFEST["unreadable"], ids=lambda entry: entry["file"])
def test_an_unreadable_sample_says_why(entry: dict[str, Any]) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        readers.read(FILES / entry["file"])
    assert caught.value.reason == entry["reason"]


@pytest.mark.parametrize("source", SOURCES)
def test_a_text_comes_back_whole_from_each_form(source: str, tmp_path: Path) -> None:
    for form in make.FORMS:
        path = tmp_path / f"letter.{form}"
        make.write_sample(letters.read_source(source), form, path, {"numbering": True})
        printed = letters.plain_text(letters.read_source(source))
        assert words_of(readers.read(path).text) == words_of(printed), form


def test_the_story_quotes_one_unit_each_and_no_neighbour() -> None:
    story = yaml.safe_load((make.HERE / "story.yaml").read_text(encoding="utf-8"))
    quotes = [(promise["from"], promise["words"]) for promise in story["promises"]]
    links = [link for promise in story["promises"] for link in promise.get("links", [])]
    quotes += [(source, words) for source, words, _ in links]
    quotes += [(pair["proposal"], words) for pair in story["coverage"] for words in pair["requests"]]
    for source, words in quotes:
        units = units_of(letters.plain_text(letters.read_source(source)))
        assert sum(words in unit for unit in units) == 1, (source, words)
    assert not any(source.startswith("neighbour") for source, _ in quotes)
