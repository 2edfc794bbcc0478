"""Lists of the office as Excel files: what the page shows under its filters, all pages together."""

import tempfile
from collections.abc import Sequence
from itertools import chain

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from portal import clock
from portal.documents import table_file
from portal.documents.table_file import Sheet
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import (
    agreements,
    calendar_days,
    ledger,
    ledger_coming,
    ledger_mails,
    obligation_list,
    shared_drafts,
)
from portal.web import downloads, guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.staff import duty_list, duty_sheet, reminder_book, reply_sheet
from portal.web.staff.reminder_sheets import ReminderSheets
from portal.web.staff.sheet_limit import ASKED_FOR

blueprint = Blueprint("exports", __name__)


@blueprint.get("/kewajiban/unduh")
@office()
def duties() -> Response:
    """Return the list of dated duties, by whatever filter the address carries."""
    today = office_date(clock.now())
    wanted = duty_list.read(Asked(request.args), actor=guard.actor(), today=today)
    rows = obligation_list.iterate(session(), wanted, limit=ASKED_FOR, today=today)
    return _sent([duty_sheet.sheet(rows)], name=f"kewajiban-{today}.xlsx")


@blueprint.get("/pengingat/unduh")
@office(Action.SEE_LEDGER)
def reminders() -> Response:
    """Return all tabs of the book of reminders, a sheet each, by whatever filter the address carries."""
    wanted = reminder_book.read(Asked(request.args), guard.actor())
    today, calendar = office_date(clock.now()), calendar_days.working_calendar(session())
    many = {"limit": ASKED_FOR}
    waiting = ledger.iterate_waiting(session(), wanted, **many)
    ahead = ledger_coming.iterate_coming(session(), wanted, today=today, calendar=calendar, **many)
    passed_over = ledger.iterate_passed_over(session(), wanted, **many)
    made = ReminderSheets(calendar)
    sheets = [
        made.reminders(_("Rencana"), chain(waiting, ahead)),
        made.mails(_("Terkirim"), ledger_mails.iterate_sent(session(), wanted, **many)),
        made.mails(_("Gagal"), ledger_mails.iterate_failed(session(), wanted, **many)),
        made.reminders(_("Dilewati"), passed_over),
    ]
    return _sent(sheets, name=f"buku-pengingat-{today}.xlsx")


@blueprint.get("/naskah/<code>/tanggapan/<int:sharing_id>/unduh")
@office(Action.SEE_AGREEMENT)
def replies(code: str, sharing_id: int) -> Response:
    """Return the answers of a partner to a shared draft, a row a Pasal; nothing before they were sent."""
    agreement = agreements.get_for(session(), code, actor=guard.actor())
    row = shared_drafts.get(session(), agreement, sharing_id)
    if row.sent_at is None:
        raise NotFound
    return _sent([reply_sheet.sheet(row)], name=f"tanggapan-{code}-{row.organisation.code}-{row.number}.xlsx")


def _sent(sheets: Sequence[Sheet], *, name: str) -> Response:
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed at its end, or with the response that sends it
    table_file.write(made, sheets)
    made.seek(0, 2)
    return downloads.spooled(made, name=name, media_type=downloads.XLSX)
