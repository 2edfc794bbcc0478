"""The kinds of records that the trail speaks of, by the name of their table."""

from collections.abc import Mapping
from typing import Final

from portal.domain.marking import N_

THINGS: Final[Mapping[str, str]] = {
    "absence": N_("Cuti"),
    "account": N_("Akun"),
    "account_freeze": N_("Pembekuan akun"),
    "acknowledgement": N_("Tanda baca dokumen"),
    "agreement": N_("Naskah"),
    "agreement_file": N_("Dokumen naskah"),
    "agreement_party": N_("Pihak"),
    "agreement_question": N_("Pertanyaan mitra"),
    "bulk_run": N_("Daftar naskah massal"),
    "calendar_day": N_("Hari libur"),
    "calendar_feed": N_("Langganan kalender"),
    "card_proposal": N_("Usulan data lembaga"),
    "clause": N_("Klausul"),
    "clause_version": N_("Versi klausul"),
    "contact": N_("Narahubung"),
    "contact_entry": N_("Catatan kontak"),
    "data_request": N_("Permohonan data pribadi"),
    "contribution": N_("Dana dan serah terima"),
    "entry": N_("Baris jejak"),
    "doc_template": N_("Templat"),
    "doc_template_version": N_("Versi templat"),
    "draft": N_("Draf"),
    "draft_reply": N_("Tanggapan atas Pasal"),
    "handover": N_("Mutasi"),
    "incident": N_("Insiden data pribadi"),
    "invitation": N_("Undangan"),
    "message": N_("Surel"),
    "obligation": N_("Kewajiban"),
    "obligation_event": N_("Peristiwa kewajiban"),
    "occurrence": N_("Tenggat"),
    "office_holder": N_("Pengurus"),
    "organisation": N_("Organisasi"),
    "organisation_document": N_("Dokumen lembaga"),
    "organisation_merge": N_("Penggabungan catatan"),
    "rating": N_("Penilaian"),
    "relief": N_("Keringanan tenggat"),
    "reminder": N_("Pengingat"),
    "reminder_ladder": N_("Aturan pengingat"),
    "renewal_decision": N_("Keputusan kelanjutan"),
    "rendition": N_("Naskah Word"),
    "report": N_("Laporan"),
    "report_file": N_("Berkas laporan"),
    "report_form": N_("Isian laporan"),
    "report_round": N_("Putaran laporan"),
    "review_waiver": N_("Temuan yang dikesampingkan"),
    "shared_draft": N_("Rancangan yang dibagikan"),
    "workbook_receipt": N_("Buku kerja laporan"),
}

OTHER_THING: Final = N_("Catatan lain")
"""For kinds of records without a name of their own."""


def thing(kind: str) -> str:
    """Give the Indonesian name of a kind of record; the page translates it."""
    return THINGS.get(kind, OTHER_THING)
