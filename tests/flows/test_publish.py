"""The morning report tells what is so and was never told, once; and what went out isn't sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from extractors.pipeline import extract
from flows.follow_up import FollowUp
from flows.ledger import standings
from flows.messages import Message, NotSent
from flows.publish import Published, publish
from flows.settings import Settings, load
from flows.source_settings import Webhook
from flows.statuses import statuses
from flows.watching import save_for_office
from models import reporting, saved
from models.decided import DecisionKind
from models.decisions import decide
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument
from models.evidence import Status
from models.ids import digest_of
from models.nightly import Delivery, News
from models.owners import this_process
from models.runs import RunId, SourceFile
from models.saved_tables import SavedPage
from models.standing_log import statuses_over_time
from models.store import Store, open_store
from outputs.morning import from_json, headline, message, to_json

REPLY = """关于市政协第{number}号提案的答复

柳归舟委员：
您提出的《关于整治{place}的提案》收悉，现答复如下：
我局将于2026年6月底前完成{place}河道清淤{number}公里。
我局将于2026年12月底前建成{place}亲水步道2处。

南浔湾市水务局
2026年3月2日
"""
REPORT = """{place}整治进展情况的通报

截至2026年5月10日，南浔湾市水务局已完成{place}河道清淤{number}公里，{place}河道清淤全部完工并通过验收。

南浔湾市水务局
2026年5月12日
"""
BEFORE, AFTER = date(2026, 6, 20), date(2026, 7, 2)


class Sent:
    """A line on which messages go out; `fault` is raised once a message was handed over."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, Message]] = []
        self.fault: BaseException | None = None

    def __call__(self, channel: Any, message: Message) -> str:
        self.messages.append((channel.name, message))
        if self.fault:
            raise self.fault
        return ""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two group robots, and a data directory of its own."""
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    hooks = tuple(Webhook(name=name, kind="wecom", url="https://x.example") for name in ("一处", "二处"))
    return load().model_copy(update={"webhooks": hooks})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(f"sqlite:///{tmp_path}/duban.db") as opened:
        yield opened


@pytest.fixture
def line() -> Sent:
    return Sent()


def run_in(store: Store) -> RunId:
    return store.begin_run("nightly", now=datetime.now(UTC), owner=this_process())


def taken(store: Store, **texts: str) -> None:
    """Takes letters in and follows them up, as a run of its own."""
    run = run_in(store)
    for name, text in texts.items():
        source = SourceFile(f"/in/{name}.txt", f"{name}.txt", "txt", digest_of(text.encode()), len(text), 1)
        found = extract(Document(f"{name}.txt", "txt", text))
        store.save(run, source, found, now=datetime.now(UTC), extractor="1")
    work = FollowUp(store, run, "1")
    for document in work.waiting():
        work.follow(document)
    for reply in work.replies_to_judge():
        work.judge(reply)
    store.finish_run(run, now=datetime.now(UTC))


@pytest.fixture
def night(store: Store, settings: Settings, line: Sent) -> Callable[..., Published]:
    """A night's end on a day."""

    def publishing(day: date) -> Published:
        run = run_in(store)
        try:
            return publish(store, run, settings, day, send=line, sleep=lambda seconds: None)
        finally:
            store.finish_run(run, now=datetime.now(UTC))

    return publishing


def told(published: Published) -> dict[News, int]:
    assert published.morning is not None
    return {section.news: section.total for section in published.morning.sections if section.total}


Night = Callable[..., Published]


def test_the_first_report_tells_everything_and_the_next_only_what_is_new(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    assert told(night(BEFORE)) == {News.REPLY: 1, News.PROMISE: 2}
    other = REPLY.format(number=5, place="莲子港").replace("河道清淤", "路灯改造").replace("亲水步道", "公厕")
    taken(store, b=other)
    assert told(night(date(2026, 6, 21))) == {News.REPLY: 1, News.PROMISE: 2}


def test_a_promise_is_newly_overdue_once(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    night(BEFORE)
    found = night(AFTER)
    assert told(found) == {News.OVERDUE: 1}
    assert found.morning is not None
    (entry,) = found.morning.sections[0].entries
    assert (entry.told, entry.day) == ("时限已过 2 天", "2026-06-30")
    assert "清淤3公里" in entry.quote
    assert told(night(date(2026, 7, 3))) == {}


def test_evidence_is_told_with_its_words(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    night(BEFORE)
    taken(store, b=REPORT.format(number=3, place="芦花荡"))
    found = told(night(AFTER))
    assert News.OVERDUE not in found
    assert found.keys() & {News.EVIDENCE, News.PROPOSAL}


def test_what_was_overdue_settled_and_overdue_again_is_told_again(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    night(AFTER)
    (late,) = [one for one in standings(store, AFTER) if one.status is Status.OVERDUE]
    _decide(store, late.row.id, DecisionKind.CORRECT, at=datetime(2026, 7, 2, 9, tzinfo=UTC), deadline="2026-12-31")
    assert told(night(date(2026, 7, 3))) == {}
    _decide(store, late.row.id, DecisionKind.CORRECT, at=datetime(2026, 7, 4, 9, tzinfo=UTC), deadline="2026-07-03")
    assert told(night(date(2026, 7, 5))) == {News.OVERDUE: 1}
    assert [(one.day, one.status) for one in statuses_over_time(store, late.row.id)] == [
        (AFTER, Status.OVERDUE),
        (date(2026, 7, 3), Status.NO_EVIDENCE),
        (date(2026, 7, 5), Status.OVERDUE),
    ]


def test_a_file_that_fails_is_told_once_and_again_after_it_was_mended(store: Store, night: Night) -> None:
    def failing(reason: Unreadable) -> None:
        run = run_in(store)
        source = SourceFile("/in/坏.pdf", "坏.pdf", "pdf", None, None, None)
        store.fail(run, source, UnreadableDocument("坏.pdf", reason), now=datetime.now(UTC), extractor="1")
        store.finish_run(run, now=datetime.now(UTC))

    failing(Unreadable.ENCRYPTED)
    assert told(night(BEFORE)) == {News.FAILURE: 1}
    failing(Unreadable.ENCRYPTED)
    assert told(night(date(2026, 6, 21))) == {}
    failing(Unreadable.DAMAGED)
    assert told(night(date(2026, 6, 22))) == {News.FAILURE: 1}


def test_a_day_without_news_sends_one_line_and_no_files(store: Store, night: Night, line: Sent) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    night(BEFORE)
    line.messages.clear()
    night(date(2026, 6, 21))
    assert [(name, one.text, one.files) for name, one in line.messages] == [
        (name, "督办早报 2026-06-21：没有新情况。", ()) for name in ("一处", "二处")
    ]


def test_a_second_run_of_the_day_without_news_makes_no_report_and_sends_nothing(
    store: Store, night: Night, line: Sent
) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    night(BEFORE)
    line.messages.clear()
    assert night(BEFORE).report is None
    assert line.messages == []


def test_what_was_surely_not_sent_goes_out_the_next_night(store: Store, night: Night, line: Sent) -> None:
    line.fault = NotSent("连不上", surely=True)
    assert (night(BEFORE).sent, len(line.messages)) == (0, 6)  # three tries for each of two channels
    line.fault = None
    line.messages.clear()
    assert night(date(2026, 6, 21)).sent == 4
    assert [one.text[:16] for _, one in line.messages] == ["督办早报 2026-06-20："] * 2 + ["督办早报 2026-06-21："] * 2


def test_a_message_is_given_up_after_nine_tries(night: Night, line: Sent, store: Store) -> None:
    line.fault = NotSent("连不上", surely=True)
    for day in range(1, 6):
        night(date(2026, 6, day))
    counts = {one.id: line.messages.count for _, one in line.messages}
    assert len(counts) == 10
    assert max(sum(1 for _, other in line.messages if other.id == name) for name in counts) == 9


@pytest.mark.parametrize(
    "fault", [KeyboardInterrupt(), NotSent("发到一半断了", surely=False)], ids=["the run dies", "the line breaks"]
)
def test_what_may_have_gone_out_is_not_sent_again_and_that_is_said(
    store: Store, night: Night, line: Sent, fault: BaseException
) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    line.fault = fault
    with suppress(KeyboardInterrupt):
        night(BEFORE)
    sent_first = {(name, one.id) for name, one in line.messages}
    line.fault = None
    line.messages.clear()
    night(BEFORE)
    assert not sent_first & {(name, one.id) for name, one in line.messages}
    with store.reading() as connection:
        report = reporting.latest_report(connection)
        assert report is not None
        states = [row.state for row in reporting.deliveries_of(connection, report.id)]
    assert Delivery.UNSURE in states
    assert Delivery.BEGUN not in states


def test_a_clock_that_went_back_tells_and_logs_nothing_twice(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    night(AFTER)
    back = night(BEFORE)
    assert told(back) == {}
    assert back.morning is not None
    assert back.morning.notes == ("本机日期早于上一份早报（2026-07-02），请核对时钟。",)
    assert told(night(date(2026, 7, 3))) == {}
    assert all(len(statuses_over_time(store, one.row.id)) == 1 for one in standings(store, AFTER))


def test_a_quiet_night_logs_no_status(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    assert [night(day).moved for day in (BEFORE, date(2026, 6, 21), AFTER)] == [2, 0, 1]


def test_the_quick_statuses_are_those_of_the_ledger(store: Store) -> None:
    places = ("芦花荡", "莲子港", "柳叶湾", "白鹭洲")
    taken(store, **{f"r{n}": REPLY.format(number=n + 2, place=place) for n, place in enumerate(places)})
    taken(store, **{f"p{n}": REPORT.format(number=n + 2, place=place) for n, place in enumerate(places[:2])})
    first, second, third, fourth, *_ = standings(store, AFTER)
    _decide(store, first.row.id, DecisionKind.CORRECT, promise="no")
    _decide(store, second.row.id, DecisionKind.SET_STATUS, status="fulfilled", why="看过")
    _decide(store, third.row.id, DecisionKind.CORRECT, strength="study")
    _decide(store, fourth.row.id, DecisionKind.CORRECT, deadline="none")
    for one in standings(store, AFTER):
        for found in one.proposals[:1]:
            _decide(store, None, DecisionKind.CONFIRM_LINK, about=found.id)
    for day in (BEFORE, AFTER, date(2027, 1, 5)):
        assert statuses(store, day) == {one.row.id: one.status for one in standings(store, day)}


def test_the_report_reads_the_same_from_what_was_kept(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"), b=REPORT.format(number=3, place="芦花荡"))
    found = night(AFTER)
    assert found.report is not None
    assert found.morning is not None
    assert from_json(found.report.content) == found.morning
    assert to_json(from_json(found.report.content)) == found.report.content


def test_the_files_hold_the_news_and_are_the_same_each_time(store: Store, night: Night) -> None:
    from docx import Document as Word
    from openpyxl import load_workbook

    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    letter, sheet = night(AFTER).files
    content = letter.read_bytes()
    word = Word(BytesIO(content))
    words = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert "完成芦花荡河道清淤3公里" in words
    assert "时限已过 2 天" in words
    rows = [[cell.value for cell in row] for row in load_workbook(sheet)["早报"].iter_rows(min_row=2)]
    assert [row[1] for row in rows] == ["新逾期的承诺", "新收的答复", "新读出的承诺", "新读出的承诺"]


def test_the_message_names_what_is_urgent_first(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    found = night(AFTER).morning
    assert found is not None
    lines = message(found).splitlines()
    assert lines[0] == "督办早报 " + headline(found)
    assert lines[2] == "新逾期的承诺（1项）"
    assert lines[-1] == "现有文件 1 件，承诺 2 项，其中逾期 1 项。"


def _decide(
    store: Store,
    commitment: Any,
    kind: DecisionKind,
    about: str | None = None,
    why: str = "看过",
    at: datetime | None = None,
    **values: str,
) -> None:
    decide(
        store,
        kind,
        who="田主任",
        now=at or datetime.now(UTC),
        commitment=commitment,
        object=about,
        values=values.items(),
        why=why,
    )


def test_what_a_saved_search_finds_is_told_once(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    save_for_office(store, "清淤", (("q", "河道清淤"),), BEFORE, Path("nowhere"))
    night(BEFORE)
    taken(store, b=REPLY.format(number=5, place="莲子港"))
    found = night(date(2026, 6, 21))
    assert found.morning is not None
    section = next(one for one in found.morning.sections if one.news is News.FOUND)
    assert {one.about for one in section.entries} == {"检索“清淤”"}
    assert "莲子港河道清淤" in section.entries[0].quote
    assert f"存下的检索有新结果 {section.total} 条" in headline(found.morning)
    assert News.FOUND not in told(night(date(2026, 6, 22)))


def kept(store: Store, name: str, *parameters: tuple[str, str], present: Iterable[str] | None = None) -> Any:
    """A list of the ledger; `present` has it watched from now on."""
    return saved.save(
        store,
        name,
        parameters,
        () if present is None else saved.marked(parameters, present),
        owner="王五",
        shared=False,
        now=datetime.now(UTC),
        page=SavedPage.LEDGER,
    )


def listed(published: Published) -> list[tuple[str, str]]:
    if published.morning is None:
        return []
    section = next((one for one in published.morning.sections if one.news is News.LISTED), None)
    return [(one.about, one.quote) for one in section.entries] if section else []


def test_what_comes_onto_a_kept_list_is_told_once(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    kept(store, "水务局的", ("unit", "水务局"), present=[one.row.id for one in standings(store, BEFORE)])
    kept(store, "逾期的", ("unit", "水务局"), ("status", "overdue"), present=())
    assert listed(night(BEFORE)) == [], "what was there when it was kept is no news"
    taken(store, b=REPLY.format(number=5, place="莲子港"))
    found = night(date(2026, 6, 21))
    assert {about for about, _ in listed(found)} == {"台账“水务局的”（王五）"}
    assert any("莲子港河道清淤" in quote for _, quote in listed(found))
    assert found.morning is not None
    assert "存下的台账新进的承诺 2 项" in headline(found.morning)
    assert listed(night(date(2026, 6, 22))) == []
    assert {about for about, _ in listed(night(AFTER))} == {"台账“逾期的”（王五）"}, "what changes comes onto a list"


def test_a_list_is_watched_from_the_first_night_on_and_anew_when_it_is_changed(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    one = kept(store, "旧的", ("unit", "水务局"))
    assert listed(night(BEFORE)) == [], "a list of before lists were watched"
    saved.change(store, one, (("number", "5"),), datetime.now(UTC))
    taken(store, b=REPLY.format(number=5, place="莲子港"))
    assert listed(night(date(2026, 6, 21))) == [], "it is another list now"
    taken(store, c=REPLY.format(number=5, place="杏花洲"))
    assert {about for about, _ in listed(night(date(2026, 6, 22)))} == {"台账“旧的”（王五）"}


def test_a_list_that_cannot_be_asked_any_more_stops_no_night(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    kept(store, "不认得的", ("due_from", "某天"))
    found = night(BEFORE)
    assert found.morning is not None
    assert "存下的台账“不认得的”条件已经不能用，没有查，请重新存。" in found.morning.notes


def test_a_search_that_cannot_be_asked_any_more_stops_no_night(store: Store, night: Night) -> None:
    taken(store, a=REPLY.format(number=3, place="芦花荡"))
    given = (("q", "清淤"), ("status", "forgotten"))
    saved.save(store, "旧的", given, [], owner="王五", shared=False, now=datetime.now(UTC))
    found = night(BEFORE)
    assert found.morning is not None
    assert any("旧的" in note for note in found.morning.notes)
