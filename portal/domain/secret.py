"""Secrets that a person holds and the portal knows only by their hash: sign-in tokens, invitation links."""

import hashlib
import secrets


def new_token() -> str:
    """Return a secret of 32 random bytes, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return the SHA-256 under which a secret is kept, 64 hex letters."""
    return hashlib.sha256(token.encode()).hexdigest()
