"""What is written is on the disk before anybody is told so."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def settle(path: Path) -> None:
    """Waits until a file, or a folder's list of names, is on the disk. OSError: it isn't.

    Some network shares can't be asked that of a folder; there is nothing more to be done about those.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if not (path.is_dir() and error.errno in (errno.EINVAL, errno.ENOTSUP, errno.EBADF)):
            raise
    finally:
        os.close(descriptor)
