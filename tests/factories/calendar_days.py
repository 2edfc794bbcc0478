"""The office's calendar for tests: the holidays of 2025 to 2027 as they are shipped."""

from portal.models import CalendarDay
from portal.services import reference


def make_calendar(session):
    """Load the shipped holidays and return how many there are."""
    content = reference.read("holidays")
    rows = [
        CalendarDay(
            day=row["day"],
            name=row["name"],
            kind=row["kind"],
            source=content["source"][row["source"]],
            confirmed=row["confirmed"],
        )
        for row in content["holiday"]
    ]
    session.add_all(rows)
    session.flush()
    return len(rows)
