"""What the log may hold and what a full disk may do: no secret anywhere, reading goes on, nothing half written."""

from __future__ import annotations

import resource
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.account_tables import audit
from models.decisions import history
from models.queries import ledger


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Files of this folder can't grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_on_a_full_disk_pages_are_read_and_writing_is_refused_in_words(sqlite_office: Any) -> None:
    browser = sqlite_office.as_("reviewer")
    one = ledger(sqlite_office.store, limit=1)[0].id
    token = browser.token()
    with full(sqlite_office.folder):
        for path in ("/ledger", f"/commitments/{one}", "/", "/search?q=公交"):
            assert browser.get(path).status_code == 200, path
        form = {"csrf": token, "action": "note", "why": "磁盘满了"}
        refused = browser.post(f"/commitments/{one}/decide", data=form)
        assert refused.status_code == 503
        assert "数据库暂时用不了" in refused.text
    assert history(sqlite_office.store, one) == []
    assert browser.post(f"/commitments/{one}/decide", data=form).status_code == 303, "with room it goes on"


def test_none_of_thirty_secrets_is_in_the_log_in_the_database_or_in_what_the_program_says(
    sqlite_office: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Passwords tried, chosen, given to others, typed where the name belongs; tokens that are right or wrong."""
    seeded = [f"Zx7-{secrets.token_hex(10)}" for _ in range(27)]
    nobody, admin = sqlite_office.browser(), sqlite_office.as_("admin")
    for secret in seeded[:6]:
        nobody.submit("/login", name="没有这个人", password=secret)
        sqlite_office.clock.pass_(minutes=20)
    for secret in seeded[6:9]:
        nobody.submit("/login", name=secret, password="x")
        sqlite_office.clock.pass_(minutes=20)
    admin = sqlite_office.browser().log_in("admin")
    for secret in seeded[9:15]:
        admin.submit("/users/viewer/password", password=secret)
    for number, secret in enumerate(seeded[15:18]):
        admin.submit("/users", name=f"新人{number}", role="viewer", password=secret)
    admin.submit("/password", current=seeded[18], password=seeded[19], again=seeded[19])
    for secret in seeded[20:]:
        sqlite_office.browser().get("/api/ledger", headers={"Authorization": f"Bearer duban_{secret}"})
    seeded += [
        sqlite_office.key(role)["Authorization"].removeprefix("Bearer ") for role in ("admin", "reviewer", "auditor")
    ]
    assert len(seeded) == 30
    with sqlite_office.store.reading() as connection:
        log = repr(connection.execute(sa.select(audit)).all())
    kept = b"".join(file.read_bytes() for file in sqlite_office.folder.glob("duban.db*"))
    told = caplog.text
    for secret in seeded:
        assert secret not in log
        assert secret not in told
        assert secret.encode() not in kept
