"""What one file may cost: the bounds of Apache Tika's forked parsers and of OWASP ASVS 5.2, as settings."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that reading one file may take; a breach costs that file alone.

    Sizes in bytes, times in seconds. `stall` is the time without progress, `total` the time in all; `memory` is what a
    worker may take beyond what it holds before it opens the file; after `recycle` files a worker is replaced
    (plain texts count a tenth).
    """

    size: int = 200 * MIB
    unpacked: int = 500 * MIB
    ratio: int = 100
    members: int = 2_000
    memory: int = 1024 * MIB
    stall: float = 60.0
    total: float = 600.0
    recycle: int = 300


DEFAULT = Limits()
