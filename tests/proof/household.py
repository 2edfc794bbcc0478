"""A house of any size in which everything that the planner knows occurs.

Its own ladders with mail and bell, units with and without a head, people who are away with and without a deputy, dates
recorded late, answered and returned reports, suspended and terminated agreements, days of notice and of renewal,
papers that run out.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.dates import local_instant
from portal.domain.obligation import OccurrenceStage
from portal.domain.organisation import OrganisationKind, Zone
from portal.domain.organisation_card import CardPart, DocumentKind, ProposalStage
from portal.domain.policy import Role
from portal.domain.reminder import Audience, Channel, SubjectKind
from portal.domain.report import ReportStage
from portal.models import (
    Absence,
    Account,
    Agreement,
    CardProposal,
    LksProfile,
    Occurrence,
    Organisation,
    OrganisationDocument,
    ReminderLadder,
    ReminderRule,
    Report,
)
from tests.benchmarks import planning_data
from tests.factories import make_account, make_organisation
from tests.factories.instants import NOW

OWN_LADDERS = {
    "Rapat": (
        (-10, Audience.DEBTOR, Channel.MAIL),
        (-10, Audience.OFFICER, Channel.BELL),
        (-2, Audience.DEBTOR, Channel.MAIL),
        (-2, Audience.HEAD, Channel.BELL),
        (0, Audience.OFFICER, Channel.MAIL),
        (3, Audience.DEBTOR, Channel.MAIL),
        (3, Audience.DEBTOR, Channel.BELL),
        (10, Audience.HEAD, Channel.MAIL),
        (10, Audience.DIRECTOR, Channel.BELL),
    ),
    "Lonceng": (
        (-5, Audience.DEBTOR, Channel.BELL),
        (1, Audience.OFFICER, Channel.BELL),
        (1, Audience.HEAD, Channel.BELL),
    ),
}
UNITS = 4
ABSENCES_A_PERSON = 12
"""In three years."""
LONGEST = 20
EXPIRE_FROM = date(2026, 1, 1)


def fill(session: Session, dates: int, *, seed: int) -> None:
    """Record a house with so many dates of duties. The database is empty before."""
    planning_data.fill(session, dates)
    chance = Random(seed)
    _give_ladders(session)
    _give_units(session)
    _give_days(session, chance)
    _record_late(session, chance)
    _give_reports(session, chance)
    _give_papers(session, chance)
    _send_away(session, chance)
    session.commit()


def _give_ladders(session: Session) -> None:
    """Two dates of five go by a ladder of their own."""
    for rest, (name, rules) in enumerate(OWN_LADDERS.items(), start=1):
        rows = [ReminderRule(step=step, audience=audience, channel=channel) for step, audience, channel in rules]
        stamps = {"created_at": NOW, "updated_at": NOW}
        ladder = ReminderLadder(subject_kind=SubjectKind.OCCURRENCE, name=name, rules=rows, **stamps)
        session.add(ladder)
        session.flush()
        session.execute(update(Occurrence).where(Occurrence.id % 5 == rest).values(ladder_id=ladder.id))


def _give_units(session: Session) -> None:
    """Units of the office: the first two have heads, one has a director of its own, the last has nobody."""
    ministry = session.scalars(select(Organisation).where(Organisation.is_ours.is_(True))).one()
    for number in range(UNITS):
        unit = make_organisation(session, kind=OrganisationKind.UNIT, is_ours=True, parent_id=ministry.id)
        for role in ((Role.HEAD,), (Role.HEAD, Role.DIRECTOR), (Role.OFFICER,), ())[number]:
            make_account(session, role, unit)
        session.execute(update(Agreement).where(Agreement.id % (UNITS + 2) == number).values(unit_id=unit.id))
    session.execute(update(Agreement).where(Agreement.id % (UNITS + 2) == UNITS).values(unit_id=None))


def _change(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    """Change rows, each named by the value `row`."""
    table: Table = model.__table__
    names = [name for name in rows[0] if name != "row"]
    statement = update(table).where(table.c.id == bindparam("row"))
    session.connection().execute(statement.values({name: bindparam(name) for name in names}), rows)


def _give_days(session: Session, chance: Random) -> None:
    """Half of the agreements have days of notice and of renewal; some rest, some ended early."""
    ends = session.execute(select(Agreement.id, Agreement.ends_on)).all()
    days = [
        {
            "row": row.id,
            "notice_on": row.ends_on - timedelta(days=chance.randrange(30, 120)),
            "renewal_starts_on": row.ends_on - timedelta(days=chance.randrange(120, 300)),
        }
        for row in ends
        if chance.random() < 0.5
    ]
    _change(session, Agreement, days)
    for number, row in enumerate(ends):
        if number % 12 in {5, 11}:
            stage = Stage.SUSPENDED if number % 12 == 5 else Stage.TERMINATED
            session.execute(update(Agreement).where(Agreement.id == row.id).values(stage=stage))


def _record_late(session: Session, chance: Random) -> None:
    """Three dates of ten were recorded when some of their steps had come: those stay silent."""
    rows = session.execute(select(Occurrence.id, Occurrence.due_on).where(Occurrence.remind_from.is_not(None))).all()
    late = [
        {
            "row": row.id,
            "remind_from": local_instant(row.due_on + timedelta(days=chance.randrange(-40, 90)), 10, Zone.WIB),
        }
        for row in rows
    ]
    _change(session, Occurrence, late)


def _give_papers(session: Session, chance: Random) -> None:
    """Partners have papers that run out in these years; for some a successor was sent in or accepted."""
    partners = session.scalars(select(Organisation.id).where(Organisation.is_ours.is_(False))).all()
    for organisation_id in partners[::2]:
        profile = session.get(LksProfile, organisation_id) or LksProfile(organisation_id=organisation_id)
        profile.registration_expires_on = EXPIRE_FROM + timedelta(days=chance.randrange(500))
        profile.accreditation_expires_on = EXPIRE_FROM + timedelta(days=chance.randrange(500))
        session.add(profile)
        for kind in chance.sample(list(DocumentKind), 3):
            for stage in chance.sample(list(ProposalStage), 2):
                session.add(_paper(organisation_id, kind, stage, chance))
    for organisation_id in partners[::12]:
        part = chance.choice([CardPart.REGISTRATION, CardPart.ACCREDITATION])
        stamps = {"sent_at": NOW, "created_at": NOW, "updated_at": NOW}
        session.add(CardProposal(organisation_id=organisation_id, part=part, basis="Surat baru", **stamps))
    session.flush()


def _paper(organisation_id: int, kind: DocumentKind, stage: ProposalStage, chance: Random) -> OrganisationDocument:
    return OrganisationDocument(
        organisation_id=organisation_id,
        kind=kind,
        stage=stage,
        expires_on=EXPIRE_FROM + timedelta(days=chance.randrange(500)),
        name="surat.pdf",
        media_type="application/pdf",
        size=1,
        digest="0" * 64,
        sent_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )


def _give_reports(session: Session, chance: Random) -> None:
    """One open date of eight has a report: it waits for the office, was sent back with a date or without one."""
    open_dates = session.execute(
        select(Occurrence.id, Occurrence.agreement_id, Occurrence.due_on).where(
            Occurrence.stage == OccurrenceStage.OPEN, Occurrence.id % 8 == 3
        )
    ).all()
    reports, returned = [], []
    for number, row in enumerate(open_dates):
        came_back = number % 3 > 0
        fix_due_on = row.due_on + timedelta(days=chance.randrange(40)) if number % 3 == 1 else None
        returned += [{"row": row.id, "stage": OccurrenceStage.RETURNED}] if came_back else []
        reports.append(
            {
                "code": f"RPT-{number:05d}",
                "occurrence_id": row.id,
                "agreement_id": row.agreement_id,
                "organisation_id": row.agreement_id,
                "stage": ReportStage.RETURNED if came_back else ReportStage.SUBMITTED,
                "fix_due_on": fix_due_on,
                "created_at": NOW,
                "updated_at": NOW,
            }
        )
    session.execute(insert(Report), reports)
    _change(session, Occurrence, returned)


def _send_away(session: Session, chance: Random) -> None:
    """Everybody of the office is away now and then, and never twice at once; every other time somebody stands in."""
    staff = session.scalars(
        select(Account.id).join(Account.organisation).where(Organisation.is_ours.is_(True)).order_by(Account.id)
    ).all()
    first, apart = planning_data.TODAY - timedelta(days=500), 1000 // ABSENCES_A_PERSON
    spans = [
        (account, _span(first + timedelta(days=number * apart), apart, chance))
        for account in staff
        for number in range(ABSENCES_A_PERSON)
    ]
    rows = [
        {
            "account_id": account,
            "deputy_id": chance.choice([each for each in staff if each != account]) if chance.random() < 0.5 else None,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "recorded_at": NOW,
        }
        for account, (starts_on, ends_on) in spans
    ]
    session.execute(insert(Absence), rows)


def _span(first: date, within: int, chance: Random) -> tuple[date, date]:
    """Some days inside a stretch."""
    length = chance.randrange(LONGEST)
    starts_on = first + timedelta(days=chance.randrange(within - LONGEST))
    return starts_on, starts_on + timedelta(days=length)
