"""The English half of a snapshot: the words of the second column of a bilingual text. Values only, no layout."""

from collections.abc import Sequence
from typing import Any

from portal.documents import english
from portal.documents.facts import AgreementFacts, EnglishFacts, PartyFacts
from portal.domain.agreement import SigningCapacity

_ACTS = {
    SigningCapacity.ON_BEHALF: "on behalf of",
    SigningCapacity.ON_BEHALF_DELEGATE: "for and on behalf of",
    SigningCapacity.POWER_OF_ATTORNEY: "under a power of attorney from",
}
_BEFORE_OFFICE = {SigningCapacity.ACTING: "Acting ", SigningCapacity.DAILY_ACTING: "Acting "}


def snapshot(facts: AgreementFacts) -> dict[str, Any]:
    """Say in English what a text in two columns needs; what nobody has translated stays None or empty."""
    known = facts.english or EnglishFacts()
    return {
        "jenis": english.KINDS[facts.kind],
        "judul": known.title,
        "tujuan": _clause(known.purpose),
        "pertimbangan": _clauses(known.recitals),
        "dasar_hukum": _clauses(known.legal_bases),
        "ruang_lingkup": _clauses(known.scope),
        "tanggal": None if facts.signed_on is None else english.date_opening(facts.signed_on),
        "mulai": None if facts.starts_on is None else english.date_long(facts.starts_on),
        "akhir": None if facts.ends_on is None else english.date_long(facts.ends_on),
        "masa": None if facts.term_months is None else english.term(facts.term_months),
        "rangkap": english.figure_and_words(facts.originals or len(facts.parties)),
        "bahasa_utama": _language(facts.governing_language),
        "sebutan_gabung": english.joined([english.party(place + 1) for place in range(len(facts.parties))]),
    }


def party(position: int, facts: PartyFacts) -> dict[str, Any]:
    """Say in English who a party is; a name or an office that has no English form keeps its own."""
    office = facts.office_en or facts.office
    return {
        "sebutan": english.party(position),
        "nama": facts.name_en or facts.name,
        "jabatan": None if office is None else f"{_BEFORE_OFFICE.get(facts.capacity, '')}{office}",
        "bertindak": _ACTS.get(facts.capacity),
    }


def _clauses(texts: Sequence[str]) -> list[str | None]:
    return [_clause(text) for text in texts]


def _clause(text: str | None) -> str | None:
    return None if text is None else text.strip().rstrip(";.,").rstrip() or None


def _language(name: str | None) -> str | None:
    return None if name is None else english.LANGUAGES.get(name.casefold(), name)
