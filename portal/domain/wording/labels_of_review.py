"""Labels of the enums of Periksa Naskah; `labels` joins them with the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.domain.marking import N_
from portal.domain.severity import Severity

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Severity: {
        Severity.ERROR: N_("Kesalahan"),
        Severity.WARNING: N_("Peringatan"),
    },
}
