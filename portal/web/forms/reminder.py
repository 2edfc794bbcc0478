"""Forms of the book of reminders: what is decided about one of them, and the question why somebody hears nothing."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from portal.web.forms.fields import DayField, OneOfField, ParagraphField, needed

ACTS = {
    "kirim": _l("Kirim sekarang"),
    "tunda": _l("Tunda"),
    "jangan": _l("Jangan kirim"),
}
"""Words of the form for what can be decided."""


class DecisionForm(FlaskForm):
    """What becomes of a waiting reminder, and why."""

    act = OneOfField(_l("Keputusan"), (needed(_l("Pilih apa yang harus terjadi.")),))
    to = DayField(_l("Kirim pada tanggal"), description=_l("Hanya untuk menunda."))
    reason = ParagraphField(_l("Alasan"), letters=500, description=_l("Wajib bila pengingat tidak dikirim."))

    @classmethod
    def with_choices(cls) -> "DecisionForm":
        """Return the form with everything that can be decided."""
        form = cls()
        form.act.choices = list(ACTS.items())
        return form


class DeclineForm(FlaskForm):
    """Why a step that has not come yet is not to be sent."""

    reason = ParagraphField(_l("Alasan"), letters=500)
