"""Forms of shared drafts: sharing, answering one Pasal, a Word file of the partner, deciding. Shape only."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from portal.domain.shared_draft import DECISIONS, Reply, ReplyDecision, ReplyVerdict
from portal.services.draft_answers import OwnFile
from portal.services.draft_sharings import Decision, Wish
from portal.web import kept_uploads
from portal.web.filters import label
from portal.web.forms.fields import DayField, ParagraphField, RadioField, at_most, needed


class SendForm(FlaskForm):
    """Only the button that sends."""


class ShareForm(FlaskForm):
    """With whom a draft is shared, until when they answer, and a sentence to them."""

    parties = SelectMultipleField(_l("Mitra"))
    due_on = DayField(_l("Jawaban ditunggu paling lambat"), (needed(_l("Isi tanggal jawaban mitra ditunggu.")),))
    note = ParagraphField(
        _l("Pesan untuk mitra"), letters=2000, description=_l("Misalnya bagian mana yang perlu diperhatikan.")
    )

    @classmethod
    def offering(cls, parties: Iterable[tuple[str, str]], *, with_data: bool) -> "ShareForm":
        """Return the form with the partners of the agreement; all are chosen at first."""
        choices = [SelectChoice(code, name) for code, name in parties]
        form = cls() if with_data else cls(formdata=None, data={"parties": [each.value for each in choices]})
        form.parties.choices, form.parties.flags.required = choices, True
        return form

    def wish(self, ids: dict[str, int]) -> Wish:
        """Return what was chosen; `ids` tells the organisation behind each choice."""
        wanted = frozenset(ids[code] for code in self.parties.data or [] if code in ids)
        return Wish(organisation_ids=wanted, due_on=self.due_on.data, note=self.note.data or "")


class ReplyForm(FlaskForm):
    """What a partner says about one Pasal."""

    verdict = RadioField(
        _l("Tanggapan Anda"),
        [InputRequired(_l("Pilih setuju, usul kata lain, atau tanya."))],
        choices=[SelectChoice(each.value, each.value) for each in ReplyVerdict],
    )
    words = TextAreaField(
        _l("Usul kata-kata"), [at_most(20_000)], description=_l("Ubah teks di kotak ini hanya bila Anda punya usul.")
    )
    remark = TextAreaField(_l("Pertanyaan atau alasan"), [at_most(2000)])

    def offer(self) -> "ReplyForm":
        """Put the words of the choices in."""
        self.verdict.choices = [SelectChoice(each.value, label(each)) for each in ReplyVerdict]
        return self

    def reply(self) -> Reply:
        """Return what was typed."""
        return Reply(
            verdict=ReplyVerdict(self.verdict.data), words=self.words.data or "", remark=self.remark.data or ""
        )


class OwnFileForm(FlaskForm):
    """The partner's own Word version."""

    kept = HiddenField()
    files = FileField(_l("Berkas Word Anda"), description=_l("Berkas .docx dari Word, paling besar 20 MB."))

    def __init__(self, **options: Any) -> None:
        """Mark the file as needed; which one counts is known only when the one kept aside was looked for."""
        super().__init__(**options)
        self.files.flags.required = True

    def own_file(self) -> OwnFile:
        """Return what was sent, or what was kept aside when the form was refused."""
        file = kept_uploads.chosen(self)
        return OwnFile(name=file.name, content=file.content)


class DecisionForm(FlaskForm):
    """What the office decides about one proposal or question."""

    article = HiddenField()
    decision = RadioField(_l("Keputusan"), [InputRequired(_l("Pilih keputusannya."))])
    note = TextAreaField(_l("Kalimat untuk mitra"), [at_most(2000)], description=_l("Mitra membaca kalimat ini."))

    @classmethod
    def offering(cls, verdict: ReplyVerdict, *, takes_over: bool, with_data: bool = True) -> "DecisionForm":
        """Return the form with the decisions that fit; taking over only where it can be done in one act."""
        form = cls() if with_data else cls(formdata=None)
        fitting = [each for each in DECISIONS[verdict] if takes_over or each is not ReplyDecision.TAKEN_OVER]
        form.decision.choices = [SelectChoice(each.value, label(each)) for each in fitting]
        return form

    def chosen(self) -> Decision:
        """Return what was decided."""
        return Decision(kind=ReplyDecision(self.decision.data), note=self.note.data or "")
