"""A deadline passes: one mail arrives, the ledger says why, and neither a second nor a killed run adds one."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.jobs import deliver, remind
from portal.models import Account, Message, Occurrence, Reminder
from tests.harness.clock import StandingClock
from tests.harness.postbox import Postbox
from tests.harness.sample import SampleHouse
from tests.harness.source import ROOT
from tests.journeys.conftest import Enter

OFFICER, PARTNER = "ratna@kemensos.example", "siti@arunika.example"

KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from portal import clock
from portal.app import create_app
from portal.config import Config, Smtp
from portal.jobs import deliver, remind
url, files, port, now, ready = sys.argv[1:]
clock.set_fixed(datetime.fromisoformat(now))
app = create_app(Config(database_url=url, files_dir=Path(files), secret_key="x" * 40, base_url="http://localhost",
                        testing=True, secure_cookies=False, smtp=Smtp(host="127.0.0.1", port=int(port), tls="none")))
Path(ready).write_text("ready")
while True:
    remind.run(app, now=clock.now())
    deliver.run(app, now=clock.now())
"""


def run_once(house: SampleHouse, clock: StandingClock) -> None:
    """What a tick of the worker does."""
    remind.run(house.app, now=clock.now)
    deliver.run(house.app, now=clock.now)


def run_and_kill(house: SampleHouse, clock: StandingClock, smtp: Postbox, folder) -> None:
    """Let a worker of its own run for a moment and kill it in the middle of whatever it does."""
    ready, settings = folder / "ready", house.app.config["SETTINGS"]
    words = [settings.database_url, str(settings.files_dir), str(smtp.port), clock.now.isoformat(), str(ready)]
    worker = subprocess.Popen([sys.executable, "-c", KILLED, *words], cwd=ROOT, env={**os.environ, "PYTHONPATH": "."})
    while not ready.exists():
        assert worker.poll() is None
        time.sleep(0.05)
    time.sleep(0.5)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=10)


def overdue_of_partner(house: SampleHouse) -> Occurrence:
    """The next open report of the partner of this journey."""
    siti = house.session.scalars(select(Account).where(Account.email == PARTNER)).one()
    reminder = house.session.scalars(
        select(Reminder).where(Reminder.account_id == siti.id, Reminder.step > 0).order_by(Reminder.id)
    ).first()
    assert reminder is not None
    found = house.session.get(Occurrence, reminder.subject_id)
    assert found is not None
    return found


@pytest.mark.browser
@pytest.mark.kill
def test_a_deadline_becomes_one_mail_and_its_reason_stands_in_the_ledger(
    house: SampleHouse, smtp: Postbox, clock: StandingClock, browse, enter: Enter, tmp_path
):
    clock.set(local_instant(clock.today + timedelta(days=31), 9, Zone.WIB))
    run_once(house, clock)
    received = Counter(mail.message_id for mail in smtp.received)
    assert received
    assert set(received.values()) == {1}
    assert len(smtp.to(PARTNER)) >= 1

    run_once(house, clock)
    run_and_kill(house, clock, smtp, tmp_path)
    run_once(house, clock)
    assert Counter(mail.message_id for mail in smtp.received) == received
    sent = house.session.scalar(select(func.count()).select_from(Message).where(Message.sent_at.is_not(None)))
    assert sent == len(smtp.received)

    late = overdue_of_partner(house)
    title = late.obligation.title
    house.session.rollback()
    page: Page = browse()
    enter(page, OFFICER)
    page.goto("/kantor/pengingat?keadaan=terkirim")
    page.get_by_role("link", name="Terkirim").first.click()
    expect(page.get_by_text(title).first).to_be_visible()
    page.get_by_text("Mengapa").first.click()
    expect(page.get_by_text("sesudah").first).to_be_visible()
