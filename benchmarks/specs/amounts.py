"""Adapters for money and for measured amounts.

Conventions that differ from ours, and are turned here: a currency is compared by its code (ISO 4217) and its value;
their English names are not ours. Names that several countries share (卢比), and parts of a currency printed alone
(5分钱), carry no code there: then the value alone is compared. Units are compared by their English names, in the
table below; 毫米 is printed as Micrometer there.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from benchmarks.specs.cases import Answer, Case
from benchmarks.specs.numbers import close
from extractors.numbers.amounts import Amount, find_dimensions, find_money

_NAMES = {
    "m": "Meter", "km": "Kilometer", "dm": "Decimeter", "cm": "Centimeter", "mm": "Millimeter Micrometer",
    "um": "Micrometer Microns Micron", "nm": "Nanometer", "pm": "Picometer", "li": "Li", "zhang": "Zhang",
    "chi": "Chi", "cun": "Cun", "mi": "Mile", "in": "Inch", "ft": "Foot", "yd": "Yard", "nmi": "Knot",
    "ly": "Light#year", "m/s": "Meter#per#second", "km/h": "Kilometer#per#hour", "km/min": "Kilometer#per#minute",
    "km/s": "Kilometer#per#second", "mi/h": "Mile#per#hour", "ft/s": "Foot#per#second", "ft/min": "Foot#per#minute",
    "yd/min": "Yard#per#minute", "yd/s": "Yard#per#second", "cm2": "Square#centimetre Square#centimeter",
    "dm2": "Square#decimeter", "m2": "Square#meter", "km2": "Square#kilometer", "ft2": "Square#foot",
    "in2": "Square#inch", "mi2": "Square#mile", "acre": "Acre", "are": "Acre Are", "ha": "Hectare", "mu": "Mu",
    "L": "Liter", "mL": "Milliliter", "m3": "Cubic#meter", "dm3": "Cubic#decimeter", "cm3": "Cubic#centimeter",
    "mm3": "Cubic#millimeter", "ft3": "Cubic#feet Cubic#foot", "gal": "Gallon", "pt": "Pint", "dou": "Dou",
    "dan": "Dan", "bbl": "Barrel", "pot": "Pot", "kg": "Kilogram", "jin": "Jin", "liang": "Liang",
    "mg": "Milligram", "ug": "Microgram", "g": "Gram", "t": "Ton", "lb": "Pound", "oz": "Ounce", "bit": "Bit",
    "kbit": "Kilobit", "Mbit": "Megabit", "B": "Byte", "kB": "Kilobyte", "MB": "Megabyte", "GB": "Gigabyte",
    "PB": "Petabyte", "Hz": "Hertz", "kHz": "Kilohertz", "MHz": "Megahertz", "GHz": "Gigahertz", "cal": "Calorie",
    "kcal": "Kilocalorie", "J": "Joule", "kJ": "Kilojoule", "W": "Watt", "kW": "Kilowatt", "MW": "Megawatt",
    "kWh": "Kilowatt-hour", "V": "Volt", "kV": "Kilovolt", "A": "Ampere", "N": "Newton", "kN": "Kilonewton",
    "Pa": "Pascal", "MPa": "Megapascal", "dB": "Decibel", "hp": "Horsepower", "deg": "Degree", "mol": "Mole",
    "kmol": "Kilomole",
}  # fmt: skip


def money(case: Case) -> list[Answer]:
    """CurrencyModel."""
    return [Answer(amount.start, amount.end, amount) for amount in find_money(case.text)]


def dimensions(case: Case) -> list[Answer]:
    """DimensionModel."""
    return [Answer(amount.start, amount.end, amount) for amount in find_dimensions(case.text)]


def same_money(wanted: dict[str, Any], said: Amount) -> bool:
    """Whether value and code are ours."""
    printed = wanted["Resolution"]
    code = printed.get("isoCurrency")
    return _same_value(printed.get("value"), said.value) and (code is None or code == said.unit)


def same_dimension(wanted: dict[str, Any], said: Amount) -> bool:
    """Whether value and unit are ours."""
    printed = wanted["Resolution"]
    names = [name.replace("#", " ").lower() for name in _NAMES.get(said.unit, "").split()]
    return _same_value(printed.get("value"), said.value) and printed["unit"].lower() in names


def _same_value(printed: str | None, said: Decimal | None) -> bool:
    if printed is None or said is None:
        return printed is None and said is None
    return close(Decimal(printed), said)
