"""What each page says of itself, and the words that it uses: help.yaml, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("help.yaml")


@dataclass(frozen=True, slots=True)
class Help:
    """What a page is for, in at most five lines, and the words on it with what they mean."""

    says: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def helps() -> Mapping[str, Help]:
    """The help of every page, by its path: /commitments/{id}."""
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    means = read["words"]
    return {
        path: Help(tuple(page["says"]), tuple((word, means[word]) for word in page["words"]))
        for path, page in read["pages"].items()
    }
