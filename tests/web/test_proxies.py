"""Whom a request comes from is believed of as many proxies as the settings name, and of nobody else (ASVS 4.1.3)."""

from collections.abc import Callable

import pytest
from flask import Flask, request

from portal.web.access import public

FORGED = {
    "X-Forwarded-For": "203.0.113.7, 198.51.100.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "jahat.example",
    "X-Real-Ip": "203.0.113.7",
    "Forwarded": "for=203.0.113.7",
}


def seen() -> str:
    """What the portal takes for address, protocol and host of the sender."""
    return f"{request.remote_addr} {request.scheme} {request.host}"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("proxies", "expected"), [(0, "127.0.0.1 http localhost"), (1, "198.51.100.9 https localhost")]
)
def test_headers_of_proxies_are_believed_as_far_as_they_are_set(
    make_app: Callable[..., Flask], proxies: int, expected: str
):
    app = make_app(trusted_proxies=proxies)
    app.add_url_rule("/dari-mana", "seen", public(seen))
    assert app.test_client().get("/dari-mana", headers=FORGED).text == expected
