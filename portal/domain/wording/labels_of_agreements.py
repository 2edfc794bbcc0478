"""Labels of the enums of agreements; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.agreement import AgreementKind, Relation, SigningCapacity, Stage, Standing
from portal.domain.agreement_file import FileKind
from portal.domain.marking import N_
from portal.domain.rating import Question
from portal.domain.wording.phrases import PartyStyle

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    AgreementKind: {
        AgreementKind.MOU: N_("Nota Kesepahaman (MoU)"),
        AgreementKind.PKS: N_("Perjanjian Kerja Sama (PKS)"),
        AgreementKind.SYNERGY_NOTE: N_("Nota Kesepakatan Sinergi"),
        AgreementKind.AMENDMENT: N_("Adendum"),
        AgreementKind.EXTENSION: N_("Perpanjangan"),
        AgreementKind.TERMINATION: N_("Pengakhiran"),
    },
    Stage: {
        Stage.EXPLORATION: N_("Penjajakan"),
        Stage.PROPOSED: N_("Usulan"),
        Stage.REVIEW: N_("Telaah"),
        Stage.DRAFTING: N_("Penyusunan"),
        Stage.NEGOTIATION: N_("Pembahasan"),
        Stage.INITIALLING: N_("Paraf"),
        Stage.SIGNING: N_("Tanda tangan"),
        Stage.ACTIVE: N_("Berlaku"),
        Stage.SUSPENDED: N_("Ditangguhkan"),
        Stage.TERMINATED: N_("Diakhiri"),
        Stage.CANCELLED: N_("Dibatalkan"),
    },
    Standing: {
        Standing.UPCOMING: N_("Belum berlaku"),
        Standing.IN_FORCE: N_("Berlaku"),
        Standing.ENDING_SOON: N_("Akan berakhir"),
        Standing.ENDED: N_("Sudah berakhir"),
        Standing.END_UNKNOWN: N_("Akhir belum diketahui"),
    },
    Relation: {
        Relation.PARENT: N_("Turunan dari"),
        Relation.AMENDS: N_("Mengubah"),
        Relation.EXTENDS: N_("Memperpanjang"),
        Relation.RENEWS: N_("Memperbarui"),
        Relation.IMPLEMENTS: N_("Melaksanakan"),
    },
    SigningCapacity: {
        SigningCapacity.DEFINITIVE: N_("Definitif"),
        SigningCapacity.ACTING: N_("Pelaksana tugas (Plt.)"),
        SigningCapacity.DAILY_ACTING: N_("Pelaksana harian (Plh.)"),
        SigningCapacity.ON_BEHALF: N_("Atas nama (a.n.)"),
        SigningCapacity.ON_BEHALF_DELEGATE: N_("Untuk beliau (u.b.)"),
        SigningCapacity.POWER_OF_ATTORNEY: N_("Kuasa"),
    },
    FileKind: {
        FileKind.SIGNED: N_("Naskah bertanda tangan"),
        FileKind.DRAFT: N_("Draf naskah"),
        FileKind.ANNEX: N_("Lampiran"),
        FileKind.LETTER: N_("Surat"),
        FileKind.OTHER: N_("Berkas lain"),
    },
    PartyStyle: {
        PartyStyle.KESATU: N_("PIHAK KESATU"),
        PartyStyle.PERTAMA: N_("PIHAK PERTAMA"),
    },
    Question: {
        Question.CLEAR: N_("Tugas jelas sejak awal"),
        Question.TIMELY: N_("Kementerian tepat waktu"),
        Question.REACHABLE: N_("Petugas mudah dihubungi"),
        Question.HELPFUL: N_("Membantu saat sulit"),
        Question.AGAIN: N_("Mau bekerja sama lagi"),
    },
}
