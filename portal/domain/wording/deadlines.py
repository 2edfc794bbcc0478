"""When a duty falls due, in the words that agreements use (design: domain §4.1). For texts, hence Indonesian only."""

from datetime import date
from typing import Final, Protocol

from portal.domain.obligation import Cadence, DayType, EventType, OffsetUnit, RelativeAnchor, ScheduleKind
from portal.domain.wording.days import date_long
from portal.domain.wording.numbers import figure_and_words, in_words

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
_SINCE: Final = {
    EventType.FORCE_MAJEURE: "terjadinya keadaan kahar",
    EventType.FORCE_MAJEURE_OVER: "berakhirnya keadaan kahar",
    EventType.DATA_BREACH: "diketahuinya kegagalan pelindungan data pribadi",
    EventType.DOCUMENTS_COMPLETE: "berkas dinyatakan lengkap",
    EventType.WORK_DONE: "selesainya pekerjaan",
    EventType.GOODS_RECEIVED: "diterimanya barang",
    EventType.ACTIVITY: "pelaksanaan kegiatan",
    EventType.REFERRAL: "diterimanya rujukan",
    EventType.WARNING: "diterimanya surat peringatan",
    EventType.CONTACT_CHANGED: "berubahnya alamat atau narahubung",
    EventType.DISPUTE: "timbulnya perselisihan",
    EventType.OTHER: "terjadinya peristiwa",
}
HOURS_OF_DAY: Final = 24
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
    def cadence_months(self) -> int | None:
        """Return the length of a period where the cadence is every so many months."""

    @property
    def relative_anchor(self) -> RelativeAnchor | None:
        """Return what a relative date is counted from."""

    @property
    def event_type(self) -> EventType | None:
        """Return what an event duty waits for."""

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
        return every_in_words(duty.cadence, duty.cadence_months) + late
    if duty.schedule is ScheduleKind.RELATIVE and duty.relative_anchor:
        event = _FROM[duty.relative_anchor]
        return f"paling lambat {_length(duty)} {side} {event}" if duty.offset_count else f"pada saat {event}"
    return _on_event(duty)


def _on_event(duty: HasSchedule) -> str | None:
    if duty.schedule is ScheduleKind.EVENT and duty.event_type:
        return _after_event(duty, _SINCE[duty.event_type])
    if duty.schedule is ScheduleKind.ON_REQUEST:
        return f"sewaktu-waktu bila diminta, {_after_event(duty, 'permintaan diterima')}"
    return None


def every_in_words(cadence: Cadence, months: int | None) -> str:
    """Say how often: "setiap triwulan", "setiap 4 (empat) bulan"."""
    return _EVERY.get(cadence) or f"setiap {figure_and_words(months or 0)} bulan"


def _after_event(duty: HasSchedule, event: str) -> str:
    if not duty.offset_count:
        return f"pada saat {event}"
    return f"paling lambat {_length(duty)} {'sebelum' if duty.offset_count < 0 else 'sejak'} {event}"


def hours_in_words(count: int) -> str:
    """Say clock hours as agreements do: whole days as "3 x 24 (tiga kali dua puluh empat) jam"."""
    days, rest = divmod(count, HOURS_OF_DAY)
    if rest or not days:
        return f"{figure_and_words(count)} jam"
    return f"{days} x {HOURS_OF_DAY} ({in_words(days)} kali {in_words(HOURS_OF_DAY)}) jam"


def _length(duty: HasSchedule) -> str:
    if duty.offset_unit is OffsetUnit.HOURS:
        return hours_in_words(abs(duty.offset_count))
    days = "hari kerja" if duty.day_type is DayType.WORKING else "hari kalender"
    return f"{figure_and_words(abs(duty.offset_count))} {_UNITS.get(duty.offset_unit, days)}"
