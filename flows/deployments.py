"""The schedule: a night's run whenever its time comes, on a Prefect server that the office runs.

    PREFECT_API_URL=http://127.0.0.1:4200/api duban schedule     one machine: this process runs the nights
    prefect deploy --all; prefect worker start --pool duban       a work pool: any machine does (prefect.yaml)

A schedule needs a lasting server (`prefect server start`): the private one of a single command ends with it. Before it
begins, whatever a killed process left behind is put in order, here and in Prefect: a run that Prefect believes to be
running for ever would hold the only place that there is, and no night would ever run again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import httpx

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun
    from prefect.deployments.runner import RunnerDeployment

    from flows.settings import Settings
    from models.runs import RunId

NIGHTLY = "nightly"
DEPLOYMENT = "nightly/nightly"
_EVERY = 600.0  # seconds between two looks
_BEGINNING = timedelta(seconds=60)  # from Prefect's state to our own lease


def nightly(cron: str, timezone: str) -> RunnerDeployment:
    """The deployment `nightly/nightly`: a night's run whenever the clock of `timezone` says so.

    `cron` has five fields: "0 2 * * *" is two in the morning. Runs never overlap: the next one is passed over.
    """
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.nightly import nightly as flow

    deployment = flow.to_deployment(
        name=NIGHTLY,
        description="夜间运行：取件、收件、比对、早报",
        schedules=[Cron(cron, timezone=timezone)],
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        tags=["duban"],
        entrypoint_type=EntrypointType.MODULE_PATH,  # a path would import the flow a second time
    )
    return cast("RunnerDeployment", deployment)


def serve_nightly(announce: Callable[[str], None]) -> None:
    """Registers the deployment as set (schedule, timezone) and runs it when its time comes, until stopped."""
    import asyncio

    from flows.conductor import prefect_api

    settings = _scheduled_settings()
    with prefect_api(settings) as conductor:
        conductor.ready()
        from prefect.runner import Runner

        # Schedules go on while nobody serves them: a night that was missed is made up for.
        runner = Runner(name="duban", limit=1, pause_on_shutdown=False)
        runner.add_deployment(nightly(settings.schedule, settings.timezone))
        _put_in_order(settings, announce, youngest=timedelta(0))
        threading.Thread(target=_keep_in_order, args=(settings, announce), name="order", daemon=True).start()
        announce(f"每到 {settings.schedule}（{settings.timezone}）夜间运行；Ctrl-C 停止。")
        asyncio.run(runner.start())


def put_in_order(announce: Callable[[str], None]) -> None:
    """What a worker needs before it starts: the same order, and a night that was cut off put on again."""
    from flows.conductor import prefect_api

    settings = _scheduled_settings()
    with prefect_api(settings) as conductor:
        conductor.ready()
        _put_in_order(settings, announce, youngest=_BEGINNING)


def _scheduled_settings() -> Settings:
    from flows.fetching.harvest import sources_of
    from flows.settings import configured_api, load
    from models.errors import ConfigurationError

    settings = load()
    if not sources_of(settings):
        raise ConfigurationError(
            "没有设置从哪里收件：设 inbox（环境变量 DUBAN_INBOX），或在 duban.toml 里写 [[sources]]"
        )
    if configured_api() is None:
        raise ConfigurationError("没有设置 PREFECT_API_URL：定时要有一个常开的 Prefect 服务（prefect server start）")
    return settings


def _keep_in_order(settings: Settings, announce: Callable[[str], None]) -> None:
    """Does the same every ten minutes: while Prefect's server was away, a run may have ended unheard."""
    from models.errors import StoreUnavailable

    while True:
        time.sleep(_EVERY)
        try:
            _put_in_order(settings, announce, youngest=_BEGINNING)
        except (StoreUnavailable, httpx.HTTPError, OSError) as error:
            announce(f"暂时查不了断掉的运行：{error}")


def _put_in_order(settings: Settings, announce: Callable[[str], None], *, youngest: timedelta) -> None:
    """Closes runs whose process is gone, in our tables and in Prefect's, and puts a night that was cut off on again.

    A run younger than `youngest` may be about to take its lease: it is waited for.
    """
    from flows.running import mend
    from models import leases
    from models.store import open_store

    with open_store(settings.database) as store:
        while True:
            cut_off = mend(store)
            if leases.holding(store) == NIGHTLY:
                return  # on another machine, or by somebody's hand: it is well
            stuck, beginning = _believed_at_work(youngest)
            if not beginning:
                break
            time.sleep(5)
    for name in _close(stuck):
        announce(f"Prefect 里的运行 {name} 早已断掉，已记为中断。")
    if cut_off is not None:
        _run_again(cut_off)
        announce(f"第 {cut_off} 次夜间运行中途断掉了，马上接着做。")


def _believed_at_work(youngest: timedelta) -> tuple[list[FlowRun], bool]:
    """The nightly runs that Prefect believes to be at work, and whether one of them may only just have begun."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName, FlowRunFilter
    from prefect.client.schemas.objects import StateType

    states = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    chosen = FlowRunFilter.model_validate({"state": {"type": {"any_": states}}})
    with get_client(sync_client=True) as client:
        here = DeploymentFilter(name=DeploymentFilterName(any_=[NIGHTLY]))
        found = client.read_flow_runs(flow_run_filter=chosen, deployment_filter=here)
    since = datetime.now(UTC) - youngest
    return found, any(run.state is not None and run.state.timestamp > since for run in found)


def _close(stuck: list[FlowRun]) -> list[str]:
    """Lets these runs count as crashed, so that they give back their places; their names."""
    from prefect.client.orchestration import get_client
    from prefect.states import Crashed

    with get_client(sync_client=True) as client:
        for run in stuck:
            client.set_flow_run_state(run.id, Crashed(message="the process is gone"))
    return [run.name for run in stuck]


def _run_again(run: RunId) -> None:
    """A run of the deployment at once; asked for twice, it runs once."""
    from prefect.deployments import run_deployment

    run_deployment(DEPLOYMENT, timeout=0, as_subflow=False, idempotency_key=f"resume-{run}")
