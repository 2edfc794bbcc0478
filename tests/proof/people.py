"""The people of a proof, in a process of their own: they fulfil, waive, move, return, hand over, by the services.

Each line on the input is one act as JSON; the answer is what it changed and between which two instants.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.domain.policy import Actor, Role
from portal.domain.relief import ReliefKind, Wish
from portal.domain.reminder import Audience, Rule, SubjectKind
from portal.domain.report_turn import Mending
from portal.jobs import runner
from portal.models import Absence, Account, Agreement, Occurrence, ReminderLadder, Report
from portal.services import absences, obligations, reliefs, reminder_ladders, reminders, report_rounds, reports
from tests.proof.director import be_patient
from tests.proof.office import told

FIX_DAYS = 10
TRIES = 3
"""So often people press the button when the database ends a circle of waiting at their cost."""


def officer_of(session: Session) -> Actor:
    """An officer who acts."""
    found = session.scalars(select(Account).where(Account.email.like("petugas%")).order_by(Account.id)).first()
    roles = frozenset({Role.OFFICER, Role.HEAD})
    return Actor(account_id=found.id, name=found.name, organisation_id=found.organisation_id, roles=roles)


def partner_of(session: Session, act: dict) -> Actor:
    """The person who writes for the partner that owes."""
    found = session.get_one(Account, act["writer"])
    roles = frozenset({Role.PARTNER_RESPONSIBLE})
    return Actor(account_id=found.id, name=found.name, organisation_id=found.organisation_id, roles=roles)


def move(session: Session, act: dict, now: datetime) -> dict:
    """Give a duty another date."""
    occurrence = session.get_one(Occurrence, act["id"])
    duty = obligations.duty_of(occurrence.obligation)
    changed = replace(duty, schedule=replace(duty.schedule, fixed_on=date.fromisoformat(act["to"])))
    version = occurrence.obligation.version
    obligations.edit(session, occurrence.obligation, duty=changed, version=version, actor=officer_of(session), now=now)
    session.refresh(occurrence)
    return {"due_on": occurrence.due_on.isoformat()}


def _give(session: Session, act: dict, wish: Wish, now: datetime) -> dict:
    occurrence = session.get_one(Occurrence, act["id"])
    gift = reliefs.Gift(wish=wish, agreed_by="Uji")
    reliefs.give(session, occurrence, gift=gift, version=occurrence.version, actor=officer_of(session), now=now)
    return {"due_on": occurrence.due_on.isoformat()}


def waive(session: Session, act: dict, now: datetime) -> dict:
    """Release the debtor."""
    return _give(session, act, Wish(kind=ReliefKind.WAIVER, reason="Uji"), now)


def extend(session: Session, act: dict, now: datetime) -> dict:
    """Grant a later date."""
    wish = Wish(kind=ReliefKind.EXTENSION, reason="Uji", wanted_on=date.fromisoformat(act["to"]))
    return _give(session, act, wish, now)


def meet(session: Session, act: dict, now: datetime) -> dict:
    """Note that a duty was fulfilled."""
    occurrence = session.get_one(Occurrence, act["id"])
    done = obligations.Fulfilment(met_on=office_date(now))
    who = officer_of(session)
    obligations.mark_met(session, occurrence, fulfilment=done, version=occurrence.version, actor=who, now=now)
    return {}


def send(session: Session, act: dict, now: datetime) -> dict:
    """Send a report, for the first time or mended."""
    who = partner_of(session, act)
    report = reports.open_report(session, act["id"], actor=who, now=now)
    round_number = len(report.rounds) + 1
    typed = {"narrative": f"Kegiatan berjalan baik, putaran {round_number}."}
    reports.save(session, report, typed, actor=who, now=now)
    reports.submit(session, report, number=round_number, version=report.version, actor=who, now=now)
    return {"report": report.id}


def accept(session: Session, act: dict, now: datetime) -> dict:
    """Accept a report."""
    report = session.get_one(Report, act["report"])
    report_rounds.accept(session, report, number=report.round, actor=officer_of(session), now=now)
    return {}


def send_back(session: Session, act: dict, now: datetime) -> dict:
    """Send a report back with a date of its own."""
    report = session.get_one(Report, act["report"])
    fix = Mending(reason="Uji", fix_due_on=office_date(now) + timedelta(days=FIX_DAYS))
    report_rounds.send_back(session, report, fix, number=report.round, actor=officer_of(session), now=now)
    return {"fix_due_on": fix.fix_due_on.isoformat()}


def hand_over(session: Session, act: dict, now: datetime) -> dict:
    """Give an agreement to another officer."""
    session.get_one(Agreement, act["id"]).officer_id = act["officer"]
    reminders.replan(session, agreement_id=act["id"], now=now)
    return {}


def leave(session: Session, act: dict, now: datetime) -> dict:
    """Record that somebody will be away."""
    first_on, last_on = date.fromisoformat(act["first_on"]), date.fromisoformat(act["last_on"])
    span = absences.Leave(account_id=act["account"], deputy_id=act["deputy"], starts_on=first_on, ends_on=last_on)
    return {"absence": absences.record(session, span, actor=officer_of(session), now=now).id}


def come_back(session: Session, act: dict, now: datetime) -> dict:
    """Take an absence back."""
    absences.withdraw(session, session.get_one(Absence, act["absence"]), actor=officer_of(session), now=now)
    return {}


def edit_ladder(session: Session, act: dict, now: datetime) -> dict:
    """Give a kind of subject other rungs."""
    kind = SubjectKind(act["kind"])
    where = (ReminderLadder.subject_kind == kind, ReminderLadder.is_default.is_(True))
    ladder = session.scalars(select(ReminderLadder).where(*where)).one()
    rules = [Rule(kind=kind, step=step, audience=Audience(audience)) for step, audience in act["rungs"]]
    reminder_ladders.edit(session, ladder, rules, version=ladder.version, actor=officer_of(session), now=now)
    return {}


def release(session: Session, act: dict, now: datetime) -> dict:
    """Let go what the brake held."""
    del act
    return {"count": reminders.release_held(session, actor=officer_of(session), now=now)}


OF_DUTIES = (move, waive, extend, meet, send, accept, send_back)
OF_THE_OFFICE = (hand_over, leave, come_back, edit_ladder, release)
ACTS: dict[str, Callable[[Session, dict, datetime], dict[str, Any]]] = {
    act.__name__: act for act in (*OF_DUTIES, *OF_THE_OFFICE)
}


def stubborn(app: Flask, act: dict, place: Path) -> dict:
    """Do an act, and do it again when the database has given it up for another transaction."""
    for again in range(TRIES):
        try:
            with runner.transaction(app) as session:
                answer = ACTS[act["do"]](session, act, told(place))
        except OperationalError:
            if again + 1 == TRIES:
                raise
        else:
            break
    return answer | {"again": again}


def serve(app: Flask, given: dict) -> None:
    """Do one act after the other."""
    event.listen(Engine, "connect", be_patient)
    with os.fdopen(given["heard"]) as heard, os.fdopen(given["said"], "w") as said:
        for line in heard:
            act = json.loads(line)
            begun = time.time()
            answer = stubborn(app, act, Path(given["clock"]))
            said.write(json.dumps(answer | {"begun": begun, "ended": time.time()}) + "\n")
            said.flush()
