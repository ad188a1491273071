"""How often a promise is linked to papers of other matters, as a county's register holds hundreds of them.

The annotated letters, plans, news and reports that may be read, those of the stories among them, are told of one place;
each letter is held against papers of other stories and topics, so that nearly every sure link is wrong.

python -m benchmarks.bench_cross            lists the wrong links, for whoever loosens a rule
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path

import yaml

from benchmarks.figures import Figure
from corpus.gold.records import GOLD
from corpus.story_scoring import STORIES, read_stories
from extractors.pipeline import extract
from extractors.places import brief_name, region
from extractors.tracking.links import links_between
from extractors.tracking.wording import pairs_of
from models.documents import Document, Kind
from models.evidence import Certainty, Link, Paper
from models.extraction import Extraction
from models.ids import DocumentId
from models.scores import Part

PLACE, CODE = "沭阳县", "321322"
SENT, TOLD = date(2024, 5, 20), date(2026, 1, 8)
PAPERS = 48  # that each letter is held against, drawn by lot
GROUPS = {
    "letters": frozenset({Kind.REPLY}),
    "plans and rules": frozenset({Kind.PLAN, Kind.REGULATION}),
    "news and reports": frozenset({Kind.NEWS, Kind.PROGRESS_REPORT}),
}
MOST = 4.0  # of a thousand: about a fifth above what it is
_LEVEL = re.compile("(?<=[全我本])[省市区州旗](?!域)")
_TWICE = re.compile(f"(?:{PLACE}){{2,}}")


@dataclass(frozen=True, slots=True)
class Matter:
    """A text with what it is about: papers of one story, or of topics that share a word, are no strangers."""

    name: str
    story: str
    topic: frozenset[str]
    text: str

    def is_strange(self, other: Matter) -> bool:
        """Whether two texts have nothing to do with each other, for all that their titles tell."""
        return self.story != other.story and self.topic.isdisjoint(other.topic)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sure link between a letter's promise and a paper of another matter."""

    letter: Paper
    paper: Paper
    link: Link

    def __str__(self) -> str:
        promise = self.letter.extraction.commitments[self.link.commitment].span.text
        why = "、".join(f"{one.code}{list(one.values)}" for one in self.link.why)
        return f"{self.link.relation}  {promise}\n    {self.paper.id}  {self.link.span.text}\n    {why}"


def run() -> Iterator[Figure]:
    """Of a thousand promises held against a paper of another matter: how many are linked, by kind of paper."""
    held, wrong = crossed(matters())
    for group in GROUPS:
        linked = {(one.letter.id, one.paper.id, one.link.commitment) for one in wrong if _group(one.paper) == group}
        yield Figure(f"cross: wrong sure links, {group}", 1000 * len(linked) / held[group], "/1000", at_most=MOST)


def crossed(texts: Sequence[Matter]) -> tuple[Counter[str], list[Wrong]]:
    """How many pairs of a promise and a paper were held against each other, by group, and the sure links."""
    papers = {each.name: as_here(each) for each in texts}
    held: Counter[str] = Counter()
    wrong: list[Wrong] = []
    for letter in (each for each in texts if papers[each.name].extraction.identity.kind is Kind.REPLY):
        mine = papers[letter.name]
        mine = replace(mine, extraction=_dated(mine, SENT))
        for other in drawn(letter, texts):
            group = _group(papers[other.name])
            if group and mine.extraction.commitments:
                held[group] += len(mine.extraction.commitments)
                links = links_between(mine, papers[other.name])
                wrong += (Wrong(mine, papers[other.name], each) for each in links if each.certainty is Certainty.SURE)
    return held, wrong


def drawn(letter: Matter, texts: Sequence[Matter]) -> list[Matter]:
    """The papers that a letter is held against, always the same ones."""
    strangers = (each for each in texts if letter.is_strange(each))
    lots = sorted(strangers, key=lambda each: sha256(f"{letter.name} {each.name}".encode()).digest())
    return list(islice(lots, PAPERS))


def matters() -> list[Matter]:
    """All texts that may be read: the annotated documents of train and dev, and the stories of dev."""
    found = []
    for name, listed in yaml.safe_load((GOLD / "manifest.yaml").read_text(encoding="utf-8"))["documents"].items():
        if listed["split"] != Part.HELDOUT:
            found.append(_matter(GOLD / f"{name}.txt", name, listed["topic"]))
    topics = yaml.safe_load((STORIES / "stories.yaml").read_text(encoding="utf-8"))["stories"]
    for story in read_stories():
        if story.part is not Part.HELDOUT:
            name = story.folder.name
            found += (
                _matter(path, name, topics[name]["topic"]) for path in story.texts if "distractor" not in path.stem
            )
    return found


def _matter(path: Path, story: str, topic: str) -> Matter:
    return Matter(path.stem, story, pairs_of(topic), path.read_text(encoding="utf-8"))


def as_here(matter: Matter) -> Paper:
    """The text as if it spoke of the one place, with its own levels (全市, 我省) as that place's."""
    text = matter.text
    own = extract(Document(name=matter.name, form="txt", text=text)).identity
    for name in _names(own.region_code, own.region):
        text = text.replace(name, PLACE if name[-1] in "省市区州旗县盟" else PLACE[:-1])
    text = _LEVEL.sub("县", _TWICE.sub(PLACE, text))
    paper = Paper(DocumentId(matter.name), extract(Document(name=matter.name, form="txt", text=text)))
    return replace(paper, extraction=_dated(paper, TOLD))


def _names(code: str | None, name: str | None) -> list[str]:
    """A division's names and those above it, the longest first."""
    place = region(code, name) if code else None
    full = {*(place.parents if place else ()), *((place.name,) if place else ()), *((name,) if name else ())}
    return sorted({*full, *(brief for each in full if len(brief := brief_name(each)) > 1)}, key=len, reverse=True)


def _dated(paper: Paper, day: date) -> Extraction:
    identity = replace(paper.extraction.identity, region=PLACE, region_code=CODE, date=day, lead_unit=None)
    return replace(paper.extraction, identity=identity)


def _group(paper: Paper) -> str | None:
    return next((name for name, kinds in GROUPS.items() if paper.extraction.identity.kind in kinds), None)


def main() -> None:
    """Lists the wrong links."""
    _, wrong = crossed(matters())
    for each in wrong:
        print(each)


if __name__ == "__main__":
    main()
