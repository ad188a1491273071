"""A bad file costs only itself: the pool against a reader that misbehaves on command."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.readers.limits import MIB, Limits
from corpus.readers.pool import ReaderPool
from models.documents import Document
from models.errors import Unreadable, UnreadableDocument

LIMITS = Limits(stall=0.5, total=4.0, memory=256 * MIB, recycle=50)
MOCK = "mock_reader:read"


@pytest.fixture
def mock(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The misbehaving reader can be imported, here and in the workers."""
    monkeypatch.syspath_prepend(str(root / "tests" / "documents"))


@pytest.fixture
def pool(mock: None) -> Iterator[ReaderPool]:
    with ReaderPool(LIMITS, reader=MOCK) as pool:
        yield pool


def reader_of(outcome: Document | UnreadableDocument) -> int:
    assert isinstance(outcome, Document), outcome
    return int(outcome.text)


def is_running(pid: int) -> bool:
    """Whether the process lives; one that is dead but not yet reaped doesn't count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def children_of(group: int) -> list[int]:
    """The processes of a worker's group that still live."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group and is_running(int(folder.name)):
                found.append(int(folder.name))
        except ProcessLookupError:
            continue
    return found


def all_gone(groups: list[int]) -> bool:
    """Whether none of these groups has a process left; the killed get a moment to be gone."""
    deadline = time.monotonic() + 3
    while any(children_of(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(children_of(group) for group in groups)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param("hang", Unreadable.TIMEOUT, id="hangs"),
        pytest.param("eat", Unreadable.MEMORY, id="eats memory"),
        pytest.param("die", Unreadable.CRASHED, id="dies of a segmentation fault"),
        pytest.param("exit", Unreadable.CRASHED, id="exits 0 without an answer"),
        pytest.param("forkdie", Unreadable.CRASHED, id="leaves a child behind and dies"),
        pytest.param("fail", Unreadable.CRASHED, id="raises what it shouldn't"),
    ],
)
def test_a_fault_has_its_reason_and_the_next_file_is_read_within_five_seconds(
    pool: ReaderPool, fault: str, reason: Unreadable
) -> None:
    before = reader_of(pool.read(Path("before.txt")))
    begun = time.monotonic()
    outcome = pool.read(Path(f"{fault}-1.txt"))
    assert isinstance(outcome, UnreadableDocument)
    assert (outcome.reason, outcome.file) == (reason, f"{fault}-1.txt")
    reader_of(pool.read(Path("after.txt")))
    assert time.monotonic() - begun < 5
    if fault != "fail":
        assert all_gone([before])


def test_a_limit_is_noticed_within_two_seconds(pool: ReaderPool) -> None:
    pool.read(Path("warm.txt"))
    begun = time.monotonic()
    pool.read(Path("hang-1.txt"))
    assert time.monotonic() - begun < LIMITS.stall + 2


def test_progress_buys_time_but_not_without_end(pool: ReaderPool) -> None:
    assert isinstance(pool.read(Path("slow-1.txt")), Document)
    begun = time.monotonic()
    outcome = pool.read(Path("endless-1.txt"))
    assert isinstance(outcome, UnreadableDocument)
    assert outcome.reason is Unreadable.TIMEOUT
    assert LIMITS.total <= time.monotonic() - begun < LIMITS.total + 2


def test_what_readers_print_neither_blocks_nor_mixes_with_the_answer(pool: ReaderPool) -> None:
    reader_of(pool.read(Path("flood-1.txt")))


def test_a_worker_is_kept_warm_and_replaced_after_its_share_of_files(mock: None) -> None:
    with ReaderPool(Limits(recycle=3), reader=MOCK) as pool:
        readers = [reader_of(pool.read(Path(f"{number}.pdf"))) for number in range(7)]
    assert [len(set(readers[:3])), len(set(readers[3:6])), len(set(readers))] == [1, 1, 3]


def test_plain_texts_wear_a_worker_out_more_slowly(mock: None) -> None:
    with ReaderPool(Limits(recycle=3), reader=MOCK) as pool:
        readers = [reader_of(pool.read(Path(f"{number}.txt"))) for number in range(31)]
    assert [len(set(readers[:30])), len(set(readers))] == [1, 2]


def test_a_worker_that_is_slow_to_start_has_its_time_alone_from_then(
    mock: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    monkeypatch.setenv("MOCK_READER_STARTS_SLOWLY", str(started))
    with ReaderPool(LIMITS, workers=2, reader=MOCK, patience=0.5) as pool:
        assert len(list(pool.read_many(Path(f"{number}.txt") for number in range(20)))) == 20
    assert len(started.read_text(encoding="ascii").splitlines()) == 1


def test_a_second_worker_joins_only_where_the_first_has_work_for_a_while(mock: None) -> None:
    def readers_of(names: list[str]) -> set[int]:
        with ReaderPool(LIMITS, workers=2, reader=MOCK, patience=1.0) as pool:
            return {reader_of(outcome) for _, outcome in pool.read_many(map(Path, names))}

    assert len(readers_of([f"{number}.txt" for number in range(40)])) == 1
    assert len(readers_of([f"slow-{number}.txt" for number in range(4)])) == 2


def test_files_come_back_in_order_with_the_bad_ones_in_their_places(mock: None) -> None:
    names = ["a.txt", "exit-1.txt", "b.txt", "die-1.txt", *(f"{number}.txt" for number in range(20))]
    with ReaderPool(LIMITS, workers=2, reader=MOCK) as pool:
        found = [(path.name, isinstance(outcome, Document)) for path, outcome in pool.read_many(map(Path, names))]
    assert found == [(name, not name.startswith(("exit", "die"))) for name in names]


def test_closing_the_pool_leaves_no_process(mock: None) -> None:
    with ReaderPool(LIMITS, workers=2, reader=MOCK) as pool:
        groups = {reader_of(outcome) for _, outcome in pool.read_many(map(Path, ["fork-1.txt", "a.txt", "fork-2.txt"]))}
    assert all_gone(list(groups))


def test_an_interrupted_run_does_not_wait_for_the_file_under_way(mock: None) -> None:
    def interrupted_after_the_first() -> None:
        with ReaderPool(reader=MOCK) as pool:
            for _ in pool.read_many(map(Path, ["a.txt", "hang-1.txt", "b.txt", "c.txt", "d.txt"])):
                time.sleep(0.2)
                raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted_after_the_first()
    assert time.monotonic() - begun < 5


def test_a_worker_that_was_killed_between_two_files_is_replaced(pool: ReaderPool) -> None:
    victim = reader_of(pool.read(Path("a.txt")))
    os.kill(victim, signal.SIGKILL)
    while is_running(victim):
        time.sleep(0.01)
    assert reader_of(pool.read(Path("b.txt"))) != victim


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere a watch inside the worker ends it, which a hang may delay"
)
def test_workers_and_what_they_forked_die_with_their_parent(root: Path, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys, time, threading\n"
        f"sys.path.insert(0, {str(root / 'tests' / 'documents')!r})\n"
        "from pathlib import Path\n"
        "from corpus.readers.pool import ReaderPool\n"
        f"pool = ReaderPool(reader={MOCK!r})\n"
        "print(pool.read(Path('fork-1.txt')).text, flush=True)\n"
        "threading.Thread(target=pool.read, args=(Path('hang-1.txt'),), daemon=True).start()\n"
        "time.sleep(600)\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, cwd=root)
    assert parent.stdout is not None
    group = int(parent.stdout.readline())
    assert children_of(group)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert all_gone([group])


def test_one_text_costs_less_than_half_a_second_of_a_processor_in_all(root: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("关于修缮渡口的答复\n现答复如下：年内完成。\n", encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from corpus.readers.pool import ReaderPool\n"
        "with ReaderPool() as pool: print(len(pool.read(Path(sys.argv[1])).text))"
    )
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", script, str(letter)], check=True, capture_output=True, cwd=root)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) < 0.5
