"""Labels of what changes of an agreement do to its dated duties; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.duty_change import Back, Fate, Hold, Survival
from portal.domain.marking import N_

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Hold: {
        Hold.ALL: N_("Tahan semua tenggat yang belum dipenuhi"),
        Hold.NONE: N_("Biarkan semua berjalan"),
        Hold.CHOSEN: N_("Tahan hanya yang dipilih di bawah"),
    },
    Back: {
        Back.SCHEDULE: N_("Kembali ke tanggal menurut jadwal"),
        Back.PUSH: N_("Mundurkan sejumlah hari penangguhan"),
    },
    Survival: {
        Survival.CLOSE: N_("Berhenti pada hari berakhir"),
        Survival.KEEP: N_("Tetap berlaku menurut jadwalnya"),
        Survival.MOVE: N_("Tetap berlaku, dihitung dari hari berakhir yang baru"),
    },
    Fate: {
        Fate.ADDED: N_("Baru"),
        Fate.MOVED: N_("Pindah"),
        Fate.HELD: N_("Ditahan"),
        Fate.TAKEN_UP: N_("Dilanjutkan"),
        Fate.CANCELLED: N_("Dibatalkan"),
        Fate.KEPT: N_("Tetap"),
        Fate.ANSWERED: N_("Sudah dijawab"),
    },
}
