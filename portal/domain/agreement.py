"""Agreements: kinds, stages that people decide, and the standing that the calendar gives."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from portal.domain.errors import RuleBroken
from portal.domain.lifecycle import Transitions
from portal.domain.marking import N_

ENDING_SOON_DAYS = 180
"""From so many days before its end an agreement is *ending soon*: the first step of the end ladder."""

PKS_WITHIN_MONTHS = 3
"""So long after an MoU a PKS should carry it out: the precedent of KPU and Polri (design: domain §3.1), a default."""

MIN_PARTIES = 2
MAX_PARTIES = 5


class AgreementKind(StrEnum):
    """Kinds of instruments (design: domain §7)."""

    MOU = "mou"
    PKS = "pks"
    SYNERGY_NOTE = "synergy_note"
    AMENDMENT = "amendment"
    EXTENSION = "extension"
    TERMINATION = "termination"


class Stage(StrEnum):
    """What people decided about an agreement (design: domain §3; README of the design, Settled 9)."""

    EXPLORATION = "exploration"
    PROPOSED = "proposed"
    REVIEW = "review"
    DRAFTING = "drafting"
    NEGOTIATION = "negotiation"
    INITIALLING = "initialling"
    SIGNING = "signing"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    CANCELLED = "cancelled"


MOVING = (
    Stage.EXPLORATION,
    Stage.PROPOSED,
    Stage.REVIEW,
    Stage.DRAFTING,
    Stage.NEGOTIATION,
    Stage.INITIALLING,
    Stage.SIGNING,
    Stage.ACTIVE,
)
"""The eight stages of the way from an idea to an agreement in force, in order."""

UNSIGNED = frozenset(MOVING[:-1])
"""Stages in which the text of an agreement may still be written."""

FOLLOWED = frozenset({Stage.ACTIVE, Stage.SUSPENDED})
"""Stages in which an addendum or an extension can follow."""


def _ways() -> Mapping[Stage, frozenset[Stage]]:
    ways: dict[Stage, frozenset[Stage]] = {}
    for place, stage in enumerate(MOVING[:-1]):
        nearby = {MOVING[place + 1], Stage.CANCELLED}
        if place:
            nearby.add(MOVING[place - 1])
        ways[stage] = frozenset(nearby)
    ways[Stage.ACTIVE] = frozenset({Stage.SUSPENDED, Stage.TERMINATED})
    ways[Stage.SUSPENDED] = frozenset({Stage.ACTIVE, Stage.TERMINATED})
    ways[Stage.TERMINATED] = frozenset()
    ways[Stage.CANCELLED] = frozenset()
    return ways


STAGES: Transitions[Stage] = Transitions(table=_ways())

NEEDS_REASON = frozenset({Stage.SUSPENDED, Stage.TERMINATED, Stage.CANCELLED})
"""Stages that nobody may choose without saying why."""


_CLOSED_TEXT: Mapping[Stage, str] = {
    Stage.TERMINATED: N_("Naskah ini sudah diakhiri. Teksnya tidak dapat diubah lagi."),
    Stage.CANCELLED: N_("Naskah ini dibatalkan. Teksnya tidak dapat diubah lagi."),
}
_SIGNED_TEXT = N_("Naskah ini sudah ditandatangani. Teksnya hanya dapat diubah dengan adendum atau perpanjangan.")


def check_drafting(stage: Stage) -> None:
    """Raise RuleBroken unless the text of an agreement in this stage may still be written (`UNSIGNED`)."""
    if stage not in UNSIGNED:
        raise RuleBroken(_CLOSED_TEXT.get(stage, _SIGNED_TEXT))


class Standing(StrEnum):
    """What the calendar says about an agreement that is signed; never stored."""

    UPCOMING = "upcoming"
    IN_FORCE = "in_force"
    ENDING_SOON = "ending_soon"
    ENDED = "ended"
    END_UNKNOWN = "end_unknown"


class Relation(StrEnum):
    """How one agreement relates to another (design: domain §2.5)."""

    PARENT = "parent"
    AMENDS = "amends"
    EXTENDS = "extends"
    RENEWS = "renews"
    IMPLEMENTS = "implements"


class SigningCapacity(StrEnum):
    """In which capacity a person signs (design: domain §1.3)."""

    DEFINITIVE = "definitive"
    ACTING = "plt"
    DAILY_ACTING = "plh"
    ON_BEHALF = "an"
    ON_BEHALF_DELEGATE = "ub"
    POWER_OF_ATTORNEY = "kuasa"


FOR_ANOTHER = frozenset(
    {SigningCapacity.ON_BEHALF, SigningCapacity.ON_BEHALF_DELEGATE, SigningCapacity.POWER_OF_ATTORNEY}
)
"""Capacities in which somebody signs for another person, who is named too."""


class HasTerm(Protocol):
    """What `standing` needs to know of an agreement."""

    @property
    def stage(self) -> Stage:
        """Return what people decided."""

    @property
    def starts_on(self) -> date | None:
        """Return the first day in force."""

    @property
    def ends_on(self) -> date | None:
        """Return the last day in force, inclusive."""


def standing(agreement: HasTerm, today: date) -> Standing | None:
    """Return what the calendar says on `today`; None before signing or when people ended it themselves."""
    if agreement.stage is not Stage.ACTIVE:
        return None
    if agreement.starts_on is not None and today < agreement.starts_on:
        return Standing.UPCOMING
    if agreement.ends_on is None:
        return Standing.END_UNKNOWN
    return _standing_of_end(agreement.ends_on, today)


def _standing_of_end(ends_on: date, today: date) -> Standing:
    if ends_on < today:
        return Standing.ENDED
    soon = ends_on <= today + timedelta(days=ENDING_SOON_DAYS)
    return Standing.ENDING_SOON if soon else Standing.IN_FORCE


def check_stage_change(before: Stage, after: Stage, *, reason: str | None, signed_on: date | None) -> None:
    """Raise RuleBroken unless people may move an agreement from `before` to `after`.

    Becoming active needs the date of signing: a news item about talks is no agreement (design: domain §5.7).
    """
    STAGES.check(before, after)
    if after in NEEDS_REASON and not (reason or "").strip():
        raise RuleBroken("Tulis alasan perubahan tahap ini.", field="reason")
    if after is Stage.ACTIVE and signed_on is None:
        raise RuleBroken("Isi tanggal penandatanganan sebelum naskah dinyatakan berlaku.", field="signed_on")


def check_parties(organisation_ids: tuple[int, ...]) -> None:
    """Raise RuleBroken unless there are two to five different parties."""
    if not MIN_PARTIES <= len(organisation_ids) <= MAX_PARTIES:
        raise RuleBroken("Pilih dua sampai lima pihak.", field="parties")
    if len(set(organisation_ids)) != len(organisation_ids):
        raise RuleBroken("Satu organisasi tercatat dua kali. Setiap pihak hanya boleh muncul sekali.", field="parties")
