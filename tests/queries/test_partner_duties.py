"""What a partner owes and is owed: own rows only, in order, in a fixed number of statements."""

from datetime import date

import pytest

from portal.domain.agreement import Stage
from portal.domain.errors import NotFound
from portal.domain.obligation import DutyRole, ObligationKind, OccurrenceStage, ScheduleKind
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.models import AgreementFile, ObligationParty
from portal.queries import partner_agreements, partner_duties, partner_home
from tests.factories import (
    make_account,
    make_agreement,
    make_ministry,
    make_obligation,
    make_occurrence,
    make_partner,
    make_report,
)
from tests.factories.instants import NOW, TODAY
from tests.harness.databases import statements


@pytest.fixture
def partner(session):
    return make_partner(session)


@pytest.fixture
def agreement(session, partner):
    return make_agreement(session, (make_ministry(session), partner, make_partner(session)))


def due(session, agreement, day, *, debtor=None, creditor=None, **changes):
    """One dated duty; the second party owes it to the ministry unless told otherwise."""
    obligation = make_obligation(session, agreement, debtor, creditor, **changes)
    return make_occurrence(session, obligation, due_on=day)


def test_own_duties_come_by_date_and_foreign_ones_never(session, partner, agreement) -> None:
    later, sooner = due(session, agreement, date(2027, 1, 10)), due(session, agreement, date(2026, 12, 1))
    due(session, agreement, date(2026, 11, 25), debtor=agreement.parties[2].organisation)
    due(session, make_agreement(session), date(2026, 11, 25))
    found = partner_duties.owed_by(session, organisation_id=partner.id)
    assert [d.occurrence_id for d in found] == [sooner.id, later.id]


def test_a_partners_session_finds_the_same_as_the_query_asks(session, session_of, partner, agreement) -> None:
    occurrence = due(session, agreement, date(2026, 12, 1))
    make_report(session, occurrence)
    session.commit()
    [duty] = partner_duties.owed_by(session_of(partner.id), organisation_id=partner.id)
    assert (duty.occurrence_id, duty.stage, duty.filled) == (occurrence.id, ReportStage.DRAFT, 1)


def test_the_report_of_another_debtor_is_not_shown_as_own(session, partner, agreement) -> None:
    other = agreement.parties[2].organisation
    occurrence = due(session, agreement, date(2026, 12, 1))
    session.add(
        ObligationParty(
            obligation_id=occurrence.obligation_id,
            agreement_id=agreement.id,
            organisation_id=other.id,
            duty_role=DutyRole.DEBTOR,
        )
    )
    session.flush()
    make_report(session, occurrence, other, stage=ReportStage.SUBMITTED)
    [duty] = partner_duties.owed_by(session, organisation_id=partner.id)
    assert (duty.code, duty.stage) == (None, None)


def test_finished_duties_and_papers_that_bind_nobody_are_left_out(session, partner, agreement) -> None:
    due(session, agreement, date(2026, 12, 1)).stage = OccurrenceStage.WAIVED
    draft = make_agreement(session, (make_ministry(session), partner), stage=Stage.DRAFTING)
    due(session, draft, date(2026, 12, 1))
    session.flush()
    assert partner_duties.owed_by(session, organisation_id=partner.id) == ()


def test_what_the_ministry_owes_stands_apart_from_joint_duties(session, partner, agreement) -> None:
    ministry = agreement.parties[0].organisation
    grant = due(session, agreement, date(2026, 12, 20), debtor=ministry, creditor=partner)
    joint = due(session, agreement, date(2026, 12, 15), kind=ObligationKind.MONEV)
    for organisation, role in ((ministry, DutyRole.DEBTOR), (partner, DutyRole.CREDITOR)):
        session.add(
            ObligationParty(
                obligation_id=joint.obligation_id,
                agreement_id=agreement.id,
                organisation_id=organisation.id,
                duty_role=role,
            )
        )
    session.flush()
    assert [d.occurrence_id for d in partner_duties.owed_to(session, organisation_id=partner.id)] == [grant.id]
    assert [d.occurrence_id for d in partner_duties.owed_by(session, organisation_id=partner.id)] == [joint.id]


def test_returned_reports_are_asked_for_first_and_closed_ones_not_yet(session, partner, agreement) -> None:
    overdue = due(session, agreement, date(2026, 11, 1))
    back = due(session, agreement, date(2026, 11, 10))
    back.stage = OccurrenceStage.RETURNED
    make_report(session, back, stage=ReportStage.RETURNED, return_reason="Kurang.", fix_due_on=date(2026, 12, 24))
    sent = due(session, agreement, date(2026, 11, 5))
    make_report(session, sent, stage=ReportStage.SUBMITTED)
    later = due(session, agreement, date(2027, 3, 1))
    owed = partner_duties.owed_by(session, organisation_id=partner.id)
    asked = partner_duties.to_act(owed, today=TODAY)
    assert [d.occurrence_id for d in asked] == [back.id, overdue.id]
    assert asked[0].answer_on == date(2026, 12, 24)
    assert later.id not in {d.occurrence_id for d in asked}
    assert partner_duties.next_opening(owed, today=TODAY) == date(2027, 1, 30)


def test_a_draft_begun_before_its_opening_stays_at_hand(session, partner, agreement) -> None:
    early = due(session, agreement, date(2027, 3, 1))
    make_report(session, early)
    owed = partner_duties.owed_by(session, organisation_id=partner.id)
    assert [d.occurrence_id for d in partner_duties.to_act(owed, today=TODAY)] == [early.id]


def test_accepted_reports_come_latest_first(session, partner, agreement) -> None:
    old, new = due(session, agreement, date(2026, 5, 1)), due(session, agreement, date(2026, 8, 1))
    make_report(session, old, stage=ReportStage.ACCEPTED, decided_at=NOW.replace(month=6))
    make_report(session, new, stage=ReportStage.ACCEPTED, decided_at=NOW.replace(month=9))
    found = partner_duties.decided_of(session, organisation_id=partner.id, most=5)
    assert [d.occurrence_id for d in found] == [new.id, old.id]
    assert partner_duties.decided_of(session, organisation_id=make_partner(session).id, most=5) == ()


def test_home_runs_no_more_statements_with_more_rows(session, session_of, partner, agreement) -> None:
    def count():
        session.commit()
        kept = session_of(partner.id)
        with statements() as ran:
            home = partner_home.show(kept, organisation_id=partner.id, today=TODAY)
        return len(ran), len(home.to_act) + len(home.agreements)

    make_report(session, due(session, agreement, date(2026, 12, 1)))
    few, rows_of_few = count()
    for month in range(1, 7):
        other = make_agreement(session, (make_ministry(session), partner))
        make_report(session, due(session, other, date(2026, 12, month)))
    many, rows_of_many = count()
    assert (many, rows_of_many) == (few, rows_of_few + 12)


def test_the_officer_of_the_urgent_agreement_is_the_one_to_ask(session, partner, agreement) -> None:
    first = make_account(session, Role.OFFICER, name="Satu", phone="021")
    urgent = make_account(session, Role.OFFICER, name="Dua")
    agreement.officer_id = urgent.id
    make_agreement(session, (make_ministry(session), partner), officer_id=first.id, ends_on=date(2026, 12, 1))
    due(session, agreement, date(2026, 12, 1))
    session.flush()
    home = partner_home.show(session, organisation_id=partner.id, today=TODAY)
    assert home.person == partner_home.Person(name="Dua", phone=None)
    assert partner_home.whom_to_ask(session, organisation_id=partner.id).name == "Satu"
    assert partner_home.whom_to_ask(session, organisation_id=make_partner(session).id) is None


def test_only_released_files_of_own_agreements_are_given(session, partner, agreement) -> None:
    for digest, released_at in (("a" * 64, NOW), ("b" * 64, None)):
        session.add(
            AgreementFile(
                agreement_id=agreement.id,
                kind="signed",
                name="naskah.pdf",
                media_type="application/pdf",
                size=3,
                digest=digest,
                released_at=released_at,
                uploaded_at=NOW,
            )
        )
    session.flush()
    found = partner_agreements.get_of_partner(session, agreement.code, organisation_id=partner.id)
    assert partner_agreements.released_file(session, found, "a" * 16).digest == "a" * 64
    with pytest.raises(NotFound):
        partner_agreements.released_file(session, found, "b" * 16)
    with pytest.raises(NotFound):
        partner_agreements.get_of_partner(session, agreement.code, organisation_id=make_partner(session).id)


def test_lasting_duties_are_told_apart_by_side(session, partner, agreement) -> None:
    ministry, _, other = (party.organisation for party in agreement.parties)
    lasting = {"schedule": ScheduleKind.CONTINUOUS, "fixed_on": None}
    make_obligation(session, agreement, title="Kami", **lasting)
    make_obligation(session, agreement, other, ministry, title="Mitra lain", **lasting)
    make_obligation(session, agreement, ministry, partner, title="Kemensos", **lasting)
    make_obligation(session, agreement, title="Ditutup", is_closed=True, **lasting)
    ours = partner_agreements.lasting_duties(session, agreement, organisation_id=partner.id)
    theirs = partner_agreements.lasting_duties(session, agreement, organisation_id=None)
    assert [[d.title for d in side] for side in (ours, theirs)] == [["Kami"], ["Kemensos"]]
