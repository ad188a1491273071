"""收件 on the page: files come in by a process of their own, one sees how far it is, and stops it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows import uploaded
from models.history import list_runs
from models.owners import this_process
from models.progress import Step, begin_step, note_progress, progress_of
from models.runs import RunState

LETTER = """关于市十七届人大五次会议第{number}号建议的答复
周维代表：
您提出的关于改善河湾公园照明的建议收悉，现答复如下：
下一步，我局将于2026年9月底前更换河湾公园路灯{number}0盏。
云岭市住房和城乡建设局
2026年2月11日
"""


def upload(office: Any, *names: str, role: str = "reviewer") -> Any:
    browser = office.as_(role)
    files = [
        ("file", (name, LETTER.format(number=number).encode(), "text/plain")) for number, name in enumerate(names, 3)
    ]
    return browser.post("/intake", data={"csrf": browser.token()}, files=files)


def until(done: Any, seconds: float = 60.0) -> Any:
    """What `done` gives, once it gives something."""
    end = time.monotonic() + seconds
    while not (found := done()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_files_are_taken_in_and_the_page_leads_to_their_run(office: Any) -> None:
    before = list_runs(office.store)[0].id
    answer = upload(office, "答复甲.txt", "../答复乙.txt")
    assert answer.status_code == 303
    waiting = answer.headers["location"]
    reviewer = office.as_("reviewer")
    run = until(lambda: reviewer.get(f"{waiting}?format=json").json()["run"])
    assert run == before + 1
    assert reviewer.get(waiting).headers["location"] == f"/runs/{run}"
    assert until(lambda: list_runs(office.store)[0].state is not RunState.RUNNING)
    told = reviewer.get(f"/runs/{run}?format=json").json()
    assert (told["run"]["state"], told["run"]["outcomes"], told["progress"]) == ("finished", {"new": 2}, None)
    assert [Path(one["path"]).name for one in told["files"]] == ["答复乙.txt", "答复甲.txt"]
    assert "更换河湾公园路灯30盏" in reviewer.get("/ledger?text=河湾公园").text
    again = upload(office, "又一份.txt").headers["location"]
    number = until(lambda: reviewer.get(f"{again}?format=json").json()["run"])
    assert until(lambda: list_runs(office.store)[0].state is not RunState.RUNNING)
    assert reviewer.get(f"/runs/{number}?format=json").json()["run"]["outcomes"] == {"duplicate": 1}


def test_an_upload_waits_for_the_run_that_holds_the_database_and_can_be_given_up(sqlite_office: Any) -> None:
    office = sqlite_office
    holder = office.store.begin_run("nightly", now=datetime.now(UTC), owner=this_process())  # the process's own clock
    waiting = upload(office, "答复甲.txt").headers["location"]
    page = office.as_("reviewer").get(waiting).text
    assert f"第 {holder} 次运行" in page
    assert 'http-equiv="refresh"' in page
    assert office.as_("reviewer").submit(f"{waiting}/cancel").status_code == 303
    assert "不收了" in office.as_("reviewer").get(waiting).text
    folder = office.folder / "uploads" / waiting.rpartition("/")[2]
    assert until(lambda: not (folder / "答复甲.txt").exists()), "nothing is left for the next night"
    office.store.finish_run(holder, now=datetime.now(UTC))
    assert list_runs(office.store)[0].id == holder
    assert office.as_("reviewer").get("/intake/20260302-013000-00000000").status_code == 404


def test_programs_send_files_follow_them_and_stop_their_run(sqlite_office: Any) -> None:
    office, key = sqlite_office, sqlite_office.key("reviewer")
    program = office.browser()
    files = [("file", (name, LETTER.format(number=7).encode(), "text/plain")) for name in ("甲.txt", "乙.txt")]
    assert program.post("/api/intake", headers=office.key("viewer"), files=files).status_code == 403
    assert program.post("/api/intake", headers=key, files=[("file", ("", b"x"))]).status_code == 422
    holder = office.store.begin_run("ingest", now=datetime.now(UTC), owner=this_process())
    sent = program.post("/api/intake", headers=key, files=files)
    assert sent.status_code == 201, sent.text
    told = sent.json()
    assert (told["files"], told["run"], told["error"], told["cancelled"]) == (2, None, None, False)
    assert program.get(f"/api/intake/{told['key']}", headers=key).json() == told
    page = office.as_("reviewer").get(f"/intake/{told['key']}?format=json").json()
    assert page == told, "the page's own"
    assert program.post(f"/api/intake/{told['key']}/cancel", headers=key).json()["cancelled"]
    office.store.finish_run(holder, now=datetime.now(UTC))
    assert program.get("/api/intake/20260302-013000-00000000", headers=key).status_code == 404
    run = office.store.begin_run("ingest", now=office.clock(), owner=this_process())
    stopped = program.post(f"/api/runs/{run}/stop", headers=key)
    assert (stopped.status_code, stopped.json()) == (200, {"run": run, "stop_by": "reviewer"})
    office.store.finish_run(run, now=office.clock())
    assert program.post(f"/api/runs/{run}/stop", headers=key).status_code == 409


def test_a_run_shows_how_far_it_is_and_is_stopped_by_whoever_may(sqlite_office: Any) -> None:
    office = sqlite_office
    run = office.store.begin_run("ingest", now=office.clock(), owner=this_process())
    begin_step(office.store, run, Step.READ, 400, office.clock())
    office.clock.pass_(minutes=2)
    note_progress(office.store, run, 100, office.clock())
    page = office.as_("reviewer").get(f"/runs/{run}").text
    assert "100 / 400" in page
    assert "这一步大约还要 6 分钟" in page
    told = office.browser().get(f"/api/runs/{run}", headers=office.key("viewer")).json()["progress"]
    assert told == {"step": "read", "total": 400, "done": 100, "seconds_left": 360, "stop_by": None}
    assert "叫停" not in office.as_("viewer").get(f"/runs/{run}").text
    assert office.as_("reviewer").submit(f"/runs/{run}/stop").status_code == 303
    found = progress_of(office.store, run)
    assert found is not None
    assert found.stop_by == "reviewer"
    assert "reviewer 叫停了" in office.as_("viewer").get(f"/runs/{run}").text
    office.clock.pass_(minutes=30)
    assert "很久没有动静了" in office.browser().log_in("viewer").get(f"/runs/{run}").text
    office.store.finish_run(run, now=office.clock())
    reviewer = office.browser().log_in("reviewer")
    assert reviewer.submit(f"/runs/{run}/stop").status_code == 303, "it has ended meanwhile"
    assert reviewer.submit("/runs/98765/stop").status_code == 404
    night = office.store.begin_run("nightly", now=office.clock(), owner=this_process())
    assert reviewer.submit(f"/runs/{night}/stop").status_code == 403
    assert office.as_("admin").submit(f"/runs/{night}/stop").status_code == 303


def test_a_stopped_upload_keeps_what_came_in_and_nothing_of_the_rest(
    sqlite_office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import running
    from flows.settings import Settings
    from models.errors import Stopped
    from models.progress import ask_to_stop

    office = sqlite_office
    monkeypatch.setattr(running, "_NOTED_EVERY", 0.0)
    note = running.progress.note_progress

    def stop_after_two(store: Any, run: Any, done: int, now: Any) -> str | None:
        if done == 2:
            ask_to_stop(store, run, "林静", now)
        return note(store, run, done, now)

    monkeypatch.setattr(running.progress, "note_progress", stop_after_two)
    given = [(f"答复{number}.txt", LETTER.format(number=number).encode()) for number in range(3, 9)]
    settings = Settings(data_dir=office.folder, database_url=f"sqlite:///{office.folder}/duban.db", workers=1)
    folder = uploaded.receive(uploaded.folder_of(settings), given, office.clock())
    with pytest.raises(Stopped):
        uploaded.take_in(folder, settings)
    left = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
    assert left == ["答复3.txt", "答复4.txt"]
    ended = list_runs(office.store)[0]
    assert (ended.state, sum(ended.outcomes.values())) == (RunState.STOPPED, 2)
    assert "叫停了" in office.as_("viewer").get(f"/runs/{ended.id}").text


def test_what_is_no_upload_is_refused_with_the_reason(sqlite_office: Any) -> None:
    office = sqlite_office
    browser = office.as_("reviewer")
    assert "还没有选文件" in browser.post("/intake", data={"csrf": browser.token()}).text
    many = [("file", (f"{number}.txt", b"x", "text/plain")) for number in range(201)]
    answer = browser.post("/intake", data={"csrf": browser.token()}, files=many)
    assert (answer.status_code, "一次最多 200 个" in answer.text) == (422, True)
    assert office.as_("viewer").get("/intake").status_code == 403
    assert "收文件…" in browser.get("/documents").text
    assert "收文件…" not in office.as_("viewer").get("/documents").text


@pytest.mark.parametrize("name", ["..", "/", "\\", "C:\\x\\答复.txt", "\x00a.txt", "长" * 300 + ".docx", "~$x.docx"])
def test_a_files_name_leads_nowhere_else(name: str, tmp_path: Path) -> None:
    folder = uploaded.receive(tmp_path, [(name, b"x"), (name, b"y")], datetime(2026, 3, 2, tzinfo=UTC))
    kept = [one.name for one in folder.iterdir()]
    assert len(kept) == 2
    assert all(len(one) < 120 and not one.startswith((".", "~")) for one in kept)
