"""What each action of the policy lets people do, in words of the office: for the page that says who may what."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.marking import N_
from portal.domain.policy import Action

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Action: {
        Action.ACKNOWLEDGE: N_("Menyatakan sudah membaca dokumen"),
        Action.ADD_FILE: N_("Mengunggah dokumen naskah"),
        Action.ANSWER_DRAFT: N_("Menanggapi rancangan"),
        Action.ANSWER_QUESTION: N_("Menjawab pertanyaan mitra"),
        Action.APPROVE_REPORT: N_("Menyetujui laporan lembaganya"),
        Action.ASK_QUESTION: N_("Bertanya tentang perjanjian"),
        Action.ASK_RELIEF: N_("Meminta keringanan tenggat"),
        Action.CHANGE_STAGE: N_("Mengubah tahap naskah"),
        Action.DECIDE_DATA_REQUEST: N_("Memutuskan permohonan data pribadi"),
        Action.DECIDE_RELIEF: N_("Memutuskan keringanan tenggat"),
        Action.DECIDE_RENEWAL: N_("Memutuskan kelanjutan naskah"),
        Action.DECIDE_REPORT: N_("Menerima atau mengembalikan laporan"),
        Action.DRAFT_DOCUMENT: N_("Menyusun naskah Word"),
        Action.EDIT_AGREEMENT: N_("Mengubah data naskah"),
        Action.EDIT_CALENDAR: N_("Mengubah hari libur"),
        Action.EDIT_CLAUSE: N_("Mengusulkan perubahan klausul"),
        Action.EDIT_OBLIGATION: N_("Mengubah kewajiban"),
        Action.EDIT_ORGANISATION: N_("Mengubah data mitra"),
        Action.EDIT_REMINDER_RULE: N_("Mengubah aturan pengingat"),
        Action.EDIT_REPORT_FORM: N_("Mengubah isian laporan"),
        Action.EDIT_TEMPLATE: N_("Mengunggah templat"),
        Action.INVITE_PARTNER: N_("Mengundang orang dari mitra"),
        Action.MANAGE_ACCOUNTS: N_("Mengelola akun, peran, dan mutasi"),
        Action.MANAGE_INCIDENT: N_("Menangani insiden data pribadi"),
        Action.MANAGE_TEAM: N_("Mengatur peran orang selembaga"),
        Action.NOTE_DATA_REQUEST: N_("Mencatat permohonan data pribadi"),
        Action.PROPOSE_CARD: N_("Mengusulkan perubahan data lembaga"),
        Action.PUBLISH_CLAUSE: N_("Menerbitkan klausul"),
        Action.PUBLISH_TEMPLATE: N_("Menerbitkan templat"),
        Action.RATE_AGREEMENT: N_("Menilai kerja sama"),
        Action.RECORD_AGREEMENT: N_("Mencatat naskah baru"),
        Action.RELEASE_FILE: N_("Membuka dokumen untuk mitra"),
        Action.RESEND_MESSAGE: N_("Mengirim ulang surel dan memutuskan pengingat"),
        Action.SEE_AGREEMENT: N_("Melihat naskah yang menjadi haknya"),
        Action.SEE_AUDIT: N_("Membaca jejak audit"),
        Action.SEE_CONFIDENTIAL: N_("Membaca naskah yang dibatasi"),
        Action.SEE_LEDGER: N_("Melihat buku pengingat dan pekerjaan"),
        Action.SEE_MEMBERS: N_("Membaca perjanjian lembaga anggota"),
        Action.SEE_OFFICE: N_("Melihat halaman kantor"),
        Action.SEND_DRAFT_ANSWER: N_("Mengirim tanggapan atas rancangan"),
        Action.SEND_FOR_PARTNER: N_("Mengirim laporan atas nama mitra"),
        Action.SUBMIT_REPORT: N_("Mengirim laporan"),
        Action.WAIVE_FINDING: N_("Mengesampingkan temuan Periksa Naskah"),
        Action.WRITE_REPORT: N_("Mengisi laporan"),
    }
}
