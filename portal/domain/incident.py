"""Incidents with personal data: what is recorded, where to look for those concerned, and by when they are told.

UU 27/2022 Art. 46 (read): written notice within 3 × 24 hours to the persons and to the authority, saying what came
out, when and how, and what is being done about it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.personal import DataKind

TELL_WITHIN: Final = timedelta(hours=72)
"""From the instant at which the incident was noticed."""


class Addressee(StrEnum):
    """Who is told of an incident."""

    PERSON = "person"
    AUTHORITY = "authority"


class LetterWay(StrEnum):
    """How a letter was sent."""

    LETTER = "letter"
    MAIL = "mail"
    PHONE = "phone"
    HAND = "hand"


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """Where to look in the trail: a span of time, and perhaps whose account, which organisation, which address."""

    begins_at: datetime
    ends_at: datetime
    account_id: int | None = None
    organisation_id: int | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return the search as JSON keeps it."""
        return {
            "begins_at": self.begins_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "account_id": self.account_id,
            "organisation_id": self.organisation_id,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Search":
        """Return the search that JSON kept."""
        return cls(
            begins_at=datetime.fromisoformat(plain["begins_at"]),
            ends_at=datetime.fromisoformat(plain["ends_at"]),
            account_id=plain.get("account_id"),
            organisation_id=plain.get("organisation_id"),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentFacts:
    """What is recorded of an incident."""

    title: str
    what: str
    noticed_at: datetime
    search: Search
    how: str = ""
    measures: str = ""
    data_kinds: tuple[DataKind, ...] = field(default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Who was told, and how; without a name it was the authority."""

    way: LetterWay
    name: str = ""
    account_id: int | None = None


def due_at(noticed_at: datetime) -> datetime:
    """Return the instant by which persons and authority must have been told."""
    return noticed_at + TELL_WITHIN


def check_facts(facts: IncidentFacts, *, now: datetime) -> None:
    """Raise RuleBroken unless an incident says what happened, when it was noticed, and where to look."""
    if not facts.title.strip():
        raise RuleBroken(N_("Beri nama singkat pada insiden ini."), field="title")
    if not facts.what.strip():
        raise RuleBroken(N_("Tulis apa yang terjadi."), field="what")
    if facts.noticed_at > now:
        raise RuleBroken(N_("Waktu diketahui tidak boleh sesudah sekarang."), field="noticed_on")
    if facts.search.ends_at < facts.search.begins_at:
        raise RuleBroken(N_("Akhir rentang waktu harus sesudah awalnya."), field="ends_on")
