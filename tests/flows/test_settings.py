"""Settings: where they come from, and what is said of a wrong one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.settings import Settings, load, prepare_prefect
from models.errors import ConfigurationError


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in its own working directory, with none of the machine's settings."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("DUBAN_", "PREFECT_")):
            monkeypatch.delenv(name)
    load.cache_clear()
    yield
    load.cache_clear()


def test_without_any_settings_data_is_in_var_of_the_working_directory(tmp_path: Path) -> None:
    assert load().data_dir == Path("var")
    assert load().database == f"sqlite:///{tmp_path}/var/duban.db"


def test_the_environment_wins_over_the_data_directory_and_that_over_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("duban.toml").write_text('data_dir = "data"\nworkers = 3\nbatch_size = 30\nread_seconds = 90\n')
    Path("data").mkdir()
    Path("data/duban.toml").write_text("workers = 5\nbatch_size = 40\n")
    monkeypatch.setenv("DUBAN_WORKERS", "7")
    settings = load()
    assert (settings.workers, settings.batch_size, settings.read_seconds) == (7, 40, 90)
    assert settings.data_dir == Path("data")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DUBAN_WORKERS", "many", "应是整数"),
        ("DUBAN_WORKERS", "0", "不能小于 1"),
        ("DUBAN_BATCH_SIZE", "9999", "不能大于 500"),
        ("DUBAN_READ_SECONDS", "soon", "应是数字"),
        ("DUBAN_READ_SECONDS", "0", "应大于 0"),
        ("DUBAN_TIMEZONE", "Mars/Olympus", "没有这个时区"),
        ("DUBAN_SCHEDULE", "every night", "cron"),
        ("DUBAN_RESULT_CLASSES", '{"B": "done"}', "'solved', 'partly', 'planned' or 'reference'"),
        ("DUBAN_AGES_AFTER_DAYS", "0", "不能小于 1"),
        ("DUBAN_DATABASE_URL", "mysql://root:secret@db/x", "sqlite:///"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as caught:
        load()
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("toml", "said"), [("wrokers = 3\n", "wrokers"), ("workers = \n", "格式不对")])
def test_a_wrong_file_is_named(toml: str, said: str) -> None:
    Path("duban.toml").write_text(toml)
    with pytest.raises(ConfigurationError, match=said):
        load()


def test_prefect_keeps_its_state_in_the_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path / "data"))
    before = dict(os.environ)
    try:
        prepare_prefect(load())
        assert os.environ["PREFECT_HOME"] == str(tmp_path / "data" / "prefect")
        assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
        assert os.environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] == "90"
    finally:
        os.environ.clear()
        os.environ |= before


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str, root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"| `{name}` | `DUBAN_{name.upper()}` |" in page


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('[[sources]]\nname = "甲"\nkind = "ftp"', "第 1 个 [[sources]] 的值不对：kind 应是 folder、zip 或 web"),
        ('[[sources]]\nname = "甲"\nkind = "folder"', "缺少设置 第 1 个 [[sources]] 的 path"),
        ('[[sources]]\nname = "甲"\nkind = "web"\nurl = "ftp://x"', "第 1 个 [[sources]] 的 url 的值不对：应是 http"),
        (
            '[[sources]]\nname = "甲"\nkind = "web"\nurl = "http://x"\narticles = "("',
            "的 articles 的值 '(' 不对：不是正则",
        ),
        (
            '[[sources]]\nname = "甲"\nkind = "zip"\npath = "a"\nstil = 3',
            "第 1 个 [[sources]] 的 stil 不是 duban 的设置",
        ),
        ('[[sources]]\nname = "甲"\nkind = "zip"\npath = "a"\n' * 2, "名字“甲”用了两次"),
        ('[mail]\nhost = "m"\nsender = "甲"\nto = ["a@b.cn"]', "[mail] 的 sender 的值 '甲' 不对：应是邮件地址"),
        (
            '[[webhooks]]\nname = "群"\nkind = "slack"\nurl = "https://key"',
            "第 1 个 [[webhooks]] 的 kind 的值 'slack' 不对",
        ),
    ],
)
def test_a_wrong_source_or_channel_is_named_in_chinese(
    toml: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "duban.toml").write_text(toml, encoding="utf-8")
    load.cache_clear()
    with pytest.raises(ConfigurationError) as wrong:
        load()
    assert words in str(wrong.value)


def test_a_key_in_an_address_is_never_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    toml = '[[webhooks]]\nname = "群"\nkind = "wecom"\nurl = "ftp://host/send?key=geheim"'
    (tmp_path / "duban.toml").write_text(toml, encoding="utf-8")
    load.cache_clear()
    with pytest.raises(ConfigurationError) as wrong:
        load()
    assert "geheim" not in str(wrong.value)
