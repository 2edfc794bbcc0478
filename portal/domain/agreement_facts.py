"""What people know of an agreement, as plain values: made by forms and imports, taken by `services.agreements`.

Everything is named by its public key (codes, addresses of mail), never by a row. None: the record does not tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.agreement import AgreementKind, Relation, SigningCapacity, Stage
from portal.domain.dates import end_of_term
from portal.domain.errors import RuleBroken
from portal.domain.obligation import OffsetUnit
from portal.domain.period import Period

PARTY = "parties"
"""First part of the flat key of a party's fact: `parties.1.number_printed`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyFacts:
    """One party in its place; name and address are as printed, None takes the organisation's of today."""

    organisation_code: str
    name_printed: str | None = None
    address_printed: str | None = None
    number_printed: str | None = None
    signatory_name: str | None = None
    signatory_office: str | None = None
    capacity: SigningCapacity | None = None
    principal: str | None = None
    instrument: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class RegionFacts:
    """A province, or one regency in it."""

    province_code: str
    regency: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class RelationFacts:
    """The recorded agreement stands in this relation to another one."""

    relation: Relation
    other_code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementFacts:
    """Everything that is recorded of one agreement, parties in order. Its stage is no fact but a decision."""

    kind: AgreementKind
    title: str
    parties: tuple[PartyFacts, ...]
    printed_label: str | None = None
    is_foreign: bool = False
    is_confidential: bool = False
    signed_on: date | None = None
    signed_place: str | None = None
    signing_event_code: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    term_years: int | None = None
    term_months: int | None = None
    notice_count: int | None = None
    notice_unit: OffsetUnit | None = None
    notice_article: str | None = None
    purpose: str | None = None
    scope: tuple[str, ...] = ()
    beneficiaries: str | None = None
    value_rupiah: int | None = None
    funding_source: str | None = None
    originals: int | None = None
    unit_code: str | None = None
    officer_email: str | None = None
    client_groups: tuple[str, ...] = ()
    atensi: tuple[str, ...] = ()
    regions: tuple[RegionFacts, ...] = ()
    relations: tuple[RelationFacts, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """How a record begins: the stage it is already in, since when, and whether it is fictional."""

    stage: Stage = Stage.EXPLORATION
    entered_on: date | None = None
    is_sample: bool = False
    follow: bool = False
    """Whether the agreements that it amends or extends take over its end; for a record that is in force already."""


def check(facts: AgreementFacts) -> None:
    """Raise RuleBroken unless the facts fit together: a title, dates in order, a whole notice period."""
    if not facts.title.strip():
        raise RuleBroken("Tulis judul naskah.", field="title")
    Period(starts_on=facts.starts_on, ends_on=facts.ends_on)
    if facts.ends_on and facts.signed_on and facts.ends_on < facts.signed_on:
        raise RuleBroken("Tulis tanggal berakhir yang sesudah tanggal penandatanganan.", field="ends_on")
    if (facts.notice_count is None) != (facts.notice_unit is None):
        raise RuleBroken("Isi jumlah dan satuan tenggat pemberitahuan bersama-sama.", field="notice_count")


def counted_end(facts: AgreementFacts) -> date | None:
    """Return the end that start and term give, or None when they do not tell (design: domain §4.3)."""
    years, months = facts.term_years or 0, facts.term_months or 0
    if facts.starts_on is None or years + months == 0:
        return None
    return end_of_term(facts.starts_on, years=years, months=months)


def settled(facts: AgreementFacts) -> AgreementFacts:
    """Return the facts as they are stored: trimmed, in order, with the end of the term.

    A typed, printed end wins over the counted one (Settled 10).
    """
    return replace(
        facts,
        title=facts.title.strip(),
        ends_on=facts.ends_on or counted_end(facts),
        regions=tuple(sorted(set(facts.regions))),
        relations=tuple(sorted(set(facts.relations))),
    )


def following(facts: AgreementFacts, *, relation: Relation, other_code: str, kind: AgreementKind) -> AgreementFacts:
    """Return what an agreement that stands in `relation` to the one of `facts` takes over: never dates and numbers."""
    return AgreementFacts(
        kind=kind,
        title=facts.title,
        parties=tuple(replace(party, number_printed=None) for party in facts.parties),
        unit_code=facts.unit_code,
        officer_email=facts.officer_email,
        is_confidential=facts.is_confidential,
        client_groups=facts.client_groups,
        atensi=facts.atensi,
        regions=facts.regions,
        relations=(RelationFacts(relation=relation, other_code=other_code),),
    )


def flat(facts: AgreementFacts) -> dict[str, Any]:
    """Return every fact under one flat key as a plain value, for the trail and for comparing two people's edits."""
    values = {one.name: _plain(getattr(facts, one.name)) for one in fields(AgreementFacts) if one.name != PARTY}
    for place, party in enumerate(facts.parties, start=1):
        for one in fields(PartyFacts):
            values[f"{PARTY}.{place}.{one.name}"] = _plain(getattr(party, one.name))
    return values


def merged(mine: AgreementFacts, stored: AgreementFacts, *, keep_mine: frozenset[str]) -> AgreementFacts:
    """Return the stored facts with those of `mine` whose flat key is in `keep_mine`."""
    values = {
        one.name: getattr(mine if one.name in keep_mine else stored, one.name)
        for one in fields(AgreementFacts)
        if one.name != PARTY
    }
    places = range(1, max(len(mine.parties), len(stored.parties)) + 1)
    parties = (_merged_party(place, mine, stored, keep_mine) for place in places)
    return AgreementFacts(parties=tuple(party for party in parties if party), **values)


def _merged_party(
    place: int, mine: AgreementFacts, stored: AgreementFacts, keep_mine: frozenset[str]
) -> PartyFacts | None:
    values: dict[str, Any] = {}
    for one in fields(PartyFacts):
        side = mine if f"{PARTY}.{place}.{one.name}" in keep_mine else stored
        values[one.name] = getattr(side.parties[place - 1], one.name) if place <= len(side.parties) else None
    return PartyFacts(**values) if values["organisation_code"] else None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, RegionFacts):
        return f"{value.province_code}|{value.regency}"
    if isinstance(value, RelationFacts):
        return f"{value.relation.value}|{value.other_code}"
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return {flat key: [before, after]} for all that differs, facts that went included."""
    keys = [*before, *(key for key in after if key not in before)]
    return {key: [before.get(key), after.get(key)] for key in keys if before.get(key) != after.get(key)}
