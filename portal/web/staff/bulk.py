"""Drafts in bulk: all lists, a new one, the progress of one with what was made and what is wrong."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import Response as Download
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreement_choices, doc_templates
from portal.queries import bulk as reading
from portal.services import bulk
from portal.services.bulk import Incoming
from portal.web import guard, listing
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.forms.bulk import BulkForm
from portal.web.forms.outcome import attempt
from portal.web.staff import bulk_files, bulk_page

if TYPE_CHECKING:
    from portal.models import BulkRun, DocTemplateVersion

blueprint = Blueprint("bulk", __name__, url_prefix="/massal")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@office(Action.DRAFT_DOCUMENT)
def index() -> str:
    """Show the latest lists with how far each is."""
    rows = [bulk_page.run(line) for line in reading.list_runs(session())]
    return render_template("staff/bulk/index.html", rows=rows, may_make=may(guard.actor(), Action.RECORD_AGREEMENT))


@blueprint.route("/baru", methods=["GET", "POST"])
@office(Action.RECORD_AGREEMENT)
def create() -> Answer:
    """Take in a list, check every row, and show what was found."""
    versions = {f"{one.template.code}/{one.number}": one for one in doc_templates.choices(session())}
    form = _form(versions)
    if form.validate_on_submit():
        run = attempt(form, lambda: _take_in(form, versions[form.template.data]))
        if run:
            return redirect(url_for("staff.bulk.show", code=run.code), 303)
    answer = render_template("staff/bulk/create.html", form=form)
    return (answer, 422) if request.method == "POST" else answer


def _form(versions: dict[str, "DocTemplateVersion"]) -> BulkForm:
    choices = agreement_choices.choices(session(), today=office_date(clock.now()))
    templates = [
        (key, _("%(name)s, versi %(n)s", name=one.template.name, n=one.number)) for key, one in versions.items()
    ]
    with_confidential = bool(may(guard.actor(), Action.SEE_CONFIDENTIAL))
    examples = [
        (one.code, f"{one.code}, {one.title} ({one.template})")
        for one in reading.examples(session(), with_confidential=with_confidential)
    ]
    return BulkForm().offer(templates=templates, units=list(choices.units), examples=examples)


def _take_in(form: BulkForm, version: "DocTemplateVersion") -> "BulkRun":
    sent = form.workbook.data
    incoming = Incoming(
        name=sent.filename or "",
        template_version=version,
        common=form.common(version.template.kind),
        content=sent.read(),
    )
    return bulk.take_in(session(), incoming, **_stamp())


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now(), "storage": current_app.extensions["storage"]}


@blueprint.get("/contoh")
@office(Action.DRAFT_DOCUMENT)
def sample() -> Download:
    """Send the empty list with a hint at every heading."""
    return bulk_files.sent(bulk_files.blank(), name="daftar-naskah-massal.xlsx")


@blueprint.get("/<code>")
@office(Action.DRAFT_DOCUMENT)
def show(code: str) -> str:
    """Show one list: how far it is, every row, what is wrong and what was made."""
    run, asked = reading.get(session(), code), Asked(request.args)
    stage, page = asked.one_of("keadaan", bulk_page.STAGES), asked.page()
    place = listing.Place(endpoint="staff.bulk.show", asked=asked, within={"code": code})
    line = reading.line(session(), run)
    total = sum(line.counts.values()) if stage is None else line.counts.get(stage, 0)
    return render_template(
        "staff/bulk/show.html",
        run=bulk_page.run(line),
        rows=[bulk_page.row(each) for each in reading.rows(session(), run, stage=stage, page=page)],
        views=bulk_page.views(line, stage, code),
        pager=listing.pager(place, page=page, size=reading.PAGE, total=total),
        notice=listing.notice(asked),
    )


@blueprint.post("/<code>/mulai")
@office(Action.RECORD_AGREEMENT)
def start(code: str) -> Response:
    """Let the worker make the rows that are ready."""
    bulk.start(session(), reading.get(session(), code), actor=guard.actor(), now=clock.now())
    flash(_("Naskah sedang dibuat. Halaman ini boleh ditinggalkan; pekerjaan tetap berjalan."))
    return redirect(url_for("staff.bulk.show", code=code), 303)


@blueprint.post("/<code>/ulangi")
@office(Action.RECORD_AGREEMENT)
def retry(code: str) -> Response:
    """Let the worker make the rows again that failed."""
    count = bulk.retry(session(), reading.get(session(), code), actor=guard.actor(), now=clock.now())
    flash(_("%(n)s baris dikerjakan lagi.", n=count))
    return redirect(url_for("staff.bulk.show", code=code), 303)


@blueprint.post("/<code>/batalkan")
@office(Action.RECORD_AGREEMENT)
def cancel(code: str) -> Response:
    """Give up a list that has not begun."""
    bulk.cancel(session(), reading.get(session(), code), actor=guard.actor(), now=clock.now())
    flash(_("Daftar dibatalkan. Tidak ada naskah yang dibuat."))
    return redirect(url_for("staff.bulk.show", code=code), 303)


@blueprint.get("/<code>/naskah")
@office(Action.DRAFT_DOCUMENT)
def archive(code: str) -> Download:
    """Send every Word file of a list in one ZIP."""
    run = reading.get(session(), code)
    files = reading.made_files(session(), run)
    return bulk_files.archive(files, current_app.extensions["storage"], name=f"{code}-naskah.zip")


@blueprint.get("/<code>/perbaikan")
@office(Action.DRAFT_DOCUMENT)
def wrong_rows(code: str) -> Download:
    """Send the rows that were refused or failed as a workbook that can be mended and sent again."""
    run = reading.get(session(), code)
    content = bulk_files.wrong(reading.wrong_rows(session(), run))
    return bulk_files.sent(content, name=f"{code}-perbaikan.xlsx")
