"""What /api describes holds: schemathesis asks each route what its description allows, and what it doesn't."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from models import queries
from models.documents import Kind
from models.filters import Filter
from models.store import open_store

DESCRIBED = "/api/openapi.json"


@pytest.fixture(scope="session")
def interface(prepared: Path, tmp_path_factory: pytest.TempPathFactory, office_of: Any) -> Iterator[Any]:
    """The description of a small office's interface, and a reviewer's token to ask with."""
    folder = tmp_path_factory.mktemp("interface")
    shutil.copy(prepared, folder / "duban.db")
    with open_store(f"sqlite:///{folder}/duban.db") as store:
        office = office_of(store, folder, asked_per_minute=0)
        key = office.key("admin")
        config = SchemathesisConfig.from_dict(
            {
                "headers": key,
                "request-timeout": 120,  # a busy machine is no fault of an answer
                "generation": {"deterministic": True, "max-examples": 5, "database": "none"},
                "phases": {"stateful": {"enabled": False}},  # nothing is described as following from another answer
                "checks": {"missing_required_header": {"enabled": True}},
                "operations": [
                    {"include-path": path, "parameters": {f"path.{name}": value}}
                    for path, name, value in known_ids(office)
                ]
                # Any bytes may be sent, and no workbook or letter of ours comes to mind: most are refused.
                + [
                    {"include-path": path, "checks": {"positive_data_acceptance": {"enabled": False}}}
                    for path in ("/api/imports", "/api/check")
                ]
                # Whatever files are sent are taken in by a process of their own: not by the hundred.
                + [
                    {"include-path": path, "enabled": False}
                    for path in ("/api/intake", "/api/exports", "/api/importing")
                ],
            }
        )
        yield schemathesis.openapi.from_asgi(DESCRIBED, office.app, config=config, headers=key)


def known_ids(office: Any) -> Iterator[tuple[str, str, str]]:
    """For each route about one record, a record that is there."""
    promise = queries.ledger(office.store, limit=1)[0]
    (item, *_) = queries.list_documents(office.store, Filter(kinds=(Kind.PROPOSAL, Kind.SUGGESTION)), limit=1)
    yield "/api/commitments/{id}", "id", promise.id
    yield "/api/commitments/{id}/decisions", "id", promise.id
    yield "/api/documents/{id}", "id", promise.document.id
    yield "/api/items/{id}", "id", item.document.id


@pytest.mark.slow
@pytest.mark.timeout(900)  # a minute of work, on a busy machine several
def test_every_answer_is_as_described(interface: Any) -> None:
    """Examples, then every limit of every parameter one by one, then what comes to mind: with and without a token."""
    wrong, asked = set(), 0
    for event in from_schema(interface).execute():
        if isinstance(event, FatalError):
            raise event.exception
        if isinstance(event, NonFatalError):
            wrong.add(f"{event.label}: {event.value}")
        if isinstance(event, ScenarioFinished):
            asked += len(event.recorder.cases)
            wrong |= set(failures(event))
    assert not wrong, "\n\n".join(sorted(wrong))
    assert asked > 1_000


def failures(event: ScenarioFinished) -> Iterator[str]:
    """What a check found, with the request and the answer."""
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                told = check.failure_info
                yield f"{event.label}, {event.phase.name}, {check.name}: {told.failure}\n  {told.code_sample}"
