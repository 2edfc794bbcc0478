"""An agreement of the sample house for each starter, with everything that its text asks; all of it is made up."""

from datetime import date

from sqlalchemy import func, select

from portal.domain.agreement import AgreementKind, Relation, SigningCapacity, Stage
from portal.domain.obligation import Cadence, ObligationKind, ScheduleKind
from portal.domain.policy import SYSTEM
from portal.models import Agreement, AgreementRegion, AgreementRelation, OfficeHolder, Organisation
from portal.queries import agreements as reading
from portal.queries import doc_templates, drafts
from portal.services import drafts as beginning
from tests.factories.agreements import make_agreement
from tests.factories.instants import NOW
from tests.factories.obligations import make_obligation

SIGNED = date(2026, 11, 21)
DIRECTOR = {
    "capacity": SigningCapacity.ON_BEHALF,
    "principal": "Direktur Jenderal Kemitraan Sosial",
    "instrument": "Keputusan Menteri Sosial Nomor 0/HUK/2025 tentang Pelimpahan Wewenang (contoh)",
}
TITLE = "Perawatan Sosial Berbasis Keluarga"
LAW = "Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial"
TEXTS = {
    "recitals": ["para pihak perlu memadukan layanan sosial bagi keluarga"],
    "legal_bases": [LAW],
    "targets": ["keluarga yang merawat lanjut usia"],
    "funding_note": "Pembiayaan dibebankan pada anggaran masing-masing PIHAK",
    "stamp_required": True,
}
AID = {
    "answers": ["aid"],
    "aid_description": "sarana usaha pengolahan plastik",
    "aid_value": 325_000_000,
    "aid_recipient": "komunitas binaan PIHAK KEDUA",
    "aid_items": [{"name": "Mesin pres plastik", "quantity": 5, "unit": "unit", "condition": "baik dan baru"}],
}
DATA = {"answers": ["data_exchange"], "data_elements": ["nama", "tanggal lahir", "alamat"]}
ENGLISH = {
    "governing_language": "Bahasa Indonesia",
    "title_en": "Family Based Social Care",
    "recitals_en": ["the parties need to join their social services for families"],
    "legal_bases_en": ["Law Number 11 of 2009 on Social Welfare"],
    "purpose_en": "improving the quality of social care within families",
    "scope_en": ["assistance to families", "training of assistants"],
}
CHANGES = {
    "changes": [
        {
            "article": "Pasal 3 ayat (2)",
            "old": "Kegiatan dilaksanakan di Kota Bandung.",
            "new": "Kegiatan dilaksanakan di Kota Bandung dan Kabupaten Garut.",
        }
    ]
}
DUTIES = (
    ("menyediakan pelatihan bagi pendamping keluarga", 0),
    ("menyampaikan laporan kegiatan", 1),
    ("menyediakan tempat kegiatan", -1),
)
STARTERS = {
    "mou": (AgreementKind.MOU, ("KEMENSOS", "bpkw"), {}),
    "pks": (AgreementKind.PKS, ("DKRS", "arunika", "girinata"), {}),
    "pks_aid": (AgreementKind.PKS, ("DKRS", "pawitra"), AID),
    "pks_data": (AgreementKind.PKS, ("DKRS", "bpkw"), DATA),
    "synergy_note": (AgreementKind.SYNERGY_NOTE, ("KEMENSOS", "tirtabuana"), {}),
    "addendum": (AgreementKind.AMENDMENT, ("DKRS", "arunika"), CHANGES),
    "extension": (AgreementKind.EXTENSION, ("DKRS", "arunika"), {}),
    "termination": (AgreementKind.TERMINATION, ("DKRS", "arunika"), {}),
    "bast": (AgreementKind.PKS, ("DKRS", "pawitra"), AID),
    "mou_bilingual": (AgreementKind.MOU, ("KEMENSOS", "zonnewijk"), ENGLISH),
}
"""Kind, codes of the parties in order, and texts, by the code of the template."""


def make_complete_draft(session, template, *, parties=()):
    """Return the draft of a new, complete agreement from the starter with this code; `parties` are codes in order."""
    kind, codes, texts = STARTERS[template]
    codes = parties or codes
    agreement = _agreement(session, kind, codes, is_foreign=template == "mou_bilingual")
    _relate(session, agreement, template, codes)
    version = next(one for one in doc_templates.choices(session, kind) if one.template.code == template)
    if template == "bast":
        agreement.printed_label = "Berita Acara Serah Terima"
    draft = beginning.start(session, agreement, version=version, actor=SYSTEM, now=NOW)
    english = {"english_parties": _english(agreement)} if template == "mou_bilingual" else {}
    draft.facts = {**TEXTS, **texts, **english}
    draft.answers = sorted(drafts.conditions_of(draft, agreement, reading.facts(session, agreement)))
    session.flush()
    session.expire_all()
    return draft


def _english(agreement):
    words = {"name": "Example Body", "office": "Head of Office"}
    return {party.organisation.code: words for party in agreement.parties}


def _agreement(session, kind, codes, **more):
    bodies = [session.scalars(select(Organisation).where(Organisation.code == code)).one() for code in codes]
    values = {
        "kind": kind,
        "code": f"UJI-{session.scalar(select(func.max(Agreement.id))) or 0}",
        "title": TITLE,
        "stage": Stage.DRAFTING,
        "signed_on": SIGNED,
        "signed_place": "Jakarta",
        "starts_on": SIGNED,
        "ends_on": date(2027, 11, 21),
        "term_years": 1,
        "purpose": "meningkatkan mutu perawatan sosial di lingkungan keluarga",
        "scope": ["pendampingan keluarga", "pelatihan pendamping"],
        "originals": len(codes),
    }
    agreement = make_agreement(session, parties=bodies, **{**values, **more})
    session.add(AgreementRegion(agreement_id=agreement.id, province_code="JB", regency="Kota Bandung"))
    session.add(AgreementRegion(agreement_id=agreement.id, province_code="JB", regency="Kabupaten Garut"))
    for party in agreement.parties:
        _fill(session, party)
    for text, debtor in DUTIES:
        seats = [party.organisation for party in agreement.parties]
        rule = {"schedule": ScheduleKind.RECURRING, "cadence": Cadence.YEARLY, "fixed_on": None, "article": None}
        owes, gets = seats[debtor], seats[debtor - 1]
        make_obligation(session, agreement, owes, gets, kind=ObligationKind.REPORTING, title=text, **rule)
    session.refresh(agreement)
    return agreement


def _fill(session, party):
    """Fill in what a party's section asks, from the register where it knows."""
    query = select(OfficeHolder).where(OfficeHolder.organisation_id == party.organisation_id)
    holder = next(one for one in session.scalars(query) if one.ends_on is None or one.ends_on > SIGNED)
    party.address_printed = party.organisation.address or "Jalan Contoh Nomor 1, Jakarta Pusat"
    party.number_printed = f"{party.position}/CONTOH/XI/2026"
    party.signatory_name, party.signatory_office = holder.name, holder.office
    party.capacity, party.instrument = SigningCapacity.DEFINITIVE, holder.instrument or "Keputusan Nomor 0 Tahun 2025"
    party.contact_name, party.contact_phone = "Narahubung Contoh", "(021) 0000000"
    party.contact_email = "narahubung@contoh.example"
    for name, value in (DIRECTOR if party.organisation.code == "DKRS" else {}).items():
        setattr(party, name, value)


def _relate(session, agreement, template, codes):
    """Give an agreement what it rests on: a signed MoU above a PKS, a signed PKS below what changes it."""
    if agreement.kind in {AgreementKind.MOU, AgreementKind.SYNERGY_NOTE}:
        return
    changes = {AgreementKind.AMENDMENT: Relation.AMENDS, AgreementKind.TERMINATION: Relation.AMENDS}
    relation = {AgreementKind.PKS: Relation.PARENT, AgreementKind.EXTENSION: Relation.EXTENDS} | changes
    kind = AgreementKind.MOU if agreement.kind is AgreementKind.PKS and template != "bast" else AgreementKind.PKS
    other = _agreement(session, kind, codes, title=TITLE, stage=Stage.ACTIVE)
    other.signed_on = other.starts_on = date(2025, 1, 6)
    other.ends_on, other.term_years = date(2028, 1, 6), 3
    for party in other.parties:
        party.number_printed = f"{party.position}/CONTOH/I/2025"
    session.add(AgreementRelation(agreement_id=agreement.id, other_id=other.id, relation=relation[agreement.kind]))
    session.flush()
