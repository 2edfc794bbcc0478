"""The documents of an agreement: list, upload, download, showing them to partners; generated Word drafts."""

from typing import TYPE_CHECKING

from flask import Response as Download
from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import upload
from portal.domain.agreement_file import FileKind
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreement_files as reading
from portal.queries import renditions
from portal.services import agreement_files, drafting
from portal.services.agreement_files import Incoming
from portal.web import guard
from portal.web.access import office
from portal.web.downloads import attachment
from portal.web.forms.agreement_acts import FileForm
from portal.web.forms.outcome import attempt
from portal.web.staff.agreements import papers
from portal.web.staff.agreements.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement, AgreementFile

DOCX = upload.MEDIA_TYPES["docx"]


@blueprint.get("/<code>/dokumen")
@office(Action.SEE_AGREEMENT)
def files(code: str) -> str:
    """Show every document of an agreement and the Word drafts with what they lack."""
    return _page(readable(code), FileForm.with_choices())


@blueprint.post("/<code>/dokumen")
@office(Action.ADD_FILE)
def add_file(code: str) -> Response | tuple[str, int]:
    """Keep an uploaded file after checking it."""
    agreement, form = readable(code), FileForm.with_choices()
    kept = form.validate() and attempt(form, lambda: _keep(agreement, form))
    if not kept:
        return _page(readable(code), form), 422
    flash(_("%(name)s tersimpan. Mitra belum dapat melihatnya.", name=kept.name))
    return redirect(url_for("staff.agreements.files", code=code))


@blueprint.get("/<code>/dokumen/<int:number>")
@office(Action.SEE_AGREEMENT)
def file(code: str, number: int) -> Download:
    """Send one document as a download."""
    row = reading.get(session(), readable(code).id, number)
    return attachment(name=row.name, media_type=row.media_type, digest=row.digest)


@blueprint.post("/<code>/dokumen/<int:number>/buka")
@office(Action.RELEASE_FILE, proof=True)
def release_file(code: str, number: int) -> Response:
    """Show a document to the partners."""
    row = reading.get(session(), readable(code).id, number)
    agreement_files.release(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Mitra sekarang dapat melihat %(name)s.", name=row.name))
    return redirect(url_for("staff.agreements.files", code=code))


@blueprint.post("/<code>/dokumen/<int:number>/tutup")
@office(Action.RELEASE_FILE)
def withhold_file(code: str, number: int) -> Response:
    """Hide a document from the partners again."""
    row = reading.get(session(), readable(code).id, number)
    agreement_files.withhold(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Mitra tidak lagi melihat %(name)s.", name=row.name))
    return redirect(url_for("staff.agreements.files", code=code))


@blueprint.post("/<code>/naskah-word")
@office(Action.DRAFT_DOCUMENT)
def draft(code: str) -> Response:
    """Make the next Word draft and say how many facts it lacks."""
    storage = current_app.extensions["storage"]
    made = drafting.draft(session(), readable(code), actor=guard.actor(), now=clock.now(), storage=storage)
    missing = papers.missing_sentence(len(made.missing))
    flash(_("Naskah %(n)s dibuat; %(missing)s.", n=made.number, missing=missing))
    return redirect(url_for("staff.agreements.show", code=code, _anchor="dokumen"))


@blueprint.get("/<code>/naskah-word/<int:number>")
@office(Action.SEE_AGREEMENT)
def rendition_file(code: str, number: int) -> Download:
    """Send one Word draft as a download."""
    row = renditions.get(session(), readable(code).id, number)
    return attachment(name=row.name, media_type=DOCX, digest=row.digest)


def _keep(agreement: "Agreement", form: FileForm) -> "AgreementFile":
    sent = form.files.data
    incoming = Incoming(name=sent.filename, kind=FileKind(form.kind.data), content=sent.read())
    storage = current_app.extensions["storage"]
    return agreement_files.add(
        session(), agreement, incoming=incoming, storage=storage, actor=guard.actor(), now=clock.now()
    )


def _page(agreement: "Agreement", form: FileForm) -> str:
    actor, code = guard.actor(), agreement.code
    return render_template(
        "staff/agreements/files.html",
        agreement=agreement,
        form=form,
        accept=upload.ACCEPT,
        files=[papers.of_file(code, row) for row in reading.of_agreement(session(), agreement.id)],
        drafts=[papers.of_rendition(code, row) for row in renditions.of_agreement(session(), agreement.id)],
        may_add=may(actor, Action.ADD_FILE),
        may_release=may(actor, Action.RELEASE_FILE),
        drafting=drafting.may_draft(session(), actor, agreement),
    )
