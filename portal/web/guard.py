"""The door: resolves who is there, scopes the session, and refuses every view that declares nothing."""

import secrets
from datetime import datetime
from typing import Any

from flask import Flask, Request, current_app, g, make_response, redirect, render_template, request, url_for
from flask_login import UserMixin, current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.policy import Actor
from portal.extensions import (
    db,
    login_manager,
    reads_only,
    session,
    work_at_gate,
    work_for_office,
    work_for_organisation,
    work_for_umbrella,
)
from portal.services import audit, sign_in
from portal.services.sign_in import SignedIn
from portal.web import kept_forms, proving, transaction
from portal.web.access import Access, Audience
from portal.web.addresses import sender_path

COOKIE = "simpul"
MEMBERS = "partner.members"
"""Pages on which a central board reads the agreements of its members."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_APP = frozenset({"auth", "own_authenticator"})
"""What people who must set up an authenticator app, and have none yet, reach at all."""


class Viewer(UserMixin):
    """The signed-in person as Flask-Login's current user."""

    def __init__(self, signed: SignedIn) -> None:
        """Wrap what the session table told."""
        self.signed = signed

    def get_id(self) -> str:
        """Return the account as text."""
        return str(self.signed.actor.account_id)


def cookie_is_secure() -> bool:
    """Return whether cookies go over TLS only."""
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def cookie_name() -> str:
    """Return the name of the sign-in cookie; behind TLS it is bound to the host."""
    return f"__Host-{COOKIE}" if cookie_is_secure() else COOKIE


@login_manager.request_loader  # type: ignore[untyped-decorator]
def _load(incoming: Request) -> Viewer | None:
    token = incoming.cookies.get(cookie_name())
    if not token:
        return None
    now = clock.now()
    signed = _resolve(incoming, token, now)
    if signed is not None and signed.needs_touch:
        with transaction.apart() as extra:
            sign_in.touch(extra, signed.session_id, now=now)
    return Viewer(signed) if signed else None


def _resolve(incoming: Request, token: str, now: datetime) -> SignedIn | None:
    """Return who holds a token. Whoever reads for the office goes on in the session that told it."""
    if incoming.method not in SAFE:
        with transaction.aside() as extra:
            return sign_in.resolve(extra, token, now=now)
    signed = None
    try:
        work_for_office(session())
        signed = sign_in.resolve(session(), token, now=now)
    finally:
        if signed is None or not signed.actor.is_staff:
            db.session.remove()
    return signed


def signed_in() -> SignedIn | None:
    """Return who is signed in, or None."""
    viewer = g.get("_login_user")  # where Flask-Login keeps whom the door has found; a page asks some forty times
    if viewer is None:
        viewer = current_user._get_current_object()  # noqa: SLF001 (the person behind Flask-Login's proxy)
    signed: SignedIn | None = getattr(viewer, "signed", None)
    return signed


def actor() -> Actor:
    """Return the person who acts; views behind the door always have one."""
    signed = signed_in()
    if signed is None:
        raise NotAllowed("Masuklah lebih dulu untuk melanjutkan.")
    return signed.actor


def own_organisation_id() -> int:
    """Return the organisation of the signed-in partner."""
    organisation_id = actor().organisation_id
    if organisation_id is None:
        raise NotFound
    return organisation_id


def may_open(endpoint: str) -> bool:
    """Return whether a page exists and the signed-in person's roles open it; links to others are not offered."""
    view = current_app.view_functions.get(endpoint)
    access = getattr(view, "access", None)
    signed = signed_in()
    if access is None or access.action is None or signed is None:
        return view is not None
    return bool(policy.may(signed.actor, access.action))


def _declared() -> Access | None:
    if request.endpoint is None:
        return None
    if request.endpoint == "static":
        return Access(audience=Audience.EVERYBODY)
    view = current_app.view_functions[request.endpoint]
    return getattr(view, "access", None)


def _check_origin() -> None:
    if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site":
        raise NotAllowed("Permintaan ini datang dari situs lain. Buka halaman portal lalu ulangi.")


def _scope(signed: SignedIn | None) -> None:
    if signed is None:
        db.session.remove()  # at the gate somebody of the office, too, works for nobody
    target = session()
    if signed is None:
        work_at_gate(target)
    elif signed.actor.is_staff:
        work_for_office(target)
    elif request.blueprint == MEMBERS:
        work_for_umbrella(target, signed.actor.organisation_id or 0)
    else:
        work_for_organisation(target, signed.actor.organisation_id or 0)


def _is_at_gate(access: Access | None) -> bool:
    """Return whether a page lets people in: it works for nobody, also when somebody is signed in."""
    return request.blueprint == "auth" and access is not None and access.audience is Audience.EVERYBODY


def is_part() -> bool:
    """Return whether a script of an open page asks for a part of it, or for nothing to show."""
    return request.headers.get("HX-Request") == "true"


def _sign_in_first() -> Response:
    """Lead a visitor to sign in and back to the page; a script gets the sentence instead of somebody else's page."""
    if request.method in SAFE and not is_part():
        return redirect(url_for("auth.sign_in", lanjut=request.full_path.rstrip("?")))
    back = sender_path(url_for("front.home"))
    target = url_for("auth.sign_in", lanjut=back)
    if is_part():
        return make_response(render_template("errors/_signed_out.html", target=target), 401)
    if pairs := kept_forms.sent():
        raise kept_forms.SessionEnded(pairs, back=back)
    return redirect(target, 303)


def _admit(access: Access, signed: SignedIn | None) -> Response | None:
    if access.audience is Audience.EVERYBODY:
        return None
    if signed is None:
        return _sign_in_first()
    right_side = {
        Audience.OFFICE: signed.actor.is_staff,
        Audience.PARTNER: signed.actor.is_partner,
        Audience.SIGNED_IN: True,
    }[access.audience]
    if not right_side:
        raise NotFound
    if proving.lacks_app(signed) and request.blueprint not in WITHOUT_APP:
        return redirect(url_for("own_authenticator.show"), 303)
    if access.action is not None:
        policy.check(signed.actor, access.action)
    if request.method not in SAFE:
        proving.check(access, signed)
    return None


def _before() -> Any:
    g.request_id = secrets.token_hex(8)
    audit.request_id.set(g.request_id)
    g.reading = reads_only.set(request.method in SAFE)
    if request.endpoint == "static":
        return None
    signed = signed_in()
    access = _declared()
    _scope(None if _is_at_gate(access) else signed)
    if request.endpoint is None:
        return None
    _check_origin()
    if access is None:
        raise NotAllowed("Halaman ini belum dibuka untuk siapa pun.")
    return _admit(access, signed)


def give_token(answer: Any, token: str) -> None:
    """Give the browser the token of its session."""
    answer.set_cookie(cookie_name(), token, httponly=True, samesite="Lax", secure=cookie_is_secure(), path="/")


def _after(answer: Any) -> Any:
    if token := proving.new_token():
        give_token(answer, token)
    return answer


def _leave(_error: BaseException | None) -> None:
    if (reading := g.pop("reading", None)) is not None:
        reads_only.reset(reading)


def register(app: Flask) -> None:
    """Put the door before every view."""
    app.before_request(_before)
    app.after_request(_after)
    app.teardown_request(_leave)
