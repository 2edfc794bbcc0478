"""The words of the field in Indonesian: numbers, dates, turns of phrase, the label of every enum.

Pages translate what they show; this package knows Indonesian only. English dates on screen
are made by Babel elsewhere.
"""

from portal.domain.marking import N_
from portal.domain.wording.days import (
    MONTHS,
    MONTHS_SHORT,
    WEEKDAYS,
    date_digits,
    date_in_words,
    date_long,
    date_short,
    date_spelled,
    date_with_weekday,
    days_left,
    days_left_message,
    month,
    month_number,
    months_in_words,
    term_in_words,
    weekday,
    years_in_words,
)
from portal.domain.wording.labels import LABELS, label
from portal.domain.wording.numbers import (
    figure_and_words,
    grouped,
    in_words,
    letter,
    roman,
    rupiah,
    rupiah_in_full,
    rupiah_words,
)
from portal.domain.wording.phrases import (
    PartyStyle,
    capitalised,
    joined,
    name_in_capitals,
    ordinal,
    ordinal_party,
    ordinal_word,
)

__all__ = [
    "LABELS",
    "MONTHS",
    "MONTHS_SHORT",
    "N_",
    "WEEKDAYS",
    "PartyStyle",
    "capitalised",
    "date_digits",
    "date_in_words",
    "date_long",
    "date_short",
    "date_spelled",
    "date_with_weekday",
    "days_left",
    "days_left_message",
    "figure_and_words",
    "grouped",
    "in_words",
    "joined",
    "label",
    "letter",
    "month",
    "month_number",
    "months_in_words",
    "name_in_capitals",
    "ordinal",
    "ordinal_party",
    "ordinal_word",
    "roman",
    "rupiah",
    "rupiah_in_full",
    "rupiah_words",
    "term_in_words",
    "weekday",
    "years_in_words",
]
