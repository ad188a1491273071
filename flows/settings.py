"""The one place that reads the environment and `duban.toml`: every setting, its bounds and where its value came from.

An environment variable (DUBAN_…) wins over the data directory's duban.toml, that over the working directory's, that
over the default. Relative paths count from the working directory.
"""

from __future__ import annotations

import os
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from flows.source_settings import SECRET, Backup, Mail, Source, Webhook, repeated
from models.errors import ConfigurationError

TOML = "duban.toml"
SCHEMES = ("sqlite:///", "postgresql+psycopg://")


ResultMeaning = Literal["solved", "partly", "planned", "reference"]


class Settings(BaseSettings):
    """What can be set. Each name is a key of duban.toml, and with DUBAN_ before it an environment variable."""

    model_config = SettingsConfigDict(env_prefix="DUBAN_", frozen=True, extra="forbid")

    data_dir: Annotated[Path, Field(description="数据目录：原件、缓存、锁、Prefect 的文件")] = Path("var")
    database_url: Annotated[str, Field(description="数据库地址；空着就用数据目录里的 duban.db")] = ""
    workers: Annotated[int, Field(ge=1, le=64, description="读文件的进程数")] = min(4, os.cpu_count() or 1)
    batch_size: Annotated[int, Field(ge=1, le=500, description="一批多少个文件")] = 25
    runner: Annotated[
        Literal["here", "dask", "pool"],
        Field(description="在哪里读文件：here 本机的进程，dask 一个 Dask 集群，pool 一个 Prefect 工作池的各台 worker"),
    ] = "here"
    dask_scheduler: Annotated[
        str, Field(description="Dask 调度器的地址，如 tcp://10.0.0.5:8786", validate_default=True)
    ] = ""
    lot_size: Annotated[
        int, Field(ge=0, le=10_000, description="别的机器一次读多少个文件；0 是 dask 100、pool 2000")
    ] = 0
    read_seconds: Annotated[float, Field(gt=0, le=36000, description="一个文件最多读多少秒")] = 600
    read_stall_seconds: Annotated[float, Field(gt=0, le=3600, description="一个文件读着没有进展，最多等多少秒")] = 60
    read_memory_mb: Annotated[int, Field(ge=128, le=65536, description="读一个文件最多用多少兆内存")] = 1024
    inbox: Annotated[Path | None, Field(description="夜间自动收件的文件夹")] = None
    schedule: Annotated[str, Field(description="夜间收件的时间（cron 五段）")] = "0 2 * * *"
    sources: Annotated[tuple[Source, ...], Field(description="除 inbox 外，夜间还从哪里收件")] = ()
    mail: Annotated[Mail | None, Field(description="早报用邮件发给谁")] = None
    webhooks: Annotated[tuple[Webhook, ...], Field(description="早报发到哪些群机器人")] = ()
    backup: Annotated[Backup | None, Field(description="夜间运行做完以后怎样备份；空着不备份")] = None
    ages_after_days: Annotated[int, Field(ge=1, le=3650, description="没有时限的承诺，答复后多少天起提示")] = 180
    result_classes: Annotated[
        dict[str, ResultMeaning],
        Field(
            description="本地办理结果各类的含义：solved 已解决、partly 部分解决、planned 计划解决、reference 留作参考"
        ),
    ] = {}
    timezone: Annotated[str, Field(description="时间按哪个时区")] = "Asia/Shanghai"
    web_host: Annotated[str, Field(description="网页在哪个地址上提供；默认只有本机能打开")] = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535, description="网页的端口")] = 8765
    web_address: Annotated[
        str, Field(description="别人打开网页用的地址，如 https://duban.example.gov.cn；早报的消息里带上它")
    ] = ""
    web_https: Annotated[bool, Field(description="网页经 HTTPS 打开（前面有代理）：登录信息只走加密的连接")] = False
    web_hosts: Annotated[tuple[str, ...], Field(description="打开网页用的主机名；空着不限")] = ()
    web_idle_minutes: Annotated[int, Field(ge=1, le=720, description="多少分钟没有操作就退出登录")] = 15
    web_session_hours: Annotated[int, Field(ge=1, le=24, description="一次登录最多多少小时")] = 10
    web_passwords: Annotated[
        Literal["dengbao2", "asvs"],
        Field(description="密码规则：dengbao2 等保二级（10 位、三类字符、90 天一换），asvs（15 位、不强制更换）"),
    ] = "dengbao2"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(SCHEMES):
            raise ValueError("应以 " + " 或 ".join(SCHEMES) + " 开头")
        return url

    @field_validator("dask_scheduler")
    @classmethod
    def _a_scheduler(cls, address: str, info: ValidationInfo) -> str:
        if address and not address.startswith(("tcp://", "tls://")):
            raise ValueError("应以 tcp:// 或 tls:// 开头")
        if not address and info.data.get("runner") == "dask":
            raise ValueError('runner = "dask" 时不能空着')
        return address

    @field_validator("schedule")
    @classmethod
    def _five_fields(cls, cron: str) -> str:
        if len(cron.split()) != 5:
            raise ValueError("应是 cron 的五段，例如 0 2 * * *")
        return cron

    @field_validator("web_address")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", url):
            raise ValueError("应是 http:// 或 https:// 开头的完整地址")
        return url.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("没有这个时区，例如 Asia/Shanghai") from error
        return name

    @field_validator("sources", "webhooks")
    @classmethod
    def _own_names(cls, given: tuple[Source | Webhook, ...]) -> tuple[Source | Webhook, ...]:
        if twice := repeated([one.name for one in given]):
            raise ValueError(f"名字“{twice}”用了两次")
        return given

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the files in the order that `load` found them."""
        files = (TomlConfigSettingsSource(settings_cls, path) for path in toml_files())
        return (init_settings, env_settings, *files)

    @property
    def database(self) -> str:
        """The database's address; without one set, a SQLite file inside the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'duban.db'}"


@lru_cache(maxsize=1)
def load() -> Settings:
    """The settings of this process. ConfigurationError names each wrong one, in Chinese."""
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigurationError("；".join(map(_complaint, error.errors()))) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{TOML} 的格式不对：{error}") from None
    except OSError as error:
        raise ConfigurationError(f"{TOML} 读不了：{error.strerror}") from None


def prepare_prefect(settings: Settings) -> None:
    """Points Prefect at the data directory. Must run before Prefect is first imported: it reads these once."""
    home = settings.data_dir.absolute() / "prefect"
    os.environ |= {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    }
    quiet = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_LOGGING_TO_API_ENABLED": "false"}
    for name, value in quiet.items():
        os.environ.setdefault(name, value)


def debugging() -> bool:
    """Whether faults of duban itself are to be shown with their traceback (DUBAN_DEBUG)."""
    return bool(os.environ.get("DUBAN_DEBUG"))


def configured_api() -> str | None:
    """The address of the Prefect server that the office runs (PREFECT_API_URL), None without one."""
    return os.environ.get("PREFECT_API_URL") or None


def private_api(port: int) -> dict[str, str]:
    """Points this process at a private Prefect server on that port, and gives the environment to start it with."""
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    temporary = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}
    return dict(os.environ) | temporary


def toml_files() -> list[Path]:
    """The duban.toml of the data directory, then that of the working directory: those that exist."""
    here = Path(TOML)
    named = os.environ.get("DUBAN_DATA_DIR") or _data_dir_in(here) or "var"
    return [path for path in (Path(named) / TOML, here) if path.is_file()]


def _data_dir_in(toml: Path) -> str | None:
    if not toml.is_file():
        return None
    value = tomllib.loads(toml.read_text(encoding="utf-8")).get("data_dir")
    return value if isinstance(value, str) else None


def _complaint(error: ErrorDetails) -> str:
    """One wrong setting in Chinese: its name, its value, and what is allowed."""
    name = _place(error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{TOML} 里的 {name} 不是 duban 的设置"
    if error["type"] == "missing":
        return f"{TOML} 里缺少设置 {name}"
    last = error["loc"][-1]  # an address may hold a password
    shown = last not in SECRET and not isinstance(error["input"], dict | list | tuple)
    value = f" {error['input']!r} " if shown else ""
    nested = error["loc"][0] in _TABLES
    where = f"{TOML} 里的 {name} " if nested else f"设置 {name}（环境变量 DUBAN_{name.upper()}）"
    return f"{where}的值{value}不对：{_allowed(error)}"


_TABLES = ("sources", "mail", "webhooks", "backup")


def _place(loc: tuple[int | str, ...]) -> str:
    """Where a setting stands.

    >>> _place(("workers",)), _place(("sources", 1, "web", "url")), _place(("mail", "host"))
    ('workers', '第 2 个 [[sources]] 的 url', '[mail] 的 host')
    """
    table, *rest = loc
    if not rest or table not in _TABLES:
        return ".".join(map(str, loc))
    if not isinstance(rest[0], int):
        return f"[{table}] 的 {'.'.join(map(str, rest))}"
    names = [str(part) for part in rest[1:] if part not in ("folder", "zip", "web")]
    return f"第 {rest[0] + 1} 个 [[{table}]]" + (f" 的 {'.'.join(names)}" if names else "")


def _allowed(error: ErrorDetails) -> str:
    bounds = error.get("ctx", {})
    match error["type"]:
        case "int_parsing" | "int_type" | "int_from_float":
            return "应是整数"
        case "float_parsing" | "float_type":
            return "应是数字"
        case "greater_than_equal":
            return f"不能小于 {bounds['ge']}"
        case "greater_than":
            return f"应大于 {bounds['gt']}"
        case "less_than_equal":
            return f"不能大于 {bounds['le']}"
        case "literal_error":
            return f"应是 {bounds['expected']}"
        case "union_tag_invalid" | "union_tag_not_found":
            return "kind 应是 folder、zip 或 web"
        case "string_pattern_mismatch":
            return "应是邮件地址"
        case "string_too_short" | "too_short":
            return "不能空着"
        case "value_error":
            return str(bounds["error"])
        case _:
            return error["msg"]
