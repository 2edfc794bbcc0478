"""Numbers are kept while nothing changes, and never longer."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.models import RegisterChange, plan_change
from portal.models.scope import OfficeScope, ScopedSession
from portal.queries import agreement_list, kept_numbers
from portal.services import reminders
from tests.factories import make_agreement, make_obligation, make_occurrence
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

TODAY = date(2026, 11, 21)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def reader(engine):
    """A session of the office that only reads, on a connection of its own."""
    with ScopedSession(bind=engine) as opened:
        opened.work_for(OfficeScope())
        yield opened


def told(session):
    """How many agreements the list tells of, in a transaction of its own."""
    number = agreement_list.tally(session, officer_id=None, with_confidential=True, today=TODAY).total
    session.rollback()
    return number


def test_what_did_not_change_is_counted_once(session, reader):
    make_agreement(session)
    session.commit()
    counted: list[int] = []
    for _ in range(3):
        assert kept_numbers.keep(reader, ("once",), lambda: counted.append(1) or len(counted)) == 1
    assert counted == [1]


def test_a_change_is_told_at_once_and_its_rollback_too(session, reader):
    before = told(reader)
    make_agreement(session)
    session.flush()
    inside = agreement_list.tally(session, officer_id=None, with_confidential=True, today=TODAY).total
    assert inside == before + 1
    session.rollback()
    assert told(reader) == before
    make_agreement(session)
    session.commit()
    assert told(reader) == before + 1


def test_a_sweep_that_takes_the_notes_away_keeps_nothing_alive(session, reader):
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    reminders.sweep(session, now=NOW)
    session.commit()
    before = told(reader)
    make_agreement(session)
    session.commit()
    reminders.sweep(session, now=NOW)
    session.commit()
    assert told(reader) == before + 1


def test_a_change_of_dates_leaves_what_rests_on_the_register_alone(session, reader):
    agreement = make_agreement(session)
    session.commit()
    counted: list[int] = []

    def asked() -> int:
        number = kept_numbers.keep(reader, ("of it",), lambda: counted.append(1) or len(counted), of_register=True)
        reader.rollback()
        return number

    assert asked() == 1
    make_occurrence(session, make_obligation(session, agreement))
    session.commit()
    assert asked() == 1
    agreement.title = "Kerja sama lain"
    session.commit()
    assert asked() == 2


def test_old_notes_of_the_register_go_and_what_is_kept_stays_true(session, reader):
    make_agreement(session)
    session.commit()
    before = told(reader)
    plan_change.trim_register(session, before=LATER)
    session.commit()
    assert session.scalar(select(func.count()).select_from(RegisterChange)) == 1
    make_agreement(session)
    session.commit()
    assert told(reader) == before + 1
    plan_change.trim_register(session, before=LATER)
    session.commit()
    assert told(reader) == before + 1
