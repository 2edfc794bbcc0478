"""The form of a contact outside the portal. Shape only."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.domain.contact import ContactWay
from portal.domain.dates import local_instant, office_date
from portal.domain.organisation import Zone
from portal.services.contacts import Contact
from portal.web.filters import label
from portal.web.forms.fields import SelectField

NOON = 12


class ContactForm(FlaskForm):
    """Who was reached how and when, and what was said."""

    party = SelectField(_l("Pihak yang dihubungi"), [DataRequired()])
    way = SelectField(_l("Lewat apa"), [DataRequired()])
    person = StringField(_l("Siapa yang menjawab"), [Optional(), Length(max=160)])
    on = DateField(_l("Kapan"), [InputRequired(_l("Isi tanggalnya."))])
    note = TextAreaField(_l("Catatan"), [Optional(), Length(max=2000)])

    def offer(self, parties: list[tuple[str, str]]) -> "ContactForm":
        """Give the choices: the parties as (code, name)."""
        self.party.choices = parties
        self.way.choices = [(way.value, label(way)) for way in ContactWay]
        return self

    def contact(self, organisation_id: int, *, now: datetime) -> Contact:
        """Return what was typed; today means now, an earlier day its noon."""
        day: date = self.on.data
        return Contact(
            organisation_id=organisation_id,
            way=ContactWay(self.way.data),
            at=now if day == office_date(now) else local_instant(day, NOON, Zone.WIB),
            person=self.person.data or "",
            note=self.note.data or "",
        )
