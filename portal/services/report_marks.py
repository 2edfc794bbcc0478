"""What an officer notes while reviewing a round: marks, the checklist; and the office's ready phrases.

A partner is told of marks when the round goes back (`report_rounds.send_back`), never before.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import policy, report_check, report_mark
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.report import ReportStage
from portal.domain.report_answers import Sent
from portal.domain.report_check import Answer
from portal.domain.report_mark import Mark
from portal.models import Organisation, Report, ReportCheck, ReportMark, ReportPhrase
from portal.queries.report_forms import form_of
from portal.services import audit


def mark(session: Session, report: Report, made: Mark, *, number: int, actor: Actor, now: datetime) -> ReportMark:
    """Note what is to be mended in one item of round `number`; a second note on it replaces the first.

    Raises RuleBroken (field `sentence`), Conflict when the round is not the one that waits, NotAllowed.
    """
    _check_reviewing(report, number, actor)
    item, sent = made.item, Sent.load(report.rounds[-1].answers)
    said = report_mark.checked(made, sent=sent, form=form_of(report))
    row = _find(session, report, number, item)
    before = row.sentence if row else None
    if row is None:
        row = ReportMark(report_id=report.id, organisation_id=report.organisation_id, number=number, item=item)
        session.add(row)
    row.sentence, row.made_by_id, row.made_at = said, actor.account_id, now
    session.flush()
    if before != said:
        detail = {"round": number, "item": item, "sentence": [before, said]}
        audit.record(session, "report_marked", subject=report, actor=actor, now=now, detail=detail)
    return row


def unmark(session: Session, report: Report, item: str, *, number: int, actor: Actor, now: datetime) -> None:
    """Take a mark off again; one that is not there stays away."""
    _check_reviewing(report, number, actor)
    row = _find(session, report, number, item)
    if row is None:
        return
    detail = {"round": number, "item": item, "sentence": [row.sentence, None]}
    audit.record(session, "report_unmarked", subject=report, actor=actor, now=now, detail=detail)
    session.delete(row)
    session.flush()


def _find(session: Session, report: Report, number: int, item: str) -> ReportMark | None:
    return session.scalar(
        select(ReportMark).where(
            ReportMark.report_id == report.id, ReportMark.number == number, ReportMark.item == item
        )
    )


def _check_reviewing(report: Report, number: int, actor: Actor) -> None:
    policy.check(actor, Action.DECIDE_REPORT)
    if report.round != number:
        raise Conflict(N_("Mitra sudah mengirim putaran baru. Muat ulang halaman lalu periksa putaran itu."))
    if report.stage is not ReportStage.SUBMITTED:
        raise RuleBroken(N_("Putaran ini sudah diputuskan. Muat ulang halaman untuk melihat tahap terakhir."))


def tell(session: Session, report: Report, *, number: int, now: datetime) -> tuple[ReportMark, ...]:
    """Open the marks of a round to the partner and return them; called when the round goes back."""
    chosen = (ReportMark.report_id == report.id, ReportMark.number == number)
    rows = tuple(session.scalars(select(ReportMark).where(*chosen).order_by(ReportMark.id)))
    for row in rows:
        row.told_at = now
    session.flush()
    return rows


def keep_checks(
    session: Session, report: Report, answers: Mapping[str, Answer], *, number: int, actor: Actor, now: datetime
) -> None:
    """Keep the answers of the checklist for round `number`; a question without an answer is open again.

    Raises RuleBroken with the code of the question as field when a "no" has no note.
    """
    _check_reviewing(report, number, actor)
    kind = report.occurrence.obligation.kind
    report_check.check(answers, kind=kind)
    chosen = (ReportCheck.report_id == report.id, ReportCheck.number == number)
    present = {row.question: row for row in session.scalars(select(ReportCheck).where(*chosen))}
    before = {code: Answer(is_fine=row.is_fine, note=row.note or "") for code, row in present.items()}
    for code, answer in answers.items():
        row = present.pop(code, None)
        if row is None:
            row = ReportCheck(report_id=report.id, organisation_id=report.organisation_id, number=number, question=code)
            session.add(row)
        row.is_fine, row.note = answer.is_fine, answer.note.strip() or None
        row.checked_by_id, row.checked_at = actor.account_id, now
    for gone in present.values():
        session.delete(gone)
    session.flush()
    if dict(answers) != before:
        detail = {"round": number, "answers": {code: answer.is_fine for code, answer in answers.items()}}
        audit.record(session, "report_checked", subject=report, actor=actor, now=now, detail=detail)


def keep_phrases(session: Session, lines: Iterable[str], *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Make these the office's ready sentences, in this order; marks that were made with others stay as they are."""
    policy.check(actor, Action.DECIDE_REPORT)
    wanted = report_mark.phrases(lines)
    rows = session.scalars(select(ReportPhrase).order_by(ReportPhrase.position, ReportPhrase.id)).all()
    before = [row.sentence for row in rows]
    if before == list(wanted):
        return wanted
    for row in rows:
        session.delete(row)
    session.flush()
    session.add_all(ReportPhrase(position=place, sentence=said) for place, said in enumerate(wanted, 1))
    session.flush()
    office = session.scalars(select(Organisation).where(Organisation.is_ours.is_(True)).order_by(Organisation.id))
    detail = {"sentences": [before, list(wanted)]}
    audit.record(session, "report_phrases_kept", subject=office.first(), actor=actor, now=now, detail=detail)
    return wanted
