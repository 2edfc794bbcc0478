"""Reads of calendar feeds: somebody's feeds, and what stands in one as plain entries.

An entry is known by what it is about, never by its date, so that a moved date moves the entry of a calendar program.
What is finished or cancelled stays for `KEPT_DAYS` after its last change, so that programs learn of it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.deadline import OF_DUTIES, DeadlineKind
from portal.domain.duty import LIVING
from portal.domain.errors import NotFound
from portal.domain.obligation import UNFINISHED, ObligationKind, ObligationStanding, OccurrenceStage
from portal.models import Agreement, AgreementParty, CalendarFeed, Obligation, ObligationParty, Occurrence
from portal.queries.deadline_calendar import COLUMNS, CalendarFilter, duties_of, terms_of
from portal.queries.obligation_filter import BINDING, rows_with
from portal.queries.obligations import number_of

KEPT_DAYS = 90
MOST = 3000
"""So many entries at most, the earliest first: no calendar program takes more with pleasure."""
PARTNER_KINDS = (DeadlineKind.TERM_END, DeadlineKind.NOTICE)
"""Days of agreements that partners are told of; when the ministry begins its work is its own affair."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEntry:
    """One thing on a calendar. `at` is an instant where it is due by the hour; `sequence` only ever grows."""

    key: str
    kind: DeadlineKind
    on: date
    at: datetime | None
    title: str
    period_key: str
    article: str | None
    number: int | None
    """Place of the duty in its agreement."""
    agreement_code: str
    agreement_title: str
    is_confidential: bool
    is_sample: bool
    is_cancelled: bool
    is_met: bool
    sequence: int
    changed_at: datetime


def list_own(session: Session, account_id: int) -> tuple[CalendarFeed, ...]:
    """Return the feeds of a person that are not revoked, the oldest first."""
    rows = select(CalendarFeed).where(CalendarFeed.account_id == account_id, CalendarFeed.revoked_at.is_(None))
    return tuple(session.scalars(rows.order_by(CalendarFeed.id)))


def get_own(session: Session, account_id: int, key: str) -> CalendarFeed:
    """Return one of a person's feeds by the beginning of its fingerprint; raise NotFound."""
    for feed in list_own(session, account_id):
        if key and feed.token_hash.startswith(key):
            return feed
    raise NotFound


_DUTY_COLUMNS = (
    Occurrence.id,
    Occurrence.due_on,
    Occurrence.due_at,
    Occurrence.period_key,
    Occurrence.stage,
    Occurrence.version,
    Occurrence.updated_at,
    Obligation.title,
    Obligation.kind,
    Obligation.article,
    Obligation.version.label("duty_version"),
    Obligation.updated_at.label("duty_updated_at"),
    Agreement.code,
    Agreement.title.label("agreement_title"),
    Agreement.is_confidential,
    Agreement.is_sample,
    Agreement.version.label("agreement_version"),
    Agreement.updated_at.label("agreement_updated_at"),
)


def _is_told(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a duty still stands in feeds."""
    return or_(Occurrence.stage.in_(UNFINISHED), Occurrence.updated_at >= now - timedelta(days=KEPT_DAYS))


def _duties(session: Session, where: list[ColumnElement[bool]], now: datetime) -> list[FeedEntry]:
    rows = session.execute(
        rows_with(*_DUTY_COLUMNS, number_of().label("number"))
        .where(*where, _is_told(now))
        .order_by(Occurrence.due_on, Occurrence.id)
        .limit(MOST)
    )
    return [_duty_entry(row) for row in rows]


def _duty_entry(row: Any) -> FeedEntry:
    return FeedEntry(
        key=f"occurrence-{row.id}",
        kind=DeadlineKind.MONEV if row.kind is ObligationKind.MONEV else DeadlineKind.DUTY,
        on=row.due_on,
        at=row.due_at,
        title=row.title,
        period_key=row.period_key,
        article=row.article,
        number=row.number,
        agreement_code=row.code,
        agreement_title=row.agreement_title,
        is_confidential=row.is_confidential,
        is_sample=row.is_sample,
        is_cancelled=row.stage in {OccurrenceStage.CANCELLED, OccurrenceStage.WAIVED},
        is_met=row.stage is OccurrenceStage.MET,
        sequence=row.version + row.duty_version + row.agreement_version - 3,
        changed_at=max(row.updated_at, row.duty_updated_at, row.agreement_updated_at),
    )


def _terms(
    session: Session, kinds: tuple[DeadlineKind, ...], where: list[ColumnElement[bool]], now: datetime
) -> list[FeedEntry]:
    """Return the days of agreements that bind, and of those that stopped binding a short while ago."""
    since = now - timedelta(days=KEPT_DAYS)
    is_told = or_(Agreement.stage.in_(LIVING), and_(Agreement.stage == Stage.TERMINATED, Agreement.updated_at >= since))
    found = []
    for kind in kinds:
        column = COLUMNS[kind]
        rows = session.scalars(
            select(Agreement).where(column >= since.date(), is_told, *where).order_by(column, Agreement.id).limit(MOST)
        )
        found += [_term_entry(kind, row) for row in rows]
    return found


def _term_entry(kind: DeadlineKind, row: Agreement) -> FeedEntry:
    on: date = getattr(row, COLUMNS[kind].key)
    return FeedEntry(
        key=f"{kind.value.replace('_', '-')}-{row.id}",
        kind=kind,
        on=on,
        at=None,
        title=row.title,
        period_key="once",
        article=row.notice_article if kind is DeadlineKind.NOTICE else None,
        number=None,
        agreement_code=row.code,
        agreement_title=row.title,
        is_confidential=row.is_confidential,
        is_sample=row.is_sample,
        is_cancelled=row.stage not in LIVING,
        is_met=False,
        sequence=row.version - 1,
        changed_at=row.updated_at,
    )


def of_office(session: Session, asked: CalendarFilter, *, today: date, now: datetime) -> tuple[FeedEntry, ...]:
    """Return what a feed of the office holds, by the filter of its view, in order of days."""
    duties = asked.duties
    whole = replace(duties, unfinished=False, standings=duties.standings or frozenset(ObligationStanding))
    found: list[FeedEntry] = []
    if asked.kinds & OF_DUTIES:
        where = duties_of(replace(asked, duties=whole), duties.due_from, duties.due_to, today)
        found += _duties(session, where, now)
    found += _terms(session, asked.term_kinds, terms_of(duties), now)
    return tuple(sorted(found, key=lambda each: (each.on, each.key)))


def of_partner(session: Session, *, organisation_id: int, now: datetime) -> tuple[FeedEntry, ...]:
    """Return what a feed of a partner holds: what it owes and is owed, and the days of its own agreements."""
    seat = exists(
        select(ObligationParty.id).where(
            ObligationParty.obligation_id == Occurrence.obligation_id,
            ObligationParty.organisation_id == organisation_id,
        )
    )
    party = exists(
        select(AgreementParty.id).where(
            AgreementParty.agreement_id == Agreement.id, AgreementParty.organisation_id == organisation_id
        )
    )
    found = _duties(session, [seat, party, Agreement.stage.in_(BINDING)], now)
    found += _terms(session, PARTNER_KINDS, [party], now)
    return tuple(sorted(found, key=lambda each: (each.on, each.key)))
