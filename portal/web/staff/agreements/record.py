"""Recording a new agreement, from nothing or from another one."""

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import agreement_facts
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements as reading
from portal.services import agreements
from portal.web import guard, slugs
from portal.web.access import office
from portal.web.forms import rows
from portal.web.forms.agreement import AgreementForm
from portal.web.forms.outcome import attempt
from portal.web.staff.agreements import form_page, head
from portal.web.staff.agreements.pages import blueprint, readable, warn_of_numbers

if TYPE_CHECKING:
    from portal.models import Agreement

TEMPLATE = "staff/agreements/record.html"


@blueprint.get("/baru")
@office(Action.RECORD_AGREEMENT)
def record() -> tuple[str, int]:
    """Ask what is known of a new agreement; parties and subject of the one it follows stand there already."""
    return _answer(form_page.opened(_beginning()))


@blueprint.post("/baru")
@office(Action.RECORD_AGREEMENT)
def create() -> Response | tuple[str, int]:
    """Record the agreement, or rearrange the rows of the form."""
    form = form_page.sent()
    if form_page.act() != rows.SAVE:
        return _answer(form)
    made = form.validate() and attempt(form, lambda: _record(form.facts(), form))
    if not made:
        return _answer(form, code=422)
    flash(_("Naskah tercatat dengan kode %(code)s. Lengkapi yang belum diketahui kapan saja.", code=made.code))
    warn_of_numbers(made)
    return redirect(url_for("staff.agreements.show", code=made.code))


def _answer(form: AgreementForm, *, code: int = 200) -> tuple[str, int]:
    return form_page.answer(TEMPLATE, form, code=code, form_action=url_for("staff.agreements.create"))


def _record(facts: AgreementFacts, form: AgreementForm) -> "Agreement":
    return agreements.record(session(), facts, opening=form.opening(), actor=guard.actor(), now=clock.now())


def _beginning() -> AgreementFacts | None:
    """Return the facts that a following agreement takes over: subject, parties, unit; never dates and numbers."""
    code, relation = request.args.get("dari"), head.RELATIONS.get(request.args.get("hubungan", ""))
    if not code or relation is None:
        return None
    other = reading.facts(session(), readable(code))
    kind = slugs.KINDS.get(request.args.get("jenis", ""), other.kind)
    return agreement_facts.following(other, relation=relation, other_code=code, kind=kind)
