"""The machine: Python and its packages, disk, memory, time, folders, Prefect."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import flows
from flows.patient import Patient
from flows.settings import configured_api, toml_files
from models.filesystems import network_kind
from models.health import Checkup, Health

LOCK = Path(flows.__file__).resolve().parent.parent / "requirements.lock"
MEMINFO = Path("/proc/meminfo")
_SLOW_SYNC = 0.1  # seconds
_LEAST_FREE, _LEAST_SHARE = 1_000_000_000, 0.05
_LEAST_MEMORY = 512_000_000
_PYTHONS = ((3, 11), (3, 13))


def check_python(_: Patient) -> Iterator[Checkup]:
    """The versions that are supported."""
    here = sys.version_info[:2]
    fine = _PYTHONS[0] <= here <= _PYTHONS[1]
    found = f"Python {'.'.join(map(str, sys.version_info[:3]))}"
    yield Checkup("python", Health.WELL if fine else Health.BAD, found, "" if fine else "换用 Python 3.11 到 3.13")


def check_packages(_: Patient) -> Iterator[Checkup]:
    """What is installed against the lock: some combinations install and then don't work."""
    if not LOCK.is_file():
        yield Checkup("packages", Health.NOTE, "没有 requirements.lock，核对不了", "用项目自带的锁定文件安装")
        return
    wrong = [told for line in LOCK.read_text(encoding="utf-8").splitlines() if (told := _differs(line))]
    if not wrong:
        yield Checkup("packages", Health.WELL, "和锁定的版本一致")
        return
    shown = "、".join(wrong[:5]) + (f" 等 {len(wrong)} 个" if len(wrong) > 5 else "")
    yield Checkup("packages", Health.BAD, f"和锁定的版本不同：{shown}", "重新安装：pip install -r requirements.lock")


def check_sqlite(_: Patient) -> Iterator[Checkup]:
    """The library must have full text."""
    with sqlite3.connect(":memory:") as connection:
        options = {name for (name,) in connection.execute("PRAGMA compile_options")}
    fine = "ENABLE_FTS5" in options
    found = f"SQLite {sqlite3.sqlite_version}" + ("" if fine else "，没有全文检索（FTS5）")
    yield Checkup("sqlite", Health.WELL if fine else Health.BAD, found, "" if fine else "换用带 FTS5 的 Python")


def check_settings(_: Patient) -> Iterator[Checkup]:
    """Where the settings come from."""
    files = "、".join(map(str, toml_files())) or "没有 duban.toml"
    named = sorted(name for name in os.environ if name.startswith("DUBAN_"))
    yield Checkup("settings", Health.WELL, f"{files}；环境变量 {'、'.join(named) or '没有'}")


def check_encoding(_: Patient) -> Iterator[Checkup]:
    """File names are Chinese."""
    fine = sys.getfilesystemencoding().lower() == "utf-8"
    yield Checkup(
        "encoding",
        Health.WELL if fine else Health.BAD,
        f"文件名按 {sys.getfilesystemencoding()}",
        "" if fine else "设环境变量 LANG=C.UTF-8 或 PYTHONUTF8=1",
    )


def check_user(_: Patient) -> Iterator[Checkup]:
    """A program that reads strangers' files needs no rights."""
    root = os.geteuid() == 0
    yield Checkup(
        "user",
        Health.NOTE if root else Health.WELL,
        "以 root 运行" if root else f"用户号 {os.geteuid()}",
        "建一个专用的用户，用它运行" if root else "",
    )


def check_data_dir(patient: Patient) -> Iterator[Checkup]:
    """Writable, quick enough, nobody else's business."""
    folder = patient.settings.data_dir.absolute()
    if not folder.is_dir():
        yield Checkup("data_dir", Health.NOTE, f"{folder} 还没有", "第一次收件时会建；路径不对就改 DUBAN_DATA_DIR")
        return
    begun = time.perf_counter()
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"duban")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        todo = "腾出空间，或检查文件夹的所有者和权限（chown、chmod）"
        yield Checkup("data_dir", Health.BAD, f"{folder} 写不了：{error.strerror}", todo)
        return
    took = time.perf_counter() - begun
    slow = took > _SLOW_SYNC
    found = f"{folder} 可写，落盘 {took * 1000:.0f} 毫秒"
    yield Checkup("data_dir", Health.NOTE if slow else Health.WELL, found, "磁盘慢，收件会慢；换固态盘" if slow else "")
    if folder.stat().st_mode & 0o007:
        yield Checkup("permissions", Health.NOTE, "这台机器的其他用户能看数据目录", f"chmod o-rwx {folder}")
    else:
        yield Checkup("permissions", Health.WELL, "其他用户看不到数据目录")


def check_disk(patient: Patient) -> Iterator[Checkup]:
    """Room for the night."""
    usage = shutil.disk_usage(_existing(patient.settings.data_dir.absolute()))
    short = usage.free < _LEAST_FREE or usage.free < usage.total * _LEAST_SHARE
    found = f"空余 {usage.free / 1e9:.1f} GB，共 {usage.total / 1e9:.1f} GB"
    yield Checkup(
        "disk", Health.BAD if short else Health.WELL, found, "腾出空间：旧备份移到别处，或换大的磁盘" if short else ""
    )


def check_filesystem(patient: Patient) -> Iterator[Checkup]:
    """An embedded database can't be on a network share."""
    kind = network_kind(patient.file or patient.settings.data_dir.absolute())
    if kind is None:
        yield Checkup("filesystem", Health.WELL, "数据在本机磁盘")
    elif patient.file is not None:
        todo = "把数据目录改到本机磁盘（DUBAN_DATA_DIR），或改用 PostgreSQL"
        yield Checkup("filesystem", Health.BAD, f"SQLite 数据库在网络盘上（{kind}），会损坏", todo)
    else:
        yield Checkup("filesystem", Health.NOTE, f"数据目录在网络盘上（{kind}）", "原件放网络盘可以，会慢些")


def check_temporary(_: Patient) -> Iterator[Checkup]:
    """Files are unpacked in the temporary folder."""
    folder = Path(tempfile.gettempdir())
    free = shutil.disk_usage(folder).free
    fine = free > _LEAST_FREE and os.access(folder, os.W_OK)
    found = f"{folder} 空余 {free / 1e9:.1f} GB"
    yield Checkup(
        "temporary", Health.WELL if fine else Health.BAD, found, "" if fine else "腾出空间，或设 TMPDIR 到别处"
    )


def check_memory(patient: Patient) -> Iterator[Checkup]:
    """As many readers as are set may each take what one may take."""
    free = _available_memory()
    if free is None:
        yield Checkup("memory", Health.NOTE, "这个系统不说有多少内存")
        return
    wanted = patient.settings.workers * patient.settings.read_memory_mb * 1_000_000
    found = f"可用 {free / 1e9:.1f} GB；读文件最多用 {patient.settings.workers} × {patient.settings.read_memory_mb} MB"
    if free < _LEAST_MEMORY:
        yield Checkup("memory", Health.BAD, found, "内存太少：停掉别的程序，或加内存")
    elif free < wanted:
        yield Checkup("memory", Health.NOTE, found, "遇上很大的文件可能不够：减少 workers 或 read_memory_mb")
    else:
        yield Checkup("memory", Health.WELL, found)


def check_open_files(_: Patient) -> Iterator[Checkup]:
    """How many files a process may hold open."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = 0 <= soft < 256
    yield Checkup(
        "open_files",
        Health.NOTE if few else Health.WELL,
        f"最多同时打开 {soft} 个文件",
        "ulimit -n 1024" if few else "",
    )


def check_clock(patient: Patient) -> Iterator[Checkup]:
    """A clock that was never set, or the machine's own idea of its zone."""
    built = datetime.fromtimestamp(Path(flows.__file__).stat().st_mtime, UTC)
    if (built - patient.now).days >= 1:
        found = f"现在是 {patient.now:%Y-%m-%d %H:%M}，比程序安装的时间还早"
        yield Checkup("clock", Health.BAD, found, "校准时钟（timedatectl set-ntp true）")
        return
    yield Checkup("clock", Health.WELL, f"{patient.now:%Y-%m-%d %H:%M}（{patient.settings.timezone}）")
    local = datetime.now().astimezone().utcoffset()
    if local != patient.now.utcoffset():
        found = f"系统时区和设置的 {patient.settings.timezone} 不同"
        yield Checkup("timezone", Health.NOTE, found, "日志和 cron 按系统时区：timedatectl set-timezone，或心里有数")
    else:
        yield Checkup("timezone", Health.WELL, "系统时区和设置的一致")


def check_prefect(patient: Patient) -> Iterator[Checkup]:
    """Its folder, and the server where one is set."""
    home = patient.settings.data_dir.absolute() / "prefect"
    writable = os.access(_existing(home), os.W_OK)
    yield Checkup(
        "prefect_home",
        Health.WELL if writable else Health.BAD,
        f"{home} " + ("可写" if writable else "写不了"),
        "" if writable else "检查文件夹的所有者和权限",
    )
    url = configured_api()
    if url is None:
        yield Checkup(
            "prefect_server", Health.NOTE, "没有设 PREFECT_API_URL", "要夜间自动运行，先有常开的 Prefect 服务"
        )
        return
    fine = _answers(url)
    found = f"{url} " + ("有回应" if fine else "没有回应")
    yield Checkup(
        "prefect_server", Health.WELL if fine else Health.BAD, found, "" if fine else "启动它：prefect server start"
    )


def check_inbox(patient: Patient) -> Iterator[Checkup]:
    """The folder that is taken in at night."""
    inbox = patient.settings.inbox
    if inbox is None:
        yield Checkup("inbox", Health.NOTE, "没有设收件文件夹", "要夜间自动收件，设 DUBAN_INBOX")
    elif not inbox.is_dir():
        yield Checkup("inbox", Health.BAD, f"{inbox.absolute()} 不在", "建好文件夹，或看网络盘是否挂上了")
    elif not os.access(inbox, os.R_OK | os.X_OK):
        yield Checkup("inbox", Health.BAD, f"{inbox.absolute()} 读不了", "给运行 duban 的用户读权限")
    else:
        where = f"（网络盘 {kind}）" if (kind := network_kind(inbox)) else ""
        found = f"{inbox.absolute()}{where} 可读；每到 {patient.settings.schedule} 收"
        yield Checkup("inbox", Health.WELL, found)


CHECKS = (
    check_python,
    check_packages,
    check_sqlite,
    check_settings,
    check_encoding,
    check_user,
    check_data_dir,
    check_disk,
    check_filesystem,
    check_temporary,
    check_memory,
    check_open_files,
    check_clock,
    check_prefect,
    check_inbox,
)


def _differs(line: str) -> str | None:
    """What is wrong with one line of the lock: another version, or none."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(line.partition(" #")[0].rstrip(" \\"))
    except InvalidRequirement:
        return None  # a comment, a hash, an option
    if wanted.marker is not None and not wanted.marker.evaluate():
        return None
    try:
        there = version(wanted.name)
    except PackageNotFoundError:
        return f"缺 {wanted.name}"
    return (
        None
        if wanted.specifier.contains(there, prereleases=True)
        else f"{wanted.name} {there}（应 {wanted.specifier}）"
    )


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above that is there."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def _available_memory() -> int | None:
    try:
        lines = MEMINFO.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False
