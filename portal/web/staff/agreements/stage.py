"""The page on which people say which stage an agreement has reached: what will happen, since when, why."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.agreement import MOVING, NEEDS_REASON, STAGES, Stage
from portal.domain.dates import office_date
from portal.domain.duty_change import Decision
from portal.domain.policy import Action
from portal.extensions import session
from portal.services import agreements
from portal.web import guard, slugs
from portal.web.access import office
from portal.web.filters import label
from portal.web.forms.agreement_acts import StageForm
from portal.web.forms.outcome import attempt
from portal.web.staff.agreements import head
from portal.web.staff.agreements.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement


@blueprint.get("/<code>/tahap")
@office(Action.CHANGE_STAGE)
def stage(code: str) -> str:
    """Ask for the new stage; `ke` in the address asks for a certain one."""
    agreement = readable(code)
    form = _form(agreement)
    asked = slugs.STAGES.get(request.args.get("ke", ""))
    form.to.data = asked.value if asked in STAGES.after(agreement.stage) else None
    form.entered_on.data = office_date(clock.now())
    return _page(agreement, form)


@blueprint.post("/<code>/tahap")
@office(Action.CHANGE_STAGE)
def change_stage(code: str) -> Response | tuple[str, int]:
    """Move the agreement to the stage that was chosen."""
    agreement = readable(code)
    form = _form(agreement)
    done = form.validate() and attempt(form, lambda: _decide(agreement, form))
    if not done:
        return _page(readable(code), form), 422
    flash(_("Tahap naskah sekarang: %(stage)s.", stage=label(done.stage)))
    return redirect(url_for("staff.agreements.show", code=code))


def _decide(agreement: "Agreement", form: StageForm) -> Any:
    decision = Decision(
        to=Stage(form.to.data),
        entered_on=form.entered_on.data,
        reason=form.reason.data,
        signed_on=form.signed_on.data,
    )
    return agreements.change_stage(session(), agreement, decision, actor=guard.actor(), now=clock.now())


def _form(agreement: "Agreement") -> StageForm:
    form = StageForm()
    after = STAGES.after(agreement.stage)
    form.to.choices = [(one.value, label(one)) for one in (*MOVING, *NEEDS_REASON_IN_ORDER) if one in after]
    return form


NEEDS_REASON_IN_ORDER = tuple(one for one in Stage if one in NEEDS_REASON)


def _page(agreement: "Agreement", form: StageForm) -> str:
    chosen = Stage(form.to.data) if form.to.data in set(Stage) else None
    form.reason.flags.required = chosen in NEEDS_REASON
    return render_template(
        "staff/agreements/stage.html",
        agreement=agreement,
        form=form,
        chosen=chosen,
        title=_title(chosen),
        verb=head.stage_verb(chosen) if chosen else _("Ubah tahap"),
        effects=_effects(agreement, chosen),
        needs_signing=chosen in {None, Stage.ACTIVE} and agreement.signed_on is None and _reaches_signing(agreement),
        danger=chosen in {Stage.TERMINATED, Stage.CANCELLED},
    )


def _reaches_signing(agreement: "Agreement") -> bool:
    return Stage.ACTIVE in STAGES.after(agreement.stage)


def _title(chosen: Stage | None) -> str:
    return _("Ubah tahap menjadi %(stage)s", stage=label(chosen)) if chosen else _("Ubah tahap naskah")


def _effects(agreement: "Agreement", chosen: Stage | None) -> list[str]:
    now = _("Tahap sekarang: %(stage)s.", stage=label(agreement.stage))
    told = {
        Stage.ACTIVE: _("Naskah dinyatakan berlaku; jadwal kewajiban dan pengingat dibuat menurut tanggalnya."),
        Stage.SUSPENDED: _("Pengingat dan tenggat berhenti sampai naskah dinyatakan berlaku kembali."),
        Stage.TERMINATED: _("Naskah diakhiri sebelum waktunya; pengingat berhenti dan tenggat mendatang dibatalkan."),
        Stage.CANCELLED: _("Naskah tidak dilanjutkan; catatan dan riwayatnya tetap ada."),
    }
    return [now, told[chosen]] if chosen in told else [now, _("Tanggal dan nama Anda tercatat pada riwayat.")]
