"""An incident: recorded, whom the trail names, the letters of Art. 46, and closed when both sides were told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.policy import Actor, Role
from portal.models import Entry, Incident
from portal.services import audit
from tests.factories import make_account, make_partner
from tests.factories.instants import NOW

FIELDS = {
    "title": "Akun mitra disalahgunakan",
    "what": "Orang lain masuk dengan akun mitra.",
    "noticed_on": "2026-11-20",
    "noticed_hour": "9",
    "data_kinds": ["name", "contact"],
    "how": "Kata sandi tertebak pada 19 November.",
    "measures": "Semua sesi diakhiri.",
    "begins_on": "2026-11-19",
    "ends_on": "2026-11-21",
}


@pytest.fixture
def people(session):
    """Somebody whose account was used in the span, and somebody else in the same span of another organisation."""
    used = make_account(session, Role.PARTNER_WRITER, make_partner(session), name="Melati Kenari")
    other = make_account(session, Role.PARTNER_WRITER, make_partner(session), name="Surya Jalak")
    for account, at in ((used, NOW), (other, NOW), (other, NOW - timedelta(days=9))):
        actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
        audit.record(session, "signed_in", subject=account, actor=actor, now=at)
    session.commit()
    return used, other


def recorded(admin, **more):
    return admin.submit(admin.page("staff.incidents.create"), "Catat insiden", FIELDS | more)


def test_the_trail_names_whom_it_concerns_by_time_and_by_account(as_staff, people, session):
    admin = as_staff(Role.ADMIN)
    page = recorded(admin)
    assert "Melati Kenari" in page.text
    assert "Surya Jalak" in page.text
    one = recorded(admin, email=people[0].email)
    assert "Melati Kenari" in one.text
    assert "Surya Jalak" not in one.text
    first = session.scalars(select(Incident)).first()
    assert first.due_at - first.noticed_at == timedelta(hours=72)
    assert "incident_recorded" in session.scalars(select(Entry.action)).all()


def test_both_letters_say_what_when_how_and_what_is_done(as_staff, people, session):
    admin = as_staff(Role.ADMIN)
    recorded(admin)
    number = session.scalars(select(Incident.id)).one()
    for addressee in ("person_letter", "authority_letter"):
        text = admin.page(f"staff.incidents.{addressee}", incident_id=number).text
        for part in (
            FIELDS["what"],
            FIELDS["how"],
            FIELDS["measures"],
            "Nama, Alamat surel",
            "20 Nov 2026",
            "Pasal 46",
        ):
            assert part in text


def test_it_is_closed_only_when_a_person_and_the_authority_were_told(as_staff, people, session):
    admin = as_staff(Role.ADMIN)
    page = recorded(admin)
    refused = admin.submit(page, "Tutup insiden", expect=422)
    assert "Catat dulu surat" in refused.text
    page = admin.submit(page, "Catat surat terkirim", {"name": "Melati Kenari", "way": "mail"})
    page = admin.submit(page, "Catat surat terkirim", {"name": "", "way": "letter"})
    assert "Lembaga pelindungan data pribadi" in page.text
    assert "Ditutup" in admin.submit(page, "Tutup insiden").text
    late = admin.submit(page, "Catat surat terkirim", {"name": "Kenari Timur", "way": "mail"}, expect=422)
    assert "Kenari Timur" in late.one("//section[@id='isian']").text_content()


def test_an_unknown_account_is_refused_at_its_place_and_nothing_typed_is_lost(as_staff, people, session):
    admin = as_staff(Role.ADMIN)
    form = admin.page("staff.incidents.create")
    page = admin.submit(form, "Catat insiden", FIELDS | {"email": "tidak@ada.test"}, expect=422)
    assert "Tidak ada akun dengan surel ini." in page.text
    assert FIELDS["how"] in page.text
    assert as_staff(Role.OFFICER).get("staff.incidents.index").status_code == 403
    assert session.scalars(select(Incident)).all() == []
