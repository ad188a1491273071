"""运行: each run with its files; what couldn't be read stands by its reason, with what to do, and is read once more."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.intake import Intake
from flows.originals import Originals
from flows.version import extractor_version
from models.errors import Unreadable
from models.failing import failing, failure_groups, try_again
from models.ids import content_id
from models.owners import this_process
from models.runs import Outcome
from models.store import Store, open_store
from models.tables import sources
from outputs.phrases import phrase
from outputs.remedies import REMEDIES


class NoReader:
    """Reads nothing: what is to be read is the question."""

    def extract_many(self, paths: Any) -> Any:
        raise AssertionError("nothing is read here")

    def expect(self, paths: Any) -> None:
        """Nothing to prepare."""


def test_every_reason_has_a_remedy_in_chinese() -> None:
    assert set(REMEDIES) == set(Unreadable)
    assert all(said.endswith("。") for said in REMEDIES.values())


def test_what_failed_stands_by_its_reason_with_the_remedy_and_the_counts_agree(office: Any) -> None:
    browser = office.as_("viewer")
    groups = failure_groups(office.store)
    assert sum(one.number for one in groups) == len(failing(office.store)) >= 2
    page = browser.get("/runs").text
    for one in groups:
        assert phrase(one.reason) in page
        assert REMEDIES[one.reason] in page
        told = browser.get(f"/failures.json?reason={one.reason}").json()
        assert told["total"] == one.number == len(told["failures"])
        assert {each["reason"] for each in told["failures"]} == {one.reason.value}
    everything = browser.get("/failures.json").json()
    assert everything["total"] == browser.get("/index.json").json()["failures"]
    program = office.browser().get("/api/failures", headers=office.key("viewer")).json()
    assert (program["groups"], program["failures"]) == (everything["groups"], everything["failures"])
    assert "再读这" not in page, "only the administrator has files read again"


def test_a_run_shows_its_files_and_each_leads_to_what_was_read(reading: Any) -> None:
    browser = reading.as_("viewer")
    told = browser.get("/runs/1.json?size=200").json()
    assert told["total"] == len(told["files"]) == sum(told["run"]["outcomes"].values())
    page = browser.get("/runs/1?size=200").text
    for one in told["files"]:
        if one["document"]:
            assert f'href="/documents/{one["document"]}' in page
        else:
            assert f'href="/failures?reason={one["reason"]}"' in page
    failed = browser.get("/runs/1.json?failed=yes").json()
    assert {one["outcome"] for one in failed["files"]} == {Outcome.FAILED.value}
    assert browser.get("/runs/77").status_code == browser.get("/runs/99999999999").status_code == 404
    assert re.search(r'href="/runs/1\?failed=yes">没读成 \d+<', browser.get("/runs").text)


def test_the_administrator_has_the_next_run_read_one_kind_once_more(office: Any, tmp_path: Path, root: Path) -> None:
    reason = failure_groups(office.store)[0]
    admin = office.as_("admin")
    samples = sorted((root / "corpus" / "samples" / "files").iterdir())
    assert _wanted(office.store, tmp_path, samples) == []
    wrong = admin.submit("/failures/retry", reason=reason.reason.value, expected=reason.number + 1)
    assert wrong.status_code == 303
    assert "什么也没有改" in admin.get(wrong.headers["location"]).text
    assert failure_groups(office.store)[0].again == 0
    done = admin.submit("/failures/retry", reason=reason.reason.value, expected=reason.number)
    page = admin.get(done.headers["location"]).text
    assert f"下次运行会把这 {reason.number} 个文件再读一遍" in page
    assert "下次运行再读" in page
    wanted = {one.path for one in failing(office.store, reason.reason)}
    assert {one.source for one in _wanted(office.store, tmp_path, samples)} == wanted
    assert admin.submit("/failures/retry", reason="tired", expected=1).status_code == 422
    assert office.as_("reviewer").submit("/failures/retry", expected=1).status_code == 403
    assert "再读没读成的文件" in office.as_("auditor").get("/audit").text


def _wanted(store: Store, folder: Path, files: list[Path]) -> list[Any]:
    """What the next run would read."""
    run = store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
    intake = Intake(store, run, NoReader(), Originals(folder / "copies", 1 << 20), extractor_version())  # type: ignore[arg-type]
    wanted, _ = intake.sort_out(files)
    store.finish_run(run, now=datetime.now(UTC))
    return wanted


def test_ten_thousand_failures_are_a_page(tmp_path: Path, prepared: Path, make_office: Any) -> None:
    (tmp_path / "many.db").write_bytes(prepared.read_bytes())
    with open_store(f"sqlite:///{tmp_path}/many.db") as store:
        reasons = list(Unreadable)
        row = {"form": "pdf", "size": 9, "mtime_ns": 9, "version": 0, "extractor": "1", "failure_detail": "坏了"}
        now = datetime(2026, 3, 1, tzinfo=UTC)
        many = [
            row
            | {"id": content_id("source", f"/in/{n}.pdf"), "path": f"/in/{n}.pdf", "name": f"{n}.pdf"}
            | {"failure": reasons[n % len(reasons)], "failed": now, "first_seen": now}
            for n in range(10_000)
        ]
        with store.writing() as connection:
            connection.execute(sources.insert(), many)
        browser = make_office(store).as_("viewer")
        begun = time.perf_counter()
        page = browser.get("/failures?page=100&size=100")
        assert page.status_code == 200
        assert time.perf_counter() - begun < 5, "one page, whatever their number; a second on a quiet machine"
        assert page.text.count("下次运行再读") == 0
        assert browser.get("/failures?page=9999").status_code == 303
        assert try_again(store, None, sum(one.number for one in failure_groups(store))) == 10_000 + len(
            [one for one in failing(store) if not one.path.startswith("/in/")]
        )


@pytest.mark.parametrize("path", ["/failures?reason=tired", "/runs/x"])
def test_a_wrong_address_is_said_to_be_one(path: str, reading: Any) -> None:
    assert reading.as_("viewer").get(path).status_code in (400, 404, 422)


def test_a_run_that_goes_on_says_how_far_it_is(sqlite_office: Any) -> None:
    run = sqlite_office.store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
    page = sqlite_office.as_("viewer").get(f"/runs/{run}").text
    assert "已经读完 0 个文件" in page
    sqlite_office.store.finish_run(run, now=datetime.now(UTC))
    assert "正在运行" not in sqlite_office.as_("viewer").get(f"/runs/{run}").text
