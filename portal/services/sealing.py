"""Seals short secrets with the portal's key before they are kept: the seeds of authenticator apps."""

import base64
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NUMBER_BYTES = 12
"""Of the number that AES-GCM takes for one message only (NIST SP 800-38D)."""


def sealed(secret: bytes, *, key: str, owner: str) -> str:
    """Return a secret as it is kept: AES-256-GCM, worthless without the portal's key and for any other owner."""
    number = secrets.token_bytes(_NUMBER_BYTES)
    return base64.urlsafe_b64encode(number + _cipher(key).encrypt(number, secret, owner.encode())).decode()


def unsealed(kept: str, *, key: str, owner: str) -> bytes | None:
    """Return what `sealed` was given; None with another key, for another owner, or when somebody changed it."""
    whole = base64.urlsafe_b64decode(kept)
    try:
        return _cipher(key).decrypt(whole[:_NUMBER_BYTES], whole[_NUMBER_BYTES:], owner.encode())
    except InvalidTag:
        return None


def _cipher(key: str) -> AESGCM:
    return AESGCM(hmac.digest(key.encode(), b"seal", "sha256"))
