"""Who says what to whom: the answers that a document's head and foot give. One module a question; `reading` asks them all."""

from extractors.identity.reading import identify

__all__ = ["identify"]
