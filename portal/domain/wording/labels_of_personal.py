"""Labels of requests about personal data and of incidents; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.incident import Addressee, LetterWay
from portal.domain.marking import N_
from portal.domain.personal import DataKind, RequestKind, RequestStage, RequestWay

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    DataKind: {
        DataKind.NAME: N_("Nama"),
        DataKind.CONTACT: N_("Alamat surel dan nomor telepon"),
        DataKind.FACT: N_("Keterangan tentang orang"),
        DataKind.WORDS: N_("Tulisan yang dapat menyebut orang"),
        DataKind.RECORD: N_("Catatan yang dapat menyebut orang"),
        DataKind.SECRET: N_("Kunci masuk (hanya sidiknya)"),
    },
    RequestKind: {
        RequestKind.ACCESS: N_("Salinan semua data"),
        RequestKind.CORRECTION: N_("Perbaikan data"),
        RequestKind.RESTRICTION: N_("Pembekuan akun"),
        RequestKind.ERASURE: N_("Penghapusan data"),
        RequestKind.WITHDRAWAL: N_("Penarikan persetujuan"),
    },
    RequestStage: {
        RequestStage.OPEN: N_("Menunggu jawaban"),
        RequestStage.GRANTED: N_("Dipenuhi"),
        RequestStage.REFUSED: N_("Tidak dapat dipenuhi"),
    },
    RequestWay: {
        RequestWay.PORTAL: N_("Lewat portal"),
        RequestWay.LETTER: N_("Surat"),
        RequestWay.PHONE: N_("Telepon"),
        RequestWay.VISIT: N_("Datang langsung"),
        RequestWay.MAIL: N_("Surel"),
    },
    Addressee: {
        Addressee.PERSON: N_("Orang yang datanya terkena"),
        Addressee.AUTHORITY: N_("Lembaga pelindungan data pribadi"),
    },
    LetterWay: {
        LetterWay.LETTER: N_("Surat"),
        LetterWay.MAIL: N_("Surel"),
        LetterWay.PHONE: N_("Telepon"),
        LetterWay.HAND: N_("Diserahkan langsung"),
    },
}
