"""What every test may use."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

ROOT = Path(__file__).resolve().parent.parent
_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []
_UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what is to run in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the project (gold, specifications); tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the material beside the project (../shared) is not here")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database that tests may write to.

    DUBAN_TEST_POSTGRES names one that is there; else a cluster of our own is made in a temporary folder and runs on
    loopback until the tests end. Without PostgreSQL's programs (Debian: postgresql) the tests are skipped.
    """
    named = os.environ.get("DUBAN_TEST_POSTGRES")
    if named:
        yield named
        return
    if not _BINARIES:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with _cluster(_BINARIES[-1]) as address:
        yield address


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty schema of its own, as the address of a database."""
    schema = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(postgres)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    yield sa.make_url(postgres).update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(False)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    engine.dispose()


@contextmanager
def _cluster(binaries: Path) -> Iterator[str]:
    """A new cluster on a free port, as an unprivileged user, without a password, reachable from this machine only."""
    folder = Path(tempfile.mkdtemp(prefix="duban-postgres-"))
    folder.chmod(0o711)
    data, port = folder / "data", _free_port()
    try:
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(data, _UNPRIVILEGED)
        _as_user(binaries / "initdb", "-D", data, "-U", "duban", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        _as_user(binaries / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://duban@127.0.0.1:{port}/postgres"
        finally:
            _as_user(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(*command: object) -> None:
    words = [str(word) for word in command]
    as_user = ["runuser", "-u", _UNPRIVILEGED, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_user, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False)
    assert done.returncode == 0, f"{words[0]}: {done.stderr.decode()}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
