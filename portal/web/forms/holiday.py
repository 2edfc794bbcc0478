"""The form of one free day. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.domain import calendar
from portal.services.calendar_days import Holiday
from portal.web.forms.fields import SelectField

KIND_NAMES = {
    calendar.NATIONAL: _l("Libur nasional"),
    calendar.JOINT_LEAVE: _l("Cuti bersama"),
    calendar.REGIONAL: _l("Libur daerah"),
}


class HolidayForm(FlaskForm):
    """One free day as typed."""

    version = HiddenField()
    day = DateField(_l("Tanggal"), [InputRequired(_l("Isi tanggal hari libur."))])
    name = StringField(_l("Nama"), [DataRequired(_l("Tulis nama hari libur.")), Length(max=160)])
    kind = SelectField(_l("Jenis"), [DataRequired(_l("Pilih jenis hari libur."))])
    region = SelectField(_l("Provinsi"), [Optional()], description=_l("Hanya untuk libur daerah."))
    source = StringField(
        _l("Sumber"),
        [DataRequired(_l("Tulis sumbernya, misalnya nomor SKB.")), Length(max=240)],
        description=_l("Nomor dan tanggal surat keputusan."),
    )
    confirmed = BooleanField(_l("Sudah dipastikan dengan surat keputusan"))

    def offer(self, provinces: list[tuple[str, str]]) -> "HolidayForm":
        """Give the choices."""
        self.kind.choices = list(KIND_NAMES.items())
        self.region.choices = [("", _l("Tidak ada")), *provinces]
        return self

    def holiday(self) -> Holiday:
        """Return what was typed."""
        return Holiday(
            day=self.day.data,
            name=self.name.data or "",
            kind=self.kind.data,
            region=self.region.data or "",
            source=self.source.data or "",
            confirmed=self.confirmed.data,
        )
