"""What the pages of signing in share: their blueprint, the cookies of a session and of known devices."""

from flask import Blueprint, redirect, request
from flask import session as form_session
from werkzeug.wrappers import Response

from portal.services import second_steps
from portal.web import guard, kept_forms

blueprint = Blueprint("auth", __name__)

DEVICES = "simpul-device"
MOST_DEVICES = 5
"""So many people are known on one device: a foundation often shares a telephone."""


def devices_cookie() -> str:
    """Return the name of the cookie of known devices; behind TLS it is bound to the host."""
    return f"__Host-{DEVICES}" if guard.cookie_is_secure() else DEVICES


def devices() -> list[str]:
    """Return the secrets of known devices that this browser holds, the newest first."""
    return [secret for secret in request.cookies.get(devices_cookie(), "").split(".") if secret][:MOST_DEVICES]


def welcome(token: str, target: str, *, kept: kept_forms.Pairs | None = None, device: str | None = None) -> Response:
    """Give the browser its session and go on: to `target`, or first to what was sent when the last session ended.

    `device` is the secret of a device that has just become known.
    """
    form_session.clear()
    answer = kept_forms.again_page(kept, back=target) if kept else redirect(target)
    guard.give_token(answer, token)
    if device:
        secure = guard.cookie_is_secure()
        known = ".".join([device, *devices()][:MOST_DEVICES])
        lasts = int(second_steps.KNOWN_FOR.total_seconds())
        answer.set_cookie(
            devices_cookie(), known, max_age=lasts, httponly=True, samesite="Lax", secure=secure, path="/"
        )
    return answer
