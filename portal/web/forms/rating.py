"""The form by which a partner rates a cooperation that is over. Shape only."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from portal.domain.rating import Answers, Question, Score
from portal.web.forms.fields import RadioField
from portal.web.rating_words import score_name

MOST = 2000
"""So many letters the free sentence may have."""


def _radio(statement: Any) -> RadioField:
    return RadioField(statement, [InputRequired(_l("Pilih satu jawaban."))])


class RatingForm(FlaskForm):
    """Five statements with five answers each, and what else a partner wants to say."""

    version = HiddenField()
    clear = _radio(_l("Tugas Anda jelas sejak awal."))
    timely = _radio(_l("Kementerian Sosial tepat waktu."))
    reachable = _radio(_l("Petugas mudah dihubungi."))
    helpful = _radio(_l("Petugas membantu saat Anda kesulitan."))
    again = _radio(_l("Anda mau bekerja sama lagi."))
    remark = TextAreaField(_l("Apa yang perlu kami perbaiki?"), [Optional(), Length(max=MOST)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the five answers, the best first, in the reader's language."""
        super().__init__(*args, **kwargs)
        for question in Question:
            self[question.value].choices = [
                SelectChoice(str(int(score)), score_name(score)) for score in sorted(Score, reverse=True)
            ]

    @property
    def questions(self) -> list[RadioField]:
        """Return the five fields in the order of the questions."""
        return [self[question.value] for question in Question]

    @classmethod
    def of(cls, told: Answers | None, *, version: int) -> "RatingForm":
        """Return the form as it begins: empty, or with what was said before."""
        kept: Mapping[Question, Score] = told.scores if told else {}
        data = {question.value: str(int(score)) for question, score in kept.items()}
        return cls(formdata=None, data=data | {"version": str(version), "remark": told.remark if told else ""})

    def answers(self) -> Answers:
        """Return what was chosen and typed."""
        chosen = {question: self[question.value].data for question in Question}
        scores = {question: Score(int(value)) for question, value in chosen.items() if value}
        return Answers(scores=scores, remark=self.remark.data or "")

    def seen(self) -> int:
        """Return the version of the answers that the form began with; 0 for none."""
        told = self.version.data or ""
        return int(told) if told.isdecimal() else 0
