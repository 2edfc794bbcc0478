"""What one agreement does to the dates of another: a signing that children count from, an end that is taken over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.agreement_facts import Opening, RelationFacts
from portal.domain.duty_change import Decision
from portal.domain.obligation import OccurrenceStage, RelativeAnchor, ScheduleKind
from portal.domain.policy import SYSTEM
from portal.models import AgreementRelation, Entry, Occurrence
from portal.queries import agreements as reading
from portal.services import agreements, duty_changes, timetable
from tests.factories import make_agreement, make_obligation
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY

LATE = date(2029, 12, 31)


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


def relative(anchor, count):
    return {"schedule": ScheduleKind.RELATIVE, "fixed_on": None, "relative_anchor": anchor, "offset_count": count}


@pytest.fixture
def parent(session):
    """An MoU that is not signed yet."""
    return make_agreement(session, kind=AgreementKind.MOU, stage=Stage.SIGNING, signed_on=None)


@pytest.fixture
def child(session, parent):
    """An agreement in force beneath it, with a date thirty days after the MoU's signing; nothing is due yet."""
    row = make_agreement(session, parties=[party.organisation for party in parent.parties])
    session.add(AgreementRelation(agreement_id=row.id, other_id=parent.id, relation=Relation.PARENT))
    make_obligation(session, row, **relative(RelativeAnchor.PARENT_SIGNING, 30))
    timetable.refresh(session, agreement_id=row.id, now=NOW)
    return row


def dates(session, agreement):
    rows = session.scalars(select(Occurrence).where(Occurrence.agreement_id == agreement.id))
    return [row.due_on for row in rows if row.stage is not OccurrenceStage.CANCELLED]


def told(plan):
    return [line.after["due_on"] for line in plan.lines if line.after["stage"] is not OccurrenceStage.CANCELLED]


def test_dates_beneath_arise_when_the_parent_is_signed_as_the_preview_showed(session, parent, child):
    assert dates(session, child) == []
    decision = Decision(to=Stage.ACTIVE, entered_on=TODAY, signed_on=TODAY)
    [plan] = duty_changes.of_decision(session, parent, decision, actor=SYSTEM, now=NOW).children
    agreements.change_stage(session, parent, decision, actor=SYSTEM, now=NOW)
    assert dates(session, child) == told(plan) == [TODAY + timedelta(days=30)]
    entry = session.scalars(select(Entry).where(Entry.action == "duties_followed_parent")).one()
    assert entry.agreement_id == child.id


def test_dates_beneath_move_with_a_corrected_signing_and_answered_ones_stay(session, parent, child):
    decision = Decision(to=Stage.ACTIVE, entered_on=TODAY, signed_on=TODAY)
    agreements.change_stage(session, parent, decision, actor=SYSTEM, now=NOW)
    day = TODAY - timedelta(days=4)
    [plan] = duty_changes.counted_from(session, parent, day, actor=SYSTEM, now=NOW)
    facts = replace(reading.facts(session, parent), signed_on=day)
    agreements.edit(session, parent, facts, version=parent.version, actor=SYSTEM, now=NOW)
    assert dates(session, child) == told(plan) == [day + timedelta(days=30)]
    session.scalars(select(Occurrence)).one().stage = OccurrenceStage.MET
    agreements.edit(session, parent, replace(facts, signed_on=TODAY), version=parent.version, actor=SYSTEM, now=NOW)
    assert dates(session, child) == [day + timedelta(days=30)]


def test_a_child_of_another_parent_first_does_not_follow(session, parent, child):
    first = make_agreement(session, kind=AgreementKind.MOU, signed_on=date(2026, 11, 2))
    link = session.scalars(select(AgreementRelation)).one()
    link.other_id = first.id
    session.flush()
    session.add(AgreementRelation(agreement_id=child.id, other_id=parent.id, relation=Relation.PARENT))
    session.flush()
    assert duty_changes.counted_from(session, parent, TODAY, actor=SYSTEM, now=NOW) == ()


@pytest.mark.parametrize("follow", [True, False])
@pytest.mark.parametrize("relation", [Relation.EXTENDS, Relation.AMENDS])
def test_a_paper_recorded_in_force_gives_its_end_only_when_people_say_so(session, follow, relation):
    agreement = make_agreement(session)
    make_obligation(session, agreement, **relative(RelativeAnchor.END, 30))
    timetable.refresh(session, agreement_id=agreement.id, now=NOW)
    facts = replace(
        reading.facts(session, agreement),
        kind=AgreementKind.EXTENSION,
        signed_on=TODAY,
        starts_on=agreement.ends_on,
        ends_on=LATE,
        relations=(RelationFacts(relation=relation, other_code=agreement.code),),
    )
    before = agreement.ends_on
    [plan] = duty_changes.of_record(session, facts, actor=SYSTEM, now=NOW)
    opening = Opening(stage=Stage.ACTIVE, entered_on=TODAY, follow=follow)
    agreements.record(session, facts, opening=opening, actor=SYSTEM, now=NOW)
    assert agreement.ends_on == (LATE if follow else before)
    assert dates(session, agreement) == (told(plan) if follow else [before + timedelta(days=30)])
