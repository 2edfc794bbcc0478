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
from portal.domain.editing import Difference, compare
from portal.domain.errors import Conflict, NotFound, RuleBroken
from portal.domain.obligation import REPORTED, UNFINISHED, DutyRole, OccurrenceStage
from portal.domain.policy import Action, Actor
from portal.domain.report import REPORT_STAGES, ReportStage, check_editable
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.domain.report_form import Form
from portal.models import Obligation, ObligationParty, Occurrence, Organisation, Report, ReportRound
from portal.queries import report_forms
from portal.queries import reports as report_queries
from portal.queries.report_forms import answers_of, form_of
from portal.services import audit, report_approvals, report_notices, report_rounds

CODE_BITS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What came of saving: the answers that stand now, and what another person changed to something else meanwhile."""

    answers: Answers
    conflicts: tuple[Difference, ...] = ()


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
    form = report_forms.newest(session, occurrence.obligation.kind)
    report = Report(
        form_id=form.id if form else None,
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
    session: Session,
    report: Report,
    typed: Mapping[str, str],
    *,
    before: Mapping[str, str] | None = None,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Keep what was typed in some or all fields, valid or not yet; fields that are not in `typed` stay as they are.

    `before` is what stood there when the page was opened. A field that another person has changed since is not
    overwritten: it is given back with all three values, and everything else is kept.
    """
    policy.check(actor, Action.WRITE_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)
    form, stored = form_of(report), answers_of(report)
    was, mine, there = (_only(typed, _plain(form, stored, texts)) for texts in (before or {}, typed, {}))
    comparison = compare(was, mine, there)
    wanted = {one.key: str(one.mine) for one in comparison.mine}
    after = report_answers.read(stored.typed() | wanted, form)
    if after != stored:
        _keep(report, after, now=now)
        changed = audit.differences(stored.typed(), after.typed())
        audit.record(session, "report_saved", subject=report, actor=actor, now=now, detail=changed)
        session.flush()
    return Saved(answers=after, conflicts=comparison.both)


def _plain(form: Form, stored: Answers, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Return what would stand in each field, written in one way, so that only what differs in meaning differs."""
    return report_answers.read(stored.typed() | dict(typed), form).typed()


def _only(typed: Mapping[str, str], values: Mapping[str, str]) -> Mapping[str, str]:
    return {name: values.get(name, "") for name in typed}


def _keep(report: Report, answers: Answers, *, now: datetime) -> None:
    report.narrative, report.obstacles = answers.narrative, answers.obstacles
    report.beneficiaries, report.amount_rupiah = answers.beneficiaries, answers.amount_rupiah
    report.numbers, report.notes = dict(answers.numbers) or None, dict(answers.notes) or None
    report.raw = json.dumps(dict(answers.raw), ensure_ascii=False) if answers.raw else None
    report.updated_at = now


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
    report_approvals.check_may_send(session, report, actor=actor, now=now)
    answers = answers_of(report)
    files = tuple(
        SentFile(name=f.name, media_type=f.media_type, size=f.size, digest=f.digest, is_safe_picture=f.is_safe_picture)
        for f in report_queries.kept_files(report)
    )
    report_answers.check_sendable(answers, files=len(files), form=form_of(report))
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
    report.asked_at = report.asked_by_id = report.handed_back_reason = report.handed_back_by_id = None
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
