"""Copying duties of another agreement into section 5: choose the agreement, tick its duties, have them proposed."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import pattern
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreements
from portal.queries import duty_copies as reading
from portal.services import duty_copies
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked, whole
from portal.web.languages import sentence
from portal.web.staff.drafting.pages import address, blueprint, draft_of

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]


@blueprint.get("/kewajiban/salin")
@office(Action.DRAFT_DOCUMENT)
def copy_duties(code: str) -> str:
    """Offer agreements with duties; of the chosen one, its duties to tick."""
    draft, chosen = draft_of(code), request.args.get("dari", "")
    source = agreements.get_for(session(), chosen, actor=guard.actor()) if chosen else None
    words = Asked(request.args).text("q")
    may_all = bool(may(guard.actor(), Action.SEE_CONFIDENTIAL))
    found = reading.sources(session(), draft.agreement, words=words, with_confidential=may_all)
    return render_template(
        "staff/drafting/copy_duties.html",
        agreement=draft.agreement,
        back=address(code, Section.OBLIGATIONS),
        words=words,
        sources=[{"code": one.code, "title": one.title, "href": _chosen(code, one.code)} for one in found],
        source=source,
        duties=_duties(source) if source else [],
        action=_chosen(code, source.code) if source else "",
    )


def _chosen(code: str, source: str) -> str:
    return url_for("staff.drafting.copy_duties", code=code, dari=source)


def _duties(source: "Agreement") -> list[Item]:
    """Return the duties of an agreement as sentences; one with a fixed date cannot be ticked."""
    titles = {row.id: row.title for row in reading.open_duties(session(), source.id)}
    return [
        {"id": number, "text": pattern.sentence(pattern.read(plain)) if plain else titles[number], "can": bool(plain)}
        for number, plain in duty_copies.copyable(session(), source).items()
    ]


@blueprint.post("/kewajiban/salin")
@office(Action.DRAFT_DOCUMENT)
def take_duties(code: str) -> Response:
    """Propose the ticked duties in the draft."""
    draft = draft_of(code)
    source = agreements.get_for(session(), request.args.get("dari", ""), actor=guard.actor())
    ticked = {whole(one) for one in request.form.getlist("duty")}
    made, problem = _taken(draft, source, ticked)
    if problem:
        flash(problem, "bad")
        return redirect(_chosen(code, source.code), 303)
    flash(ngettext("%(n)s kewajiban diusulkan.", "%(n)s kewajiban diusulkan.", made, n=made))
    return redirect(address(code, Section.OBLIGATIONS, _anchor="usulan"), 303)


def _taken(draft: "Draft", source: "Agreement", ticked: set[int]) -> tuple[int, str]:
    try:
        return duty_copies.copy(session(), draft, source, ticked, actor=guard.actor(), now=clock.now()), ""
    except RuleBroken as broken:
        session().rollback()
        return 0, sentence(broken)
