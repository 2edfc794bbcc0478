"""The trail: what happened, by filter; one entry with before and after; the same as a file (design: ux W14)."""

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action, may
from portal.domain.wording.events import REFUSED
from portal.extensions import session
from portal.queries import audit_list as reading
from portal.queries.audit_list import AuditRow
from portal.web import downloads, guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.listing import Place, filter_name, notice
from portal.web.staff import audit_rows
from portal.web.staff.sheet_limit import ASKED_FOR, limited

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

CSV = "text/csv; charset=utf-8"


def _readable() -> bool:
    return bool(may(guard.actor(), Action.SEE_CONFIDENTIAL))


@blueprint.get("")
@office(Action.SEE_AUDIT)
def index() -> str:
    """List what happened, the newest first, by whatever filter the address carries."""
    asked = Asked(request.args)
    place = Place(endpoint="staff.audit.index", asked=asked)
    wanted = audit_rows.read(asked)
    page = reading.find_page(session(), wanted, before=audit_rows.before(asked), readable=_readable())
    return render_template(
        "staff/audit/index.html",
        rows=[audit_rows.line(row) for row in page.rows],
        older=place.link(sebelum=str(page.older)) if page.older else None,
        newest=place.link(sebelum=None) if asked.text("sebelum") else None,
        **_filter(place),
    )


def _filter(place: Place) -> dict[str, Any]:
    """Return the filter of the list, and the address of the same as a file."""
    asked, known = place.asked, audit_rows.choices(reading.actions(session()))
    chips = audit_rows.chips(place, known)
    words = {name: value for name, value in asked.args.items() if name != "sebelum"}
    return {
        "asked": asked,
        "choices": known,
        "chips": chips,
        "filter_name": filter_name(chips),
        "notice": notice(asked),
        "download": url_for("staff.audit.export", **words),  # type: ignore[arg-type]
    }


@blueprint.get("/<int:number>")
@office(Action.SEE_AUDIT)
def show(number: int) -> str:
    """Show one entry: who, what, before and after, and whether its seal is whole."""
    row = reading.get(session(), number, readable=_readable())
    whole = reading.is_whole(session(), number, current_app.config["SETTINGS"].audit_keys)
    seals = {
        True: {"text": _("Utuh"), "tone": "good"},
        False: {"text": _("Tidak utuh"), "tone": "bad"},
        None: {"text": _("Belum bersegel"), "tone": "warn"},
    }
    return render_template(
        "staff/audit/show.html",
        row=row,
        line=audit_rows.line(row),
        is_refused=row.action in REFUSED,
        seal=seals[whole],
        particulars=None if row.detail is None else audit_rows.particulars(row.detail),
    )


@blueprint.get("/unduh")
@office(Action.SEE_AUDIT)
def export() -> Response:
    """Return the trail as a CSV file by whatever filter the address carries; its last line is the hash of the rest."""
    wanted = audit_rows.read(Asked(request.args))
    entries = reading.iterate(session(), wanted, limit=ASKED_FOR, readable=_readable())
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed at its end, or with the response that sends it
    digest = hashlib.sha256()
    for text in _lines(entries):
        digest.update(text)
        made.write(text)
    made.write(f"SHA-256,{digest.hexdigest()}\r\n".encode())
    response = downloads.spooled(made, name=f"jejak-audit-{office_date(clock.now())}.csv", media_type=CSV)
    response.headers["X-Content-SHA256"] = digest.hexdigest()
    return response


def _lines(rows: Iterator[AuditRow]) -> Iterator[bytes]:
    """Yield the lines of the file, headings first, each as it is written."""
    yield _line(audit_rows.HEADINGS)
    for cells in limited(list(audit_rows.cells(row)) for row in rows):
        yield _line(cells)


def _line(cells: object) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow(cells)  # type: ignore[arg-type]
    return written.getvalue().encode()
