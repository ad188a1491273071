"""Where a document speaks: administrative divisions and their codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """行政区划: the lowest division whose government speaks.

    `adcode` is the six-digit code of GB/T 2260. Towns, streets and development zones that the standard doesn't list
    carry the code of the division they lie in, and None where that isn't known; their own name tells them apart.
    `parents` are the names above it, province first.
    """

    name: str
    adcode: str | None
    parents: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with its parents: 湖北省宜昌市西陵区."""
        return "".join(self.parents) + self.name


def significant(adcode: str) -> str:
    """The part of a code that all divisions below share.

    >>> significant("330200"), significant("330000"), significant("330282")
    ('3302', '33', '330282')
    """
    if adcode.endswith("0000"):
        return adcode[:2]
    return adcode[:4] if adcode.endswith("00") else adcode


def contains(outer: str, inner: str) -> bool:
    """Whether the division `inner` lies in `outer`, or is the same.

    >>> contains("330200", "330282"), contains("330282", "330200"), contains("330000", "330282")
    (True, False, True)
    """
    return inner.startswith(significant(outer))
