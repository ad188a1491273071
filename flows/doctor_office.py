"""The office's door and its duties: where pages are open, how long logs stay, which packages have known holes."""

from __future__ import annotations

import re
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from flows.patient import Patient
from flows.serve import is_loopback
from models.health import Checkup, Health

JOURNALD = (Path("/etc/systemd/journald.conf"), Path("/etc/systemd/journald.conf.d"))
LOG_DAYS = 184  # 网络安全法 第二十三条: not less than six months; the longest six have 184 days
LIST_DAYS = 90
_CERTIFICATE = timedelta(days=21)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "day": 86_400, "w": 604_800, "week": 604_800}
_SECONDS |= {"month": 2_630_000, "year": 31_557_600, "y": 31_557_600}
_GUARDS = frozenset({"audit_no_update", "audit_no_delete", "audit_only_grows"})


def check_web_host(patient: Patient) -> Iterator[Checkup]:
    """Who can reach the pages, and whether passwords go over the network in the clear."""
    settings = patient.settings
    if is_loopback(settings.web_host):
        fine = f"只在本机（{settings.web_host}）" + ("，前面有 HTTPS 代理" if settings.web_https else "")
        yield Checkup("web_host", Health.WELL, fine)
    elif not settings.web_https:
        found = f"开在 {settings.web_host}，没有加密：密码在网络上看得见"
        yield Checkup("web_host", Health.BAD, found, "前面放 HTTPS 代理，设 web_https = true，web_host 改回 127.0.0.1")
    else:
        found = f"开在 {settings.web_host}：绕过代理也能连上"
        yield Checkup("web_host", Health.NOTE, found, "代理在本机就把 web_host 改回 127.0.0.1，否则用防火墙只放行代理")
    if settings.web_https and not settings.web_hosts:
        yield Checkup("web_hosts", Health.NOTE, "没有限定主机名", '设 web_hosts，例如 ["duban.example.gov.cn"]')


def check_web_port(patient: Patient) -> Iterator[Checkup]:
    """Whether the port is free, or the pages are behind it."""
    host, port = patient.settings.web_host, patient.settings.web_port
    if not port:
        yield Checkup("web_port", Health.NOTE, "端口由系统挑", "设 web_port，别人才找得到")
        return
    near = "127.0.0.1" if host in ("0.0.0.0", "::", "localhost") else host
    try:
        socket.create_connection((near, port), timeout=2).close()
    except OSError:
        yield Checkup("web_port", Health.WELL, f"{port} 空着，网页服务没有在运行")
        return
    if _is_ours(near, port):
        yield Checkup("web_port", Health.WELL, f"{port} 上是 duban 的网页")
    else:
        yield Checkup("web_port", Health.BAD, f"{port} 被别的程序占着", "停掉它，或改 web_port")


def check_web_address(patient: Patient) -> Iterator[Checkup]:
    """The certificate that people who open the pages are shown."""
    url = urlsplit(patient.settings.web_address)
    if url.scheme != "https" or not url.hostname:
        told = patient.settings.web_address or "没有设 web_address"
        yield Checkup("tls", Health.WELL, f"{told}，没有证书要查")
        return
    try:
        ends = _certificate_ends(url.hostname, url.port or 443)
    except ssl.SSLCertVerificationError as error:
        why = f"{url.hostname} 的证书不可信：{error.verify_message}"
        yield Checkup("tls", Health.BAD, why, "换证书；单位自己的根证书要装进系统")
        return
    except OSError as error:
        yield Checkup("tls", Health.NOTE, f"{url.hostname} 连不上，证书没有查（{error}）", "从能打开网页的机器上看")
        return
    left = (ends - patient.now) // timedelta(days=1)
    soon = ends - patient.now < _CERTIFICATE
    yield Checkup("tls", Health.BAD if soon else Health.WELL, f"证书还有 {left} 天到期", "换证书" if soon else "")


def check_logs(patient: Patient) -> Iterator[Checkup]:
    """That the log of who did what can't be cut, and that the system keeps its own long enough."""
    if patient.store is not None:
        with patient.store.reading() as connection:
            guards = _guards(connection) & _GUARDS
            first = connection.exec_driver_sql("SELECT min(at) FROM audit").scalar()
        wanted = 2 if connection.dialect.name == "sqlite" else 1
        since = f"，最早一条在 {str(first)[:10]}" if first else ""
        if len(guards) >= wanted:
            yield Checkup("audit_log", Health.WELL, f"操作日志只增不减，一直保留{since}")
        else:
            yield Checkup("audit_log", Health.BAD, "操作日志的保护不在：可以被改、被删", "查谁动过数据库；从备份恢复")
    days = _journal_days()
    if days is not None and days < LOG_DAYS:
        found = f"系统日志最多留 {days:.0f} 天，少于 {LOG_DAYS} 天"
        yield Checkup(
            "system_log", Health.NOTE, found, "journald.conf 里 MaxRetentionSec=200day（网络安全法：不少于六个月）"
        )
    else:
        yield Checkup(
            "system_log", Health.WELL, "系统日志没有设短于六个月的期限" if days is None else f"留 {days:.0f} 天"
        )


def check_vulnerabilities(patient: Patient) -> Iterator[Checkup]:
    """Installed packages against the list of known holes that comes with the program; and how old that list is."""
    listed = vulnerabilities()
    hit = [told for one in listed["packages"] if (told := _hit(one))]
    if hit:
        yield Checkup(
            "vulnerabilities", Health.BAD, "有已知漏洞：" + "、".join(hit), "pip install -r requirements.lock"
        )
    else:
        yield Checkup("vulnerabilities", Health.WELL, f"已知漏洞 {len(listed['packages'])} 条，一条也不涉及")
    age = (patient.now.date() - date.fromisoformat(str(listed["as_of"]))).days
    old = age > LIST_DAYS
    found = f"漏洞清单是 {listed['as_of']} 的" + (f"，已过 {age} 天" if old else "")
    yield Checkup(
        "vulnerability_list", Health.NOTE if old else Health.WELL, found, "升级 duban，清单随版本更新" if old else ""
    )


def check_machines(patient: Patient) -> Iterator[Checkup]:
    """Whether the other machines that are to read can be reached."""
    settings = patient.settings
    if settings.runner != "dask":
        told = "本机读" if settings.runner == "here" else "工作池的各台 worker 读"
        yield Checkup("machines", Health.WELL, told)
        return
    url = urlsplit(settings.dask_scheduler)
    try:
        socket.create_connection((url.hostname or "", url.port or 8786), timeout=5).close()
    except OSError as error:
        found = f"Dask 的调度器 {settings.dask_scheduler} 连不上（{error}）"
        yield Checkup("machines", Health.BAD, found, "启动它：dask scheduler；在这之前由本机读，慢一些")
        return
    yield Checkup("machines", Health.WELL, f"Dask 的调度器 {settings.dask_scheduler} 连得上")


CHECKS = (
    check_web_host,
    check_web_port,
    check_web_address,
    check_logs,
    check_vulnerabilities,
    check_machines,
)


def vulnerabilities() -> dict[str, Any]:
    """The list of known holes in what duban runs on."""
    import yaml

    found: dict[str, Any] = yaml.safe_load(resources.files("flows").joinpath("vulnerabilities.yaml").read_text("utf-8"))
    return found


def _hit(one: dict[str, str]) -> str | None:
    from packaging.specifiers import SpecifierSet

    try:
        there = version(one["package"])
    except PackageNotFoundError:
        return None
    return f"{one['package']} {there}（{one['id']}）" if SpecifierSet(one["affected"]).contains(there) else None


def _is_ours(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/login", timeout=3) as answer:
            return "督办" in answer.read(20_000).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return "督办" in error.read(20_000).decode("utf-8", "replace")
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _certificate_ends(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as s,
    ):
        told = s.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)


def _guards(connection: sa.Connection) -> set[str]:
    lite = connection.dialect.name == "sqlite"
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if lite else "SELECT tgname FROM pg_trigger"
    return set(connection.exec_driver_sql(asked).scalars())


def _journal_days() -> float | None:
    """How many days the system's journal is kept at most; None where no bound of time is set."""
    main, folder = JOURNALD
    files = [path for path in (main, *sorted(folder.glob("*.conf"))) if path.is_file()]
    found = None
    for path in files:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if given := re.fullmatch(r"\s*MaxRetentionSec\s*=\s*(\d+)\s*([a-z]*?)s?\s*", line):
                number, unit = int(given[1]), given[2] or "s"
                found = number * _SECONDS.get(unit, 1) / 86_400 or None
    return found
