"""Whole extraction against jieba's segmentation of the same text, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import process_time

from benchmarks.figures import Figure, best_of, peak_memory_mb
from corpus.readers import read
from extractors.pipeline import extract
from models.documents import Document
from models.errors import UnreadableDocument

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_LONG = range(2_000, 3_501)  # characters of an ordinary long letter


def samples() -> list[Document]:
    """The samples that can be read: short, and dense in numbers."""
    found = []
    for path in sorted((CORPUS / "samples" / "files").iterdir()):
        try:
            found.append(read(path))
        except UnreadableDocument:
            continue
    return found


def long_letters() -> list[Document]:
    """Annotated replies put together to letters of 2,000 to 3,500 characters."""
    letters, text = [], ""
    for path in sorted((CORPUS / "gold").glob("r*.txt")):
        text += path.read_text(encoding="utf-8")
        if len(text) in _LONG:
            letters.append(Document(path.name, "txt", text))
        if len(text) >= _LONG.start:
            text = ""
    return letters


def run() -> Iterator[Figure]:
    """Characters per second of extraction and of jieba.lcut in processor time, their ratio, and the memory held."""
    import jieba

    jieba.setLogLevel("WARNING")
    jieba.initialize()
    for name, texts, floor in (("samples", samples(), 0.3), ("long letters", long_letters(), 0.3)):
        yield from _against_jieba(name, texts, floor)
    yield Figure("memory after extraction", peak_memory_mb(), "MB")


def _against_jieba(name: str, texts: list[Document], floor: float) -> Iterator[Figure]:
    import jieba

    chars = sum(len(document.text) for document in texts)
    extract(texts[0])
    cut = best_of(5, lambda: [jieba.lcut(document.text) for document in texts], process_time)
    whole = best_of(5, lambda: [extract(document) for document in texts], process_time)
    yield Figure(f"extract, {name}: documents", len(texts) / whole, "documents/s")
    yield Figure(f"extract, {name}: characters", chars / whole / 1000, "kchar/s")
    yield Figure(f"jieba.lcut, {name}", chars / cut / 1000, "kchar/s")
    yield Figure(f"extract against jieba.lcut, {name}", cut / whole, "times", at_least=floor)
