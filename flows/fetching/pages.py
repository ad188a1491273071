"""What a page of a column leads to: articles, attachments, the next page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from corpus.readers.encodings import decode

ATTACHMENTS = (".docx", ".doc", ".wps", ".pdf", ".ofd", ".txt", ".xls", ".xlsx", ".zip", ".rar", ".7z")

# How the systems behind government sites name an article: t20250512_4711.html (拓尔思), art_12_345.html (大汉),
# content_5678.html, /2025-05/12/…, /info/1021/3456.htm (博达), a long number.
_ARTICLE = re.compile(
    r"/t\d{8}_\d+\.|/art/\d|/art_\d|content[_/]\d|/(?:19|20)\d\d[-/]?[01]\d(?:[-/]?[0-3]\d)?/[^/]+\.|/info/\d+/\d+\."
    r"|/\d{5,}\.[a-z]*htm|/[0-9a-f]{32}\.[a-z]*htm"
)
_NEXT_WORDS = frozenset({"下一页", "下页", "后一页", "下一頁", "next", "nextpage", ">", "›", "»", "下一页>", "下一页»"})
# createPageHTML(12, 0, "index", "html"): page 0 is index.html, page 1 index_1.html.
_SCRIPTED = re.compile(r"""createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']""")


@dataclass(frozen=True, slots=True)
class Found:
    """A link: where it leads, and its words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page's links."""

    articles: tuple[Found, ...]
    attachments: tuple[Found, ...]
    next: str | None


def read_page(data: bytes, address: str, articles: str = "") -> Page:
    """The links of a page that stands at `address`; `articles` is how the site names articles (a pattern).

    >>> page = '<a href="t20250512_9.html">关于停车难的答复</a><a href="a.pdf">附件</a><a href="b.html">下一页</a>'
    >>> found = read_page(page.encode("gb18030"), "http://x.cn/jy/index.html")
    >>> [one.address for one in (*found.articles, *found.attachments)], found.next
    (['http://x.cn/jy/t20250512_9.html', 'http://x.cn/jy/a.pdf'], 'http://x.cn/jy/b.html')
    """
    text = decode(data)
    if text is None:  # a page whose bytes are broken still has its links: those are ASCII
        text = data.decode("utf-8", "replace")
    text = text.replace("\x00", "")
    pattern = re.compile(articles) if articles else _ARTICLE
    attached: dict[str, Found] = {}
    listed: dict[str, Found] = {}
    following = None
    for link in _links(text, address):
        if is_attachment(link.address):
            attached.setdefault(link.address, link)
        elif _is_next(link.words):
            following = following or link.address
        elif pattern.search(link.address) and link.address != address:
            listed.setdefault(link.address, link)
    return Page(tuple(listed.values()), tuple(attached.values()), following or _scripted_next(text, address))


def is_attachment(address: str) -> bool:
    """Whether an address names a document rather than a page."""
    return suffix_of(address) in ATTACHMENTS


def suffix_of(address: str) -> str:
    """The ending of an address's name.

    >>> suffix_of("http://x.cn/a/答复.DOCX?download=1")
    '.docx'
    """
    return posixpath.splitext(urlsplit(address).path)[1].lower()


def name_of(found: Found) -> str:
    """What a fetched file is called: the link's words where they name a file, else the end of its address.

    >>> name_of(Found("http://x.cn/P0205.docx", "关于停车难的答复.docx"))
    '关于停车难的答复.docx'
    >>> name_of(Found("http://x.cn/%E7%AD%94.pdf", "下载"))
    '答.pdf'
    """
    suffix = suffix_of(found.address)
    if suffix and found.words.lower().endswith(suffix) and len(found.words) <= 120:
        return found.words.replace("/", "／")
    return unquote(urlsplit(found.address).path.rpartition("/")[2]) or "index.html"


def _links(text: str, address: str) -> Iterator[Found]:
    from lxml import html

    if not text.strip():
        return
    tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    base = next((urljoin(address, node.get("href", "")) for node in tree.iter("base") if node.get("href")), address)
    for node in tree.iter("a"):
        href = (node.get("href") or "").strip()
        if not href or href.lower().startswith(("javascript:", "mailto:", "tel:", "#")):
            continue
        try:
            whole = urldefrag(urljoin(base, href)).url
            urlsplit(whole)
        except ValueError:
            continue
        words = "".join(map(str, node.itertext())).strip() or (node.get("title") or "").strip()
        if "next" in (node.get("rel") or "").lower().split():
            words = "下一页"
        yield Found(whole, " ".join(words.split()))


def _is_next(words: str) -> bool:
    return words.replace(" ", "").lower() in _NEXT_WORDS


def _scripted_next(text: str, address: str) -> str | None:
    """The next page where a script of the site writes the page links (TRS WCM and its kin)."""
    found = _SCRIPTED.search(text)
    if not found:
        return None
    pages, here = int(found[1]), int(found[2])
    return urljoin(address, f"{found[3]}_{here + 1}.{found[4]}") if here + 1 < pages else None
