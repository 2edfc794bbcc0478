"""The house that a proof fills: partners in three zones, officers, heads, a director, and many dated duties."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.dates import local_instant
from portal.domain.obligation import DutyRole, ObligationKind, OccurrenceStage, OffsetUnit, ScheduleKind
from portal.domain.organisation import OrganisationKind, Zone
from portal.domain.policy import Role
from portal.domain.reminder import SubjectKind
from portal.models import Account, Agreement, Obligation, ObligationParty, Occurrence, Organisation
from portal.services import reminders, renewal_days
from tests.factories import make_account, make_agreement, make_ministry, make_organisation, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

PER_AGREEMENT = 20
OFFICERS = 5
ZONES = tuple(Zone)
OF_PAPERS = (SubjectKind.TERM_END, SubjectKind.NOTICE, SubjectKind.RENEWAL_START)


@dataclass(kw_only=True)
class Paper:
    """One agreement: who is behind it and its own dates."""

    id: int
    title: str
    officer: int
    unit: int
    partners: tuple[int, ...]
    dates: dict[SubjectKind, date] = field(default_factory=dict)
    """Target dates of its own."""


@dataclass(kw_only=True)
class Duty:
    """One occurrence: what it is called, who owes it, when it is due."""

    id: int
    title: str
    paper: Paper
    due_on: date
    debtor: int | None
    """The organisation of the partner that owes; None: the office owes."""
    is_reported: bool


@dataclass(kw_only=True)
class World:
    """Everything that the proof must know; people are ids of accounts."""

    papers: list[Paper] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    writers: dict[int, int] = field(default_factory=dict)
    """The person of a partner who sends reports."""
    reporters: dict[int, frozenset[int]] = field(default_factory=dict)
    answerable: dict[int, frozenset[int]] = field(default_factory=dict)
    officers: list[int] = field(default_factory=list)
    heads: dict[int, frozenset[int]] = field(default_factory=dict)
    directors: frozenset[int] = frozenset()
    units: dict[int, int] = field(default_factory=dict)
    """The organisation of each person; of those of the office, their unit."""
    emails: dict[int, str] = field(default_factory=dict)
    zones: dict[int, Zone] = field(default_factory=dict)

    def know(self, account: Account, zone: Zone) -> int:
        """Remember a person."""
        self.emails[account.id], self.zones[account.id] = account.email, zone
        self.units[account.id] = account.organisation_id
        return account.id


def fill(session: Session, *, duties: int, first_on: date, days: int, seed: int) -> World:
    """Record a house whose dates lie in the days after `first_on`."""
    chance, world = Random(seed), World()
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    ministry = make_ministry(session)
    units = _office(session, world, ministry)
    partners = [_partner(session, world, number) for number in range(max(duties // PER_AGREEMENT // 6, 3))]
    for number in range(max(duties // PER_AGREEMENT, 1)):
        parties = chance.sample(partners, 1 + (number % 4 == 0))
        unit = units[number % len(units)]
        paper = _paper(session, world, number, (ministry, *parties), unit, first_on, chance)
        for place in range(PER_AGREEMENT):
            due_on = first_on + timedelta(days=chance.randrange(days))
            _duty(session, world, paper, ministry.id, due_on, number * PER_AGREEMENT + place)
    session.flush()
    for duty, row in zip(world.duties, session.info.pop("occurrences"), strict=True):
        duty.id = row.id
    renewal_days.refresh_all(session, now=local_instant(first_on, 0, Zone.WIB))
    for paper in world.papers:
        paper.dates = dates_of(session, paper.id)
    session.commit()
    return world


def dates_of(session: Session, agreement_id: int) -> dict[SubjectKind, date]:
    """The dates of an agreement itself, as they are stored now."""
    columns = (Agreement.ends_on, Agreement.notice_on, Agreement.renewal_starts_on)
    row = session.execute(select(*columns).where(Agreement.id == agreement_id)).one()
    found = zip(OF_PAPERS, row, strict=True)
    return {kind: day for kind, day in found if day is not None}


def _office(session: Session, world: World, ministry: Organisation) -> list[Organisation]:
    """Three units, one with two heads and one without; one director; officers who handle agreements."""
    units = [
        make_organisation(session, kind=OrganisationKind.UNIT, is_ours=True, parent_id=ministry.id, name=f"Unit {n}")
        for n in range(3)
    ]
    for unit, count in zip(units, (2, 1, 0), strict=True):
        heads = [make_account(session, Role.HEAD, unit, email=f"kepala{unit.id}-{n}@uji.test") for n in range(count)]
        world.heads |= {unit.id: frozenset(world.know(head, Zone.WIB) for head in heads)} if heads else {}
    director = make_account(session, Role.DIRECTOR, ministry, email="direktur@uji.test")
    world.directors = frozenset({world.know(director, Zone.WIB)})
    for number in range(OFFICERS):
        unit = units[number % len(units)]
        officer = make_account(session, Role.OFFICER, unit, email=f"petugas{number}@uji.test")
        world.officers.append(world.know(officer, Zone.WIB))
    return units


def _partner(session: Session, world: World, number: int) -> Organisation:
    zone = ZONES[number % len(ZONES)]
    home = make_partner(session, name=f"Yayasan Uji {number}", zone=zone)
    people = {}
    for role in (Role.PARTNER_RESPONSIBLE, Role.PARTNER_WRITER, Role.PARTNER_VIEWER):
        account = make_account(session, role, home, email=f"{role.value.replace('_', '')}{number}@uji.test")
        people[role] = world.know(account, zone)
    world.writers[home.id] = people[Role.PARTNER_RESPONSIBLE]
    world.reporters[home.id] = frozenset({people[Role.PARTNER_RESPONSIBLE], people[Role.PARTNER_WRITER]})
    world.answerable[home.id] = frozenset({people[Role.PARTNER_RESPONSIBLE]})
    return home


def _paper(session, world, number, parties, unit, first_on, chance):
    ends_on = first_on + timedelta(days=chance.randrange(30, 700))
    notice = {"notice_count": 3, "notice_unit": OffsetUnit.MONTHS} if number % 3 == 0 else {}
    row = make_agreement(
        session,
        parties,
        title=f"Naskah A{number:03d}",
        starts_on=first_on - timedelta(days=400),
        ends_on=ends_on,
        unit_id=unit.id,
        officer_id=world.officers[number % len(world.officers)],
        **notice,
    )
    paper = Paper(
        id=row.id,
        title=row.title,
        officer=row.officer_id,
        unit=unit.id,
        partners=tuple(party.id for party in parties[1:]),
    )
    world.papers.append(paper)
    return paper


def _duty(session, world, paper, ministry_id, due_on, number):
    """Seven of ten are reports of a partner, two are ticked off, one is owed by the office."""
    debtor = None if number % 10 == 9 else paper.partners[number % len(paper.partners)]
    is_reported = number % 10 < 7
    kind = ObligationKind.REPORTING if is_reported else ObligationKind.TRAINING
    title = f"Kewajiban K{number:04d}"
    stamps = {"created_at": NOW, "updated_at": NOW}
    obligation = Obligation(
        agreement_id=paper.id, kind=kind, title=title, schedule=ScheduleKind.FIXED, fixed_on=due_on, **stamps
    )
    owing, owed = (debtor or ministry_id), (ministry_id if debtor else paper.partners[0])
    obligation.parties = [
        ObligationParty(agreement_id=paper.id, organisation_id=owing, duty_role=DutyRole.DEBTOR),
        ObligationParty(agreement_id=paper.id, organisation_id=owed, duty_role=DutyRole.CREDITOR),
    ]
    row = Occurrence(
        obligation=obligation,
        agreement_id=paper.id,
        period_key="once",
        due_on=due_on,
        stage=OccurrenceStage.OPEN,
        **stamps,
    )
    session.add(row)
    session.info.setdefault("occurrences", []).append(row)
    world.duties.append(Duty(id=0, title=title, paper=paper, due_on=due_on, debtor=debtor, is_reported=is_reported))
