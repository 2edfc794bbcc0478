"""The page of jobs: what ran and did not, what waits, the fate of a test mail, and the alarm on every page."""

from datetime import timedelta

import pytest

from portal.domain.reminder import MessageStage
from portal.models import SweepLog
from portal.services import job_runs
from tests.factories.calendar_days import make_calendar
from tests.harness.clock import START

MONDAY_NOON = START + timedelta(days=2, hours=3)
"""START is a Saturday; this lies in working hours of the Monday after it."""


@pytest.fixture
def ran(session, clock):
    """On Monday the planner ran an hour ago and mail was sent a moment ago."""
    make_calendar(session)
    clock.set(MONDAY_NOON)
    session.add(SweepLog(day=clock.today, at=clock.now - timedelta(hours=1), planned=3))
    job_runs.note(session, "remind", "WIB", outcome="ok", detail="3 direncanakan", now=clock.now - timedelta(hours=1))
    job_runs.beat(session, "deliver", detail="2 terkirim, 0 gagal", now=clock.now)
    session.commit()


def test_every_job_shows_its_last_and_next_run(as_staff, ran):
    page = as_staff().page("staff.jobs.index")
    assert "Merencanakan pengingat yang harinya sudah tiba." in page.main
    assert "3 direncanakan" in page.main
    assert "2 terkirim, 0 gagal" in page.main
    assert "sejak" not in page.main


def test_the_numbers_of_a_monitor_stand_on_the_page(as_staff, ran):
    facts = as_staff().page("staff.jobs.index").main
    for label in ("Pekerja terakhir berdetak", "Cadangan terakhir yang berhasil", "Ukuran basis data"):
        assert label in facts
    assert "belum pernah" in facts


def test_a_failure_is_told_until_a_later_run_went_well(as_staff, session, clock, ran):
    job_runs.fail(session, "remind", detail="Kalender 2027 belum dimuat", now=clock.now)
    assert "Kalender 2027 belum dimuat" in as_staff().page("staff.jobs.index").main
    job_runs.note(session, "remind", "WITA", outcome="ok", detail="0", now=clock.now + timedelta(minutes=1))
    assert "Kalender 2027 belum dimuat" not in as_staff().page("staff.jobs.index").main


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (timedelta(seconds=115), None),
        (timedelta(seconds=125), "Surel tidak dikirim lagi sejak"),
        (timedelta(hours=14), "Surel tidak dikirim lagi sejak"),
        (timedelta(hours=26), "Pengingat tidak direncanakan lagi sejak"),
    ],
)
def test_what_stands_still_is_told_on_every_page(as_staff, ran, clock, after, said):
    clock.set(clock.now + after)
    text = as_staff().page("staff.agreements.index").text
    assert (said in text) if said else ("tidak dikirim lagi" not in text and "tidak direncanakan lagi" not in text)


@pytest.mark.parametrize(("minutes", "is_told"), [(4, False), (6, True)])
def test_a_portal_that_never_had_a_worker_says_so_once_it_had_time_to_start_one(as_staff, clock, minutes, is_told):
    officer = as_staff()
    clock.advance(minutes=minutes)
    assert ("belum pernah dikirim sejak portal ini dipasang" in officer.page("staff.agreements.index").text) is is_told


def test_a_test_mail_goes_through_the_outbox_and_shows_its_fate(as_staff, session, outbox, ran):
    officer = as_staff()
    page = officer.submit(officer.page("staff.jobs.index"), "Kirim surel uji")
    assert "Menunggu dikirim" in page.main
    (message,) = outbox.of("test_mail")
    assert message.recipient == officer.account.email
    message.stage, message.last_error = MessageStage.DEAD, "550 5.1.1 unknown"
    session.commit()
    assert "550 5.1.1 unknown" in officer.page("staff.jobs.index").main
