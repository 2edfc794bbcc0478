"""What a mail costs on its way out is counted, not timed: statements, commits, and words with the server."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event

from portal.config import Smtp
from portal.domain.policy import Role
from portal.jobs import deliver, remind
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.databases import statements

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
"""Tuesday, 09.00 in Jakarta; the reports are due in seven days."""
FEW, MANY = 3, 18
MOST_STATEMENTS = 4
"""One marks the mail, one its reminders, one lets go of what came too late; SQLite's BEGIN is counted, too."""


def fill(session, mails):
    """So many more people whom something is to be told this morning."""
    ministry = make_ministry(session)
    for _ in range(mails):
        debtor = make_partner(session)
        make_account(session, Role.PARTNER_WRITER, debtor)
        make_occurrence(session, make_obligation(session, make_agreement(session, (ministry, debtor), ends_on=None)))
    session.commit()


@pytest.fixture
def post(make_app, smtp, session):
    """The application, sending to the test's SMTP server."""
    make_calendar(session)
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield app
    deliver.transport(app).close()


@contextmanager
def counted_commits():
    """Collect the connections that commit in a block."""
    committed = []

    def note(connection):
        committed.append(connection)

    event.listen(Engine, "commit", note)
    yield committed
    event.remove(Engine, "commit", note)


def test_each_mail_costs_one_commit_and_four_statements_at_most(post, smtp, session, tell, monkeypatch):
    # However slow the machine is: a batch is filled once.
    monkeypatch.setattr(deliver, "FRESH_SECONDS", 3600.0)
    ran, commits = {}, {}
    for mails in (FEW, MANY):
        fill(session, mails)
        remind.run(post, now=NOW)
        with counted_commits() as committed, statements() as ran[mails]:
            deliver.run(post, now=NOW)
        commits[mails] = len(committed)
    assert len(smtp.received) == FEW + MANY
    more = MANY - FEW
    each = (len(ran[MANY]) - len(ran[FEW])) / more
    tell("sending a mail", [f"{each:.1f} statements, {(commits[MANY] - commits[FEW]) / more:.1f} commits"])
    assert commits[MANY] - commits[FEW] == more
    assert each <= MOST_STATEMENTS
