"""How well the search answers queries in officers' own words: totals alone, of the part that nobody tunes on.

python -m benchmarks.bench_quality            measures it and writes the table of docs/web.md anew
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.figures import Figure
from corpus.gold.records import GOLD
from corpus.readers import read
from extractors.pipeline import extract
from flows.meaning import learn_meaning
from flows.searching import search_in
from models.owners import this_process
from models.runs import SourceFile
from models.store import Store, open_store

Asked = list[tuple[str, tuple[str, ...]]]
PARTS = ("dev", "heldout")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "web.md"
_PARTS = {"dev": "调试用的", "heldout": "留出的，没有人照着它改"}
_MARKED = re.compile(r"(<!-- search quality -->\n).*?(<!-- end -->)", re.DOTALL)
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


def run() -> Iterator[Figure]:
    """Recall and mean reciprocal rank among ten hits, of the held-out queries."""
    number, recall, rank = measured(("heldout",))["heldout"]
    yield Figure("search quality: held-out queries", number, "", at_least=100)
    yield Figure("search quality: recall@10", recall, "", at_least=0.9)
    yield Figure("search quality: mean reciprocal rank@10", rank, "", at_least=0.8)


def measured(parts: Sequence[str]) -> dict[str, tuple[int, float, float]]:
    """Of each part: how many queries, mean recall and mean reciprocal rank among ten hits."""
    made = {}
    with TemporaryDirectory() as name, open_store(f"sqlite:///{name}/duban.db") as store:
        fill(store, Path(name))
        for part in parts:
            asked = queries(part)
            found = [[hit.text for hit in search_in(store, q, limit=10, data_dir=Path(name)).hits] for q, _ in asked]
            made[part] = (len(asked), *figures(asked, found))
    return made


def table(found: dict[str, tuple[int, float, float]]) -> str:
    """The figures as the page has them."""
    lines = ["| | 查询 | 前十条里找回的 | 第一条对的排在第几（倒数的平均） |", "|---|---|---|---|"]
    for part, (number, recall, rank) in found.items():
        lines.append(f"| {_PARTS[part]} | {number} | {recall:.3f} | {rank:.3f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the page anew."""
    found = table(measured(PARTS))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_MARKED.sub(lambda place: f"{place[1]}{found}{place[2]}", page), encoding="utf-8")


def fill(store: Store, folder: Path) -> None:
    """All letters that the queries are about in one register, and what was learned from them in `folder`."""
    parts = [GOLD / "queries" / f"{part}.yaml" for part in PARTS]
    letters = sorted(name for part in parts for name in yaml.safe_load(part.read_text(encoding="utf-8"))["queries"])
    run = store.begin_run("ingest", now=_NOW, owner=this_process())
    sources = (SourceFile(f"/{name}.txt", f"{name}.txt", "txt", None, None, None) for name in letters)
    batch = [(source, extract(read(GOLD / source.name))) for source in sources]
    store.save_all(run, batch, now=_NOW, extractor="1")
    store.finish_run(run, now=_NOW)
    learn_meaning(store, folder)


def queries(part: str) -> Asked:
    """The queries of a part, each with the sentences that answer it."""
    asked: Asked = []
    letters = yaml.safe_load((GOLD / "queries" / f"{part}.yaml").read_text(encoding="utf-8"))["queries"]
    for letter, entries in letters.items():
        annotated = json.loads((GOLD / f"{letter}.gold.json").read_text(encoding="utf-8"))
        sentences = [unit["text"] for unit in annotated["units"]]
        for entry in entries:
            found = [[one for one in sentences if piece in one] for piece in entry["relevant"]]
            assert all(len(one) == 1 for one in found), f"{letter}: {entry['q']}: a quotation isn't of one sentence"
            asked.append((entry["q"], tuple(one for (one,) in found)))
    return asked


def same(one: str, other: str) -> bool:
    """Whether two quotations are of one sentence: marks apart, one may be a piece of the other."""
    short, long = sorted(("".join(filter(str.isalnum, text)) for text in (one, other)), key=len)
    return bool(short) and short in long and len(short) >= 0.6 * len(long)


def figures(asked: Asked, found: list[list[str]]) -> tuple[float, float]:
    """Mean recall and mean reciprocal rank."""
    recalls, ranks = [], []
    for (_, wanted), hits in zip(asked, found, strict=True):
        recalls.append(sum(any(same(one, hit) for hit in hits) for one in wanted) / len(wanted))
        first = next((place for place, hit in enumerate(hits, 1) if any(same(one, hit) for one in wanted)), 0)
        ranks.append(1 / first if first else 0.0)
    return sum(recalls) / len(asked), sum(ranks) / len(asked)


if __name__ == "__main__":
    main()
