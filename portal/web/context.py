"""What every page is given: who reads, the menus, the language, the help line."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from portal import clock
from portal.web import alarm, bell_page, guard, languages, navigation
from portal.web.guard import signed_in

INITIALS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """The signed-in person as the shell shows them."""

    name: str
    initials: str
    greeting: str
    organisation_name: str
    is_staff: bool


def reader() -> Reader | None:
    """Return the signed-in person for the shell, or None."""
    signed = signed_in()
    if signed is None:
        return None
    words = [word for word in signed.actor.name.split() if word[0].isalpha() and not word.endswith(".")]
    return Reader(
        name=signed.actor.name,
        initials="".join(word[0].upper() for word in words[:INITIALS]) or "?",
        greeting=signed.greeting,
        organisation_name=signed.organisation_name,
        is_staff=signed.actor.is_staff,
    )


def _link(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if guard.may_open(endpoint) else None


def _shell() -> dict[str, Any]:
    settings = current_app.config["SETTINGS"]
    viewer = reader()
    language = languages.current()
    other = "en" if language == "id" else "id"
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    staff = viewer is not None and viewer.is_staff
    return {
        "viewer": viewer,
        "nav": navigation.side(viewer),
        "bottom_nav": navigation.bottom(viewer),
        "language": language,
        "language_url": url_for("languages.choose", language=other, kembali=here),
        "account_links": navigation.of_account(viewer),
        "sign_in_url": url_for("auth.sign_in"),
        "sign_out_url": url_for("auth.sign_out"),
        "search_url": _link("staff.agreements.index") if staff else None,
        "alarm": alarm.sentence,
        "jobs_url": _link("staff.jobs.index") if staff else None,
        "bell_url": url_for("staff.bell.index" if staff else "partner.bell.index"),
        "bell_number": bell_page.number,
        "new_url": _link("staff.agreements.record") if staff else None,
        "help_url": _link("front.guide"),
        "accessibility_url": _link("front.accessibility"),
        "help_phone": settings.help_phone,
        "demo": settings.demo,
        "mailbox_url": _link("staff.mailbox.index") if staff and settings.smtp.host is None else None,
        "home_url": url_for("front.home"),
        "session_end": _session_end(),
    }


def _session_end() -> dict[str, int | None] | None:
    """Return what the warning before the end of a session needs, None when nobody is signed in."""
    signed = signed_in()
    if signed is None:
        return None
    return {
        "account": signed.actor.account_id,
        "idle": int(signed.idle.total_seconds()),
        "most": int((signed.expires_at - clock.now()).total_seconds()),
    }


def register(app: Flask) -> None:
    """Give the shell's values to every template."""
    app.context_processor(_shell)
