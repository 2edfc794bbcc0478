"""The template library: list, one template, upload and check of a version, trying, publishing (design: ux W6)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import Response as Download
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.policy import Action, may
from portal.domain.template_settings import read as read_settings
from portal.extensions import session
from portal.queries import doc_templates as reading
from portal.services import doc_template_articles as arranging
from portal.services import doc_template_settings, doc_templates
from portal.storage import Storage
from portal.web import guard
from portal.web.access import office
from portal.web.downloads import DOCX, attachment, made
from portal.web.forms import rows
from portal.web.forms.doc_template import ArticlesForm, FileForm, NewTemplateForm, SettingsForm
from portal.web.forms.outcome import attempt
from portal.web.staff import doc_template_articles, doc_template_check, doc_template_page, doc_template_tags

if TYPE_CHECKING:
    from portal.models import DocTemplate, DocTemplateVersion

blueprint = Blueprint("doc_templates", __name__, url_prefix="/templat")

Answer = str | Response | tuple[str, int]
FOLDER = "staff/doc_templates"


def _storage() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage


def _may(action: Action) -> Any:
    return may(guard.actor(), action)


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


@blueprint.get("")
@office()
def index() -> str:
    """List every template with its current version, what it warns of, and how many drafts use it."""
    rows = reading.list_templates(session())
    shown = [doc_template_page.line(row) for row in rows]
    return render_template(f"{FOLDER}/index.html", rows=shown, edit=_may(Action.EDIT_TEMPLATE))


@blueprint.get("/tag")
@office()
def tags() -> str:
    """Show every command, filter and group of names that a template may use; the names of one group, ready to copy."""
    chosen = doc_template_tags.chosen(request.args.get("templat", ""), request.args.get("isi"))
    return render_template(f"{FOLDER}/tags.html", **chosen)


@blueprint.get("/panduan")
@office()
def guide() -> Download:
    """Send the guide on writing templates as a Word file with every tag."""
    chosen = doc_template_tags.chosen(request.args.get("templat", ""))
    return made(name=_("panduan-templat.docx"), content=doc_template_tags.guide(chosen))


@blueprint.get("/<code>")
@office()
def show(code: str) -> str:
    """Show one template: facts, fields, Pasal, settings, versions, drafts."""
    template, readable = reading.get_template(session(), code), bool(_may(Action.SEE_CONFIDENTIAL))
    used = reading.used_by(session(), template.id, with_confidential=readable)
    return render_template(
        f"{FOLDER}/show.html",
        template=template,
        used=doc_template_page.drafts(used),
        edit=_may(Action.EDIT_TEMPLATE),
        publish=_may(Action.PUBLISH_TEMPLATE),
        **doc_template_page.shown(template, _storage()),
    )


@blueprint.get("/baru")
@office(Action.EDIT_TEMPLATE)
def record() -> Answer:
    """Ask for a new template."""
    return _new(_new_form())


@blueprint.post("/baru")
@office(Action.EDIT_TEMPLATE)
def create() -> Answer:
    """Add a template with its first file, and show what the check found."""
    form = _new_form()
    version = form.validate() and attempt(
        form,
        lambda: doc_templates.create(session(), form.facts(), form.incoming(), storage=_storage(), **_stamp()),
    )
    return _checked(version) if version else (_new(form), 422)


def _new_form() -> NewTemplateForm:
    return NewTemplateForm.offering([(row.code, row.name) for row in reading.list_templates(session())])


def _new(form: NewTemplateForm) -> str:
    return render_template(f"{FOLDER}/record.html", form=form)


def _checked(version: "DocTemplateVersion") -> Response:
    flash(_("Versi %(n)s tersimpan. Hasil pemeriksaannya ada di bawah.", n=version.number))
    return redirect(url_for("staff.doc_templates.check", code=version.template.code, number=version.number), 303)


@blueprint.get("/<code>/unggah")
@office(Action.EDIT_TEMPLATE)
def revise(code: str) -> str:
    """Ask for the file of the next version."""
    return _revision(reading.get_template(session(), code), FileForm())


@blueprint.post("/<code>/unggah")
@office(Action.EDIT_TEMPLATE)
def upload(code: str) -> Answer:
    """Add the next version, and show what the check found."""
    form, template = FileForm(), reading.get_template(session(), code)
    version = form.validate() and attempt(
        form, lambda: doc_templates.upload(session(), template, form.incoming(), storage=_storage(), **_stamp())
    )
    return _checked(version) if version else (_revision(reading.get_template(session(), code), form), 422)


def _revision(template: "DocTemplate", form: FileForm) -> str:
    return render_template(f"{FOLDER}/revise.html", template=template, form=form)


@blueprint.get("/<code>/periksa/<int:number>")
@office()
def check(code: str, number: int) -> str:
    """Show what the check of a version found: wrong, doubtful, good."""
    version = reading.get(session(), code, number)
    return render_template(
        f"{FOLDER}/check.html",
        version=version,
        template=version.template,
        edit=_may(Action.EDIT_TEMPLATE),
        publish=_may(Action.PUBLISH_TEMPLATE),
        **doc_template_check.shown(version, _storage()),
    )


@blueprint.get("/<code>/versi/<int:number>")
@office()
def file(code: str, number: int) -> Download:
    """Send the Word file of a version as it was uploaded."""
    version = reading.get(session(), code, number)
    return attachment(name=version.name, media_type=DOCX, digest=version.digest)


@blueprint.get("/<code>/versi/<int:number>/beranotasi")
@office()
def annotated(code: str, number: int) -> Download:
    """Send the Word file of a version with what the check found as comments."""
    version = reading.get(session(), code, number)
    content = doc_template_check.annotated(version, _storage())
    return made(name=f"{version.name.removesuffix('.docx')}-beranotasi.docx", content=content)


@blueprint.get("/<code>/versi/<int:number>/contoh")
@office()
def sample(code: str, number: int) -> Download:
    """Send a draft made from a version with sample facts."""
    version = reading.get(session(), code, number)
    drafted = doc_templates.sample(session(), version, storage=_storage())
    return made(name=f"contoh-{code}-{number}.docx", content=drafted.content)


@blueprint.get("/<code>/versi/<int:number>/pratinjau")
@office()
def preview(code: str, number: int) -> str:
    """Show a draft made from a version with sample facts."""
    version = reading.get(session(), code, number)
    drafted = doc_templates.sample(session(), version, storage=_storage())
    shown = doc_template_check.previewed(drafted)
    return render_template(f"{FOLDER}/preview.html", version=version, template=version.template, **shown)


@blueprint.get("/<code>/versi/<int:number>/terbitkan")
@office(Action.PUBLISH_TEMPLATE)
def publish(code: str, number: int) -> str:
    """Ask before a version is published, and say which drafts keep the old one."""
    version = reading.get(session(), code, number)
    counts = reading.count_drafts(session(), version.template_id)
    effects = doc_template_page.effects_of_publishing(version, counts)
    return render_template(f"{FOLDER}/publish.html", version=version, template=version.template, effects=effects)


@blueprint.post("/<code>/versi/<int:number>/terbitkan")
@office(Action.PUBLISH_TEMPLATE, proof=True)
def make_public(code: str, number: int) -> Response:
    """Let drafts start from a version."""
    version = reading.get(session(), code, number)
    doc_templates.publish(session(), version, **_stamp())
    flash(_("Versi %(n)s terbit. Naskah baru memakainya.", n=number))
    return redirect(url_for("staff.doc_templates.show", code=code), 303)


@blueprint.get("/<code>/pengaturan")
@office(Action.EDIT_TEMPLATE)
def settings(code: str) -> str:
    """Ask for other settings, beginning with those of the newest version."""
    template = reading.get_template(session(), code)
    return _settings(template, SettingsForm.of(read_settings(template.versions[-1].settings)))


@blueprint.post("/<code>/pengaturan")
@office(Action.EDIT_TEMPLATE)
def change_settings(code: str) -> Answer:
    """Add a version with other settings."""
    template = reading.get_template(session(), code)
    form = SettingsForm.of(read_settings(template.versions[-1].settings))
    version = form.validate() and attempt(
        form, lambda: doc_template_settings.change(session(), template, form.settings(), **_stamp())
    )
    return _checked(version) if version else (_settings(reading.get_template(session(), code), form), 422)


def _settings(template: "DocTemplate", form: SettingsForm) -> str:
    return render_template(f"{FOLDER}/settings.html", template=template, form=form)


@blueprint.get("/<code>/pasal")
@office(Action.EDIT_TEMPLATE)
def articles(code: str) -> str:
    """Ask for other Pasal, beginning with those of the newest version."""
    template = reading.get_template(session(), code)
    last = template.versions[-1]
    return _articles(template, ArticlesForm.of(last.clauses, seen=last.number))


@blueprint.post("/<code>/pasal")
@office(Action.EDIT_TEMPLATE)
def change_articles(code: str) -> Answer:
    """Add a version with other Pasal, or rearrange the list."""
    act, template = request.form.get("act", rows.SAVE), reading.get_template(session(), code)
    form = ArticlesForm(formdata=doc_template_articles.arranged(request.form, act))
    if act != rows.SAVE:
        return _articles(template, form)
    made = form.arrangement()
    version = form.validate() and attempt(
        form, lambda: arranging.change(session(), template, made, storage=_storage(), **_stamp())
    )
    return _checked(version) if version else (_articles(reading.get_template(session(), code), form), 422)


def _articles(template: "DocTemplate", form: ArticlesForm) -> str:
    shown = doc_template_articles.shown(template, form)
    searched = bool(form.q.data) or request.form.get("act") == "search"
    return render_template(f"{FOLDER}/articles.html", template=template, form=form, searched=searched, **shown)


@blueprint.get("/<code>/pensiun")
@office(Action.PUBLISH_TEMPLATE)
def retire(code: str) -> str:
    """Ask before a template is retired."""
    template = reading.get_template(session(), code)
    drafts = sum(reading.count_drafts(session(), template.id).values())
    return render_template(f"{FOLDER}/retire.html", template=template, drafts=drafts)


@blueprint.post("/<code>/pensiun")
@office(Action.PUBLISH_TEMPLATE)
def withdraw(code: str) -> Response:
    """Take a template out of the choices."""
    template = reading.get_template(session(), code)
    doc_templates.retire(session(), template, **_stamp())
    flash(_("%(name)s pensiun. Naskah yang sudah memakainya tidak berubah.", name=template.name))
    return redirect(url_for("staff.doc_templates.index"), 303)
