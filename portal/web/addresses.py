"""Addresses that come from outside: only paths of our own are followed."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def own_path(asked: str | None, fallback: str) -> str:
    """Return `asked` when it is a plain path of this portal, else `fallback` (design: ASVS 3.7.2)."""
    if not asked or not asked.startswith("/") or asked.startswith("//") or "\\" in asked:
        return fallback
    if any(ord(letter) < 32 for letter in asked):  # noqa: PLR2004 (control characters)
        return fallback
    parts = urlsplit(asked)
    return fallback if parts.scheme or parts.netloc else asked


def is_page(path: str) -> bool:
    """Return whether a path of this portal can be opened as a page, and is not only sent to."""
    try:
        current_app.url_map.bind_to_environ(request.environ).match(urlsplit(path).path, method="GET")
    except HTTPException:
        return False
    return True


def sender_path(fallback: str) -> str:
    """Return the page of this portal that sent the request, this address if it is a page, else `fallback`."""
    sender = urlsplit(request.referrer or "")
    page = f"{sender.path}?{sender.query}".rstrip("?") if sender.netloc == request.host else ""
    here = request.full_path.rstrip("?")
    return next((path for path in (page, here) if path and is_page(path)), fallback)
