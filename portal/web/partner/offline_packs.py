"""Reports filled in away from the portal: download the workbook, upload it, see what is wrong, accept what is right."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import offline_packs as reading
from portal.services import offline_packs
from portal.services.offline_packs import Desk, Incoming
from portal.web import downloads, guard, report_parts
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.forms.offline_pack import SEND, AcceptForm, WorkbookForm
from portal.web.forms.outcome import attempt
from portal.web.partner import offline_pack_page, offline_pack_sheet

if TYPE_CHECKING:
    from portal.models import WorkbookReceipt

blueprint = Blueprint("offline_packs", __name__)

Answer = str | AnyResponse | tuple[str, int]


def _desk() -> Desk:
    settings = current_app.config["SETTINGS"]
    return Desk(
        storage=current_app.extensions["storage"], secret=settings.secret_key, older=tuple(settings.old_secret_keys)
    )


def _stamp() -> dict[str, Any]:
    return {"desk": _desk(), "actor": guard.actor(), "now": clock.now()}


def _duties() -> tuple[reading.OpenDuty, ...]:
    today = office_date(clock.now(), zone())
    return reading.open_duties(session(), organisation_id=guard.own_organisation_id(), today=today)


def _page(form: WorkbookForm) -> str:
    sent = reading.latest(session(), organisation_id=guard.own_organisation_id())
    return render_template(
        "partner/offline_packs/index.html", form=form, count=len(_duties()), sent=offline_pack_page.listed(sent)
    )


@blueprint.get("/isian")
@partner(Action.WRITE_REPORT)
def index() -> str:
    """Say how it is done, and list what was sent."""
    return _page(WorkbookForm())


@blueprint.get("/unduh-isian")
@partner(Action.WRITE_REPORT)
def download() -> Response:
    """Send the workbook of all reports that are asked for now."""
    sealer = offline_packs.sealer(guard.actor(), offline_packs.new_pack(), secret=current_app.config["SECRET_KEY"])
    name = reading.organisation_name(session(), guard.own_organisation_id())
    content = offline_pack_sheet.book(_duties(), sealer, organisation=name)
    return downloads.made(name="isian-laporan.xlsx", content=content, media_type=downloads.XLSX)


@blueprint.post("/isian")
@partner(Action.WRITE_REPORT)
def take_in() -> Answer:
    """Take in a workbook and go on to what was found in it; the same file leads to the same page."""
    form = WorkbookForm()
    if form.validate():
        sent = form.workbook.data
        incoming = Incoming(name=sent.filename or "", content=sent.read())
        row = attempt(form, lambda: offline_packs.take_in(session(), incoming, **_stamp()))
        if row is not None:
            return redirect(url_for("partner.offline_packs.check", code=row.code), 303)
    return _page(form), 422


def _own(code: str, *, for_change: bool = False) -> "WorkbookReceipt":
    own = guard.own_organisation_id()
    return reading.receipt_of(session(), code, organisation_id=own, for_change=for_change)


def _check(row: "WorkbookReceipt", form: AcceptForm) -> str:
    judged = offline_packs.check(session(), row, desk=_desk(), actor=guard.actor())
    faults = offline_pack_page.faults(judged)
    return render_template(
        "partner/offline_packs/check.html",
        name=row.name,
        code=row.code,
        form=form,
        counts=offline_pack_page.counts(judged),
        right=sum(bool(each.typed) for each in judged),
        faults=faults[: offline_pack_page.MOST_FAULTS],
        more=max(0, len(faults) - offline_pack_page.MOST_FAULTS),
        locked=report_parts.reason(offline_packs.may_send(session(), actor=guard.actor(), now=clock.now())),
    )


@blueprint.get("/isian/<code>")
@partner(Action.WRITE_REPORT)
def check(code: str) -> Answer:
    """Show what a workbook holds and what is wrong with it by cell; one that was accepted has its receipt."""
    row = _own(code)
    if row.accepted_at is not None:
        return redirect(url_for("partner.offline_packs.receipt", code=code), 303)
    return _check(row, AcceptForm())


@blueprint.get("/isian/<code>/tanda-terima")
@partner(Action.WRITE_REPORT)
def receipt(code: str) -> Answer:
    """Show what was accepted of a workbook and what was not."""
    row = _own(code)
    if row.accepted_at is None:
        return redirect(url_for("partner.offline_packs.check", code=code), 303)
    shown = offline_pack_page.receipt(row, reading.names(session(), row))
    return render_template("partner/offline_packs/receipt.html", receipt=shown)


@blueprint.post("/isian/<code>/terima")
@partner(Action.WRITE_REPORT)
def accept(code: str) -> Answer:
    """Accept the rows that are right; a second time shows the same receipt."""
    row, form = _own(code, for_change=True), AcceptForm()
    send = form.then.data == SEND
    accepted = attempt(form, lambda: offline_packs.accept(session(), row, send=send, **_stamp()))
    if accepted is None:
        return _check(_own(code), form), 422
    flash(_("Baris yang benar sudah kami terima."), "good")
    return redirect(url_for("partner.offline_packs.receipt", code=code), 303)
