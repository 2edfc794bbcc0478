"""What a plan for dated duties does to their reminders in the days ahead, counted before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.duty_change import State
from portal.domain.obligation import OccurrenceStage
from portal.domain.reminder import Ladder, SubjectKind, day_of
from portal.queries import calendar_days
from portal.queries import reminders as reading
from portal.queries.reminder_subjects import OWED
from portal.services.duty_changes import DutyPlan
from portal.services.timetable import Line

AHEAD = timedelta(days=90)
"""So far ahead the effect on reminders is told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """How many steps of the ladders of dated duties begin and fall away in the days ahead."""

    begin: int
    fall: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Days:
    ladders: Sequence[Ladder]
    calendar: WorkingCalendar
    today: date

    def of(self, line: Line, state: State | None, stage: Stage) -> Iterable[date]:
        """Return the days ahead on which a date is reminded of."""
        if state is None or stage not in OWED or state["stage"] is not OccurrenceStage.OPEN:
            return ()
        came = (day_of(state["due_on"], step, self.calendar) for step in self._steps(line.obligation.ladder_id))
        return (day for day in came if self.today < day <= self.today + AHEAD)

    def _steps(self, ladder_id: int | None) -> Sequence[int]:
        of_duties = [one for one in self.ladders if one.kind is SubjectKind.OCCURRENCE]
        own = next((one for one in of_duties if ladder_id is not None and one.ladder_id == ladder_id), None)
        default = next((one for one in of_duties if one.is_default), None)
        found = own or default
        return found.steps if found else ()


def ahead(session: Session, plans: Iterable[DutyPlan], *, now: datetime) -> Steps:
    """Return how plans change the reminders of the next 90 days; a day and a duty count once.

    Days of years whose holidays are not loaded count as ordinary ones.
    """
    calendar = calendar_days.working_calendar(session).assumed()
    days = _Days(ladders=reading.list_ladders(session), calendar=calendar, today=office_date(now))
    before: set[tuple[int, str, date]] = set()
    after: set[tuple[int, str, date]] = set()
    for plan in plans:
        for line in plan.lines:
            key = (line.obligation.id, line.period_key)
            before |= {(*key, day) for day in days.of(line, line.before, plan.agreement.stage)}
            after |= {(*key, day) for day in days.of(line, line.after, plan.outlook.stage)}
    return Steps(begin=len(after - before), fall=len(before - after))
