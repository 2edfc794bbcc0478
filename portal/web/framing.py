"""The frame of pages: menus, links and words around what a page says, drawn once for each role, place and language."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from portal.web import drawn, guard, languages, navigation
from portal.web.guard import signed_in
from portal.web.navigation import Group, Item

TEMPLATE = "layouts/_frame.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where the frame leads, as far as the reader's roles allow; the same for everybody who holds them."""

    nav: tuple[Group, ...]
    bottom_nav: tuple[Item, ...]
    account_links: tuple[dict[str, str], ...]
    home_url: str
    sign_in_url: str
    sign_out_url: str
    stay_url: str
    bell_url: str
    search_url: str | None
    jobs_url: str | None
    new_url: str | None
    mailbox_url: str | None
    help_url: str | None
    accessibility_url: str | None
    help_phone: str | None
    demo: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The frame as drawn. What is personal, counted or secret is no part of it."""

    places: Places
    brand: Markup
    search: Markup
    actions: Markup
    side: Markup
    top_links: Markup
    bottom: Markup
    strip: Markup
    foot: Markup
    session: Markup


def frame() -> Frame:
    """Return the frame of this page for this reader."""
    signed, settings = signed_in(), current_app.config["SETTINGS"]
    roles = signed.actor.roles if signed else None
    facts = (settings.help_phone, settings.demo, settings.smtp.host is None)
    return drawn.keep("frame", (roles, navigation.here(), languages.current(), facts), _draw)


def _draw() -> Frame:
    places = _places()
    names = ("brand", "search", "actions", "side", "top_links", "bottom", "strip", "foot", "session")
    parts: dict[str, Markup] = {name: drawn.macro(TEMPLATE, name)(places) for name in names}
    return Frame(places=places, **parts)


def _link(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if guard.may_open(endpoint) else None


def _places() -> Places:
    signed, settings = signed_in(), current_app.config["SETTINGS"]
    is_staff = signed.actor.is_staff if signed else None
    return Places(
        nav=navigation.side(is_staff=is_staff),
        bottom_nav=navigation.bottom(is_staff=is_staff),
        account_links=navigation.of_account(is_staff=is_staff),
        home_url=url_for("front.home"),
        sign_in_url=url_for("auth.sign_in"),
        sign_out_url=url_for("auth.sign_out"),
        stay_url=url_for("auth.stay"),
        bell_url=url_for("staff.bell.index" if is_staff else "partner.bell.index"),
        search_url=_link("staff.agreements.index") if is_staff else None,
        jobs_url=_link("staff.jobs.index") if is_staff else None,
        new_url=_link("staff.agreements.record") if is_staff else None,
        mailbox_url=_link("staff.mailbox.index") if is_staff and settings.smtp.host is None else None,
        help_url=_link("front.guide"),
        accessibility_url=_link("front.accessibility"),
        help_phone=settings.help_phone,
        demo=settings.demo,
    )
