"""A partner says that it has received and read a released document: once, with name and time, seen by the office."""

import pytest
from sqlalchemy import func, select

from portal.domain.agreement_file import FileKind
from portal.domain.policy import SYSTEM, Role
from portal.models import Acknowledgement, Entry
from portal.queries.partner_agreements import KEY_LETTERS
from portal.services import agreement_files
from portal.services.agreement_files import Incoming
from tests.factories import make_agreement
from tests.factories.instants import NOW

SAYS = "Sudah kami terima dan baca"


@pytest.fixture
def released(session, app):
    """A signed document that the parties of an agreement may see."""
    agreement = make_agreement(session)
    incoming = Incoming(name="naskah.pdf", kind=FileKind.SIGNED, content=b"%PDF-1.4\n%%EOF\n")
    storage = app.extensions["storage"]
    row = agreement_files.add(session, agreement, incoming=incoming, storage=storage, actor=SYSTEM, now=NOW)
    agreement_files.release(session, row, actor=SYSTEM, now=NOW)
    return agreement, row


def test_it_is_said_once_with_name_and_time_and_the_office_sees_it(session, released, as_partner, as_staff):
    agreement, row = released
    phone = as_partner(agreement.parties[1].organisation)
    page = phone.submit(phone.page("partner.agreements.show", code=agreement.code), SAYS)
    assert "Sudah diterima dan dibaca" in page.main
    assert phone.account.name in page.main
    assert SAYS not in page.main
    key = row.digest[:KEY_LETTERS]
    phone.post("partner.agreements.acknowledge", code=agreement.code, key=key)
    assert session.scalar(select(func.count(Acknowledgement.id))) == 1
    assert session.scalars(select(Entry.action).where(Entry.action == "file_acknowledged")).all() == [
        "file_acknowledged"
    ]
    seen = as_staff().page("staff.agreements.show", code=agreement.code).main
    assert f"Diterima dan dibaca {agreement.parties[1].organisation.name}" in seen


def test_each_partner_speaks_for_itself(released, as_partner):
    agreement, _row = released
    first, second = (as_partner(agreement.parties[place].organisation) for place in (1, 2))
    first.submit(first.page("partner.agreements.show", code=agreement.code), SAYS)
    assert SAYS in second.page("partner.agreements.show", code=agreement.code).main


@pytest.mark.parametrize("role", [Role.PARTNER_WRITER, Role.PARTNER_VIEWER])
def test_only_who_answers_for_the_partner_says_it(released, as_partner, role):
    agreement, _row = released
    visitor = as_partner(agreement.parties[1].organisation, role)
    page = visitor.page("partner.agreements.show", code=agreement.code)
    assert SAYS not in page.main
    assert "Belum dinyatakan diterima." in page.main
