"""The form of an absence. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.services.absences import Leave
from portal.web.forms.fields import SelectField


class AbsenceForm(FlaskForm):
    """Who is away, from when to when, and who stands in."""

    account = SelectField(_l("Siapa"), [DataRequired(_l("Pilih siapa yang cuti."))])
    starts_on = DateField(_l("Hari pertama"), [InputRequired(_l("Isi hari pertama cuti."))])
    ends_on = DateField(_l("Hari terakhir"), [InputRequired(_l("Isi hari terakhir cuti."))])
    deputy = SelectField(
        _l("Pengganti"),
        [Optional()],
        description=_l("Menerima pengingat selama cuti. Tanpa pengganti, kepala unit yang menerimanya."),
    )
    note = StringField(_l("Catatan"), [Optional(), Length(max=240)])

    def offer(self, people: list[tuple[str, str]], staff: list[tuple[str, str]]) -> "AbsenceForm":
        """Give the choices: whose absence may be recorded, and who can stand in."""
        self.account.choices = people
        self.deputy.choices = [("", _l("Tidak ada")), *staff]
        return self

    def leave(self) -> Leave:
        """Return what was typed."""
        return Leave(
            account_id=int(self.account.data),
            deputy_id=int(self.deputy.data) if self.deputy.data else None,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            note=self.note.data or "",
        )
