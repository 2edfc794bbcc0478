"""The form in which people say what follows the end of an agreement. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField

from portal.domain.renewal import RenewalChoice
from portal.services.renewals import Choice
from portal.web.filters import label
from portal.web.forms.fields import DayField, ParagraphField, RadioField, needed


class RenewalForm(FlaskForm):
    """Which way, until when, on which day, why; `begin` records the agreement that follows at once."""

    choice = RadioField(_l("Keputusan"), [needed(_l("Pilih satu keputusan."))])
    until_on = DayField(_l("Tanggal berakhir yang baru"))
    decided_on = DayField(_l("Diputuskan pada"), (needed(_l("Isi tanggal keputusan.")),))
    reason = ParagraphField(_l("Alasan atau dasar keputusan"), letters=2000)
    begin = BooleanField(_l("Catat naskah lanjutannya sekarang sebagai usulan"))
    version = HiddenField()

    @classmethod
    def of(cls, **values: object) -> "RenewalForm":
        """Return the form with its choices; `values` are what stands in it at first."""
        form = cls(data=values)
        form.choice.choices = [(each.value, label(each)) for each in RenewalChoice]
        form.reason.flags.required = True
        return form

    def made(self) -> Choice:
        """Return what was typed."""
        return Choice(
            choice=RenewalChoice(self.choice.data),
            decided_on=self.decided_on.data,
            until_on=self.until_on.data,
            reason=self.reason.data or "",
        )
