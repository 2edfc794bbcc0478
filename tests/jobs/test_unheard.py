"""Nobody can be told: the next one in line hears, and when none is left the unit's mail box does, once a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.config import Smtp
from portal.domain.organisation import OrganisationKind, Zone
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage
from portal.jobs import deliver, remind
from portal.models import Account, Message
from portal.queries import calendar_days, home, unheard
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.organisations import make_organisation
from tests.harness.databases import statements

TUESDAY = date(2026, 11, 24)
"""Seven days before 1 December 2026."""
UNIT, MINISTRY = "unit@contoh.test", "kementerian@contoh.test"
FIRST, SECOND = "pertama@contoh.test", "kedua@contoh.test"


def wib(day, hour=8):
    """An hour in Jakarta."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=Zone.WIB.timezone).astimezone(UTC)


@pytest.fixture
def occurrence(session):
    """A report that two people of a partner are reminded of; the office's part of it belongs to a unit."""
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session, name="Yayasan Debitur")
    above = make_organisation(session, kind=OrganisationKind.UNIT, parent_id=ministry.id, is_ours=True, email=UNIT)
    unit = make_organisation(session, kind=OrganisationKind.UNIT, parent_id=above.id, is_ours=True)
    officer = make_account(session, Role.OFFICER, unit)
    make_account(session, Role.PARTNER_WRITER, debtor, email=FIRST)
    make_account(session, Role.PARTNER_RESPONSIBLE, debtor, email=SECOND)
    agreement = make_agreement(
        session, (ministry, debtor), officer_id=officer.id, unit_id=unit.id, ends_on=date(2029, 1, 1)
    )
    found = make_occurrence(session, make_obligation(session, agreement))
    session.commit()
    return found


@pytest.fixture
def post(make_app, smtp, occurrence):
    """The application, sending to the test's SMTP server."""
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield app
    deliver.transport(app).close()


def run(app, day, hour=8):
    remind.run(app, now=wib(day, hour))
    deliver.run(app, now=wib(day, hour))


def close(session, *addresses):
    for account in session.scalars(select(Account).where(Account.email.in_(addresses))):
        account.is_active = False
    session.commit()


def test_a_vanished_reader_leads_to_the_next_one_and_at_last_to_the_unit(post, smtp, session):
    close(session, FIRST)
    smtp.refuse[SECOND] = "550 5.1.1 unknown"
    run(post, TUESDAY)
    # The address was refused on this run; the next one finds nobody left.
    assert smtp.received == []
    deliver.run(post, now=wib(TUESDAY, 9))
    (mail,) = smtp.received
    assert mail.recipients == (UNIT,)
    assert mail.subject == "1 tenggat tanpa penerima pengingat"
    assert "Laporan pelaksanaan" in mail.text
    assert "Yayasan Debitur" in mail.text
    assert home.health(session, now=wib(TUESDAY, 9)).unheard == 1
    session.rollback()


def test_while_one_of_them_is_left_that_one_hears_and_nobody_is_alarmed(post, smtp, session):
    close(session, FIRST)
    run(post, TUESDAY)
    assert [mail.recipients for mail in smtp.received] == [(SECOND,)]
    assert home.health(session, now=wib(TUESDAY)).unheard == 0
    session.rollback()


def test_a_box_is_told_once_a_day_in_working_hours(post, smtp, session):
    close(session, FIRST, SECOND)
    for hour in (1, 7, 8, 9, 16, 18):
        run(post, TUESDAY, hour)
    assert len(smtp.to(UNIT)) == 1
    run(post, TUESDAY + timedelta(days=1))
    assert len(smtp.to(UNIT)) == 2
    run(post, date(2026, 11, 28))
    assert len(smtp.received) == 2


def test_what_nobody_hears_of_is_looked_for_every_ten_minutes_not_on_every_tick(post, session):
    looked = []
    for minutes in (0, 9, 10):
        with statements() as ran:
            deliver.run(post, now=wib(TUESDAY) + timedelta(minutes=minutes))
        looked.append(sum(" AS unheard" in each for each in ran))
    assert looked == [1, 0, 1]


def test_without_a_box_of_the_units_the_ministry_hears_and_without_any_only_the_page_tells(post, smtp, session):
    close(session, FIRST, SECOND)
    agreement_unit = session.scalars(select(Account).where(Account.email.like("orang%"))).first().organisation
    agreement_unit.parent.email = None
    session.commit()
    run(post, TUESDAY)
    assert smtp.received == []
    assert home.health(session, now=wib(TUESDAY)).unheard == 1
    make_ministry(session).email = MINISTRY
    session.commit()
    run(post, TUESDAY, 9)
    assert [mail.recipients for mail in smtp.received] == [(MINISTRY,)]


def test_an_alarm_that_waited_is_taken_back_when_somebody_is_there(post, smtp, session, occurrence):
    close(session, FIRST, SECOND)
    smtp.answers.append("451 4.3.0 later")
    run(post, TUESDAY)
    session.scalars(select(Account).where(Account.email == FIRST)).one().is_active = True
    session.commit()
    run(post, TUESDAY, 10)
    assert [mail.recipients for mail in smtp.received] == [(FIRST,)]
    stages = dict(session.execute(select(Message.recipient, Message.stage)).all())
    session.rollback()
    assert stages == {UNIT: MessageStage.CANCELLED, FIRST: MessageStage.SENT}


def test_an_end_and_a_notice_without_an_officer_are_unheard_and_restricted_titles_stay_inside(
    post, smtp, session, occurrence
):
    agreement = occurrence.obligation.agreement
    agreement.officer_id, agreement.is_confidential = None, True
    agreement.ends_on, agreement.notice_on = date(2026, 12, 20), date(2026, 12, 5)
    session.commit()
    calendar = calendar_days.working_calendar(session)
    found = unheard.subjects_without_recipient(session, today=TUESDAY, calendar=calendar, with_confidential=False)
    session.rollback()
    assert [(each.kind, each.title) for each in found] == [("notice", None), ("term_end", None)]
    deliver.run(post, now=wib(TUESDAY))
    (mail,) = smtp.to(UNIT)
    assert mail.subject == "2 tenggat tanpa penerima pengingat"
    assert mail.text.count("Naskah dibatasi (PKS-2024-0001)") == 2
    assert "Rehabilitasi" not in mail.text
