"""The patterns of one meaning in a lexicon file, joined to one alternation."""

from __future__ import annotations

import re
from functools import cache

from extractors.lexicon import load
from extractors.lexicon.openings import skipping


def joined(file: str, meaning: str) -> str:
    """All patterns of `meaning` in `file`, in the file's order, as alternatives without a group around them."""
    return "|".join(entry.regex for entry in load(file) if entry.meaning == meaning)


@cache
def sign(meaning: str) -> re.Pattern[str]:
    """All patterns of one meaning in purposes.yaml, as one."""
    return re.compile(skipping(joined("purposes", meaning)))
