"""Forms of what parties give each other. Shape only."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField

from portal.domain.contribution import ContributionKind, Delivery, Promise
from portal.web.filters import label
from portal.web.forms.fields import CountField, DayField, LineField, OneOfField, ParagraphField, needed

Choices = Sequence[tuple[str, str]]


class SidesForm(FlaskForm):
    """Who gives, who receives, what and when: what an entry and a sum in stages share."""

    giver_id = OneOfField(_l("Pemberi"), (needed(_l("Pilih pihak yang memberi.")),))
    receiver_id = OneOfField(_l("Penerima"), (needed(_l("Pilih pihak yang menerima.")),))
    description = LineField(_l("Apa yang diberikan"), (needed(_l("Tulis apa yang diberikan.")),))
    amount_rupiah = CountField(_l("Jumlah uang atau nilai (Rp)"))

    def offer_parties(self, parties: Choices) -> None:
        """Give both sides the parties of the agreement."""
        self.giver_id.choices = self.receiver_id.choices = [("", _("Pilih pihak")), *parties]


class ContributionForm(SidesForm):
    """One entry."""

    kind = OneOfField(_l("Jenis"), (needed(_l("Pilih jenisnya.")),))
    instalment = CountField(_l("Tahap ke-"), least=1, most=99)
    quantity = CountField(_l("Jumlah satuan"), least=1, most=10**9)
    unit = LineField(_l("Satuan"), letters=40)
    planned_on = DayField(_l("Direncanakan pada"))
    occurrence_id = OneOfField(_l("Memenuhi kewajiban"))
    note = ParagraphField(_l("Catatan"), letters=2000)
    version = HiddenField()

    @classmethod
    def of(cls, parties: Choices, dates: Choices, /, **values: object) -> "ContributionForm":
        """Return the form with its choices; `values` are what stands in it at first."""
        form = cls(data={"kind": ContributionKind.MONEY.value, **values})
        form.offer_parties(parties)
        form.kind.choices = [(each.value, label(each)) for each in ContributionKind]
        form.occurrence_id.choices = [("", _("Tidak terikat pada tenggat")), *dates]
        return form

    def promise(self) -> Promise:
        """Return what was typed."""
        return Promise(
            giver_id=int(self.giver_id.data),
            receiver_id=int(self.receiver_id.data),
            kind=ContributionKind(self.kind.data),
            description=self.description.data or "",
            instalment=self.instalment.data,
            amount_rupiah=self.amount_rupiah.data,
            quantity=self.quantity.data,
            unit=self.unit.data,
            planned_on=self.planned_on.data,
            occurrence_id=int(self.occurrence_id.data) if self.occurrence_id.data else None,
            note=self.note.data,
        )


class StagesForm(SidesForm):
    """A sum that is paid in stages."""

    percents = LineField(_l("Persen tiap tahap"), (needed(_l("Tulis persen tiap tahap, misalnya 70/30.")),), letters=60)
    planned_on = DayField(_l("Tahap pertama direncanakan pada"))

    @classmethod
    def of(cls, parties: Choices, /, **values: object) -> "StagesForm":
        """Return the form with its choices; `values` are what stands in it at first."""
        form = cls(data=values)
        form.offer_parties(parties)
        return form

    def promise(self) -> Promise:
        """Return the whole sum as one entry."""
        return Promise(
            giver_id=int(self.giver_id.data),
            receiver_id=int(self.receiver_id.data),
            kind=ContributionKind.MONEY,
            description=self.description.data or "",
            amount_rupiah=self.amount_rupiah.data,
            planned_on=self.planned_on.data,
        )


class DeliveryForm(FlaskForm):
    """What was handed over, and its record."""

    delivered_on = DayField(_l("Diserahkan pada"), (needed(_l("Isi tanggal penyerahan.")),))
    record_number = LineField(_l("Nomor BAST atau bukti transfer"), letters=120)
    record_on = DayField(_l("Tanggal BAST atau bukti"))
    file_id = OneOfField(_l("Berkas"))
    version = HiddenField()

    @classmethod
    def of(cls, files: Choices, /, **values: object) -> "DeliveryForm":
        """Return the form with the files of the agreement; `values` are what stands in it at first."""
        form = cls(data=values)
        form.file_id.choices = [("", _("Belum ada berkas")), *files]
        return form

    def delivery(self) -> Delivery:
        """Return what was typed."""
        return Delivery(
            delivered_on=self.delivered_on.data,
            record_number=self.record_number.data,
            record_on=self.record_on.data,
            file_id=int(self.file_id.data) if self.file_id.data else None,
        )


class CallOffForm(FlaskForm):
    """Why an entry is called off."""

    reason = ParagraphField(_l("Alasan"), letters=2000)
    version = HiddenField()
