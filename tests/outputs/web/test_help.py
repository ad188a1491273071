"""Each page says what it is for, offline, without a script: a few lines and the words on it."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
import yaml

from outputs.web.access import matrix
from outputs.web.help import helps
from outputs.web.layout import NAVIGATION

NO_PAGES = {
    "/overview/chart.svg",
    "/ledger/export",
    "/ledger/exports/{key}/file",
    "/ledger/mine",
    "/ledger/letters",
    "/mornings/{number}/file",
    "/commitments/{id}/progress.svg",
    "/documents/{id}/original",
    "/search/complete",
}


def test_every_page_behind_the_login_has_its_help_and_nothing_else_has() -> None:
    pages = {
        route.removeprefix("GET ")
        for route, line in matrix().items()
        if route.startswith("GET ") and not line.public and not line.for_programs
    }
    assert set(helps()) == pages - NO_PAGES


def test_help_is_short_whole_sentences_and_every_word_of_the_dictionary_is_used(root: Path) -> None:
    used = set()
    for path, one in helps().items():
        assert 1 <= len(one.says) <= 5, path
        assert all(line.endswith("。") for line in one.says), path
        used |= {word for word, _ in one.words}
    assert used == set(yaml.safe_load((root / "outputs/web/help.yaml").read_text(encoding="utf-8"))["words"])


@pytest.mark.parametrize("path", ["/", "/ledger", "/review", "/targets", "/failures", "/search"])
def test_a_page_shows_its_help_and_explains_its_words(path: str, reading: Any) -> None:
    page = html.unescape(reading.as_("reviewer").get(path).text)
    assert helps()[path].says[0] in page
    assert all(means in page for _, means in helps()[path].words)
    assert 'href="#about"' in page


def test_nobody_is_told_anything(reading: Any) -> None:
    assert "这一页怎么用" not in reading.as_("none").get("/login").text


def test_every_entry_of_the_menu_has_a_key_of_its_own() -> None:
    keys = [entry.key for entry in NAVIGATION]
    assert len(set(keys)) == len(keys)
    assert {"l", "q", "t"} <= set(keys)
