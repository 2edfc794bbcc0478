"""What a partner proposes for its card: nothing changes before an officer has compared it; moved values are told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import Conflict, NotAllowed, NotFound, RuleBroken
from portal.domain.organisation_card import CardPart, DocumentKind, Paper, ProposalStage
from portal.domain.policy import Actor, Role
from portal.models import Contact, Entry, LksProfile, Message, OfficeHolder
from portal.queries import organisation_card as reading
from portal.services import card_proposals, organisation_documents, organisations
from portal.services.card_proposals import Acceptance, Wish
from portal.storage import Storage
from tests.factories import make_account, make_partner
from tests.factories.instants import NOW

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def acting(account, role):
    """Somebody as they act."""
    return Actor(
        account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=frozenset({role})
    )


@pytest.fixture
def storage(tmp_path):
    """Files in a folder of this test."""
    return Storage(tmp_path)


@pytest.fixture
def row(session):
    """A welfare institution with a registration that has run out."""
    found = make_partner(session, name="Yayasan Melati")
    session.add(LksProfile(organisation_id=found.id, registration_number="R/1", bank_name="Bank Satu"))
    session.flush()
    session.refresh(found)
    return found


@pytest.fixture
def writer(session, row):
    """Somebody of that institution."""
    return acting(make_account(session, Role.PARTNER_WRITER, row), Role.PARTNER_WRITER)


@pytest.fixture
def officer(session):
    """Somebody of the ministry."""
    return acting(make_account(session, Role.OFFICER), Role.OFFICER)


@pytest.fixture
def propose(session, row, writer, storage):
    """Send a proposal: `propose(part, typed, …)`."""

    def send(part, typed, *, actor=writer, **more):
        wish = Wish(part=part, typed=typed, **({"basis": "Akta 7"} | more))
        return card_proposals.propose(session, row, wish=wish, storage=storage, actor=actor, now=NOW)

    return send


def accept(session, proposal, officer, **more):
    """Say yes to what stands there now."""
    seen = Acceptance(version=proposal.organisation.version, **more)
    card_proposals.accept(session, proposal, acceptance=seen, actor=officer, now=NOW)


BANK = {"lks.bank_name": "Bank Dua", "lks.bank_account_number": "123", "lks.bank_account_name": None}


def test_a_proposal_changes_nothing_until_it_is_accepted_and_the_partner_is_told(session, row, officer, propose):
    proposal = propose(CardPart.BANK, BANK)
    assert proposal.changes == {
        "lks.bank_name": ["Bank Satu", "Bank Dua"],
        "lks.bank_account_number": [None, "123"],
    }
    assert row.lks.bank_name == "Bank Satu"
    accept(session, proposal, officer)
    assert (row.lks.bank_name, row.lks.bank_account_number) == ("Bank Dua", "123")
    assert (proposal.stage, proposal.decided_by_id) == (ProposalStage.ACCEPTED, officer.account_id)
    mail = session.scalars(select(Message)).one()
    assert (mail.template, mail.account_id, mail.values["accepted"]) == ("card_decided", proposal.sent_by_id, True)
    trail = session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert trail == ["card_proposed", "organisation_edited", "card_proposal_accepted"]


def test_a_refusal_needs_a_sentence_and_leaves_the_record(session, row, officer, propose):
    proposal = propose(CardPart.BANK, BANK)
    with pytest.raises(RuleBroken) as broken:
        card_proposals.refuse(session, proposal, answer=" ", actor=officer, now=NOW)
    assert broken.value.field == "answer"
    card_proposals.refuse(session, proposal, answer="Rekening bukan atas nama lembaga.", actor=officer, now=NOW)
    assert row.lks.bank_name == "Bank Satu"
    with pytest.raises(RuleBroken, match="sudah dijawab"):
        accept(session, proposal, officer)
    assert session.scalars(select(Message)).one().values["answer"] == "Rekening bukan atas nama lembaga."


def test_a_value_that_moved_meanwhile_is_accepted_only_when_it_was_compared(session, row, officer, propose):
    proposal = propose(CardPart.BANK, BANK)
    version = row.version
    facts = organisations.facts_of(row)
    mine = card_proposals.rules.merged(facts, {"lks.bank_name": [None, "Bank Tiga"]})
    organisations.edit(session, row, mine, version=row.version, actor=officer, now=NOW + timedelta(hours=1))
    seen = Acceptance(version=version)
    with pytest.raises(Conflict):
        card_proposals.accept(session, proposal, acceptance=seen, actor=officer, now=NOW)
    with pytest.raises(RuleBroken) as broken:
        accept(session, proposal, officer)
    assert broken.value.field == "compared"
    accept(session, proposal, officer, compared=True)
    assert row.lks.bank_name == "Bank Dua"


@pytest.mark.parametrize(
    ("part", "typed", "more", "field"),
    [
        (CardPart.BANK, BANK, {"basis": " "}, "basis"),
        (CardPart.IDENTITY, {"name": " "}, {}, "name"),
        (CardPart.HOLDER, {"office": "Ketua"}, {}, "name"),
        (CardPart.HOLDER, {"name": "Sri", "starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, {}, "ends_on"),
        (CardPart.CONTACT, {"name": "Sri"}, {}, "phone"),
        (CardPart.BANK, {"lks.bank_name": "Bank Satu"}, {}, None),
        (
            CardPart.REGISTRATION,
            {"lks.registration_issued_on": date(2026, 2, 1), "lks.registration_expires_on": date(2026, 1, 1)},
            {},
            "registration_expires_on",
        ),
    ],
)
def test_what_cannot_be_proposed_is_said_at_its_field(propose, part, typed, more, field):
    with pytest.raises(RuleBroken) as broken:
        propose(part, typed, **more)
    assert broken.value.field == field


def test_one_proposal_for_a_part_waits_at_a_time_and_may_be_withdrawn(session, writer, propose):
    first = propose(CardPart.BANK, BANK)
    with pytest.raises(RuleBroken, match="masih kami periksa"):
        propose(CardPart.BANK, BANK)
    card_proposals.withdraw(session, first, actor=writer, now=NOW)
    assert propose(CardPart.BANK, BANK).stage is ProposalStage.WAITING


def test_people_come_change_and_go(session, row, officer, propose):
    accept(session, propose(CardPart.HOLDER, {"name": "Sri", "office": "Ketua"}), officer)
    holder = session.scalars(select(OfficeHolder)).one()
    ended = {"name": "Sri", "office": "Ketua", "ends_on": date(2026, 10, 31)}
    accept(session, propose(CardPart.HOLDER, ended, target_id=holder.id), officer)
    assert holder.ends_on == date(2026, 10, 31)
    accept(session, propose(CardPart.CONTACT, {"name": "Andi", "phone": "0812"}), officer)
    contact = session.scalars(select(Contact)).one()
    accept(session, propose(CardPart.CONTACT, {"name": "Andi", "phone": "0813"}, target_id=contact.id), officer)
    assert contact.phone == "0813"
    gone = {"name": "Andi", "phone": "0813", "has_left": True}
    accept(session, propose(CardPart.CONTACT, gone, target_id=contact.id), officer)
    assert session.scalars(select(Contact)).all() == []


def test_whoever_is_gone_meanwhile_cannot_be_changed(session, row, officer, propose):
    contact = Contact(organisation_id=row.id, name="Andi", phone="0812")
    session.add(contact)
    session.flush()
    proposal = propose(CardPart.CONTACT, {"name": "Andi", "phone": "0813"}, target_id=contact.id)
    session.delete(contact)
    session.flush()
    with pytest.raises(RuleBroken):
        accept(session, proposal, officer, compared=True)


def test_only_the_own_card_is_proposed_for_and_only_the_office_decides(session, row, officer, writer, propose):
    stranger = acting(make_account(session, Role.PARTNER_WRITER, make_partner(session)), Role.PARTNER_WRITER)
    viewer = acting(make_account(session, Role.PARTNER_VIEWER, row), Role.PARTNER_VIEWER)
    with pytest.raises(NotFound):
        propose(CardPart.BANK, BANK, actor=stranger)
    with pytest.raises(NotAllowed):
        propose(CardPart.BANK, BANK, actor=viewer)
    proposal = propose(CardPart.BANK, BANK)
    with pytest.raises(NotFound):
        card_proposals.withdraw(session, proposal, actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        accept(session, proposal, writer)


PAPER = Paper(
    kind=DocumentKind.REGISTRATION,
    number="R/2",
    issued_on=date(2026, 1, 5),
    expires_on=date(2029, 1, 4),
    file_name="tanda daftar.pdf",
    content=PDF,
)


def test_a_paper_of_the_partner_waits_and_brings_its_dates_when_it_is_accepted(session, row, officer, writer, storage):
    sent = organisation_documents.add(session, row, paper=PAPER, storage=storage, actor=writer, now=NOW)
    assert (sent.stage, storage.read(sent.digest)) == (ProposalStage.WAITING, PDF)
    assert reading.current([sent]) == ()
    organisation_documents.accept(session, sent, carry=True, actor=officer, now=NOW)
    assert (row.lks.registration_number, row.lks.registration_expires_on) == ("R/2", date(2029, 1, 4))
    assert session.scalars(select(Message)).one().values["is_paper"] is True
    newer = organisation_documents.add(session, row, paper=PAPER, storage=storage, actor=officer, now=NOW)
    assert reading.current([sent, newer]) == (newer,)
    with pytest.raises(RuleBroken, match="sudah dijawab"):
        organisation_documents.refuse(session, sent, answer="Salah", actor=officer, now=NOW)


def test_a_paper_is_refused_with_a_reason_or_withdrawn(session, row, officer, writer, storage):
    first, second = (
        organisation_documents.add(session, row, paper=PAPER, storage=storage, actor=writer, now=NOW) for _ in range(2)
    )
    with pytest.raises(RuleBroken):
        organisation_documents.refuse(session, first, answer="", actor=officer, now=NOW)
    organisation_documents.refuse(session, first, answer="Buram, foto ulang.", actor=officer, now=NOW)
    organisation_documents.withdraw(session, second, actor=writer, now=NOW)
    assert reading.list_documents(session, row.id) == [first]
    assert row.lks.registration_number == "R/1"


def test_who_looks_after_a_partner_is_told_that_something_waits(session, row, officer, writer, storage, propose):
    assert reading.list_waiting(session) == ()
    propose(CardPart.BANK, BANK)
    organisation_documents.add(session, row, paper=PAPER, storage=storage, actor=writer, now=NOW)
    (waiting,) = reading.list_waiting(session)
    assert (waiting.code, waiting.since, waiting.officers) == (row.code, NOW, frozenset())
    assert reading.number_waiting(session, row.id) == 2
