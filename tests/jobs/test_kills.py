"""Workers are killed at any moment: nothing is planned twice or lost, few mails arrive twice (platform A2.7)."""

import json
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage, ReminderStage
from portal.models import Message, Reminder
from portal.services import notices
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.source import ROOT
from tests.jobs.killed_worker import WORKERS

PROGRAM = Path(__file__).with_name("killed_worker.py")
NOW = datetime(2026, 11, 24, 9, tzinfo=Zone.WIB.timezone).astimezone(UTC)
"""Seven days before the first of December, in working hours."""
PARTNERS = 40
NOTICES = 60
KILLS = 12
SECONDS = 180
"""Only a stop for a run that hangs; on two free cores it takes about ten seconds."""

pytestmark = pytest.mark.kill


def fill(session):
    """Forty partners with a date each, and sixty mails that wait."""
    make_calendar(session)
    ministry = make_ministry(session)
    for number in range(PARTNERS):
        debtor = make_partner(session)
        writer = make_account(session, Role.PARTNER_WRITER, debtor)
        make_occurrence(session, make_obligation(session, make_agreement(session, (ministry, debtor), ends_on=None)))
        if number < NOTICES // 3:
            values = dict.fromkeys(notices.NEEDS["report_accepted"], "2026-11-24") | {"period_key": "once"}
            for place in range(3):
                notices.enqueue(
                    session, template="report_accepted", account=writer, values=values, slot=f"uji-{place}", now=NOW
                )
    session.commit()


def start(settings):
    """Start the program that keeps three workers running, with the project on its path."""
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), json.dumps(settings)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        text=True,
    )


def unfinished(session):
    """How many messages and reminders have not arrived yet; nothing planned counts as unfinished, too."""
    session.rollback()
    messages = session.scalar(select(func.count()).where(Message.stage != MessageStage.SENT))
    reminders = session.scalar(select(func.count()).where(Reminder.stage == ReminderStage.SENT))
    session.rollback()
    return messages + PARTNERS - reminders


@pytest.mark.parametrize(("wanted", "lease_seconds"), [(KILLS, 2), (0, 60)])
def test_killed_workers_lose_nothing_and_plan_nothing_twice(session, database, smtp, tmp_path, wanted, lease_seconds):
    """Without a death every message arrives exactly once."""
    fill(session)
    database.touch()
    settings = {
        "database_url": database.url,
        "files_dir": str(tmp_path),
        "port": smtp.port,
        "now": NOW.isoformat(),
        "lease_seconds": lease_seconds,
    }
    kills = kill_until_done(start(settings), session, smtp, wanted)
    assert kills == wanted
    check(session, smtp, kills)


def kill_until_done(keeper, session, smtp, wanted):
    """Kill workers at random moments once the first mail has arrived; then let them finish. Return how many died."""
    chance, kills, deadline = Random(1), 0, time.monotonic() + SECONDS
    with keeper:
        while time.monotonic() < deadline and (kills < wanted or unfinished(session)):
            time.sleep(chance.uniform(0.02, 0.25))
            if kills < wanted and smtp.received:
                keeper.stdin.write(f"{chance.randrange(WORKERS)}\n")
                keeper.stdin.flush()
                kills += 1
        keeper.stdin.close()
    return kills


def check(session, smtp, kills):
    """Everything arrived, doubles are no more than kills and carry the same Message-ID, plans are single."""
    session.rollback()
    assert unfinished(session) == 0
    arrived = Counter(mail.message_id for mail in smtp.received)
    made = set(session.scalars(select(Message.message_id)))
    assert {key.strip("<>").partition("@")[0] for key in arrived} == made
    assert len(made) == NOTICES + PARTNERS
    assert sum(arrived.values()) - len(arrived) <= kills
    keys = session.execute(select(Reminder.subject_id, Reminder.target_on, Reminder.step, Reminder.account_id)).all()
    assert len(keys) == len(set(keys)) == PARTNERS
    assert {key.step for key in keys} == {-7}
    assert all(key.target_on == date(2026, 12, 1) for key in keys)
