"""Reports: beginning, saving, sending in rounds. Files live in `report_files`, decisions in `report_rounds`."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import policy, report_answers, report_turn
from portal.domain.code import spoken_code
from portal.domain.errors import Conflict, NotFound, RuleBroken
from portal.domain.obligation import REPORTED, UNFINISHED, DutyRole, OccurrenceStage
from portal.domain.policy import Action, Actor
from portal.domain.report import REPORT_STAGES, ReportStage, check_editable
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.models import Obligation, ObligationParty, Occurrence, Organisation, Report, ReportRound
from portal.queries import reports as report_queries
from portal.services import audit, report_notices, report_rounds

CODE_BITS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What came of saving: the report, and whether somebody else had changed it since the form was opened."""

    report: Report
    is_conflict: bool


def answers_of(report: Report) -> Answers:
    """Return the answers that stand in a report now, typed text that is not valid yet included."""
    return Answers(
        narrative=report.narrative,
        obstacles=report.obstacles,
        beneficiaries=report.beneficiaries,
        amount_rupiah=report.amount_rupiah,
        raw=json.loads(report.raw) if report.raw else {},
    )


def open_report(session: Session, occurrence_id: int, *, actor: Actor, now: datetime) -> Report:
    """Return the report of the actor's organisation for an occurrence; begin one when there is none.

    Raises NotFound when the organisation does not owe this occurrence, RuleBroken when nothing is to be reported.
    """
    policy.check(actor, Action.WRITE_REPORT)
    occurrence = _own_occurrence(session, occurrence_id, actor)
    existing = session.scalar(
        select(Report).where(Report.occurrence_id == occurrence.id, Report.organisation_id == actor.organisation_id)
    )
    if existing is not None:
        return existing
    if occurrence.stage not in UNFINISHED:
        raise RuleBroken("Laporan ini tidak perlu dikirim lagi. Muat ulang halaman untuk melihat keadaan terakhir.")
    report = Report(
        code=spoken_code(secrets.randbits(CODE_BITS)),
        occurrence_id=occurrence.id,
        agreement_id=occurrence.agreement_id,
        organisation_id=actor.organisation_id,
        stage=ReportStage.DRAFT,
        round=1,
        created_at=now,
        updated_at=now,
    )
    session.add(report)
    session.flush()
    audit.record(session, "report_begun", subject=report, actor=actor, now=now)
    return report


def _own_occurrence(session: Session, occurrence_id: int, actor: Actor) -> Occurrence:
    found = session.scalar(
        select(Occurrence)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(ObligationParty, ObligationParty.obligation_id == Obligation.id)
        .where(
            Occurrence.id == occurrence_id,
            Obligation.kind.in_(REPORTED),
            ObligationParty.organisation_id == actor.organisation_id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
        )
    )
    if found is None:
        raise NotFound
    return found


def save(
    session: Session, report: Report, typed: Mapping[str, str], *, version: int, actor: Actor, now: datetime
) -> Saved:
    """Keep what was typed, valid or not yet; keep nothing when another person saved since `version`."""
    policy.check(actor, Action.WRITE_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)
    before, after = answers_of(report), report_answers.read(typed)
    if before == after:
        return Saved(report=report, is_conflict=False)
    if report.version != version:
        return Saved(report=report, is_conflict=True)
    report.narrative, report.obstacles = after.narrative, after.obstacles
    report.beneficiaries, report.amount_rupiah = after.beneficiaries, after.amount_rupiah
    report.raw = json.dumps(dict(after.raw), ensure_ascii=False) if after.raw else None
    report.updated_at = now
    changed = audit.differences(before.typed(), after.typed())
    audit.record(session, "report_saved", subject=report, actor=actor, now=now, detail=changed)
    session.flush()
    return Saved(report=report, is_conflict=False)


def submit(session: Session, report: Report, *, number: int, version: int, actor: Actor, now: datetime) -> Report:
    """Send round `number` of a report; a round that was sent already is answered as it is, never sent twice.

    Raises RuleBroken naming the field that is missing, Conflict when the answers changed since `version` was read.
    """
    policy.check(actor, Action.SUBMIT_REPORT)
    policy.check_own(actor, report.organisation_id)
    if number <= len(report.rounds):
        return report
    if report.version != version:
        raise Conflict("Isian laporan ini baru saja diubah. Kembali, periksa sekali lagi, lalu kirim.")
    REPORT_STAGES.check(report.stage, ReportStage.SUBMITTED)
    answers = answers_of(report)
    report_answers.check_sendable(answers)
    files = tuple(
        SentFile(name=f.name, media_type=f.media_type, size=f.size, digest=f.digest)
        for f in report_queries.kept_files(report)
    )
    _add_round(session, report, Sent(answers=answers, files=files), actor=actor, now=now)
    _note_sent(session, report, actor=actor, now=now)
    audit.record(session, "report_submitted", subject=report, actor=actor, now=now, detail={"round": report.round})
    session.flush()
    report_notices.submitted(session, report, actor=actor, now=now)
    return report


def _add_round(session: Session, report: Report, sent: Sent, *, actor: Actor, now: datetime) -> None:
    number = len(report.rounds) + 1
    session.add(
        ReportRound(
            report_id=report.id,
            organisation_id=report.organisation_id,
            number=number,
            submitted_at=now,
            submitted_by_id=actor.account_id,
            answers=sent.dump(),
        )
    )
    report.stage, report.round = ReportStage.SUBMITTED, number
    report.receipt_number = report_turn.receipt_number(report.code, number)
    report.submitted_at, report.submitted_by_id = now, actor.account_id
    report.decided_at = report.decided_by_id = report.return_reason = report.fix_due_on = None
    report.updated_at = now


def _note_sent(session: Session, report: Report, *, actor: Actor, now: datetime) -> None:
    """Let the occurrence wait for review when its only partner debtor has sent.

    With several debtors a partner's session does not know of the others' reports; the office settles it then.
    """
    occurrence = report.occurrence
    debtors = session.scalars(
        select(ObligationParty.organisation_id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(
            ObligationParty.obligation_id == occurrence.obligation_id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            Organisation.is_ours.is_(False),
        )
    ).all()
    if list(debtors) == [report.organisation_id]:
        report_rounds.move(session, occurrence, OccurrenceStage.SUBMITTED, actor=actor, now=now)
