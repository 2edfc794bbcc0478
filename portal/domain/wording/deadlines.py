"""When a duty falls due, in the words that agreements use (design: domain §4.1). For texts, hence Indonesian only."""

from datetime import date
from typing import Final, Protocol

from portal.domain.obligation import Cadence, DayType, OffsetUnit, RelativeAnchor, ScheduleKind
from portal.domain.wording.days import date_long
from portal.domain.wording.numbers import figure_and_words

_EVERY: Final = {
    Cadence.MONTHLY: "setiap bulan",
    Cadence.QUARTERLY: "setiap triwulan",
    Cadence.SEMESTER: "setiap semester",
    Cadence.YEARLY: "setiap tahun",
}
_FROM: Final = {
    RelativeAnchor.SIGNING: "penandatanganan",
    RelativeAnchor.START: "mulai berlakunya perjanjian",
    RelativeAnchor.END: "berakhirnya perjanjian",
    RelativeAnchor.PARENT_SIGNING: "penandatanganan naskah induk",
}
_UNITS: Final = {OffsetUnit.WEEKS: "minggu", OffsetUnit.MONTHS: "bulan"}


class HasSchedule(Protocol):
    """What the words need to know of a duty."""

    @property
    def schedule(self) -> ScheduleKind:
        """Return how the dates arise."""

    @property
    def fixed_on(self) -> date | None:
        """Return the one date of a fixed duty."""

    @property
    def cadence(self) -> Cadence | None:
        """Return how often a recurring duty comes round."""

    @property
    def relative_anchor(self) -> RelativeAnchor | None:
        """Return what a relative date is counted from."""

    @property
    def offset_count(self) -> int:
        """Return how far from the anchor; negative before it."""

    @property
    def offset_unit(self) -> OffsetUnit:
        """Return the unit of the offset."""

    @property
    def day_type(self) -> DayType:
        """Return which days count."""


def due_in_words(duty: HasSchedule) -> str | None:
    """Say when a duty falls due, "setiap semester, paling lambat 31 (tiga puluh satu) hari kalender setelah …"."""
    side = "sebelum" if duty.offset_count < 0 else "setelah"
    if duty.schedule is ScheduleKind.FIXED and duty.fixed_on:
        return f"paling lambat tanggal {date_long(duty.fixed_on)}"
    if duty.schedule is ScheduleKind.RECURRING and duty.cadence:
        late = f", paling lambat {_length(duty)} {side} periode berakhir" if duty.offset_count else ""
        return _EVERY[duty.cadence] + late
    if duty.schedule is ScheduleKind.RELATIVE and duty.relative_anchor:
        event = _FROM[duty.relative_anchor]
        return f"paling lambat {_length(duty)} {side} {event}" if duty.offset_count else f"pada saat {event}"
    return None


def _length(duty: HasSchedule) -> str:
    days = "hari kerja" if duty.day_type is DayType.WORKING else "hari kalender"
    return f"{figure_and_words(abs(duty.offset_count))} {_UNITS.get(duty.offset_unit, days)}"
