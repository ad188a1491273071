"""Whoever reads a run's files, as `runner` says: this machine's processes, a Dask cluster, a work pool.

Prefect is imported with this module, so `flows.settings.prepare_prefect` must have run before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import Context, copy_context

from flows.machines.cluster import dask_sender
from flows.machines.pool import pool_sender
from flows.machines.spread import Send, Spread
from flows.reading import Reader, Reads, limits_of
from flows.settings import Settings
from flows.version import extractor_version


@contextmanager
def readers(settings: Settings, files: int) -> Iterator[Reads]:
    """The readers of so many files; other machines are asked when the first new file comes.

    Lots are sent as from where this is entered, the flow: a batch that is tried again is a task whose parameters hold
    the database, and Prefect sends the parameters of the task that sends.
    """
    flow = copy_context()
    with ExitStack() as stack:
        here = stack.enter_context(Reader(settings, files))
        if settings.runner == "here":
            yield here
        else:
            yield Spread(
                lambda: flow.run(_sender, settings, stack, flow), here, limits_of(settings), extractor_version()
            )


def _sender(settings: Settings, stack: ExitStack, flow: Context) -> tuple[Send, int]:
    dask = settings.runner == "dask"
    sender = dask_sender(settings.dask_scheduler) if dask else pool_sender(settings.data_dir)
    send, machines = stack.enter_context(sender)
    return lambda order: flow.run(send, order), machines
