"""Keeping what the office's own texts teach about meaning: learned after an ingest, read by every search.

    DATA_DIR/meaning/manifest.json      which file holds it, its digest, how many documents it was learned from
    DATA_DIR/meaning/space-1f3a….npz    plain arrays (never a pickle)

What can't be read is as good as nothing learned: the search works without.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from extractors.meaning.semantics import MOST
from flows.learning import learned_from
from models.corpus_texts import count_documents, sample_units
from models.search import Meaning
from models.store import Store

_MANIFEST = "manifest.json"
_FORMAT = 1
_GROWN = 0.1  # share of the documents that must have come or gone before it is learned anew
_ARRAYS = ("grams", "rarity", "places")


def learn_meaning(store: Store, data_dir: Path) -> bool:
    """Learns anew where a tenth of the documents are new since the last time; whether it did."""
    folder = data_dir / "meaning"
    documents = count_documents(store)
    last = _manifest(folder).get("documents")
    if not documents or (isinstance(last, int) and abs(documents - last) <= _GROWN * last):
        return False
    try:
        data = learned_from(sample_units(store, MOST))
        _keep(folder, data, documents)
    except OSError:  # a full or read-only disk, or too little memory, takes nothing from what was ingested
        return False
    return data is not None


def meaning_of(data_dir: Path) -> Meaning | None:
    """How near texts are to a query in meaning, as last learned; None when nothing was."""
    folder = data_dir / "meaning"
    manifest = _manifest(folder)
    name, digest = manifest.get("file"), manifest.get("sha256")
    if not isinstance(name, str) or not isinstance(digest, str) or Path(name).name != name:
        return None
    return _read(folder / name, digest)


def _keep(folder: Path, data: bytes | None, documents: int) -> None:
    """Writes file and manifest, each whole or not at all, and takes away what the manifest no longer names."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, Any] = {"format": _FORMAT, "documents": documents}
    if data is not None:
        digest = hashlib.sha256(data).hexdigest()
        manifest |= {"file": f"space-{digest[:16]}.npz", "sha256": digest}
        _replace(folder / manifest["file"], data)
    _replace(folder / _MANIFEST, json.dumps(manifest, indent=1).encode())
    for old in folder.glob("space-*.npz"):
        if old.name != manifest.get("file"):
            old.unlink(missing_ok=True)


@lru_cache(maxsize=2)
def _read(path: Path, digest: str) -> Meaning | None:
    import numpy as np

    from extractors.meaning.semantics import Space

    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            return None
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            grams, rarity, places = (arrays[name] for name in _ARRAYS)
    except (OSError, ValueError, KeyError, BadZipFile):
        return None
    return Space(grams.tolist(), rarity, places.astype(np.float32)).nearness()


def _manifest(folder: Path) -> dict[str, Any]:
    """What was learned last; nothing where that can't be read or is of another format."""
    try:
        read = json.loads((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) and read.get("format") == _FORMAT else {}


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.replace(path)
