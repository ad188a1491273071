"""How far a thing has come by a passage: on paper or in money alone, or begun, where a beginning was promised."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.headings import union
from extractors.tracking.prepared import Part, Promise


def on_the_way(promise: Promise, parts: Sequence[Part]) -> str | None:
    """What tells only of a plan, a permit, a contract or the money for what was to be made.

    “整治方案已印发” for “开展整治”; not for “制定整治方案”, and not where a clause beside it tells of what was done.
    """
    promised = promise.passage.words
    wanted = [] if union("stages", "about_paper").search(promised) else ["on_paper"]
    if union("stages", "making").search(promised) and not union("stages", "about_money").search(promised):
        wanted.append("in_money")
    told: str | None = None
    for part in parts:
        found = next((hit for meaning in wanted if (hit := union("stages", meaning).search(part.words))), None)
        rest = part.words.replace(found[0], "", 1) if found else part.words
        if union("stages", "delivered").search(rest) and not (
            found and rest != part.words and _only_names(rest, found, part)
        ):
            return None
        told = told or (found[0] if found else None)
    return told


def _only_names(rest: str, found: re.Match[str], part: Part) -> bool:
    """Whether what is left of a clause stands in front of the paper's name: 城区电梯改造 | 方案已通过."""
    return not union("stages", "delivered").search(part.words[found.end() :])


def begun_as_promised(promise: Promise, words: str) -> bool:
    """Whether a beginning was all that was promised, and is told: 开展试点 -> 在三个镇试点, 启动建设 -> 已开工."""
    if not only_begins(promise):
        return False
    promised = {found[0] for found in union("stages", "first_step").finditer(promise.passage.words)}
    if any(word in words for word in promised):
        return True
    begun = union("stages", "begun")
    return any(begun.search(word) for word in promised) and begun.search(words) is not None


def bare_mark(words: str) -> str:
    """A mark of what is under way without 已 or 正, as a promise would have it: 正推进 is 推进, but 正在 is no 在."""
    bare = words.lstrip("已正")
    return bare if len(bare) > 1 else words


def only_begins(promise: Promise) -> bool:
    """Whether a promise is one to begin something, with no word of its end."""
    words = promise.passage.words
    return bool(union("stages", "first_step").search(words)) and not union("stages", "end").search(words)


def begun_alone(promise: Promise, words: str) -> str | None:
    """The word by which only the beginning is told of what was to be begun and brought to its end: 举行开工仪式."""
    promised = promise.passage.words
    begun = union("stages", "begun").search(words)
    if begun is None or not union("stages", "begun").search(promised) or not union("stages", "end").search(promised):
        return None
    return None if union("stages", "ended").search(words) else begun[0]


def only_begun(promise: Promise, words: str) -> str | None:
    """The word by which all that was promised has begun, where nothing is told as delivered: 26处治理工程全部开工."""
    if only_begins(promise):
        return None
    begun = union("stages", "begun").search(words) or union("stages", "set_up").search(words)
    if begun is None or begun[0] in promise.passage.words:
        return None
    rest = union("stages", "prepared").sub("", words).replace(begun[0], "")
    return None if union("stages", "ended").search(rest) else begun[0]
