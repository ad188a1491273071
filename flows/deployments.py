"""The schedule: taking the inbox in each night, on a Prefect server that the office runs.

    DUBAN_INBOX=/srv/inbox PREFECT_API_URL=http://127.0.0.1:4200/api duban schedule

A schedule needs a lasting server (`prefect server start`): the private one of a single command ends with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

NIGHTLY = "nightly"


def nightly(cron: str, timezone: str, paths: list[str]) -> RunnerDeployment:
    """The deployment `ingest/nightly`: these files and folders are taken in whenever the clock of `timezone` says so.

    `cron` has five fields: "0 2 * * *" is two in the morning. Runs never overlap: the next one is passed over.
    """
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.ingest import ingest

    deployment = ingest.to_deployment(
        name=NIGHTLY,
        description="夜间收件：把收件文件夹里新到的、有变化的文件收进数据库",
        parameters={"paths": paths},
        schedules=[Cron(cron, timezone=timezone)],
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        tags=["duban"],
        entrypoint_type=EntrypointType.MODULE_PATH,  # a path would import the flow a second time
    )
    return cast("RunnerDeployment", deployment)


def serve_nightly(announce: Callable[[str], None]) -> None:
    """Registers the deployment as set (inbox, schedule, timezone) and runs it when its time comes, until stopped."""
    from flows.conductor import prefect_api
    from flows.settings import configured_api, load
    from models.errors import ConfigurationError

    settings = load()
    if settings.inbox is None:
        raise ConfigurationError("没有设置 inbox（环境变量 DUBAN_INBOX）：夜间收件要有一个收件文件夹")
    if configured_api() is None:
        raise ConfigurationError("没有设置 PREFECT_API_URL：定时要有一个常开的 Prefect 服务（prefect server start）")
    inbox = str(settings.inbox.absolute())
    with prefect_api(settings) as conductor:
        conductor.ready()
        from prefect import serve

        announce(f"每到 {settings.schedule}（{settings.timezone}）收 {inbox} 里的文件；Ctrl-C 停止。")
        serve(nightly(settings.schedule, settings.timezone, [inbox]), print_starting_message=False)
