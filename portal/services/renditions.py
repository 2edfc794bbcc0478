"""Word files that come back: edited by the office or sent by the partner, kept in one row with those that were made.

Making a file from a draft is the business of `drafting`. Nothing is ever overwritten: the next number is given, and the
bytes are kept as they came where the portal had to change them.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from portal.documents import gate, recount, revisions, typed
from portal.domain import policy, rendition, upload
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor, Verdict
from portal.domain.rendition import IntakeReport, Lost, RenditionOrigin, Renumbered
from portal.models import Agreement, Rendition
from portal.queries import renditions
from portal.services import audit, draft_rights, file_scans, taking_in
from portal.storage import Storage

_EVENTS: Final = {RenditionOrigin.EDITED: "document_edited", RenditionOrigin.RECEIVED: "document_received"}
_OTHER_KINDS: Final = {
    "doc": N_("Berkas .doc berformat lama. Buka di Word, simpan sebagai .docx, lalu unggah lagi."),
    "rtf": N_("Berkas .rtf bukan berkas Word (.docx). Buka di Word, simpan sebagai .docx, lalu unggah lagi."),
    "odt": N_("Berkas .odt bukan berkas Word. Buka di LibreOffice, simpan sebagai .docx, lalu unggah lagi."),
    "pdf": N_(
        "Berkas PDF tidak dapat disunting di sini. Mintalah berkas Word (.docx) dari penulisnya; PDF disimpan pada "
        "halaman Dokumen."
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A Word file as it was sent: where its text comes from, and the number of the rendition it was written over."""

    name: str
    origin: RenditionOrigin
    based_on: int | None = None
    note: str | None = None
    content: bytes = field(repr=False)


def may_take_in(actor: Actor, agreement: Agreement) -> Verdict:
    """Return whether `actor` may bring a Word file of this agreement, with the reason if not."""
    verdict = policy.may(actor, Action.DRAFT_DOCUMENT)
    return draft_rights.in_time(agreement) if verdict else verdict


def take_in(
    session: Session, agreement: Agreement, incoming: Incoming, *, storage: Storage, actor: Actor, now: datetime
) -> Rendition:
    """Keep a Word file that came back as the next rendition, its references counted anew; return its row, flushed.

    Tracked changes and comments stay as they are and are counted. Raises RuleBroken naming the field (`files`,
    `origin`, `based_on`), NotAllowed with the reason.
    """
    draft_rights.check(agreement, actor)
    if incoming.origin not in _EVENTS:
        raise RuleBroken(N_("Pilih dari mana naskah ini."), field="origin")
    _check_base(session, agreement, incoming.based_on)
    check_kind(incoming.name)
    taking_in.media_type(incoming.name, incoming.content)
    _check_new(session, agreement, incoming.content)
    counted = recount.recount(incoming.content)
    row = _row(agreement, incoming, counted, storage=storage)
    row.number = renditions.last_number(session, agreement.id) + 1
    row.name = f"{agreement.code}-naskah-{row.number}.docx"
    row.made_by_id, row.made_at = actor.account_id, now
    session.add(row)
    session.flush()
    for digest in sorted({row.digest, row.sent_digest or row.digest}):
        file_scans.ask(session, digest, storage=storage, now=now)
    detail = {"number": row.number, "name": row.sent_name, "renumbered": len(counted.changes)}
    audit.record(session, _EVENTS[row.origin], subject=row, actor=actor, now=now, detail=detail)
    return row


def content_of(row: Rendition, storage: Storage) -> bytes:
    """Return the bytes of a rendition; raises FileClosed while they are looked at, NotFound when they are gone."""
    return file_scans.read_of(row, row.digest, storage=storage)


def _check_base(session: Session, agreement: Agreement, number: int | None) -> None:
    if number is None:
        return
    try:
        renditions.get(session, agreement.id, number)
    except NotFound as absent:
        raise RuleBroken(N_("Naskah %(number)s tidak ada."), field="based_on", number=number) from absent


def check_kind(name: str) -> None:
    """Refuse what is no Word file of today by its ending, with what to do about it."""
    ending = upload.safe_name(name).rpartition(".")[2].casefold()
    if ending in _OTHER_KINDS:
        raise RuleBroken(_OTHER_KINDS[ending], field="files")
    if ending != "docx":
        raise RuleBroken(N_("Pilih berkas Word (.docx)."), field="files")


def _check_new(session: Session, agreement: Agreement, content: bytes) -> None:
    known = renditions.with_bytes(session, agreement.id, hashlib.sha256(content).hexdigest())
    if known is not None:
        raise RuleBroken(N_("Berkas ini sama dengan Naskah %(number)s."), field="files", number=known)


def _row(agreement: Agreement, incoming: Incoming, counted: recount.Result, *, storage: Storage) -> Rendition:
    return Rendition(
        agreement_id=agreement.id,
        origin=incoming.origin,
        based_on=incoming.based_on,
        note=(incoming.note or "").strip() or None,
        report=rendition.to_plain(_report(counted)),
        tree=[],
        snapshot={},
        missing=[],
        size=len(counted.content),
        digest=storage.keep(counted.content),
        sent_name=upload.safe_name(incoming.name),
        sent_size=len(incoming.content),
        sent_digest=storage.keep(incoming.content),
    )


def _report(counted: recount.Result) -> IntakeReport:
    """Tell what was found in the file and done to it."""
    parts = gate.check(counted.content)
    renumbered = Counter((old, new) for old, new in counted.changes)
    return IntakeReport(
        renumbered=tuple(Renumbered(old=old, new=new, times=n) for (old, new), n in renumbered.items()),
        dangling=tuple(Lost(text=one.text, place=one.place) for one in counted.dangling),
        typed=tuple(Lost(text=one.text, place=one.place) for one in typed.check_parts(parts)),
        tracked=revisions.tracked(parts),
        remarks=revisions.remarks(parts),
        dropped_order=counted.dropped_order,
    )
