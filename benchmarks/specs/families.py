"""Which adapter answers for which family of case files."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.specs import amounts, dates, numbers
from benchmarks.specs.cases import Adapter, Agrees


@dataclass(frozen=True, slots=True)
class Family:
    """An adapter, and when what it says agrees with a printed result."""

    adapter: Adapter
    agrees: Agrees


FAMILIES = {
    "NumberModel": Family(numbers.numbers, numbers.same_value),
    "CurrencyModel": Family(amounts.money, amounts.same_money),
    "DimensionModel": Family(amounts.dimensions, amounts.same_dimension),
    "DateExtractor": Family(dates.days, dates.same_span),
    "DateParser": Family(dates.days, dates.same_day),
    "DatePeriodExtractor": Family(dates.periods, dates.same_span),
    "DatePeriodParser": Family(dates.periods, dates.same_period),
    "DurationExtractor": Family(dates.lengths, dates.same_span),
    "DurationParser": Family(dates.lengths, dates.same_length),
    "PercentModel": Family(numbers.percents, numbers.same_value),
    "NumberRangeModel": Family(numbers.ranges, numbers.same_interval),
}
