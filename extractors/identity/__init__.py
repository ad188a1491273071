"""Who says what to whom: what a document's head and foot tell. One module a question; `reading` asks all."""

from extractors.identity.reading import identify

__all__ = ["identify"]
