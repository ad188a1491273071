"""Following up after taking in: whatever order the documents come in, the same is found, once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.follow_up import FollowUp
from flows.intake import Intake
from flows.ledger import gather, standings
from flows.originals import Originals
from flows.reading import Reader
from flows.reviewing import Request, record, waiting
from flows.settings import Settings
from flows.version import extractor_version
from models import tracking_tables as tables
from models.evidence import Answer, Relation, Status
from models.owners import this_process
from models.store import Store, open_store

FOUND = (tables.pairs, tables.links, tables.progress, tables.coverage, tables.alarms)
TRACKER = "rules of this test"


@pytest.fixture(scope="module")
def story(root: Path) -> Path:
    """A story whose errors may be seen."""
    return root / "corpus" / "gold" / "stories" / "a01_linqu_greenhouse"


@pytest.fixture(scope="module")
def case(story: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((story / f"{story.name}.case.json").read_text(encoding="utf-8"))
    return found


@contextmanager
def opened(database: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{database}") as store:
        yield store


def take_in(store: Store, folder: Path, files: Sequence[Path], until: int | None = None) -> int:
    """One run over these files; `until`: how many documents are followed up before it is cut off."""
    now = datetime.now(UTC)
    run = store.begin_run("ingest", now=now, owner=this_process())
    with Reader(Settings(workers=1), 1) as reader:
        intake = Intake(store, run, reader, Originals(folder / "originals", 1 << 20), extractor_version())
        wanted, _ = intake.sort_out(files)
        intake.take_in(wanted)
    work = FollowUp(store, run, TRACKER)
    documents = work.waiting()
    for document in documents[:until]:
        work.follow(document)
    if until is None:
        for reply in work.replies_to_judge():
            work.judge(reply)
    store.finish_run(run, now=now)
    return len(documents)


def found(store: Store) -> dict[str, list[str]]:
    """All that was found across documents, in one order."""
    with store.reading() as connection:
        return {
            table.name: sorted(json.dumps(list(row), default=str) for row in connection.execute(sa.select(table)))
            for table in FOUND
        }


@pytest.fixture(scope="module")
def whole(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The whole story taken in at once."""
    folder = tmp_path_factory.mktemp("whole")
    with opened(folder / "duban.db") as store:
        take_in(store, folder, sorted(story.glob("*.txt")))
        yield store


# A paper that takes for granted what it is about, a page without a day, a plan that is changed.
@pytest.mark.parametrize("name", ["e05_xinhui_schools", "e04_guizhou_roads", "c06_qionghai_fangnishui"])
def test_what_comes_in_night_by_night_is_found_as_if_it_had_come_at_once(
    name: str, story: Path, tmp_path: Path
) -> None:
    files = sorted((story.parent / name).glob("*.txt"))
    with opened(tmp_path / "once.db") as once, opened(tmp_path / "nightly.db") as nightly:
        take_in(once, tmp_path, files)
        for file in reversed(files):
            take_in(nightly, tmp_path, [file])
        assert found(nightly) == found(once)


def test_the_order_in_which_documents_come_in_never_shows(whole: Store, story: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "duban.db") as store:
        for file in sorted(story.glob("*.txt"), reverse=True):
            take_in(store, tmp_path, [file])
        assert found(store) == found(whole)


def test_a_run_that_is_cut_off_is_taken_up_and_ends_the_same(whole: Store, story: Path, tmp_path: Path) -> None:
    files = sorted(story.glob("*.txt"))
    with opened(tmp_path / "duban.db") as store:
        take_in(store, tmp_path, files, until=3)
        assert take_in(store, tmp_path, files) == len(files) - 3
        assert found(store) == found(whole)


def test_what_is_followed_up_is_not_followed_up_again(whole: Store, story: Path, tmp_path: Path) -> None:
    before = found(whole)
    assert take_in(whole, tmp_path, sorted(story.glob("*.txt"))) == 0
    assert found(whole) == before


LETTER = """澄湖县农业农村局关于县政协十届三次会议第{number}号提案的答复

周远山委员：

您提出的关于修建{village}文化广场的提案收悉。现答复如下：

2024年底前，我局将建成{village}文化广场。

澄湖县农业农村局
2024年5月{day}日
"""
VILLAGES = [first + second + "村" for first in "青白乌赤黄蓝" for second in "石溪岭桥坪塘"]


def test_a_report_of_a_year_reaches_every_letter_that_it_speaks_of(tmp_path: Path) -> None:
    letters = []
    for number, village in enumerate(VILLAGES, 1):
        letters.append(tmp_path / f"letter{number}.txt")
        letters[-1].write_text(LETTER.format(number=number, village=village, day=number % 28 + 1), encoding="utf-8")
    told = "\n\n".join(f"{village}文化广场已于2024年11月建成。" for village in VILLAGES)
    report = tmp_path / "report.txt"
    report.write_text(f"澄湖县2024年农业农村工作总结\n\n{told}\n\n2024年12月30日\n", encoding="utf-8")
    with opened(tmp_path / "late.db") as late, opened(tmp_path / "early.db") as early:
        for store, first, then in ((late, letters, [report]), (early, [report], letters)):
            take_in(store, tmp_path, first)
            take_in(store, tmp_path, then)
        assert all(s.evidence or s.proposals for s in standings(late, date.max))
        assert found(late) == found(early)


def test_a_document_that_goes_takes_what_it_showed_with_it(story: Path, tmp_path: Path) -> None:
    files = [Path(shutil.copy(file, tmp_path / file.name)) for file in sorted(story.glob("*.txt"))]
    with opened(tmp_path / "duban.db") as store:
        take_in(store, tmp_path, files)
        evidence = next(one for s in standings(store, date.max) for one in s.evidence)
        Path(evidence.document.path).write_text("关于召开茶话会的通知\n\n请准时参加。\n", encoding="utf-8")
        take_in(store, tmp_path, files)
        names = {one.document.name for s in standings(store, date.max) for one in (*s.evidence, *s.proposals)}
        assert evidence.document.id not in {
            one.document.id for s in standings(store, date.max) for one in (*s.evidence, *s.proposals)
        }
        assert names


def test_the_ledger_knows_only_what_was_known_on_the_day(whole: Store, case: dict[str, object]) -> None:
    as_of = date.fromisoformat(str(case["as_of"]))
    later, earlier = (
        {one.id for s in standings(whole, day) for one in s.evidence} for day in (as_of, date(as_of.year - 3, 1, 1))
    )
    assert earlier < later
    for standing in standings(whole, as_of):
        assert all(one.link.day is None or one.link.day <= as_of for one in standing.evidence)


def test_the_whole_ledger_has_coverage_progress_and_how_far_it_looked(whole: Store, case: dict[str, object]) -> None:
    ledger = gather(whole, date.fromisoformat(str(case["as_of"])))
    assert {row.answer for row in ledger.coverage} >= {Answer.ANSWERED}
    assert ledger.progress
    assert all(one.looked and one.looked.documents > 0 for one in ledger.standings)


def test_a_rejected_link_no_longer_counts_and_a_persons_status_wins(story: Path, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with opened(tmp_path / "duban.db") as store:
        take_in(store, tmp_path, sorted(story.glob("*.txt")))
        kept = next(s for s in standings(store, date.max) if s.status is Status.FULFILLED)
        for one in kept.evidence:
            record(store, Request("reject", one.id, None, "李", "不是这一件", ""), now)
        after = next(s for s in standings(store, date.max) if s.row.id == kept.row.id)
        assert after.evidence == ()
        assert after.status is not Status.FULFILLED
        record(store, Request("status", kept.row.id[:10], "fulfilled", "李", "电话核实", "电话"), now)
        assert next(s for s in standings(store, date.max) if s.row.id == kept.row.id).status is Status.FULFILLED
        assert not [s for s in waiting(store, date.max) if s.row.id == kept.row.id and s.proposals]


def test_a_restated_promise_is_no_evidence(whole: Store) -> None:
    for standing in standings(whole, date.max):
        relations = {one.link.relation for one in standing.evidence}
        if relations == {Relation.RESTATES} and standing.status is not None:
            assert standing.status in (Status.NO_EVIDENCE, Status.OVERDUE)
