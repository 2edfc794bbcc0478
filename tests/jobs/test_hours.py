"""A worker that ticks every half minute sends at eight in each reader's zone, never after five, never on a free day."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from portal.config import Smtp
from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.reminder import ReminderStage
from portal.jobs import deliver, remind, worker
from portal.models import Reminder
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar

LAST_DAY = date(2026, 12, 23)
"""A Wednesday; joint leave, Christmas and a weekend follow."""
FREE = tuple(LAST_DAY + timedelta(days=n) for n in range(1, 5))
MONDAY = date(2026, 12, 28)
FROM_EAST = (Zone.WIT, Zone.WITA, Zone.WIB)
READERS = 3
"""In each zone."""
HALF_MINUTE = timedelta(seconds=30)

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def house(session, clock):
    """Partners in each zone, whose date is a week after the last day."""
    clock.set(local_instant(LAST_DAY, 0, Zone.WIB))
    make_calendar(session)
    ministry, found = make_ministry(session), {zone: [] for zone in FROM_EAST}
    for number in range(READERS * len(FROM_EAST)):
        zone = FROM_EAST[number % len(FROM_EAST)]
        debtor = make_partner(session, zone=zone)
        make_account(session, Role.PARTNER_WRITER, debtor, email=f"{zone.value.lower()}-{number}@contoh.test")
        obligation = make_obligation(session, make_agreement(session, (ministry, debtor), ends_on=None))
        make_occurrence(session, obligation, due_on=LAST_DAY + timedelta(days=7))
        found[zone].append(obligation)
    session.commit()
    return found


@pytest.fixture
def arrived(smtp, clock):
    """When each mail came, and to whom."""
    found = []
    smtp.before_answer = lambda mail: found.append((clock.now, mail.recipients[0]))
    return found


@pytest.fixture
def ticker(make_app, smtp):
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield worker.Ticker(app)
    deliver.transport(app).close()


def mornings(ticker, clock, day):
    """Tick from 07.59 in each zone, beginning in the east: what has not left two minutes after eight is late."""
    for zone in FROM_EAST:
        clock.set(local_instant(day, 8, zone) - timedelta(minutes=1))
        while clock.now <= local_instant(day, 8, zone) + timedelta(minutes=2):
            ticker.tick()
            clock.set(clock.now + HALF_MINUTE)


def evenings(ticker, clock, day, record):
    """At five in each zone something falls due; tick on into the evening."""
    for zone in FROM_EAST:
        clock.set(local_instant(day, 17, zone))
        record(zone)
        for minutes in (0, 0.5, 1, 30):
            clock.set(local_instant(day, 17, zone) + timedelta(minutes=minutes))
            ticker.tick()


def times(arrived, zone):
    """Day and time of each mail to a zone, as its readers see it, in order."""
    local = [at.astimezone(zone.timezone) for at, to in arrived if to.startswith(f"{zone.value.lower()}-")]
    return [(each.date(), each.time()) for each in local]


def test_mails_leave_from_eight_in_each_zone_and_none_after_five_or_on_a_free_day(
    house, session, app, ticker, arrived, clock
):
    def record(zone):
        for obligation in house[zone]:
            make_occurrence(session, obligation, period_key="2026-12", due_on=LAST_DAY + timedelta(days=8))
        session.commit()
        remind.run(app, now=clock.now)

    mornings(ticker, clock, LAST_DAY)
    assert len(arrived) == READERS * len(FROM_EAST)
    evenings(ticker, clock, LAST_DAY, record)
    for day in FREE:
        for hour in (0, 8, 12, 16):
            clock.set(local_instant(day, hour, Zone.WITA))
            ticker.tick()
    assert len(arrived) == READERS * len(FROM_EAST)
    mornings(ticker, clock, MONDAY)
    for zone in FROM_EAST:
        found = times(arrived, zone)
        assert [day for day, _ in found] == [LAST_DAY] * READERS + [MONDAY] * READERS
        assert all(time(8) <= at <= time(8, 5) for _, at in found)


def test_after_a_jump_of_thirty_days_everything_is_held_and_nothing_leaves(house, session, ticker, arrived, clock):
    ticker.tick()
    clock.set(local_instant(LAST_DAY + timedelta(days=30), 10, Zone.WIB))
    for _ in range(2):
        ticker.tick()
        clock.set(clock.now + HALF_MINUTE)
    session.rollback()
    fresh = session.scalars(select(Reminder.stage).where(Reminder.planned_on > LAST_DAY)).all()
    assert len(fresh) > READERS
    assert {ReminderStage.HELD} == set(fresh) - {ReminderStage.OVERTAKEN}
    assert arrived == []
