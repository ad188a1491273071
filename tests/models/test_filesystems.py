"""An embedded database is refused on a network share, whatever kind, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import filesystems
from models.errors import ConfigurationError
from models.filesystems import network_kind
from models.store import open_store

ROOT = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mount table of our own."""
    table = tmp_path / "mountinfo"
    table.write_text(ROOT)
    monkeypatch.setattr(filesystems, "MOUNTS", table)
    return table


def mounted(table: Path, point: Path, kind: str) -> None:
    escaped = str(point).replace(" ", "\\040")
    table.write_text(table.read_text() + f"40 22 0:45 / {escaped} rw,relatime - {kind} server:/share rw\n")


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "vboxsf"])
def test_a_database_on_a_network_share_is_refused_with_a_plain_word(kind: str, mounts: Path, tmp_path: Path) -> None:
    (tmp_path / "共享 盘").mkdir()
    mounted(mounts, tmp_path / "共享 盘", kind)
    with pytest.raises(ConfigurationError, match=rf"在网络盘上（{kind}）.*DUBAN_DATA_DIR.*PostgreSQL"):
        open_store(f"sqlite:///{tmp_path}/共享 盘/duban.db")
    assert not (tmp_path / "共享 盘" / "duban.db").exists()


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "overlay", "tmpfs", "zfs", "fuse.mergerfs"])
def test_a_database_on_a_disk_of_the_machine_is_opened(kind: str, mounts: Path, tmp_path: Path) -> None:
    mounted(mounts, tmp_path, kind)
    open_store(f"sqlite:///{tmp_path}/duban.db").close()


def test_a_local_folder_inside_a_share_counts_as_local_and_the_other_way_round(mounts: Path, tmp_path: Path) -> None:
    mounted(mounts, tmp_path, "nfs4")
    mounted(mounts, tmp_path / "local", "ext4")
    assert network_kind(tmp_path / "local" / "a" / "b.db") is None
    assert network_kind(tmp_path / "localized.db") == "nfs4"


def test_what_is_mounted_over_something_counts(mounts: Path, tmp_path: Path) -> None:
    mounted(mounts, tmp_path, "ext4")
    mounted(mounts, tmp_path, "cifs")
    assert network_kind(tmp_path / "duban.db") == "cifs"


def test_a_link_leads_to_where_the_file_is(mounts: Path, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "share")
    mounted(mounts, tmp_path / "share", "nfs")
    assert network_kind(tmp_path / "data" / "duban.db") == "nfs"


def test_a_containers_own_root_is_no_share(mounts: Path, tmp_path: Path) -> None:
    mounts.write_text(ROOT.replace("ext4", "9p"))
    assert network_kind(tmp_path / "duban.db") is None


def test_where_the_system_does_not_say_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystems, "MOUNTS", tmp_path / "none")
    assert network_kind(tmp_path) is None
