"""Workbooks filled in away from the portal: taking one in, saying what is wrong by cell, accepting what is right.

The same bytes are one row however often they are sent, and a workbook is accepted once. What a row means is judged in
`domain.offline_pack`; reports are kept and sent by `reports`, so that no other rule holds for them.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.documents import parsing
from portal.domain import offline_pack, policy, report_answers, report_approval, upload
from portal.domain.code import spoken_code
from portal.domain.dates import office_date
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.marking import N_
from portal.domain.offline_pack import Book, Judged, Sealer
from portal.domain.policy import Action, Actor, Verdict
from portal.models import Report, WorkbookReceipt
from portal.queries import offline_packs, report_forms, role_holders
from portal.queries import reports as report_queries
from portal.services import audit, file_scans, reports, taking_in
from portal.storage import Storage

CODE_BITS = 40
_ASK_FIRST = N_("Laporan dikirim oleh penanggung jawab lembaga Anda. Simpan dulu, lalu minta persetujuannya.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A workbook as it came: the name that the sender's machine gave it, and its bytes."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What judging a workbook needs beside the session: where bytes lie, and the secret of the seals."""

    storage: Storage
    secret: str = field(repr=False)
    older: tuple[str, ...] = field(default=(), repr=False)


def new_pack() -> str:
    """Return the number of a new download."""
    return secrets.token_hex(8)


def sealer(actor: Actor, pack: str, *, secret: str, older: tuple[str, ...] = ()) -> Sealer:
    """Return what makes and compares the seals of a download for the actor's organisation."""
    return Sealer(secret=secret, older=older, organisation_id=_own(actor), pack=pack)


def _own(actor: Actor) -> int:
    if actor.organisation_id is None:
        raise NotFound
    return actor.organisation_id


def take_in(session: Session, incoming: Incoming, *, desk: Desk, actor: Actor, now: datetime) -> WorkbookReceipt:
    """Keep a workbook and return its row, the one that is there when the same bytes came before.

    Raises RuleBroken (field `workbook`) for what is no workbook of this organisation. Nothing is accepted yet.
    """
    policy.check(actor, Action.WRITE_REPORT)
    known = offline_packs.with_bytes(session, hashlib.sha256(incoming.content).hexdigest(), organisation_id=_own(actor))
    if known is not None:
        return known
    storage = desk.storage
    _check_kind(incoming)
    book = parsing.book(incoming.content)
    sealer(actor, book.pack, secret=desk.secret, older=desk.older).check(book)
    receipt = WorkbookReceipt(
        code=spoken_code(secrets.randbits(CODE_BITS)),
        organisation_id=_own(actor),
        name=upload.safe_name(incoming.name),
        digest=file_scans.keep(session, incoming.content, storage=storage, now=now),
        pack=book.pack,
        uploaded_at=now,
        uploaded_by_id=actor.account_id,
        is_sent=False,
    )
    session.add(receipt)
    session.flush()
    audit.record(session, "workbook_taken_in", subject=receipt, actor=actor, now=now, detail={"name": receipt.name})
    return receipt


def _check_kind(incoming: Incoming) -> None:
    if upload.safe_name(incoming.name).rpartition(".")[2] != "xlsx":
        raise RuleBroken(N_("Pilih buku kerja Excel (.xlsx) yang Anda unduh dari halaman ini."), field="workbook")
    try:
        taking_in.media_type(incoming.name, incoming.content)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="workbook", **broken.values) from broken


def check(session: Session, receipt: WorkbookReceipt, *, desk: Desk, actor: Actor) -> tuple[Judged, ...]:
    """Return what is to be done with each row of a workbook as things stand now; nothing is changed."""
    policy.check_own(actor, receipt.organisation_id)
    return _judged(session, _book(receipt, desk), desk=desk, actor=actor)


def _book(receipt: WorkbookReceipt, desk: Desk) -> Book:
    try:
        return parsing.book(desk.storage.read(receipt.digest))
    except FileNotFoundError as gone:
        raise NotFound from gone


def _judged(session: Session, book: Book, *, desk: Desk, actor: Actor) -> tuple[Judged, ...]:
    own = _own(actor)
    wanted = {line.identity.occurrence_id for line in book.lines if line.identity}
    written = offline_packs.written_by(session, book.pack, organisation_id=own)
    known = {
        key: replace(one, written=written.get(key))
        for key, one in offline_packs.known(session, wanted, organisation_id=own).items()
    }
    return offline_pack.judge_all(book, known, sealer(actor, book.pack, secret=desk.secret, older=desk.older))


def may_send(session: Session, *, actor: Actor, now: datetime) -> Verdict:
    """Return whether this person may send what is right at once, with the reason if not."""
    verdict = policy.may(actor, Action.SUBMIT_REPORT)
    if not verdict:
        return verdict
    people = role_holders.responsible(session, _own(actor), today=office_date(now))
    is_free = report_approval.may_send(actor.roles, has_responsible=bool(people))
    return verdict if is_free else Verdict(allowed=False, reason=_ASK_FIRST)


def accept(
    session: Session, receipt: WorkbookReceipt, *, send: bool, desk: Desk, actor: Actor, now: datetime
) -> WorkbookReceipt:
    """Keep every row that is right, and send it as well when `send`; a second time changes nothing.

    Rows with a fault stay out and are named in the receipt; a row that cannot be sent yet is kept as a draft.
    """
    policy.check(actor, Action.WRITE_REPORT)
    policy.check_own(actor, receipt.organisation_id)
    if send and (verdict := may_send(session, actor=actor, now=now)).reason:
        raise RuleBroken(verdict.reason, field="then")
    if receipt.accepted_at is not None:
        return receipt
    judged = check(session, receipt, desk=desk, actor=actor)
    right = [each for each in judged if each.typed]
    if not right:
        raise RuleBroken(N_("Tidak ada baris baru yang dapat diterima. Perbaiki buku kerja, lalu unggah lagi."))
    kept = [_keep(session, each, send=send, actor=actor, now=now) for each in right]
    receipt.accepted_at, receipt.accepted_by_id, receipt.is_sent = now, actor.account_id, send
    receipt.number = f"TI-{receipt.code}"
    receipt.result = _result(judged, kept)
    session.flush()
    detail = {"number": receipt.number, "rows": len(right), "send": send}
    audit.record(session, "workbook_accepted", subject=receipt, actor=actor, now=now, detail=detail)
    return receipt


def _keep(session: Session, judged: Judged, *, send: bool, actor: Actor, now: datetime) -> Report:
    identity = judged.line.identity
    report = reports.open_report(session, identity.occurrence_id if identity else 0, actor=actor, now=now)
    reports.save(session, report, judged.typed, before=_standing(report, judged), actor=actor, now=now)
    if send and _is_sendable(report):
        number = len(report.rounds) + 1
        reports.submit(session, report, number=number, version=report.version, actor=actor, now=now)
    return report


def _standing(report: Report, judged: Judged) -> dict[str, str]:
    """Return what stands in the fields that the row changes: nobody else changed them since the row was judged."""
    stands = report_forms.answers_of(report).typed()
    return {name: stands.get(name, "") for name in judged.typed}


def _is_sendable(report: Report) -> bool:
    answers, form = report_forms.answers_of(report), report_forms.form_of(report)
    return not report_answers.missing(answers, files=len(report_queries.kept_files(report)), form=form)


def _result(judged: Sequence[Judged], kept: Sequence[Report]) -> dict[str, Any]:
    faults = [fault for each in judged for fault in each.faults]
    return {
        "versions": {str(report.occurrence_id): report.version for report in kept},
        "reports": [{"code": report.code, "stage": report.stage.value} for report in kept],
        "faults": [{"cell": one.cell, "message": one.message, "values": dict(one.values)} for one in faults],
    }
