"""Forms of an officer who reviews a report: marks, checklist, sending back, reopening, ready sentences. Shape only."""

from collections.abc import Iterable, Mapping

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from portal.domain.report_check import Answer, Question
from portal.domain.report_mark import Mark
from portal.web.forms.fields import RadioField

YES, NO = "ya", "tidak"


def key_of(item: str) -> str:
    """Return an item as it may stand in the name of a field and in an anchor."""
    return item.replace(":", "-")


class MarkForm(FlaskForm):
    """What is to be mended in one item: a ready sentence, own words, or both."""

    number = IntegerField(validators=[Optional()], default=0)
    item = StringField()
    sentence = TextAreaField(_l("Apa yang perlu diperbaiki?"))

    @classmethod
    def sent(cls) -> "MarkForm":
        """Return what was sent; each item has fields of its own, so that a page can hold many."""
        form = cls()
        key = key_of(form.item.data or "")
        own, ready = (request.form.get(f"{name}-{key}", "").strip() for name in ("sentence", "phrase"))
        form.sentence.data = own if not ready or ready in own else f"{ready} {own}".strip()
        return form

    def mark(self) -> Mark:
        """Return what was typed or chosen."""
        return Mark(item=self.item.data or "", sentence=self.sentence.data or "")


class ChecksForm(FlaskForm):
    """The checklist of one round; `of` makes it for certain questions, each with its note under its own code."""

    number = IntegerField(validators=[Optional()], default=0)

    @classmethod
    def of(cls, questions: Iterable[Question], answers: Mapping[str, Answer] | None = None) -> "ChecksForm":
        """Return the form for these questions: with these answers, or with what was sent when none are given."""
        fields: dict[str, object] = {}
        for question in questions:
            fields[question.code] = StringField(_l("Catatan"))
            fields[f"is_{question.code}"] = RadioField(
                _(question.sentence), choices=[SelectChoice(YES, _("Ya")), SelectChoice(NO, _("Tidak"))]
            )
        made: type[ChecksForm] = type("ChecksOfKind", (cls,), fields)
        if answers is None:
            return made(prefix="check-").marked()
        stored = {code: answer.note for code, answer in answers.items()}
        ticked = {f"is_{code}": YES if answer.is_fine else NO for code, answer in answers.items()}
        return made(formdata=None, prefix="check-", data=stored | ticked).marked()

    def marked(self) -> "ChecksForm":
        """Say of no question that it may stay open: it may for now, but that is not what the page should say."""
        for field in self:
            field.flags.required = True
        return self

    def answers(self, questions: Iterable[Question]) -> dict[str, Answer]:
        """Return what was answered, by code; questions without an answer are left out."""
        return {
            question.code: Answer(
                is_fine=self[f"is_{question.code}"].data == YES, note=(self[question.code].data or "").strip()
            )
            for question in questions
            if self[f"is_{question.code}"].data in {YES, NO}
        }


class SendBackForm(FlaskForm):
    """Why a report goes back, and until when it should be mended."""

    number = IntegerField(validators=[Optional()], default=0)
    reason = TextAreaField(_l("Apa yang perlu diperbaiki?"))
    fix_due_on = DateField(_l("Batas perbaikan"), [DataRequired(_l("Isi tanggal batas perbaikan."))])


class ReopenForm(FlaskForm):
    """Why an accepted report is reviewed again."""

    number = IntegerField(validators=[Optional()], default=0)
    reason = TextAreaField(_l("Mengapa laporan ini dibuka kembali?"), [DataRequired(_l("Tulis alasannya."))])


class PhrasesForm(FlaskForm):
    """The ready sentences, one a line."""

    lines = TextAreaField(_l("Kalimat siap pakai"), description=_l("Satu kalimat tiap baris, paling banyak 40."))
