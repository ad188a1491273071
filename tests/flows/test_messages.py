"""The morning's message by mail and to group robots, against servers on loopback that behave and misbehave."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from flows.messages import Message, NotSent, cut, request_of, send
from flows.source_settings import Mail, Webhook

NOW = datetime(2026, 5, 20, 22, 0, tzinfo=UTC)


class _Post(socketserver.StreamRequestHandler):
    """As much of a mail server as it takes to take a mail, or not."""

    def handle(self) -> None:
        post: Any = self.server
        self._say("220 post")
        data = False
        lines: list[bytes] = []
        while line := self.rfile.readline():
            if data:
                if line == b".\r\n":
                    data = False
                    if post.fault == "hangs up after data":
                        post.letters.append(b"".join(lines))
                        return
                    if post.fault != "refuses data":
                        post.letters.append(b"".join(lines))
                    self._say("554 no" if post.fault == "refuses data" else "250 taken")
                else:
                    lines.append(line)
                continue
            command = line.decode().strip().upper()
            if command.startswith("QUIT"):
                self._say("221 bye")
                return
            data = command == "DATA" and post.fault != "busy"
            self._say(self._answer(command, post.fault))

    def _answer(self, command: str, fault: str) -> str:
        if command.startswith("RCPT") and (fault == "refuses all" or (fault == "refuses one" and "TWO@" in command)):
            return "550 unknown"
        if command.startswith("EHLO"):
            return "250-post\r\n250 8BITMIME"
        if command == "DATA":
            return "451 busy" if fault == "busy" else "354 go on"
        return "250 ok"

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def post() -> Iterator[Any]:
    """A mail server; `fault` says how it misbehaves, `letters` are those that it took."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Post)
    server.fault, server.letters = "", []  # type: ignore[attr-defined]
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def mail_to(post: Any, **more: Any) -> Mail:
    given = {"host": "127.0.0.1", "port": post.server_address[1], "security": "none", "sender": "duban@lake.example"}
    return Mail(**given | {"to": ("one@lake.example", "two@lake.example"), "timeout_seconds": 2} | more)


@pytest.fixture
def message(tmp_path: Path) -> Message:
    letter = tmp_path / "督办早报-2026-05-21-1.docx"
    letter.write_bytes(b"PK word")
    text = "督办早报\n· 市水务局：<b>码头</b> @all 逾期3天"
    return Message("duban-1-mail", "督办早报\n2026-05-21：新逾期的承诺 3 项", text, (letter,), NOW)


def test_a_mail_is_what_it_should_be(post: Any, message: Message) -> None:
    assert send(mail_to(post), message) == ""
    letter = email.message_from_bytes(post.letters[0], policy=email.policy.default)
    assert letter["Subject"] == "督办早报 2026-05-21：新逾期的承诺 3 项"
    assert letter["Message-ID"] == "<duban-1-mail@lake.example>"
    assert letter["To"] == "one@lake.example, two@lake.example"
    body = letter.get_body(("plain",))
    assert body is not None
    assert "逾期3天" in body.get_content()
    assert [part.get_filename() for part in letter.iter_attachments()] == ["督办早报-2026-05-21-1.docx"]


def test_who_was_refused_is_said(post: Any, message: Message) -> None:
    post.fault = "refuses one"
    assert send(mail_to(post), message) == "没有收的：two@lake.example"
    assert len(post.letters) == 1


@pytest.mark.parametrize(
    ("fault", "surely", "words"),
    [
        ("refuses all", True, "收件人都不收"),
        ("refuses data", True, "554 no"),
        ("busy", True, "451 busy"),
        ("hangs up after data", False, "发到一半断了"),
    ],
)
def test_what_may_have_arrived_is_told_from_what_surely_has_not(
    post: Any, message: Message, fault: str, surely: bool, words: str
) -> None:
    post.fault = fault
    with pytest.raises(NotSent) as refused:
        send(mail_to(post), message)
    assert (refused.value.surely, words in refused.value.detail) == (surely, True)


def test_a_server_without_encryption_gets_nothing_when_encryption_is_set(post: Any, message: Message) -> None:
    with pytest.raises(NotSent) as refused:
        send(mail_to(post, security="starttls"), message)
    assert refused.value.surely
    assert post.letters == []


def test_a_mail_server_that_is_not_there_surely_took_nothing(message: Message) -> None:
    with pytest.raises(NotSent) as refused:
        send(Mail(host="127.0.0.1", port=9, security="none", sender="a@b.cn", to=("c@d.cn",)), message)
    assert refused.value.surely


def test_a_password_file_that_is_missing_is_named(post: Any, message: Message, tmp_path: Path) -> None:
    with pytest.raises(NotSent, match="密码文件"):
        send(mail_to(post, user="duban", password_file=tmp_path / "没有"), message)


# -- group robots


@pytest.fixture
def robot() -> Iterator[Any]:
    """A group robot's server: answers `answer` with `status`, keeps what was posted."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.posted.append((self.path, json.loads(body)))  # type: ignore[attr-defined]
            if server.answer is None:  # type: ignore[attr-defined]
                return
            answer = json.dumps(server.answer).encode()  # type: ignore[attr-defined]
            self.send_response(server.status)  # type: ignore[attr-defined]
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.answer, server.status, server.posted = {"errcode": 0}, 200, []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def hook_to(robot: Any, kind: str, **more: Any) -> Webhook:
    url = f"http://127.0.0.1:{robot.server_address[1]}/send?key=k"
    return Webhook(name="群", kind=kind, url=url, timeout_seconds=2, **more)  # type: ignore[arg-type]


BODIES: dict[str, Callable[[dict[str, Any]], str]] = {
    "wecom": lambda body: body["text"]["content"],
    "dingtalk": lambda body: body["text"]["content"],
    "feishu": lambda body: body["content"]["text"],
}


@pytest.mark.parametrize("kind", BODIES)
def test_each_platform_gets_its_own_form_and_no_markup(robot: Any, message: Message, kind: str) -> None:
    robot.answer = {"code": 0} if kind == "feishu" else {"errcode": 0, "errmsg": "ok"}
    send(hook_to(robot, kind), message)
    ((path, body),) = robot.posted
    assert path.startswith("/send?key=k")
    assert body["msg_type" if kind == "feishu" else "msgtype"] == "text"
    assert "＜b>码头＜/b> ＠all" in BODIES[kind](body)


def test_dingtalk_is_signed_in_the_address(message: Message) -> None:
    hook = Webhook(name="群", kind="dingtalk", url="https://x.example/send?token=t", secret="SEC1")
    asked = parse_qs(urlsplit(request_of(hook, message)[0]).query)
    stamp = str(int(NOW.timestamp() * 1000))
    sign = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert (asked["timestamp"], asked["sign"]) == ([stamp], [base64.b64encode(sign).decode()])


def test_feishu_is_signed_in_the_body(message: Message) -> None:
    hook = Webhook(name="群", kind="feishu", url="https://x.example/hook", secret="SEC1")
    _, body = request_of(hook, message)
    stamp = str(int(NOW.timestamp()))
    sign = hmac.new(f"{stamp}\nSEC1".encode(), b"", hashlib.sha256).digest()
    assert (body["timestamp"], body["sign"]) == (stamp, base64.b64encode(sign).decode())


@pytest.mark.parametrize(
    ("answer", "status", "surely"),
    [
        ({"errcode": 45009, "errmsg": "freq"}, 200, True),
        ({"code": 19021, "msg": "sign"}, 200, True),
        ({"errcode": 0}, 500, True),
        ([1], 200, False),
        (None, 200, False),
    ],
    ids=["too often", "wrong sign", "HTTP 500", "not understood", "hangs up"],
)
def test_a_robot_that_says_no_is_believed(robot: Any, message: Message, answer: Any, status: int, surely: bool) -> None:
    robot.answer, robot.status = answer, status
    with pytest.raises(NotSent) as refused:
        send(hook_to(robot, "wecom"), message)
    assert refused.value.surely is surely
    assert "key=k" not in refused.value.detail


@pytest.mark.parametrize("most", [100, 2000])
def test_a_long_message_is_cut_between_lines_and_says_so(most: int) -> None:
    found = cut("\n".join(f"第{number}项：某局承诺修整码头" for number in range(200)), most)
    assert len(found.encode()) <= most
    assert found.endswith("……其余见早报")
