"""An office with its pages: the samples taken in and followed up once, one person of each role, a clock that tests set.

    office.as_("reviewer").get("/ledger")        a browser in which that person is logged in
    browser.post("/login", name=…, password=…)   with the form's token, as a person would

Every test that takes `office` gets a database of its own; on SQLite and, where its programs are installed, PostgreSQL.
"""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from extractors.pipeline import extract
from flows.follow_up import FollowUp
from flows.intake import Intake
from flows.originals import Originals
from flows.reading import Reader
from flows.serve import office_app
from flows.settings import Settings
from flows.version import extractor_version
from models.accounts import add_user, user_named
from models.documents import Document
from models.ids import digest_of
from models.logins import new_api_token
from models.owners import this_process
from models.passwords import Policy
from models.people import Scope, UserRole
from models.runs import SourceFile
from models.store import Store, open_store
from outputs.web.settings import WebSettings

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PASSWORD = "Lanshi-7-dengta"
ROLES = [role.value for role in UserRole]
LATER = datetime(2026, 3, 2, 2, tzinfo=UTC)
LETTER = """关于市十七届人大五次会议第{number}号建议的答复
张三代表：
您提出的关于{about}的建议收悉，现答复如下：
下一步，我局将于2026年12月底前新建{thing}12处。
感谢您对我们工作的关心。
云岭市商务局
2026年3月1日
"""
TOKEN = re.compile(r'name="csrf" value="(\w+)"')


@dataclass(slots=True)
class Clock:
    """What time it is."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **much: float) -> None:
        self.now += timedelta(**much)


class Browser(TestClient):
    """A browser without scripts: holds cookies, follows no redirect by itself."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app, base_url="http://127.0.0.1:8765", follow_redirects=False)

    def token(self) -> str:
        """The token that this browser's forms carry."""
        page = self.get("/login")
        page = self.get("/password") if page.status_code == 303 else page
        found = TOKEN.search(page.text)
        assert found, page.text
        return found[1]

    def submit(self, path: str, **values: object) -> Any:
        """A form, sent from a page of ours."""
        return self.post(path, data={"csrf": self.token(), **values})

    def log_in(self, name: str, password: str = PASSWORD) -> Browser:
        """Logs in; the answer must lead on."""
        answer = self.submit("/login", name=name, password=password)
        assert answer.status_code == 303, answer.text
        return self


@dataclass(slots=True)
class TestOffice:
    """The pages, what they stand on, and the people: each role's name is the login name."""

    __test__ = False

    app: FastAPI
    store: Store
    clock: Clock
    folder: Path
    _browsers: dict[str, Browser] = field(default_factory=dict)

    def browser(self) -> Browser:
        """A new browser, nobody logged in."""
        return Browser(self.app)

    def as_(self, role: str) -> Browser:
        """The browser of a person of that role; of "none", nobody's."""
        if role not in self._browsers:
            browser = self.browser()
            self._browsers[role] = browser if role == "none" else browser.log_in(role)
        return self._browsers[role]

    def key(self, role: str, scope: Scope = Scope.WRITE) -> dict[str, str]:
        """The header of a program with a token of that person; of "none", nobody's."""
        if role == "none":
            return {}
        now, owner = self.clock.now, user_named(self.store, role)
        secret, _ = new_api_token(self.store, owner, "测试", scope, expires=now + timedelta(days=1), now=now)
        return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The database of a small office, as a file to copy."""
    folder = tmp_path_factory.mktemp("prepared")
    with open_store(f"sqlite:///{folder}/duban.db") as store:
        fill(store, folder, root / "corpus" / "samples" / "files")
    return folder / "duban.db"


@pytest.fixture(scope="session")
def prepared_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    """The same on PostgreSQL: the name of a database to copy."""
    name = f"prepared_{uuid.uuid4().hex}"
    with _made(postgres, name) as url:
        with open_store(url) as store:
            fill(store, tmp_path_factory.mktemp("prepared_postgres"), root / "corpus" / "samples" / "files")
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A copy of the prepared database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("prepared"), tmp_path / "duban.db")
        yield f"sqlite:///{tmp_path}/duban.db"
        return
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("prepared_postgres")
    with _made(server, f"office_{uuid.uuid4().hex}", template) as address:
        yield address


@pytest.fixture
def office(url: str, tmp_path: Path) -> Iterator[TestOffice]:
    """The office as it begins its day."""
    with open_store(url) as store:
        yield office_on(store, tmp_path)


@pytest.fixture
def sqlite_office(prepared: Path, tmp_path: Path) -> Iterator[TestOffice]:
    """The same on SQLite alone: for what has nothing to do with the database."""
    shutil.copy(prepared, tmp_path / "duban.db")
    with open_store(f"sqlite:///{tmp_path}/duban.db") as store:
        yield office_on(store, tmp_path)


@pytest.fixture(scope="session")
def reading(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestOffice]:
    """One office for all tests that only look."""
    folder = tmp_path_factory.mktemp("reading")
    shutil.copy(prepared, folder / "duban.db")
    with open_store(f"sqlite:///{folder}/duban.db") as store:
        yield office_on(store, folder)


@pytest.fixture
def make_office(tmp_path: Path) -> Callable[..., TestOffice]:
    """An office on a store, with settings of one's own."""

    def make(store: Store, **settings: object) -> TestOffice:
        return office_on(store, tmp_path, **settings)

    return make


@pytest.fixture(scope="session")
def office_of() -> Callable[..., TestOffice]:
    """The same, in a folder of one's own."""
    return office_on


def office_on(store: Store, folder: Path, **settings: object) -> TestOffice:
    """The pages on a store."""
    clock = Clock()
    chosen = WebSettings(clock=clock, zone=ZoneInfo("Asia/Shanghai"), version="0", **settings)  # type: ignore[arg-type]
    address = store._engine.url.render_as_string(hide_password=False)  # what a process of its own is told
    return TestOffice(office_app(store, Settings(data_dir=folder, database_url=address), chosen), store, clock, folder)


def fill(store: Store, folder: Path, samples: Path) -> None:
    """Takes in the samples, follows them up, and makes one person of each role."""
    run = store.begin_run("ingest", now=NOW, owner=this_process())
    with Reader(Settings(workers=1), 1) as reader:
        intake = Intake(store, run, reader, Originals(folder / "originals", 1 << 20), extractor_version())
        wanted, _ = intake.sort_out(sorted(samples.iterdir()))
        intake.take_in(wanted)
    work = FollowUp(store, run, "rules of this test")
    for document in work.waiting():
        work.follow(document)
    for reply in work.replies_to_judge():
        work.judge(reply)
    store.finish_run(run, now=NOW)
    for role in UserRole:
        add_user(store, role.value, role, PASSWORD, policy=Policy.DENGBAO2, now=NOW)


@pytest.fixture(scope="session")
def take_in_reply() -> Callable[..., None]:
    """Takes in a new reply: `take_in_reply(office.store, thing="公交候车亭")`."""
    return take_in


def take_in(store: Store, thing: str = "公交候车亭", number: int = 901, about: str = "公交站台") -> None:
    """A new reply comes in, half an hour after the office's day began."""
    text, name, now = LETTER.format(thing=thing, number=number, about=about), f"答复{number}.txt", LATER
    run = store.begin_run("ingest", now=now, owner=this_process())
    source = SourceFile(f"/in/{name}", name, "txt", digest_of(text.encode()), len(text), 1)
    store.save(run, source, extract(Document(name, "txt", text)), now=now, extractor="1")
    store.finish_run(run, now=now)


@contextmanager
def _made(server: str, name: str, template: str | None = None) -> Iterator[str]:
    """A database of its own on the server, gone afterwards."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    copied = f' TEMPLATE "{template}"' if template else ""
    with engine.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"{copied}'))
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()
