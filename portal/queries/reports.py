"""Reads of reports. Those for partners take the organisation: a foreign code is answered like an absent one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.domain.errors import NotFound
from portal.domain.obligation import DutyRole
from portal.domain.policy import Action, Actor, Role, check, may
from portal.domain.report import ReportStage
from portal.domain.report_answers import Sent, SentFile
from portal.models import (
    Account,
    AccountRole,
    Agreement,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    Report,
    ReportFile,
    ReportRound,
)

KEY_LETTERS = 16
"""So many letters of its digest name a file in an address."""
PER_PAGE = 25

SENT_STAGES = (ReportStage.SUBMITTED, ReportStage.RETURNED, ReportStage.ACCEPTED)
"""What the office sees: a draft is the partner's own."""


def of_partner(session: Session, code: str, *, organisation_id: int, for_change: bool = False) -> Report:
    """Return a partner's own report with duty, files and rounds; raise NotFound for absent and foreign ones.

    `for_change` holds the row until the transaction ends, so that the same round is never sent twice.
    """
    query = _whole(select(Report).where(Report.code == code, Report.organisation_id == organisation_id))
    return _one(session, query.with_for_update(of=Report) if for_change else query)


def get_for_office(session: Session, code: str, *, actor: Actor, for_change: bool = False) -> Report:
    """Return a report that was sent at least once; raise NotFound, or NotAllowed when its agreement is confidential."""
    query = _whole(select(Report).where(Report.code == code, Report.stage.in_(SENT_STAGES)))
    report = _one(session, query.with_for_update(of=Report) if for_change else query)
    if report.occurrence.obligation.agreement.is_confidential:
        check(actor, Action.SEE_CONFIDENTIAL)
    return report


def _whole(query: Select[Report]) -> Select[Report]:
    duty = joinedload(Report.occurrence).joinedload(Occurrence.obligation).joinedload(Obligation.agreement)
    return query.options(
        duty.joinedload(Agreement.officer),
        joinedload(Report.organisation),
        joinedload(Report.form),
        selectinload(Report.files),
        selectinload(Report.rounds),
    ).execution_options(populate_existing=True)


def _one(session: Session, query: Select[Report]) -> Report:
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def kept_files(report: Report) -> tuple[ReportFile, ...]:
    """Return the files that are attached now."""
    return tuple(file for file in report.files if file.removed_at is None)


def dropped_files(report: Report) -> tuple[ReportFile, ...]:
    """Return the files that were taken off since the last round and whose bytes are not attached again: undo."""
    since = report.rounds[-1].submitted_at if report.rounds else report.created_at
    kept = {file.digest for file in kept_files(report)}
    dropped = {f.digest: f for f in report.files if f.removed_at and f.removed_at >= since and f.digest not in kept}
    return tuple(dropped.values())


def dropped_file(report: Report, key: str) -> ReportFile:
    """Return a file that was taken off, by the first letters of its digest; raise NotFound."""
    for file in dropped_files(report):
        if file.digest[:KEY_LETTERS] == key:
            return file
    raise NotFound


def kept_file(report: Report, key: str) -> ReportFile:
    """Return an attached file, or one that was sent with a round, by the first letters of its digest."""
    sent = {file.digest for round_ in report.rounds for file in Sent.load(round_.answers).files}
    for file in report.files:
        if file.digest[:KEY_LETTERS] == key and (file.removed_at is None or file.digest in sent):
            return file
    raise NotFound


def sent_file(report: Report, key: str) -> SentFile:
    """Return a file as sent with any round: what the office may open."""
    for round_ in reversed(report.rounds):
        for file in Sent.load(round_.answers).files:
            if file.digest[:KEY_LETTERS] == key:
                return file
    raise NotFound


def names(session: Session, report: Report, *, also: Iterable[int | None] = ()) -> Mapping[int, str]:
    """Return the names of those who sent or decided its rounds, by account; whom one may not know is left out."""
    people = {r.submitted_by_id for r in report.rounds} | {r.decided_by_id for r in report.rounds} | set(also)
    wanted = [person for person in people if person is not None]
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def stages_by_debtor(session: Session, occurrence: Occurrence) -> Mapping[int, ReportStage | None]:
    """Return the stage of the report of each partner that owes this occurrence; None where none is begun.

    The whole picture is seen by the office only: a partner's session shows its own report.
    """
    rows = session.execute(
        select(ObligationParty.organisation_id, Report.stage)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .outerjoin(
            Report,
            (Report.occurrence_id == occurrence.id) & (Report.organisation_id == ObligationParty.organisation_id),
        )
        .where(
            ObligationParty.obligation_id == occurrence.obligation_id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            Organisation.is_ours.is_(False),
        )
    )
    return {row.organisation_id: row.stage for row in rows}


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeRow:
    """One line of the office's list of reports."""

    code: str
    occurrence_id: int
    title: str
    period_key: str
    period_starts_on: date | None
    period_ends_on: date | None
    agreement_code: str
    organisation_name: str
    stage: ReportStage
    round: int
    due_on: date
    submitted_at: datetime | None
    is_sample: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficePage:
    """One page of the list, and how many there are in each stage under the same other filters."""

    rows: tuple[OfficeRow, ...]
    counts: Mapping[ReportStage, int]
    total: int


def list_for_office(
    session: Session, *, actor: Actor, stage: ReportStage | None, agreement_code: str | None, page: int
) -> OfficePage:
    """Return the reports that were sent, those waiting longest first while they wait, else the newest first."""
    base = _office_rows(actor, agreement_code)
    counted = base.with_only_columns(Report.stage, func.count().label("number")).group_by(Report.stage)
    counts = {row.stage: row.number for row in session.execute(counted)}
    chosen = base if stage is None else base.where(Report.stage == stage)
    by_time = Report.submitted_at.asc() if stage is ReportStage.SUBMITTED else Report.submitted_at.desc()
    rows = session.execute(
        chosen.with_only_columns(
            Report.code,
            Report.occurrence_id,
            Obligation.title,
            Occurrence.period_key,
            Occurrence.period_starts_on,
            Occurrence.period_ends_on,
            Agreement.code.label("agreement_code"),
            Organisation.name.label("organisation_name"),
            Report.stage,
            Report.round,
            Occurrence.due_on,
            Report.submitted_at,
            Agreement.is_sample,
        )
        .order_by(by_time, Report.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    total = sum(counts.values()) if stage is None else counts.get(stage, 0)
    return OfficePage(rows=tuple(OfficeRow(**row._asdict()) for row in rows), counts=counts, total=total)


def next_for_office(
    session: Session, report: Report, *, actor: Actor, stage: ReportStage | None, agreement_code: str | None
) -> str | None:
    """Return the code of the report that follows this one in the same list; what waits begins again at its end.

    The place of this one is found by when it was sent, so that it is known although the decision took it off the list.
    """
    base = _office_rows(actor, agreement_code).with_only_columns(Report.code).where(Report.id != report.id)
    if stage is not None:
        base = base.where(Report.stage == stage)
    sent_at = report.submitted_at
    waits = stage is ReportStage.SUBMITTED
    behind = Report.submitted_at > sent_at if waits else Report.submitted_at < sent_at
    after = base.where(or_(behind, (Report.submitted_at == sent_at) & (Report.id > report.id)))
    by_time = Report.submitted_at.asc() if waits else Report.submitted_at.desc()
    found = session.scalar(after.order_by(by_time, Report.id).limit(1))
    if found is None and waits:
        return session.scalar(base.order_by(by_time, Report.id).limit(1))
    return found


def _office_rows(actor: Actor, agreement_code: str | None) -> Select[int]:
    query = (
        select(Report.id)
        .select_from(Report)
        .join(Occurrence, Occurrence.id == Report.occurrence_id)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Agreement, Agreement.id == Report.agreement_id)
        .join(Organisation, Organisation.id == Report.organisation_id)
        .where(Report.stage.in_(SENT_STAGES))
    )
    if not may(actor, Action.SEE_CONFIDENTIAL):
        query = query.where(Agreement.is_confidential.is_(False))
    return query if agreement_code is None else query.where(Agreement.code == agreement_code)


def people_to_tell(session: Session, report: Report, *, today: date) -> tuple[Account, ...]:
    """Return who hears of a decision: those who sent a round, and who answers for reports at the partner today."""
    senders = [r.submitted_by_id for r in report.rounds if r.submitted_by_id is not None]
    answering = select(AccountRole.account_id).where(
        AccountRole.role == Role.PARTNER_RESPONSIBLE,
        AccountRole.starts_on <= today,
        or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
    )
    return tuple(
        session.scalars(
            select(Account)
            .where(
                Account.organisation_id == report.organisation_id,
                Account.is_active.is_(True),
                or_(Account.id.in_(senders), Account.id.in_(answering)),
            )
            .order_by(Account.id)
        )
    )


def last_round(report: Report) -> ReportRound | None:
    """Return the round that was sent last."""
    return report.rounds[-1] if report.rounds else None
