"""A mail that has left is marked, also when the database ends the marking for another transaction's sake."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError

from portal.config import Smtp
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage, ReminderStage
from portal.jobs import deliver, remind
from portal.models import Reminder
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
"""Tuesday, 09.00 in Jakarta; the report is due in seven days."""


@pytest.fixture
def post(make_app, smtp, session):
    """The application with one mail to send, and its SMTP server."""
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session)
    make_account(session, Role.PARTNER_WRITER, debtor)
    make_occurrence(session, make_obligation(session, make_agreement(session, (ministry, debtor), ends_on=None)))
    session.commit()
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    remind.run(app, now=NOW)
    yield app
    deliver.transport(app).close()


@contextmanager
def given_up(smtp, times):
    """End the first statements after a mail has left, as a database ends a circle of waiting."""
    ended = []

    def end(connection, cursor, statement, values, context, many):
        if smtp.received and statement.startswith("UPDATE") and len(ended) < times:
            ended.append(statement)
            raise OperationalError(statement, values, Exception("deadlock detected"))

    event.listen(Engine, "before_cursor_execute", end)
    yield ended
    event.remove(Engine, "before_cursor_execute", end)


def test_a_mail_that_left_is_marked_after_the_database_gave_up_twice(post, smtp, session, outbox, caplog):
    with given_up(smtp, times=2) as ended:
        deliver.run(post, now=NOW)
    deliver.run(post, now=NOW)
    assert len(ended) == 2
    assert len(smtp.received) == 1
    assert [message.stage for message in outbox.all] == [MessageStage.SENT]
    assert set(session.scalars(select(Reminder.stage))) == {ReminderStage.SENT}
    assert caplog.text.count("gave up") == 2
