"""The page of calendar subscriptions in words, for the office and for partners: somebody's feeds, a new address."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _

from portal.web.filters import datetime_zone

if TYPE_CHECKING:
    from portal.models import CalendarFeed

Item = dict[str, Any]
KEY_LETTERS = 12
"""So many letters of a feed's fingerprint name it in addresses; they are worth nothing as a secret."""


def rows(feeds: "Sequence[CalendarFeed]", *, endpoint: str) -> list[Item]:
    """Return somebody's feeds with where each is revoked."""
    return [row(feed, endpoint=endpoint) for feed in feeds]


def row(feed: "CalendarFeed", *, endpoint: str) -> Item:
    """Return one feed."""
    read = _("Terakhir dibaca %(when)s", when=datetime_zone(feed.read_at)) if feed.read_at else _("Belum pernah dibaca")
    return {
        "name": feed.name,
        "made": _("Dibuat %(when)s", when=datetime_zone(feed.created_at)),
        "read": read,
        "href": url_for(endpoint, key=feed.token_hash[:KEY_LETTERS]),
    }


def address(token: str) -> str:
    """Return the whole secret address of a feed."""
    base_url: str = current_app.config["SETTINGS"].base_url
    return base_url + url_for("calendar_feed.show", token=token)
