"""Questions of partners about an agreement: the list beside it, and the page on which one is answered."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements
from portal.queries import questions as reading
from portal.services import questions
from portal.web import guard, question_words, report_parts
from portal.web.access import office
from portal.web.forms.outcome import attempt
from portal.web.forms.question import AnswerForm
from portal.web.staff import question_rows
from portal.web.staff.agreements import sidebar

if TYPE_CHECKING:
    from portal.models import Agreement, AgreementQuestion

blueprint = Blueprint("questions", __name__, url_prefix="/naskah/<code>/pertanyaan")


def _readable(code: str) -> "Agreement":
    return agreements.get_for(session(), code, actor=guard.actor())


@blueprint.get("")
@office(Action.SEE_AGREEMENT)
def index(code: str) -> str:
    """List every question about one agreement, those that wait first."""
    agreement = _readable(code)
    found = reading.of_agreement(session(), agreement.id)
    rows = [question_rows.line(code, each) for each in found]
    return render_template("staff/questions/index.html", agreement=agreement, rows=rows)


@blueprint.get("/<int:question_id>")
@office(Action.SEE_AGREEMENT)
def show(code: str, question_id: int) -> str:
    """Show one question, with its answer or the form for it."""
    return _show(code, question_id, AnswerForm(formdata=None))


@blueprint.post("/<int:question_id>")
@office(Action.ANSWER_QUESTION)
def answer(code: str, question_id: int) -> Response | tuple[str, int]:
    """Answer a question; the asker is told by mail and under the bell."""
    form = AnswerForm()
    if not form.validate() or attempt(form, lambda: _answered(code, question_id, form)) is None:
        return _show(code, question_id, form), 422
    flash(_("Jawaban tersimpan. Penanya diberi tahu lewat surel."))
    return redirect(url_for("staff.questions.show", code=code, question_id=question_id), 303)


def _answered(code: str, question_id: int, form: AnswerForm) -> "AgreementQuestion":
    question = reading.get(session(), _readable(code), question_id)
    return questions.answer(session(), question, answer=form.answer(), actor=guard.actor(), now=clock.now())


def _show(code: str, question_id: int, form: AnswerForm) -> str:
    agreement = _readable(code)
    question = reading.get(session(), agreement, question_id)
    seat = next(each for each in agreement.parties if each.organisation_id == question.organisation_id)
    asked = [{"label": _("Lembaga"), "value": question.organisation.name}, *question_words.asked(question)]
    return render_template(
        "staff/questions/show.html",
        agreement=agreement,
        question=question,
        title=question_words.named(question),
        chip=question_words.chip(question),
        facts=asked,
        outcome=question_words.answered(question),
        form=form,
        contacts=sidebar.contacts(seat),
        locked=report_parts.reason(policy.may(guard.actor(), Action.ANSWER_QUESTION)),
    )
