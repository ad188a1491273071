"""Plain text in its codes, and the same letter in every form."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import docx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read
from corpus.readers.encodings import decode

CASES_FOLDER = Path(__file__).resolve().parents[1] / "cases"
LETTER = "\n".join(
    text
    for line in yaml.safe_load((CASES_FOLDER / "readers_letter.yaml").read_text(encoding="utf-8"))
    for text in line.values()
)


def units(text: str) -> list[str]:
    """What stands between 。！？； or line breaks, white space left out."""
    parts = (re.sub(r"\s", "", part) for part in re.split(r"(?<=[。！？；!?;])|\n", text))
    return [part for part in parts if part]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_text_is_read_character_for_character_in_every_code(encoding: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(LETTER.replace("\n", newline).encode(encoding))
    document = read(path)
    assert (document.text, document.form, document.notes) == (LETTER, "txt", ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("同意", id="two characters"),
        pytest.param("邕江亲水步道", id="rare characters"),
        pytest.param("2023\n12.5%\n", id="digits alone"),
        pytest.param("Reply to proposal 58", id="Latin alone"),
        pytest.param("覆：臺端所提建議，本局將於年底前辦理完竣。", id="traditional characters"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_short_and_odd_texts_are_not_taken_for_another_code(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=30, max_size=200))
def test_any_han_text_comes_back_from_utf_8(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


def test_a_character_cut_off_at_the_end_costs_only_itself() -> None:
    assert decode("年内完成".encode()[:-1]) == "年内完"
    assert decode("年内完成".encode("gb18030")[:-1]) == "年内完"


def test_a_name_that_promises_nothing_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_text(LETTER, encoding="utf-8")
    assert read(path).form == "txt"


def test_the_same_letter_gives_the_same_units_in_every_form(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "gbk.txt").write_bytes(LETTER.encode("gb18030"))
    made = docx.Document()
    for line in LETTER.split("\n"):
        made.add_paragraph(line)
    made.save(str(tmp_path / "letter.docx"))
    body = "".join(f"<p>{escape(line)}</p>" for line in LETTER.split("\n"))
    (tmp_path / "letter.html").write_text(f"<html><body><div id='zoom'>{body}</div></body></html>", encoding="utf-8")
    for name in ("gbk.txt", "letter.docx", "letter.html"):
        assert units(read(tmp_path / name).text) == units(LETTER), name


def test_the_samples_letters_give_the_same_units_in_every_form(root: Path) -> None:
    by_name: dict[str, list[Path]] = {}
    for path in sorted((root / "corpus" / "samples" / "forms").glob("*.*")):
        by_name.setdefault(path.stem, []).append(path)
    if not by_name:
        pytest.skip("the samples aren't made yet")
    for name, paths in by_name.items():
        assert len(paths) > 1, name
        found = {path.suffix: units(read(path).text) for path in paths}
        assert all(one == found[".txt"] for one in found.values()), name


def test_texts_beside_the_project_come_out_as_they_are_but_for_traces(shared: Path) -> None:
    changed = []
    for path in sorted((shared / "gold").rglob("*.txt")):
        document = read(path)
        if document.text != path.read_text(encoding="utf-8"):
            changed.append(document.notes)
    assert changed == [("dropped_traces",)] * 2
