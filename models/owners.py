"""Which process this is, and whether another one is still there: what the lock on the database needs to know."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from models.runs import Owner


def this_process() -> Owner:
    """This process, told apart from any other on any machine."""
    return Owner(host=socket.gethostname(), pid=os.getpid(), boot=_boot(), started=_started(os.getpid()))


def is_gone(owner: Owner, here: Owner) -> bool:
    """Whether that process has surely ended. Of another machine's processes nobody here can be sure."""
    if owner.host != here.host:
        return False
    if owner.boot != here.boot or not _exists(owner.pid):
        return True
    return bool(owner.started) and _started(owner.pid) not in ("", owner.started)


def _exists(pid: int) -> bool:
    """Whether the machine has a process of that number; one that only waits to be reaped doesn't count."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _stat(pid)[:1] not in (["Z"], ["X"])


def _boot() -> str:
    """The id of the machine's present start; "" where the system has none."""
    return _read("/proc/sys/kernel/random/boot_id")


def _started(pid: int) -> str:
    """When the process began, in clock ticks since the machine's start; "" where the system doesn't say."""
    fields = _stat(pid)
    return fields[19] if len(fields) > 19 else ""


def _stat(pid: int) -> list[str]:
    """The process's state and what follows it (proc(5), from field 3); empty where the system doesn't say."""
    return _read(f"/proc/{pid}/stat").rpartition(")")[2].split()  # the name in brackets may hold spaces


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
