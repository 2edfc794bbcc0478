"""The rows of a clause form in which an obligation pattern is typed: who owes what to whom, by when. Shape only."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form

from portal.domain import pattern as patterns
from portal.domain.errors import RuleBroken
from portal.domain.obligation import (
    Cadence,
    DayType,
    EventType,
    ObligationKind,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.pattern import Pattern
from portal.domain.schedule_check import MOST_MONTHS
from portal.web.filters import label
from portal.web.forms.fields import CountField, LineField, OneOfField, RadioField, needed
from portal.web.languages import sentence

MOST_OFFSET = 3650
BEFORE, AFTER = "before", "after"
SCHEDULES = tuple(kind for kind in ScheduleKind if kind is not ScheduleKind.FIXED)
ANCHORS = tuple(anchor for anchor in PeriodAnchor if anchor is not PeriodAnchor.FIXED_DAY)
"""A pattern knows no date, so that what is fixed is not among them."""
Choices = list[tuple[str, Any]]

SIDES: Choices = [
    (patterns.OURS, _l("Kementerian Sosial")),
    (patterns.PARTNERS, _l("Mitra")),
    (patterns.ALL, _l("Semua pihak")),
    (patterns.OTHERS, _l("Pihak lainnya")),
    *((place, f"PIHAK {place}") for place in patterns.PLACES),
]
COUNTED = ("offset_unit", "day_type", "roll")
READ = {
    ScheduleKind.RECURRING: ("cadence", "cadence_months", "period_anchor", *COUNTED),
    ScheduleKind.RELATIVE: ("relative_anchor", *COUNTED),
    ScheduleKind.EVENT: ("event_type", *COUNTED),
    ScheduleKind.CONTINUOUS: ("yearly_check",),
    ScheduleKind.ON_REQUEST: COUNTED,
}
"""The choices that each kind of schedule reads; those of other kinds are left unread."""


class PatternForm(Form):
    """One obligation that the clause proposes."""

    kind = OneOfField(_l("Jenis kewajiban"), (needed(_l("Pilih jenis kewajiban.")),))
    title = LineField(
        _l("Kewajiban"),
        (needed(_l("Tulis kewajiban ini, dimulai dengan kata kerja.")),),
        letters=patterns.LONGEST_TITLE,
        description=_l("Misalnya: menyampaikan laporan pelaksanaan."),
    )
    debtors = OneOfField(_l("Yang wajib"), (needed(_l("Pilih pihak yang wajib.")),))
    creditors = OneOfField(_l("Kepada"), (needed(_l("Pilih pihak yang menerima.")),))
    label = OneOfField(_l("Berasal dari"))
    evidence = LineField(_l("Bukti pemenuhan"), letters=240)
    schedule = RadioField(_l("Kapan jatuh tempo"), [needed(_l("Pilih bagaimana tenggatnya muncul."))])
    cadence = OneOfField(_l("Seberapa sering"))
    cadence_months = CountField(_l("Setiap berapa bulan"), most=MOST_MONTHS)
    period_anchor = OneOfField(_l("Periode dihitung"))
    relative_anchor = OneOfField(_l("Dihitung dari"))
    event_type = OneOfField(_l("Peristiwa"))
    yearly_check = BooleanField(_l("Periksa sekali setahun"))
    offset_count = CountField(_l("Jarak"), most=MOST_OFFSET)
    offset_unit = OneOfField(_l("Satuan"))
    day_type = OneOfField(_l("Macam hari"))
    direction = OneOfField(_l("Arah"))
    roll = OneOfField(_l("Bila jatuh pada hari libur"))

    def offer(self, places: Choices) -> None:
        """Give the choices; `places` are the ayat of the typed wording by their labels."""
        pick: Choices = [("", _l("Pilih"))]
        self.kind.choices = pick + _choices(ObligationKind)
        self.schedule.choices = _choices(SCHEDULES)
        self.cadence.choices = pick + _choices(Cadence)
        self.period_anchor.choices = _choices(ANCHORS)
        self.relative_anchor.choices = pick + _choices(RelativeAnchor)
        self.event_type.choices = pick + _choices(EventType)
        self.offset_unit.choices = _choices(OffsetUnit)
        self.day_type.choices = _choices(DayType)
        self.roll.choices = _choices(Roll)
        self.direction.choices = [(AFTER, _l("sesudahnya")), (BEFORE, _l("sebelumnya"))]
        for side in (self.debtors, self.creditors):
            side.choices = pick + SIDES + _kept(side.data, SIDES)
        self.label.choices = places + _kept(self.label.data, places)

    def told(self) -> Pattern | None:
        """Return the pattern that is typed; else None, and the sentence stands at its field."""
        try:
            return patterns.read(self._plain())
        except RuleBroken as broken:
            field = self._fields.get(broken.field or "", self.title)
            if not field.errors:
                field.errors = [sentence(broken)]
            return None

    def _plain(self) -> dict[str, Any]:
        found = {name: self[name].data or "" for name in ("kind", "title", "evidence", "label", "schedule")}
        sides = {name: (self[name].data or "").split(",") for name in ("debtors", "creditors") if self[name].data}
        kind = self.schedule.data if self.schedule.data in READ else ScheduleKind.CONTINUOUS
        timing = {name: self[name].data for name in READ[ScheduleKind(kind)] if self[name].data}
        if kind != ScheduleKind.CONTINUOUS:
            count = self.offset_count.data or 0
            timing["offset_count"] = -count if self.direction.data == BEFORE else count
        return found | sides | timing


def values(pattern: Pattern) -> dict[str, Any]:
    """Return what the row of a pattern begins with."""
    plain = patterns.to_plain(pattern)
    count = plain["offset_count"]
    return {
        **plain,
        "debtors": ",".join(pattern.debtors),
        "creditors": ",".join(pattern.creditors),
        "offset_count": abs(count),
        "direction": BEFORE if count < 0 else AFTER,
    }


def _choices(kind: Iterable[StrEnum]) -> Choices:
    return [(member.value, label(member)) for member in kind]


def _kept(value: str | None, offered: Sequence[tuple[str, Any]]) -> Choices:
    """Return what is recorded and not offered, so that an opened form does not lose it."""
    known = {code for code, _words in offered}
    return [(value, value.replace(",", ", "))] if value and value not in known else []
