"""What happened, as sentences in the past: words for the actions of the trail. Pages add who and when."""

from collections.abc import Mapping
from typing import Final

from portal.domain.marking import N_

EVENTS: Final[Mapping[str, str]] = {
    "agreement_recorded": N_("Naskah dicatat"),
    "agreement_edited": N_("Data naskah diubah"),
    "stage_changed": N_("Tahap naskah diubah"),
    "document_drafted": N_("Naskah Word dibuat"),
    "document_edited": N_("Naskah Word yang disunting diunggah"),
    "document_received": N_("Naskah Word dari mitra diunggah"),
    "draft_begun": N_("Penyusunan naskah dimulai"),
    "draft_template_changed": N_("Templat naskah diganti"),
    "draft_copied_into": N_("Bagian naskah lain disalin ke naskah ini"),
    "draft_step_undone": N_("Langkah penyusunan dibatalkan"),
    "finding_waived": N_("Temuan Periksa Naskah dikesampingkan"),
    "finding_counted_again": N_("Temuan Periksa Naskah dihitung lagi"),
    "bulk_list_taken_in": N_("Daftar naskah massal diunggah"),
    "bulk_run_started": N_("Naskah massal mulai dibuat"),
    "bulk_run_retried": N_("Baris naskah massal yang gagal dikerjakan lagi"),
    "bulk_run_finished": N_("Naskah massal selesai dibuat"),
    "bulk_run_cancelled": N_("Daftar naskah massal dibatalkan"),
    "file_added": N_("Dokumen diunggah"),
    "file_released": N_("Dokumen dibuka untuk mitra"),
    "file_withheld": N_("Dokumen ditutup kembali untuk mitra"),
    "template_seeded": N_("Templat bawaan dimuat"),
    "template_uploaded": N_("Versi templat diunggah"),
    "template_settings_changed": N_("Pengaturan templat diubah"),
    "template_articles_changed": N_("Susunan Pasal templat diubah"),
    "template_published": N_("Versi templat diterbitkan"),
    "template_retired": N_("Templat dipensiunkan"),
    "clauses_seeded": N_("Klausul bawaan dimuat"),
    "clause_proposed": N_("Perubahan klausul diusulkan"),
    "clause_begun": N_("Klausul baru diusulkan"),
    "clause_owner_changed": N_("Pemilik klausul diganti"),
    "clause_declined": N_("Usulan klausul ditolak"),
    "clause_published": N_("Versi klausul diterbitkan"),
    "clause_retired": N_("Klausul dipensiunkan"),
    "clause_variant_made": N_("Varian klausul dibuat"),
    "obligation_recorded": N_("Kewajiban dicatat"),
    "obligation_edited": N_("Kewajiban diubah"),
    "obligation_closed": N_("Kewajiban diakhiri"),
    "duty_event_recorded": N_("Peristiwa pada kewajiban dicatat"),
    "duty_event_corrected": N_("Catatan peristiwa pada kewajiban diperbaiki"),
    "duty_event_withdrawn": N_("Catatan peristiwa pada kewajiban dicabut"),
    "occurrence_met": N_("Kewajiban dicatat sebagai dipenuhi"),
    "occurrence_waived": N_("Kewajiban dibebaskan"),
    "occurrence_extended": N_("Tenggat digeser"),
    "occurrence_held": N_("Tenggat ditahan"),
    "occurrence_taken_up": N_("Tenggat dilanjutkan"),
    "relief_asked": N_("Keringanan tenggat diminta"),
    "relief_withdrawn": N_("Permohonan keringanan ditarik kembali"),
    "relief_refused": N_("Permohonan keringanan ditolak"),
    "contact_noted": N_("Kontak dengan pihak dicatat"),
    "duties_nudged": N_("Pengingat dikirim oleh petugas"),
    "report_begun": N_("Laporan mulai diisi mitra"),
    "report_saved": N_("Isian laporan disimpan mitra"),
    "report_file_attached": N_("Berkas laporan dilampirkan"),
    "report_file_removed": N_("Berkas laporan dihapus"),
    "report_submitted": N_("Laporan dikirim mitra"),
    "report_accepted": N_("Laporan diterima"),
    "report_returned": N_("Laporan dikembalikan untuk diperbaiki"),
    "renewal_decided": N_("Kelanjutan naskah diputuskan"),
    "renewal_withdrawn": N_("Keputusan tentang kelanjutan naskah ditarik"),
    "renewal_begun": N_("Naskah lanjutan dicatat"),
    "contribution_planned": N_("Penyerahan direncanakan"),
    "contribution_corrected": N_("Rencana penyerahan dibetulkan"),
    "contribution_delivered": N_("Penyerahan dicatat"),
    "contribution_cancelled": N_("Rencana penyerahan dibatalkan"),
    "partner_invited": N_("Mitra diundang ke portal"),
    "invitation_accepted": N_("Undangan diterima mitra"),
    "message_resent": N_("Surel yang gagal dikirim ulang"),
    "reminders_released": N_("Pengingat yang ditahan dilepas"),
    "reminders_declined": N_("Pengingat yang ditahan dibatalkan"),
    "reminder_sent_now": N_("Pengingat dikirim sekarang atas permintaan petugas"),
    "reminder_postponed": N_("Pengingat ditunda"),
    "reminder_declined": N_("Diputuskan bahwa pengingat tidak dikirim"),
}

OTHER_EVENT: Final = N_("Perubahan dicatat")
"""For actions without a sentence of their own."""


def event(action: str) -> str:
    """Give the Indonesian sentence for an action of the trail; the page translates it."""
    return EVENTS.get(action, OTHER_EVENT)
