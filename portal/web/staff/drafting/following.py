"""What can follow a signed agreement: the addendum and the extension, each recorded and drafted as its own."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.agreement import FOLLOWED, UNSIGNED, AgreementKind
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.extensions import session
from portal.services import draft_follow
from portal.web import guard
from portal.web.access import office
from portal.web.filters import label
from portal.web.staff.agreements import head
from portal.web.staff.drafting.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement

FOLLOWING = {"adendum": AgreementKind.AMENDMENT, "perpanjangan": AgreementKind.EXTENSION}


def kinds(agreement: "Agreement") -> list[tuple[str, str]]:
    """Return what can follow an agreement, with its word in forms; nothing before it is signed or after its end."""
    return [(word, label(kind)) for word, kind in FOLLOWING.items()] if agreement.stage in FOLLOWED else []


@blueprint.get("/lanjutan")
@office(Action.DRAFT_DOCUMENT)
def follows(code: str) -> str:
    """Offer the addendum and the extension of a signed agreement."""
    agreement = readable(code)
    return render_template(
        "staff/drafting/follows.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        follows=kinds(agreement),
        is_unsigned=agreement.stage in UNSIGNED,
    )


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
