"""Decisions about what follows an agreement: tasks and reminders stop, a tacit renewal moves the term."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.obligation import OffsetUnit, RelativeAnchor, ScheduleKind
from portal.domain.policy import Actor, Role
from portal.domain.reminder import SubjectKind
from portal.domain.renewal import RenewalChoice
from portal.models import AgreementRelation, Entry, Occurrence
from portal.queries import agreements as reading
from portal.queries import reminder_subjects, renewals, tasks
from portal.queries.task import TaskKind
from portal.services import agreements, obligations, renewal_days
from portal.services import renewals as service
from portal.services.agreements import Decision
from portal.services.renewals import Choice
from tests.factories import make_account, make_agreement, make_obligation
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY

END, LATER = date(2027, 1, 31), date(2030, 1, 31)


@pytest.fixture
def officer(session):
    """An officer of the ministry."""
    make_calendar(session)
    account = make_account(session)
    roles = frozenset({Role.OFFICER})
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=roles)


@pytest.fixture
def ending(session, officer):
    """An agreement of the officer that asks for a decision: its notice is due on 31 December."""
    row = make_agreement(
        session,
        ends_on=END,
        notice_count=1,
        notice_unit=OffsetUnit.MONTHS,
        officer_id=officer.account_id,
    )
    renewal_days.refresh(session, row, now=NOW)
    return row


def decide(session, row, officer, choice, *, until_on=None, **changes):
    made = Choice(choice=choice, decided_on=TODAY, reason="Rapat evaluasi", until_on=until_on)
    return service.decide(session, row, made, version=changes.get("version", row.version), actor=officer, now=NOW)


def asked(session, officer):
    found = tasks.list_tasks(session, actor=officer, today=TODAY)
    return [task.agreement_code for task in found if task.kind is TaskKind.DECIDE_RENEWAL]


def reminded(session, row):
    """The kinds of days of an agreement that are still reminded of."""
    kinds = (SubjectKind.NOTICE, SubjectKind.RENEWAL_START, SubjectKind.TERM_END)
    rows = {kind: session.execute(reminder_subjects.live(kind)).all() for kind in kinds}
    return {kind for kind, found in rows.items() if row.id in {each.subject_id for each in found}}


@pytest.mark.parametrize("choice", [RenewalChoice.EXTENSION, RenewalChoice.NEW_DOCUMENT, RenewalChoice.LAPSE])
def test_what_is_decided_is_asked_no_more_but_its_end_is_still_told(session, officer, ending, choice):
    assert asked(session, officer) == [ending.code]
    assert reminded(session, ending) == {SubjectKind.NOTICE, SubjectKind.RENEWAL_START, SubjectKind.TERM_END}
    decide(session, ending, officer, choice)
    assert asked(session, officer) == []
    assert reminded(session, ending) == {SubjectKind.TERM_END}
    assert (ending.ends_on, ending.stage) == (END, Stage.ACTIVE)
    service.withdraw(session, ending, actor=officer, now=NOW)
    assert asked(session, officer) == [ending.code]
    assert SubjectKind.NOTICE in reminded(session, ending)
    entries = session.scalars(select(Entry.action).where(Entry.agreement_id == ending.id).order_by(Entry.id)).all()
    assert entries == ["renewal_decided", "renewal_withdrawn"]


def test_a_tacit_renewal_moves_the_term_with_its_duties_and_the_next_decision(session, officer, ending):
    closing = {"schedule": ScheduleKind.RELATIVE, "relative_anchor": RelativeAnchor.END, "fixed_on": None}
    make_obligation(session, ending, offset_count=30, offset_unit=OffsetUnit.DAYS, **closing)
    obligations.refresh(session, agreement_id=ending.id, now=NOW)
    decide(session, ending, officer, RenewalChoice.TACIT, until_on=LATER)
    assert (ending.ends_on, ending.notice_on) == (LATER, date(2029, 12, 31))
    assert session.scalars(select(Occurrence.due_on)).all() == [date(2030, 3, 2)]
    assert asked(session, officer) == []
    assert reminded(session, ending) == {SubjectKind.NOTICE, SubjectKind.RENEWAL_START, SubjectKind.TERM_END}
    [row] = renewals.decisions(session, ending)
    assert (row.is_open, row.until_on) == (False, LATER)
    with pytest.raises(RuleBroken):
        service.withdraw(session, ending, actor=officer, now=NOW)
    decide(session, ending, officer, RenewalChoice.LAPSE)
    assert SubjectKind.NOTICE not in reminded(session, ending)


def test_the_agreement_that_follows_begins_as_a_proposal_and_is_begun_once(session, officer, ending):
    decide(session, ending, officer, RenewalChoice.NEW_DOCUMENT)
    follower = service.begin_follower(session, ending, actor=officer, now=NOW)
    assert (follower.stage, follower.kind, follower.title) == (Stage.PROPOSED, AgreementKind.PKS, ending.title)
    assert (follower.ends_on, follower.signed_on) == (None, None)
    relation = session.scalars(select(AgreementRelation)).one()
    assert (relation.agreement_id, relation.other_id, relation.relation) == (follower.id, ending.id, Relation.RENEWS)
    seats = [(seat.organisation_id, seat.number_printed) for seat in reading.get(session, follower.code).parties]
    assert seats == [(seat.organisation_id, None) for seat in ending.parties]
    with pytest.raises(RuleBroken):
        service.begin_follower(session, ending, actor=officer, now=NOW)


def test_an_extension_is_begun_as_its_own_kind_and_a_cancelled_one_asks_again(session, officer, ending):
    decide(session, ending, officer, RenewalChoice.EXTENSION, until_on=LATER)
    follower = service.begin_follower(session, ending, actor=officer, now=NOW)
    assert follower.kind is AgreementKind.EXTENSION
    service.withdraw(session, ending, actor=officer, now=NOW)
    assert asked(session, officer) == []
    decision = Decision(to=Stage.CANCELLED, entered_on=TODAY, reason="Mitra mundur")
    agreements.change_stage(session, follower, decision, actor=officer, now=NOW)
    assert asked(session, officer) == [ending.code]


def test_a_paper_that_people_recorded_themselves_is_the_follower(session, officer, ending):
    decide(session, ending, officer, RenewalChoice.NEW_DOCUMENT)
    assert renewals.decisions(session, ending)[0].follower_code is None
    other = make_agreement(session, stage=Stage.PROPOSED)
    session.add(AgreementRelation(agreement_id=other.id, other_id=ending.id, relation=Relation.RENEWS))
    session.flush()
    assert renewals.decisions(session, ending)[0].follower_code == other.code
    other.stage = Stage.CANCELLED
    session.flush()
    assert renewals.decisions(session, ending)[0].follower_code is None


def test_two_people_do_not_decide_the_same_thing(session, officer, ending):
    seen = ending.version
    decide(session, ending, officer, RenewalChoice.LAPSE)
    with pytest.raises(RuleBroken):
        decide(session, ending, officer, RenewalChoice.EXTENSION)
    service.withdraw(session, ending, actor=officer, now=NOW)
    with pytest.raises(Conflict):
        decide(session, ending, officer, RenewalChoice.EXTENSION, version=seen)


def test_only_people_who_decide_stages_decide_renewals(session, officer, ending):
    reader = Actor(account_id=1, name="x", organisation_id=1, roles=frozenset({Role.UMBRELLA_READER}))
    head = Actor(
        account_id=officer.account_id, name="x", organisation_id=officer.organisation_id, roles=frozenset({Role.HEAD})
    )
    with pytest.raises(NotAllowed):
        decide(session, ending, reader, RenewalChoice.LAPSE)
    assert decide(session, ending, head, RenewalChoice.TACIT, until_on=LATER).by_id == head.account_id
