"""A report that the office sends for a partner that cannot: on a letter or a call, with both names on the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.errors import RuleBroken
from portal.domain.obligation import DutyRole
from portal.domain.policy import Action, Actor, Role
from portal.models import Occurrence, Report
from portal.services import audit, report_files, reports
from portal.services.report_files import Incoming
from portal.storage import Storage

LONGEST_NAME = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class Behalf:
    """For whom the office sends: the partner, its person, and the letter or call on which it rests."""

    organisation_id: int
    person: str
    basis: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What was typed, by field, and the files, with where they are kept."""

    typed: Mapping[str, str]
    storage: Storage
    files: Sequence[Incoming] = ()


def send(
    session: Session,
    occurrence: Occurrence,
    behalf: Behalf,
    content: Content,
    *,
    actor: Actor,
    now: datetime,
) -> Report:
    """Begin, fill in and send a partner's report in one; raise RuleBroken naming the field, and then keep nothing.

    A report that the partner has begun stays the partner's own: nobody writes into it or reads it before it is sent.
    """
    policy.check(actor, Action.SEND_FOR_PARTNER)
    person, basis = " ".join(behalf.person.split()), behalf.basis.strip()
    _check(session, occurrence, behalf.organisation_id, person=person, basis=basis)
    # The office's person does what the responsible person of the partner may, in that organisation, under the own name.
    inside = replace(actor, organisation_id=behalf.organisation_id, roles=actor.roles | {Role.PARTNER_RESPONSIBLE})
    report = reports.open_report(session, occurrence.id, actor=inside, now=now)
    reports.save(session, report, content.typed, actor=inside, now=now)
    for refusal in report_files.attach_all(
        session, report, content.files, storage=content.storage, actor=inside, now=now
    ):
        raise refusal
    reports.submit(session, report, number=1, version=report.version, actor=inside, now=now)
    session.refresh(report, ["rounds"])
    report.rounds[-1].on_behalf_of, report.rounds[-1].basis = person[:LONGEST_NAME], basis
    detail = {"person": person, "basis": basis}
    audit.record(session, "report_sent_for_partner", subject=report, actor=actor, now=now, detail=detail)
    session.flush()
    return report


def _check(session: Session, occurrence: Occurrence, organisation_id: int, *, person: str, basis: str) -> None:
    debtors = {p.organisation_id for p in occurrence.obligation.parties if p.duty_role is DutyRole.DEBTOR}
    if organisation_id not in debtors:
        raise RuleBroken("Pilih lembaga yang wajib melapor.", field="organisation_id")
    if not person:
        raise RuleBroken("Tulis nama orang lembaga yang meminta laporan ini dikirim.", field="person")
    if not basis:
        raise RuleBroken("Tulis dasarnya: nomor dan tanggal surat, atau waktu panggilan telepon.", field="basis")
    begun = select(Report.id).where(Report.occurrence_id == occurrence.id, Report.organisation_id == organisation_id)
    if session.scalar(begun) is not None:
        raise RuleBroken("Lembaga ini sudah mulai mengisi laporannya sendiri. Minta lembaga itu mengirimnya.")
