"""Changing what is recorded of an agreement; of two people at once the second chooses, and nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.agreement_facts import AgreementFacts, merged, settled
from portal.domain.duty_change import asks_first
from portal.domain.editing import Difference, EditConflict
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements as reading
from portal.queries.agreement_page import CodeNames, code_names
from portal.services import agreements, duty_changes
from portal.services.duty_changes import DutyPlan
from portal.web import guard
from portal.web.access import office
from portal.web.asked import whole
from portal.web.filters import datetime_zone
from portal.web.forms import rows
from portal.web.forms.agreement import AgreementForm
from portal.web.forms.outcome import attempt
from portal.web.staff.agreements import duty_preview, events, form_page
from portal.web.staff.agreements.pages import blueprint, readable, warn_of_numbers

if TYPE_CHECKING:
    from portal.models import Agreement

TEMPLATE = "staff/agreements/edit.html"
MINE = "mine"
NOT_FACTS = frozenset({"csrf_token", "version", "act", "seen"})


@blueprint.get("/<code>/ubah")
@office(Action.EDIT_AGREEMENT)
def edit(code: str) -> tuple[str, int]:
    """Show what is recorded, ready to be changed."""
    agreement = readable(code)
    form = form_page.opened(reading.facts(session(), agreement))
    form.version.data = str(agreement.version)
    return _answer(form, agreement)


@blueprint.post("/<code>/ubah")
@office(Action.EDIT_AGREEMENT)
def update(code: str) -> Response | tuple[str, int] | str:
    """Save the changes, or rearrange the rows of the form, or show what somebody else saved meanwhile."""
    agreement, form = readable(code), form_page.sent()
    if form_page.act() != rows.SAVE:
        return _answer(form, agreement)
    mine = form.facts(reading.facts(session(), agreement)) if form.validate() else None
    return _first_shown(code, form, mine) or _saved(code, form, mine)


@blueprint.post("/<code>/ubah/pilih")
@office(Action.EDIT_AGREEMENT)
def conflict(code: str) -> Response | tuple[str, int]:
    """Save what was chosen for each fact that two people changed."""
    agreement, form = readable(code), form_page.sent()
    stored = reading.facts(session(), agreement)
    if not form.validate():
        return _saved(code, form, None)
    keep = frozenset(name.removeprefix("choose-") for name, side in request.form.items() if side == MINE)
    return _saved(code, form, merged(form.facts(stored), stored, keep_mine=keep))


def _first_shown(code: str, form: AgreementForm, facts: AgreementFacts | None) -> str | None:
    """Return the page that shows which open dates would move or fall away, unless just that has been seen."""
    agreement = readable(code)
    if facts is None or form.version.data != str(agreement.version):
        return None
    try:
        plans = _plans(agreement, settled(facts))
    except RuleBroken:
        return None  # `_saved` tells it at its field.
    fates = [fate for plan in plans for _line, fate in plan.fates]
    if not asks_first(fates) or request.form.get("seen") == duty_preview.stamp(plans):
        return None
    return render_template(
        "staff/agreements/update.html",
        agreement=agreement,
        preview=duty_preview.shown(plans),
        version=form.version.data,
        typed=_typed(request.form.items(multi=True)),
    )


def _plans(agreement: "Agreement", facts: AgreementFacts) -> tuple[DutyPlan, ...]:
    """Return what new facts do to the agreement's own dates, then to those beneath it that count from its signing."""
    told: dict[str, Any] = {"now": clock.now()}
    own = duty_changes.of_facts(session(), agreement, facts, **told)
    return own, *duty_changes.counted_from(session(), agreement, facts.signed_on, actor=guard.actor(), **told)


def _answer(form: AgreementForm, agreement: "Agreement", *, code: int = 200) -> tuple[str, int]:
    action = url_for("staff.agreements.update", code=agreement.code)
    return form_page.answer(TEMPLATE, form, code=code, agreement=agreement, form_action=action)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of an attempt to save: saved, refused by a rule, or met by somebody else's change."""

    saved: "Agreement | None" = None
    conflict: EditConflict | None = None


def _saved(code: str, form: AgreementForm, facts: AgreementFacts | None) -> Response | tuple[str, int]:
    outcome = _try(code, form, facts) if facts else Outcome()
    if outcome.conflict:
        return _conflict_page(readable(code), form, outcome.conflict), 409
    if outcome.saved is None:
        return _answer(form, readable(code), code=422)
    flash(_("Perubahan tersimpan."))
    warn_of_numbers(outcome.saved)
    return redirect(url_for("staff.agreements.show", code=code))


def _try(code: str, form: AgreementForm, facts: AgreementFacts) -> Outcome:
    version = whole(form.version.data or "")
    try:
        saved = attempt(
            form,
            lambda: agreements.edit(
                session(), readable(code), facts, version=version, actor=guard.actor(), now=clock.now()
            ),
        )
    except EditConflict as found:
        session().rollback()
        return Outcome(conflict=found)
    return Outcome(saved=saved)


def _conflict_page(agreement: "Agreement", form: AgreementForm, found: EditConflict) -> str:
    told, names = found.comparison, code_names(session())
    return render_template(
        "staff/agreements/conflict.html",
        agreement=agreement,
        both=[_difference(one, names) for one in told.both],
        mine=[_difference(one, names) for one in told.mine],
        theirs=[_difference(one, names) for one in told.theirs],
        who=found.who,
        when=datetime_zone(found.when),
        version=found.version,
        typed=_typed(request.form.items(multi=True)),
        form=form,
    )


def _typed(pairs: Any) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairs if name not in NOT_FACTS and not name.startswith("choose-")]


def _difference(one: Difference, names: CodeNames) -> Mapping[str, str]:
    return {
        "key": one.key,
        "label": events.field_name(one.key),
        "mine": events.said(one.key, one.mine, names),
        "stored": events.said(one.key, one.stored, names),
        "before": events.said(one.key, one.before, names),
    }
