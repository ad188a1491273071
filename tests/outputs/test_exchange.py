"""The keys that other programs rely on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from models.documents import Document, Identity, Kind
from models.extraction import Extraction
from outputs.exchange import extraction_record, ledger_record, number, progress_record, standing_record
from outputs.ledger import Ledger, Standing


def test_an_exported_promise_has_every_documented_key(make_standing: Callable[..., Standing]) -> None:
    record = standing_record(make_standing())
    keys = {"id", "document", "text", "strength", "deadline", "status", "schedule", "reviewed", "evidence", "progress"}
    assert keys <= record.keys()
    assert record["document"] == "夜间公交答复.docx"
    assert record["deadline"] == {"text": "2025年底前", "end": "2025-12-31"}
    assert (record["status"], record["schedule"]) == ("overdue", "时限已过 61 天")


def test_the_whole_ledger_is_json(make_ledger: Callable[..., Ledger]) -> None:
    record = json.loads(json.dumps(ledger_record(make_ledger())))
    assert {"as_of", "commitments", "progress", "coverage"} <= record.keys()
    assert record["as_of"] == "2026-03-02"
    assert len(record["commitments"]) == 1


def test_a_number_in_another_measure_is_told_in_the_targets(full_ledger: Ledger) -> None:
    row = full_ledger.progress[0]
    target = replace(row.target, value=Decimal(9000), unit="亩")
    told = replace(row.actual, value=Decimal(613), unit="公顷")
    found = replace(row, target=target, actual=told, ratio=1.0217, flags=("unit_converted",))
    record = progress_record(found)
    assert (record["actual"], record["unit"]) == (9195, "亩")
    less = replace(found, target=replace(target, value=Decimal(700), unit="公顷"), actual=replace(told, unit="亩"))
    assert progress_record(replace(less, ratio=0.0584))["actual"] == pytest.approx(613 / 15)
    assert progress_record(row)["actual"] == 4


def test_what_a_document_does_not_say_is_null() -> None:
    empty = Extraction(Document("a.txt", "txt", "空"), Identity(Kind.OTHER), (), (), (), (), ())
    record = extraction_record(empty, with_text=True)
    assert record["text"] == "空"
    assert record["document"]["number"] is None
    assert record["document"]["date"] is None
    assert [record[key] for key in ("requests", "commitments", "declined", "quantities")] == [[], [], [], []]
    assert "text" not in extraction_record(empty)


@pytest.mark.parametrize(
    ("value", "written"),
    [("300000", "300000"), ("33.33", "33.33"), ("3.0", "3"), ("1.2E+5", "120000"), ("0.5", "0.5")],
)
def test_a_number_is_written_as_json_has_it(value: str, written: str) -> None:
    assert json.dumps(number(Decimal(value))) == written
