"""Where each value of the text is asked: the name in a template leads to a section and to the control there."""

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from portal.documents.tracing import Source
from portal.domain.drafting import Section
from portal.web.staff.drafting.pages import address

Place = tuple[Section, str]
Found = TypeVar("Found")

QUIET: Final = frozenset({"jenis", "inggris.jenis"})
"""What nearly every sentence says: a mark only while it is missing."""

_OF_A_PARTY: Final = re.compile(r"(?:pihak\[\]|tanda_tangan\[\]\.(?:tengah|kiri|kanan))\.(?P<name>.+)")

PARTY: Final[Mapping[str, str]] = {
    "nama": "name_printed",
    "badan": "name_printed",
    "singkatan": "organisation_code",
    "nomor": "number_printed",
    "alamat": "address_printed",
    "penanda_tangan": "signatory_name",
    "nama_cetak": "signatory_name",
    "nip": "signatory_name",
    "jabatan": "signatory_office",
    "kapasitas": "capacity",
    "bertindak": "capacity",
    "diwakili": "principal",
    "dasar": "instrument",
    "badan_hukum": "organisation_code",
    "narahubung.unit": "contact_name",
    "narahubung.nama": "contact_name",
    "narahubung.alamat": "address_printed",
    "narahubung.telepon": "contact_phone",
    "narahubung.surel": "contact_email",
    "inggris.nama": "name_en",
    "inggris.jabatan": "office_en",
    "inggris.bertindak": "capacity",
}
"""Fields of one party by what stands behind `pihak[].`; papers of a body come with the body that is chosen."""

FIELDS: Final[Mapping[str, Place]] = {
    "jenis": (Section.TEMPLATE, "printed_label"),
    "judul": (Section.RECITALS, "title"),
    "pihak[].hak": (Section.OBLIGATIONS, "tercatat"),
    "pihak[].kewajiban": (Section.OBLIGATIONS, "tercatat"),
    "rencana_kerja": (Section.OBLIGATIONS, "tercatat"),
    "pertimbangan": (Section.RECITALS, "recitals"),
    "dasar_hukum": (Section.RECITALS, "legal_bases"),
    "induk": (Section.RECITALS, "relations-0-other_code"),
    "diubah": (Section.RECITALS, "relations-0-other_code"),
    "perubahan_ke": (Section.RECITALS, "relations-0-other_code"),
    "tujuan": (Section.ARTICLES, "purpose"),
    "ruang_lingkup": (Section.ARTICLES, "scope"),
    "sasaran": (Section.ARTICLES, "targets"),
    "lokasi": (Section.ARTICLES, "regions-0-province_code"),
    "perubahan": (Section.ARTICLES, "changes"),
    "tanggal": (Section.TERM, "signed_on"),
    "tempat": (Section.TERM, "signed_place"),
    "mulai": (Section.TERM, "starts_on"),
    "masa": (Section.TERM, "term_years"),
    "masa_bulan": (Section.TERM, "term_years"),
    "akhir": (Section.TERM, "ends_on"),
    "pembiayaan.nilai": (Section.FUNDING, "value_rupiah"),
    "pembiayaan.sumber": (Section.FUNDING, "funding_source"),
    "pembiayaan.uraian": (Section.FUNDING, "funding_note"),
    "bantuan.uraian": (Section.FUNDING, "aid_description"),
    "bantuan.nilai": (Section.FUNDING, "aid_value"),
    "bantuan.penerima": (Section.FUNDING, "aid_recipient"),
    "bantuan.barang": (Section.FUNDING, "aid_items"),
    "rangkap": (Section.OPTIONS, "originals"),
    "bermeterai": (Section.OPTIONS, "stamp_required"),
    "bahasa_utama": (Section.OPTIONS, "governing_language"),
    "data_unsur": (Section.OPTIONS, "data_elements"),
    "rujuk": (Section.ARTICLES, "daftar-pasal"),
    "inggris.judul": (Section.RECITALS, "title_en"),
    "inggris.pertimbangan": (Section.RECITALS, "recitals_en"),
    "inggris.dasar_hukum": (Section.RECITALS, "legal_bases_en"),
    "inggris.tujuan": (Section.ARTICLES, "purpose_en"),
    "inggris.ruang_lingkup": (Section.ARTICLES, "scope_en"),
}
"""Sections and controls by the name, or by its beginning; other English words follow from their Indonesian pair."""


def place(source: Source) -> Place | None:
    """Return where a value is asked, None for what follows from other facts (a party's designation, a count)."""
    party = _OF_A_PARTY.fullmatch(source.name)
    field = _beginning(party["name"], PARTY) if party else None
    if field is not None:
        return Section.PARTIES, f"parties-{source.position - 1}-{field}" if source.position else "parties"
    return _beginning(source.name, FIELDS) or _beginning(source.name.removeprefix("inggris."), FIELDS)


def _beginning(name: str, known: Mapping[str, Found]) -> Found | None:
    """Return what is known of a name or of the longest name that it begins with: "induk.judul" asks for "induk"."""
    while name:
        if name in known:
            return known[name]
        name = re.sub(r"(?:\[\]|\.?[a-z_]+)$", "", name)
    return None


def href(code: str, here: Section, source: Source) -> str:
    """Return the address of the control of a value, a mere anchor within the section that is open; "" for none."""
    found = place(source)
    if found is None:
        return ""
    section, field = found
    return f"#{field}" if section is here else address(code, section, _anchor=field)
