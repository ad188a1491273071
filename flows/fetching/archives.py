"""Dropped zip files: each member is a document. What could harm is refused member by member, with its reason."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flows.fetching.book import Book
from flows.sources import is_temporary
from models.errors import Unreadable, UnreadableDocument
from models.nightly import Fetched, FetchedRow

MIB = 1024 * 1024
_NESTED = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one archive may hold: bytes of a member, bytes in all, members; how much a member may grow."""

    member: int = 200 * MIB
    unpacked: int = 2048 * MIB
    members: int = 10_000
    ratio: int = 100
    floor: int = 8 * MIB  # small office parts squeeze better than that quite honestly


def unpack_new(book: Book, archives: list[Path], present: set[str], bounds: Bounds) -> None:
    """Takes the members of every archive that is new or changed out into the inbox; notes what vanished.

    `present` are the paths that are there at all: one that is still being written isn't opened, and hasn't vanished.
    """
    for path in archives:
        state = path.stat()
        mark = f"{state.st_size}-{state.st_mtime_ns}"
        known = book.known.get(str(path))
        if known is None or known.etag != mark or known.gone or not _complete(book, path):
            _unpack(book, path, mark, state.st_size, bounds)
    tops = [row for row in book.known.values() if row.role is Fetched.ARCHIVE and row.address not in present]
    missing = [row.address for row in tops if not row.gone]
    members = [row.address for row in book.known.values() if row.found_on in missing and row.role is Fetched.MEMBER]
    if missing:
        book.vanish([*missing, *members])
    for address in missing:
        book.clear(address)


def _complete(book: Book, path: Path) -> bool:
    return all(book.has_file(row) for row in book.known.values() if row.found_on == str(path) and not row.gone)


def _unpack(book: Book, path: Path, mark: str, size: int, bounds: Bounds) -> None:
    """One archive. It is noted last: one that was cut off is unpacked again."""
    before = {row.address for row in book.known.values() if row.found_on == str(path)}
    there: set[str] = set()
    book.clear(str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            there = set(_members(book, path, archive, bounds))
    except _BROKEN as error:
        book.refuse(UnreadableDocument(str(path), Unreadable.DAMAGED, f"broken zip: {error}"))
    except UnreadableDocument as refused:
        book.refuse(refused)
    else:
        book.vanish(sorted(before - there))
    book.keep(_row(book, str(path), Fetched.ARCHIVE, "", path.name, None, size, etag=mark))


def _members(book: Book, path: Path, archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[str]:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) > bounds.members:
        raise UnreadableDocument(str(path), Unreadable.TOO_LARGE, f"{len(members)} 个文件，上限 {bounds.members} 个")
    left = bounds.unpacked
    for member in members:
        name = told_name(member)
        if any(is_temporary(part) or part == "__MACOSX" for part in PurePosixPath(name).parts if part != ".."):
            continue
        address = f"{path}!{name}"
        try:
            _check(member, name, bounds, left)
            digest, _, size = book.inbox.keep_bytes(_pieces(archive, member, min(bounds.member, left)), _suffix(name))
        except UnreadableDocument as refused:
            book.refuse(UnreadableDocument(address, refused.reason, refused.detail))
            continue
        except (*_BROKEN, RuntimeError) as error:  # RuntimeError: a password after all
            book.refuse(UnreadableDocument(address, Unreadable.DAMAGED, f"broken member: {error}"))
            continue
        left -= size
        book.keep(_row(book, address, Fetched.MEMBER, str(path), PurePosixPath(name).name, digest, size))
        yield address


def _check(member: zipfile.ZipInfo, name: str, bounds: Bounds, left: int) -> None:
    """Raises why a member isn't taken."""
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":":
        raise UnreadableDocument(name, Unreadable.UNSAFE, "路径指到压缩包之外")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableDocument(name, Unreadable.UNSAFE, "是指向别处的链接")
    if member.flag_bits & 1:
        raise UnreadableDocument(name, Unreadable.ENCRYPTED, "zip with a password")
    if _suffix(name) in _NESTED:
        raise UnreadableDocument(name, Unreadable.UNSUPPORTED, "压缩包里的压缩包")
    if member.file_size > min(bounds.member, left):
        raise UnreadableDocument(name, Unreadable.TOO_LARGE, f"解开有 {member.file_size / MIB:.0f} MB")
    if member.file_size > max(bounds.floor, bounds.ratio * member.compress_size):
        raise UnreadableDocument(name, Unreadable.TOO_LARGE, f"解开会大出 {bounds.ratio} 倍以上")


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """The member's bytes; what the archive says of their number may be a lie."""
    size = 0
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > most:
                raise UnreadableDocument(member.filename, Unreadable.TOO_LARGE, "解开的比它自己说的大")
            yield piece


def told_name(member: zipfile.ZipInfo) -> str:
    """A member's name; archives made on a Chinese Windows keep it in GB18030 without saying so.

    >>> told_name(zipfile.ZipInfo("答复.txt".encode("gb18030").decode("cp437")))
    '答复.txt'
    """
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _row(
    book: Book,
    address: str,
    role: Fetched,
    found_on: str,
    name: str,
    digest: str | None,
    size: int,
    etag: str | None = None,
) -> FetchedRow:
    suffix = _suffix(name)[:16]
    now = book.now
    return FetchedRow(
        address, book.source, role, found_on, address, name, etag, None, digest, suffix, size, now, now, now, None
    )
