"""The card of one sample partner: papers that count, what waits and what was refused; and a partner recorded twice."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from portal.domain.organisation import OrganisationKind
from portal.domain.organisation_card import CardPart, DocumentKind, Paper
from portal.domain.organisation_facts import OrganisationFacts
from portal.domain.policy import Actor
from portal.models import Organisation
from portal.services import card_proposals, organisation_documents, organisations
from portal.services.card_proposals import Wish
from portal.services.demo import scans
from portal.services.demo.moments import Moment
from portal.storage import Storage

OFFICER: Final = "ratna@kemensos.example"
PARTNER: Final = "siti@arunika.example"
TWIN: Final = "Yys. Rumah Tumbuh Nirwasita"
SENT = timedelta(days=3)
"""How long ago what waits was sent."""


def put_all(
    session: Session,
    organisation: Organisation,
    actors: Mapping[str, Actor],
    *,
    storage: Storage,
    moment: Moment,
) -> None:
    """Put papers and proposals on the card of the partner of the demonstration."""
    officer, partner = actors[OFFICER], actors[PARTNER]
    at = moment.at(moment.today - SENT)
    for paper in _papers(moment):
        organisation_documents.add(session, organisation, paper=paper, storage=storage, actor=officer, now=at)
    sent = _paper(DocumentKind.BANK_ACCOUNT, "buku-rekening-contoh.pdf", number="CTH-000-000-101")
    organisation_documents.add(session, organisation, paper=sent, storage=storage, actor=partner, now=at)
    refused = Wish(
        part=CardPart.IDENTITY,
        typed={**_identity(organisation), "phone": "021-000-0000"},
        basis="Nomor kantor yang baru (contoh).",
    )
    proposal = card_proposals.propose(session, organisation, wish=refused, storage=storage, actor=partner, now=at)
    answer = "Nomor itu tidak tersambung (contoh). Periksa lagi nomornya, lalu usulkan kembali."
    card_proposals.refuse(session, proposal, answer=answer, actor=officer, now=at)
    wish = Wish(
        part=CardPart.BANK,
        typed={
            "lks.bank_name": "Bank Contoh Nusantara",
            "lks.bank_account_number": "CTH-000-000-101",
            "lks.bank_account_name": organisation.name,
        },
        basis="Rapat pengurus (contoh): rekening baru atas nama lembaga.",
        file_name="buku-rekening-contoh.pdf",
        content=scans.page("Contoh: buku rekening lembaga."),
    )
    card_proposals.propose(session, organisation, wish=wish, storage=storage, actor=partner, now=at)
    _put_twin(session, actor=officer, moment=moment)


def _put_twin(session: Session, *, actor: Actor, moment: Moment) -> None:
    """Record one partner of the set a second time, as it happens: with another spelling, and nothing else known."""
    facts = OrganisationFacts(kind=OrganisationKind.LKS, name=TWIN, regency="Kabupaten Sleman")
    row = organisations.record(session, facts, actor=actor, now=moment.now)
    row.is_sample = True
    session.flush()


def _identity(organisation: Organisation) -> dict[str, str | None]:
    names = ("name", "short_name", "address", "regency", "province_code", "email")
    return {name: getattr(organisation, name) for name in names}


def _papers(moment: Moment) -> tuple[Paper, ...]:
    return (
        _paper(DocumentKind.DEED, "akta-contoh.pdf", number="41", issuer="Prawira Danureja, S.H., M.Kn."),
        _paper(
            DocumentKind.REGISTRATION,
            "tanda-daftar-contoh.pdf",
            number="CTH/001/LKS/JB",
            issuer="Dinas Sosial Kabupaten/Kota (contoh)",
            expires_on=moment.today + timedelta(days=410),
        ),
        _paper(
            DocumentKind.POWER_OF_ATTORNEY,
            "surat-kuasa-contoh.pdf",
            issuer="Ketua Pengurus",
            expires_on=moment.today + timedelta(days=60),
        ),
    )


def _paper(kind: DocumentKind, name: str, **more: object) -> Paper:
    content = scans.page("Contoh: dokumen lembaga.", name)
    return Paper(kind=kind, file_name=name, content=content, **more)  # type: ignore[arg-type]
