"""The office's first page (design: ux W1a): what is late, what comes, how much there is of everything."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template

from portal import clock
from portal.domain.dates import month_days, office_date
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreement_list, calendar_days, obligation_numbers, organisation_choices, ratings, tasks
from portal.queries import home as figures
from portal.web import guard, rating_words
from portal.web.access import office
from portal.web.filters import zone
from portal.web.staff import backup_rows, home_page, task_rows

blueprint = Blueprint("home", __name__)

YEAR = timedelta(days=365)
"""So far back the answers of partners about us are counted together."""


@blueprint.get("")
@office()
def show() -> str:
    """Show the first page of the person who is signed in."""
    now = clock.now()
    today = office_date(now)
    signed = guard.signed_in()
    found = tasks.list_tasks(session(), actor=guard.actor(), today=today)
    numbers = tasks.morning(found)
    return render_template(
        "staff/home/show.html",
        greeting=home_page.greeting(now, zone(), signed.greeting if signed else guard.actor().name),
        today=today,
        late=numbers.late,
        soon=numbers.soon,
        task_groups=task_rows.groups(found, most=home_page.ROWS),
        task_count=len(found),
        **_figures(now),
    )


def _figures(now: datetime) -> dict[str, Any]:
    """Return everything on the page that is counted, in a fixed number of statements."""
    today, actor, source = office_date(now), guard.actor(), session()
    readable = bool(may(actor, Action.SEE_CONFIDENTIAL))
    days = month_days(today.year, today.month)
    span: dict[str, Any] = {"with_confidential": readable, "today": today}
    tally = agreement_list.tally(source, officer_id=actor.account_id, **span)
    kept = figures.kept(source, **span)
    due = obligation_numbers.days_of_month(source, days[0], days[-1], **span)
    return {
        "numbers": home_page.numbers(tally, undecided=kept.undecided_soon),
        "total": tally.total,
        "calendar": home_page.calendar(due, today, calendar_days.holidays_between(source, days[0], days[-1])),
        "compliance": home_page.compliance(kept.compliance) if kept.compliance.total else [],
        "compliance_from": kept.compliance.due_from,
        **_ratings(now, readable=readable),
        "endings": home_page.endings(kept.endings),
        "provinces": home_page.provinces(kept.by_province, organisation_choices.list_provinces(source)),
        "strip": [*backup_rows.strip(now), *home_page.strip(figures.health(source, now=now))],
    }


def _ratings(now: datetime, *, readable: bool) -> dict[str, Any]:
    """Return what partners said about us in a year, never as an average of a few answers."""
    since = now - YEAR
    found = ratings.summary_since(session(), since, with_confidential=readable)
    return {
        "rating_number": rating_words.number_said(found) if found.number else None,
        "rating_bars": rating_words.bars(found),
    }
