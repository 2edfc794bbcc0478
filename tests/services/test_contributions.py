"""What parties give each other: planned in stages, handed over with a record, corrected, called off."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.contribution import ContributionKind, ContributionStage, Delivery, Promise
from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.obligation import ObligationKind, OccurrenceStage
from portal.domain.policy import Actor, Role
from portal.models import AgreementFile, Entry
from portal.queries import contributions as reading
from portal.services import contributions
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY


@pytest.fixture
def officer(session):
    """An officer of the ministry."""
    make_calendar(session)
    account = make_account(session)
    roles = frozenset({Role.OFFICER})
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=roles)


@pytest.fixture
def agreement(session, officer):
    """An agreement of three parties."""
    return make_agreement(session)


def promise_of(agreement, **changes):
    """Money from the ministry to the first partner."""
    giver, receiver, _other = (party.organisation_id for party in agreement.parties)
    sides = {"giver_id": giver, "receiver_id": receiver}
    told = {"kind": ContributionKind.MONEY, "description": "Bantuan operasional", "amount_rupiah": 325_000_001}
    return Promise(**(sides | told | changes))


def plan(session, agreement, officer, **changes):
    return contributions.plan(session, agreement, promise_of(agreement, **changes), actor=officer, now=NOW)


def deliver(session, row, officer, **changes):
    delivery = Delivery(**({"delivered_on": TODAY, "record_number": "BAST-01"} | changes))
    return contributions.deliver(session, row, delivery, version=row.version, actor=officer, now=NOW)


def test_a_sum_in_stages_becomes_numbered_entries_that_make_the_whole(session, agreement, officer):
    promise = promise_of(agreement, planned_on=date(2026, 12, 1))
    contributions.plan_stages(session, agreement, promise, (70, 30), actor=officer, now=NOW)
    rows = reading.of_agreement(session, agreement.id)
    assert [(row.number, row.instalment, row.of, row.amount_rupiah, row.planned_on) for row in rows] == [
        (1, 1, 2, 227_500_000, date(2026, 12, 1)),
        (2, 2, 2, 97_500_001, None),
    ]
    assert rows[0].receiver == agreement.parties[1].name_printed


def test_a_partner_reads_what_it_gives_or_receives_under_the_same_numbers(session, agreement, officer):
    _ministry, first, second = (party.organisation_id for party in agreement.parties)
    plan(session, agreement, officer)
    plan(session, agreement, officer, receiver_id=second)
    plan(session, agreement, officer, giver_id=second, receiver_id=first)

    def numbers(organisation_id):
        return [row.number for row in reading.of_agreement(session, agreement.id, organisation_id=organisation_id)]

    assert (numbers(None), numbers(first), numbers(second)) == ([1, 2, 3], [1, 3], [2, 3])


def test_the_hand_over_meets_the_dated_duty_behind_it(session, agreement, officer):
    ministry, partner, _ = agreement.parties
    duty = make_obligation(
        session, agreement, debtor=ministry.organisation, creditor=partner.organisation, kind=ObligationKind.FUNDING
    )
    occurrence = make_occurrence(session, duty)
    row = plan(session, agreement, officer, occurrence_id=occurrence.id)
    deliver(session, row, officer, delivered_on=date(2026, 11, 19))
    assert (occurrence.stage, occurrence.decided_on) == (OccurrenceStage.MET, date(2026, 11, 19))
    assert "BAST-01" in occurrence.reason
    deliver(session, row, officer, record_number="BAST-02")
    assert (row.record_number, occurrence.decided_on) == ("BAST-02", date(2026, 11, 19))


def test_a_duty_that_is_met_by_a_report_waits_for_the_report(session, agreement, officer):
    occurrence = make_occurrence(session, make_obligation(session, agreement))
    row = plan(session, agreement, officer, occurrence_id=occurrence.id)
    deliver(session, row, officer)
    assert (row.stage, occurrence.stage) == (ContributionStage.DELIVERED, OccurrenceStage.OPEN)


def test_corrections_and_cancelling_leave_their_trail_and_close_the_entry(session, agreement, officer):
    row = plan(session, agreement, officer)
    changed = promise_of(agreement, amount_rupiah=5)
    contributions.correct(session, row, changed, version=row.version, actor=officer, now=NOW)
    seen = row.version
    with pytest.raises(RuleBroken):
        contributions.cancel(session, row, reason=" ", version=seen, actor=officer, now=NOW)
    contributions.cancel(session, row, reason="Anggaran", version=seen, actor=officer, now=NOW)
    for call in (
        lambda: contributions.correct(session, row, changed, version=row.version, actor=officer, now=NOW),
        lambda: deliver(session, row, officer),
    ):
        with pytest.raises(RuleBroken):
            call()
    entries = session.scalars(select(Entry).where(Entry.agreement_id == agreement.id).order_by(Entry.id)).all()
    assert [each.action for each in entries] == [
        "contribution_planned",
        "contribution_corrected",
        "contribution_cancelled",
    ]
    assert entries[1].detail["fields"]["amount_rupiah"] == [325_000_001, 5]


def test_nothing_of_another_agreement_is_taken(session, agreement, officer):
    other = make_agreement(session)
    occurrence = make_occurrence(session, make_obligation(session, other))
    with pytest.raises(RuleBroken):
        plan(session, agreement, officer, occurrence_id=occurrence.id)
    file = AgreementFile(
        agreement_id=other.id, kind="other", name="a.pdf", media_type="x", size=1, digest="0" * 64, uploaded_at=NOW
    )
    session.add(file)
    row = plan(session, agreement, officer)
    session.flush()
    with pytest.raises(RuleBroken):
        deliver(session, row, officer, file_id=file.id)


def test_who_may_not_and_who_came_too_late(session, agreement, officer):
    row = plan(session, agreement, officer)
    head = replace(officer, roles=frozenset({Role.HEAD}))
    with pytest.raises(NotAllowed):
        plan(session, agreement, head)
    delivery = Delivery(delivered_on=TODAY)
    with pytest.raises(Conflict):
        contributions.deliver(session, row, delivery, version=row.version + 1, actor=officer, now=NOW)
