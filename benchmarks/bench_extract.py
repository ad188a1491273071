"""Whole extraction against jieba's segmentation of the same text, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, best_of, peak_memory_mb
from corpus.readers import read
from extractors.pipeline import extract
from models.documents import Document

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "files"


def documents() -> list[Document]:
    """The samples that can be read."""
    from models.errors import UnreadableDocument

    found = []
    for path in sorted(SAMPLES.iterdir()):
        try:
            found.append(read(path))
        except UnreadableDocument:
            continue
    return found


def run() -> Iterator[Figure]:
    """Characters per second of extraction and of jieba.lcut, their ratio, and the memory held."""
    import jieba

    texts = documents()
    chars = sum(len(document.text) for document in texts)
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    extract(texts[0])
    cut = best_of(5, lambda: [jieba.lcut(document.text) for document in texts])
    whole = best_of(5, lambda: [extract(document) for document in texts])
    yield Figure("extract: documents", len(texts) / whole, "documents/s")
    yield Figure("extract: characters", chars / whole / 1000, "kchar/s")
    yield Figure("jieba.lcut over the same text", chars / cut / 1000, "kchar/s")
    yield Figure("extract against jieba.lcut", cut / whole, "times", at_least=0.3)
    yield Figure("memory after extraction", peak_memory_mb(), "MB")
