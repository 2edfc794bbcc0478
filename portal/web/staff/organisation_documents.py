"""Papers of an organisation for the office: adding one, comparing one that a partner sent, its file."""

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import upload
from portal.domain.dates import office_date
from portal.domain.organisation_card import FACTS_OF_PAPER
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import organisation_card as reading
from portal.queries import organisations as register
from portal.services import organisation_documents
from portal.web import card_words, downloads, guard, kept_uploads
from portal.web.access import office
from portal.web.filters import date_long, label
from portal.web.forms.organisation_card import CardAnswerForm, DocumentForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import Organisation, OrganisationDocument

blueprint = Blueprint("organisation_documents", __name__, url_prefix="/mitra/<code>/dokumen")

Answer = str | AnyResponse | tuple[str, int]


def line(row: "Organisation", paper: "OrganisationDocument", today: date) -> dict[str, Any]:
    """Return one paper as a line of the office's pages."""
    href = url_for("staff.organisation_documents.show", code=row.code, document_id=paper.id)
    return card_words.document(paper, href, today)


@blueprint.route("/baru", methods=["GET", "POST"])
@office(Action.EDIT_ORGANISATION)
def add(code: str) -> Answer:
    """Add a paper."""
    form = DocumentForm().offer()
    if form.validate_on_submit() and attempt(form, lambda: _added(code, form)):
        flash(_("Dokumen tersimpan."))
        return redirect(url_for("staff.organisations.show", code=code, _anchor="dokumen"), 303)
    row = register.get(session(), code)
    page = render_template(
        "staff/organisation_documents/add.html",
        organisation=row,
        form=form,
        accept=upload.ACCEPT,
        kept=kept_uploads.keep(form),
    )
    return (page, 422) if request.method == "POST" else page


def _added(code: str, form: DocumentForm) -> bool:
    row, storage = register.get(session(), code), current_app.extensions["storage"]
    organisation_documents.add(
        session(), row, paper=form.paper(), storage=storage, actor=guard.actor(), now=clock.now()
    )
    return True


@blueprint.get("/<int:document_id>")
@office()
def show(code: str, document_id: int) -> str:
    """Show one paper, and the form for the answer while it waits."""
    return _show(code, document_id, CardAnswerForm(formdata=None).offer())


def _show(code: str, document_id: int, form: CardAnswerForm) -> str:
    row = register.get(session(), code)
    paper = reading.get_document(session(), row.id, document_id)
    people = reading.names(session(), [paper.sent_by_id, paper.decided_by_id])
    return render_template(
        "staff/organisation_documents/show.html",
        organisation=row,
        paper=line(row, paper, office_date(clock.now())),
        facts=_facts(paper, people),
        may_carry=row.lks is not None and paper.kind in FACTS_OF_PAPER,
        form=form,
        verdict=may(guard.actor(), Action.EDIT_ORGANISATION),
    )


def _facts(paper: "OrganisationDocument", people: dict[int, str]) -> list[dict[str, Any]]:
    days = {name: date_long(value) if value else None for name, value in _days(paper).items()}
    return [
        {"label": _("Jenis dokumen"), "value": label(paper.kind)},
        {"label": _("Nomor"), "value": paper.number},
        {"label": _("Diterbitkan oleh"), "value": paper.issuer},
        {"label": _("Tanggal terbit"), "value": days["issued_on"]},
        {"label": _("Berlaku sampai"), "value": days["expires_on"]},
        {"label": _("Dikirim oleh"), "value": people.get(paper.sent_by_id or 0)},
        {"label": _("Diperiksa oleh"), "value": people.get(paper.decided_by_id or 0)},
    ]


def _days(paper: "OrganisationDocument") -> dict[str, date | None]:
    return {"issued_on": paper.issued_on, "expires_on": paper.expires_on}


@blueprint.post("/<int:document_id>")
@office(Action.EDIT_ORGANISATION)
def decide(code: str, document_id: int) -> Answer:
    """Accept or refuse a paper."""
    form = CardAnswerForm().offer()
    if not form.validate_on_submit() or not attempt(form, lambda: _decided(code, document_id, form)):
        return _show(code, document_id, form), 422
    flash(_("Keputusan dicatat. Mitra diberi tahu lewat surel."))
    return redirect(url_for("staff.card_proposals.index", code=code), 303)


def _decided(code: str, document_id: int, form: CardAnswerForm) -> bool:
    row = register.get(session(), code)
    paper, actor, now = reading.get_document(session(), row.id, document_id), guard.actor(), clock.now()
    answer = form.answer.data or ""
    if form.is_accepted:
        organisation_documents.accept(session(), paper, carry=form.carry.data, answer=answer, actor=actor, now=now)
    else:
        organisation_documents.refuse(session(), paper, answer=answer, actor=actor, now=now)
    return True


@blueprint.get("/<int:document_id>/berkas")
@office()
def file(code: str, document_id: int) -> Response:
    """Give the file of a paper."""
    row = reading.get_document(session(), register.get(session(), code).id, document_id)
    return downloads.attachment(name=row.name, media_type=row.media_type, digest=row.digest)
