"""What a night does for the day when everything else is lost: a backup, and a restore drill every so many days.

It comes after the night's run has ended, so that what is kept is a night that is whole. What goes wrong here spoils no
night: it is noted, told by the command and in the next morning report, and `duban doctor` sees how old the last one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flows.keeping import back_up, drill
from flows.keeping_notes import note, read_notes
from flows.settings import Settings
from models.errors import DubanError

_FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Kept:
    """The night's backup, whether it was restored for practice, how many older ones went; or what went wrong."""

    path: Path | None = None
    drilled: bool = False
    removed: int = 0
    trouble: str = ""


def keep_safe(settings: Settings, now: datetime) -> Kept | None:
    """Backs up and practises as `[backup]` says; None where nothing is set."""
    if settings.backup is None:
        return None
    try:
        kept = _backed_up(settings, now)
    except (DubanError, OSError) as error:
        kept = Kept(trouble=f"没有备份成：{error}")
    _remember(settings, kept, now)
    return kept


def trouble_of(data_dir: Path) -> str | None:
    """What went wrong with the last night's backup or drill, with its day; None where nothing did."""
    told = read_notes(data_dir).get(_FAILED) or {}
    return f"{str(told.get('at', ''))[:10]} 夜里{told['why']}" if told.get("why") else None


def _backed_up(settings: Settings, now: datetime) -> Kept:
    wanted = settings.backup
    assert wanted is not None
    made = back_up(settings, wanted.folder, now=now, keep=wanted.keep, originals=wanted.originals)
    kept = Kept(made.path, removed=len(made.removed))
    if made.damage:
        return Kept(
            made.path, trouble=f"备份了，但有 {len(made.damage)} 个原件已经损坏，旧的备份一份没有删（duban verify）"
        )
    if not _due(settings, now):
        return kept
    try:
        restored = drill(settings, made.path, now=now)
    except (DubanError, OSError) as error:
        return Kept(made.path, removed=kept.removed, trouble=f"备份了，恢复演练没有做成：{error}")
    if restored.damage:
        found = f"备份了，恢复演练发现 {len(restored.damage)} 处问题（duban verify 看详情）"
        return Kept(made.path, removed=kept.removed, trouble=found)
    return Kept(made.path, drilled=True, removed=kept.removed)


def _due(settings: Settings, now: datetime) -> bool:
    """Whether the last drill is so many days ago; a little less counts, too: nights don't begin at one second."""
    days = settings.backup.drill_days if settings.backup else 0
    if not days:
        return False
    try:
        last = datetime.fromisoformat(read_notes(settings.data_dir)["drill"]["at"])
        return now - last > timedelta(days=days) - timedelta(hours=6) or last > now
    except (KeyError, TypeError, ValueError):
        return True


def _remember(settings: Settings, kept: Kept, now: datetime) -> None:
    try:
        note(settings.data_dir, _FAILED, {"at": now.isoformat(), "why": kept.trouble} if kept.trouble else {})
    except OSError:
        return  # a disk that takes nothing has been told above
