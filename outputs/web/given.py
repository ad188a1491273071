"""What an address says: its parameters, as pages, the interface for programs and saved searches read them alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from outputs.web.actions import Lists


class Given:
    """The parameters of an address, and the day that it asks about."""

    __slots__ = ()

    @abstractmethod
    def values(self, name: str) -> Sequence[str]:
        """All values of a parameter as they were given."""

    @property
    @abstractmethod
    def as_of(self) -> date:
        """The day that is asked about."""

    @property
    @abstractmethod
    def lists(self) -> Lists:
        """Lists of promises."""

    def text(self, name: str) -> str | None:
        """A parameter of the address, without spaces around it; None where it is empty."""
        return ("".join(self.values(name)[-1:])).strip() or None

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a parameter."""
        return tuple(one.strip() for one in self.values(name) if one.strip())

    def number(self, name: str, default: int) -> int:
        """A whole number; what is none is as good as left out."""
        given = "".join(self.values(name)[-1:])
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else default

    def flag(self, name: str) -> bool | None:
        """yes or no; None where neither is said."""
        return {"yes": True, "no": False}.get(self.text(name) or "")

    def day(self, name: str) -> date | None:
        """A day. A page with a wrong one isn't shown: it would tell of another day than was asked."""
        given = self.text(name)
        if given is None:
            return None
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise HTTPException(400, f"{name}={given[:40]} 不是日期。日期写成 2026-06-30 这样") from None


@dataclass(frozen=True, slots=True)
class Kept(Given):
    """An address that was kept, read again on a day."""

    parameters: tuple[tuple[str, str], ...]
    day_asked: date
    held: Lists

    def values(self, name: str) -> Sequence[str]:
        """All values of a parameter."""
        return [value for key, value in self.parameters if key == name]

    @property
    def as_of(self) -> date:
        """The day that it is read on."""
        return self.day_asked

    @property
    def lists(self) -> Lists:
        """Lists of promises."""
        return self.held
