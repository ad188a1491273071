"""Word 97 and WPS Writer files: the same lines as the .docx of the same letter."""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from corpus.readers import read
from corpus.readers.word97 import operations
from corpus.samples import letters, make
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

# word97.fodt beside it is the same document as a text; LibreOffice wrote it as "MS Word 97".
SPECIMEN = Path(__file__).resolve().parents[1] / "documents" / "word97.doc"
LINES = """将整修𠮷岛灯塔两座。
一、航标
1.换灯
2.补漆
二、经费
详见航标清单第一行
第二行
水域|灯桩（座）|灯桩（座）
水域|上年|今年
东礁北口|3|
表后一段完
框里的话
去年底的清单。"""
FIB_VERSION, FIB_FLAGS = 2, 0x0A


def changed(path: Path, place: int, words: int) -> Path:
    """The specimen with two bytes of its WordDocument stream's head changed."""
    data = bytearray(SPECIMEN.read_bytes())
    struct.pack_into("<H", data, data.index(b"\xec\xa5") + place, words)
    path.write_bytes(data)
    return path


def reason_of(path: Path) -> Unreadable:
    with pytest.raises(UnreadableDocument) as caught:
        read(path)
    return caught.value.reason


def test_lists_tables_notes_boxes_and_fields_are_read_and_what_the_page_hides_is_not() -> None:
    document = read(SPECIMEN)
    assert document.text.split("\n") == LINES.split("\n")
    assert (document.form, document.title) == ("doc", "关于整修灯塔的答复")


def test_a_file_of_wps_writer_is_read_alike(tmp_path: Path) -> None:
    shutil.copy(SPECIMEN, tmp_path / "答复.wps")
    assert read(tmp_path / "答复.wps").text == LINES


def test_a_password_and_an_old_layout_are_said(tmp_path: Path) -> None:
    assert reason_of(changed(tmp_path / "locked.doc", FIB_FLAGS, 0x0100)) is Unreadable.ENCRYPTED
    assert reason_of(changed(tmp_path / "old.doc", FIB_VERSION, 0x0068)) is Unreadable.UNSUPPORTED


def test_a_length_of_its_own_parts_operations() -> None:
    table = struct.pack("<HHB", 0xD608, 4, 7) + b"ab"
    bold = struct.pack("<HB", 0x0835, 1)
    assert list(operations(table + bold)) == [(0xD608, b"\x07ab"), (0x0835, b"\x01")]
    assert list(operations(bold + b"\x35")) == [(0x0835, b"\x01")], "a cut one ends them"


def test_a_changed_byte_never_ends_in_silence(tmp_path: Path) -> None:
    chance, path = random.Random(1997), tmp_path / "m.doc"
    for _ in range(300):
        data = bytearray(SPECIMEN.read_bytes())
        for _ in range(chance.choice((1, 5, 30))):
            data[chance.randrange(len(data))] = chance.choice((0, 255, chance.randrange(256)))
        path.write_bytes(data[: chance.choice((len(data), len(data), chance.randrange(1, len(data))))])
        try:
            outcome: object = read(path)
        except UnreadableDocument as error:
            outcome = error.reason
        assert isinstance(outcome, Document | Unreadable)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice isn't installed here")
def test_each_sample_letter_saved_as_word_97_has_the_text_of_its_docx(tmp_path: Path) -> None:
    sources = sorted(path.stem for path in (make.HERE / "sources").glob("*.txt"))
    for source in sources:
        make.write_sample(letters.read_source(source), "docx", tmp_path / f"{source}.docx", {"numbering": True})
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "doc:MS Word 97",
         "--outdir", tmp_path / "old", *tmp_path.glob("*.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert len(sources) > 10
    for source in sources:
        assert read(tmp_path / "old" / f"{source}.doc").text == read(tmp_path / f"{source}.docx").text, source
