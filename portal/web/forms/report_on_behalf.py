"""The form with which the office sends a report for a partner; the answers are asked by the form of the report."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from portal.services.report_on_behalf import Behalf
from portal.web.forms.fields import SelectField
from portal.web.forms.report import EvidenceForm


class OnBehalfForm(EvidenceForm):
    """For whom, on what, and files."""

    organisation_id = SelectField(
        _l("Lembaga"), [InputRequired(_l("Pilih lembaga."))], coerce=int, validate_choice=False
    )
    person = StringField(
        _l("Atas nama siapa?"), [DataRequired()], description=_l("Nama dan jabatan orang lembaga yang meminta.")
    )
    basis = TextAreaField(
        _l("Apa dasarnya?"),
        [DataRequired()],
        description=_l("Nomor dan tanggal surat, atau hari dan jam panggilan telepon."),
    )

    def offer(self, debtors: Sequence[tuple[int, str]]) -> "OnBehalfForm":
        """Set the organisations to choose from."""
        self.organisation_id.choices = [SelectChoice(value=key, label=name) for key, name in debtors]
        return self

    def behalf(self) -> Behalf:
        """Return for whom the report is sent."""
        return Behalf(
            organisation_id=self.organisation_id.data or 0,
            person=self.person.data or "",
            basis=self.basis.data or "",
        )
