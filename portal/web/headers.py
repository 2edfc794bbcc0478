"""The headers of every answer (design: platform B3, ux §3): strict content policy, no caching of personal pages."""

from flask import Flask, Response, current_app, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DOWNLOAD_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def _add(response: Response) -> Response:
    own = response.headers
    is_file = "Content-Disposition" in own
    own["Content-Security-Policy"] = DOWNLOAD_POLICY if is_file else POLICY
    own["X-Content-Type-Options"] = "nosniff"
    own["Referrer-Policy"] = "same-origin"
    own["Cross-Origin-Opener-Policy"] = "same-origin"
    own["Cross-Origin-Resource-Policy"] = "same-origin"
    own["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.endpoint != "static":
        own["Cache-Control"] = kept if (kept := own.get("Cache-Control", "no-cache")) != "no-cache" else "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        own["Strict-Transport-Security"] = "max-age=31536000"
    return response


def register(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_add)
