"""Pages of the ladders of reminders: read, change after seeing the effect, copy for obligations."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.domain.reminder import Rule
from portal.extensions import session
from portal.queries import calendar_days, ladders
from portal.services import reminder_ladders
from portal.web import guard
from portal.web.access import office
from portal.web.asked import whole
from portal.web.forms.ladder import LadderForm, LadderNameForm
from portal.web.forms.outcome import attempt
from portal.web.staff import ladder_page

if TYPE_CHECKING:
    from portal.models import ReminderLadder

blueprint = Blueprint("ladders", __name__, url_prefix="/pengingat/aturan")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@office(Action.SEE_LEDGER)
def index() -> str:
    """Show every ladder in words."""
    verdict = policy.may(guard.actor(), Action.EDIT_REMINDER_RULE)
    rows = [ladder_page.ladder(row) for row in ladders.list_all(session())]
    reason = _(verdict.reason) if verdict.reason else ""
    return render_template("staff/ladders/index.html", ladders=rows, may_edit=bool(verdict), reason=reason)


@blueprint.route("/<int:number>", methods=["GET", "POST"])
@office(Action.EDIT_REMINDER_RULE)
def edit(number: int) -> Answer:
    """Change a ladder; the first button only shows what the change would do."""
    row = ladders.get(session(), number)
    value, form = ladders.value_of(row), LadderForm()
    if request.method == "GET":
        return _page(row, form.show(value, row.version))
    rules = attempt(form, lambda: form.rules(value)) if form.validate() else None
    if rules is None:
        return _page(row, form), 422
    if "preview" in request.form:
        return _page(row, form, rules)
    return _saved(row, form, rules)


def _saved(row: "ReminderLadder", form: LadderForm, rules: tuple[Rule, ...]) -> Answer:
    stamp: dict[str, Any] = {"version": _version(form), "actor": guard.actor(), "now": clock.now()}
    ended = attempt(form, lambda: reminder_ladders.edit(session(), row, rules, **stamp))
    if ended is None:
        return _page(row, form), 422
    flash(
        ngettext(
            "Aturan disimpan. %(n)s pengingat yang belum dikirim dibatalkan; yang baru direncanakan besok pagi.",
            "Aturan disimpan. %(n)s pengingat yang belum dikirim dibatalkan; yang baru direncanakan besok pagi.",
            ended,
            n=ended,
        )
    )
    return redirect(url_for("staff.ladders.index"), 303)


def _version(form: LadderForm) -> int:
    told = str(form.version.data or "")
    return whole(told)


def _page(row: "ReminderLadder", form: LadderForm, rules: tuple[Rule, ...] | None = None) -> str:
    fields = ladder_page.fields(form, row.subject_kind)
    shown: dict[str, Any] = {"row": row, "form": form, "fields": fields, "effect": None}
    if rules:
        calendar = calendar_days.working_calendar(session())
        found, ended = ladders.effect_of(session(), row, rules, today=office_date(clock.now()), calendar=calendar)
        shown["effect"] = ladder_page.effect(row.subject_kind, found, ended)
    return render_template("staff/ladders/edit.html", **shown)


@blueprint.route("/<int:number>/salin", methods=["GET", "POST"])
@office(Action.EDIT_REMINDER_RULE)
def copy(number: int) -> Answer:
    """Make a ladder for single obligations out of another."""
    row, form = ladders.get(session(), number), LadderNameForm()
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    made = form.validate_on_submit() and attempt(
        form, lambda: reminder_ladders.copy(session(), row, name=form.name.data or "", **stamp)
    )
    if made:
        return redirect(url_for("staff.ladders.edit", number=made.id), 303)
    answer = render_template("staff/ladders/copy.html", row=row, form=form)
    return (answer, 422) if request.method == "POST" else answer
