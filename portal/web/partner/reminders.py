"""Why a partner's person did or did not get a reminder: their own book, never anybody else's."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import separate_session, session
from portal.queries import calendar_days, ledger_person, partner_agreements
from portal.web import guard, person_book
from portal.web.access import partner
from portal.web.asked import Asked

blueprint = Blueprint("reminders", __name__, url_prefix="/pengingat")

MOST = 8
"""So many rows of each part: the page stays light on an old telephone."""


@blueprint.get("")
@partner()
def index() -> str:
    """Show the book of the person who is signed in."""
    return render_template("partner/reminders/index.html", **_book(guard.actor().account_id or 0))


def _own_agreement(code: str) -> str | None:
    """Return the code of an agreement that the partner's own session finds, else None."""
    found = partner_agreements.list_of_partner(session(), organisation_id=guard.own_organisation_id())
    return next((agreement.code for agreement in found if agreement.code == code), None)


def _book(account_id: int) -> dict[str, Any]:
    """Return everything on the page. The book is the office's, so an own session reads it, for this account alone."""
    now, asked = clock.now(), Asked(request.args)
    code = asked.text("naskah")
    own = _own_agreement(code) if code else None
    with separate_session() as source:
        account, calendar = ledger_person.get_account(source, account_id), calendar_days.working_calendar(source)
        span: dict[str, Any] = {"today": office_date(now), "calendar": calendar}
        book = ledger_person.book_of(source, account, now=now, readable=True, **span)
        found = ledger_person.answer(source, account, own, **span) if own else None
    obstacles = person_book.obstacles(book.reachability)
    return {
        "obstacles": obstacles,
        "parts": person_book.parts(
            book, calendar, lambda code: url_for("partner.agreements.show", code=code), most=MOST
        ),
        "asked": code,
        "answers": person_book.answers(found, account.name, reachable=not obstacles) if found else [],
        "is_unknown": bool(code) and own is None,
    }
