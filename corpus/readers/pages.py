"""Where on a saved page the letter stands, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from corpus.readers.flow import Line, flow, tag_of
from corpus.readers.markup import Element

_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"[\w-]+")
_SITE_SUFFIX = re.compile(r"\s*[_|–—]\s*|\s+-\s+|-(?=[^-\d]{2,20}(?:网|政府|门户|局|委)$)")
_SPANS = re.compile(r"\b(?:col|row)span\s*=\s*[\"']?\d+[\"']?", re.I)
_SMALL_PART = 0.15  # of the largest container: a smaller one is a lead, a caption, an attachment's name
_SHORTEST = 6  # characters of a line that can prove by itself that it is of the article
_HEAD = 300  # characters at the beginning of the letter, where its own title would stand


@dataclass(frozen=True, slots=True)
class PageWords:
    """The names in pages.yaml."""

    body_containers: frozenset[str]
    furniture: frozenset[str]
    control_line: re.Pattern[str]
    caption_line: re.Pattern[str]
    headlines: frozenset[str]
    title_metas: tuple[str, ...]
    date_metas: tuple[str, ...]
    printed_date: re.Pattern[str]


@lru_cache(maxsize=1)
def page_words() -> PageWords:
    """The names that sites give to their parts."""
    import yaml

    said = yaml.safe_load(Path(__file__).with_name("pages.yaml").read_text(encoding="utf-8"))
    labels = "|".join(said["date_labels"])
    return PageWords(
        frozenset(said["body_containers"]),
        frozenset(said["furniture"]),
        re.compile("|".join(f"(?:{entry['pattern']})" for entry in said["control_lines"])),
        re.compile("|".join(f"(?:{entry['pattern']})" for entry in said["caption_lines"])),
        frozenset(said["headlines"]),
        tuple(said["title_metas"]),
        tuple(said["date_metas"]),
        re.compile(rf"(?:{labels})\s*[:：]\s*(\d{{4}}\s*[-年./]\s*\d{{1,2}}\s*[-月./]\s*\d{{1,2}})"),
    )


def letter_lines(root: Element, page: str) -> list[str]:
    """The lines of the letter on the page, all of them, without the site's own.

    A site's own body containers are taken as they are. Elsewhere trafilatura tells which text is the article, and all
    lines of the smallest element around it are taken: trafilatura itself drops short ones, such as a sign-off.
    """
    words, containers = page_words(), _body_containers(root)
    if containers:
        found = [line.text for node in containers for line in flow(node)]
    else:
        around = _around_article([line for line in flow(_body(root), _is_furniture) if not line.linked], page)
        found = [line.text for line in around if not words.caption_line.fullmatch(line.text)]
    return [text for text in found if not words.control_line.fullmatch(text)]


def headline(root: Element, letter: Sequence[str]) -> str | None:
    """The page's headline, where it is shown but the letter's own text doesn't begin with it."""
    known = {_squeezed(text) for text in _titles(root)}
    head = _squeezed("".join(letter))[:_HEAD]
    for node in root.iter("h1", "h2", "h3", "div", "p", "td", "span"):
        if tag_of(node) == "h1" or _names(node) & page_words().headlines:
            text = "".join(line.text for line in flow(node))
            plain = _squeezed(text)
            if 4 <= len(plain) <= 120 and any(title.startswith(plain) for title in known):
                return None if plain in head else text
    return None


def page_title(root: Element) -> str | None:
    """The title that the page gives itself, without the site's name."""
    return next(iter(_titles(root)), None)


def published(root: Element) -> date | None:
    """The day on which the page says it was published."""
    metas = _metas(root)
    for name in page_words().date_metas:
        found = _day(metas.get(name, ""))
        if found:
            return found
    for line in flow(_body(root)):
        printed = page_words().printed_date.search(line.text)
        if printed:
            return _day(printed.group(1))
    return None


def _titles(root: Element) -> list[str]:
    metas = _metas(root)
    said = [metas[name] for name in page_words().title_metas if metas.get(name)]
    shown = " ".join((root.findtext(".//title") or "").split())
    parts = [part for part in _SITE_SUFFIX.split(shown) if part]
    return [*said, *sorted(parts, key=len, reverse=True)[:1], *([shown] if shown else [])]


def _metas(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (node.get("name") or node.get("property") or "").lower()
        found.setdefault(name, " ".join((node.get("content") or "").split()))
    return found


def _day(text: str) -> date | None:
    numbers = [int(number) for number in _NUMBER.findall(text)[:3]]
    if len(numbers) == 1 and len(str(numbers[0])) == 8:
        numbers = [numbers[0] // 10000, numbers[0] // 100 % 100, numbers[0] % 100]
    if len(numbers) < 3 or not 1990 <= numbers[0] <= 2100:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None


def _body(root: Element) -> Element:
    body = root.find("body")
    return root if body is None else body


def _body_containers(root: Element) -> list[Element]:
    named = [node for node in root.iter() if isinstance(node.tag, str) and _names(node) & page_words().body_containers]
    inside = set(named)
    outer = [node for node in named if inside.isdisjoint(node.iterancestors())]
    sizes = [sum(len(line.text) for line in flow(node)) for node in outer]
    least = max(1.0, _SMALL_PART * max(sizes, default=0))
    return [node for node, size in zip(outer, sizes, strict=True) if size >= least]


def _names(node: Element) -> set[str]:
    return set(_NAME.findall(f"{node.get('id') or ''} {node.get('class') or ''}".lower()))


def _is_furniture(node: Element) -> bool:
    return tag_of(node) in ("nav", "footer", "aside") or not page_words().furniture.isdisjoint(_names(node))


def _around_article(lines: list[Line], page: str) -> list[Line]:
    import trafilatura

    page = _SPANS.sub("", page)  # trafilatura lays out merged cells, however large they claim to be
    extracted = trafilatura.extract(page, favor_recall=True, include_comments=False, deduplicate=False) or ""
    wanted = {_squeezed(line) for line in extracted.splitlines()}
    holders = [line.owner for line in lines if len(line.text) >= _SHORTEST and _squeezed(line.text) in wanted]
    around = _common_ancestor(holders)
    if around is None:
        return lines
    return [line for line in lines if line.owner is around or around in line.owner.iterancestors()]


def _common_ancestor(nodes: Iterable[Element]) -> Element | None:
    """The smallest element that holds all of these; None of none."""
    shared: list[Element] | None = None
    for node in nodes:
        path = [*reversed(list(node.iterancestors())), node]
        shared = path if shared is None else [one for one, two in zip(shared, path, strict=False) if one is two]
    return shared[-1] if shared else None


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)
