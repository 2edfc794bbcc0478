"""Incidents with personal data: recorded, completed, who was told of them, closed."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import incident as rules
from portal.domain import policy
from portal.domain.errors import RuleBroken
from portal.domain.incident import Addressee, IncidentFacts, Told
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.models import Incident, IncidentLetter
from portal.services import audit


def record(session: Session, *, facts: IncidentFacts, actor: Actor, now: datetime) -> Incident:
    """Record an incident; the three days run from the instant at which it was noticed. Raises RuleBroken by field."""
    policy.check(actor, Action.MANAGE_INCIDENT)
    rules.check_facts(facts, now=now)
    row = Incident(recorded_by_id=actor.account_id, created_at=now)
    _fill(row, facts, now=now)
    session.add(row)
    session.flush()
    audit.record(session, "incident_recorded", subject=row, actor=actor, now=now, detail={"due_at": row.due_at})
    return row


def _fill(row: Incident, facts: IncidentFacts, *, now: datetime) -> None:
    row.title, row.what, row.how = facts.title.strip(), facts.what.strip(), facts.how.strip()
    row.measures, row.data_kinds = facts.measures.strip(), [kind.value for kind in facts.data_kinds]
    row.noticed_at, row.due_at = facts.noticed_at, rules.due_at(facts.noticed_at)
    row.search, row.updated_at = facts.search.to_plain(), now


def _check_open(row: Incident) -> None:
    if row.closed_at is not None:
        raise RuleBroken(N_("Insiden ini sudah ditutup. Catat insiden baru bila ada yang belum tercatat."))


def note_letter(session: Session, row: Incident, *, told: Told, actor: Actor, now: datetime) -> IncidentLetter:
    """Note that a person was told, or the authority. Raises RuleBroken for a closed incident."""
    policy.check(actor, Action.MANAGE_INCIDENT)
    _check_open(row)
    letter = IncidentLetter(
        incident_id=row.id,
        addressee=Addressee.PERSON if told.name.strip() else Addressee.AUTHORITY,
        account_id=told.account_id,
        name=told.name.strip(),
        way=told.way,
        sent_at=now,
        recorded_by_id=actor.account_id,
    )
    session.add(letter)
    session.flush()
    detail = {"addressee": letter.addressee, "way": told.way}
    audit.record(session, "incident_letter_noted", subject=row, actor=actor, now=now, detail=detail)
    session.refresh(row, ["letters"])
    return letter


def close(session: Session, row: Incident, *, actor: Actor, now: datetime) -> Incident:
    """Close an incident when the authority and at least one person were told. Raises RuleBroken otherwise."""
    policy.check(actor, Action.MANAGE_INCIDENT)
    _check_open(row)
    if {letter.addressee for letter in row.letters} != set(Addressee):
        raise RuleBroken(N_("Catat dulu surat kepada lembaga pelindungan data dan kepada orang yang terkena."))
    row.closed_at, row.closed_by_id, row.updated_at = now, actor.account_id, now
    session.flush()
    audit.record(session, "incident_closed", subject=row, actor=actor, now=now)
    return row
