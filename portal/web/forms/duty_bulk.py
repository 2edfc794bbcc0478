"""The form of an act on several dated duties at once. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from portal.domain.relief import ReliefKind
from portal.services.duty_bulk import Easing


class DutyBulkForm(FlaskForm):
    """Until when, why and with whose consent; reminding needs none of it."""

    wanted_on = DateField(_l("Tanggal baru untuk semua"), [Optional()])
    more_days = IntegerField(
        _l("Atau tambah sekian hari"), [Optional(), NumberRange(1, 366, _l("Tulis bilangan bulat dari 1 sampai 366."))]
    )
    reason = TextAreaField(
        _l("Alasan dan dasar"),
        [Optional(), Length(max=2000)],
        description=_l("Misalnya: surat Direktur, berita acara rapat, atau keadaan kahar."),
    )
    agreed_by = StringField(
        _l("Disetujui oleh siapa dari mitra, dan bagaimana"),
        [Optional(), Length(max=400)],
        description=_l("Hanya untuk kewajiban milik Kemensos kepada mitra."),
    )

    def easing(self, kind: ReliefKind) -> Easing:
        """Return what was typed."""
        return Easing(
            kind=kind,
            reason=self.reason.data or "",
            wanted_on=self.wanted_on.data,
            more_days=self.more_days.data,
            agreed_by=self.agreed_by.data or "",
        )
