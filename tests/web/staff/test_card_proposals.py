"""The office answers what partners send for their cards: compared, accepted or refused, with the partner told."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.domain.organisation_card import CardPart, DocumentKind, Paper, ProposalStage
from portal.domain.policy import Actor, Role
from portal.models import CardProposal, LksProfile, Message, OrganisationDocument
from portal.services import card_proposals, organisation_documents, organisations, reference
from portal.services.card_proposals import Wish
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.factories.instants import NOW

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def row(session):
    """A welfare institution."""
    reference.load(session, now=NOW)
    found = make_partner(session, name="Yayasan Melati")
    session.add(LksProfile(organisation_id=found.id, bank_name="Bank Satu", atensi=[], client_groups=[]))
    session.flush()
    session.refresh(found)
    return found


@pytest.fixture
def writer(session, row):
    """Somebody of that institution."""
    account = make_account(session, Role.PARTNER_WRITER, row)
    return Actor(
        account_id=account.id, name=account.name, organisation_id=row.id, roles=frozenset({Role.PARTNER_WRITER})
    )


@pytest.fixture
def proposal(app, session, row, writer):
    """A new bank account, with a file that proves it."""
    wish = Wish(
        part=CardPart.BANK,
        typed={"lks.bank_name": "Bank Dua"},
        basis="Rapat pengurus",
        file_name="bukti.pdf",
        content=PDF,
    )
    storage = app.extensions["storage"]
    return card_proposals.propose(session, row, wish=wish, storage=storage, actor=writer, now=NOW)


def answer(officer, row, proposal, expect=200, **typed):
    """Answer a proposal on its page."""
    page = officer.page("staff.card_proposals.show", code=row.code, proposal_id=proposal.id)
    return officer.submit(page, "Simpan keputusan", typed, expect=expect)


def test_a_proposal_is_found_compared_and_accepted(session, row, proposal, as_staff):
    officer = as_staff()
    page = officer.page("staff.organisations.show", code=row.code)
    listed = officer.read(page.link("Periksa usulan"))
    shown = officer.read(listed.link("Rekening lembaga"))
    for words in ("Bank Satu", "Bank Dua", "Rapat pengurus"):
        assert words in shown.main
    assert officer.open(shown.link("bukti.pdf")).data == PDF
    page = officer.submit(shown, "Simpan keputusan", {"verdict": "ya"})
    assert "Keputusan dicatat." in page.main
    assert "Disetujui" in page.main
    assert session.get_one(LksProfile, row.id).bank_name == "Bank Dua"
    assert session.scalars(select(Message.template)).all() == ["card_decided"]


def test_a_refusal_without_a_sentence_is_asked_for_one(session, row, proposal, as_staff):
    officer = as_staff()
    page = answer(officer, row, proposal, expect=422, verdict="tidak")
    assert "Tulis alasannya" in page.main
    assert "Pilih keputusan." in answer(officer, row, proposal, expect=422).main
    answer(officer, row, proposal, verdict="tidak", answer="Bukan atas nama lembaga.")
    assert session.get_one(LksProfile, row.id).bank_name == "Bank Satu"
    assert session.scalars(select(CardProposal.stage)).one() is ProposalStage.REFUSED


def test_who_answers_second_keeps_the_words(session, row, proposal, as_staff):
    officer = as_staff()
    late = officer.page("staff.card_proposals.show", code=row.code, proposal_id=proposal.id)
    answer(officer, row, proposal, verdict="ya")
    page = officer.submit(late, "Simpan keputusan", {"verdict": "tidak", "answer": "Nomor belum cocok."}, expect=422)
    assert "sudah dijawab" in page.main
    assert page.one("//textarea[@name='answer']").text_content().strip() == "Nomor belum cocok."


def test_a_value_that_moved_is_shown_and_must_be_compared(session, row, proposal, as_staff):
    officer = as_staff()
    system = Actor(account_id=None, name="Simpul", organisation_id=None, is_system=True)
    facts = card_proposals.rules.merged(organisations.facts_of(row), {"lks.bank_name": [None, "Bank Tiga"]})
    early = officer.page("staff.card_proposals.show", code=row.code, proposal_id=proposal.id)
    later = NOW + timedelta(hours=1)
    organisations.edit(session, row, facts, version=row.version, actor=system, now=later)
    assert officer.send(early, "Simpan keputusan", {"verdict": "ya"}).status_code == 409
    page = answer(officer, row, proposal, expect=422, verdict="ya")
    assert "Berubah sejak diusulkan" in page.main
    assert "Bank Tiga" in page.main
    answer(officer, row, proposal, verdict="ya", compared="y")
    assert session.get_one(LksProfile, row.id).bank_name == "Bank Dua"


def test_a_paper_of_the_partner_is_compared_and_its_dates_come_with_it(app, session, row, writer, as_staff):
    paper = Paper(
        kind=DocumentKind.REGISTRATION,
        number="R/2",
        expires_on=date(2029, 1, 4),
        file_name="td.pdf",
        content=PDF,
    )
    storage = app.extensions["storage"]
    organisation_documents.add(session, row, paper=paper, storage=storage, actor=writer, now=NOW)
    officer = as_staff()
    listed = officer.page("staff.card_proposals.index", code=row.code)
    shown = officer.read(listed.link("Tanda daftar"))
    assert officer.open(shown.link("Unduh berkas")).data == PDF
    officer.submit(shown, "Simpan keputusan", {"verdict": "ya"})
    assert session.get_one(LksProfile, row.id).registration_number == "R/2"
    assert "s.d. 4 Jan 2029" in officer.page("staff.organisations.show", code=row.code).main


def test_who_looks_at_a_paper_second_keeps_the_words(app, session, row, writer, as_staff):
    paper = Paper(kind=DocumentKind.DEED, number="7", file_name="akta.pdf", content=PDF)
    storage = app.extensions["storage"]
    made = organisation_documents.add(session, row, paper=paper, storage=storage, actor=writer, now=NOW)
    officer = as_staff()
    late = officer.page("staff.organisation_documents.show", code=row.code, document_id=made.id)
    officer.submit(late, "Simpan keputusan", {"verdict": "ya"})
    page = officer.submit(late, "Simpan keputusan", {"verdict": "tidak", "answer": "Cap tidak terbaca."}, expect=422)
    assert page.one("//textarea[@name='answer']").text_content().strip() == "Cap tidak terbaca."


def test_an_officer_adds_a_paper_that_counts_at_once(session, row, as_staff):
    officer = as_staff()
    form = officer.page("staff.organisation_documents.add", code=row.code)
    typed = {"kind": "deed", "number": "7", "files": (io.BytesIO(PDF), "akta.pdf")}
    page = officer.submit(form, "Simpan", typed)
    assert "akta.pdf" in page.main
    assert session.scalars(select(OrganisationDocument.stage)).one() is ProposalStage.ACCEPTED
    form = officer.page("staff.organisation_documents.add", code=row.code)
    assert "Pilih berkas dokumen." in officer.submit(form, "Simpan", {"kind": "deed"}, expect=422).main


def test_who_may_not_decide_reads_why(session, row, proposal, as_staff):
    director = as_staff(Role.DIRECTOR)
    page = director.page("staff.card_proposals.show", code=row.code, proposal_id=proposal.id)
    assert "Hanya petugas kerja sama" in page.main
    assert page.tree.xpath("//main//form") == []


def test_what_belongs_to_another_organisation_is_not_found(session, row, proposal, as_staff):
    officer, other = as_staff(), make_partner(session)
    for values in ({"code": other.code, "proposal_id": proposal.id}, {"code": row.code, "proposal_id": 10**12}):
        assert officer.get("staff.card_proposals.show", **values).status_code == 404
        assert officer.get("staff.card_proposals.file", **values).status_code == 404
    assert officer.get("staff.organisation_documents.show", code=row.code, document_id=1).status_code == 404


def test_a_waiting_proposal_is_a_task_of_those_who_look_after_the_partner(session, row, proposal, as_account):
    mine, other = make_account(session, Role.OFFICER), make_account(session, Role.OFFICER)
    everybody = as_account(other).page("staff.tasks.index")
    assert "Usulan data: Yayasan Melati" in everybody.main
    make_agreement(session, parties=(make_ministry(session), row), officer_id=mine.id)
    assert "Yayasan Melati" not in as_account(other).page("staff.tasks.index").main
    visitor = as_account(mine)
    page = visitor.read(visitor.page("staff.tasks.index").link("Periksa Usulan data"))
    assert "Bank Dua" in page.main
