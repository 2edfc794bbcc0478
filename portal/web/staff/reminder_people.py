"""Why somebody did or did not get a reminder: the book of one person, one's own or anybody's."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreements, calendar_days, ledger_person
from portal.web import guard, person_book
from portal.web.access import office
from portal.web.asked import Asked

blueprint = Blueprint("reminder_people", __name__, url_prefix="/pengingat")


@blueprint.get("/saya")
@office()
def mine() -> str:
    """Show the book of the person who is signed in."""
    return render_template("staff/reminder_people/mine.html", **_book(guard.actor().account_id or 0))


@blueprint.get("/orang/<int:number>")
@office(Action.SEE_LEDGER)
def show(number: int) -> str:
    """Show the book of anybody."""
    return render_template("staff/reminder_people/show.html", **_book(number))


def _book(account_id: int) -> dict[str, Any]:
    """Return everything on the page of one person; `naskah` in the address asks about one agreement."""
    now, asked, source = clock.now(), Asked(request.args), session()
    account, calendar = ledger_person.get_account(source, account_id), calendar_days.working_calendar(source)
    readable, today = bool(may(guard.actor(), Action.SEE_CONFIDENTIAL)), office_date(now)
    span: dict[str, Any] = {"today": today, "calendar": calendar}
    book = ledger_person.book_of(source, account, now=now, readable=readable, **span)
    code = asked.text("naskah")
    agreement = agreements.find(source, code) if code else None
    if agreement is not None and agreement.is_confidential and not readable:
        agreement = None
    obstacles = person_book.obstacles(book.reachability)
    found = ledger_person.answer(source, account, agreement.code, **span) if agreement else None
    return {
        "account": account,
        "obstacles": obstacles,
        "parts": person_book.parts(book, calendar, lambda code: url_for("staff.agreements.show", code=code)),
        "asked": code,
        "answers": person_book.answers(found, account.name, reachable=not obstacles) if found else [],
        "is_unknown": bool(code) and agreement is None,
    }
