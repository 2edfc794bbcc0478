"""A digest says for whom its reader stands in and until when, at those lines alone."""

from datetime import date, timedelta

import pytest

from portal.config import Smtp
from portal.domain.policy import Role
from portal.jobs import deliver, remind
from portal.models import Absence
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

TUESDAY = date(2026, 12, 1)
AT = NOW.replace(year=2026, month=12, day=1, hour=2)


@pytest.fixture
def post(make_app, smtp, session):
    """The application, sending to the test's SMTP server."""
    make_calendar(session)
    session.commit()
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield app
    deliver.transport(app).close()


def away(session, account, deputy=None, *, until):
    spans = {"starts_on": date(2026, 11, 20), "ends_on": until, "recorded_at": NOW}
    session.add(Absence(account_id=account.id, deputy_id=deputy.id if deputy else None, **spans))
    session.flush()


def due_today(session, officer, title, *, days_ago=0):
    parties = (make_ministry(session), make_partner(session))
    unit = officer.organisation_id
    agreement = make_agreement(session, parties, officer_id=officer.id, unit_id=unit, ends_on=date(2029, 1, 1))
    duty = make_obligation(session, agreement, title=title)
    return make_occurrence(session, duty, due_on=TUESDAY - timedelta(days=days_ago))


def said_to(app, smtp, session, account):
    """The paragraphs of the mail to somebody, and the mail."""
    address = account.email
    session.commit()
    remind.run(app, now=AT)
    deliver.run(app, now=AT)
    (mail,) = smtp.to(address)
    return mail, mail.text.split("\n\n")


def test_the_line_of_a_deputy_names_who_is_away_and_own_lines_do_not(post, smtp, session):
    officer, deputy = make_account(session, name="Bimo"), make_account(session, name="Ratna")
    away(session, officer, deputy, until=date(2026, 12, 4))
    due_today(session, officer, "Titipan")
    due_today(session, deputy, "Milik sendiri")
    mail, paragraphs = said_to(post, smtp, session, deputy)
    (told,) = [each for each in paragraphs if "Anda menggantikan" in each]
    assert told.startswith("Titipan")
    assert "Anda menggantikan Bimo sampai Jumat, 4 Desember 2026." in told
    assert "Milik sendiri" in mail.text
    assert "Anda menggantikan Bimo" in mail.message.get_body(("html",)).get_content()


def test_a_director_in_place_of_the_only_head_is_told_so(post, smtp, session):
    officer = make_account(session, name="Bimo")
    head, director = make_account(session, Role.HEAD, name="Kepala"), make_account(session, Role.DIRECTOR)
    away(session, head, until=TUESDAY)
    due_today(session, officer, "Terlambat dua minggu", days_ago=14)
    mail, _ = said_to(post, smtp, session, director)
    assert "Anda menggantikan Kepala sampai Selasa, 1 Desember 2026." in mail.text
