"""What every page is given: who reads, the menus, the language, the help line."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from portal import clock
from portal.web import alarm, bell_page, framing, kept_forms, languages
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


def _shell() -> dict[str, Any]:
    language, frame = languages.current(), framing.frame()
    places = frame.places
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return {
        "viewer": reader(),
        "frame": frame,
        "language": language,
        "language_url": url_for("languages.choose", language="en" if language == "id" else "id", kembali=here),
        "account_links": places.account_links,
        "sign_in_url": places.sign_in_url,
        "sign_out_url": places.sign_out_url,
        "alarm": alarm.sentence,
        "jobs_url": places.jobs_url,
        "bell_url": places.bell_url,
        "bell_number": bell_page.number,
        "new_url": places.new_url,
        "help_phone": places.help_phone,
        "home_url": places.home_url,
        "stay_url": places.stay_url,
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
    """Give the shell's values to every template, and what a form brought to those that show it no more."""
    app.context_processor(_shell)
    app.jinja_env.globals["what_was_typed"] = kept_forms.typed
