"""The files as they came are kept, once each, under the digest of their bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flows.originals import Originals


def test_a_file_is_kept_under_its_digest_and_read_from_there(tmp_path: Path) -> None:
    file = tmp_path / "关于某某的答复.DOCX"
    file.write_bytes(b"as it came")
    original = Originals(tmp_path / "originals", 100).keep(file)
    digest = hashlib.sha256(b"as it came").hexdigest()
    assert original.source.digest == digest
    assert original.readable == tmp_path / "originals" / digest[:2] / f"{digest}.docx"
    assert original.readable.read_bytes() == b"as it came"


def test_what_changes_after_it_was_copied_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"before")
    original = Originals(tmp_path / "originals", 100).keep(file)
    file.write_bytes(b"after")
    assert original.readable.read_bytes() == b"before"
    assert original.source.digest == hashlib.sha256(b"before").hexdigest()


def test_the_same_bytes_under_two_names_are_kept_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals", 100)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"same")
        originals.keep(tmp_path / name)
    assert len([path for path in (tmp_path / "originals").rglob("*") if path.is_file()]) == 1


def test_a_file_that_is_too_large_or_gone_is_not_copied(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 101)
    originals = Originals(tmp_path / "originals", 100)
    assert originals.keep(large).readable == large
    assert originals.keep(tmp_path / "gone.txt").source.digest is None
    assert not (tmp_path / "originals").exists()


def test_what_a_killed_run_left_half_copied_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "123.part").write_bytes(b"half")
    Originals(tmp_path, 100).clear_unfinished()
    assert not list(tmp_path.iterdir())
