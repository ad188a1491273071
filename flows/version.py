"""Which reader and which rules read a document: a name that changes with them, so that newer rules read it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

_PACKAGES = ("corpus", "extractors")
# What doesn't change what one document says:
_APART = frozenset({"samples", "gold", "tracking", "meaning", "thesaurus.yaml", "scoring.py", "__pycache__"})
_KINDS = (".py", ".yaml", ".json")


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """Program version and digest of readers, rules and lexicon, as in 0.1.0+3f2a9c51."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for file in _files(resources.files(package)):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return f"{version('duban')}+{digest.hexdigest()[:8]}"


def tracker_version(meanings: Mapping[str, str]) -> str:
    """The extractor's version and a digest of the rules across documents and of what result classes mean here, as in
    0.1.0+3f2a9c51+77aa01bc."""
    digest = hashlib.sha256(repr(sorted(meanings.items())).encode())
    for file in _files(resources.files("extractors").joinpath("tracking")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return f"{extractor_version()}+{digest.hexdigest()[:8]}"


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name in _APART:
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(_KINDS):
            yield entry
