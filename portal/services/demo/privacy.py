"""Personal data in the demonstration: a request that waits for an answer, and an incident that was told and closed."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.incident import IncidentFacts, LetterWay, Search, Told
from portal.domain.personal import Asked, DataKind, RequestKind
from portal.domain.policy import Actor
from portal.models import Account
from portal.services import data_requests, incidents
from portal.services.demo.moments import Moment

WHO_ASKS = "lina@arunika.example"
WHO_DECIDES = "admin@kemensos.example"
ASKED_AGO = timedelta(hours=20)
NOTICED_AGO = timedelta(days=9)
LASTED = timedelta(hours=6)


def put_all(session: Session, actors: Mapping[str, Actor], *, moment: Moment) -> None:
    """Note a request that still waits, and an incident of last week with its letters."""
    person = session.scalars(select(Account).where(Account.email == WHO_ASKS)).one()
    own = Actor(account_id=person.id, name=person.name, organisation_id=person.organisation_id)
    words = "Nomor telepon saya sudah berganti; yang lama mohon dihapus (contoh)."
    asked = Asked(kind=RequestKind.CORRECTION, words=words, name=person.name)
    data_requests.ask(session, person, asked=asked, actor=own, now=moment.now - ASKED_AGO)
    _put_incident(session, person, actors[WHO_DECIDES], moment=moment)


def _put_incident(session: Session, person: Account, admin: Actor, *, moment: Moment) -> None:
    noticed_at = moment.now - NOTICED_AGO
    facts = IncidentFacts(
        title="Daftar hadir terkirim ke alamat yang salah (contoh)",
        what="Daftar hadir rapat dengan nama dan nomor telepon lima orang terkirim ke alamat surel yang mirip.",
        how="Alamat dilengkapi otomatis oleh program surel dan tidak diperiksa lagi.",
        measures="Penerima diminta menghapusnya dan sudah menjawab; pelengkapan otomatis dimatikan.",
        noticed_at=noticed_at,
        data_kinds=(DataKind.NAME, DataKind.CONTACT),
        search=Search(begins_at=noticed_at - LASTED, ends_at=noticed_at, organisation_id=person.organisation_id),
    )
    row = incidents.record(session, facts=facts, actor=admin, now=noticed_at)
    told = (Told(name="", way=LetterWay.LETTER), Told(name=person.name, account_id=person.id, way=LetterWay.MAIL))
    for each in told:
        incidents.note_letter(session, row, told=each, actor=admin, now=noticed_at + LASTED)
    incidents.close(session, row, actor=admin, now=noticed_at + 2 * LASTED)
