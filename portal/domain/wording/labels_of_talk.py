"""Labels of shared drafts: where they are, what partners say, what the office decides; `labels` joins them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.file_scan import ScanState
from portal.domain.marking import N_
from portal.domain.shared_draft import ReplyDecision, ReplyVerdict, SharingStage

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    SharingStage: {
        SharingStage.SHARED: N_("Menunggu tanggapan mitra"),
        SharingStage.SENT: N_("Tanggapan sudah dikirim"),
        SharingStage.RETURNED: N_("Tanggapan sudah dijawab"),
        SharingStage.WITHDRAWN: N_("Ditarik kembali"),
    },
    ReplyVerdict: {
        ReplyVerdict.AGREE: N_("Setuju"),
        ReplyVerdict.PROPOSE: N_("Usul kata lain"),
        ReplyVerdict.ASK: N_("Tanya"),
    },
    ScanState: {
        ScanState.PENDING: N_("Sedang diperiksa dari virus"),
        ScanState.CLEAN: N_("Bersih dari virus"),
        ScanState.INFECTED: N_("Dihapus, memuat virus"),
    },
    ReplyDecision: {
        ReplyDecision.TAKEN_OVER: N_("Diterima, kata-kata mitra dipakai"),
        ReplyDecision.EDITED: N_("Diterima, teksnya kami ubah"),
        ReplyDecision.DECLINED: N_("Tidak diterima"),
        ReplyDecision.ANSWERED: N_("Dijawab"),
    },
}
