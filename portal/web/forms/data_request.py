"""Forms of requests about personal data: what a person asks, what the office notes and answers. Shape only."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.personal import Asked, Outcome, RequestKind, RequestWay
from portal.web.filters import label
from portal.web.forms.fields import CountField, DayField, LineField, OneOfField, ParagraphField, at_most, needed


class OwnRequestForm(FlaskForm):
    """What a signed-in person asks about its own data."""

    kind = OneOfField(_l("Apa yang Anda minta?"), (needed(_l("Pilih apa yang Anda minta.")),))
    words = ParagraphField(_l("Jelaskan dengan kata-kata Anda"), letters=2000)

    @classmethod
    def offering(cls, *, with_data: bool = True) -> "OwnRequestForm":
        """Return the form with what can be asked."""
        form = cls() if with_data else cls(formdata=None)
        form.kind.choices = [("", _l("Pilih …")), *((kind.value, label(kind)) for kind in RequestKind)]
        return form

    def asked(self, name: str) -> Asked:
        """Return what was asked by the person of this name."""
        return Asked(kind=RequestKind(self.kind.data), words=self.words.data or "", name=name)


class NotedRequestForm(OwnRequestForm):
    """A request that came by letter or telephone, from somebody with or without an account."""

    organisation = LineField(
        _l("Kode lembaga"), (needed(_l("Isi kode lembaga tempat orang itu dikenal.")),), letters=24
    )
    name = LineField(_l("Nama orang"), letters=160)
    email = LineField(_l("Surel"), letters=254)
    phone = LineField(_l("Nomor telepon"), letters=40)
    way = OneOfField(_l("Diterima lewat"), (needed(_l("Pilih bagaimana permintaan datang.")),))
    asked_on = DayField(_l("Tanggal permintaan"), (needed(_l("Isi tanggal permintaan datang.")),))
    asked_hour = CountField(_l("Jam (WIB)"), least=0, most=23)

    @classmethod
    def offering(cls, *, with_data: bool = True) -> "NotedRequestForm":
        """Return the form with its choices."""
        form = cls() if with_data else cls(formdata=None)
        form.kind.label.text = _l("Apa yang diminta?")
        form.words.label.text = _l("Isi permintaan")
        form.kind.choices = [("", _l("Pilih …")), *((kind.value, label(kind)) for kind in RequestKind)]
        ways = (way for way in RequestWay if way is not RequestWay.PORTAL)
        form.way.choices = [("", _l("Pilih …")), *((way.value, label(way)) for way in ways)]
        return form

    def noted(self) -> Asked:
        """Return what was noted; without an hour the day's beginning counts, as the earliest instant possible."""
        return Asked(
            kind=RequestKind(self.kind.data),
            words=self.words.data or "",
            name=self.name.data or "",
            email=(self.email.data or "").lower() or None,
            phone=self.phone.data,
            way=RequestWay(self.way.data),
            asked_at=self._instant(),
        )

    def _instant(self) -> datetime:
        return local_instant(self.asked_on.data, 0, Zone.WIB) + timedelta(hours=self.asked_hour.data or 0)


class DecisionForm(FlaskForm):
    """The office's answer to a request."""

    granted = OneOfField(_l("Keputusan"), (needed(_l("Pilih keputusannya.")),))
    answer = TextAreaField(
        _l("Jawaban"),
        [needed(_l("Tulis jawabannya.")), at_most(4000)],
        description=_l("Orang yang meminta membaca kalimat ini apa adanya."),
    )
    path = LineField(_l("Halaman hasil"), letters=200, description=_l("Alamat di portal, misalnya /mitra/profil."))

    @classmethod
    def offering(cls, *, with_data: bool = True) -> "DecisionForm":
        """Return the form with the two decisions."""
        form = cls() if with_data else cls(formdata=None)
        form.granted.choices = [("", _l("Pilih …")), ("y", _l("Dipenuhi")), ("n", _l("Tidak dapat dipenuhi"))]
        return form

    def outcome(self) -> Outcome:
        """Return the answer."""
        return Outcome(is_granted=self.granted.data == "y", answer=self.answer.data or "", path=self.path.data)


class ReasonForm(FlaskForm):
    """Why an account is frozen or taken up again."""

    reason = TextAreaField(_l("Alasan"), [needed(_l("Tulis alasannya.")), at_most(1000)])


class SureForm(FlaskForm):
    """The token alone: the page before says what follows."""
