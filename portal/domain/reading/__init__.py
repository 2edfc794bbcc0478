"""Readers of what Indonesian texts say: numbers in words, dates, terms, money. They judge nothing."""

from portal.domain.reading.dates import FoundDate, dates, day_of, weekday_number
from portal.domain.reading.numbers import FoundMoney, FoundNumber, money, number, numbers
from portal.domain.reading.terms import FoundTerm, term

__all__ = [
    "FoundDate",
    "FoundMoney",
    "FoundNumber",
    "FoundTerm",
    "dates",
    "day_of",
    "money",
    "number",
    "numbers",
    "term",
    "weekday_number",
]
