"""Recording, changing, ending and fulfilling of duties, with what each leaves behind."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.obligation import (
    Cadence,
    DutyRole,
    ObligationKind,
    OccurrenceStage,
    PeriodAnchor,
    RelativeAnchor,
    ScheduleKind,
)
from portal.domain.policy import Actor, Role
from portal.domain.schedule import Schedule
from portal.models import Entry, Occurrence, Reminder
from portal.services import obligations, reminders
from portal.services.obligations import Duty, Fulfilment
from tests.factories import make_account, make_agreement
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

FIXED = Schedule(schedule=ScheduleKind.FIXED, fixed_on=date(2026, 12, 1))
MONTHLY = Schedule(
    schedule=ScheduleKind.RECURRING, cadence=Cadence.MONTHLY, period_anchor=PeriodAnchor.CALENDAR, offset_count=10
)


@pytest.fixture
def officer(session) -> Actor:
    """An officer of the ministry."""
    account = make_account(session, Role.OFFICER)
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=frozenset({Role.OFFICER}),
    )


def duty_for(agreement, schedule: Schedule = FIXED, kind=ObligationKind.HANDOVER, **changes) -> Duty:
    """The second party owes the first one something."""
    ids = [party.organisation_id for party in agreement.parties]
    values = {
        "kind": kind,
        "title": "Menyerahkan peralatan",
        "schedule": schedule,
        "debtors": frozenset({ids[1]}),
        "creditors": frozenset({ids[0]}),
    }
    return Duty(**(values | changes))


def record(session, agreement, officer, **changes):
    """A recorded duty."""
    return obligations.record(session, agreement, duty=duty_for(agreement, **changes), actor=officer, now=NOW)


def occurrences(session, obligation):
    """The dated occurrences in order."""
    query = select(Occurrence).where(Occurrence.obligation_id == obligation.id).order_by(Occurrence.due_on)
    return session.scalars(query).all()


def actions(session):
    """What the trail tells, in order."""
    return list(session.scalars(select(Entry.action).order_by(Entry.id)))


def test_a_recorded_duty_has_its_parties_its_dates_and_its_entry(session, officer):
    agreement = make_agreement(session)
    obligation = record(session, agreement, officer)
    sides = {(party.organisation_id, party.duty_role) for party in obligation.parties}
    ids = [party.organisation_id for party in agreement.parties]
    assert sides == {(ids[1], DutyRole.DEBTOR), (ids[0], DutyRole.CREDITOR)}
    assert [row.due_on for row in occurrences(session, obligation)] == [date(2026, 12, 1)]
    assert actions(session) == ["obligation_recorded"]


def test_a_duty_can_be_owed_by_several_parties_at_once(session, officer):
    agreement = make_agreement(session)
    everybody = frozenset(party.organisation_id for party in agreement.parties)
    obligation = record(session, agreement, officer, debtors=everybody, creditors=everybody)
    assert obligations.duty_of(obligation).debtors == everybody == obligations.duty_of(obligation).creditors


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"debtors": frozenset()}, "debtors"),
        ({"creditors": frozenset()}, "creditors"),
        ({"debtors": frozenset({987654})}, "debtors"),
        ({"schedule": Schedule(schedule=ScheduleKind.FIXED)}, "fixed_on"),
        ({"schedule": MONTHLY}, "first_period_on"),
    ],
)
def test_a_duty_that_is_not_whole_is_refused_at_its_field(session, officer, changes, field):
    agreement = make_agreement(session)
    with pytest.raises(RuleBroken) as refusal:
        record(session, agreement, officer, **changes)
    assert refusal.value.field == field


def test_only_the_desk_records_duties(session, officer):
    agreement = make_agreement(session)
    director = Actor(account_id=None, name="x", organisation_id=None, roles=frozenset({Role.DIRECTOR}))
    with pytest.raises(NotAllowed):
        obligations.record(session, agreement, duty=duty_for(agreement), actor=director, now=NOW)


def test_a_change_moves_open_dates_and_is_written_down_with_before_and_after(session, officer):
    obligation = record(session, make_agreement(session), officer)
    later = Schedule(schedule=ScheduleKind.FIXED, fixed_on=date(2026, 12, 15))
    changed = duty_for(obligation.agreement, schedule=later)
    obligations.edit(session, obligation, duty=changed, version=obligation.version, actor=officer, now=NOW)
    (row,) = occurrences(session, obligation)
    entry = session.scalars(select(Entry).where(Entry.action == "obligation_edited")).one()
    assert row.due_on == date(2026, 12, 15)
    assert entry.detail == {"fixed_on": ["2026-12-01", "2026-12-15"]}


def test_saving_without_a_change_leaves_no_entry(session, officer):
    obligation = record(session, make_agreement(session), officer)
    same = obligations.duty_of(obligation)
    obligations.edit(session, obligation, duty=same, version=obligation.version, actor=officer, now=NOW)
    assert actions(session) == ["obligation_recorded"]


def test_the_second_of_two_editors_is_told(session, officer):
    obligation = record(session, make_agreement(session), officer)
    seen = obligation.version
    first = duty_for(obligation.agreement, title="Menyerahkan mesin")
    obligations.edit(session, obligation, duty=first, version=seen, actor=officer, now=NOW)
    with pytest.raises(Conflict):
        obligations.edit(session, obligation, duty=first, version=seen, actor=officer, now=NOW)


def test_an_ended_duty_cancels_what_is_open_and_cannot_be_changed(session, officer):
    obligation = record(session, make_agreement(session), officer)
    version = obligation.version
    obligations.close(session, obligation, reason="Barang batal", version=version, actor=officer, now=NOW)
    assert [row.stage for row in occurrences(session, obligation)] == [OccurrenceStage.CANCELLED]
    with pytest.raises(RuleBroken):
        obligations.edit(
            session,
            obligation,
            duty=obligations.duty_of(obligation),
            version=obligation.version,
            actor=officer,
            now=NOW,
        )


def test_ending_needs_a_reason(session, officer):
    obligation = record(session, make_agreement(session), officer)
    with pytest.raises(RuleBroken) as refusal:
        obligations.close(session, obligation, reason=" ", version=obligation.version, actor=officer, now=NOW)
    assert refusal.value.field == "reason"


def test_a_duty_without_report_is_fulfilled_on_a_day_up_to_today(session, officer):
    obligation = record(session, make_agreement(session), officer)
    (row,) = occurrences(session, obligation)
    tomorrow = Fulfilment(met_on=date(2026, 11, 22))
    with pytest.raises(RuleBroken) as refusal:
        obligations.mark_met(session, row, fulfilment=tomorrow, version=row.version, actor=officer, now=NOW)
    assert refusal.value.field == "met_on"
    done = Fulfilment(met_on=date(2026, 11, 20), note="BAST 12")
    obligations.mark_met(session, row, fulfilment=done, version=row.version, actor=officer, now=NOW)
    assert (row.stage, row.decided_on, row.reason) == (OccurrenceStage.MET, date(2026, 11, 20), "BAST 12")


def test_a_report_of_a_partner_is_not_ticked_off_but_one_of_ours_is(session, officer):
    agreement = make_agreement(session)
    theirs = record(session, agreement, officer, kind=ObligationKind.REPORTING)
    ids = [party.organisation_id for party in agreement.parties]
    ours = record(
        session,
        agreement,
        officer,
        kind=ObligationKind.REPORTING,
        debtors=frozenset({ids[0]}),
        creditors=frozenset({ids[1]}),
    )
    done = Fulfilment(met_on=date(2026, 11, 20))
    (row,) = occurrences(session, theirs)
    with pytest.raises(RuleBroken):
        obligations.mark_met(session, row, fulfilment=done, version=row.version, actor=officer, now=NOW)
    (row,) = occurrences(session, ours)
    obligations.mark_met(session, row, fulfilment=done, version=row.version, actor=officer, now=NOW)
    assert row.stage is OccurrenceStage.MET


def test_what_was_seen_before_somebody_elses_decision_is_refused(session, officer):
    obligation = record(session, make_agreement(session), officer)
    (row,) = occurrences(session, obligation)
    done = Fulfilment(met_on=date(2026, 11, 20))
    with pytest.raises(Conflict):
        obligations.mark_met(session, row, fulfilment=done, version=row.version + 1, actor=officer, now=NOW)


def test_an_unsigned_paper_has_no_dates_until_it_binds(session, officer):
    agreement = make_agreement(session, stage=Stage.DRAFTING, signed_on=None, starts_on=None, ends_on=None)
    relative = Schedule(schedule=ScheduleKind.RELATIVE, relative_anchor=RelativeAnchor.SIGNING, offset_count=30)
    obligation = record(session, agreement, officer, schedule=relative)
    assert occurrences(session, obligation) == []
    agreement.stage, agreement.signed_on = Stage.ACTIVE, date(2026, 11, 20)
    obligations.refresh(session, agreement_id=agreement.id, now=NOW)
    assert [row.due_on for row in occurrences(session, obligation)] == [date(2026, 12, 20)]


def test_a_preview_writes_nothing(session, officer):
    agreement = make_agreement(session)
    dues = obligations.preview(session, agreement, duty_for(agreement), now=NOW)
    assert [due.due_on for due in dues] == [date(2026, 12, 1)]
    assert session.scalars(select(Occurrence)).all() == []


def test_reminders_follow_a_new_duty_and_end_with_it(session, officer):
    agreement = make_agreement(session)
    make_account(session, Role.PARTNER_RESPONSIBLE, agreement.parties[1].organisation)
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    near = Schedule(schedule=ScheduleKind.FIXED, fixed_on=date(2026, 11, 24))
    obligation = record(session, agreement, officer, schedule=near)
    planned = select(Reminder).where(Reminder.ended_at.is_(None))
    assert session.scalars(planned).all()
    (row,) = occurrences(session, obligation)
    done = Fulfilment(met_on=date(2026, 11, 20))
    obligations.mark_met(session, row, fulfilment=done, version=row.version, actor=officer, now=NOW)
    session.expire_all()
    assert session.scalars(planned).all() == []
