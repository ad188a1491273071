"""Our records as span groups of a spaCy Doc, so that they can be joined to anybody's pipeline.

    nlp = build_pipeline()
    doc = nlp(text)
    doc.spans["commitments"], doc.spans["quantities"], doc.spans["requests"], doc.spans["declined"]

A span's label is what the record says first (strength, role); `span._.commitment`, `._.quantity`, `._.request` and
`._.declined` hold the record itself, `doc._.extraction` all of them. A span covers whole tokens; the record keeps the
exact quotation. Importing this module imports spaCy and registers `duban.jieba.v1` (tokenizer) and `duban_records`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from extractors import tokens
from extractors.pipeline import extract
from models.commitments import Commitment, Declined, Request
from models.documents import Document
from models.quantities import Quantity

Record = Commitment | Quantity | Request | Declined
GROUPS = {"commitments": "commitment", "quantities": "quantity", "requests": "request", "declined": "declined"}


def build_pipeline(cache: Path | None = None) -> Language:
    """A spaCy pipeline for Chinese: our tokenizer, sentences that end where our units end, and our records.

    `cache` is the folder for the built dictionary (`extractors.tokens`).
    """
    tokenizer = {"@tokenizers": "duban.jieba.v1", "cache": str(cache) if cache else None}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    nlp.add_pipe("sentencizer", config={"punct_chars": ["。", "！", "？", "；", "!", "?", ";", "\n"]})
    nlp.add_pipe("duban_records")
    return nlp


class JiebaTokenizer:
    """Text to Doc by our own jieba; the Doc's text is the text given, every character of it."""

    def __init__(self, vocab: Vocab, cache: str | None) -> None:
        self.vocab = vocab
        self.cache = Path(cache) if cache else None

    def __call__(self, text: str) -> Doc:
        words = tokens.cut(text, self.cache)
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def pipe(self, texts: Iterable[str], batch_size: int = 50) -> Iterable[Doc]:
        """Docs in the order of the texts."""
        return map(self, texts)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to keep: the words come from the lexicon, the folder from the configuration."""
        return b""

    def from_bytes(self, data: bytes, **_: object) -> JiebaTokenizer:
        return self

    def to_disk(self, path: Path, **_: object) -> None:
        """Nothing to keep, as above."""

    def from_disk(self, path: Path, **_: object) -> JiebaTokenizer:
        return self


@registry.tokenizers("duban.jieba.v1")  # type: ignore[untyped-decorator]
def _jieba_tokenizer(cache: str | None = None) -> Callable[[Language], JiebaTokenizer]:
    return lambda nlp: JiebaTokenizer(nlp.vocab, cache)


@Language.component("duban_records")
def _put_records(doc: Doc) -> Doc:
    """The Doc with our records on it; one that lies outside every token (it can't) would be left out."""
    found = extract(Document(name="", form="text", text=doc.text))
    doc._.extraction = found
    for group, attribute in GROUPS.items():
        doc.spans[group] = [span for record in getattr(found, group) if (span := _span(doc, record, attribute))]
    return doc


def _span(doc: Doc, record: Record, attribute: str) -> Span | None:
    span = doc.char_span(record.span.start, record.span.end, label=_label(record), alignment_mode="expand")
    if span is not None:
        setattr(span._, attribute, record)
    return span


def _label(record: Record) -> str:
    if isinstance(record, Commitment):
        return record.strength.value
    if isinstance(record, Quantity):
        return record.role.value
    return "declined" if isinstance(record, Declined) else "request"


Doc.set_extension("extraction", default=None, force=True)
for _attribute in GROUPS.values():
    Span.set_extension(_attribute, default=None, force=True)
