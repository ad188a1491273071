"""The one way in for XML and HTML: no entities, no network, no depth or size beyond libxml2's own bounds."""

from __future__ import annotations

from lxml import etree

from models.errors import Unreadable, UnreadableDocument

Element = etree._Element  # lxml has no public name for it
_OUT_OF_MEMORY = 2  # xmlParserErrors: XML_ERR_NO_MEMORY


def parse_part(data: bytes, file: str, part: str) -> Element:
    """The root of an office file's XML part. Raises DOCTYPE where it has one, DAMAGED where it isn't well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == _OUT_OF_MEMORY:
            raise UnreadableDocument(file, Unreadable.MEMORY, part) from error
        raise UnreadableDocument(file, Unreadable.DAMAGED, f"{part}: {error.msg}") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs know fewer attributes
        raise UnreadableDocument(file, Unreadable.DOCTYPE, part)
    return root


def parse_page(text: str, file: str) -> Element:
    """The root of an html page, mended as a browser would.

    Raises NO_TEXT where there is nothing, DAMAGED where elements are nested too deeply.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(file, Unreadable.DAMAGED, str(error.msg)) from error
    if any("xcessive depth" in str(entry.message) for entry in parser.error_log):  # the rest of the page is lost
        raise UnreadableDocument(file, Unreadable.DAMAGED, "nested too deeply")
    if root is None:
        raise UnreadableDocument(file, Unreadable.NO_TEXT)
    return root
