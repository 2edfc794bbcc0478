"""A Word file that came back in the sample set: made from a draft, changed by the partner in Word, taken in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.documents import gate, package
from portal.documents.starters import blocks
from portal.domain.agreement import AgreementKind, Stage
from portal.domain.policy import Actor
from portal.domain.rendition import RenditionOrigin
from portal.models import Agreement, Draft
from portal.services import drafting, renditions
from portal.services.renditions import Incoming
from portal.storage import Storage

OFFICER: Final = "ratna@kemensos.example"
_MAIN: Final = "word/document.xml"
_ARTICLE: Final = b'<w:p><w:pPr><w:pStyle w:val="Pasal"/>'
_STAMP: Final = 'w:author="Staf mitra (contoh)" w:date="2026-11-18T03:00:00Z"'
_TRACKED: Final = (
    f'<w:p><w:ins w:id="9001" {_STAMP}>{blocks.run("Ketentuan tambahan dari mitra (contoh).")}</w:ins>'
    f'<w:del w:id="9002" {_STAMP}><w:r><w:delText>Ketentuan lama.</w:delText></w:r></w:del></w:p>'
)
_TYPED: Final = blocks.isi("Ketentuan ini dilaksanakan sebagaimana dimaksud dalam Pasal 88 (contoh).")


def put_all(session: Session, actors: Mapping[str, Actor], *, storage: Storage, now: datetime) -> None:
    """Make the file of the first sample PKS that is being written, and take in what the partner made of it.

    Without a draft there is nothing to make.
    """
    query = select(Draft).join(Agreement, Agreement.id == Draft.agreement_id).order_by(Draft.id)
    wanted = Agreement.is_sample.is_(True), Agreement.kind == AgreementKind.PKS, Agreement.stage == Stage.DRAFTING
    draft = session.scalars(query.where(*wanted)).first()
    if draft is None:
        return
    actor = actors[OFFICER]
    made = drafting.make_document(session, draft, actor=actor, now=now, storage=storage)
    incoming = Incoming(
        name="contoh-dari-mitra.docx",
        origin=RenditionOrigin.RECEIVED,
        based_on=made.number,
        note="Contoh: mitra menyisipkan satu Pasal dan menandai perubahannya.",
        content=changed_in_word(storage.read(made.digest)),
    )
    renditions.take_in(session, draft.agreement, incoming, storage=storage, actor=actor, now=now)


def changed_in_word(content: bytes) -> bytes:
    """Return a Word file as a partner sends it back.

    A new Pasal stands before the second one, as Word would put it, with tracked changes and a number typed by hand.
    """
    parts = dict(gate.check(content))
    text = parts[_MAIN]
    second = text.index(_ARTICLE, text.index(_ARTICLE) + 1)
    added = f"{blocks.pasal('USUL MITRA')}{_TRACKED}{_TYPED}".encode()
    parts[_MAIN] = text[:second] + added + text[second:]
    return package.pack(parts)
