"""The form with which the office writes what a report asks: words for each place, blank where nothing is asked."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from portal.domain.report_form import COUNTS, FILES, MONEY, TEXTS, Field, Form
from portal.services import report_forms

PLACES = (*TEXTS, *COUNTS, MONEY, FILES)
"""Every place that a form may have, in the order in which they are asked."""
_NO_UNIT = {*TEXTS, MONEY, FILES}


class ReportFormForm(FlaskForm):
    """Title, words before the first step, what to have at hand, and the questions by place."""

    number = IntegerField(validators=[Optional()], default=0)
    title = StringField(_l("Judul isian"), [DataRequired()])
    intro = TextAreaField(_l("Kalimat pembuka"), description=_l("Dibaca mitra sebelum mulai mengisi."))
    prepare = TextAreaField(_l("Yang perlu disiapkan"), description=_l("Satu hal tiap baris."))

    def show(self, form: Form, number: int) -> "ReportFormForm":
        """Fill the controls with a version."""
        self.number.data, self.title.data, self.intro.data = number, form.title, form.intro
        self.prepare.data = "\n".join(form.prepare)
        for asked in form.fields:
            self[f"label_{asked.name}"].data = asked.label
            self[f"hint_{asked.name}"].data = asked.hint
            self[f"needed_{asked.name}"].data = asked.needed
            if asked.name not in _NO_UNIT:
                self[f"unit_{asked.name}"].data = asked.unit
        return self

    def form(self) -> Form:
        """Return what was written; a place without a question is not asked."""
        lines = [line.strip() for line in (self.prepare.data or "").splitlines()]
        return Form(
            fields=tuple(self._asked()),
            title=(self.title.data or "").strip(),
            intro=(self.intro.data or "").strip(),
            prepare=tuple(line for line in lines if line),
        )

    def _asked(self) -> Iterable[Field]:
        for name in PLACES:
            label = self[f"label_{name}"].data or ""
            if label.strip():
                yield report_forms.field_of(
                    name,
                    label=label,
                    hint=self[f"hint_{name}"].data or "",
                    unit="" if name in _NO_UNIT else self[f"unit_{name}"].data or "",
                    needed=bool(self[f"needed_{name}"].data),
                )


for _name in PLACES:
    setattr(ReportFormForm, f"label_{_name}", StringField(_l("Pertanyaan")))
    setattr(ReportFormForm, f"hint_{_name}", StringField(_l("Petunjuk di bawah pertanyaan")))
    setattr(ReportFormForm, f"needed_{_name}", BooleanField(_l("Wajib dijawab sebelum dikirim")))
    if _name not in _NO_UNIT:
        setattr(ReportFormForm, f"unit_{_name}", StringField(_l("Satuan")))
