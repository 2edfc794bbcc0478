"""Acts on several dated duties that were ticked on the list: the page that asks, and the act itself."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action, may
from portal.domain.relief import ReliefKind
from portal.extensions import session
from portal.queries import nudges, obligation_list
from portal.queries.obligation_filter import DutyFilter
from portal.services import duty_bulk
from portal.services.duty_bulk import Nudged, Outcome
from portal.web import guard
from portal.web.access import office
from portal.web.filters import date_short, period
from portal.web.forms.duty_bulk import DutyBulkForm
from portal.web.forms.outcome import attempt
from portal.web.languages import sentence
from portal.web.staff import duty_words

blueprint = Blueprint("duty_bulk", __name__, url_prefix="/kewajiban/pilihan")

NUDGE = "ingatkan"
LONGEST_ID = 9
"""So many digits have the keys of rows; more would be no number that the database knows."""
KINDS = {"geser": ReliefKind.EXTENSION, "bebaskan": ReliefKind.WAIVER}


def _act() -> str:
    asked = request.values.get("tindakan", "")
    if asked != NUDGE and asked not in KINDS:
        raise NotFound
    return asked


def _ids() -> tuple[int, ...]:
    texts = request.values.getlist("pilih")[: duty_bulk.MOST]
    return tuple(int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID)


@blueprint.get("")
@office()
def show() -> str | Response:
    """Ask before an act: which dates, who is told, what follows. Without an act it leads to the list."""
    if not request.args:
        return redirect(url_for("staff.obligations.index"), 303)
    return _page(_act(), DutyBulkForm(formdata=None))


def _page(act: str, form: DutyBulkForm) -> str:
    ids, today = _ids(), office_date(clock.now())
    form.reason.flags.required = True
    asked = DutyFilter(ids=ids, with_confidential=bool(may(guard.actor(), Action.SEE_CONFIDENTIAL)))
    rows = obligation_list.list_rows(session(), asked, limit=duty_bulk.MOST, today=today)
    people = nudges.recipients(session(), [row.id for row in rows], today=today) if act == NUDGE else ()
    verdict = may(guard.actor(), Action.RESEND_MESSAGE if act == NUDGE else Action.DECIDE_RELIEF)
    return render_template(
        "staff/duty_bulk/show.html",
        act=act,
        form=form,
        words=_words(act),
        rows=[{**duty_words.line(row), "id": row.id} for row in rows],
        recipients=[_recipient(each) for each in people],
        verdict=verdict,
        owed_by_us=any(row.owed_by_us for row in rows),
    )


def _words(act: str) -> dict[str, str]:
    return {
        NUDGE: {"title": _("Ingatkan sekarang"), "verb": _("Kirim pengingat")},
        "geser": {"title": _("Geser tenggat"), "verb": _("Geser tenggat")},
        "bebaskan": {"title": _("Bebaskan dari tenggat"), "verb": _("Bebaskan tenggat")},
    }[act]


def _recipient(each: nudges.Recipient) -> str:
    number = ngettext("%(n)s tenggat", "%(n)s tenggat", len(each.occurrence_ids), n=len(each.occurrence_ids))
    heard = ""
    if each.heard_on:
        heard = " " + _("Sudah diingatkan pada %(date)s.", date=date_short(each.heard_on))
    return f"{each.account.name}, {each.account.organisation.name}: {number}.{heard}"


@blueprint.post("")
@office()
def act() -> Response | tuple[str, int]:
    """Do it, and tell what was left out and why."""
    asked, form = _act(), DutyBulkForm()
    done = attempt(form, _doing(asked, form)) if form.validate_on_submit() else None
    if done is None:
        for error in form.form_errors:
            flash(error, "bad")
        return _page(asked, form), 422
    _tell(done)
    return redirect(url_for("staff.obligations.index"), 303)


def _doing(asked: str, form: DutyBulkForm) -> Callable[[], Nudged | Outcome]:
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    if asked == NUDGE:
        return lambda: duty_bulk.nudge(session(), _ids(), **stamp)
    easing = form.easing(KINDS[asked])
    return lambda: duty_bulk.ease(session(), _ids(), easing=easing, **stamp)


def _tell(done: Nudged | Outcome) -> None:
    if isinstance(done, Nudged):
        if done.told:
            flash(_("Pengingat disiapkan untuk: %(names)s.", names=", ".join(each.name for each in done.told)), "good")
        if done.already:
            names = ", ".join(each.name for each in done.already)
            flash(_("Hari ini sudah diingatkan: %(names)s.", names=names), "warn")
        return
    if done.done:
        flash(ngettext("%(n)s tenggat diubah.", "%(n)s tenggat diubah.", done.done, n=done.done), "good")
    for row, broken in done.left_out:
        said = period(row.period_key)
        name = f"{row.obligation.title}, {said}" if said else row.obligation.title
        flash(_("Dilewati: %(name)s. %(why)s", name=name, why=sentence(broken)), "warn")
