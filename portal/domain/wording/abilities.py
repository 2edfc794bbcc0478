"""What each role of a partner can do, in sentences that an invited person understands."""

from collections.abc import Mapping
from typing import Final

from portal.domain.marking import N_
from portal.domain.policy import Role

_SEES: Final = N_("Melihat perjanjian, tenggat, dan tanda terima lembaga.")
_WRITES: Final = N_("Mengisi dan mengirim laporan.")

ABILITIES: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.PARTNER_WRITER: (_SEES, _WRITES),
    Role.PARTNER_RESPONSIBLE: (_SEES, _WRITES, N_("Bertanggung jawab atas laporan yang dikirim.")),
    Role.PARTNER_VIEWER: (_SEES, N_("Tidak mengisi dan tidak mengirim.")),
    Role.PARTNER_MANAGER: (_SEES, _WRITES, N_("Mengundang orang, mengubah peran, dan mengakhiri akses.")),
    Role.UMBRELLA_READER: (
        N_("Melihat perjanjian lembaga anggota yang menyebut lembaga Anda."),
        N_("Tidak mengisi dan tidak mengirim."),
    ),
}
