"""Papers that run out: their holder is told first, then our officer; a successor that was sent in ends it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.organisation_card import DocumentKind, PaperSource, PaperSubject, ProposalStage
from portal.domain.policy import Role
from portal.domain.reminder import Audience, Channel, ReminderStage, SubjectKind
from portal.models import LksProfile, OrganisationDocument, Reminder
from portal.queries import bell, reminder_lines
from portal.services import reminders
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

TODAY, EXPIRES = date(2026, 11, 24), date(2026, 12, 8)


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


class Papers:
    """A partner with an agreement in force, whose officer has a name."""

    def __init__(self, session):
        make_calendar(session)
        reminders.seed_rules(session, now=NOW)
        self.session, ministry = session, make_ministry(session)
        self.partner, self.other = make_partner(session), make_partner(session)
        self.officer = make_account(session, Role.OFFICER, ministry, name="Petugas")
        self.writer = make_account(session, Role.PARTNER_WRITER, self.partner, name="Penyusun")
        make_account(session, Role.PARTNER_WRITER, self.other, name="Orang lain")
        self.agreement = make_agreement(
            session, (ministry, self.partner, self.other), officer_id=self.officer.id, stage=Stage.ACTIVE
        )
        self.profile = session.get(LksProfile, self.partner.id) or LksProfile(organisation_id=self.partner.id)
        session.add(self.profile)

    def document(self, kind, expires_on, stage=ProposalStage.ACCEPTED):
        row = OrganisationDocument(
            organisation_id=self.partner.id,
            kind=kind,
            expires_on=expires_on,
            name="surat.pdf",
            media_type="application/pdf",
            size=1,
            digest="0" * 64,
            stage=stage,
            sent_at=NOW,
            created_at=NOW,
            updated_at=NOW,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def told(self, day=TODAY):
        """Sweep on a day and return (step, name, stage) of all reminders of papers."""
        reminders.sweep(self.session, now=at(day))
        self.session.expire_all()
        rows = self.session.scalars(select(Reminder).where(Reminder.subject_kind == SubjectKind.PAPER))
        names = {self.officer.id: "Petugas", self.writer.id: "Penyusun"}
        return sorted((row.step, names.get(row.account_id, "?"), row.stage.value) for row in rows)


@pytest.fixture
def papers(session):
    return Papers(session)


def test_a_number_stands_for_a_source_and_a_row():
    for source in PaperSource:
        asked = PaperSubject(source=source, row_id=41)
        assert PaperSubject.of(asked.subject_id) == asked


def test_the_holder_hears_three_months_before_and_the_office_two_weeks_before(papers):
    papers.profile.accreditation_expires_on = EXPIRES
    assert papers.told(EXPIRES - timedelta(days=90)) == [(-90, "Penyusun", "planned")]
    after = papers.told(EXPIRES - timedelta(days=14))
    assert (-14, "Petugas") in {(step, name) for step, name, _ in after}
    assert {step for step, name, _ in after if name == "Penyusun"} == {-90, -60, -30, -14}


def test_nobody_of_another_party_hears(papers):
    papers.document(DocumentKind.POWER_OF_ATTORNEY, EXPIRES)
    assert {name for _, name, _ in papers.told()} == {"Penyusun", "Petugas"}


@pytest.mark.parametrize("stage", [ProposalStage.WAITING, ProposalStage.ACCEPTED])
@pytest.mark.parametrize("kind", [DocumentKind.POWER_OF_ATTORNEY, DocumentKind.REGISTRATION])
def test_a_successor_that_was_sent_in_ends_it(papers, kind, stage):
    if kind is DocumentKind.REGISTRATION:
        papers.profile.registration_expires_on = EXPIRES
    else:
        papers.document(kind, EXPIRES)
    assert {stage for *_, stage in papers.told()} == {"planned"}
    papers.document(kind, date(2029, 12, 8), stage)
    if stage is ProposalStage.ACCEPTED:
        papers.profile.registration_expires_on = date(2029, 12, 8)
    assert not {stage for *_, stage in papers.told()} & {"planned", "sent"}


@pytest.mark.parametrize("stage", [ProposalStage.WAITING, ProposalStage.REFUSED, ProposalStage.WITHDRAWN])
def test_a_paper_that_nobody_accepted_is_silent(papers, stage):
    papers.document(DocumentKind.POWER_OF_ATTORNEY, EXPIRES, stage)
    assert papers.told() == []


def test_a_partner_without_an_agreement_in_force_is_not_reminded(papers):
    papers.profile.accreditation_expires_on = EXPIRES
    papers.agreement.stage = Stage.DRAFTING
    assert papers.told() == []


def test_a_file_of_the_accreditation_is_not_told_beside_its_fact(papers):
    papers.profile.accreditation_expires_on = EXPIRES
    papers.document(DocumentKind.ACCREDITATION, EXPIRES)
    assert papers.told() == [(-14, "Penyusun", "planned"), (-14, "Petugas", "planned")]


def test_lines_name_the_paper_and_lead_to_the_card(papers):
    papers.profile.accreditation_expires_on = EXPIRES
    document = papers.document(DocumentKind.POWER_OF_ATTORNEY, EXPIRES)
    fact = (SubjectKind.PAPER, PaperSubject(source=PaperSource.ACCREDITATION, row_id=papers.partner.id).subject_id)
    paper = (SubjectKind.PAPER, PaperSubject(source=PaperSource.DOCUMENT, row_id=document.id).subject_id)
    papers.session.flush()
    known = reminder_lines.about(papers.session, [fact, paper])
    assert (known[fact].title, known[paper].title) == ("Sertifikat akreditasi", "Surat kuasa")
    assert known[fact].who == papers.partner.name
    assert known[fact].path(in_office=True) == f"/kantor/mitra/{papers.partner.code}"
    assert known[fact].path(in_office=False) == "/mitra/profil"
    assert known[fact].agreement_code == papers.agreement.code


def test_it_stands_under_the_bell_until_a_successor_is_sent_in(papers):
    papers.profile.accreditation_expires_on = EXPIRES
    papers.told()

    def seen():
        return bell.list_items(papers.session, papers.writer.id, now=at(TODAY), today=TODAY, in_office=False)

    assert [item.title for item in seen()] == ["Sertifikat akreditasi"]
    papers.document(DocumentKind.ACCREDITATION, date(2029, 12, 8), ProposalStage.WAITING)
    assert seen() == ()


def test_a_changed_validity_is_noticed_by_the_next_sweep_of_the_day(papers):
    assert papers.told() == []
    papers.profile.accreditation_expires_on = EXPIRES
    assert len(papers.told()) == 2


def test_each_row_says_why(papers):
    papers.profile.registration_expires_on = EXPIRES
    papers.told()
    rows = papers.session.scalars(select(Reminder).where(Reminder.subject_kind == SubjectKind.PAPER)).all()
    assert {row.audience for row in rows} == {Audience.DEBTOR, Audience.OFFICER}
    assert {row.channel for row in rows} == {Channel.MAIL}
    assert all(row.target_on == EXPIRES and row.reason and row.stage is ReminderStage.PLANNED for row in rows)
