"""Forms of single articles of a draft: other words, one from the library, one of the parties' own. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from portal.web.forms.fields import SelectField, needed

LEVELS = _l(
    "Satu baris satu butir: (1) ayat, a. huruf, 1. angka. Nomor mengikuti urutan; rujukan ditulis sebagai tag rujuk."
)


class RewordForm(FlaskForm):
    """Other words for an article, and why they differ from the library's."""

    stamp = HiddenField()
    title = StringField(_l("Judul Pasal"), [needed(_l("Tulis judul Pasal ini."))])
    text = TextAreaField(_l("Teks"), [needed(_l("Tulis teks Pasal ini."))], description=LEVELS)
    reason = TextAreaField(
        _l("Alasan berbeda dari pustaka"), description=_l("Wajib bila teks berbeda dari pustaka klausul.")
    )


class AddForm(FlaskForm):
    """A clause of the library, and after which article."""

    code = HiddenField()
    after = SelectField(_l("Letak"), validate_choice=False)


class OwnForm(FlaskForm):
    """A new article of the parties' own."""

    title = StringField(_l("Judul Pasal"), [needed(_l("Tulis judul Pasal ini."))])
    text = TextAreaField(_l("Teks"), [needed(_l("Tulis teks Pasal ini."))], description=LEVELS)
    after = SelectField(_l("Letak"), id="own-after", validate_choice=False)
