"""What lies in the libraries of the sample set: a proposal that waits, a template with a fault, a list in bulk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.documents import gate, package, workbook
from portal.documents.workbook import Heading, WrongRow
from portal.domain.agreement import AgreementKind
from portal.domain.policy import Actor
from portal.models import Organisation
from portal.queries import clauses as clause_reading
from portal.queries import doc_templates as template_reading
from portal.services import bulk, clauses, doc_templates
from portal.services.bulk_rows import Common
from portal.services.clauses import Change
from portal.storage import Storage

OFFICER, LEGAL = "ratna@kemensos.example", "dewi@kemensos.example"
CLAUSE, WAS, PROPOSED = "ketentuan-umum", "untuk 1 (satu) tahun.", "untuk 1 (satu) tahun anggaran."
FAULTY, WAITING = "mou", "pks"
"""Templates of which a new version waits: one with a misspelt tag, one that can be published."""
TITLE = "Contoh naskah massal: Pendampingan Sosial bagi Lanjut Usia"
PARTNERS = 3
_MAIN = "word/document.xml"


def put_all(session: Session, actors: Mapping[str, Actor], *, storage: Storage, now: datetime) -> None:
    """Put one of each in; without seeded libraries there is nothing to propose and nothing to draft from."""
    if template_reading.current_for(session, AgreementKind.PKS) is None:
        return
    _propose(session, actors[OFFICER], now=now)
    _upload(session, actors[LEGAL], storage=storage, now=now)
    _list(session, actors[OFFICER], storage=storage, now=now)


def _propose(session: Session, actor: Actor, *, now: datetime) -> None:
    clause = clause_reading.get(session, CLAUSE)
    wording = clauses.wording_of(clauses.newest(clause))
    changed = replace(wording, text=wording.text.replace(WAS, PROPOSED))
    note = "Contoh usulan: rencana kerja mengikuti tahun anggaran."
    clauses.propose(session, clause, Change(wording=changed, note=note, version=clause.version), actor=actor, now=now)


def _upload(session: Session, actor: Actor, *, storage: Storage, now: datetime) -> None:
    changes = (
        (FAULTY, "contoh-salah-ketik.docx", b"{{ tempat }}", b"{{ tempatt }}"),
        (WAITING, "contoh-perbaikan.docx", b"kami yang bertanda tangan", b"kami, yang bertanda tangan"),
    )
    for code, name, was, typed in changes:
        template = template_reading.get_template(session, code)
        parts = dict(gate.check(storage.read(template.versions[-1].digest), f"{code}.docx"))
        parts[_MAIN] = parts[_MAIN].replace(was, typed, 1)
        incoming = doc_templates.Incoming(name=name, content=package.pack(parts))
        doc_templates.upload(session, template, incoming, actor=actor, now=now, storage=storage)


def _list(session: Session, actor: Actor, *, storage: Storage, now: datetime) -> None:
    """Check a list of three sample partners and one that does not exist; nobody has started it."""
    version = template_reading.current_for(session, AgreementKind.PKS)
    partners = select(Organisation.name).where(Organisation.is_sample.is_(True), Organisation.is_ours.is_(False))
    ours = select(Organisation.code).where(Organisation.is_sample.is_(True), Organisation.is_ours.is_(True))
    names = [
        *session.scalars(partners.order_by(Organisation.id).limit(PARTNERS)),
        "Yayasan Contoh yang Tidak Terdaftar",
    ]
    rows = [WrongRow(values={"Mitra": name}, problems={}) for name in names]
    unit = session.scalars(ours.order_by(Organisation.id)).first()
    if version is None or unit is None:
        return
    incoming = bulk.Incoming(
        name="contoh-daftar-mitra.xlsx",
        template_version=version,
        common=Common(kind=version.template.kind, ours=unit, title=TITLE, unit_code=unit),
        content=workbook.with_problems([Heading(text="Mitra", width=40)], rows, sheet="Contoh", last="Catatan"),
    )
    bulk.take_in(session, incoming, actor=actor, now=now, storage=storage)
