"""A dropped zip file gives its members as documents; what could harm is refused with its reason, and only that."""

from __future__ import annotations

import random
import stat
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.fetching.archives import Bounds
from flows.fetching.book import Book, Harvest
from flows.originals import Originals
from models.errors import Unreadable
from models.owners import this_process
from models.store import Store

NOW = datetime(2026, 5, 20, 18, 0, tzinfo=UTC)
SMALL = Bounds(member=200_000, unpacked=500_000, members=20, ratio=100, floor=50_000)
Unpack = Callable[..., Harvest]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """The folder where archives are dropped."""
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


@pytest.fixture
def unpack(drop: Path, store: Store, inbox: Originals) -> Unpack:
    """One night over the drop folder."""
    from flows.fetching.archives import unpack_new

    run = store.begin_run("nightly", now=datetime.now(UTC), owner=this_process())

    def unpacking(bounds: Bounds = SMALL) -> Harvest:
        book = Book.of(store, run, "打包件", inbox, NOW)
        archives = sorted(drop.glob("*.zip"))
        unpack_new(book, archives, set(map(str, archives)), bounds)
        return book.harvest()

    return unpacking


def zipped(path: Path, **members: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def reasons(found: Harvest) -> dict[str, Unreadable]:
    return {one.file.rpartition("!")[2]: one.reason for one in found.refused}


def test_members_are_documents_under_the_archive_s_name(drop: Path, unpack: Unpack) -> None:
    path = zipped(drop / "一批.zip", **{"甲/答复1.txt": "一", "乙/答复1.txt": "二", "__MACOSX/x": "", ".DS_Store": ""})
    found = unpack()
    assert [(file.source, file.name) for file in found.files] == [
        (f"{path}!乙/答复1.txt", "答复1.txt"),
        (f"{path}!甲/答复1.txt", "答复1.txt"),
    ]
    assert [file.path.read_text() for file in found.files] == ["二", "一"]
    assert found.refused == ()


def test_an_unchanged_archive_is_not_opened_again(drop: Path, unpack: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(drop / "一批.zip", **{"答复.txt": "一"})
    first = unpack()
    monkeypatch.setattr(zipfile, "ZipFile", None)
    again = unpack()
    assert (again.files, again.fresh) == (first.files, 0)


def test_a_changed_archive_gives_new_versions_and_notes_what_it_lost(drop: Path, unpack: Unpack) -> None:
    zipped(drop / "一批.zip", **{"a.txt": "一", "b.txt": "二"})
    before = {file.name: file.path for file in unpack().files}
    zipped(drop / "一批.zip", **{"a.txt": "一，改过的"})
    after = unpack()
    assert (after.fresh, after.gone) == (1, 1)
    assert {file.name: file.path for file in after.files}["a.txt"] != before["a.txt"]
    (drop / "一批.zip").unlink()
    last = unpack()
    assert last.gone == 2  # the archive and its member
    assert len(last.files) == 2


def test_names_in_the_old_chinese_code_are_read(drop: Path, unpack: Unpack) -> None:
    name = "关于停车难的答复.txt"
    zipped(drop / "旧.zip", **{"x" * len(name.encode("gb18030")): "一"})
    data = (drop / "旧.zip").read_bytes().replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030"))
    (drop / "旧.zip").write_bytes(data)
    assert [file.name for file in unpack().files] == [name]


def test_what_could_harm_is_refused_member_by_member(drop: Path, unpack: Unpack, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(drop / "坏.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../外面.txt", "a")
        archive.writestr("/etc/外面.txt", "a")
        archive.writestr("C:\\外面.txt", "a")
        archive.writestr(link, "/etc/passwd")
        archive.writestr("里面.zip", b"PK")
        archive.writestr("炸弹.txt", b"0" * 190_000)
        archive.writestr("太大.txt", random.Random(1).randbytes(200_001))
        archive.writestr("好的.txt", "好")
    found = unpack()
    assert [file.name for file in found.files] == ["好的.txt"]
    assert reasons(found) == {
        "../../外面.txt": Unreadable.UNSAFE,
        "/etc/外面.txt": Unreadable.UNSAFE,
        "C:\\外面.txt": Unreadable.UNSAFE,
        "链接.txt": Unreadable.UNSAFE,
        "里面.zip": Unreadable.UNSUPPORTED,
        "炸弹.txt": Unreadable.TOO_LARGE,
        "太大.txt": Unreadable.TOO_LARGE,
    }
    assert not list(tmp_path.rglob("外面.txt"))


def test_an_encrypted_member_is_said_to_be_so(drop: Path, unpack: Unpack) -> None:
    path = zipped(drop / "密.zip", **{"密.txt": "a", "明.txt": "b"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the first member's flags, in both places
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    found = unpack()
    assert reasons(found) == {"密.txt": Unreadable.ENCRYPTED}
    assert [file.name for file in found.files] == ["明.txt"]


def test_an_archive_that_lies_about_a_size_is_not_believed(drop: Path, unpack: Unpack) -> None:
    path = zipped(drop / "谎.zip", **{"谎.txt": bytes(range(256)) * 900})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + offset, 100)
    path.write_bytes(data)
    found = unpack()
    assert (found.files, set(reasons(found).values())) == ((), {Unreadable.DAMAGED})


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"PK\x03\x04 not a zip", Unreadable.DAMAGED), (b"", Unreadable.DAMAGED), (b"hello", Unreadable.DAMAGED)],
    ids=["cut", "empty", "a text"],
)
def test_a_broken_archive_is_one_failure(drop: Path, unpack: Unpack, content: bytes, reason: Unreadable) -> None:
    (drop / "坏.zip").write_bytes(content)
    zipped(drop / "好.zip", **{"a.txt": "一"})
    found = unpack()
    assert [one.reason for one in found.refused] == [reason]
    assert len(found.files) == 1


def test_too_many_members_are_refused_as_a_whole(drop: Path, unpack: Unpack) -> None:
    zipped(drop / "多.zip", **{f"{number}.txt": "a" for number in range(21)})
    found = unpack()
    assert ([one.reason for one in found.refused], found.files) == ([Unreadable.TOO_LARGE], ())


def test_members_that_are_too_much_together_stop_where_the_bound_is(drop: Path, unpack: Unpack) -> None:
    zipped(drop / "多.zip", **{f"{number}.txt": random.Random(number).randbytes(180_000) for number in range(4)})
    found = unpack()
    assert (len(found.files), len(found.refused)) == (2, 2)
