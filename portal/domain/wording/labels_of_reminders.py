"""Labels of the enums of reminders and messages; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.marking import N_
from portal.domain.reminder import Audience, Channel, EndReason, MessageStage, ReminderStage, SubjectKind

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    SubjectKind: {
        SubjectKind.OCCURRENCE: N_("Tenggat kewajiban"),
        SubjectKind.TERM_END: N_("Akhir jangka waktu"),
        SubjectKind.REPORT_FIX: N_("Perbaikan laporan"),
        SubjectKind.NOTICE: N_("Batas pemberitahuan perpanjangan"),
        SubjectKind.RENEWAL_START: N_("Mulai menyiapkan perpanjangan"),
        SubjectKind.PAPER: N_("Masa berlaku dokumen mitra"),
    },
    Audience: {
        Audience.DEBTOR: N_("Pihak yang wajib"),
        Audience.OFFICER: N_("Petugas"),
        Audience.HEAD: N_("Atasan"),
        Audience.DIRECTOR: N_("Direktur"),
        Audience.PARTNER: N_("Penanggung jawab mitra"),
    },
    Channel: {
        Channel.MAIL: N_("Surel"),
        Channel.BELL: N_("Lonceng portal"),
        Channel.SERVICE: N_("Layanan pesan"),
    },
    ReminderStage: {
        ReminderStage.PLANNED: N_("Direncanakan"),
        ReminderStage.SENT: N_("Terkirim"),
        ReminderStage.OVERTAKEN: N_("Dilewati"),
        ReminderStage.SUPERSEDED: N_("Digantikan"),
        ReminderStage.CANCELLED: N_("Dibatalkan"),
        ReminderStage.FAILED: N_("Gagal"),
        ReminderStage.HELD: N_("Ditahan"),
    },
    MessageStage: {
        MessageStage.PENDING: N_("Menunggu dikirim"),
        MessageStage.LEASED: N_("Sedang dikirim"),
        MessageStage.SENT: N_("Terkirim"),
        MessageStage.DEAD: N_("Gagal"),
        MessageStage.HELD: N_("Ditahan"),
        MessageStage.CANCELLED: N_("Dibatalkan"),
    },
    EndReason: {
        EndReason.FINISHED: N_("sudah selesai"),
        EndReason.DATE_MOVED: N_("tanggalnya berubah"),
        EndReason.NOT_RESPONSIBLE: N_("penerima tidak lagi bertanggung jawab"),
        EndReason.NEWER_STEP: N_("ada pengingat yang lebih baru"),
        EndReason.MISSED: N_("harinya lewat ketika pengirim tidak berjalan"),
        EndReason.DECLINED: N_("petugas memutuskan untuk tidak mengirimnya"),
        EndReason.GIVEN_UP: N_("pengiriman gagal berulang kali"),
        EndReason.RULE_CHANGED: N_("aturan pengingatnya diubah"),
        EndReason.SUBJECT_HELD: N_("kewajiban atau naskahnya sedang ditahan"),
    },
}
