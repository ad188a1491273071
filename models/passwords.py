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
from threading import Semaphore
from typing import TYPE_CHECKING

from models.errors import WrongAccount
from models.people import name_key

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LONGEST = 128
_STEMS = Path(__file__).with_name("common_passwords.yaml")
_LEET = str.maketrans("0134578@$!", "oleastbasi")
_TURNS = Semaphore(2)  # each takes 19 MiB: fifty people who come at nine take turns
_OWN = 5  # characters at least that are neither common words nor runs
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789012345678901234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
    "147258369",
    "zaq1xsw2cde3vfr4",
)


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
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", re.sub(r"(?:19|20)\d\d", "", lower))
    return any(len(_left_of(form)) < _OWN for form in (lower, bare, bare.translate(_LEET)))


def hash_password(password: str) -> str:
    """What is kept of a password: argon2id with 19 MiB, two passes, one lane (OWASP)."""
    with _TURNS:
        return _hasher().hash(_normal(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether a typed password is the kept one. Without a kept one it takes as long, and is wrong."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        with _TURNS:
            return _hasher().verify(kept or _nobodys(), _normal(password[: LONGEST * 4])) and kept is not None
    except (InvalidHashError, VerificationError):
        return False


def _normal(password: str) -> str:
    """The same password however the keyboard composes it."""
    return unicodedata.normalize("NFC", password)


def _classes(password: str) -> int:
    kinds = (str.isupper, str.islower, str.isdecimal, lambda c: not (c.isupper() or c.islower() or c.isdecimal()))
    return sum(any(kind(c) for c in password) for kind in kinds)


def _left_of(word: str) -> str:
    """What is somebody's own in a password: without common words, runs of keys, repetitions, signs and years."""
    left = re.sub(r"[\W_]+|(?:19|20)\d\d", "", word)
    left = re.sub(r"(.{1,4}?)\1{2,}", "", left)
    for stem in _stems():
        left = left.replace(stem, "")
    for line in _ROWS:
        left = _without_runs(left, line)
    return left if re.search(r"\D", left) else ""


def _without_runs(word: str, line: str) -> str:
    """Without four and more keys in a row, either way: 4567890, poiuyt."""
    start = 0
    while start + 4 <= len(word):
        length = next(
            (
                n
                for n in range(len(word) - start, 3, -1)
                if any(word[start : start + n] in d for d in (line, line[::-1]))
            ),
            0,
        )
        word, start = (word[:start] + word[start + length :], start) if length else (word, start + 1)
    return word


@lru_cache(maxsize=1)
def _stems() -> tuple[str, ...]:
    """The common words, longest first."""
    import yaml

    listed: dict[str, list[str]] = yaml.safe_load(_STEMS.read_text(encoding="utf-8"))
    words = {re.sub(r"\W+", "", str(word)) for words in listed.values() for word in words}
    return tuple(sorted((word for word in words if len(word) >= 4), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """A password that nobody has, to measure unknown names against."""
    return _hasher().hash("nobody's")
