"""What a million documents a year take, reckoned from measured figures (plan.yaml): the tables of docs/growing.md.

python -m benchmarks.plan            writes them anew between the page's marks
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "growing.md"
_MARKED = re.compile(r"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
_NAMES = {
    "read_ms": "读一件（{form}）",
    "original_kb": "原件一件（{form}）",
    "extract_ms": "抽取一件",
    "keep_ms": "保存一件",
    "follow_ms": "比对一件",
    "database_kb": "数据库里一件",
    "task_share": "一批 25 件里 Prefect 占的",
}
_UNITS = {"ms": "毫秒", "kb": "KB", "share": "%"}


def figures() -> dict[str, Any]:
    """What is wanted and what was measured."""
    found: dict[str, Any] = yaml.safe_load((HERE / "plan.yaml").read_text(encoding="utf-8"))
    return found


def reckoned(given: dict[str, Any]) -> dict[str, float]:
    """The plan's figures by name: processor milliseconds a document, documents a night, hours, processors, gigabytes.

    Reading and extracting grow with a letter's length; keeping and following up with its promises, ten as measured.
    """
    wanted, measured = given["wanted"], given["measured"]
    longer = wanted["characters"] / measured["bench_characters"]
    read = sum(share * measured["read_ms"][form] for form, share in wanted["forms"].items())
    apart = longer * (read + measured["extract_ms"])
    one_by_one = measured["keep_ms"] + measured["follow_ms"]
    year = wanted["documents_a_year"]
    night = year * wanted["busiest_month"] / wanted["nights_a_month"]
    seconds = wanted["night_hours"] * 3600
    scanned = wanted["forms"]["pdf"] * wanted["scanned"]
    originals = sum(share * measured["original_kb"][form] for form, share in wanted["forms"].items())
    originals += scanned * wanted["scanned_mb"] * 1000
    database = year * measured["database_kb"] / 1e6
    return {
        "apart_ms": apart,
        "one_by_one_ms": one_by_one,
        "night": night,
        "night_usual": year / 365,
        "apart_hours": night * apart / 3.6e6,
        "one_by_one_hours": night * one_by_one / 3.6e6,
        "readers": night * apart / 1000 / seconds,
        "registers": night * one_by_one / 1000 / seconds,
        "year_hours": year * (apart + one_by_one) / 3.6e6,
        "database_gb": database,
        "originals_gb": year * originals / 1e6,
        "storage_tb": wanted["years"] * (database + year * originals / 1e6) / 1000,
        "backups_tb": wanted["backups"] * wanted["years"] * database / 1000,
        "county": year / wanted["counties"],
    }


def tables(given: dict[str, Any]) -> dict[str, str]:
    """The page's tables by the name of their mark."""
    return {"measured": _measured(given["measured"]), "plan": _plan(given)}


def written(page: str, given: dict[str, Any]) -> str:
    """The page with its tables as the figures have them."""
    for name, table in tables(given).items():
        marked = re.compile(_MARKED.pattern.replace("{name}", name), re.DOTALL)
        page = marked.sub(lambda found, table=table: f"{found[1]}{table}{found[2]}", page)  # type: ignore[misc]
    return page


def _measured(measured: dict[str, Any]) -> str:
    lines = [f"{measured['day']}，{measured['machine']}；信每件 {measured['bench_characters']} 字。", ""]
    lines += ["| | 量得 | |", "|---|---|---|"]
    for name, words in _NAMES.items():
        unit = _UNITS[name.rpartition("_")[2]]
        each = measured[name] if isinstance(measured[name], dict) else {"": measured[name]}
        lines += [f"| {words.format(form=form)} | {value:g} {unit} | `{name}` |" for form, value in each.items()]
    return "\n".join(lines) + "\n"


def _plan(given: dict[str, Any]) -> str:
    found, wanted = reckoned(given), given["wanted"]
    rows = [
        ("每个县一年", f"{found['county']:,.0f} 件", "件数 ÷ 县数"),
        (
            "平常一夜、最忙一夜",
            f"{found['night_usual']:,.0f}、{found['night']:,.0f} 件",
            "年 ÷ 365；年 × 最忙的月 ÷ 夜数",
        ),
        ("读和抽取，每件", f"{found['apart_ms']:.0f} 毫秒", "（各种格式的平均 + 抽取）× 字数之比"),
        ("保存和比对，每件", f"{found['one_by_one_ms']:.0f} 毫秒", "保存 + 比对，每件十条承诺"),
        ("最忙一夜，读和抽取", f"{found['apart_hours']:.1f} 处理器小时", "可以分给许多机器"),
        ("最忙一夜，保存和比对", f"{found['one_by_one_hours']:.1f} 处理器小时", "每个台账一个接一个"),
        ("读和抽取要多少个处理器", f"{found['readers']:.2f} 个", f"在 {wanted['night_hours']} 小时里做完"),
        ("保存和比对要多少个处理器，即至少几个台账", f"{found['registers']:.2f} 个", "每个台账同时只有一次运行在写"),
        ("一年合计", f"{found['year_hours']:,.0f} 处理器小时", ""),
        ("数据库，每年", f"{found['database_gb']:,.0f} GB", "数据库里一件 × 件数"),
        ("原件，每年", f"{found['originals_gb']:,.0f} GB", f"扫描件按 {wanted['scanned_mb']} MB"),
        (f"{wanted['years']} 年的数据库和原件", f"{found['storage_tb']:.1f} TB", ""),
        (f"{wanted['backups']} 份数据库备份", f"{found['backups_tb']:.1f} TB", "不带原件；原件另用 rsync"),
    ]
    return "\n".join(["| | 算得 | 怎样算 |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]) + "\n"


def main() -> int:
    """Writes the page anew."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), figures()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
