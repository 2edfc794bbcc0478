"""Forms of the events that make a duty come due. Shape only."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.domain.organisation import Zone
from portal.services.obligation_events import Told

if TYPE_CHECKING:
    from portal.models import ObligationEvent

OFFICE = Zone.WIB
"""Times are typed as the clock of the office shows them."""


class EventForm(FlaskForm):
    """An event as typed, in the office's local time."""

    happened_on = DateField(_l("Tanggal"), [InputRequired(_l("Isi tanggal kejadiannya."))])
    happened_at = TimeField(
        _l("Pukul"),
        [InputRequired(_l("Isi jam kejadiannya, misalnya 14.30."))],
        format=["%H:%M", "%H.%M"],
        description=_l("Waktu kantor (WIB). Tenggat dalam jam dihitung dari saat ini."),
    )
    note = TextAreaField(
        _l("Catatan"),
        [Optional(), Length(max=2000)],
        description=_l("Misalnya: nomor surat atau siapa yang memberi tahu."),
    )

    @classmethod
    def beginning(cls, occurred_at: datetime, note: str | None = None) -> "EventForm":
        """Return the form that begins with an instant; what was sent goes before it."""
        local = occurred_at.astimezone(OFFICE.timezone)
        return cls(data={"happened_on": local.date(), "happened_at": local.time(), "note": note})

    @classmethod
    def of(cls, event: "ObligationEvent") -> "EventForm":
        """Return the form of a recorded event."""
        return cls.beginning(event.occurred_at, event.note)

    def told(self) -> Told:
        """Return what was typed as the value that the service takes."""
        local = datetime.combine(self.happened_on.data, self.happened_at.data, OFFICE.timezone)
        return Told(occurred_at=local.astimezone(UTC), note=self.note.data or "")


class WithdrawForm(FlaskForm):
    """Why an event is taken back."""

    reason = TextAreaField(
        _l("Alasan"), [DataRequired(_l("Tulis alasan mengapa catatan ini dicabut.")), Length(max=2000)]
    )
