"""What backup, restore, copy, verify and doctor tell in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from models.harm import Damage
from outputs.phrases import phrase

_SHOWN = 20  # of each kind


def size_words(size: int) -> str:
    """A number of bytes for people.

    >>> [size_words(size) for size in (900, 2_500_000, 12_300_000_000)]
    ['1 KB', '2.5 MB', '12.3 GB']
    """
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1e6:.1f} MB" if size < 1_000_000_000 else f"{size / 1e9:.1f} GB"


def show_damage(console: Console, damage: Sequence[Damage]) -> None:
    """Each kind of damage with its places; of many the first ones, and how many there are."""
    counted, shown = Counter(one.harm for one in damage), Counter[object]()
    table = Table("问题", Column("在哪里", ratio=1), Column("是什么", ratio=2), box=None, header_style="bold")
    for one in damage:
        shown[one.harm] += 1
        if shown[one.harm] <= _SHOWN:
            table.add_row(phrase(one.harm), Text(one.where), Text(one.detail))
    console.print(table)
    for harm, count in counted.items():
        if count > _SHOWN:
            console.print(f"{phrase(harm)}：共 {count} 处，上面列出前 {_SHOWN} 处。")


def damage_record(damage: Iterable[Damage]) -> list[dict[str, str]]:
    """The same for programs."""
    return [
        {"kind": one.harm.value, "told": phrase(one.harm), "where": one.where, "detail": one.detail} for one in damage
    ]
