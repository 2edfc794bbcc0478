"""More time for one date: the partner asks, sees what became of it, and takes it back."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.dates import days_between, office_date
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Action
from portal.domain.relief import ReliefStage
from portal.extensions import session
from portal.queries import reliefs as requests
from portal.services import reliefs
from portal.web import guard, report_parts
from portal.web.access import partner
from portal.web.filters import date_weekday, days_left, period, zone
from portal.web.forms.outcome import attempt
from portal.web.forms.relief import AskForm
from portal.web.partner import relief_rows

if TYPE_CHECKING:
    from portal.models import Occurrence

blueprint = Blueprint("reliefs", __name__, url_prefix="/tenggat")


def _own(occurrence_id: int) -> "Occurrence":
    return requests.date_of_partner(session(), occurrence_id, organisation_id=guard.own_organisation_id())


@blueprint.get("/<int:occurrence_id>/perpanjangan")
@partner()
def show(occurrence_id: int) -> str:
    """Show the form for more time, and what was asked before."""
    return _show(occurrence_id, AskForm(formdata=None))


def _show(occurrence_id: int, form: AskForm) -> str:
    row = _own(occurrence_id)
    asked = requests.own_of_date(session(), occurrence_id, organisation_id=guard.own_organisation_id())
    waits = any(each.stage is ReliefStage.ASKED for each in asked)
    duty, said = row.obligation, period(row.period_key)
    return render_template(
        "partner/reliefs/show.html",
        form=form,
        row=row,
        name=f"{duty.title}, {said}" if said else duty.title,
        agreement=duty.agreement,
        due=date_weekday(row.due_on),
        left=days_left(days_between(office_date(clock.now(), zone()), row.due_on)),
        events=[relief_rows.event(each) for each in asked],
        waits=waits,
        is_open=row.stage is OccurrenceStage.OPEN and not waits,
        locked=report_parts.reason(policy.may(guard.actor(), Action.ASK_RELIEF)),
    )


@blueprint.post("/<int:occurrence_id>/perpanjangan")
@partner(Action.ASK_RELIEF)
def ask(occurrence_id: int) -> Response | tuple[str, int]:
    """Ask for more time."""
    form = AskForm()
    if not form.validate_on_submit() or attempt(form, lambda: _asked(occurrence_id, form)) is None:
        return _show(occurrence_id, form), 422
    flash(_("Permintaan Anda terkirim. Kami memberi tahu Anda lewat surel sesudah diputuskan."), "good")
    return redirect(url_for("partner.reliefs.show", occurrence_id=occurrence_id), 303)


def _asked(occurrence_id: int, form: AskForm) -> bool:
    actor, own = guard.actor(), guard.own_organisation_id()
    reliefs.ask(session(), _own(occurrence_id), wish=form.wish(), organisation_id=own, actor=actor, now=clock.now())
    return True


@blueprint.post("/<int:occurrence_id>/perpanjangan/tarik")
@partner(Action.ASK_RELIEF)
def withdraw(occurrence_id: int) -> Response:
    """Take the request that waits back."""
    own = guard.own_organisation_id()
    _own(occurrence_id)
    for relief in requests.own_of_date(session(), occurrence_id, organisation_id=own):
        if relief.stage is ReliefStage.ASKED:
            reliefs.withdraw(session(), relief, actor=guard.actor(), now=clock.now())
    flash(_("Permintaan ditarik kembali. Batas waktu tidak berubah."), "info")
    return redirect(url_for("partner.reliefs.show", occurrence_id=occurrence_id), 303)
