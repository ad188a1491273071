"""Sending the morning's message: by mail, and to group robots of 企业微信, 钉钉 and 飞书.

What surely wasn't taken may be sent again; what may have been taken isn't.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from flows.source_settings import Mail, Webhook
from models.errors import DubanError

if TYPE_CHECKING:
    from flows.settings import Settings

MAIL = "mail"
_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_SHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_MOST_BYTES = {"wecom": 2000, "dingtalk": 19_000, "feishu": 19_000}
"""Of a text message: what the platforms' own pages allow (2048, 20000, 20 KB), and room for the rest."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: `id` is the same each time that it is tried."""

    id: str
    subject: str
    text: str
    files: tuple[Path, ...]
    now: datetime


class NotSent(DubanError):
    """A message that didn't go out; `surely`: or may have, where the line broke after it had been handed over."""

    def __init__(self, detail: str, *, surely: bool) -> None:
        super().__init__(detail)
        self.detail, self.surely = detail, surely


def channels_of(settings: Settings) -> dict[str, Mail | Webhook]:
    """Where messages go, by the name under which their deliveries are kept."""
    mail: dict[str, Mail | Webhook] = {MAIL: settings.mail} if settings.mail else {}
    return mail | {f"webhook {one.name}": one for one in settings.webhooks}


def send(channel: Mail | Webhook, message: Message) -> str:
    """Sends a message; what a person should know of it all the same ("" for nothing). NotSent."""
    return _mail(channel, message) if isinstance(channel, Mail) else _post(channel, message)


# -- mail ------------------------------------------------------------------------------------------------------------


def _mail(mail: Mail, message: Message) -> str:
    letter = letter_of(mail, message)
    try:
        with _connected(mail) as server:
            return _handed_over(server, letter)
    except NotSent:
        raise
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"邮件服务器 {mail.host}：{_said(error)}", surely=True) from error


def _connected(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=mail.timeout_seconds, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=mail.timeout_seconds)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, _password(mail))
    except BaseException:
        server.close()
        raise
    return server


def _handed_over(server: smtplib.SMTP, letter: EmailMessage) -> str:
    try:
        refused = server.send_message(letter)
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
            raise  # the server said no
        raise NotSent(f"发到一半断了：{_said(error)}", surely=False) from error
    return f"没有收的：{'、'.join(refused)}" if refused else ""


def letter_of(mail: Mail, message: Message) -> EmailMessage:
    """The message as a mail."""
    letter = EmailMessage()
    letter["Subject"] = " ".join(message.subject.split())
    letter["From"], letter["To"] = mail.sender, ", ".join(mail.to)
    letter["Date"] = format_datetime(message.now)
    letter["Message-ID"] = f"<{message.id}@{mail.sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text + "\n")
    for file in message.files if mail.attach else ():
        main, sub = _WORD if file.suffix == ".docx" else _SHEET
        letter.add_attachment(file.read_bytes(), maintype=main, subtype=sub, filename=file.name)
    return letter


def _password(mail: Mail) -> str:
    if mail.password_file is None:
        return ""
    try:
        return mail.password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise NotSent(f"密码文件 {mail.password_file} 读不了：{error.strerror}", surely=True) from error


def _said(error: Exception) -> str:
    """What the other side said, in a line."""
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {told}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "收件人都不收：" + "、".join(error.recipients)
    return f"{type(error).__name__}: {error}"


# -- group robots ----------------------------------------------------------------------------------------------------


def _post(hook: Webhook, message: Message) -> str:
    import httpx

    address, body = request_of(hook, message)
    host = urlsplit(hook.url).hostname  # the rest of the address is a key
    try:
        with httpx.Client(timeout=hook.timeout_seconds, trust_env=False, proxy=hook.proxy or None) as client:
            answer = client.post(address, json=body)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
        raise NotSent(f"{host} 连不上（{type(error).__name__}）", surely=True) from error
    except httpx.HTTPError as error:
        raise NotSent(f"{host} 没有回应（{type(error).__name__}）", surely=False) from error
    if answer.status_code != 200:
        raise NotSent(f"{host} 回应 HTTP {answer.status_code}", surely=True)
    return _checked(host or "", answer.text)


def _checked(host: str, answer: str) -> str:
    """All three platforms answer 200 and say in the body whether they took it."""
    try:
        said: Any = json.loads(answer)
        code = said.get("errcode", said.get("code", said.get("StatusCode", 0)))
    except (ValueError, AttributeError):
        raise NotSent(f"{host} 的回应看不懂", surely=False) from None
    if code != 0:
        told = said.get("errmsg") or said.get("msg") or said.get("StatusMessage") or ""
        raise NotSent(f"{host} 不收：{code} {told}"[:200], surely=True)
    return ""


def request_of(hook: Webhook, message: Message) -> tuple[str, dict[str, Any]]:
    """The address to post to, signed where the robot asks for it, and the body as its platform wants it.

    Plain text: what documents say must not turn into links, or call everybody (@all).
    """
    text = cut(_harmless(message.text), _MOST_BYTES[hook.kind])
    if hook.kind == "wecom":
        return hook.url, {"msgtype": "text", "text": {"content": text}}
    if hook.kind == "dingtalk":
        return _signed_for_dingtalk(hook, message.now), {"msgtype": "text", "text": {"content": text}}
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if hook.secret:
        stamp = str(int(message.now.timestamp()))
        body |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{hook.secret}", "")}
    return hook.url, body


def _signed_for_dingtalk(hook: Webhook, now: datetime) -> str:
    if not hook.secret:
        return hook.url
    stamp = str(round(now.timestamp() * 1000))
    sign = _sign(hook.secret, f"{stamp}\n{hook.secret}")
    return f"{hook.url}{'&' if '?' in hook.url else '?'}timestamp={stamp}&sign={quote(sign, safe='')}"


def _sign(key: str, words: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()).decode()


def _harmless(text: str) -> str:
    return text.replace("<", "＜").replace("@", "＠")


def cut(text: str, most: int) -> str:
    """The text in at most so many bytes of UTF-8, whole lines where possible; what is left out is said.

    >>> cut("第一行\\n第二行", 100), len(cut("很长" * 100, 100).encode()) <= 100
    ('第一行\\n第二行', True)
    """
    if len(text.encode("utf-8", "replace")) <= most:
        return text
    tail = "\n……其余见早报"
    kept = text.encode("utf-8", "replace")[: most - len(tail.encode())].decode("utf-8", "ignore")
    return kept.rpartition("\n")[0] + tail if kept.count("\n") > 2 else kept + tail
