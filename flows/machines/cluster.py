"""Reading on a Dask cluster: each lot is a Prefect task that runs on one of its workers (`runner = "dask"`).

    dask scheduler --host 10.0.0.5                       on one machine
    dask worker tcp://10.0.0.5:8786 --nthreads 1         on each, a worker for each processor

Workers need duban installed as it is here, and the data directory under the same path. Prefect is imported with this
module, so `flows.settings.prepare_prefect` must have run before.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.machines.lots import Order, read_lot
from flows.machines.spread import Answer, Send
from models.errors import ConfigurationError, StoreUnavailable

if TYPE_CHECKING:
    from prefect_dask.task_runners import DaskTaskRunner, PrefectDaskFuture

CONNECT_SECONDS = 15
_LOOK = 30.0  # seconds between two looks at whether the cluster has workers


@task(name="read-lot", cache_policy=NO_CACHE, persist_result=False)
def read_there(order: Order) -> bytes:
    """Reads a lot on the worker that this runs on, with as many processes as it has threads; the answer, pickled.

    As bytes: Prefect looks through whatever collection a task gives, record by record.
    """
    from distributed import get_worker

    return pickle.dumps(read_lot(order, get_worker().state.nthreads), protocol=pickle.HIGHEST_PROTOCOL)


@contextmanager
def dask_sender(scheduler: str) -> Iterator[tuple[Send, int]]:
    """How to send a lot to the cluster at `scheduler`, and how many it works on at once.

    ConfigurationError: prefect-dask isn't installed. StoreUnavailable: no scheduler is there.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise ConfigurationError('没有安装 prefect-dask，runner = "dask" 要用它：pip install "prefect-dask"') from None
    options = {"timeout": CONNECT_SECONDS, "set_as_default": False}
    with DaskTaskRunner(address=scheduler, client_kwargs=options) as runner:
        try:
            threads = _threads(runner)
        except (OSError, TimeoutError) as error:
            raise StoreUnavailable(f"Dask 的调度器没有回应：{scheduler}（{error}）") from error
        if not threads:
            raise StoreUnavailable(f"Dask 的调度器 {scheduler} 没有 worker")

        def send(order: Order) -> Callable[[], Answer]:
            return partial(_awaited, runner, runner.submit(read_there, parameters={"order": order}), order)

        yield send, threads


def _awaited(runner: DaskTaskRunner, sent: PrefectDaskFuture[bytes], order: Order) -> Answer:
    """The answer. TimeoutError: it won't come, since the cluster lost all its workers, or took far too long."""
    until = time.monotonic() + order.limits.total * (1 + len(order.paths) / 10)
    while True:
        try:
            answer: Answer = pickle.loads(sent.result(timeout=_LOOK))
            return answer
        except TimeoutError:
            if time.monotonic() > until or not _threads(runner):
                raise


def _threads(runner: DaskTaskRunner) -> int:
    return sum(worker["nthreads"] for worker in runner.client.scheduler_info()["workers"].values())
