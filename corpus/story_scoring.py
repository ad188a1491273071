"""Stories: documents that belong together, and what was found across them, held against what a person found.

A story is a folder with its texts and NAME.case.json: `links`, `status`, `coverage` and `progress` as judged on the day
`as_of`. What was found comes as the ledger's exchange record, so that the very file that offices get is measured.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from corpus.scoring import likeness, plain, same_words
from models.scores import Fault, Mistake, Part, Report, Score

STORIES = Path(__file__).parent / "gold" / "stories"
_LIST = "stories.yaml"
_WHOLE_ASK = 5  # characters of an ask that may stand within a longer one
_NAME = 0.5  # of the pairs of characters: an indicator of a target under a slightly other name
_EXACT = 0.002  # of a number


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its folder, its part of the corpus, and what a person found."""

    folder: Path
    part: Part
    case: Mapping[str, Any]

    @property
    def texts(self) -> list[Path]:
        """Its documents."""
        return [self.folder / f"{name}.txt" for name in self.case["documents"]]


def read_stories(folder: Path = STORIES) -> list[Story]:
    """The stories that stories.yaml lists. ValueError, OSError, KeyError: one isn't as it should be."""
    listed = yaml.safe_load((folder / _LIST).read_text(encoding="utf-8"))["stories"]
    return [
        Story(
            folder / name,
            Part(entry["split"]),
            json.loads((folder / name / f"{name}.case.json").read_text(encoding="utf-8")),
        )
        for name, entry in sorted(listed.items())
    ]


def digest_of_stories(stories: Iterable[Story]) -> str:
    """A name for these stories: it changes with any of their files, and with their split."""
    digest = hashlib.sha256()
    for story in stories:
        digest.update(f"{story.folder.name}\n{story.part}\n".encode())
        for file in (story.folder / f"{story.folder.name}.case.json", *story.texts):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def compare_stories(pairs: Iterable[tuple[Story, Mapping[str, Any]]]) -> Report:
    """How well ledgers agree with their stories; errors are listed of those alone that aren't held out."""
    tally, documents = _Tally(), 0
    for story, ledger in pairs:
        documents += len(story.texts)
        tally.story = None if story.part is Part.HELDOUT else story.folder.name
        _compare_links(story.case, ledger, tally)
        _compare_statuses(story.case, ledger, tally)
        _compare_coverage(story.case, ledger, tally)
        _compare_progress(story.case, ledger, tally)
    names = dict.fromkeys(name for name, _ in tally.counts)
    counts = tally.counts
    scores = tuple(Score(n, counts[n, "hit"], counts[n, "extra"], counts[n, "missed"]) for n in sorted(names))
    return Report(documents, scores, (), tuple(tally.mistakes))


@dataclass(slots=True)
class _Tally:
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)
    story: str | None = None

    def find(self, name: str, outcome: str, text: str) -> None:
        """Counts a link as hit, extra or missed, and keeps the words of the latter two."""
        self.counts[name, outcome] += 1
        if outcome != "hit" and self.story is not None:
            self.mistakes.append(Mistake(self.story, name, Fault(outcome), text))

    def check(self, name: str, right: bool, text: str, want: object, got: object) -> None:
        """Counts one value (a wrong one as extra and as missed), and keeps a wrong one beside what was wanted."""
        for outcome in ("hit",) if right else ("extra", "missed"):
            self.counts[name, outcome] += 1
        if not right and self.story is not None:
            self.mistakes.append(Mistake(self.story, name, Fault.WRONG, text, str(want), str(got)))


def _accepted(want: object, got: object) -> bool:
    """Whether a value is the wanted one, or one of several that are."""
    return got in want if isinstance(want, list) else want == got


def _stem(name: str | None) -> str:
    return Path(name or "").stem


def _compare_links(case: Mapping[str, Any], ledger: Mapping[str, Any], tally: _Tally) -> None:
    """Whether a promise is followed up in a document; then whether by the right passage, with the right relation."""
    judged = {row["from"] for row in (*case["status"], *case["links"])}
    found = [
        (promise["text"], _stem(one["document"]), one)
        for promise in ledger["commitments"]
        if _stem(promise["document"]) in judged
        for one in promise["evidence"]
    ]
    wanted = {(row["commitment"], row["in"]) for row in case["links"]}
    there = {(text, document) for text, document, _ in found}
    for text, document in sorted(wanted):
        hit = any(document == other and same_words(text, said) for said, other in there)
        tally.find("links", "hit" if hit else "missed", f"{text} ← {document}")
    for said, document in sorted(there):
        if not any(document == other and same_words(text, said) for text, other in wanted):
            tally.find("links", "extra", f"{said} ← {document}")
    for row in case["links"]:
        near = [one for said, other, one in found if other == row["in"] and same_words(row["commitment"], said)]
        if near:
            passage = next((one for one in near if same_words(row["evidence"], one["text"])), None)
            tally.check("link.passage", passage is not None, row["commitment"], row["evidence"], near[0]["text"])
            relation = (passage or near[0])["relation"]
            text = f"{row['commitment']} ← {row['evidence']}"
            tally.check("link.relation", _accepted(row["relation"], relation), text, row["relation"], relation)


def _compare_statuses(case: Mapping[str, Any], ledger: Mapping[str, Any], tally: _Tally) -> None:
    for row in case["status"]:
        promises = (one for one in ledger["commitments"] if _stem(one["document"]) == row["from"])
        promise = next((one for one in promises if same_words(row["commitment"], one["text"])), None)
        got = promise["status"] if promise else "-"
        tally.check("status", _accepted(row["status"], got), row["commitment"], row["status"], got)


def _compare_coverage(case: Mapping[str, Any], ledger: Mapping[str, Any], tally: _Tally) -> None:
    asked = [request for pair in ledger["coverage"] for request in pair["requests"]]
    for row in case["coverage"]:
        found = next((one for one in asked if _same_ask(row["request"], one["text"])), None)
        got = found["status"] if found else "-"
        tally.check("coverage", _accepted(row["status"], got), row["request"], row["status"], got)


def _same_ask(one: str, other: str) -> bool:
    """Whether two wordings are one ask: alike, or the shorter (five characters and more) within the longer."""
    short, long = sorted((plain(one), plain(other)), key=len)
    within = len(short) >= _WHOLE_ASK and short in long
    return within or same_words(one, other) or likeness(one, other) >= 0.6


def _compare_progress(case: Mapping[str, Any], ledger: Mapping[str, Any], tally: _Tally) -> None:
    entries = list(_progress(ledger))
    for row in case["progress"]:
        near = [one for one in entries if _close(row["target"], one["target"]) and _close(row["actual"], one["actual"])]
        right = any(likeness(row["indicator"], one["indicator"] or "") >= _NAME for one in near)
        got = "、".join(dict.fromkeys(str(one["indicator"]) for one in near)) or "-"
        tally.check("progress", right, f"{row['target']} → {row['actual']}", row["indicator"], got)


def _progress(ledger: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for promise in ledger["commitments"]:
        yield from promise["progress"]
    yield from ledger["progress"]


def _close(want: float, got: float | None) -> bool:
    return got is not None and abs(want - got) <= _EXACT * max(abs(want), abs(got), 1e-9)
