"""What is shown before a change of an agreement is what happens: every kind of duty, every decision."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.duty_change import Back, Decision, DutyDecision, Fate, Hold, Survival, key_of
from portal.domain.obligation import (
    Cadence,
    DayType,
    ObligationKind,
    OccurrenceStage,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.policy import SYSTEM
from portal.models import AgreementRelation, Entry, Occurrence
from portal.queries import agreements as reading
from portal.services import agreements, duty_changes, timetable
from tests.factories import make_agreement, make_obligation
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY

ANSWERS = (OccurrenceStage.MET, OccurrenceStage.SUBMITTED, OccurrenceStage.RETURNED, OccurrenceStage.WAIVED)
START, END = date(2026, 1, 1), date(2028, 12, 31)


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


def recurring(**changes):
    """A schedule of periods by the calendar, due ten days after each."""
    values = {"schedule": ScheduleKind.RECURRING, "fixed_on": None, "period_anchor": PeriodAnchor.CALENDAR}
    return {**values, "cadence": Cadence.QUARTERLY, "offset_count": 10, **changes}


def relative(anchor, count, **changes):
    """A date counted from another one."""
    values = {"schedule": ScheduleKind.RELATIVE, "fixed_on": None, "relative_anchor": anchor}
    return {**values, "offset_count": count, **changes}


DUTIES = (
    recurring(kind=ObligationKind.REPORTING),
    recurring(cadence=Cadence.YEARLY, period_anchor=PeriodAnchor.ANNIVERSARY, roll=Roll.NEXT_WORKING),
    recurring(cadence=Cadence.MONTHLY, until_on=date(2027, 3, 31), kind=ObligationKind.MONEV),
    relative(RelativeAnchor.END, 30, kind=ObligationKind.ACCOUNTABILITY),
    relative(RelativeAnchor.END, -3, offset_unit=OffsetUnit.MONTHS, kind=ObligationKind.NOTICE),
    relative(RelativeAnchor.SIGNING, 14, day_type=DayType.WORKING, kind=ObligationKind.WORKPLAN),
    relative(RelativeAnchor.START, 1, offset_unit=OffsetUnit.MONTHS),
    {"fixed_on": date(2027, 5, 2), "kind": ObligationKind.FUNDING},
    {"schedule": ScheduleKind.CONTINUOUS, "fixed_on": None, "kind": ObligationKind.CONFIDENTIALITY},
)


def make_paper(session, **changes):
    """An agreement about to be signed that has one duty of every kind."""
    values = {"stage": Stage.SIGNING, "signed_on": None, "starts_on": START, "ends_on": END} | changes
    agreement = make_agreement(session, **values)
    duties = [make_obligation(session, agreement, **values) for values in DUTIES]
    return agreement, duties


def stored(session, agreement):
    """Return what is written of each date."""
    session.flush()
    session.expire_all()
    rows = session.scalars(select(Occurrence).where(Occurrence.agreement_id == agreement.id)).all()
    return {
        (row.obligation_id, row.period_key): {name: getattr(row, name) for name in timetable.COLUMNS} for row in rows
    }


def told(plan):
    """Return what a preview says will be written of each date."""
    return {(line.obligation.id, line.period_key): dict(line.after) for line in plan.lines}


def decide(session, agreement, to, **values):
    """Preview, decide, and return the preview after checking that just this happened."""
    decision = Decision(to=to, **{"entered_on": TODAY, "reason": "Uji", **values})
    plan = duty_changes.of_decision(session, agreement, decision, actor=SYSTEM, now=NOW)
    before, expected = stored(session, agreement), told(plan.own)
    agreements.change_stage(session, agreement, decision, actor=SYSTEM, now=NOW)
    after = stored(session, agreement)
    assert after == expected
    assert {key: row for key, row in before.items() if row["stage"] in ANSWERS} == {
        key: row for key, row in after.items() if row["stage"] in ANSWERS
    }
    assert timetable.refresh(session, agreement_id=agreement.id, now=NOW) == 0
    return plan


def answer_some(session, agreement, chance):
    """Let people answer a third of the open dates."""
    rows = session.scalars(select(Occurrence).where(Occurrence.agreement_id == agreement.id).order_by(Occurrence.id))
    for row in rows:
        if row.stage is OccurrenceStage.OPEN and chance.random() < 0.3:
            row.stage = chance.choice(ANSWERS)
    session.flush()


def random_decision(session, agreement, duties, chance):
    """Return some decision about open duties."""
    rows = list(stored(session, agreement))
    return DutyDecision(
        hold=chance.choice(list(Hold)),
        chosen=frozenset(key_of(*key) for key in rows if chance.random() < 0.5),
        back=chance.choice(list(Back)),
        survival={duty.id: chance.choice(list(Survival)) for duty in duties if chance.random() < 0.5},
    )


@pytest.mark.sqlite_only
@pytest.mark.parametrize("seed", range(12))
def test_what_is_shown_before_a_decision_is_what_happens(session, seed):
    chance = Random(seed)
    agreement, duties = make_paper(session)
    decide(session, agreement, Stage.ACTIVE, signed_on=TODAY - timedelta(days=chance.randrange(400)))
    answer_some(session, agreement, chance)
    for to in chance.choice(
        [
            (Stage.SUSPENDED, Stage.ACTIVE, Stage.TERMINATED),
            (Stage.SUSPENDED, Stage.TERMINATED),
            (Stage.SUSPENDED, Stage.ACTIVE, Stage.SUSPENDED, Stage.ACTIVE),
            (Stage.TERMINATED,),
        ]
    ):
        on = TODAY - timedelta(days=chance.choice([0, 0, 5, 60]))
        about = random_decision(session, agreement, duties, chance)
        decide(session, agreement, to, entered_on=on, duties=about)
        answer_some(session, agreement, chance)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("seed", range(8))
def test_what_is_shown_before_new_facts_is_what_happens(session, seed):
    chance = Random(seed)
    agreement, _ = make_paper(session)
    decide(session, agreement, Stage.ACTIVE, signed_on=date(2026, 2, 3))
    answer_some(session, agreement, chance)
    if chance.random() < 0.5:
        decide(session, agreement, Stage.SUSPENDED, duties=DutyDecision(hold=chance.choice(list(Hold))))
    for _ in range(3):
        facts = replace(
            reading.facts(session, agreement),
            signed_on=date(2026, 1, 2) + timedelta(days=chance.randrange(90)),
            starts_on=START.replace(month=chance.choice([1, 4, 7])),
            ends_on=chance.choice([END, date(2027, 6, 30), date(2029, 2, 28), None]),
        )
        expected = told(duty_changes.of_facts(session, agreement, facts, now=NOW))
        agreements.edit(session, agreement, facts, version=agreement.version, actor=SYSTEM, now=NOW)
        assert stored(session, agreement) == expected


def fates(plan, fate):
    """Return (kind of duty, period, before, after) of the dates with this fate."""
    return [
        (line.obligation.kind, line.before and line.before["due_on"], line.after["due_on"])
        for line, found in plan.fates
        if found is fate
    ]


def test_an_early_end_closes_what_comes_later_and_keeps_the_final_account(session):
    agreement, _ = make_paper(session)
    decide(session, agreement, Stage.ACTIVE, signed_on=START)
    plan = decide(session, agreement, Stage.TERMINATED)
    assert fates(plan.own, Fate.MOVED) == [(ObligationKind.ACCOUNTABILITY, END + timedelta(30), TODAY + timedelta(30))]
    rows = stored(session, agreement).values()
    assert all(
        row["due_on"] <= TODAY or row["due_on"] == TODAY + timedelta(30) for row in rows if row["stage"] == "open"
    )
    assert any(row["due_on"] <= TODAY and row["stage"] == "open" for row in rows)
    assert plan.told["counts"] == plan.own.counts


def test_an_end_in_the_past_takes_back_what_came_due_since(session):
    agreement, _ = make_paper(session)
    decide(session, agreement, Stage.ACTIVE, signed_on=START)
    decide(session, agreement, Stage.TERMINATED, entered_on=date(2026, 7, 1))
    owed = [row["due_on"] for row in stored(session, agreement).values() if row["stage"] == "open"]
    assert max(day for day in owed if day <= TODAY) <= date(2026, 7, 31)


def test_a_rest_pushes_what_it_held_and_nothing_else(session):
    agreement, _ = make_paper(session)
    decide(session, agreement, Stage.ACTIVE, signed_on=START)
    plan = decide(session, agreement, Stage.SUSPENDED, entered_on=date(2026, 11, 1))
    held = {
        (line.obligation.id, line.period_key): line.before["due_on"]
        for line, fate in plan.own.fates
        if fate is Fate.HELD
    }
    assert held
    decide(session, agreement, Stage.ACTIVE, entered_on=TODAY, duties=DutyDecision(back=Back.PUSH))
    rows = stored(session, agreement)
    assert {key: rows[key]["due_on"] for key in held} == {key: due + timedelta(days=20) for key, due in held.items()}
    assert {key: rows[key]["scheduled_on"] for key in held} == held


def test_a_date_that_was_given_rest_by_itself_keeps_resting(session):
    agreement, _ = make_paper(session)
    decide(session, agreement, Stage.ACTIVE, signed_on=START)
    alone = session.scalar(select(Occurrence).where(Occurrence.due_on > TODAY).order_by(Occurrence.due_on))
    alone.stage, alone.reason, alone.decided_on = OccurrenceStage.HELD, "Menunggu dana", TODAY
    session.flush()
    decide(session, agreement, Stage.SUSPENDED)
    decide(session, agreement, Stage.ACTIVE)
    assert (alone.stage, alone.reason) == (OccurrenceStage.HELD, "Menunggu dana")
    assert [row.id for row in session.scalars(select(Occurrence).where(Occurrence.stage == "held"))] == [alone.id]


def make_extension(session, of, ends_on):
    """An extension about to be signed that gives an agreement a new end."""
    row = make_agreement(
        session,
        parties=[party.organisation for party in of.parties],
        kind=AgreementKind.EXTENSION,
        stage=Stage.SIGNING,
        signed_on=None,
        starts_on=END,
        ends_on=ends_on,
    )
    session.add(AgreementRelation(agreement_id=row.id, other_id=of.id, relation=Relation.EXTENDS))
    session.flush()
    return row


@pytest.mark.parametrize("follow", [True, False])
def test_an_extension_gives_its_end_only_when_people_say_so(session, follow):
    agreement, _ = make_paper(session)
    decide(session, agreement, Stage.ACTIVE, signed_on=START)
    extension = make_extension(session, agreement, date(2029, 12, 31))
    before = stored(session, agreement)
    plan = decide(session, extension, Stage.ACTIVE, signed_on=TODAY, follow=follow)
    [moved] = plan.followers
    assert moved.counts == {"moved": 2}
    assert stored(session, agreement) == (told(moved) if follow else before)
    assert agreement.ends_on == (date(2029, 12, 31) if follow else END)
    entries = session.scalars(
        select(Entry).where(Entry.agreement_id == agreement.id, Entry.action == "agreement_edited")
    )
    assert [entry.detail["duties"] for entry in entries] == ([{"moved": 2}] if follow else [])
