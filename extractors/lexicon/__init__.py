"""Rules that are lists: one YAML file a subject, each entry with examples and near-misses.

A file has optional `parts` (named pieces for patterns, used as `{name}`) and `entries`. An entry has `id`, `meaning`,
and either `words` (literal alternatives) or `pattern` (a regular expression over folded text), `examples` that it must
match, `not_examples` that it must not, and a `source`. `tests/extractors/test_lexicon.py` runs all of them both ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from models.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: its id, what it means, its regular expression over folded text."""

    id: str
    meaning: str
    regex: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    source: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when first asked for: most entries are only ever used joined to others."""
        return _compiled(self.regex)


_compiled = cache(re.compile)


@cache
def load(name: str) -> tuple[Entry, ...]:
    """The entries of lexicon file `name` (without `.yaml`), in the file's order.

    Raises LexiconError naming file and entry when a field is missing.
    """
    raw = _read(name)
    parts = {key: str(value) for key, value in (raw.get("parts") or {}).items()}
    return tuple(_entry(name, item, parts) for item in raw.get("entries") or [])


@cache
def words_of(name: str, meaning: str | None = None) -> tuple[str, ...]:
    """All literal words of a file (of one meaning), longest first, so that an alternation of them is greedy.

    >>> "给予" in words_of("verbs", "grant")
    True
    """
    found = {word for entry in load(name) if meaning in (None, entry.meaning) for word in entry.words}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def alternation(words: tuple[str, ...] | list[str]) -> str:
    """A non-capturing group that matches any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def names() -> tuple[str, ...]:
    """The lexicon files that exist, without `.yaml`."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".yaml")))


def _read(name: str) -> dict[str, Any]:
    import yaml

    text = resources.files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(loaded, dict):
        raise LexiconError(f"{name}.yaml: expected a mapping with `entries`")
    return loaded


def _entry(file: str, item: dict[str, Any], parts: dict[str, str]) -> Entry:
    try:
        words = tuple(str(word) for word in item.get("words") or ())
        pattern = alternation(words) if words else _fill(str(item["pattern"]), parts)
        return Entry(
            id=str(item["id"]),
            meaning=str(item["meaning"]),
            regex=pattern,
            words=words,
            examples=tuple(map(str, item["examples"])),
            not_examples=tuple(map(str, item.get("not_examples") or ())),
            source=str(item["source"]),
        )
    except KeyError as error:
        raise LexiconError(f"{file}.yaml: entry {item.get('id', item)!r}: {error!r}") from error


def _fill(pattern: str, parts: dict[str, str]) -> str:
    """The pattern with `{name}` replaced by the part of that name; `{2,3}` stays a repetition."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: f"(?:{parts[found[1]]})", pattern)
