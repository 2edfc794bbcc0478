"""The book of reminders: what is planned, sent, failed and passed over, and why; resending, releasing, declining."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import calendar_days, jobs, ledger, ledger_coming, ledger_mails, unheard
from portal.queries.ledger import LedgerFilter, LedgerPage
from portal.services import notices, reminders
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.forms.outcome import attempt
from portal.web.listing import Place, filter_name, notice
from portal.web.staff import reminder_book

blueprint = Blueprint("reminders", __name__, url_prefix="/pengingat")


@blueprint.get("")
@office(Action.SEE_LEDGER)
def index() -> str:
    """Show one tab of the book; tab, filters and page stand in the address."""
    asked = Asked(request.args)
    tab = "rencana" if asked.one_of("tab", reminder_book.TABS) is None else asked.text("tab")
    place = Place(endpoint="staff.reminders.index", asked=asked)
    wanted = reminder_book.read(asked, guard.actor())
    found, calendar = _found(tab, wanted), calendar_days.working_calendar(session())
    return render_template(
        "staff/reminders/index.html",
        asked=asked,
        tab=tab,
        rows=[reminder_book.line(row, calendar) for row in found.rows],
        pager=reminder_book.pages(place, wanted, found, is_exact=tab == "rencana"),
        **_around(place, tab),
    )


def _found(tab: str, wanted: LedgerFilter) -> LedgerPage:
    if tab == "rencana":
        calendar = calendar_days.working_calendar(session())
        return ledger_coming.list_plan(session(), wanted, today=office_date(clock.now()), calendar=calendar)
    reading = {
        "terkirim": ledger_mails.list_sent,
        "gagal": ledger_mails.list_failed,
        "dilewati": ledger.list_passed_over,
    }
    return reading[tab](session(), wanted)


def _around(place: Place, tab: str) -> dict[str, Any]:
    """Return what every tab shows around its rows."""
    now, chips = clock.now(), reminder_book.chips(place)
    calendar = calendar_days.working_calendar(session()).assumed()
    readable = bool(policy.may(guard.actor(), Action.SEE_CONFIDENTIAL))
    return {
        "tabs": reminder_book.tabs(place, tab, dead=ledger_mails.count_dead(session())),
        "chips": chips,
        "notice": notice(place.asked),
        "filter_name": filter_name(chips),
        "kinds": reminder_book.kinds(),
        "strip": reminder_book.strip(jobs.sweep_standing(session(), now=now)),
        "held": ledger.count_held(session()),
        "unheard": unheard.subjects_without_recipient(
            session(), today=office_date(now), calendar=calendar, with_confidential=readable
        ),
        "may_resend": policy.may(guard.actor(), Action.RESEND_MESSAGE),
    }


@blueprint.route("/surel/<key>/kirim-ulang", methods=["GET", "POST"])
@office(Action.RESEND_MESSAGE)
def resend(key: str) -> str | Response | tuple[str, int]:
    """Ask, then try a failed mail again."""
    form, message = FlaskForm(), ledger_mails.get_message(session(), key)
    readable = bool(policy.may(guard.actor(), Action.SEE_CONFIDENTIAL))
    mail = ledger_mails.get_mail(session(), key, with_confidential=readable)
    if request.method == "GET":
        return render_template("staff/reminders/resend.html", form=form, mail=mail)
    acted = attempt(form, lambda: notices.resend(session(), message, actor=guard.actor(), now=clock.now()))
    if not acted:
        return render_template("staff/reminders/resend.html", form=form, mail=mail), 422
    flash(_("Surel dimasukkan kembali ke antrean dan segera dicoba."), "good")
    return redirect(url_for("staff.reminders.index", tab="gagal"), 303)


@blueprint.route("/ditahan/lepas", methods=["GET", "POST"])
@office(Action.RESEND_MESSAGE)
def release() -> str | Response:
    """Ask, then let go what the brake held back."""
    if request.method == "GET":
        return render_template("staff/reminders/release.html", held=ledger.count_held(session()))
    count = reminders.release_held(session(), actor=guard.actor(), now=clock.now())
    flash(_("%(n)s pengingat dilepas dan dikirim pada jam kerja berikutnya.", n=count), "good")
    return redirect(url_for("staff.reminders.index"), 303)


@blueprint.route("/ditahan/batalkan", methods=["GET", "POST"])
@office(Action.RESEND_MESSAGE)
def decline() -> str | Response:
    """Ask, then decide that what the brake held back is never sent."""
    if request.method == "GET":
        return render_template("staff/reminders/decline.html", held=ledger.count_held(session()))
    count = reminders.decline_held(session(), actor=guard.actor(), now=clock.now())
    flash(_("%(n)s pengingat dibatalkan. Langkah berikutnya tetap direncanakan.", n=count), "good")
    return redirect(url_for("staff.reminders.index"), 303)
