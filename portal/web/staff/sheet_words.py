"""Words that stand in thousands of rows of one Excel file, each said once: a translation costs more than a cell."""

from functools import lru_cache

from flask_babel import gettext as _

from portal.domain.calendar import WorkingCalendar
from portal.queries.ledger import ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.web.filters import label, period
from portal.web.reminder_reasons import step_code, why, why_coming

_MOST_KEPT = 5000


class SheetWords:
    """The words of one file, in the language of its reader; made anew for each file."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.label = lru_cache(maxsize=None)(label)
        self.period = lru_cache(maxsize=_MOST_KEPT)(period)
        self.step = lru_cache(maxsize=None)(step_code)
        self.sample = str(_("contoh"))
        self.restricted = str(_("Naskah dibatasi"))


class Reasons:
    """Why reminders were or will be sent; rows of one day and step share their sentences."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        """Begin with nothing said, by this calendar."""
        self._calendar = calendar
        self._said: dict[tuple[object, ...], str] = {}

    def of(self, row: ReminderRow | ComingRow) -> str:
        """Return the sentences on a row."""
        key = (row.kind, row.ladder, row.step, row.target_on, *_rest(row))
        if key not in self._said:
            if len(self._said) >= _MOST_KEPT:
                self._said.clear()
            told = why_coming(row, self._calendar) if isinstance(row, ComingRow) else why(row, self._calendar)
            self._said[key] = " ".join(told)
        return self._said[key]


def _rest(row: ReminderRow | ComingRow) -> tuple[object, ...]:
    if isinstance(row, ComingRow):
        return row.audiences
    decided = (row.postponed_to, row.end_reason, row.decided_by, row.decision_reason)
    return (row.audience, row.planned_at, row.stage, *decided)
