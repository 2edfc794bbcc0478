"""Hashing of passwords with argon2id, and the list of common ones. What a password must be: `domain/password.py`."""

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.domain import password as rules
from portal.paths import REFERENCE

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id with 19 MiB, two passes, one lane (design: platform B1)."""
_NOBODY: Final = _HASHER.hash("nobody has this password")


@cache
def common() -> frozenset[str]:
    """Return the passwords that many people use, of a list that lies beside the code: nobody outside is asked."""
    lines = (REFERENCE / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def check(password: str, *, email: str, organisation_name: str) -> None:
    """Raise RuleBroken with what to do unless a new password is good enough for its owner."""
    rules.check(password, email=email, organisation_name=organisation_name, common=common())


def hashed(password: str) -> str:
    """Return the salted hash under which a password is kept."""
    return _HASHER.hash(password)


def matches(stored: str | None, typed: str) -> bool:
    """Return whether `typed` is the password behind `stored`; without one the same work is done, for equal time."""
    try:
        return _HASHER.verify(stored or _NOBODY, typed) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)
