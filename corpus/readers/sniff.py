"""What a file is, told by its content first and by its name second."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.readers import packages
from corpus.readers.encodings import decode, looks_binary
from corpus.readers.limits import Limits
from models.errors import Unreadable, UnreadableDocument

HEAD = 64 * 1024

# What the names promise. A name that isn't here promises nothing: the content alone decides.
SUFFIXES = {
    ".txt": "txt", ".text": "txt",
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html",
    ".docx": "docx", ".docm": "docx", ".pdf": "pdf",
    ".doc": "doc", ".wps": "wps", ".ofd": "ofd", ".xls": "xls", ".xlsx": "xlsx", ".ppt": "ppt", ".pptx": "pptx",
    ".rtf": "rtf", ".odt": "odt", ".mht": "mht", ".mhtml": "mht", ".zip": "zip", ".rar": "rar", ".7z": "7z",
    ".gz": "gz", ".jpg": "image", ".jpeg": "image", ".png": "image", ".gif": "image", ".bmp": "image", ".tif": "image",
    ".tiff": "image",
}  # fmt: skip

# First bytes that belong to one form alone.
_MAGIC = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"), (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b\x08", "gz"),
    (b"\x89PNG\r\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"), (b"MZ", "program"), (b"\x7fELF", "program"), (b"SQLite format 3\x00", "database"),
)  # fmt: skip

_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_PACKAGE_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"), ("content.xml", "odt"))
_PAGE_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)
_TAG = re.compile(r"</?(?:p|br|div|span|table|td|h[1-6]|meta|title|body)\b[^<>]*>", re.I)
_READABLE = frozenset({"txt", "html", "docx", "doc", "pdf", "ofd"})


def form_of(path: Path, limits: Limits) -> str:
    """The form that a file is to be read in: "txt", "html", "docx", "doc" (also of WPS Writer), "pdf" or "ofd".

    Raises UnreadableDocument where the content isn't what the name says (MISLABELLED, with what it is), and where no
    reader knows it (UNSUPPORTED, with what it is).
    """
    promised = SUFFIXES.get(path.suffix.lower())
    with path.open("rb") as stream:
        found = _content_form(stream.read(HEAD), path, promised, limits)
    if found == promised or promised is None:
        return _supported(found, path)
    if found == "doc" and promised == "wps":  # WPS Writer keeps its files in the same container, laid out alike
        return found
    raise UnreadableDocument(path.name, Unreadable.MISLABELLED, f"内容是 {found}，扩展名是 {path.suffix}")


def _supported(form: str, path: Path) -> str:
    if form in _READABLE:
        return form
    raise UnreadableDocument(path.name, Unreadable.UNSUPPORTED, form)


def _content_form(head: bytes, path: Path, promised: str | None, limits: Limits) -> str:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    magic = next((form for opening, form in _MAGIC if head.startswith(opening)), None)
    if magic == "zip":
        return _package_form(path, promised, limits)
    if magic == "ole":
        return _container_form(path, promised)
    if magic and (magic != "image" or looks_binary(head)):  # a text may begin with BM
        return magic
    return _text_form(head, path, promised)


def _text_form(head: bytes, path: Path, promised: str | None) -> str:
    text = decode(head)
    if text is None:
        if promised in (None, "txt", "html"):
            raise UnreadableDocument(path.name, Unreadable.BINARY)
        reason = Unreadable.DAMAGED if promised in _READABLE else Unreadable.UNSUPPORTED
        raise UnreadableDocument(path.name, reason, f"not the beginning of a {promised} file")
    if text.lstrip().lower().startswith("mime-version:"):
        return "mht"
    if _PAGE_OPENING.match(text) or (promised in ("html", None) and _TAG.search(text)):
        return "html"
    return "txt" if text.strip() or promised is None else promised


def _package_form(path: Path, promised: str | None, limits: Limits) -> str:
    try:
        names = packages.member_names(path, limits)
    except UnreadableDocument:
        if promised in _MAGIC_LESS:
            raise UnreadableDocument(path.name, Unreadable.MISLABELLED, f"内容是 zip，扩展名是 {path.suffix}") from None
        raise
    return next((form for part, form in _PACKAGE_PARTS if any(name.startswith(part) for name in names)), "zip")


_MAGIC_LESS = frozenset({"txt", "html", "pdf"})


def _container_form(path: Path, promised: str | None) -> str:
    """What an OLE container (Office 97, or an encrypted Office file) holds, by the names of its streams."""
    data = path.read_bytes()
    found = next((form for stream, form in _OLE_STREAMS if stream.encode("utf-16-le") in data), "ole")
    if found == "encrypted":
        raise UnreadableDocument(path.name, Unreadable.ENCRYPTED, "an Office file with a password")
    return promised if found == "ole" and promised in ("doc", "wps", "xls", "ppt") else found
