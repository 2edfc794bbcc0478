"""When a duty falls due, as agreements say it."""

from dataclasses import dataclass
from datetime import date

import pytest

from portal.domain.obligation import Cadence, DayType, OffsetUnit, RelativeAnchor, ScheduleKind
from portal.domain.wording.deadlines import due_in_words


@dataclass(frozen=True)
class Duty:
    schedule: ScheduleKind
    fixed_on: date | None = None
    cadence: Cadence | None = None
    relative_anchor: RelativeAnchor | None = None
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
    ],
)
def test_a_deadline_is_said_as_agreements_do(duty, words):
    assert due_in_words(duty) == words
