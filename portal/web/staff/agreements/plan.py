"""The reminders of the next 90 days on the page of one agreement: the next five, the rest behind them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for

from portal.extensions import session
from portal.queries import calendar_days, ledger_coming
from portal.queries.ledger import LedgerFilter
from portal.web.staff import reminder_book

if TYPE_CHECKING:
    from portal.models import Agreement

Item = dict[str, Any]

NEXT = 5


def card(agreement: "Agreement", today: date) -> Item:
    """Return what waits to leave and what will come, as lines of the book; its reader may read the agreement."""
    calendar = calendar_days.working_calendar(session())
    asked = LedgerFilter(agreement_code=agreement.code, with_confidential=True)
    found = ledger_coming.list_plan(session(), asked, today=today, calendar=calendar)
    lines = _together([reminder_book.line(row, calendar) for row in found.rows])
    return {
        "next": lines[:NEXT],
        "later": lines[NEXT:],
        "total": found.total,
        "href": url_for("staff.reminders.index", naskah=agreement.code),
    }


def _together(lines: list[Item]) -> list[Item]:
    """Return one line for a step, with everybody who hears it, instead of one for each of them."""
    steps: dict[tuple[str, ...], Item] = {}
    for line in lines:
        about = line["subjects"][0]
        key = (line["when"], about["title"], about["step"], line["channel"], line["chip"]["text"])
        step = steps.setdefault(key, {**about, "when": line["when"], "who": [], "how": ", ".join(key[3:])})
        step["who"].append(line["who"])
    return list(steps.values())
