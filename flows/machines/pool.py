"""Reading by workers of a Prefect work pool: each share is a flow run that any worker may take (`runner = "pool"`).

The order and the answer are files in the data directory, which all machines see. Prefect is imported with this module,
so `flows.settings.prepare_prefect` must have run before.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from prefect import flow

from flows.machines.lots import Order, read_lot
from flows.machines.spread import Answer, Send
from flows.running import die_with_parent
from flows.settings import load
from models.errors import StoreUnavailable

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State

NAME = "read-share"
DEPLOYMENT = f"{NAME}/{NAME}"
START_SECONDS = 180.0  # until a worker has taken a share; without one nobody will
_EVERY = 0.5
_ORDER, _ANSWER = ".order", ".answer"


@flow(name=NAME, log_prints=False, validate_parameters=False)
def read_share(share: str) -> None:
    """Reads the files of a share with this machine's processes, and lays what they say beside the order."""
    die_with_parent()
    settings = load()
    place = _folder(settings.data_dir) / share
    try:
        order: Order = pickle.loads(place.with_suffix(_ORDER).read_bytes())
    except FileNotFoundError:
        return  # the night that asked has ended
    _lay(place.with_suffix(_ANSWER), read_lot(order, settings.workers))


@contextmanager
def pool_sender(data_dir: Path) -> Iterator[tuple[Send, int]]:
    """How to send a share to the pool, and how many its workers may have at once. StoreUnavailable: no worker."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import WorkerStatus
    from prefect.deployments import run_deployment
    from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

    folder = _folder(data_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(folder)
    with get_client(sync_client=True) as client:

        def send(order: Order) -> Callable[[], Answer]:
            place = folder / uuid4().hex
            _lay(place.with_suffix(_ORDER), order)
            run = cast(
                "FlowRun", run_deployment(DEPLOYMENT, parameters={"share": place.name}, timeout=0, as_subflow=False)
            )
            return partial(_awaited, place, order, lambda: client.read_flow_run(run.id).state)

        try:
            pool = client.read_deployment_by_name(DEPLOYMENT).work_pool_name or ""
            workers = [one for one in client.read_workers_for_work_pool(pool) if one.status is WorkerStatus.ONLINE]
        except (ObjectNotFound, PrefectHTTPStatusError) as error:
            raise StoreUnavailable(f"Prefect 里没有部署 {DEPLOYMENT}：prefect deploy --all") from error
        if not workers:
            raise StoreUnavailable(f"工作池 {pool} 里没有在线的 worker")
        try:
            yield send, len(workers)
        finally:
            _clear(folder)


def _awaited(place: Path, order: Order, state: Callable[[], State | None]) -> Answer:
    """The answer, once it is there. StoreUnavailable: it won't come."""
    begun, answer = time.monotonic(), place.with_suffix(_ANSWER)
    until = begun + order.limits.total * (1 + len(order.paths) / 10)
    while not answer.exists():
        now = state()
        if now is None or (now.is_final() and not answer.exists()) or time.monotonic() > until:
            raise StoreUnavailable(f"{place.name}：{now.name if now else ''}")
        if now.is_scheduled() and time.monotonic() > begun + START_SECONDS:
            raise StoreUnavailable(f"{place.name}：没有 worker 来取")
        time.sleep(_EVERY)
    found: Answer = pickle.loads(answer.read_bytes())
    for ending in (_ORDER, _ANSWER):
        place.with_suffix(ending).unlink(missing_ok=True)
    return found


def _folder(data_dir: Path) -> Path:
    return data_dir.absolute() / "shares"


def _lay(path: Path, thing: object) -> None:
    """Writes a file that is there whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL))
    part.replace(path)


def _clear(folder: Path) -> None:
    """Removes what earlier runs left; only the run that holds the database reads by shares."""
    for path in folder.iterdir():
        with suppress(OSError):
            path.unlink()
