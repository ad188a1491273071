"""Files that somebody uploads: kept in a folder of their own, taken in by a process of its own, stopped between two.

    folder = receive(uploads, [("答复.docx", b"…")], now)   the files on disk
    start(folder, settings)             a process that takes them in: `python -m flows.uploaded`
    state_of(uploads, key)              waiting, a run's number, or why there is none

What a run that was stopped had not yet read is removed again: the next night doesn't take it in behind anybody's back.
"""

from __future__ import annotations

import re
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.apart import start_apart
from models.errors import DubanError, Stopped

if TYPE_CHECKING:
    from flows.settings import Settings
    from models.store import Store

_KEY = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x1f/\\:*?\"<>|]+")
_LONGEST = 60  # characters of a file's name, of three bytes each; a folder takes 255
_RUN, _TROUBLE, _CANCEL = ".run", ".trouble", ".cancel"
_PATIENCE = 6 * 3600.0  # seconds that an upload waits for a run that holds the database


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of an upload: how many files, which run takes them in (None: it waits), what went wrong."""

    key: str
    files: int
    run: int | None
    trouble: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads of an office."""

    settings: Settings

    @property
    def folder(self) -> Path:
        """Where they are kept, a folder each."""
        return folder_of(self.settings)

    def receive(self, files: Sequence[tuple[str, bytes]], now: datetime) -> str:
        """Keeps the files and starts to take them in; the key of the upload."""
        folder = receive(self.folder, files, now)
        start(folder, self.settings)
        return folder.name

    def state_of(self, key: str) -> Upload | None:
        """What became of an upload; None: there is none."""
        return state_of(self.folder, key)

    def cancel(self, key: str) -> None:
        """Gives an upload up that waits still."""
        cancel(self.folder, key)


def folder_of(settings: Settings) -> Path:
    """Where an office keeps what people upload."""
    return settings.data_dir.absolute() / "uploads"


def receive(uploads: Path, files: Iterable[tuple[str, bytes]], now: datetime) -> Path:
    """Keeps uploaded files in a folder of their own; gives it back."""
    folder = uploads / f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True, mode=0o700)
    for name, content in files:
        _free(folder, safe_name(name)).write_bytes(content)
    return folder


def safe_name(name: str) -> str:
    """A file's name without anything that leads elsewhere.

    >>> safe_name("../../etc/passwd"), safe_name("答复：第18号.docx"), safe_name(".bashrc"), safe_name("")
    ('passwd', '答复：第18号.docx', 'bashrc', '文件')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = _UNSAFE.sub("_", last).strip().lstrip(".~") or "文件"
    stem, dot, ending = kept.rpartition(".")
    return kept if len(kept) <= _LONGEST else f"{stem[: _LONGEST - 9]}{dot}{ending[:8]}"


def _free(folder: Path, name: str) -> Path:
    """Where a file of that name may stand beside the others."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{stem}（{number}）{dot}{ending}", number + 1
    return path


def start(folder: Path, settings: Settings) -> None:
    """Starts the process that takes the files in; it goes on when the pages are stopped."""
    start_apart("flows.uploaded", folder, settings)


def state_of(uploads: Path, key: str) -> Upload | None:
    """What became of an upload; None: there is no such one."""
    folder = uploads / key
    if not _KEY.fullmatch(key) or not folder.is_dir():
        return None
    files = sum(1 for one in folder.iterdir() if not one.name.startswith("."))
    run = _said(folder / _RUN)
    return Upload(key, files, int(run) if run else None, _said(folder / _TROUBLE), (folder / _CANCEL).exists())


def cancel(uploads: Path, key: str) -> None:
    """Gives an upload up that waits still; a run that has begun is asked to stop instead."""
    if state_of(uploads, key):
        (uploads / key / _CANCEL).touch()


def _said(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def take_in(folder: Path, settings: Settings) -> None:
    """Takes the files of a folder in, and follows them up, in this process."""
    from flows.meaning import learn_meaning
    from flows.night import follow_up, take_in_all
    from flows.running import DATABASE_SECONDS, run_of
    from flows.sources import find_files, incoming
    from models.store import open_store

    with open_store(settings.database, DATABASE_SECONDS) as store:
        try:
            with run_of(store, "ingest", patience=_PATIENCE, sleep=_watching(folder)) as (run, finish):
                (folder / _RUN).write_text(str(run), encoding="utf-8")
                files = find_files([folder])
                report = take_in_all(store, run, settings, list(map(incoming, files)))
                report += follow_up(store, run, settings)
                finish(report.skipped)
            learn_meaning(store, settings.data_dir)
        except Stopped:
            _remove_unread(store, folder)
            raise


def _watching(folder: Path) -> Callable[[float], None]:
    """Sleeps in short pieces, as long as nobody gives the upload up."""

    def sleep(seconds: float) -> None:
        until = time.monotonic() + min(seconds, 10.0)
        while time.monotonic() < until:
            if (folder / _CANCEL).exists():
                raise Stopped("上传的人不收了")
            time.sleep(0.5)

    return sleep


def _remove_unread(store: Store, folder: Path) -> None:
    """Removes the files of which the register knows nothing."""
    from flows.version import extractor_version

    files = [one for one in folder.iterdir() if not one.name.startswith(".")]
    known = store.known_by_path([str(one) for one in files], extractor=extractor_version())
    for one in files:
        if str(one) not in known:
            one.unlink(missing_ok=True)


def main(folder: Path) -> None:
    """The process: whatever goes wrong is written where the page finds it."""
    from flows.settings import load

    try:
        take_in(folder, load())
    except Stopped:
        return
    except DubanError as error:
        (folder / _TROUBLE).write_text(str(error), encoding="utf-8")
    except Exception as error:
        (folder / _TROUBLE).write_text(f"程序出错（{type(error).__name__}），详见 {folder / '.log'}", encoding="utf-8")
        raise


if __name__ == "__main__":
    main(Path(sys.argv[1]))
