"""The calendar for tests: one holiday a year, so that the working days of 2015 to 2035 are known."""

from datetime import date

from portal.models import CalendarDay


def make_calendar(session):
    """Save New Year's Day of each year."""
    for year in range(2015, 2036):
        session.add(CalendarDay(day=date(year, 1, 1), name="Tahun Baru", kind="national", source="uji", confirmed=True))
    session.flush()
