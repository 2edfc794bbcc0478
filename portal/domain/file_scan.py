"""What is known of a file from outside while, and after, a virus scanner looks at it; the talk is in `services`."""

from enum import StrEnum
from typing import Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

MOST_OF_A_FINDING: Final = 120


class ScanState(StrEnum):
    """What the scanner said of one file."""

    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"


SHORT: Final = {
    ScanState.PENDING: N_("sedang diperiksa"),
    ScanState.INFECTED: N_("dihapus, memuat virus"),
}
"""What stands beside the name of a file that cannot be opened."""


class FileClosed(RuleBroken):
    """A file that may not be opened: it is still being looked at, or was removed."""


def closed(state: ScanState | None) -> FileClosed | None:
    """Return why a file cannot be opened, with what to do; None for one that can be (`None` was never asked about)."""
    if state is ScanState.PENDING:
        return FileClosed(N_("Berkas ini sedang diperiksa dari virus. Coba lagi beberapa menit lagi."))
    if state is ScanState.INFECTED:
        return FileClosed(N_("Berkas ini dihapus karena memuat virus. Minta pengirim mengunggah berkas yang bersih."))
    return None
