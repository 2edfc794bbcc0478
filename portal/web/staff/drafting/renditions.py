"""Word files of an agreement, one page each, and the page on which one that was changed in Word comes back."""

from typing import TYPE_CHECKING

from flask import Response as Download
from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.domain.rendition import RenditionOrigin
from portal.extensions import session
from portal.queries import renditions as reading
from portal.services import renditions
from portal.web import guard
from portal.web.access import office
from portal.web.downloads import DOCX, attachment
from portal.web.forms.outcome import attempt
from portal.web.forms.rendition import UploadForm
from portal.web.staff.agreements import papers
from portal.web.staff.drafting import rendition_page
from portal.web.staff.drafting.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement, Rendition
    from portal.storage import Storage


def _storage() -> "Storage":
    kept: Storage = current_app.extensions["storage"]
    return kept


@blueprint.get("/unggah")
@office(Action.DRAFT_DOCUMENT)
def upload(code: str) -> str:
    """Ask for a Word file that was changed in Word or came from the partner; no draft is needed."""
    agreement = readable(code)
    return _ask(agreement, _form(agreement))


@blueprint.post("/unggah")
@office(Action.DRAFT_DOCUMENT)
def take_in(code: str) -> Response | tuple[str, int]:
    """Keep the file as the next number, its references counted anew, and show what was found in it."""
    agreement = readable(code)
    form = _form(agreement)
    kept = form.validate() and attempt(form, lambda: _keep(agreement, form))
    if not kept:
        return _ask(readable(code), form), 422
    flash(_("Naskah Word %(n)s tersimpan.", n=kept.number))
    return redirect(url_for("staff.drafting.rendition", code=code, number=kept.number), 303)


@blueprint.get("/naskah/<int:number>")
@office(Action.SEE_AGREEMENT)
def rendition(code: str, number: int) -> str:
    """Show one Word file: where it came from, what was found in it, its text."""
    agreement = readable(code)
    row = reading.get(session(), agreement.id, number)
    content = renditions.content_of(row, _storage())
    return render_template(
        "staff/drafting/rendition.html",
        agreement=agreement,
        **rendition_page.shown(agreement, row, content),
    )


@blueprint.get("/naskah/<int:number>/asli")
@office(Action.SEE_AGREEMENT)
def sent_file(code: str, number: int) -> Download:
    """Send an uploaded file as it came, before its references were counted anew."""
    row = reading.get(session(), readable(code).id, number)
    if row.sent_digest is None or row.sent_name is None:
        raise NotFound
    return attachment(name=row.sent_name, media_type=DOCX, digest=row.sent_digest)


def _keep(agreement: "Agreement", form: UploadForm) -> "Rendition":
    return renditions.take_in(
        session(), agreement, form.incoming(), storage=_storage(), actor=guard.actor(), now=clock.now()
    )


def _form(agreement: "Agreement") -> UploadForm:
    known = reading.of_agreement(session(), agreement.id)
    versions = [(one.number, papers.named(one)) for one in known]
    first = str(known[0].number) if known else None
    origin = RenditionOrigin.EDITED if known else RenditionOrigin.RECEIVED
    return UploadForm.offering(versions, based_on=first, origin=origin.value)


def _ask(agreement: "Agreement", form: UploadForm) -> str:
    return render_template(
        "staff/drafting/upload.html",
        agreement=agreement,
        form=form,
        verdict=renditions.may_take_in(guard.actor(), agreement),
    )
