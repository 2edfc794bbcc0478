"""How entries of the trail are chained: what is counted in, its keyed digest, and the signature of a daily head.

An entry's detail is counted in by its digest only, so that it can be erased without breaking the chain (design:
platform B5). Pure: the rows are read and written elsewhere.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

ERASED: Final = '{"erased": true}'
"""The text that stands in the place of a detail that was erased."""

BLOCK: Final = 64
"""Bytes that SHA-256 takes in at once, by which HMAC pads its key (RFC 2104)."""

_KEPT_LENGTH: Final = len("2026-11-21 02:00:00.000000")

_encode = json.JSONEncoder(separators=(",", ":")).encode


def detail_text(detail: Any) -> str:
    """Return a detail as both databases keep it, letter by letter."""
    return json.dumps(detail)


def digest(text: str) -> str:
    """Return the digest of a detail by which it is counted in."""
    return hashlib.sha256(text.encode()).hexdigest()


def instant(at: datetime) -> str:
    """Return an instant as it is counted in: UTC, to the microsecond."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")


def instant_of_text(kept: str) -> str:
    """Return an instant as it is counted in from the text under which SQLite keeps it: UTC, without its zone.

    What is no instant is returned as it is: nobody ever sealed it.
    """
    if len(kept) == _KEPT_LENGTH:
        return f"{kept[:10]}T{kept[11:]}+00:00"
    try:
        return instant(datetime.fromisoformat(kept).replace(tzinfo=UTC))
    except ValueError:
        return kept


def mac(key: bytes, sequence: int, previous: str | None, facts: Sequence[Any]) -> str:
    """Return the keyed digest (HMAC-SHA-256, hex) of one entry: its place, the digest before it, and its facts.

    Each fact is told with its length, so that no two entries read alike; None is told apart from a word.
    """
    told = ["-" if fact is None else f"{len(word := str(fact))}:{word}" for fact in facts]
    inner, outer = _states(key)
    inner, outer = inner.copy(), outer.copy()
    inner.update("|".join([f"{sequence}:{previous}", *told]).encode())
    outer.update(inner.digest())
    told_twice: str = outer.hexdigest()
    return told_twice


@lru_cache(maxsize=8)
def _states(key: bytes) -> tuple[Any, Any]:
    """Return the two hashes of an HMAC with the key already taken in: a check of a long trail begins with them."""
    block = hashlib.sha256(key).digest() if len(key) > BLOCK else key
    padded = block.ljust(BLOCK, b"\0")
    return tuple(hashlib.sha256(bytes(each ^ mask for each in padded)) for mask in (0x36, 0x5C))  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The end of the chain on one day, signed, to be kept elsewhere: it shows when the tail was cut off."""

    day: date
    sequence: int
    mac: str
    signature: str

    @classmethod
    def sign(cls, key: bytes, day: date, sequence: int, mac: str) -> "Head":
        """Sign the end of the chain."""
        return cls(day=day, sequence=sequence, mac=mac, signature=_signature(key, day, sequence, mac))

    @classmethod
    def read(cls, line: str) -> "Head":
        """Return the head of a line as `line` writes it; raise ValueError for anything else."""
        day, sequence, mac, signature = line.split()
        return cls(day=date.fromisoformat(day), sequence=int(sequence), mac=mac, signature=signature)

    @property
    def line(self) -> str:
        """Return the head as one line of a file or a mail."""
        return f"{self.day.isoformat()} {self.sequence} {self.mac} {self.signature}"

    def is_signed_by(self, keys: Sequence[bytes]) -> bool:
        """Return whether one of our keys signed this."""
        made = (_signature(key, self.day, self.sequence, self.mac) for key in keys)
        return any(hmac.compare_digest(each, self.signature) for each in made)


def _signature(key: bytes, day: date, sequence: int, mac: str) -> str:
    return hmac.digest(key, _encode(["head", day.isoformat(), sequence, mac]).encode(), "sha256").hex()
