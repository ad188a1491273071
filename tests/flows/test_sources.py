"""Files and folders as sources."""

from __future__ import annotations

from pathlib import Path

from flows.sources import find_files


def names(found: list[Path], root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in found]


def plant(root: Path, *files: str) -> None:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("有字")


def test_folders_are_searched_to_the_bottom_in_order_of_name(tmp_path: Path) -> None:
    plant(tmp_path, "b.txt", "a/2.txt", "a/1.txt", "a/深/0.txt", "c.docx")
    assert names(find_files([tmp_path]), tmp_path) == ["b.txt", "c.docx", "a/1.txt", "a/2.txt", "a/深/0.txt"]


def test_hidden_and_temporary_files_are_passed_over(tmp_path: Path) -> None:
    plant(tmp_path, "~$答复.docx", ".git/x", ".隐藏.txt", "下载.part", "旧稿.bak", "Thumbs.db", "答复.docx")
    assert names(find_files([tmp_path]), tmp_path) == ["答复.docx"]


def test_a_file_that_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    plant(tmp_path, ".隐藏.txt")
    assert names(find_files([tmp_path / ".隐藏.txt", tmp_path / "不在.txt"]), tmp_path) == [".隐藏.txt", "不在.txt"]


def test_a_file_that_is_named_twice_is_taken_once(tmp_path: Path) -> None:
    plant(tmp_path, "a/1.txt")
    assert len(find_files([tmp_path, tmp_path / "a", tmp_path / "a" / "1.txt"])) == 1


def test_a_link_that_leads_back_does_not_run_for_ever(tmp_path: Path) -> None:
    plant(tmp_path, "a/1.txt")
    (tmp_path / "a" / "回").symlink_to(tmp_path)
    assert names(find_files([tmp_path]), tmp_path) == ["a/1.txt"]
