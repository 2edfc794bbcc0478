"""Secrets that a person holds and the portal knows only by their hash: sign-in tokens, invitation links."""

import hashlib
import secrets

from portal.domain.code import spoken_code

DIGITS = 6
_SLOW_SALT = b"simpul spoken code"


def new_token() -> str:
    """Return a secret of 32 random bytes, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return the SHA-256 under which a secret is kept, 64 hex letters."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_spoken_code() -> str:
    """Return a secret of 40 random bits that can be read aloud, e.g. 8K2M-7Q4D."""
    return spoken_code(secrets.randbits(40))


def slow_fingerprint(code: str) -> str:
    """Return the scrypt hash under which a spoken code is kept, 64 hex letters: too slow to try all forty bits."""
    return hashlib.scrypt(code.encode(), salt=_SLOW_SALT, n=2**14, r=8, p=1, dklen=32).hex()


def new_digits() -> str:
    """Return six random digits, to be typed from a mail."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
