"""Which kind of file system a path stands on: an embedded database must not be shared over a network.

SQLite's locks and shared memory work between the processes of one machine; on a network share they are lost or lie, and
the database is damaged sooner or later (sqlite.org, wal.html: “WAL does not work over a network filesystem”).
"""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

_SERVED = {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "ncpfs", "coda", "davfs"}
_CLUSTERED = {"ceph", "lustre", "gpfs", "beegfs", "glusterfs", "ocfs2", "gfs2", "pvfs2"}
_OF_THE_HOST = {"9p", "drvfs", "vboxsf", "vmhgfs", "prl_fs"}  # a virtual machine's window on its host
_NETWORK = frozenset(_SERVED | _CLUSTERED | _OF_THE_HOST)
_NETWORK_FUSE = re.compile(r"fuse\.(?:sshfs|glusterfs|ceph|s3fs|rclone|vmhgfs|davfs|smb|curlftpfs|juicefs)")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_kind(path: Path) -> str | None:
    """The name of the network file system that a path stands on; None on a local one, or where nobody can tell."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    point, kind = _mount_of(path.resolve(), mounts)
    if kind == "9p" and point == Path("/"):
        return None  # a container's own root as some runtimes serve it: nobody else's
    return kind if kind in _NETWORK or _NETWORK_FUSE.match(kind) else None


def _mount_of(path: Path, mounts: str) -> tuple[Path, str]:
    """The mount that holds the path, and its kind: of those above it the nearest; of several there the last.

    Lines are of proc(5) mountinfo: … (5) mount point … - (1) type …
    """
    best, found = Path("/"), ""
    for line in mounts.splitlines():
        fields, _, described = line.partition(" - ")
        point = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), fields.split(" ")[4]))
        if path.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, found = point, described.split(" ")[0]
    return best, found
