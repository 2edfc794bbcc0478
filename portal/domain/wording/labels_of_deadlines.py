"""Labels of the calendar, relief, contributions, contacts and renewal; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.contact import ContactWay
from portal.domain.contribution import ContributionKind, ContributionStage
from portal.domain.deadline import DeadlineKind, Urgency
from portal.domain.marking import N_
from portal.domain.relief import ReliefKind, ReliefStage
from portal.domain.renewal import DurationBasis, RenewalChoice

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    DeadlineKind: {
        DeadlineKind.DUTY: N_("Kewajiban"),
        DeadlineKind.MONEV: N_("Monev"),
        DeadlineKind.TERM_END: N_("Masa berlaku berakhir"),
        DeadlineKind.NOTICE: N_("Batas pemberitahuan"),
        DeadlineKind.RENEWAL_START: N_("Mulai perpanjangan"),
    },
    Urgency: {
        Urgency.LATE: N_("Sudah lewat"),
        Urgency.SOON: N_("Segera"),
        Urgency.LATER: N_("Belum diputuskan"),
        Urgency.DONE: N_("Sudah diputuskan"),
    },
    ReliefKind: {
        ReliefKind.EXTENSION: N_("Perpanjangan tenggat"),
        ReliefKind.WAIVER: N_("Pembebasan"),
        ReliefKind.HOLD: N_("Penahanan sementara"),
    },
    ReliefStage: {
        ReliefStage.ASKED: N_("Menunggu keputusan"),
        ReliefStage.GRANTED: N_("Dikabulkan"),
        ReliefStage.REFUSED: N_("Ditolak"),
        ReliefStage.WITHDRAWN: N_("Ditarik kembali"),
    },
    ContributionKind: {
        ContributionKind.MONEY: N_("Uang"),
        ContributionKind.GOODS: N_("Barang"),
        ContributionKind.SERVICE: N_("Jasa"),
    },
    ContributionStage: {
        ContributionStage.PLANNED: N_("Direncanakan"),
        ContributionStage.DELIVERED: N_("Diserahkan"),
        ContributionStage.CANCELLED: N_("Dibatalkan"),
    },
    ContactWay: {
        ContactWay.WHATSAPP: N_("WhatsApp"),
        ContactWay.PHONE: N_("Telepon"),
        ContactWay.MAIL: N_("Surel"),
        ContactWay.LETTER: N_("Surat"),
        ContactWay.VISIT: N_("Kunjungan"),
    },
    DurationBasis: {
        DurationBasis.PARTNER: N_("Diukur pada mitra ini"),
        DurationBasis.KIND: N_("Diukur pada naskah sejenis"),
        DurationBasis.DEFAULT: N_("Bawaan portal, belum ada ukuran"),
    },
    RenewalChoice: {
        RenewalChoice.TACIT: N_("Diperpanjang dengan sendirinya"),
        RenewalChoice.EXTENSION: N_("Diperpanjang dengan adendum"),
        RenewalChoice.NEW_DOCUMENT: N_("Diperbarui dengan naskah baru"),
        RenewalChoice.LAPSE: N_("Dibiarkan berakhir"),
    },
}
