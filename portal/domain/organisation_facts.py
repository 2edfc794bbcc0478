"""What people know of an organisation, as plain values: made by forms and imports, taken by `services.organisations`.

None: the record does not tell. Never of a client: this portal keeps agreements, not beneficiaries.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.errors import RuleBroken
from portal.domain.organisation import Accreditation, LegalForm, OrganisationKind, Zone

OURS = frozenset({OrganisationKind.MINISTRY, OrganisationKind.UNIT})
"""Kinds that belong to the ministry; all others are partners."""

PROFILE = "lks"
"""First part of the flat key of a fact of the profile: `lks.tax_number`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LksFacts:
    """What the ministry keeps of a welfare institution (design: domain §5.5)."""

    legal_form: LegalForm | None = None
    deed_number: str | None = None
    deed_on: date | None = None
    deed_notary: str | None = None
    approval_number: str | None = None
    tax_number: str | None = None
    registration_type: str | None = None
    registration_number: str | None = None
    registration_issuer: str | None = None
    registration_issued_on: date | None = None
    registration_expires_on: date | None = None
    accreditation: Accreditation | None = None
    accreditation_number: str | None = None
    accreditation_issued_on: date | None = None
    accreditation_expires_on: date | None = None
    siks_ng_id: str | None = None
    bank_name: str | None = None
    bank_account_number: str | None = None
    bank_account_name: str | None = None
    client_groups: tuple[str, ...] = ()
    atensi: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationFacts:
    """Everything that is recorded of one organisation, people left out."""

    kind: OrganisationKind
    name: str
    short_name: str | None = None
    aliases: tuple[str, ...] = ()
    parent_code: str | None = None
    address: str | None = None
    regency: str | None = None
    province_code: str | None = None
    zone: Zone = Zone.WIB
    phone: str | None = None
    email: str | None = None
    observes_joint_leave: bool = True
    note: str | None = None
    lks: LksFacts | None = None


def check(facts: OrganisationFacts) -> None:
    """Raise RuleBroken, with the field, unless the facts can be recorded."""
    if not facts.name.strip():
        raise RuleBroken("Tulis nama lengkap organisasi.", field="name")
    if facts.lks is not None:
        _check_profile(facts.kind, facts.lks)


def _check_profile(kind: OrganisationKind, lks: LksFacts) -> None:
    if kind is not OrganisationKind.LKS:
        raise RuleBroken("Data LKS hanya untuk lembaga kesejahteraan sosial. Periksa jenis organisasi.", field="kind")
    spans = (
        ("registration_expires_on", lks.registration_issued_on, lks.registration_expires_on),
        ("accreditation_expires_on", lks.accreditation_issued_on, lks.accreditation_expires_on),
    )
    for field, issued_on, expires_on in spans:
        if issued_on and expires_on and expires_on < issued_on:
            raise RuleBroken("Tulis masa berlaku yang sesudah tanggal terbit.", field=field)


def flat(facts: OrganisationFacts) -> dict[str, Any]:
    """Return the facts as plain values by key, for the trail and for comparing two people's edits."""
    found = {field.name: _plain(getattr(facts, field.name)) for field in fields(facts) if field.name != PROFILE}
    profile = facts.lks or LksFacts()
    found |= {f"{PROFILE}.{field.name}": _plain(getattr(profile, field.name)) for field in fields(profile)}
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {key: [before, after]} for every fact that differs."""
    return {key: [before.get(key), value] for key, value in after.items() if before.get(key) != value}
