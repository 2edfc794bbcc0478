"""The page on which people say which stage an agreement has reached: what will happen, since when, why."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.agreement import MOVING, NEEDS_REASON, STAGES, UNSIGNED, Stage
from portal.domain.dates import office_date
from portal.domain.duty_change import Decision
from portal.domain.policy import Action
from portal.extensions import session
from portal.services import agreements, duty_changes
from portal.services.duty_changes import DutyPlan
from portal.web import guard, slugs
from portal.web.access import office
from portal.web.filters import label
from portal.web.forms.agreement_acts import StageForm
from portal.web.forms.outcome import attempt
from portal.web.staff.agreements import duty_preview, head, stage_choices
from portal.web.staff.agreements.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement


Plans = tuple[DutyPlan, ...]
LOOK = "look"
"""The button that only shows what would happen."""
LEGAL = frozenset({Stage.ACTIVE, Stage.SUSPENDED, Stage.TERMINATED, Stage.CANCELLED})
"""Stages that bind the parties or free them."""


def _is_look() -> bool:
    """Return whether the page only asks what would happen."""
    return guard.is_part() or request.form.get("act") == LOOK


def _binds() -> bool:
    """Return whether the page decides about the agreement itself and not only about the work on it."""
    return not _is_look() and request.form.get("to") in LEGAL


@blueprint.get("/<code>/tahap")
@office(Action.CHANGE_STAGE)
def stage(code: str) -> str:
    """Ask for the new stage; `ke` in the address asks for a certain one."""
    agreement = readable(code)
    form = _form(agreement)
    asked = slugs.STAGES.get(request.args.get("ke", ""))
    form.to.data = asked.value if asked in STAGES.after(agreement.stage) else None
    form.entered_on.data = office_date(clock.now())
    form.follow.data = True
    return _page(agreement, form, plans=_plans(agreement, form) if form.to.data else ())


@blueprint.post("/<code>/tahap")
@office(Action.CHANGE_STAGE, proof=_binds)
def change_stage(code: str) -> Response | tuple[str, int]:
    """Move the agreement to the stage that was chosen, once its effect on open duties has been seen."""
    agreement = readable(code)
    form = _form(agreement)
    if not form.validate():
        return _page(agreement, form), 422
    plans = _plans(agreement, form)
    if _is_look() or request.form.get("seen", "") != duty_preview.stamp(plans):
        return _page(agreement, form, plans=plans, unseen=not _is_look()), 200
    done = attempt(form, lambda: _decide(agreement, form))
    if not done:
        return _page(readable(code), form), 422
    flash(_("Tahap naskah sekarang: %(stage)s.", stage=label(done.stage)))
    return redirect(url_for("staff.agreements.show", code=code))


def _decision(agreement: "Agreement", form: StageForm) -> Decision:
    return Decision(
        to=Stage(form.to.data),
        entered_on=form.entered_on.data or office_date(clock.now()),
        reason=form.reason.data,
        signed_on=form.signed_on.data,
        duties=stage_choices.decision(agreement),
        follow=form.follow.data,
    )


def _plans(agreement: "Agreement", form: StageForm) -> Plans:
    """Return what would happen to the agreement's own duties, then to those of the agreements that follow it.

    Then to dates beneath it that are counted from its signing.
    """
    decision = _decision(agreement, form)
    found = duty_changes.of_decision(session(), agreement, decision, actor=guard.actor(), now=clock.now())
    return (found.own, *(found.followers if decision.follow else ()), *found.children)


def _decide(agreement: "Agreement", form: StageForm) -> Any:
    decision = _decision(agreement, form)
    return agreements.change_stage(session(), agreement, decision, actor=guard.actor(), now=clock.now())


def _form(agreement: "Agreement") -> StageForm:
    form = StageForm()
    after = STAGES.after(agreement.stage)
    form.to.choices = [(one.value, label(one)) for one in (*MOVING, *NEEDS_REASON_IN_ORDER) if one in after]
    return form


NEEDS_REASON_IN_ORDER = tuple(one for one in Stage if one in NEEDS_REASON)


def _page(agreement: "Agreement", form: StageForm, *, plans: Plans = (), unseen: bool = False) -> str:
    chosen = Stage(form.to.data) if form.to.data in set(Stage) else None
    form.reason.flags.required = chosen in NEEDS_REASON
    form.signed_on.flags.required = chosen is Stage.ACTIVE
    signs = chosen is Stage.ACTIVE and agreement.stage in UNSIGNED
    return render_template(
        "staff/agreements/stage.html",
        agreement=agreement,
        form=form,
        chosen=chosen,
        title=_title(chosen),
        verb=head.stage_verb(chosen) if chosen else _("Ubah tahap"),
        now=_("Tahap sekarang: %(stage)s.", stage=label(agreement.stage)),
        effects=_effects(chosen),
        needs_signing=any(form.signed_on.raw_data or ())
        or (chosen in {None, Stage.ACTIVE} and agreement.signed_on is None and _reaches_signing(agreement)),
        danger=chosen in {Stage.TERMINATED, Stage.CANCELLED},
        asked=stage_choices.asked(agreement, chosen, stage_choices.decision(agreement), form.entered_on.data),
        preview=duty_preview.shown(plans) if plans else None,
        unseen=unseen,
        follows=_followers(agreement) if signs else [],
    )


def _followers(agreement: "Agreement") -> list[str]:
    return [one.code for one in duty_changes.given_new_end(session(), agreement, actor=guard.actor())]


def _reaches_signing(agreement: "Agreement") -> bool:
    return Stage.ACTIVE in STAGES.after(agreement.stage)


def _title(chosen: Stage | None) -> str:
    return _("Ubah tahap menjadi %(stage)s", stage=label(chosen)) if chosen else _("Ubah tahap naskah")


def _effects(chosen: Stage | None) -> list[str]:
    told = {
        Stage.ACTIVE: _("Naskah dinyatakan berlaku; jadwal kewajiban dan pengingat dibuat menurut tanggalnya."),
        Stage.SUSPENDED: _("Pengingat berhenti sampai naskah dinyatakan berlaku kembali."),
        Stage.TERMINATED: _("Naskah diakhiri sebelum waktunya; pengingat berhenti kecuali untuk yang masih terutang."),
        Stage.CANCELLED: _("Naskah tidak dilanjutkan; catatan dan riwayatnya tetap ada."),
    }
    recorded = _("Tanggal dan nama Anda tercatat pada riwayat.")
    shown = _("Bila ada tenggat yang ikut berubah, akibatnya tampil dulu sebelum disimpan.")
    return [told[chosen], recorded] if chosen in told else [recorded, shown]
