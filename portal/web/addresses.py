"""Addresses that come from outside: only paths of our own are followed."""

from urllib.parse import urlsplit


def own_path(asked: str | None, fallback: str) -> str:
    """Return `asked` when it is a plain path of this portal, else `fallback` (design: ASVS 3.7.2)."""
    if not asked or not asked.startswith("/") or asked.startswith("//") or "\\" in asked:
        return fallback
    if any(ord(letter) < 32 for letter in asked):  # noqa: PLR2004 (control characters)
        return fallback
    parts = urlsplit(asked)
    return fallback if parts.scheme or parts.netloc else asked
