"""Recording a new agreement, from nothing or from another one."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import agreement_facts
from portal.domain.agreement import Stage
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements as reading
from portal.services import agreements, duty_changes
from portal.web import guard, slugs
from portal.web.access import office
from portal.web.forms import rows
from portal.web.forms.agreement import AgreementForm
from portal.web.forms.outcome import attempt
from portal.web.staff.agreements import duty_preview, form_page, head
from portal.web.staff.agreements.pages import blueprint, readable, warn_of_numbers

if TYPE_CHECKING:
    from portal.models import Agreement

TEMPLATE = "staff/agreements/record.html"
FOLLOW, STAY = "ya", "tidak"
"""Whether what it extends takes over its end."""
NOT_FACTS = frozenset({"csrf_token", "act", "seen", "follow"})


@blueprint.get("/baru")
@office(Action.RECORD_AGREEMENT)
def record() -> tuple[str, int]:
    """Ask what is known of a new agreement; parties and subject of the one it follows stand there already."""
    return _answer(form_page.opened(_beginning()))


@blueprint.post("/baru")
@office(Action.RECORD_AGREEMENT)
def create() -> Response | tuple[str, int] | str:
    """Record the agreement, or rearrange the rows of the form."""
    form = form_page.sent()
    if form_page.act() != rows.SAVE:
        return _answer(form)
    facts = form.facts() if form.validate() else None
    return _first_asked(form, facts) or _saved(form, facts)


def _first_asked(form: AgreementForm, facts: AgreementFacts | None) -> str | None:
    """Return the page that asks whether what an agreement in force extends takes over its end, unless answered."""
    if facts is None or form.opening().stage is not Stage.ACTIVE:
        return None
    try:
        told = agreement_facts.settled(facts)
    except RuleBroken:
        return None  # `_saved` tells it at its field.
    plans = duty_changes.of_record(session(), told, actor=guard.actor(), now=clock.now())
    is_answered = request.form.get("follow") in {FOLLOW, STAY} and request.form.get("seen") == duty_preview.stamp(plans)
    if not plans or is_answered:
        return None
    return render_template(
        "staff/agreements/create.html",
        codes=", ".join(plan.agreement.code for plan in plans),
        ends_on=told.ends_on,
        preview=duty_preview.shown(plans),
        typed=[(name, value) for name, value in request.form.items(multi=True) if name not in NOT_FACTS],
        choices=(FOLLOW, STAY),
    )


def _saved(form: AgreementForm, facts: AgreementFacts | None) -> Response | tuple[str, int]:
    made = _try(form, facts) if facts else None
    if not made:
        return _answer(form, code=422)
    flash(_("Naskah tercatat dengan kode %(code)s. Lengkapi yang belum diketahui kapan saja.", code=made.code))
    warn_of_numbers(made)
    return redirect(url_for("staff.agreements.show", code=made.code))


def _answer(form: AgreementForm, *, code: int = 200) -> tuple[str, int]:
    return form_page.answer(TEMPLATE, form, code=code, form_action=url_for("staff.agreements.create"))


def _try(form: AgreementForm, facts: AgreementFacts) -> "Agreement | None":
    return attempt(form, lambda: _record(facts, form))


def _record(facts: AgreementFacts, form: AgreementForm) -> "Agreement":
    opening = replace(form.opening(), follow=request.form.get("follow") == FOLLOW)
    return agreements.record(session(), facts, opening=opening, actor=guard.actor(), now=clock.now())


def _beginning() -> AgreementFacts | None:
    """Return the facts that a following agreement takes over: subject, parties, unit; never dates and numbers."""
    code, relation = request.args.get("dari"), head.RELATIONS.get(request.args.get("hubungan", ""))
    if not code or relation is None:
        return None
    other = reading.facts(session(), readable(code))
    kind = slugs.KINDS.get(request.args.get("jenis", ""), other.kind)
    return agreement_facts.following(other, relation=relation, other_code=code, kind=kind)
