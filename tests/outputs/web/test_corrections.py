"""A click on “wrong” becomes a case for the tests; a rule's readings can be listed together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from flows.cli import app
from models.corrected import corrected, judged
from models.queries import ledger
from outputs.corrections import corrections

WHERE = {"plain", "asked", "planned", "done", "closing"}
RELATIONS = {"fulfils", "advances", "restates", "contradicts", None}


def decided_upon(office: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A promise that somebody says is none, and another's passage that somebody rejects; one is taken back again."""
    reviewer = office.as_("reviewer")
    first, third, *_ = reviewer.get("/ledger.json?proposals=no&size=20").json()["commitments"]
    second = reviewer.get("/ledger.json?proposals=yes").json()["commitments"][0]
    for one, form in (
        (first, {"action": "promise", "value": "no", "why": "是别的单位说的"}),
        (second, {"action": "reject", "link": second["proposals"][0]["id"], "why": "说的是另一条路"}),
        (third, {"action": "correct", "strength": "aim", "deadline": "2026-01-31"}),
    ):
        assert reviewer.submit(f"/commitments/{one['id']}/decide", **form).status_code == 303
    number = reviewer.get(f"/commitments/{third['id']}.json").json()["decisions"][-1]["id"]
    assert reviewer.submit(f"/commitments/{third['id']}/undo", number=number).status_code == 303
    return first, second


def test_what_people_correct_becomes_cases_in_the_form_of_the_tables(office: Any) -> None:
    promise, other = decided_upon(office)
    cases = yaml.safe_load(corrections(corrected(office.store), judged(office.store)))
    (reading,) = cases["commitments"]
    assert (reading["text"], reading["expected"], reading["rule"]) == (promise["text"], "N", promise["rule"])
    assert reading["read"] == f"C.{promise['strength']}"
    assert (reading["reason"], reading["by"]) == ("是别的单位说的", "reviewer")
    assert reading["where"] in WHERE
    (passage,) = cases["links"]
    assert (passage["promise"], passage["evidence"]) == (other["text"], other["proposals"][0]["text"])
    assert (passage["relation"], passage["reason"]) == (None, "说的是另一条路")
    assert {"id", "promise", "paper", "evidence", "relation"} <= passage.keys()


def test_the_form_is_that_of_the_tables_of_the_tests(sqlite_office: Any, root: Path) -> None:
    decided_upon(sqlite_office)
    cases = yaml.safe_load(corrections(corrected(sqlite_office.store), judged(sqlite_office.store)))
    table = yaml.safe_load((root / "tests/cases/commitments.yaml").read_text(encoding="utf-8"))
    assert set(table[0]) <= set(cases["commitments"][0])
    linked = yaml.safe_load((root / "tests/cases/links.yaml").read_text(encoding="utf-8"))["cases"]
    assert set(linked[0]) <= set(cases["links"][0])
    assert {one["paper"] for one in cases["links"]} <= {one["paper"] for one in linked}


def test_the_command_writes_them(sqlite_office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_DATA_DIR", str(sqlite_office.folder))
    done = CliRunner().invoke(app, ["export", "-o", str(tmp_path / "更正.yaml")])
    assert done.exit_code == 0, done.output
    assert "更正 0 条" in done.output
    assert yaml.safe_load((tmp_path / "更正.yaml").read_text(encoding="utf-8")) == {"commitments": [], "links": []}


def test_a_rule_leads_to_all_that_it_read(reading: Any) -> None:
    viewer = reading.as_("viewer")
    rules = [row.commitment.rule for row in ledger(reading.store)]
    for rule in sorted(set(rules)):
        told = viewer.get(f"/ledger.json?rule={rule}&size=200").json()
        assert told["total"] == rules.count(rule)
        assert told["filter"] == [f"规则 {rule} 读出的"]
        assert {one["rule"] for one in told["commitments"]} == {rule}
    page = viewer.get("/ledger?col=text&col=why").text
    assert f'href="/ledger?rule={rules[0]}"' in page
    program = reading.browser().get(f"/api/ledger?rule={rules[0]}", headers=reading.key("viewer")).json()
    assert program["total"] == rules.count(rules[0])
    assert viewer.get(f"/search.json?q=公交&rule={rules[0]}").status_code == 200
