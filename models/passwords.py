"""Passwords: which may be chosen, how they are kept, whether a typed one is right.

Two presets. DENGBAO2 as assessors of 等级保护 level 2 ask: 10 characters, three of four classes, changed
every 90 days, none of the last five. ASVS as OWASP ASVS 5.0 6.2 asks: 15 characters of any kind, none that everybody
tries first, no change without need. Both refuse what is easily guessed and what holds the login name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import WrongAccount
from models.people import name_key

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LONGEST = 128
_STEMS = Path(__file__).with_name("common_passwords.yaml")
_LEET = str.maketrans("0134578@$!", "oleastbasi")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb")


class Policy(StrEnum):
    """Which rules hold."""

    DENGBAO2 = "dengbao2"
    ASVS = "asvs"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a preset asks."""

    shortest: int
    classes: int
    lasts: timedelta | None
    remembered: int


RULES = {
    Policy.DENGBAO2: Rules(shortest=10, classes=3, lasts=timedelta(days=90), remembered=5),
    Policy.ASVS: Rules(shortest=15, classes=1, lasts=None, remembered=0),
}


def check_choice(password: str, name: str, policy: Policy) -> None:
    """WrongAccount says in Chinese why a password can't be chosen."""
    rules, given = RULES[policy], _normal(password)
    if len(given) < rules.shortest:
        raise WrongAccount(f"密码至少 {rules.shortest} 个字符")
    if len(given) > LONGEST:
        raise WrongAccount(f"密码最多 {LONGEST} 个字符")
    if _classes(given) < rules.classes:
        raise WrongAccount("密码要有大写字母、小写字母、数字、其他符号里的至少三种")
    if len(key := name_key(name)) >= 3 and key in name_key(given):
        raise WrongAccount("密码里不能有用户名")
    if is_common(given):
        raise WrongAccount("这个密码太容易被猜到：不要用常见词、键盘顺序、连续或重复的字符")


def is_common(password: str) -> bool:
    """Whether a password is a word that everybody tries first, a row of keys, or a repetition, however dressed up.

    >>> is_common("P@ssw0rd2026!"), is_common("1qaz2wsx3edc"), is_common("abcabcabcabc"), is_common("石桥 7 号 wb 灯")
    (True, True, True, False)
    """
    lower = _normal(password).casefold()
    plain = lower.translate(_LEET)
    cores = {re.sub(r"[\W\d_]+", "", lower), re.sub(r"[\W\d_]+", "", plain), re.sub(r"[\W_]+", "", lower)}
    return any(core in _stems() or _is_row(core) or _repeats(core) for core in cores if core) or len(set(lower)) < 4


def hash_password(password: str) -> str:
    """What is kept of a password: argon2id with 19 MiB, two passes, one lane (OWASP)."""
    return _hasher().hash(_normal(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether a typed password is the kept one. Without a kept one it takes as long, and is wrong."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept or _nobodys(), _normal(password[: LONGEST * 4])) and kept is not None
    except (InvalidHashError, VerificationError):
        return False


def _normal(password: str) -> str:
    """The same password however the keyboard composes it."""
    return unicodedata.normalize("NFC", password)


def _classes(password: str) -> int:
    kinds = (str.isupper, str.islower, str.isdecimal, lambda c: not (c.isupper() or c.islower() or c.isdecimal()))
    return sum(any(kind(c) for c in password) for kind in kinds)


def _is_row(core: str) -> bool:
    """One run along the keyboard or the alphabet, either way: 4567890, poiuyt."""
    return len(core) >= 4 and any(core in line * 3 or core in line[::-1] * 3 for line in _ROWS)


def _repeats(core: str) -> bool:
    """A short piece again and again: abcabcabc."""
    return re.fullmatch(r"(.{1,4}?)\1{2,}", core) is not None


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    import yaml

    listed: dict[str, list[str]] = yaml.safe_load(_STEMS.read_text(encoding="utf-8"))
    return frozenset(str(word) for words in listed.values() for word in words)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """A password that nobody has, to measure unknown names against."""
    return _hasher().hash("nobody's")
