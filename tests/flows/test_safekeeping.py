"""A night backs up and practises as it is set; what goes wrong is told in the morning and spoils no night."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.keeping_notes import read_notes
from flows.night import whole_night
from flows.running import run_of
from flows.safekeeping import Kept, keep_safe, trouble_of
from flows.settings import Settings, load
from flows.source_settings import Backup
from models.errors import ConfigurationError
from models.store import open_store
from outputs.morning import from_json, message

NIGHT = datetime(2027, 1, 5, 3, 10, tzinfo=UTC)
LETTER = """关于县人大第{number}号建议的答复

阮溪桥代表：
我局将于2026年底前新建东浦渡口充电站{number}座。

云梦渡县发展改革局
2026年4月6日
"""


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """One letter, taken in; backups go beside the data directory."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").write_text(LETTER.format(number=1), encoding="utf-8")
    os.utime(tmp_path / "in" / "1.txt", (1, 1))
    backup = Backup(folder=tmp_path / "backups", keep=2, drill_days=7)
    settings = Settings(data_dir=tmp_path / "data", inbox=tmp_path / "in", workers=1, backup=backup)
    night(settings, NIGHT.date())
    return settings


def night(settings: Settings, day: date) -> str:
    """A night without its backup; the message that its report would send."""
    with open_store(settings.database) as store, run_of(store, "nightly") as (run, finish):
        done = whole_night(store, run, settings, day)
        finish(done.report.skipped)
    report = done.published.report
    return message(from_json(report.content), "https://duban.example.gov.cn") if report else ""


def kept(settings: Settings, now: datetime) -> Kept:
    found = keep_safe(settings, now)
    assert found is not None
    return found


def test_where_nothing_is_set_nothing_is_backed_up(office: Settings) -> None:
    assert keep_safe(office.model_copy(update={"backup": None}), NIGHT) is None


def test_each_night_backs_up_the_newest_stay_and_a_drill_comes_every_week(office: Settings, tmp_path: Path) -> None:
    nights = [kept(office, NIGHT + timedelta(days=day)) for day in range(9)]
    assert [one.trouble for one in nights] == [""] * 9
    assert [one.drilled for one in nights] == [True, *[False] * 6, True, False]
    assert len(list((tmp_path / "backups").glob("*.zip"))) == 2
    notes = read_notes(office.data_dir)
    assert notes["backup"]["at"].startswith("2027-01-13")
    assert notes["drill"]["at"].startswith("2027-01-12")


def test_a_night_a_little_early_still_counts_as_a_week(office: Settings) -> None:
    kept(office, NIGHT)
    assert kept(office, NIGHT + timedelta(days=7) - timedelta(minutes=5)).drilled


def test_after_a_clock_that_ran_ahead_the_drill_comes_at_once(office: Settings) -> None:
    kept(office, NIGHT + timedelta(days=900))
    assert kept(office, NIGHT).drilled


def test_a_backup_that_fails_is_told_in_the_morning_until_one_succeeds(office: Settings, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("no folder")
    failed = kept(office, NIGHT)
    assert failed.trouble.startswith("没有备份成：")
    assert "2027-01-05 夜里没有备份成" in (trouble_of(office.data_dir) or "")
    (tmp_path / "in" / "2.txt").write_text(LETTER.format(number=2), encoding="utf-8")
    os.utime(tmp_path / "in" / "2.txt", (1, 1))
    told = night(office, NIGHT.date() + timedelta(days=1))
    assert "2027-01-05 夜里没有备份成" in told
    assert told.splitlines()[1] == "打开早报：https://duban.example.gov.cn"
    (tmp_path / "backups").unlink()
    assert kept(office, NIGHT + timedelta(days=1)).trouble == ""
    assert trouble_of(office.data_dir) is None


def test_damaged_originals_are_told_and_no_older_backup_goes(office: Settings, tmp_path: Path) -> None:
    for day in range(2):
        kept(office, NIGHT + timedelta(days=day))
    (original,) = (office.data_dir / "originals").glob("*/*")
    original.write_text("changed")
    assert "1 个原件已经损坏" in kept(office, NIGHT + timedelta(days=2)).trouble
    assert len(list((tmp_path / "backups").glob("*.zip"))) == 3


def test_a_morning_without_news_is_one_line_though_an_address_is_set(office: Settings) -> None:
    assert len(night(office, NIGHT.date() + timedelta(days=1)).splitlines()) == 1


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[backup]\nkeep = 0", "[backup] 的 keep 的值 0 不对：不能小于 1"),
        ("[backup]\nwhere = 'x'", "[backup] 的 where 不是 duban 的设置"),
        ('runner = "dask"', "dask_scheduler"),
        ('runner = "many"', "应是"),
        ('dask_scheduler = "10.0.0.5"', "应以 tcp:// 或 tls:// 开头"),
        ('web_address = "duban"', "完整地址"),
    ],
)
def test_wrong_settings_are_named(toml: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "duban.toml").write_text(toml, encoding="utf-8")
    load.cache_clear()
    with pytest.raises(ConfigurationError) as wrong:
        load()
    assert words in str(wrong.value)
