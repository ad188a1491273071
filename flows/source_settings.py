"""Where documents come from, where the morning's message goes, and what a night backs up, as `duban.toml` says it:
`[[sources]]`, `[mail]`, `[[webhooks]]`, `[backup]`.

    [[sources]]
    name = "市政府网站"
    kind = "web"
    url = "https://www.example.gov.cn/jytabl/index.html"
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

_CHANNEL = re.compile(r"[^\s/]{1,40}")


class _Given(BaseModel):
    """Taken as it is given: an unknown name is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Source(_Given):
    name: Annotated[str, Field(min_length=1, max_length=60, description="这个来源叫什么")]


class FolderSource(_Source):
    """A folder, also on a network share: looked through each night, all levels."""

    kind: Literal["folder"]
    path: Annotated[Path, Field(description="文件夹")]
    still_seconds: Annotated[float, Field(ge=0, le=3600, description="文件多少秒没有变化才收")] = 5.0


class ArchiveSource(_Source):
    """A folder where zip files are dropped: each member is a document."""

    kind: Literal["zip"]
    path: Annotated[Path, Field(description="放压缩包的文件夹")]
    still_seconds: Annotated[float, Field(ge=0, le=3600, description="文件多少秒没有变化才收")] = 5.0


class WebSource(_Source):
    """A column of a public site: list pages, the articles they name, the attachments of those."""

    kind: Literal["web"]
    url: Annotated[str, Field(description="栏目的第一页")]
    articles: Annotated[str, Field(description="文章地址的样子（正则表达式）；空着就按常见的样子认")] = ""
    proxy: Annotated[str, Field(description="经哪个代理出去；空着直接连")] = ""
    delay_seconds: Annotated[float, Field(ge=0, le=3600, description="两次请求之间隔多少秒")] = 2.0
    timeout_seconds: Annotated[float, Field(gt=0, le=600, description="多少秒没有回应就算超时")] = 30.0
    tries: Annotated[int, Field(ge=1, le=10, description="一个地址一夜最多试几次")] = 3
    most_pages: Annotated[int, Field(ge=1, le=5000, description="列表最多翻多少页")] = 200
    most_articles: Annotated[int, Field(ge=1, le=200_000, description="一夜最多看多少篇文章")] = 5000
    largest_mb: Annotated[int, Field(ge=1, le=2000, description="附件最大多少兆；更大的不取")] = 100
    recheck_share: Annotated[
        float, Field(ge=0, le=1, description="隔它已经不变的时间的几分之几再看一次；0 是每夜都看")
    ] = 0.1

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("应是 http:// 或 https:// 开头的完整地址")
        return url

    @field_validator("articles")
    @classmethod
    def _pattern(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"不是正则表达式（{error}）") from None
        return pattern


Source = Annotated[FolderSource | ArchiveSource | WebSource, Field(discriminator="kind")]


class Mail(_Given):
    """How the morning's message goes out by mail."""

    host: Annotated[str, Field(min_length=1, description="邮件服务器")]
    port: Annotated[int, Field(ge=1, le=65535, description="端口")] = 25
    security: Annotated[Literal["none", "starttls", "tls"], Field(description="连接怎样加密")] = "starttls"
    user: Annotated[str, Field(description="登录名；空着不登录")] = ""
    password_file: Annotated[Path | None, Field(description="密码在哪个文件里")] = None
    sender: Annotated[str, Field(pattern=r"^[^@\s<>,]+@[^@\s<>,]+$", description="发件人")]
    to: Annotated[tuple[str, ...], Field(min_length=1, description="收件人")]
    attach: Annotated[bool, Field(description="附上 Word 和 Excel")] = True
    timeout_seconds: Annotated[float, Field(gt=0, le=600, description="多少秒没有回应就算超时")] = 30.0

    @field_validator("to")
    @classmethod
    def _addresses(cls, to: tuple[str, ...]) -> tuple[str, ...]:
        for one in to:
            if not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", one):
                raise ValueError(f"{one} 不是邮件地址")
        return to


class Webhook(_Given):
    """A group robot that the morning's message goes to: 企业微信, 钉钉 or 飞书."""

    name: Annotated[str, Field(description="这个通道叫什么")]
    kind: Literal["wecom", "dingtalk", "feishu"]
    url: Annotated[str, Field(description="机器人的地址")]
    secret: Annotated[str, Field(description="加签的密钥；空着不加签")] = ""
    proxy: Annotated[str, Field(description="经哪个代理出去；空着直接连")] = ""
    timeout_seconds: Annotated[float, Field(gt=0, le=600, description="多少秒没有回应就算超时")] = 15.0

    @field_validator("name")
    @classmethod
    def _short(cls, name: str) -> str:
        if not _CHANNEL.fullmatch(name):
            raise ValueError("应是 40 个字以内、没有空格和 / 的名字")
        return name

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("应是 http:// 或 https:// 开头的完整地址")
        return url


class Backup(_Given):
    """What a night does for the day when everything else is lost."""

    folder: Annotated[Path | None, Field(description="备份写到哪个文件夹；空着就在数据目录里")] = None
    keep: Annotated[int, Field(ge=1, le=10_000, description="留最近多少份")] = 14
    originals: Annotated[bool, Field(description="原件是否一起备份")] = True
    drill_days: Annotated[int, Field(ge=0, le=3650, description="隔多少天做一次恢复演练；0 不做")] = 7


def repeated(names: list[str]) -> str | None:
    """A name that stands twice; None where each is its own."""
    return next((name for name in names if names.count(name) > 1), None)


SECRET = frozenset({"url", "secret", "proxy", "database_url"})
"""Settings whose value may hold a password or a key: it is never repeated in a message."""
