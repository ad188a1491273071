"""The grammar of numbers and time: numerals, measures with their comparator, dates and periods."""
