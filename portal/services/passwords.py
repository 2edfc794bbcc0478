"""Hashing of passwords with argon2id. What a password must be stands in `domain/password.py`."""

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id with 19 MiB, two passes, one lane (design: platform B1)."""
_NOBODY: Final = _HASHER.hash("nobody has this password")


def hashed(password: str) -> str:
    """Return the salted hash under which a password is kept."""
    return _HASHER.hash(password)


def matches(stored: str | None, typed: str) -> bool:
    """Return whether `typed` is the password behind `stored`; without one the same work is done, for equal time."""
    try:
        return _HASHER.verify(stored or _NOBODY, typed) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)
