"""What a source gives tonight, whatever kind of source it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flows.fetching.book import Book, Harvest
from flows.originals import Originals
from flows.source_settings import ArchiveSource, FolderSource, Source, WebSource
from flows.sources import find_files, incoming, still_files
from flows.uploaded import folder_of
from models.errors import Unreadable, UnreadableDocument
from models.runs import RunId
from models.store import Store

if TYPE_CHECKING:
    from flows.settings import Settings

INBOX, UPLOADS = "inbox", "uploads"


def sources_of(settings: Settings) -> tuple[Source, ...]:
    """All that is set: the inbox first; then what people uploaded, so that new rules read it, too."""
    found = settings.sources
    if settings.inbox is not None:
        found = (FolderSource(kind="folder", name=INBOX, path=settings.inbox), *found)
    uploads = folder_of(settings)
    return (*found, FolderSource(kind="folder", name=UPLOADS, path=uploads)) if uploads.is_dir() else found


def inbox_of(settings: Settings) -> Originals:
    """Where fetched things land, by digest."""
    return Originals(settings.data_dir.absolute() / "inbox", 2**63 - 1)


def harvest(store: Store, run: RunId, settings: Settings, source: Source, now: datetime) -> Harvest:
    """The files of one source. What it can't give is part of the answer, also that it can't be reached at all."""
    try:
        match source:
            case FolderSource():
                found = still_files(source.path.absolute(), source.still_seconds)
                Book.of(store, run, source.name, inbox_of(settings), now).clear(str(source.path))
                return Harvest(files=tuple(map(incoming, found)))
            case ArchiveSource():
                return _from_archives(Book.of(store, run, source.name, inbox_of(settings), now), source)
            case WebSource():
                return _from_site(Book.of(store, run, source.name, inbox_of(settings), now), source)
    except OSError as error:
        place = source.url if isinstance(source, WebSource) else str(source.path)
        return Harvest(refused=(UnreadableDocument(place, Unreadable.UNREACHABLE, error.strerror or str(error)),))


def _from_archives(book: Book, source: ArchiveSource) -> Harvest:
    from flows.fetching.archives import Bounds, unpack_new

    still = still_files(source.path.absolute(), source.still_seconds)
    book.clear(str(source.path))
    archives = [path for path in still if path.suffix.lower() == ".zip"]
    unpack_new(book, archives, set(map(str, find_files([source.path]))), Bounds())
    letters = (path for path in still if path.suffix.lower() != ".zip")  # somebody dropped a letter as it is
    return book.harvest() + Harvest(files=tuple(map(incoming, letters)))


def _from_site(book: Book, source: WebSource) -> Harvest:
    from flows.fetching.listings import visit_column
    from flows.fetching.visitor import Visitor

    with Visitor(
        source.url,
        delay=source.delay_seconds,
        timeout=source.timeout_seconds,
        tries=source.tries,
        proxy=source.proxy,
        between=book.hold,
    ) as visitor:
        visit_column(source, visitor, book)
    return book.harvest()
