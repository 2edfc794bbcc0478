"""The first page of the workspace: the task list of nine sections, or how a draft can begin."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.agreement import UNSIGNED, AgreementKind
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreements, doc_templates, drafts, renditions
from portal.services import draft_follow
from portal.services import drafts as writing
from portal.web import guard
from portal.web.access import office
from portal.web.filters import label
from portal.web.languages import sentence
from portal.web.staff.agreements import head, papers
from portal.web.staff.drafting import progress
from portal.web.staff.drafting.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

FOLLOWING = {"adendum": AgreementKind.AMENDMENT, "perpanjangan": AgreementKind.EXTENSION}
SHOWN = 8


@blueprint.get("")
@office(Action.DRAFT_DOCUMENT)
def overview(code: str) -> str:
    """Show how far the draft is, section by section; without one, the ways to begin."""
    agreement = readable(code)
    draft = drafts.find(session(), agreement.id)
    return _tasks(agreement, draft) if draft else _ways(agreement)


def _tasks(agreement: "Agreement", draft: "Draft") -> str:
    found = progress.of(agreement, draft)
    made = renditions.of_agreement(session(), agreement.id)
    return render_template(
        "staff/drafting/overview.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        rows=progress.rows(agreement.code, found),
        complete=found.complete,
        total=len(found.states),
        template=draft.template_version,
        made=[papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
    )


def _ways(agreement: "Agreement") -> str:
    with_confidential = bool(may(guard.actor(), Action.SEE_CONFIDENTIAL))
    copies = drafts.copyable(session(), agreement, with_confidential=with_confidential)
    made = renditions.of_agreement(session(), agreement.id)
    return render_template(
        "staff/drafting/start.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        templates=_choices(agreement),
        copies=copies,
        copy_options=[(one.code, f"{one.code}, {one.title}") for one in copies],
        follows=_follows(agreement),
        refusal=writing.NO_TEMPLATE,
        made=[papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
    )


def _choices(agreement: "Agreement") -> list[tuple[str, str]]:
    return [
        (f"{one.template.code}:{one.number}", _("%(name)s, versi %(n)s", name=one.template.name, n=one.number))
        for one in doc_templates.choices(session(), agreement.kind)
    ]


@blueprint.post("")
@office(Action.DRAFT_DOCUMENT)
def start(code: str) -> Response:
    """Begin the draft: from a template, or as a copy of another one; the task list follows."""
    agreement = readable(code)
    problem = _attempt(lambda: _begin(agreement))
    if problem:
        flash(problem, "bad")
    return redirect(url_for("staff.drafting.overview", code=code), 303)


def _attempt(call: Any) -> str:
    try:
        call()
    except RuleBroken as broken:
        session().rollback()
        return sentence(broken)
    return ""


def _begin(agreement: "Agreement") -> None:
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    source = request.form.get("copy", "")
    if source:
        other = drafts.get(session(), agreements.get_for(session(), source, actor=guard.actor()).id)
        writing.start_from(session(), agreement, other, **stamp)
        return
    chosen, _colon, number = request.form.get("template", "").rpartition(":")
    if not number.isdecimal():
        raise RuleBroken(_("Pilih templat."))
    writing.start(session(), agreement, version=doc_templates.get(session(), chosen, int(number)), **stamp)


@blueprint.get("/lanjutan")
@office(Action.DRAFT_DOCUMENT)
def follows(code: str) -> str:
    """Offer the addendum and the extension of a signed agreement."""
    agreement = readable(code)
    return render_template(
        "staff/drafting/follows.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        follows=_follows(agreement),
    )


def _follows(agreement: "Agreement") -> list[tuple[str, str]]:
    """Return what can follow an agreement; nothing before it is signed."""
    return [] if agreement.stage in UNSIGNED else [(word, label(kind)) for word, kind in FOLLOWING.items()]


@blueprint.post("/lanjutan")
@office(Action.DRAFT_DOCUMENT)
def follow(code: str) -> Response:
    """Record the addendum or extension of a signed agreement, and open its workspace."""
    kind = FOLLOWING.get(request.form.get("kind", ""))
    if kind is None:
        raise NotFound
    made = draft_follow.follow(session(), readable(code), kind=kind, actor=guard.actor(), now=clock.now())
    flash(_("%(kind)s tercatat dengan kode %(code)s. Susun naskahnya di sini.", kind=label(kind), code=made.code))
    return redirect(url_for("staff.drafting.overview", code=made.code), 303)
