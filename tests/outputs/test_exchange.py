"""The keys that other programs rely on."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from models.documents import Document, Identity, Kind
from models.extraction import Extraction
from outputs.exchange import extraction_record, ledger_record, number, standing_record
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
