"""A file that is still being written is left for later."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.sources import still_files


def aged(path: Path, content: str, age: float) -> Path:
    path.write_text(content, encoding="utf-8")
    os.utime(path, (1_000_000 - age, 1_000_000 - age))
    return path


def clock() -> float:
    return 1_000_000.0


def test_old_files_are_taken_without_waiting(tmp_path: Path) -> None:
    path = aged(tmp_path / "答复.txt", "一", 60)
    assert still_files(tmp_path, 5, clock, lambda seconds: pytest.fail("nothing to wait for")) == [path]


def test_a_file_that_grows_renames_or_goes_while_we_look_is_left(tmp_path: Path) -> None:
    growing, moved, fresh = (aged(tmp_path / name, "一", 1) for name in ("长.txt", "走.txt", "新.txt"))

    def meanwhile(seconds: float) -> None:
        assert seconds == 5
        growing.write_text("一二", encoding="utf-8")
        moved.rename(tmp_path / "走了.txt")

    assert still_files(tmp_path, 5, clock, meanwhile) == [fresh]


def test_a_file_from_the_future_is_looked_at_twice(tmp_path: Path) -> None:
    path, waited = aged(tmp_path / "明天.txt", "一", -86_400), []
    assert still_files(tmp_path, 5, clock, waited.append) == [path]
    assert waited == [5]


def test_a_share_that_is_not_there_is_an_error_not_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        still_files(tmp_path / "没挂上", 5)
