"""The names of what is recorded of an agreement, as forms, comparisons and the history print them."""

from collections.abc import Mapping
from typing import Final

from portal.domain.marking import N_

FIELDS: Final[Mapping[str, str]] = {
    "kind": N_("Jenis naskah"),
    "printed_label": N_("Sebutan pada naskah"),
    "title": N_("Judul"),
    "stage": N_("Tahap"),
    "is_foreign": N_("Dengan pihak asing"),
    "is_confidential": N_("Naskah dibatasi"),
    "signed_on": N_("Tanggal penandatanganan"),
    "signed_place": N_("Tempat penandatanganan"),
    "signing_event_code": N_("Peristiwa penandatanganan"),
    "starts_on": N_("Mulai berlaku"),
    "ends_on": N_("Berakhir"),
    "term_years": N_("Jangka waktu (tahun)"),
    "term_months": N_("Jangka waktu (bulan)"),
    "notice_count": N_("Tenggat pemberitahuan"),
    "notice_unit": N_("Satuan tenggat"),
    "notice_article": N_("Pasal pemberitahuan"),
    "purpose": N_("Maksud dan tujuan"),
    "scope": N_("Ruang lingkup"),
    "beneficiaries": N_("Penerima manfaat"),
    "value_rupiah": N_("Nilai (rupiah)"),
    "funding_source": N_("Sumber dana"),
    "originals": N_("Jumlah naskah asli"),
    "unit_code": N_("Unit pemrakarsa"),
    "officer_email": N_("Petugas (PIC)"),
    "client_groups": N_("Pemerlu Atensi Sosial (PAS)"),
    "atensi": N_("Komponen ATENSI"),
    "regions": N_("Wilayah"),
    "relations": N_("Naskah terkait"),
    "note": N_("Catatan"),
}

PARTY_FIELDS: Final[Mapping[str, str]] = {
    "organisation_code": N_("Organisasi"),
    "name_printed": N_("Nama pada naskah"),
    "address_printed": N_("Alamat pada naskah"),
    "number_printed": N_("Nomor"),
    "signatory_name": N_("Penanda tangan"),
    "signatory_office": N_("Jabatan penanda tangan"),
    "capacity": N_("Kapasitas"),
    "principal": N_("Pejabat yang diwakili"),
    "instrument": N_("Dasar kewenangan"),
    "contact_name": N_("Narahubung"),
    "contact_phone": N_("Telepon narahubung"),
    "contact_email": N_("Surel narahubung"),
}

PARTY_PLACES: Final = (
    N_("Pihak Kesatu"),
    N_("Pihak Kedua"),
    N_("Pihak Ketiga"),
    N_("Pihak Keempat"),
    N_("Pihak Kelima"),
)
"""The parties by their place, the first one first, as headings on screen."""
