"""Where documents come from: files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_TEMPORARY_HEADS = (".", "~$", "~")
_TEMPORARY_TAILS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".swp", ".bak", "~")
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, each once: those named, and those in the folders named, however deep, in order of name.

    In folders, hidden files, what an open editor leaves (~$答复.docx) and unfinished downloads are passed over; a file
    that is named itself is always taken, even one that isn't there: it becomes a failure with a reason.
    """
    found: dict[Path, None] = {}
    for path in paths:
        whole = Path(os.path.abspath(path))  # not resolved: a link is a file under the name that it has here
        found |= dict.fromkeys(_inside(whole) if whole.is_dir() else [whole])
    return list(found)


def is_temporary(name: str) -> bool:
    """Whether a file or folder of that name is none of the documents'.

    >>> [is_temporary(name) for name in ("~$答复.docx", ".git", "a.part", "答复.docx")]
    [True, True, True, False]
    """
    low = name.lower()
    return low.startswith(_TEMPORARY_HEADS) or low.endswith(_TEMPORARY_TAILS) or low in _LITTER


def _inside(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_temporary(name))
        yield from (Path(parent, name) for name in sorted(names) if not is_temporary(name))
