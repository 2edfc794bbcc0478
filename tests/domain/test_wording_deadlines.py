"""When a duty falls due, as agreements say it."""

from dataclasses import dataclass
from datetime import date

import pytest

from portal.domain.obligation import Cadence, DayType, EventType, OffsetUnit, RelativeAnchor, ScheduleKind
from portal.domain.wording.deadlines import due_in_words


@dataclass(frozen=True)
class Duty:
    schedule: ScheduleKind
    fixed_on: date | None = None
    cadence: Cadence | None = None
    cadence_months: int | None = None
    relative_anchor: RelativeAnchor | None = None
    event_type: EventType | None = None
    offset_count: int = 0
    offset_unit: OffsetUnit = OffsetUnit.DAYS
    day_type: DayType = DayType.CALENDAR


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        (Duty(ScheduleKind.FIXED, fixed_on=date(2026, 12, 1)), "paling lambat tanggal 1 Desember 2026"),
        (Duty(ScheduleKind.RECURRING, cadence=Cadence.QUARTERLY), "setiap triwulan"),
        (
            Duty(ScheduleKind.RECURRING, cadence=Cadence.SEMESTER, offset_count=31),
            "setiap semester, paling lambat 31 (tiga puluh satu) hari kalender setelah periode berakhir",
        ),
        (
            Duty(
                ScheduleKind.RELATIVE,
                relative_anchor=RelativeAnchor.END,
                offset_count=-3,
                offset_unit=OffsetUnit.MONTHS,
            ),
            "paling lambat 3 (tiga) bulan sebelum berakhirnya perjanjian",
        ),
        (
            Duty(
                ScheduleKind.RELATIVE,
                relative_anchor=RelativeAnchor.SIGNING,
                offset_count=14,
                day_type=DayType.WORKING,
            ),
            "paling lambat 14 (empat belas) hari kerja setelah penandatanganan",
        ),
        (Duty(ScheduleKind.RELATIVE, relative_anchor=RelativeAnchor.START), "pada saat mulai berlakunya perjanjian"),
        (Duty(ScheduleKind.CONTINUOUS), None),
        (
            Duty(ScheduleKind.RECURRING, cadence=Cadence.EVERY_N_MONTHS, cadence_months=4, offset_count=5),
            "setiap 4 (empat) bulan, paling lambat 5 (lima) hari kalender setelah periode berakhir",
        ),
        (
            Duty(
                ScheduleKind.EVENT,
                event_type=EventType.FORCE_MAJEURE,
                offset_count=72,
                offset_unit=OffsetUnit.HOURS,
            ),
            "paling lambat 3 x 24 (tiga kali dua puluh empat) jam sejak terjadinya keadaan kahar",
        ),
        (
            Duty(ScheduleKind.EVENT, event_type=EventType.WARNING, offset_count=6, offset_unit=OffsetUnit.HOURS),
            "paling lambat 6 (enam) jam sejak diterimanya surat peringatan",
        ),
        (
            Duty(ScheduleKind.EVENT, event_type=EventType.ACTIVITY, offset_count=-7),
            "paling lambat 7 (tujuh) hari kalender sebelum pelaksanaan kegiatan",
        ),
        (
            Duty(ScheduleKind.ON_REQUEST, offset_count=14, day_type=DayType.WORKING),
            "sewaktu-waktu bila diminta, paling lambat 14 (empat belas) hari kerja sejak permintaan diterima",
        ),
        (
            Duty(ScheduleKind.ON_REQUEST),
            "sewaktu-waktu bila diminta, pada saat permintaan diterima",
        ),
    ],
)
def test_a_deadline_is_said_as_agreements_do(duty, words):
    assert due_in_words(duty) == words
