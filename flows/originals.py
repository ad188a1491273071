"""The files as they came, kept under the digest of their bytes: what was read can always be looked at again."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from models.runs import SourceFile

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Original:
    """One file that came in: what is known of it, and the path to read it from (the kept copy, where there is one)."""

    path: Path
    source: SourceFile
    readable: Path


@dataclass(frozen=True, slots=True)
class Originals:
    """A folder of copies, `ab/ab12….docx` by digest; files over `largest` bytes are not copied (they aren't read).

    What lies in `ours` is already kept by digest and never changes: it is linked rather than copied.
    """

    folder: Path
    largest: int
    ours: Path | None = None

    def keep(self, path: Path) -> Original:
        """The file's copy, made if it wasn't there. Records then belong to exactly these bytes, whatever happens
        to the file while it is read."""
        try:
            stat = path.stat()
            if not path.is_file() or stat.st_size > self.largest:
                return Original(path, _source(path, None, stat), path)
            digest, copy = self._copy(path)
        except OSError:
            return Original(path, _source(path, None, None), path)
        return Original(path, _source(path, digest, stat), copy)

    def at(self, digest: str, suffix: str) -> Path:
        """Where the copy with this digest stands. The name is ours; of the file's own only its ending is kept."""
        return self.folder / digest[:2] / (digest + _safe(suffix))

    def clear_unfinished(self) -> None:
        """Removes what a killed run left half copied. Only the run that holds the database may call it."""
        for part in self.folder.glob("*.part"):
            part.unlink(missing_ok=True)

    def keep_bytes(self, pieces: Iterable[bytes], suffix: str) -> tuple[str, Path, int]:
        """Keeps what comes in pieces: its digest, where it stands, its size. Nothing stays when a piece fails."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{os.getpid()}-{threading.get_ident():x}.part"
        try:
            digest, size = _write(pieces, part)
            return digest, self._move(part, digest, suffix), size
        finally:
            part.unlink(missing_ok=True)

    def _move(self, part: Path, digest: str, suffix: str) -> Path:
        copy = self.at(digest, suffix)
        if not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            part.replace(copy)
        return copy

    def _copy(self, path: Path) -> tuple[str, Path]:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.ours is not None and path.is_relative_to(self.ours):
            return self._link(path)
        part = self.folder / f"{os.getpid()}-{abs(hash(str(path))):x}.part"
        try:
            with path.open("rb") as file:
                digest, _ = _write(iter(partial(file.read, _PIECE), b""), part)
            copy = self._move(part, digest, path.suffix)
        finally:
            part.unlink(missing_ok=True)
        return digest, copy

    def _link(self, path: Path) -> tuple[str, Path]:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        copy = self.at(digest, path.suffix)
        copy.parent.mkdir(exist_ok=True)
        with suppress(FileExistsError):
            os.link(path, copy)
        return digest, copy


def _write(pieces: Iterable[bytes], part: Path) -> tuple[str, int]:
    """Writes the pieces and gives their digest and size; they are on the disk when this returns."""
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as out:
        for piece in pieces:
            digest.update(piece)
            size += out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), size


def _safe(suffix: str) -> str:
    """A file's ending, if it is a plain one.

    >>> [_safe(suffix) for suffix in (".DOCX", ".p/df", "", ".这是什么")]
    ['.docx', '', '', '']
    """
    low = suffix.lower()
    return low if len(low) <= 8 and low[1:].isascii() and low[1:].isalnum() else ""


def _source(path: Path, digest: str | None, stat: os.stat_result | None) -> SourceFile:
    form = path.suffix.lower().lstrip(".")[:16]
    if stat is None:
        return SourceFile(str(path), path.name, form, None, None, None)
    return SourceFile(str(path), path.name, form, digest, stat.st_size, stat.st_mtime_ns)
