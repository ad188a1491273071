"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = [
    "extractors.tracking.status",
    "flows.intake",
    "flows.sources",
    "outputs.evidence",
    "outputs.exchange",
    "outputs.ledger",
    "outputs.letters.reminders",
    "outputs.letters.report",
    "outputs.letters.word",
    "outputs.phrases",
    "outputs.sheets.cells",
    "outputs.summary",
    "outputs.wrapping",
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.attempted > 0
    assert outcome.failed == 0
