"""`duban doctor`: everything that must be in order, looked at, each with a word on what to do. Nothing is changed.

A check is a function that takes the patient and yields what it finds; one that fails itself is a finding, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from flows import doctor_database, doctor_machine, doctor_office
from flows.patient import Patient
from flows.settings import load
from models.errors import ConfigurationError, DubanError
from models.health import Checkup, Health

Check = Callable[[Patient], Iterator[Checkup]]
CHECKS: tuple[Check, ...] = (*doctor_machine.CHECKS, *doctor_database.CHECKS, *doctor_office.CHECKS)


def examine(now: datetime) -> list[Checkup]:
    """All checks in their order. With settings that can't be read there is only that to tell."""
    try:
        settings = load()
    except ConfigurationError as error:
        return [Checkup("settings", Health.BAD, str(error), "改正这项设置（duban.toml 或环境变量）")]
    patient = Patient(settings, now.astimezone(ZoneInfo(settings.timezone)))
    try:
        return [found for check in CHECKS for found in _checked(check, patient)]
    finally:
        patient.close()


def _checked(check: Check, patient: Patient) -> list[Checkup]:
    topic = check.__name__.removeprefix("check_")
    try:
        return list(check(patient))
    except (OSError, DubanError, ValueError, LookupError) as error:
        return [Checkup(topic, Health.BAD, f"查不了：{error}", "先解决这个错误，再运行一次 duban doctor")]
