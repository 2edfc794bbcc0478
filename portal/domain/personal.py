"""Personal data: what kinds there are, what people may ask about theirs, and by when the office must have answered.

UU 27/2022 (design: platform B7): access and correction within 3 × 24 hours (Art. 30 and 32, read). Restriction, erasure
and withdrawn consent take the same time (Art. 40 to 45; their numbers are from memory: ask the legal bureau).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

ANSWER_WITHIN: Final = timedelta(hours=72)
"""From the instant at which a person asks."""
LAST_CALL: Final = timedelta(hours=24)
"""So long before the end whoever decides is reminded."""
ERASED_DOMAIN: Final = "dihapus.invalid"
"""No mail can be sent there (RFC 2606)."""


class DataKind(StrEnum):
    """What a column tells about people."""

    NAME = "name"
    CONTACT = "contact"
    """An address by which a person is reached."""
    FACT = "fact"
    """Something about a person beside name and address."""
    WORDS = "words"
    """Free words, which may name people."""
    RECORD = "record"
    """Several values kept together, which may name people."""
    SECRET = "secret"  # noqa: S105 (the name of a kind)
    """What lets a person in, as a hash; never given out."""


class RequestKind(StrEnum):
    """What a person asks about the own data."""

    ACCESS = "access"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    ERASURE = "erasure"
    WITHDRAWAL = "withdrawal"


class RequestStage(StrEnum):
    """What was decided about a request."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class RequestWay(StrEnum):
    """How a request came in."""

    PORTAL = "portal"
    LETTER = "letter"
    PHONE = "phone"
    VISIT = "visit"
    MAIL = "mail"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a person asks, and who it is: an account, or a name with a mail address or a telephone number.

    `asked_at` is None for what is asked at this moment.
    """

    kind: RequestKind
    words: str
    name: str
    email: str | None = None
    phone: str | None = None
    way: RequestWay = RequestWay.PORTAL
    asked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The office's answer; `path` is the page of the portal on which the result can be seen, if any."""

    is_granted: bool
    answer: str
    path: str | None = None


def due_at(asked_at: datetime) -> datetime:
    """Return the instant by which a request must be answered."""
    return asked_at + ANSWER_WITHIN


def hours_left(due: datetime, now: datetime) -> int:
    """Return the whole hours until an instant, rounded down; negative when it is over."""
    return int((due - now) // timedelta(hours=1))


def needs_words(kind: RequestKind) -> bool:
    """Return whether a request says nothing without words: only a copy of everything explains itself."""
    return kind is not RequestKind.ACCESS


def check_asked(asked: Asked, *, has_account: bool, now: datetime) -> None:
    """Raise RuleBroken unless the request says what is wanted and how the answer reaches the person."""
    if asked.asked_at is not None and asked.asked_at > now:
        raise RuleBroken(N_("Waktu permintaan tidak boleh sesudah sekarang."), field="asked_on")
    if needs_words(asked.kind) and not asked.words.strip():
        raise RuleBroken(N_("Tulis apa yang diminta, dengan kata-kata sendiri."), field="words")
    if has_account:
        return
    if not asked.name.strip():
        raise RuleBroken(N_("Tulis nama orang yang meminta."), field="name")
    if not asked.email and not asked.phone:
        raise RuleBroken(N_("Isi surel atau nomor telepon, agar jawaban sampai."), field="email")


def check_outcome(outcome: Outcome, *, is_open: bool) -> None:
    """Raise RuleBroken unless the request waits and the answer says something."""
    if not is_open:
        raise RuleBroken(N_("Permintaan ini sudah dijawab. Jawabannya ada di halaman ini."))
    if not outcome.answer.strip():
        raise RuleBroken(N_("Tulis jawabannya. Orang yang meminta membaca kalimat ini."), field="answer")
    if outcome.path and not (outcome.path.startswith("/") and not outcome.path.startswith("//")):
        raise RuleBroken(
            N_("Tulis alamat halaman portal yang diawali garis miring, misalnya /mitra/profil."), field="path"
        )


def erased_name(account_id: int) -> str:
    """Return what stands where the name of an erased person stood; legal acts keep it."""
    return f"Orang #{account_id} (data dihapus)"


def erased_email(account_id: int) -> str:
    """Return the address that an erased account keeps, as each account has one of its own."""
    return f"orang-{account_id}@{ERASED_DOMAIN}"
