"""Forms of duties: who owes what, how its dates arise, what became of one of them. Shape only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

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
from portal.domain.schedule import Schedule
from portal.domain.schedule_check import MOST_MONTHS, WAITING
from portal.web.filters import label
from portal.web.forms.fields import RadioField, SelectField

MOST_OFFSET = 3650
BEFORE, AFTER = "before", "after"


def _choices(kind: Iterable[Any]) -> list[tuple[str, str]]:
    return [(member.value, label(member)) for member in kind]


class ObligationForm(FlaskForm):
    """A duty as typed. Fields of other kinds of schedule than the chosen one are left unread."""

    version = HiddenField()
    kind = SelectField(_l("Jenis kewajiban"), [DataRequired(_l("Pilih jenis kewajiban."))])
    title = StringField(
        _l("Kewajiban"),
        [DataRequired(_l("Tulis kewajiban ini dalam satu kalimat.")), Length(max=240)],
        description=_l("Mulai dengan kata kerja, misalnya: Menyerahkan laporan pelaksanaan."),
    )
    article = StringField(_l("Pasal"), [Optional(), Length(max=80)], description=_l("Misalnya: Pasal 7 ayat (2)."))
    detail = TextAreaField(_l("Rincian"), [Optional(), Length(max=4000)])
    evidence = StringField(_l("Bukti pemenuhan"), [Optional(), Length(max=240)])
    debtors = SelectMultipleField(_l("Pihak yang wajib"), [DataRequired(_l("Pilih pihak yang wajib melaksanakan."))])
    creditors = SelectMultipleField(_l("Pihak yang menerima"), [DataRequired(_l("Pilih pihak yang menerima."))])
    schedule = RadioField(_l("Jadwal"), [InputRequired(_l("Pilih bagaimana tenggatnya muncul."))])
    fixed_on = DateField(_l("Jatuh tempo"), [Optional()])
    cadence = SelectField(_l("Seberapa sering"), [Optional()])
    cadence_months = IntegerField(
        _l("Setiap berapa bulan"),
        [Optional(), NumberRange(1, MOST_MONTHS, _l("Tulis jumlah bulan dari 1 sampai 120."))],
        description=_l("Hanya untuk “Setiap beberapa bulan”."),
    )
    period_anchor = SelectField(_l("Periode dihitung"), [Optional()])
    first_period_on = RadioField(_l("Periode pertama"), [Optional()], validate_choice=False)
    first_day_on = DateField(
        _l("Hari pertama dari periode pertama"),
        [Optional()],
        description=_l("Hanya untuk periode menurut tanggal yang ditentukan."),
    )
    until_on = DateField(
        _l("Berulang sampai"), [Optional()], description=_l("Kosong berarti sampai perjanjian berakhir.")
    )
    relative_anchor = SelectField(_l("Dihitung dari"), [Optional()])
    event_type = SelectField(_l("Peristiwa"), [Optional()])
    yearly_check = BooleanField(_l("Periksa sekali setahun, pada hari jadi perjanjian"))
    offset_count = IntegerField(
        _l("Jarak"),
        [Optional(), NumberRange(0, MOST_OFFSET, _l("Tulis bilangan bulat dari 0 sampai 3650."))],
        default=0,
    )
    direction = SelectField(_l("Arah"), [Optional()])
    offset_unit = SelectField(_l("Satuan"), [Optional()])
    day_type = SelectField(_l("Macam hari"), [Optional()])
    roll = SelectField(_l("Bila jatuh pada hari libur"), [Optional()])

    def offer(self, parties: list[tuple[str, str]], first_periods: list[tuple[str, str]]) -> "ObligationForm":
        """Give the choices: the parties of the agreement as (code, name), and the answers on the first period."""
        none = [("", _l("Pilih"))]
        self.kind.choices = none + _choices(ObligationKind)
        self.schedule.choices = _choices(ScheduleKind)
        self.cadence.choices = none + _choices(Cadence)
        self.period_anchor.choices = _choices(PeriodAnchor)
        self.relative_anchor.choices = none + _choices(RelativeAnchor)
        self.event_type.choices = none + _choices(EventType)
        self.offset_unit.choices = _choices(OffsetUnit)
        self.day_type.choices = _choices(DayType)
        self.roll.choices = _choices(Roll)
        self.direction.choices = [(AFTER, _l("sesudahnya")), (BEFORE, _l("sebelumnya"))]
        self.debtors.choices = self.creditors.choices = parties
        self.first_period_on.choices = first_periods
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the shape; the named day is asked for at its own field, which `first_period_on` is not."""
        shaped = super().validate(extra_validators)
        named = self.schedule.data == ScheduleKind.RECURRING and self.period_anchor.data == PeriodAnchor.FIXED_DAY
        if named and self.first_day_on.data is None and not self.first_day_on.errors:
            self.first_day_on.errors = [_l("Tulis hari pertama dari periode pertama.")]
            return False
        return bool(shaped)

    def period_months(self) -> int | None:
        """Return the length of a typed period in months, None while it is not said."""
        if self.cadence.data not in set(Cadence):
            return None
        return Schedule(
            schedule=ScheduleKind.RECURRING,
            cadence=Cadence(self.cadence.data),
            cadence_months=self.cadence_months.data,
        ).period_months

    def schedule_value(self) -> Schedule:
        """Return the schedule that was typed; only what its kind reads."""
        kind = ScheduleKind(self.schedule.data)
        if kind is ScheduleKind.FIXED:
            return Schedule(schedule=kind, fixed_on=self.fixed_on.data, roll=self._roll())
        if kind is ScheduleKind.CONTINUOUS:
            checked = bool(self.yearly_check.data)
            return Schedule(schedule=kind, yearly_check=checked, roll=self._roll() if checked else Roll.NONE)
        if kind is ScheduleKind.RELATIVE:
            anchor = RelativeAnchor(self.relative_anchor.data) if self.relative_anchor.data else None
            return Schedule(schedule=kind, relative_anchor=anchor, **self._offset())
        if kind in WAITING:
            event = EventType(self.event_type.data) if self.event_type.data else None
            return Schedule(schedule=kind, event_type=event if kind is ScheduleKind.EVENT else None, **self._offset())
        return self._recurring()

    def _recurring(self) -> Schedule:
        cadence = Cadence(self.cadence.data) if self.cadence.data else None
        anchor = PeriodAnchor(self.period_anchor.data or PeriodAnchor.CALENDAR)
        named = {
            PeriodAnchor.CALENDAR: date_of(self.first_period_on.data),
            PeriodAnchor.FIXED_DAY: self.first_day_on.data,
        }
        return Schedule(
            schedule=ScheduleKind.RECURRING,
            cadence=cadence,
            cadence_months=self.cadence_months.data if cadence is Cadence.EVERY_N_MONTHS else None,
            period_anchor=anchor,
            first_period_on=named.get(anchor),
            until_on=self.until_on.data,
            **self._offset(),
        )

    def _roll(self) -> Roll:
        return Roll(self.roll.data or Roll.NONE)

    def _offset(self) -> dict[str, Any]:
        sign = -1 if self.direction.data == BEFORE else 1
        return {
            "offset_count": sign * (self.offset_count.data or 0),
            "offset_unit": OffsetUnit(self.offset_unit.data or OffsetUnit.DAYS),
            "day_type": DayType(self.day_type.data or DayType.CALENDAR),
            "roll": self._roll(),
        }


def version_of(form: FlaskForm) -> int:
    """Return the version that a form was opened with; 0, which no row has, for anything else."""
    told = str(form.version.data or "")
    return int(told) if told.isascii() and told.isdecimal() else 0


def date_of(text: str | None) -> date | None:
    """Return the date of an ISO text, None for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


class CloseForm(FlaskForm):
    """Why a duty is ended."""

    version = HiddenField()
    reason = TextAreaField(
        _l("Alasan"), [DataRequired(_l("Tulis alasan mengapa kewajiban ini dihentikan.")), Length(max=2000)]
    )


class FulfilForm(FlaskForm):
    """When a duty was fulfilled, and what proves it."""

    version = HiddenField()
    met_on = DateField(_l("Dipenuhi pada"), [InputRequired(_l("Isi tanggal pemenuhan."))])
    note = TextAreaField(
        _l("Catatan bukti"), [Optional(), Length(max=2000)], description=_l("Misalnya: nomor BAST atau bukti transfer.")
    )
