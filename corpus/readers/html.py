"""Saved pages of government sites -> the letter's lines, with the page's title and day of publication."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.readers import pages
from corpus.readers.encodings import decode
from corpus.readers.markup import parse_page
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"})


def read_html(path: Path) -> Document:
    """The document of a saved page: every line of the letter, none of the site's; `title` and `published` of the page.

    Raises BINARY where the bytes are no text, NO_TEXT where the page shows none.
    """
    page = _page_text(path)
    root = parse_page(page, path.name)
    lines = pages.letter_lines(root, page)
    head = pages.headline(root, lines)
    if head and lines:
        lines.insert(0, head)
    text = "\n".join(lines)
    return Document(path.name, "html", text, title=pages.page_title(root), published=pages.published(root))


def _page_text(path: Path) -> str:
    """The page's source. The bytes count for more than the charset that the page names: many name a wrong one."""
    data = path.read_bytes()
    text = decode(data)
    if text is not None:
        return text
    named = _CHARSET.search(data[:4096])
    if named is None or b"\x00" in data:
        raise UnreadableDocument(path.name, Unreadable.BINARY)
    code = named.group(1).decode("ascii").lower()
    try:
        return data.decode("gb18030" if code in _CHINESE else code, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
