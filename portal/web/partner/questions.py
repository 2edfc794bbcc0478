"""Questions about an agreement: the partner asks, and reads what the office answered."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import partner_agreements, partner_home
from portal.queries import questions as reading
from portal.services import questions
from portal.web import guard, question_words, report_parts
from portal.web.access import partner
from portal.web.forms.outcome import attempt
from portal.web.forms.question import QuestionForm
from portal.web.partner import rows

if TYPE_CHECKING:
    from portal.models import Agreement, AgreementQuestion

blueprint = Blueprint("questions", __name__, url_prefix="/perjanjian/<code>")


def _own(code: str) -> "Agreement":
    return partner_agreements.get_of_partner(session(), code, organisation_id=guard.own_organisation_id())


def _form(agreement: "Agreement", *, with_data: bool) -> QuestionForm:
    places = reading.known_places(session(), agreement, organisation_id=guard.own_organisation_id())
    return QuestionForm.offering(places, with_data=with_data)


@blueprint.get("/tanya")
@partner()
def ask(code: str) -> str:
    """Show the form for a question."""
    agreement = _own(code)
    return _ask_page(agreement, _form(agreement, with_data=False))


@blueprint.post("/tanya")
@partner(Action.ASK_QUESTION)
def send(code: str) -> Response | tuple[str, int]:
    """Send a question to the officer."""
    agreement = _own(code)
    form = _form(agreement, with_data=True)
    asked = form.validate() and attempt(form, lambda: _asked(agreement, form))
    if not asked:
        return _ask_page(_own(code), form), 422
    return redirect(url_for("partner.questions.show", code=code, number=asked.number), 303)


def _asked(agreement: "Agreement", form: QuestionForm) -> "AgreementQuestion":
    own, actor = guard.own_organisation_id(), guard.actor()
    return questions.ask(session(), agreement, asked=form.asked(), organisation_id=own, actor=actor, now=clock.now())


def _ask_page(agreement: "Agreement", form: QuestionForm) -> str:
    person = partner_home.officer_of(agreement)
    return render_template(
        "partner/questions/ask.html",
        agreement=agreement,
        form=form,
        promise=question_words.promise(person.name if person else None),
        locked=report_parts.reason(policy.may(guard.actor(), Action.ASK_QUESTION)),
        **rows.whom_to_ask(person),
    )


@blueprint.get("/pertanyaan/<int:number>")
@partner()
def show(code: str, number: int) -> str:
    """Show one question with its receipt or its answer."""
    agreement, own = _own(code), guard.own_organisation_id()
    question = reading.get_of_partner(session(), agreement, number, organisation_id=own)
    person = partner_home.officer_of(agreement)
    return render_template(
        "partner/questions/show.html",
        agreement=agreement,
        question=question,
        title=question_words.named(question),
        chip=question_words.chip(question),
        facts=question_words.asked(question),
        answer=question_words.answered(question),
        promise=question_words.promise(person.name if person else None),
    )
