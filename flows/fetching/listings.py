"""A column of a public site: its list pages, the articles they name, the attachments of those.

Every night the newest pages are looked at until two in a row name nothing new; once a week all of them. An article that
is known is asked for again after a tenth of the time for which it hasn't changed (the rule of thumb of RFC 9111,
4.2.2), and always with its validators, so that the site has next to nothing to send.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flows.fetching.book import Book
from flows.fetching.pages import ATTACHMENTS, Found, Page, is_attachment, name_of, read_page, suffix_of
from flows.fetching.visitor import Answer, NotFetched, Visitor
from flows.source_settings import WebSource
from models.errors import Unreadable, UnreadableDocument
from models.nightly import Fetched, FetchedRow

MIB = 1024 * 1024
LARGEST_PAGE = 20 * MIB
WHOLE_WALK = timedelta(days=7)
_QUIET_PAGES = 2  # pages without news after which the rest is left for the weekly walk
_PATIENCE = 5  # addresses in a row that a site doesn't give, before it is left alone for tonight

_TYPES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
}


class SiteSilent(Exception):
    """The site doesn't answer any more; the rest waits for the next night."""


def visit_column(source: WebSource, visitor: Visitor, book: Book) -> None:
    """Brings what is new or changed in a column into the inbox. What goes wrong is noted in the book."""
    try:
        _Visit(source, visitor, book).go()
    except SiteSilent as silent:
        book.refuse(UnreadableDocument(source.url, Unreadable.UNREACHABLE, f"{silent}；其余的下次再取"))


@dataclass(slots=True)
class _Visit:
    source: WebSource
    visitor: Visitor
    book: Book
    _silent: int = 0  # addresses in a row that the site didn't give
    _asked: int = 0
    _done: set[str] = field(default_factory=set)
    _tried: set[str] = field(default_factory=set)
    _walked_all: bool = False

    def go(self) -> None:
        old = {address for address, row in self.book.known.items() if row.role is Fetched.ARTICLE and not row.gone}
        listed: set[str] = set()
        for found in self._listed():
            listed.add(found.address)
            self._article(found)
        if self._walked_all:
            for address in sorted(old - listed):  # off the list: moved, or withdrawn; the site knows
                self._article(Found(address, self.book.known[address].name), at_once=True)

    # -- list pages

    def _listed(self) -> Iterator[Found]:
        """The links to articles (and attachments) of the list pages, each once."""
        whole, quiet = self._wants_whole_walk(), 0
        address: str | None = self.source.url
        seen: set[str] = set()
        pages: set[str] = set()
        while address is not None:
            if len(pages) >= self.source.most_pages:
                self._refuse(address, Unreadable.UNREACHABLE, f"列表翻了 {len(pages)} 页还没有完，不再往下翻")
                return
            pages.add(address)
            page = self._list_page(address)
            if page is None:
                return
            here = [one for one in (*page.articles, *page.attachments) if self.visitor.on_site(one.address)]
            links = [one for one in here if one.address not in seen]
            if not here and len(pages) == 1:
                self._refuse(address, Unreadable.UNREACHABLE, "第一页上没有认出文章，请核对 url，或设 articles")
            news = any(one.address not in self.book.known for one in links)
            quiet = 0 if news else quiet + 1
            seen |= {one.address for one in links}
            yield from links
            following = page.next
            if following is None or following in pages or not self.visitor.on_site(following) or not links:
                self._walked_all = True  # a page that names nothing new is the end, whatever it links to
                return
            if quiet >= _QUIET_PAGES and not whole:
                return
            address = following

    def _wants_whole_walk(self) -> bool:
        """Whether some list page hasn't been looked at for a week, or none ever was."""
        pages = [row for row in self.book.known.values() if row.role is Fetched.LISTING and not row.gone]
        oldest = min((row.checked for row in pages), default=None)
        return oldest is None or not timedelta(0) <= self.book.now - oldest < WHOLE_WALK

    def _list_page(self, address: str) -> Page | None:
        """A list page's links; of an unchanged one, those that it had."""
        row = self._fetched(Found(address, ""), Fetched.LISTING, "", LARGEST_PAGE)
        if row is None or row.digest is None:
            return None
        self.book.clear(address)
        return self._page_of(row)

    # -- articles and attachments

    def _article(self, found: Found, *, at_once: bool = False) -> None:
        if found.address in self._done:
            return
        self._done.add(found.address)
        if self._asked >= self.source.most_articles:
            return
        if is_attachment(found.address):
            self._attachment(found, self.source.url)
            return
        known = self.book.known.get(found.address)
        if known is None or at_once or self._due(known):
            self._asked += 1
            row = self._fetched(found, Fetched.ARTICLE, self.source.url, LARGEST_PAGE)
        else:
            row = known
        if row is None or row.digest is None or row.gone:
            return
        for attachment in self._page_of(row).attachments:
            self._attachment(attachment, row.address)

    def _attachment(self, found: Found, article: str) -> None:
        known = self.book.known.get(found.address)
        if (known is None or self._due(known)) and (found.address == article or found.address not in self._tried):
            self._tried.add(found.address)
            self._fetched(found, Fetched.ATTACHMENT, article, self.source.largest_mb * MIB)

    def _due(self, known: FetchedRow) -> bool:
        """Whether it is time to ask for something again; after a clock that ran wrong it is."""
        if known.gone or not self.book.has_file(known):
            return True
        since: datetime = known.checked
        rest = (known.checked - known.changed) * self.source.recheck_share
        return not since <= self.book.now < since + rest

    # -- one address

    def _fetched(self, found: Found, role: Fetched, found_on: str, largest: int) -> FetchedRow | None:
        """What an address holds now, kept; None where it can't be had, with the reason in the book."""
        if not self.visitor.on_site(found.address):
            self._refuse(found.address, Unreadable.UNSAFE, "附件不在这个网站上")
            return None
        known = self.book.known.get(found.address)
        usable = known is not None and self.book.has_file(known)
        try:
            answer = self.visitor.get(
                found.address,
                lambda pieces: self.book.inbox.keep_bytes(pieces, suffix_of(found.address)),
                largest=largest,
                etag=known.etag if known and usable else None,
                last_modified=known.last_modified if known and usable else None,
            )
        except NotFetched as error:
            self._missed(found.address, known, error)
            return None
        except OSError as error:  # our own disk
            self._refuse(found.address, Unreadable.UNREACHABLE, f"存不下来：{error.strerror}")
            return None
        self._silent = 0
        return self._noted(found, role, found_on, known, answer)

    def _noted(
        self,
        found: Found,
        role: Fetched,
        found_on: str,
        known: FetchedRow | None,
        answer: Answer[tuple[str, Path, int]],
    ) -> FetchedRow:
        if answer.content is None and known is not None:
            self.book.same(found.address)
            return self.book.known[found.address]
        if answer.content is None:
            raise SiteSilent("网站说没有变化，可从来没有给过")
        digest, path, size = answer.content
        now = self.book.now
        row = FetchedRow(
            address=found.address,
            source=self.source.name,
            role=role,
            found_on=found_on,
            base=answer.address,
            name=name_of(found)[:200],
            etag=answer.etag,
            last_modified=answer.last_modified,
            digest=digest,
            suffix=self._suffix(found.address, role, answer.content_type, path),
            size=size,
            first_seen=now,
            checked=now,
            changed=now,
            gone=None,
        )
        self.book.keep(row)
        if role is Fetched.LISTING and known is not None:
            self.book.drop_file(known)
        return self.book.known[found.address]

    def _suffix(self, address: str, role: Fetched, content_type: str, path: Path) -> str:
        """The ending that the kept file has: the address's own, where it is one, else what the site calls its kind."""
        suffix = suffix_of(address)
        if suffix in ATTACHMENTS or suffix in (".html", ".htm", ".shtml"):
            return path.suffix
        wanted = _TYPES.get(content_type, ".html" if role is not Fetched.ATTACHMENT else path.suffix)
        target = self.book.inbox.at(path.name.partition(".")[0], wanted)
        if target != path:
            path.replace(target)
        return target.suffix

    def _missed(self, address: str, known: FetchedRow | None, error: NotFetched) -> None:
        if error.gone and known is not None:
            self._silent = 0
            self.book.vanish([address])
            return
        self._refuse(address, error.reason, error.detail)
        self._silent = self._silent + 1 if error.site else 0
        if self._silent >= _PATIENCE:
            raise SiteSilent("网站没有回应")

    def _refuse(self, address: str, reason: Unreadable, detail: str) -> None:
        self.book.refuse(UnreadableDocument(address, reason, detail))

    def _page_of(self, row: FetchedRow) -> Page:
        file = self.book.inbox.at(row.digest or "", row.suffix)
        return read_page(file.read_bytes(), row.base, self.source.articles)
