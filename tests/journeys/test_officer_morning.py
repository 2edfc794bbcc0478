"""An officer's morning at 08:05: first page, bell, digest mail and calendar agree to the last number."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.reminder import ReminderStage
from portal.jobs import deliver, remind
from portal.models import Account, Message, Reminder
from tests.harness.clock import StandingClock
from tests.harness.postbox import Postbox
from tests.harness.sample import SampleHouse
from tests.journeys.conftest import Enter

OFFICER = "ratna@kemensos.example"
TUESDAY = date(2026, 11, 24)
COUNTS = ("Terlambat", "7 hari ke depan", "Menunggu telaah", "Diingatkan hari ini")
WITHOUT_TERMS = "tanpa=berakhir,pemberitahuan,perpanjangan"


def numbers(text: str) -> list[int]:
    """Every number of a text, in order."""
    return [int(found) for found in re.findall(r"\b\d+\b", text)]


def told(mail: str) -> dict[str, int]:
    """The counts at the head of the digest."""
    found = {name: re.search(rf"^{name}: (\d+)$", mail, re.MULTILINE) for name in COUNTS}
    return {name: int(match.group(1)) for name, match in found.items() if match}


def days_of(page: Page, links: str) -> dict[int, int]:
    """The days of a month that have deadlines, and how many, as a screen reader hears them."""
    heard = [each.text_content() or "" for each in page.locator(links).all()]
    found = [re.search(r"^\s*(\d+).*?(\d+) tenggat", text, re.DOTALL) for text in heard]
    return {int(match.group(1)): int(match.group(2)) for match in found if match}


@pytest.mark.browser
def test_an_officers_morning_agrees_to_the_last_number(
    house: SampleHouse, smtp: Postbox, clock: StandingClock, browse, enter: Enter
):
    clock.set(local_instant(TUESDAY, 8, Zone.WIB))
    remind.run(house.app, now=clock.now)
    clock.advance(minutes=5)
    deliver.run(house.app, now=clock.now)
    (mail,) = [each for each in smtp.to(OFFICER) if told(each.text)]
    counts = told(mail.text)
    assert set(counts) == set(COUNTS)
    assert counts["Diingatkan hari ini"] > 0

    page: Page = browse()
    enter(page, OFFICER)
    late, soon, _ = numbers((page.locator(".page-head-lead").text_content() or "").partition("Ada ")[2])
    assert {"Terlambat": late, "7 hari ke depan": soon}.items() <= counts.items()
    bell = numbers(page.get_by_role("link", name="Lonceng").text_content() or "0")
    at_home = days_of(page, ".month-grid a")

    page.goto("/kantor/lonceng")
    lead = numbers(page.locator(".page-head-lead").text_content() or "")
    assert lead == [late, soon, 7, counts["Menunggu telaah"]]
    unread = page.locator(".bell-line").filter(has_text="Baru")
    assert bell == [unread.count()]
    me = house.session.scalars(select(Account).where(Account.email == OFFICER)).one()
    sent = house.session.scalars(
        select(Reminder).where(Reminder.account_id == me.id, Reminder.stage == ReminderStage.SENT)
    )
    notices = unread.filter(has=page.locator("form[action*='/kabar/']"))
    assert counts["Diingatkan hari ini"] == len(sent.all()) == unread.count() - notices.count()

    page.goto(f"/kantor/kalender/2026-11?{WITHOUT_TERMS}")
    assert days_of(page, ".month-table .month-day") == at_home
    assert at_home
    house.session.rollback()
    digest = house.session.scalars(select(Message).where(Message.recipient == OFFICER, Message.slot == "digest")).one()
    assert mail.subject == digest.subject == f"{late} terlambat, {soon} dalam 7 hari ke depan"
