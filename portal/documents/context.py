"""Turns the facts of an agreement into the plain snapshot that templates read; the names are those of the schemas.

Everything that needs the words of the field goes through `wording`. What is not known stays None or empty.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from portal.documents import bilingual
from portal.documents.facts import (
    AgreementFacts,
    AidFacts,
    ChangeFacts,
    ContactFacts,
    FundingFacts,
    LegalFacts,
    ObligationFacts,
    PartyFacts,
    RelatedFacts,
)
from portal.domain import wording
from portal.domain.agreement import SigningCapacity
from portal.domain.template_settings import SignatureSide

_BEFORE_OFFICE: Final[Mapping[SigningCapacity, str]] = {
    SigningCapacity.ACTING: "Plt. ",
    SigningCapacity.DAILY_ACTING: "Plh. ",
}
_BEHIND: Final[Mapping[SigningCapacity, str]] = {
    SigningCapacity.ON_BEHALF: "a.n.",
    SigningCapacity.ON_BEHALF_DELEGATE: "u.b.",
    SigningCapacity.POWER_OF_ATTORNEY: "Kuasa",
}
_NAME_ROOM: Final = 26
"""Letters of a bold name in capitals that fit beside another signature on A4."""
_ACTS: Final[Mapping[SigningCapacity, str]] = {
    SigningCapacity.ON_BEHALF: "atas nama",
    SigningCapacity.ON_BEHALF_DELEGATE: "untuk beliau atas nama",
    SigningCapacity.POWER_OF_ATTORNEY: "sebagai penerima kuasa dari",
}


def snapshot(facts: AgreementFacts) -> dict[str, Any]:
    """Say the facts as plain JSON: texts, whole numbers, ISO dates, flags, lists and records of these."""
    parties = [_party(position, party, facts) for position, party in enumerate(facts.parties, start=1)]
    return {
        "jenis": facts.printed_label,
        "judul": facts.title,
        "pihak": parties,
        "jumlah_pihak": len(parties),
        "sebutan_pihak": [party["sebutan"] for party in parties],
        "tanda_tangan": _pairs(parties, facts.signature_side),
        "tanggal": _day(facts.signed_on),
        "tempat": facts.place,
        "mulai": _day(facts.starts_on),
        "akhir": _day(facts.ends_on),
        "masa_bulan": facts.term_months,
        "tujuan": _clause(facts.purpose),
        "pertimbangan": [_without_opening(_clause(text) or "") for text in facts.recitals],
        "dasar_hukum": [_clause(text) for text in facts.legal_bases],
        "ruang_lingkup": [_clause(text) for text in facts.scope],
        "sasaran": list(facts.targets),
        "lokasi": list(facts.locations),
        "induk": _related(facts.parent),
        "diubah": _related(facts.amended),
        "perubahan_ke": wording.ordinal_word(facts.amendment_no),
        "perubahan": [_change(change) for change in facts.changes],
        "pembiayaan": _funding(facts.funding),
        "rangkap": facts.originals or len(parties),
        "kementerian": {"sebutan": wording.ordinal_party(facts.our_position, facts.party_style)},
        "mitra": {"sebutan": _others(parties, facts.our_position)},
        "data_unsur": [_clause(text) for text in facts.data_elements],
        "bantuan": _aid(facts.aid),
        "bahasa_utama": facts.governing_language,
        "bermeterai": facts.stamp_required,
        "rencana_kerja": [_task(duty, facts) for duty in facts.obligations],
        "inggris": bilingual.snapshot(facts),
    }


def _party(position: int, party: PartyFacts, facts: AgreementFacts) -> dict[str, Any]:
    called = wording.ordinal_party(position, facts.party_style)
    name = _printed_name(party.signatory)
    return {
        "urutan": position,
        "sebutan": called,
        "nama": party.name,
        "singkatan": party.short_name,
        "nomor": party.number_printed,
        "alamat": party.address,
        "penanda_tangan": party.signatory,
        "nama_cetak": name,
        "nama_panjang": any(len(line) > _NAME_ROOM for line in (name or "").splitlines()),
        "nip": party.signatory_nip,
        "jabatan": _office(party),
        "badan": None if _names_body(party) else party.name,
        "kapasitas": _BEHIND.get(party.capacity),
        "diwakili": party.principal,
        "bertindak": _ACTS.get(party.capacity),
        "dasar": party.instrument,
        "badan_hukum": _legal(party.legal, called),
        "narahubung": _contact(party.contact, called),
        "kewajiban": [_duty(duty) for duty in facts.obligations if position in duty.debtors],
        "hak": [
            _right(duty, position, facts)
            for duty in facts.obligations
            if position in duty.creditors and set(duty.debtors) - {position}
        ],
        "inggris": bilingual.party(position, party),
    }


def _names_body(party: PartyFacts) -> bool:
    """Tell whether the office says of which body it is: "Ketua Lembaga X", "Menteri Sosial Republik Indonesia"."""
    office = party.office or ""
    said = office.split()[1:]
    return party.name in office or (len(said) > 1 and set(said) <= set(party.name.split()))


def _printed_name(name: str | None) -> str | None:
    """Write a name for the room under a signature: a long one breaks before its degrees and nowhere else in them."""
    if name is None:
        return None
    person, comma, degrees = wording.name_in_capitals(name).partition(",")
    if not comma:
        return person
    kept = ",\u00a0".join(degree.strip() for degree in degrees.split(","))
    between = "\n" if len(person) + len(kept) > _NAME_ROOM else " "
    return f"{person},{between}{kept}"


def _others(parties: Sequence[Mapping[str, Any]], ours: int) -> str:
    """Join the designations of everyone but the ministry."""
    return wording.joined([party["sebutan"] for party in parties if party["urutan"] != ours])


def _task(duty: ObligationFacts, facts: AgreementFacts) -> dict[str, Any]:
    """Say a duty as a row of the work plan (design: domain §2.6)."""
    debtors = [wording.ordinal_party(debtor, facts.party_style) for debtor in duty.debtors]
    return {"kegiatan": _clause(duty.text), "waktu": duty.due, "penanggung_jawab": wording.joined(debtors) or None}


def _aid(aid: AidFacts | None) -> dict[str, Any]:
    known = aid or AidFacts()
    return {
        "uraian": _clause(known.description),
        "nilai": known.value,
        "penerima": known.recipient,
        "barang": [
            {"nama": item.name, "jumlah": item.quantity, "satuan": item.unit, "kondisi": item.condition}
            for item in known.items
        ],
    }


def _office(party: PartyFacts) -> str | None:
    if party.office is None:
        return None
    return f"{_BEFORE_OFFICE.get(party.capacity, '')}{party.office}"


def _duty(duty: ObligationFacts) -> str:
    text = _clause(duty.text) or ""
    return f"{text} {duty.due}" if duty.due and duty.due not in text else text


def _right(duty: ObligationFacts, position: int, facts: AgreementFacts) -> str:
    """Say a duty as the right of whom it is owed to; one duty is stored once (design: domain §4.1)."""
    debtors = [wording.ordinal_party(debtor, facts.party_style) for debtor in duty.debtors if debtor != position]
    return f"memperoleh pemenuhan kewajiban {wording.joined(debtors)} untuk {_duty(duty)}"


def _pairs(parties: Sequence[Mapping[str, Any]], side: SignatureSide) -> list[dict[str, Any]]:
    """Pair the parties for the signature block; an odd last one stands alone in the middle."""
    rows = []
    for first in range(0, len(parties), 2):
        pair = list(parties[first : first + 2])
        if len(pair) == 1:
            rows.append({"tengah": pair[0], "kiri": None, "kanan": None})
            continue
        if side is SignatureSide.FIRST_RIGHT:
            pair.reverse()
        rows.append({"tengah": None, "kiri": pair[0], "kanan": pair[1]})
    return rows


def _legal(legal: LegalFacts | None, called: str) -> dict[str, Any] | None:
    if legal is None:
        return None
    return {
        "sebutan": called,
        "akta_nomor": legal.deed_no,
        "akta_tanggal": _day(legal.deed_on),
        "notaris": legal.notary,
        "pengesahan": legal.approval_no,
        "npwp": legal.npwp,
        "tanda_daftar": legal.registration_no,
    }


def _contact(contact: ContactFacts | None, called: str) -> dict[str, Any]:
    known = contact or ContactFacts()
    return {
        "sebutan": called,
        "unit": known.unit,
        "nama": known.name,
        "alamat": known.address,
        "telepon": known.phone,
        "surel": known.email,
    }


def _related(related: RelatedFacts | None) -> dict[str, Any] | None:
    if related is None:
        return None
    return {
        "jenis": related.printed_label,
        "judul": related.title,
        "tanggal": _day(related.signed_on),
        "akhir": _day(related.ends_on),
        "nomor": [{"pihak": party, "nomor": number} for party, number in related.numbers],
        "nomor_gabung": wording.joined([f"Nomor {number}" for _, number in related.numbers]) or None,
    }


def _change(change: ChangeFacts) -> dict[str, Any]:
    return {"pasal": change.article, "semula": _clause(change.old), "menjadi": _clause(change.new)}


def _funding(funding: FundingFacts | None) -> dict[str, Any]:
    known = funding or FundingFacts()
    return {"uraian": _clause(known.sentence), "nilai": known.value, "sumber": known.source}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _clause(text: str | None) -> str | None:
    """Take off the end mark that the template sets itself."""
    return None if text is None else text.strip().rstrip(";.,").rstrip() or None


def _without_opening(text: str) -> str:
    return text[len("bahwa ") :] if text.casefold().startswith("bahwa ") else text
