"""Whether a partner's papers are in order: one light with its reasons, the same for drafting, renewal and the card.

Red is what is known to be wrong: a paper that has run out, nobody in office. Amber is what is not recorded or runs
out soon: the portal does not take what it does not know for a fault. Design: domain §5.5; an own rule, no law.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from portal.domain.marking import N_
from portal.domain.organisation import Accreditation, LegalForm
from portal.domain.organisation_card import DocumentKind

SOON_DAYS = 90
"""A paper that runs out within so many days is shown as such, and the partner reminded."""


class Light(StrEnum):
    """How it stands with a partner's papers."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Matter(StrEnum):
    """What a reason is about."""

    REGISTRATION = "registration"
    ACCREDITATION = "accreditation"
    DEED = "deed"
    OFFICERS = "officers"
    TAX_NUMBER = "tax_number"
    BANK = "bank"
    DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why the light is not green: what it is about, a message for the edge to translate, and its values."""

    light: Light
    matter: Matter
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """The light and every reason, red ones first."""

    light: Light
    reasons: tuple[Reason, ...]


class Profile(Protocol):
    """What is recorded of a welfare institution, as far as this rule asks."""

    legal_form: LegalForm | None
    deed_number: str | None
    tax_number: str | None
    registration_number: str | None
    registration_expires_on: date | None
    accreditation: Accreditation | None
    accreditation_expires_on: date | None
    bank_account_number: str | None


class Paper(Protocol):
    """A paper on the card that counts, with its last day."""

    kind: DocumentKind
    expires_on: date | None


class Term(Protocol):
    """From when to when somebody holds an office; None is open."""

    starts_on: date | None
    ends_on: date | None


def serves(term: Term, day: date) -> bool:
    """Return whether somebody is in office on a day."""
    return (term.starts_on is None or term.starts_on <= day) and (term.ends_on is None or day <= term.ends_on)


def of_papers(profile: Profile, day: date) -> tuple[Reason, ...]:
    """Return what is wrong with, or missing from, the papers of a welfare institution on `day`."""
    return tuple(_sorted([*_validity(profile, day), *_missing(profile)]))


def judge(profile: Profile | None, holders: Sequence[Term], day: date, papers: Iterable[Paper] = ()) -> Readiness:
    """Return the light of a partner on `day`; a partner without a profile is asked for its officers only.

    `papers` are those on its card that count: one that runs out is told, unless the profile tells of it already.
    """
    found = [*(of_papers(profile, day) if profile else ()), *_officers(holders, day), *_documents(papers, day)]
    reasons = tuple(_sorted(found))
    light = reasons[0].light if reasons else Light.GREEN
    return Readiness(light=light, reasons=reasons)


def _sorted(found: list[Reason]) -> list[Reason]:
    return sorted(found, key=lambda one: one.light is not Light.RED)


def _validity(profile: Profile, day: date) -> Iterator[Reason]:
    over = {
        Matter.REGISTRATION: N_("Tanda daftar lembaga ini habis berlaku pada %(date)s."),
        Matter.ACCREDITATION: N_("Akreditasi lembaga ini habis berlaku pada %(date)s."),
    }
    soon = {
        Matter.REGISTRATION: N_("Tanda daftar lembaga ini berlaku hanya sampai %(date)s."),
        Matter.ACCREDITATION: N_("Akreditasi lembaga ini berlaku hanya sampai %(date)s."),
    }
    dates = {
        Matter.REGISTRATION: profile.registration_expires_on,
        Matter.ACCREDITATION: profile.accreditation_expires_on,
    }
    for matter, last in dates.items():
        if last is None or last > day + timedelta(days=SOON_DAYS):
            continue
        is_over = last < day
        message = over[matter] if is_over else soon[matter]
        yield Reason(light=Light.RED if is_over else Light.AMBER, matter=matter, message=message, values={"date": last})


def _missing(profile: Profile) -> Iterator[Reason]:
    asked = {
        Matter.REGISTRATION: (profile.registration_number, N_("Nomor tanda daftar lembaga ini belum tercatat.")),
        Matter.ACCREDITATION: (profile.accreditation, N_("Akreditasi lembaga ini belum tercatat.")),
        Matter.DEED: (profile.deed_number, N_("Akta pendirian lembaga ini belum tercatat.")),
        Matter.TAX_NUMBER: (profile.tax_number, N_("NPWP lembaga ini belum tercatat.")),
        Matter.BANK: (profile.bank_account_number, N_("Rekening lembaga ini belum tercatat.")),
    }
    for matter, (told, message) in asked.items():
        needless = matter is Matter.DEED and profile.legal_form is LegalForm.UNINCORPORATED
        if not told and not needless:
            yield Reason(light=Light.AMBER, matter=matter, message=message)


def _documents(papers: Iterable[Paper], day: date) -> Iterator[Reason]:
    for paper in papers:
        last = paper.expires_on
        if last is None or last > day + timedelta(days=SOON_DAYS) or paper.kind in _TOLD_BY_PROFILE:
            continue
        message = (
            N_("%(paper)s: habis berlaku pada %(date)s.")
            if last < day
            else N_("%(paper)s: berlaku hanya sampai %(date)s.")
        )
        values = {"paper": paper.kind, "date": last}
        yield Reason(light=Light.AMBER, matter=Matter.DOCUMENT, message=message, values=values)


_TOLD_BY_PROFILE = frozenset({DocumentKind.REGISTRATION, DocumentKind.ACCREDITATION})


def _officers(holders: Sequence[Term], day: date) -> Iterator[Reason]:
    if not holders:
        message = N_("Pengurus lembaga ini belum tercatat.")
        yield Reason(light=Light.AMBER, matter=Matter.OFFICERS, message=message)
    elif not any(serves(one, day) for one in holders):
        message = N_("Masa jabatan semua pengurus lembaga ini sudah berakhir.")
        yield Reason(light=Light.RED, matter=Matter.OFFICERS, message=message)
