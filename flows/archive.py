"""The archive of a backup: a zip file that holds the database, the originals, the settings, and what they must be.

    manifest.json        which program and schema, when and where, how many rows, size and SHA-256 of every member
    duban.db             the database, always as SQLite, whatever kind the office runs
    originals/ab/ab12….docx
    settings/….toml

Nothing is compressed (originals mostly are already), so that a backup is as quick as the disk; any program that opens
zip files can take a single letter out. The manifest comes last: without it an archive isn't one.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from models.errors import KeepingFailed
from models.harm import Damage, Harm

FORMAT = 1
MANIFEST, DATABASE, ORIGINALS, SETTINGS = "manifest.json", "duban.db", "originals/", "settings/"
_PIECE = 1 << 20
_SAFE = re.compile(r"duban\.db|originals/[0-9a-f]{2}/[0-9a-f]{64}(?:\.[a-z0-9]{1,7})?|settings/[a-z_]+\.toml")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: its size, and the SHA-256 of its bytes."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is and what it must hold. `made` is a time with its zone; `decisions` and `log` say where what only
    grows had come to: the last number, how many, and a digest."""

    program: str
    schema: str
    made: str
    host: str
    database: str
    rows: Mapping[str, int]
    decisions: Mapping[str, Any]
    log: Mapping[str, Any]
    originals: bool
    members: Mapping[str, Member] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """An archive in the making."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, strict_timestamps=False)
        self.members: dict[str, Member] = {}

    def add(self, name: str, path: Path) -> Member:
        """Takes a file in as it is at this moment."""
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file, self._zip.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
            while piece := file.read(_PIECE):
                digest.update(piece)
                out.write(piece)
                size += len(piece)
        self.members[name] = Member(size, digest.hexdigest())
        return self.members[name]

    def finish(self, manifest: Manifest) -> None:
        """Writes the manifest and the list of contents."""
        told = asdict(manifest) | {"members": {name: asdict(member) for name, member in self.members.items()}}
        self._zip.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        self._zip.close()

    def give_up(self) -> None:
        """Lets go of the file; what was written is no archive."""
        try:
            self._zip.close()
        except (OSError, ValueError):
            self._zip.fp = None


class Reader:
    """An archive with its manifest."""

    def __init__(self, file: zipfile.ZipFile, path: Path) -> None:
        self._zip, self.path = file, path
        self.manifest = _manifest(file, path)

    def damaged_members(self, names: Iterable[str] | None = None) -> Iterator[Damage]:
        """The members that are missing, changed or besides; `names` narrows which ones are looked at."""
        there = set(self._zip.namelist())
        for name in self.manifest.members if names is None else names:
            if name not in there:
                yield Damage(Harm.MEMBER_MISSING, name)
            elif (why := self._copy(name, None)) is not None:
                yield Damage(Harm.MEMBER_CHANGED, name, why)
        if names is None:
            for name in sorted(there - self.manifest.members.keys() - {MANIFEST}):
                yield Damage(Harm.MEMBER_CHANGED, name, "清单里没有这一件")

    def take_out(self, name: str, target: Path) -> None:
        """Writes a member to `target`. KeepingFailed: it isn't what the manifest says."""
        if not _SAFE.fullmatch(name):
            raise KeepingFailed(f"{self.path}：里面有不该有的文件名 {name!r}")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            why = self._copy(name, out)
        if why is not None:
            raise KeepingFailed(f"{self.path}：备份损坏，{name} {why}；换一份备份")

    def _copy(self, name: str, out: IO[bytes] | None) -> str | None:
        """Reads a member through; what is wrong with it."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(name) as file:
                while piece := file.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
                    if out is not None:
                        out.write(piece)
        except _UNREADABLE as error:
            return f"读不出来（{error}）"
        return None if Member(size, digest.hexdigest()) == self.manifest.members[name] else "和清单里的摘要不符"


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """The archive at `path`. KeepingFailed: it isn't one, it is cut off, or a newer duban made it."""
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise KeepingFailed(f"没有文件 {path}") from error
    except OSError as error:
        raise KeepingFailed(f"{path} 读不了：{error.strerror}") from error
    except _UNREADABLE as error:
        raise KeepingFailed(f"{path}：不是 duban 的备份，或者残缺（{error}）") from error
    with file:
        yield Reader(file, path)


def _manifest(file: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        told = json.loads(file.read(MANIFEST))
        if told["format"] > FORMAT:
            raise KeepingFailed(f"{path}：是更新版本的 duban 做的备份（格式 {told['format']}），请用那个版本")
        members = {name: Member(**member) for name, member in told.pop("members").items()}
        return Manifest(**told, members=members)
    except (*_UNREADABLE, TypeError, AttributeError) as error:
        raise KeepingFailed(f"{path}：清单读不出来，不是 duban 的备份，或者残缺（{error}）") from error
