"""Another template for a draft: the page that says what it would change, taking it, and taking the last step back."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.drafting import Section
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import doc_templates
from portal.services import draft_templates, draft_undo
from portal.services.draft_templates import Plan
from portal.web import guard
from portal.web.access import office
from portal.web.asked import whole
from portal.web.filters import datetime_zone
from portal.web.staff.drafting.pages import address, blueprint, draft_of, refusal

if TYPE_CHECKING:
    from portal.models import DocTemplateVersion, Draft

Item = dict[str, Any]


def name(version: "DocTemplateVersion") -> str:
    """Return a template version in words."""
    return str(_("%(name)s, versi %(n)s", name=version.template.name, n=version.number))


def shown(draft: "Draft") -> Item:
    """Return what section 1 shows besides its form."""
    return {"template_name": name(draft.template_version), "step": undoable(draft)}


@blueprint.get("/templat/ganti")
@office(Action.DRAFT_DOCUMENT)
def choose_template(code: str) -> str:
    """Offer the other templates of the kind; once one is chosen, say what it would change."""
    draft = draft_of(code)
    versions = [
        one for one in doc_templates.choices(session(), draft.agreement.kind) if one.id != draft.template_version_id
    ]
    asked = next((one for one in versions if _value(one) == request.args.get("templat")), None)
    return render_template(
        "staff/drafting/choose_template.html",
        agreement=draft.agreement,
        present=name(draft.template_version),
        options=[(_value(one), name(one)) for one in versions],
        asked=_value(asked) if asked else "",
        asked_name=name(asked) if asked else "",
        effects=_effects(draft_templates.plan(session(), draft, asked, now=clock.now())) if asked else [],
        back=address(code, Section.TEMPLATE),
    )


def _value(version: "DocTemplateVersion") -> str:
    return f"{version.template.code}:{version.number}"


def _effects(plan: Plan) -> list[Item]:
    """Return what a template would change, in sentences with the titles they speak of."""
    if plan.is_back:
        return [{"text": _("Susunan Pasal kembali persis seperti sebelum templat diganti."), "titles": []}]
    brought, kept, gone = len(plan.added), len(plan.kept), len(plan.gone)
    swapped = len(plan.swapped)
    change = "%(n)s Pasal yang belum Anda ubah diganti varian templat itu:"
    more = "%(n)s Pasal baru dari templat:"
    less = "%(n)s Pasal yang tidak dipilih tidak ditawarkan lagi:"
    stay = "%(n)s Pasal tetap dengan teks, pilihan, dan urutannya."
    found = [{"text": ngettext(more, more, brought, n=brought), "titles": [one.title for one in plan.added]}]
    found += [{"text": ngettext(change, change, swapped, n=swapped), "titles": [one.title for one in plan.swapped]}]
    found += [{"text": ngettext(less, less, gone, n=gone), "titles": [one.title for one in plan.gone]}]
    return [one for one in found if one["titles"]] + [{"text": ngettext(stay, stay, kept, n=kept), "titles": []}]


@blueprint.post("/templat/ganti")
@office(Action.DRAFT_DOCUMENT)
def take_template(code: str) -> Response:
    """Give the draft the chosen template."""
    draft = draft_of(code)
    chosen, _colon, number = request.form.get("template", "").rpartition(":")
    version = doc_templates.get(session(), chosen, whole(number))
    if draft_templates.take(session(), draft, version, actor=guard.actor(), now=clock.now()):
        flash(_("Templat diganti. Periksa Pasal di bawah ini."))
    return redirect(address(code, Section.ARTICLES), 303)


@blueprint.post("/langkah/batalkan")
@office(Action.DRAFT_DOCUMENT)
def undo_step(code: str) -> Response:
    """Take the last change of the whole draft back."""
    draft = draft_of(code)
    problem = refusal(lambda: draft_undo.undo(session(), draft, actor=guard.actor(), now=clock.now()))
    flash(problem or _("Naskah kembali seperti sebelumnya."), "bad" if problem else "good")
    return redirect(url_for("staff.drafting.overview", code=code), 303)


def undoable(draft: "Draft") -> Item | None:
    """Return the step that can be taken back, in words and with its address."""
    step = draft_undo.offered(draft)
    if step is None:
        return None
    told = {"name": step.name, "who": step.who, "when": datetime_zone(step.at)}
    text = (
        _("%(who)s mengganti templat menjadi %(name)s pada %(when)s.", **told)
        if step.what == draft_undo.TEMPLATE
        else _("%(who)s menyalin bagian dari %(name)s pada %(when)s.", **told)
    )
    return {"text": str(text), "href": url_for("staff.drafting.undo_step", code=draft.agreement.code)}
