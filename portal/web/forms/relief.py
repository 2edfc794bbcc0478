"""Forms of relief: what an officer gives at once, how a request is answered, how a resting duty is taken up again."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.domain.relief import Decision, ReliefKind, Wish
from portal.services.reliefs import Gift, Resumption
from portal.web.forms.fields import RadioField, SelectField

GRANT, REFUSE = "grant", "refuse"
_AGREED = _l("Misalnya: Ketua Yayasan, surat nomor 12/2026 tanggal 3 November 2026.")


class ReliefForm(FlaskForm):
    """More time, release or rest for one date, and at whose wish."""

    version = HiddenField()
    wanted_on = DateField(_l("Tanggal baru"), [Optional()])
    reason = TextAreaField(
        _l("Alasan dan dasar"),
        [DataRequired(_l("Tulis alasan dan dasarnya.")), Length(max=2000)],
        description=_l("Misalnya: surat Direktur, berita acara rapat, atau keadaan kahar."),
    )
    asker = SelectField(_l("Atas permintaan"), [DataRequired()])
    agreed_by = StringField(
        _l("Disetujui oleh siapa dari mitra, dan bagaimana"), [Optional(), Length(max=400)], description=_AGREED
    )
    only_ask = BooleanField(
        _l("Catat sebagai permohonan saja"), description=_l("Keputusan menyusul; tenggat belum berubah.")
    )

    def wish(self, kind: ReliefKind) -> Wish:
        """Return what was typed as a wish."""
        return Wish(kind=kind, reason=self.reason.data or "", wanted_on=self.wanted_on.data)

    def gift(self, kind: ReliefKind, organisation_id: int) -> Gift:
        """Return what was typed as relief that is given at once."""
        return Gift(wish=self.wish(kind), organisation_id=organisation_id, agreed_by=self.agreed_by.data or "")


class ReliefDecisionForm(FlaskForm):
    """How a request is answered."""

    verdict = RadioField(
        _l("Keputusan"),
        [InputRequired(_l("Pilih dikabulkan atau ditolak."))],
        choices=[SelectChoice(GRANT, _l("Kabulkan")), SelectChoice(REFUSE, _l("Tolak"))],
    )
    granted_on = DateField(_l("Tanggal yang dikabulkan"), [Optional()])
    answer = TextAreaField(
        _l("Alasan dan dasar"),
        [DataRequired(_l("Tulis alasan dan dasar keputusan ini.")), Length(max=2000)],
        description=_l("Yang meminta membaca kalimat ini apa adanya."),
    )
    agreed_by = StringField(
        _l("Disetujui oleh siapa dari mitra, dan bagaimana"), [Optional(), Length(max=400)], description=_AGREED
    )

    def decision(self) -> Decision:
        """Return what was typed as a decision."""
        return Decision(
            answer=self.answer.data or "", granted_on=self.granted_on.data, agreed_by=self.agreed_by.data or ""
        )


class ResumeForm(FlaskForm):
    """Why a resting duty is taken up again, and on which date."""

    version = HiddenField()
    due_on = DateField(_l("Tenggat"), [Optional()], description=_l("Kosong berarti tenggat yang lama."))
    reason = TextAreaField(_l("Alasan"), [DataRequired(_l("Tulis alasannya.")), Length(max=2000)])

    def resumption(self) -> Resumption:
        """Return what was typed."""
        return Resumption(reason=self.reason.data or "", due_on=self.due_on.data)


class AskForm(FlaskForm):
    """What a partner asks: more time for one date."""

    wanted_on = DateField(_l("Sampai kapan Anda butuh waktu?"), [InputRequired(_l("Isi tanggal yang Anda minta."))])
    reason = TextAreaField(_l("Mengapa?"), [DataRequired(_l("Tulis alasannya.")), Length(max=2000)])

    def wish(self) -> Wish:
        """Return what was typed as a wish."""
        return Wish(kind=ReliefKind.EXTENSION, reason=self.reason.data or "", wanted_on=self.wanted_on.data)
