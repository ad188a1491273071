"""A Ctrl-C in the middle of a statement gives the database back at once."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import pytest

from models.engine import open_engine, reading, writing


def test_an_interrupted_statement_is_rolled_back_and_holds_no_lock(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    with writing(engine) as connection:
        connection.exec_driver_sql("create table numbers (number integer)")
    many = [(number,) for number in range(3_000_000)]
    begun = threading.Event()

    def interrupt() -> None:
        begun.wait()
        time.sleep(0.3)
        signal.raise_signal(signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt) as interrupted, writing(engine) as connection:  # noqa: PT012
        begun.set()
        connection.exec_driver_sql("insert into numbers values (?)", many)
    with writing(engine) as connection:  # while the interruption still lives, as it does in the command that ends by it
        connection.exec_driver_sql("insert into numbers values (1)")
    with reading(engine) as connection:
        assert connection.exec_driver_sql("select count(*) from numbers").scalar() == 1
    assert interrupted.value is not None
    engine.dispose()
