"""What the pure rule demands of a house, reckoned row by row from its tables, without any statement of the planner.

The tables are read whole, once; absences and roles are looked up for the day that is asked about.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.obligation import DutyRole, OccurrenceStage
from portal.domain.organisation_card import DocumentKind, PaperSource, PaperSubject, ProposalStage
from portal.domain.policy import Role
from portal.domain.reminder import NEAR, Audience, Channel, Ladder, SubjectKind, day_of, reached_step
from portal.domain.report import ReportStage
from portal.models import (
    Absence,
    Account,
    AccountRole,
    Agreement,
    AgreementParty,
    AgreementRelation,
    CardProposal,
    LksProfile,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    OrganisationDocument,
    Reminder,
    RenewalDecision,
    Report,
)
from portal.queries import calendar_days, reminders

REPORTERS = frozenset({Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER})
ANSWERABLE = frozenset({Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER})
ANSWERED = frozenset({ReportStage.SUBMITTED, ReportStage.ACCEPTED})

Key = tuple[SubjectKind, int, date, int, int, Channel]
"""Kind, subject, target date, step, account, way: what is told once."""
Told = dict[Key, Audience]
"""What is told, and in which role each hears."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Something that is reminded of."""

    kind: SubjectKind
    id: int
    target_on: date
    officer: int | None
    unit: int | None
    debtors: frozenset[int] = frozenset()
    """Organisations that owe and have not answered."""
    partners: frozenset[int] = frozenset()
    ladder_id: int | None = None
    silent_before: date | None = None
    """Steps whose day came before this one are never told."""


def rows_of(session: Session, model: Any) -> Sequence[Any]:
    """Every row of a table, as plain values."""
    return session.execute(select(*model.__table__.c)).all()


class Subjects:
    """Finds what is to be reminded of: open dates, dates of reports that came back, of agreements, of papers."""

    def __init__(self, session: Session) -> None:
        """Read the tables."""
        self.agreements = {row.id: row for row in rows_of(session, Agreement)}
        self.obligations = rows_of(session, Obligation)
        self.occurrences = {row.id: row for row in rows_of(session, Occurrence)}
        self.reports = rows_of(session, Report)
        self.relations = rows_of(session, AgreementRelation)
        self.decisions = rows_of(session, RenewalDecision)
        self.profiles = rows_of(session, LksProfile)
        self.documents = rows_of(session, OrganisationDocument)
        self.proposals = rows_of(session, CardProposal)
        self.owing: dict[int, set[int]] = defaultdict(set)
        for row in rows_of(session, ObligationParty):
            if row.duty_role is DutyRole.DEBTOR:
                self.owing[row.obligation_id].add(row.organisation_id)
        self.seats: dict[int, set[int]] = defaultdict(set)
        for row in rows_of(session, AgreementParty):
            if row.withdrawn_on is None:
                self.seats[row.agreement_id].add(row.organisation_id)

    def __iter__(self) -> Iterator[Subject]:
        """Yield every one."""
        yield from self._occurrences()
        yield from self._reports()
        yield from self._agreements()
        yield from self._papers()

    def _is_owed(self, agreement_id: int) -> bool:
        return self.agreements[agreement_id].stage in {Stage.ACTIVE, Stage.TERMINATED}

    def _occurrences(self) -> Iterator[Subject]:
        has_own_date = {
            row.occurrence_id for row in self.reports if row.stage is ReportStage.RETURNED and row.fix_due_on
        }
        answered = {(row.occurrence_id, row.organisation_id) for row in self.reports if row.stage in ANSWERED}
        for row in self.occurrences.values():
            is_open = row.stage is OccurrenceStage.OPEN
            came_back = row.stage is OccurrenceStage.RETURNED and row.id not in has_own_date
            if not (is_open or came_back) or not self._is_owed(row.agreement_id):
                continue
            owing = self.owing[row.obligation_id]
            yield Subject(
                kind=SubjectKind.OCCURRENCE,
                id=row.id,
                target_on=row.due_on,
                officer=self.agreements[row.agreement_id].officer_id,
                unit=self.agreements[row.agreement_id].unit_id,
                debtors=frozenset(each for each in owing if (row.id, each) not in answered),
                ladder_id=row.ladder_id,
                silent_before=row.remind_from and office_date(row.remind_from),
            )

    def _reports(self) -> Iterator[Subject]:
        over = {OccurrenceStage.MET, OccurrenceStage.WAIVED, OccurrenceStage.CANCELLED, OccurrenceStage.HELD}
        for row in self.reports:
            is_owed = self.occurrences[row.occurrence_id].stage not in over and self._is_owed(row.agreement_id)
            if row.stage is ReportStage.RETURNED and row.fix_due_on and is_owed:
                yield Subject(
                    kind=SubjectKind.REPORT_FIX,
                    id=row.id,
                    target_on=row.fix_due_on,
                    officer=self.agreements[row.agreement_id].officer_id,
                    unit=self.agreements[row.agreement_id].unit_id,
                    debtors=frozenset({row.organisation_id}),
                )

    def _agreements(self) -> Iterator[Subject]:
        followed = {
            row.other_id
            for row in self.relations
            if row.relation in {Relation.RENEWS, Relation.EXTENDS}
            and self.agreements[row.agreement_id].stage is Stage.ACTIVE
        }
        for row in self.agreements.values():
            if row.stage is not Stage.ACTIVE or row.kind is AgreementKind.TERMINATION or row.id in followed:
                continue
            days = {SubjectKind.TERM_END: row.ends_on}
            if not self._is_decided(row):
                days |= {SubjectKind.NOTICE: row.notice_on, SubjectKind.RENEWAL_START: row.renewal_starts_on}
            for kind, target_on in days.items():
                if target_on is not None:
                    partners = frozenset(self.seats[row.id])
                    yield Subject(
                        kind=kind,
                        id=row.id,
                        target_on=target_on,
                        officer=row.officer_id,
                        unit=row.unit_id,
                        partners=partners,
                    )

    def _papers(self) -> Iterator[Subject]:
        """Validities among the facts, and the other papers; silent where a successor has been sent in."""
        sent = {
            *((row.organisation_id, row.kind.value) for row in self.documents if row.stage is ProposalStage.WAITING),
            *((row.organisation_id, row.part.value) for row in self.proposals if row.stage is ProposalStage.WAITING),
        }
        for row in self.profiles:
            for source, expires_on in (
                (PaperSource.REGISTRATION, row.registration_expires_on),
                (PaperSource.ACCREDITATION, row.accreditation_expires_on),
            ):
                if expires_on and (row.organisation_id, source.name.lower()) not in sent:
                    yield from self._paper(source, row.organisation_id, row.organisation_id, expires_on)
        of_facts = {DocumentKind.REGISTRATION, DocumentKind.ACCREDITATION}
        for row in self.documents:
            followed = row.kind is not DocumentKind.OTHER and any(
                (other.organisation_id, other.kind) == (row.organisation_id, row.kind)
                and other.id > row.id
                and other.stage in {ProposalStage.WAITING, ProposalStage.ACCEPTED}
                for other in self.documents
            )
            counts = row.stage is ProposalStage.ACCEPTED and row.kind not in of_facts
            if counts and row.expires_on and not followed:
                yield from self._paper(PaperSource.DOCUMENT, row.id, row.organisation_id, row.expires_on)

    def _paper(self, source: PaperSource, row_id: int, organisation_id: int, expires_on: date) -> Iterator[Subject]:
        """A paper, when the organisation has an agreement in force: the newest one's officer looks after it."""
        running = [
            key
            for key, seats in self.seats.items()
            if organisation_id in seats and self.agreements[key].stage is Stage.ACTIVE
        ]
        if running:
            agreement = self.agreements[max(running)]
            yield Subject(
                kind=SubjectKind.PAPER,
                id=PaperSubject(source=source, row_id=row_id).subject_id,
                target_on=expires_on,
                officer=agreement.officer_id,
                unit=agreement.unit_id,
                debtors=frozenset({organisation_id}),
            )

    def _is_decided(self, agreement: Any) -> bool:
        standing = [each for each in self.decisions if each.agreement_id == agreement.id and not each.withdrawn_at]
        return any(each.until_on is None or each.until_on > agreement.ends_on for each in standing)


class People:
    """Finds who hears in a role on a day, and who stands in for whom."""

    def __init__(self, session: Session) -> None:
        """Read the tables."""
        accounts = [row for row in rows_of(session, Account) if row.is_active and row.mail_refused_at is None]
        self.reachable = {row.id: row for row in accounts}
        self.homes = {row.id: row.organisation_id for row in rows_of(session, Account)}
        self.roles = rows_of(session, AccountRole)
        self.absences = [row for row in rows_of(session, Absence) if row.cancelled_at is None]
        self.ours = {row.id for row in rows_of(session, Organisation) if row.is_ours}

    def on(self, today: date) -> "Day":
        """Return the people of a day."""
        holding: dict[tuple[Role, int], set[int]] = defaultdict(set)
        for row in self.roles:
            has_it = row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)
            if has_it and row.account_id in self.reachable:
                holding[row.role, row.organisation_id].add(row.account_id)
        return Day(self, holding, [row for row in self.absences if row.starts_on <= today <= row.ends_on])


class Day:
    """The people of one day."""

    def __init__(self, people: People, holding: dict[tuple[Role, int], set[int]], absences: Sequence[Any]) -> None:
        """Find who stands in for whom."""
        self.people, self.holding = people, holding
        away = {row.account_id for row in absences}
        self.stand_ins = {row.account_id: self._stand_in(row, away) for row in absences}

    def holders(self, roles: Iterable[Role], organisation: int | None = None) -> set[int]:
        """Return who holds one of the roles, in an organisation or anywhere."""
        if organisation is not None:
            return set().union(*(self.holding.get((role, organisation), ()) for role in roles))
        return {account for (role, _), held in self.holding.items() if role in roles for account in held}

    def _stand_in(self, absence: Any, away: set[int]) -> int:
        """Return the deputy; else a head, then a director of the same unit, then any director; else the person."""
        home = self.people.homes[absence.account_id]
        candidates = (
            {absence.deputy_id} & self.people.reachable.keys(),
            self.holders({Role.HEAD}, home),
            self.holders({Role.DIRECTOR}, home),
            self.holders({Role.DIRECTOR}),
        )
        free = (each - away - {absence.account_id} for each in candidates)
        return next((min(each) for each in free if each), absence.account_id)

    def _bosses(self, role: Role, unit: int | None) -> set[int]:
        return (self.holders({role}, unit) if unit else set()) or self.holders({role})

    def _of(self, organisations: Iterable[int], roles: frozenset[Role]) -> set[int]:
        partners = (each for each in organisations if each not in self.people.ours)
        return set().union(*(self.holders(roles, each) for each in partners))

    def hearers(self, subject: Subject, audience: Audience) -> set[int]:
        """Return who is told in a role: who is away is replaced."""
        officer = {subject.officer} & self.people.reachable.keys()
        if audience is Audience.OFFICER:
            heard = officer
        elif audience is Audience.HEAD:
            heard = self._bosses(Role.HEAD, subject.unit)
        elif audience is Audience.DIRECTOR:
            heard = self._bosses(Role.DIRECTOR, subject.unit)
        elif audience is Audience.PARTNER:
            heard = self._of(subject.partners, ANSWERABLE)
        else:
            heard = self._of(subject.debtors, REPORTERS) | (officer if subject.debtors & self.people.ours else set())
        return {self.stand_ins.get(account, account) for account in heard}


class Demand:
    """What a house demands on any day."""

    def __init__(self, session: Session) -> None:
        """Read the house as it stands now."""
        self.calendar: WorkingCalendar = calendar_days.working_calendar(session).assumed()
        self.subjects = tuple(Subjects(session))
        self.people = People(session)
        self.ladders: dict[tuple[SubjectKind, int | None], Ladder] = {
            (each.kind, None if each.is_default else each.ladder_id): each for each in reminders.list_ladders(session)
        }
        self.heard = cache(lambda kind, ladder_id, step: self.ladders[kind, ladder_id].heard(step))
        self.day_of = cache(lambda target_on, step: day_of(target_on, step, self.calendar))

    def _ladder(self, subject: Subject) -> Ladder:
        return self.ladders[subject.kind, subject.ladder_id]

    def told(self, today: date) -> Told:
        """What is to be told on a day: of each subject the last step that has come."""
        reached = cache(lambda target_on, steps: reached_step(target_on, steps, today, self.calendar))
        return self._keys(today, lambda each: [reached(each.target_on, self._ladder(each).steps)])

    def missed(self, before: date, today: date) -> Told:
        """What came after the day of the last plan and was overtaken before this one."""

        @cache
        def between(target_on: date, steps: tuple[int, ...]) -> list[int]:
            near = [s for s in steps if before - NEAR < target_on + timedelta(days=s) < today + NEAR]
            return [step for step in near if before < self.day_of(target_on, step) <= today][:-1]

        return self._keys(today, lambda each: between(each.target_on, self._ladder(each).steps))

    def _keys(self, today: date, steps_of: Any) -> Told:
        day, found = self.people.on(today), {}
        for subject in self.subjects:
            for step in steps_of(subject):
                if step is None or self._is_silent(subject, step):
                    continue
                for channel, audiences in self.heard(subject.kind, subject.ladder_id, step).items():
                    for audience in (each for each in Audience if each in audiences):
                        for account in day.hearers(subject, audience):
                            key = (subject.kind, subject.id, subject.target_on, step, account, channel)
                            found.setdefault(key, audience)
        return found

    def _is_silent(self, subject: Subject, step: int) -> bool:
        return subject.silent_before is not None and self.day_of(subject.target_on, step) < subject.silent_before


def key_of(row: Any) -> Key:
    """Return the key of a row of the table of reminders."""
    return (row.subject_kind, row.subject_id, row.target_on, row.step, row.account_id, row.channel)


def planned(session: Session, *, after: int = 0) -> Sequence[Any]:
    """Return the rows of the table of reminders whose id is greater, oldest first."""
    columns = Reminder.__table__.c
    return session.execute(select(*columns).where(columns.id > after).order_by(columns.id)).all()
