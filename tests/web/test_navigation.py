"""Pages without an entry of their own leave the entry that they belong to marked."""

import pytest

from portal.domain.policy import Role
from tests.factories import make_account, make_partner


def marked(page):
    """The addresses of the entries that are marked as the current ones."""
    return {one.get("href") for one in page.all("//nav//a[@aria-current]")}


@pytest.mark.parametrize(
    ("endpoint", "entry"),
    [
        ("staff.calendar_feeds.index", "/kantor/kalender"),
        ("staff.reliefs.index", "/kantor/kewajiban"),
        ("staff.reminder_people.mine", "/kantor/pengingat"),
    ],
)
def test_a_page_of_the_office_marks_the_entry_it_belongs_to(as_staff, endpoint, entry):
    assert marked(as_staff().page(endpoint)) == {entry}


def test_a_partners_subscription_belongs_to_the_reports(as_account, session):
    writer = make_account(session, Role.PARTNER_WRITER, make_partner(session))
    assert marked(as_account(writer).page("partner.calendar_feeds.index")) == {"/mitra/laporan"}
