"""How far a run has come, and whether somebody asked it to stop: written by the run itself every few seconds.

Each file, and each document that is compared, is a transaction of its own: a run that stops between two of them leaves
nothing half done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from models import leases
from models.columns import Code, Moment
from models.owners import this_process
from models.runs import RunId, RunState
from models.store import Store
from models.tables import metadata, runs

_FEWEST = 3  # things that are done before anybody guesses how long the others take


class Step(StrEnum):
    """What a run counts while it works."""

    READ = "read"
    COMPARE = "compare"
    JUDGE = "judge"


run_progress = sa.Table(
    "run_progress",
    metadata,
    sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), primary_key=True, nullable=False),
    sa.Column("step", Code(Step)),  # NULL: nothing is counted yet
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("stop_by", sa.String(64)),  # who asked it to stop
)


@dataclass(frozen=True, slots=True)
class Progress:
    """The step that a run is at, how many of how many things it has done there since when, and who asked it to stop."""

    run: RunId
    step: Step | None
    total: int
    done: int
    since: datetime
    at: datetime
    stop_by: str | None

    @property
    def left(self) -> timedelta | None:
        """How long the rest of the step will take at the pace so far; None: it is too early to say.

        >>> begun = datetime(2026, 3, 2)
        >>> Progress(RunId(1), Step.READ, 30, 10, begun, begun + timedelta(minutes=1), None).left
        datetime.timedelta(seconds=120)
        """
        if self.done < min(_FEWEST, self.total) or self.at <= self.since:
            return None
        return (self.at - self.since) / self.done * (self.total - self.done) if self.done else None


def begin_step(store: Store, run: RunId, step: Step, total: int, now: datetime) -> None:
    """The run begins to count; that somebody asked it to stop stays."""
    c = run_progress.c
    values = {"step": step, "total": total, "done": 0, "since": now, "at": now}
    with store.writing() as connection:
        if not connection.execute(sa.update(run_progress).where(c.run_id == run).values(values)).rowcount:
            connection.execute(sa.insert(run_progress).values(run_id=run, **values))


def note_progress(store: Store, run: RunId, done: int, now: datetime) -> str | None:
    """Notes how many things are done; gives back who asked the run to stop, if anybody did."""
    c = run_progress.c
    with store.writing() as connection:
        most = sa.case((c.total < done, c.total), else_=done)  # a batch that is tried again counts twice
        connection.execute(sa.update(run_progress).where(c.run_id == run).values(done=most, at=now))
        return connection.execute(sa.select(c.stop_by).where(c.run_id == run)).scalar()


def ask_to_stop(store: Store, run: RunId, who: str, now: datetime) -> bool:
    """Asks a run to stop when it has done what it is at; False: it runs no longer. One whose process is gone ends."""
    c = run_progress.c
    with store.writing() as connection:
        leases.close_gone(connection, this_process(), now)
        state = connection.execute(sa.select(runs.c.state).where(runs.c.id == run)).scalar()
        if state is not RunState.RUNNING:
            return False
        if not connection.execute(sa.update(run_progress).where(c.run_id == run).values(stop_by=who)).rowcount:
            values = {"total": 0, "done": 0, "since": now, "at": now, "stop_by": who}
            connection.execute(sa.insert(run_progress).values(run_id=run, **values))
        return True


def progress_of(store: Store, run: RunId) -> Progress | None:
    """How far a run has come; None: it never counted anything."""
    with store.reading() as connection:
        row = connection.execute(sa.select(run_progress).where(run_progress.c.run_id == run)).first()
    return Progress(*row) if row else None
