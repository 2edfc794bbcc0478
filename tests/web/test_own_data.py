"""What the portal keeps about oneself: readable, as a file, and something to ask about it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.personal import RequestKind, RequestStage
from portal.domain.policy import Role
from portal.models import Contact, DataRequest, Entry
from tests.factories import make_account, make_partner
from tests.factories.instants import NOW


@pytest.fixture
def account(session):
    """A partner's person, also a contact of its organisation; another organisation knows a namesake."""
    own, other = make_partner(session), make_partner(session)
    made = make_account(session, Role.PARTNER_WRITER, own)
    session.add(Contact(organisation_id=own.id, name=made.name, position="Bendahara kenari"))
    session.add(Contact(organisation_id=other.id, name=made.name, position="Juru masak jalak"))
    session.add(Contact(organisation_id=own.id, name="Orang Lain", position="Sopir"))
    session.commit()
    return made


@pytest.fixture
def person(as_account, account):
    """The same person, signed in."""
    return as_account(account)


def test_the_page_shows_account_contacts_and_sessions_and_no_namesake(person, account):
    page = person.page("own_data.show")
    assert account.email in page.text
    assert "Bendahara kenari" in page.text
    assert "Juru masak jalak" not in page.text
    assert "Orang Lain" not in page.text


def test_the_file_has_everything_and_leaves_a_trace(person, account, session):
    answer = person.send(person.page("own_data.show"), "Unduh salinan (JSON)")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    copy = json.loads(answer.data)
    tables = {record["table"] for record in copy["records"]}
    assert {"account", "account_role", "contact", "sign_in_session"} <= tables
    assert "password_hash" not in answer.text
    assert "token_hash" not in answer.text
    assert session.scalars(select(Entry.action).where(Entry.subject_kind == "account")).all()[-1] == "data_copied"


def test_a_request_begins_its_three_days_and_is_seen_by_its_own_person_only(person, account, session, as_account):
    page = person.submit(
        person.page("own_data.show"), "Kirim permintaan", {"kind": "correction", "words": "Nomor telepon saya salah."}
    )
    assert "Perbaikan data" in page.text
    row = session.scalars(select(DataRequest)).one()
    assert (row.kind, row.stage, row.account_id) == (RequestKind.CORRECTION, RequestStage.OPEN, account.id)
    assert row.due_at - row.asked_at == timedelta(hours=72)
    assert row.asked_at == NOW
    colleague = as_account(make_account(session, Role.PARTNER_MANAGER, account.organisation))
    assert "Menunggu jawaban" not in colleague.page("own_data.show").text


def test_a_request_without_words_says_what_is_missing_and_keeps_the_choice(person):
    page = person.submit(person.page("own_data.show"), "Kirim permintaan", {"kind": "erasure"}, expect=422)
    assert "Tulis apa yang diminta, dengan kata-kata sendiri." in page.text
    assert page.all("//select[@name='kind']/option[@selected]/@value") == ["erasure"]
