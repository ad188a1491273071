"""Every code that a user may meet has a Chinese wording."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from enum import Enum
from pathlib import Path

import pytest

import models
from extractors.tracking.scores import PARTS
from models.errors import Unreadable, UnreadableDocument
from models.evidence import Reason, Schedule, ScheduleCode
from models.runs import Outcome, RunState
from outputs.flags import FLAGS, NOTES
from outputs.phrases import PHRASES, phrase, reason_phrase, schedule_phrase, unreadable_phrase
from outputs.reasons import REASONS, SCORES, reason_phrases

# Not shown as a word anywhere: how a list is sorted or grouped, how a search was widened, what may be searched and
# completed, which preset of password rules is set, what somebody prefers, which page a kept address is of, how an
# index is asked.
NEVER_SHOWN = {"Sort", "By", "Match", "SearchKind", "Completed", "Policy", "Preference", "SavedPage", "Every"}


def enums() -> list[type[Enum]]:
    """Every enum of the records and of the store."""
    found: dict[str, type[Enum]] = {}
    for module in pkgutil.iter_modules(models.__path__, "models."):
        if not module.ispkg:
            for name, value in vars(importlib.import_module(module.name)).items():
                if inspect.isclass(value) and issubclass(value, Enum) and value.__module__.startswith("models."):
                    found[name] = value
    return [found[name] for name in sorted(found) if name not in NEVER_SHOWN]


@pytest.mark.parametrize("member", [member for kind in enums() for member in kind], ids=str)
def test_every_enum_value_has_a_phrase(member: Enum) -> None:
    assert PHRASES[type(member), member.value].strip()


def test_members_of_two_kinds_with_one_value_have_words_of_their_own() -> None:
    assert phrase(RunState.FAILED) != phrase(Outcome.FAILED)


def test_what_the_text_does_not_say_is_said_with_nothing() -> None:
    assert phrase(None) == ""


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (Schedule(ScheduleCode.NO_DEADLINE), "未定时限"),
        (Schedule(ScheduleCode.AHEAD, 30), "还有 30 天"),
        (Schedule(ScheduleCode.PAST, 3), "时限已过 3 天"),
        (Schedule(ScheduleCode.DUE_TODAY, 0), "今天到期"),
    ],
)
def test_a_schedule_is_said_with_its_days(schedule: Schedule, said: str) -> None:
    assert schedule_phrase(schedule) == said


def test_a_failure_is_said_with_file_and_reason() -> None:
    failure = UnreadableDocument("附件.docx", Unreadable.DAMAGED, "no document.xml")
    assert unreadable_phrase(failure) == "附件.docx：文件已损坏或不完整"
    assert reason_phrase(Unreadable.EMPTY) == "文件是空的"


@pytest.mark.parametrize("folder", ["corpus/readers", "extractors"])
def test_every_note_and_flag_of_the_code_has_a_phrase(folder: str, root: Path) -> None:
    """Codes are given as the keys of what was met, or as flags=(…), notes=(…)."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (root / folder).rglob("*.py"))
    given = re.findall(r"(?:flags|notes)=\(([^)]*)\)|(?:named|met) = \{([^}]*)\}|notes = \(([^)]*)\)", source)
    codes = {code for parts in given for part in parts for code in re.findall(r'"([a-z_]+)"', part)}
    assert codes, "the codes are written in a way that this test does not know"
    assert codes <= NOTES.keys() | FLAGS.keys()


def test_every_reason_for_what_is_found_across_documents_has_a_phrase(root: Path) -> None:
    """Codes are given to Reason itself, listed as REASONS, or handed to `_coverage`."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (root / "extractors/tracking").glob("*.py"))
    listed = re.search(r"^REASONS = \((.*?)^\)", source, re.MULTILINE | re.DOTALL)
    given = [
        *re.findall(r'Reason\(\s*"([a-z_]+)"', source),
        *re.findall(r'Reason\("([a-z_]+)" if .*? else "([a-z_]+)"', source),
        *re.findall(r'"([a-z_]+)"', listed[1] if listed else ""),
        *(code for call in re.findall(r"_coverage\(.*", source) for code in re.findall(r'"([a-z_]+)"', call)),
    ]
    codes = {code for one in given for code in ([one] if isinstance(one, str) else one)}
    assert {"planned", "like_title", "says_talk", "refused"} <= codes, "the codes are written in another way now"
    assert codes <= REASONS.keys()


def test_every_flag_of_what_is_found_across_documents_has_a_phrase(root: Path) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (root / "extractors/tracking").glob("*.py"))
    listed = re.search(r"^FLAGS = \((.*?)\)", source, re.MULTILINE | re.DOTALL)
    given = re.findall(r'yield "([a-z_]+)"', source) + re.findall(r'"([a-z_]+)"', listed[1] if listed else "")
    assert {"scope_differs", "part_missing"} <= set(given), "the codes are written in another way now"
    assert set(given) <= FLAGS.keys()


def test_every_part_of_a_score_has_a_phrase() -> None:
    assert set(PARTS) <= SCORES.keys()


def test_a_reason_without_words_of_its_own_has_no_empty_quotation_marks() -> None:
    assert reason_phrases([Reason("says_done"), Reason("same_numbers", ("58个", "5个"))]) == (
        "写明已经办成；数字相合“58个”“5个”"
    )
