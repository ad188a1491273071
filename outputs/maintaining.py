"""What backup, restore, copy, verify and doctor tell in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from models.checksums import Checksum
from models.harm import Damage
from models.health import Checkup, Health
from outputs.phrases import phrase

_SHOWN = 20  # of each kind
_STYLES = {Health.WELL: "green", Health.NOTE: "yellow", Health.BAD: "bold red"}
TOPICS = {
    "python": "Python",
    "packages": "程序包",
    "sqlite": "SQLite",
    "settings": "设置",
    "encoding": "编码",
    "user": "用户",
    "data_dir": "数据目录",
    "permissions": "权限",
    "disk": "磁盘",
    "filesystem": "文件系统",
    "temporary": "临时文件夹",
    "memory": "内存",
    "open_files": "打开文件数",
    "clock": "时钟",
    "clock_back": "时钟",
    "timezone": "时区",
    "prefect": "Prefect",
    "prefect_home": "Prefect 文件夹",
    "prefect_server": "Prefect 服务",
    "inbox": "收件文件夹",
    "database": "数据库",
    "schema": "数据库结构",
    "settings_of_database": "数据库设置",
    "journal": "数据库日志",
    "server": "数据库服务器",
    "write_ahead_log": "数据库日志",
    "lease": "谁在写",
    "last_run": "最近收件",
    "files": "文件",
    "failures": "没读成的",
    "waiting": "积压",
    "index": "检索",
    "backup": "备份",
    "backup_file": "备份文件",
    "backup_place": "备份位置",
    "drill": "恢复演练",
    "leftovers": "残留",
    "web_host": "网页开在哪里",
    "web_hosts": "网页主机名",
    "web_port": "网页端口",
    "web_address": "网页地址",
    "tls": "网页证书",
    "logs": "日志",
    "audit_log": "操作日志",
    "system_log": "系统日志",
    "vulnerabilities": "已知漏洞",
    "vulnerability_list": "漏洞清单",
    "machines": "别的机器",
}
"""What the doctor looks at, by code."""


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


def show_checkups(console: Console, found: Sequence[Checkup]) -> None:
    """What was looked at; below what isn't well, what to do."""
    table = Table("", Column("查什么", no_wrap=True), Column("查到", ratio=1), box=None, header_style="bold")
    for one in found:
        told = Text(one.found)
        if one.todo and one.health is not Health.WELL:
            told.append(f"\n→ {one.todo}", style="bold")
        table.add_row(Text(phrase(one.health), style=_STYLES[one.health]), topic_phrase(one.topic), told)
    console.print(table)
    bad, notes = (sum(one.health is health for one in found) for health in (Health.BAD, Health.NOTE))
    console.print(f"共查 {len(found)} 项：{bad} 项要处理，{notes} 项要知道。")


def topic_phrase(topic: str) -> str:
    """What a check is called; one that has no name yet goes by its code."""
    return TOPICS.get(topic, topic)


def checkup_record(one: Checkup) -> dict[str, str]:
    """The same for programs."""
    return {
        "topic": one.topic,
        "name": topic_phrase(one.topic),
        "state": one.health.value,
        "found": one.found,
        "todo": one.todo,
    }


def show_checksums(console: Console, found: Mapping[str, Checksum]) -> None:
    """Each table with its rows and the beginning of its digest."""
    table = Table("表", Column("行数", justify="right"), "摘要", box=None, header_style="bold")
    for name, one in found.items():
        table.add_row(name, str(one.rows), f"{one.digest[:16]}…")
    console.print(table)
