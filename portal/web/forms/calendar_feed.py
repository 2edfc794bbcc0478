"""The form of a calendar subscription. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.web.forms.fields import RadioField


class FeedForm(FlaskForm):
    """A name for the subscription, and for the office what it holds."""

    name = StringField(
        _l("Nama langganan"),
        [DataRequired(_l("Tulis nama langganan, misalnya untuk gawai apa.")), Length(max=120)],
        description=_l("Misalnya Ponsel saya atau Outlook kantor."),
    )


class OfficeFeedForm(FeedForm):
    """The office also says what the subscription holds."""

    view = RadioField(_l("Isi"), [DataRequired(_l("Pilih isi langganan."))])
