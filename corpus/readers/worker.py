"""The process that reads files for a ReaderPool: started as a script, one file at a time, ended with its parent.

Frames on standard input and output: four bytes of length, then a pickle. The first frame in is the setting-up (module
path, name of the reader, limits), each later one a path. Out come True (progress) and at last the Document or the
UnreadableDocument. What readers print goes nowhere; a closed input ends the process.
"""

import ctypes
import importlib
import os
import pickle
import resource
import signal
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Set up by the first frame, then read file after file until the parent closes the pipe."""
    requests, answers = _private_pipes()
    parent, search_path, reader, limits = _receive(requests)
    sys.path[:] = search_path
    _die_with(parent)
    _forks_die_with_us()
    read = _named(reader)
    _send(answers, True)
    while True:
        path = _receive(requests)
        _bound_memory(limits.memory)
        _send(answers, _outcome(read, path, limits, lambda: _send(answers, True)))


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under numbers of their own, so that no library's print gets in between."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    return requests, answers


def _outcome(read: Callable[..., object], path: Path, limits: Any, progress: Callable[[], None]) -> object:
    from models.errors import Unreadable, UnreadableDocument

    try:
        return read(path, limits, progress)
    except UnreadableDocument as error:
        return UnreadableDocument(error.file, error.reason, error.detail)  # without the frames that hold its memory
    except MemoryError:
        return UnreadableDocument(path.name, Unreadable.MEMORY)
    except RecursionError as error:
        return UnreadableDocument(path.name, Unreadable.DAMAGED, f"nested too deeply: {error}")
    except Exception as error:  # noqa: BLE001 - a reader's own fault must cost this file only, and be named
        return UnreadableDocument(path.name, Unreadable.CRASHED, f"{type(error).__name__}: {error}"[:500])


def _named(reader: str) -> Callable[..., object]:
    module, _, function = reader.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


def _receive(stream: BinaryIO) -> Any:
    length = stream.read(4)
    if len(length) < 4:
        os._exit(0)  # the parent is gone, or is done with us
    return pickle.loads(stream.read(struct.unpack("!I", length)[0]))


def _send(stream: BinaryIO, message: object) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack("!I", len(data)) + data)
    stream.flush()


def _bound_memory(allowance: int) -> None:
    """Let this process grow by so many bytes beyond what it holds now (Linux; elsewhere time alone is bounded)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = pages * resource.getpagesize() + allowance
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent dies; elsewhere a watch does it within a second."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _forks_die_with_us() -> None:
    """Let what a reader forks end with its parent, also where that died before the child came to run."""
    forking: list[int] = [0]

    def remember() -> None:
        forking[0] = os.getpid()

    os.register_at_fork(before=remember, after_in_child=lambda: _die_with(forking[0]))


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(1.0)
    os._exit(0)


if __name__ == "__main__":
    main()
