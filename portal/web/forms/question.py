"""Forms of questions about an agreement: what a partner asks, how the office answers. Shape only."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField

from portal.domain.question import Answer, Asked
from portal.web.forms.fields import LineField, OneOfField, at_most, needed

OTHER = "-"
"""The choice that is none of the Pasal."""


class QuestionForm(FlaskForm):
    """What a partner wants to know, and about which part."""

    article = OneOfField(_l("Tentang bagian mana?"))
    place = LineField(_l("Bagian lain"), letters=200, description=_l("Misalnya: Lampiran II, atau Pasal 12."))
    text = TextAreaField(_l("Pertanyaan Anda"), [needed(_l("Tulis pertanyaan Anda.")), at_most(2000)])

    @classmethod
    def offering(cls, places: Iterable[str], *, with_data: bool = True) -> "QuestionForm":
        """Return the form with the Pasal that are known."""
        form = cls() if with_data else cls(formdata=None)
        form.article.flags.required = True
        form.article.choices = [
            ("", _l("Seluruh perjanjian")),
            *((place, place) for place in places),
            (OTHER, _l("Bagian lain")),
        ]
        return form

    def asked(self) -> Asked:
        """Return what was typed; words about another part count before the choice."""
        chosen = self.article.data if self.article.data not in {None, OTHER} else ""
        return Asked(text=self.text.data or "", place=self.place.data or chosen or "")


class AnswerForm(FlaskForm):
    """What the office answers, here or by telephone."""

    text = TextAreaField(
        _l("Jawaban"),
        [needed(_l("Tulis jawabannya.")), at_most(4000)],
        description=_l("Mitra membaca kalimat ini apa adanya."),
    )
    by_phone = BooleanField(_l("Sudah dijawab lewat telepon"), description=_l("Tulis di atas apa yang Anda sampaikan."))

    def answer(self) -> Answer:
        """Return what was typed."""
        return Answer(text=self.text.data or "", is_by_phone=bool(self.by_phone.data))
