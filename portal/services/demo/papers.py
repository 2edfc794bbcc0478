"""Agreements of both sets, recorded through the ordinary services: facts from the rows, then stage by stage."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import AgreementKind, Relation, SigningCapacity
from portal.domain.agreement_facts import AgreementFacts, Opening, PartyFacts, RegionFacts, RelationFacts
from portal.domain.agreement_file import FileKind
from portal.domain.duty_change import Decision
from portal.domain.letter_number import Pattern
from portal.domain.obligation import OffsetUnit
from portal.domain.policy import Actor
from portal.models import Agreement, Contact, OfficeHolder, Organisation
from portal.services import agreement_files, agreements
from portal.services.agreement_files import Incoming
from portal.services.demo import scans
from portal.services.demo.moments import Moment
from portal.services.demo.stages import Entered
from portal.storage import Storage

Row = Mapping[str, Any]

FIRST_NUMBER = 9100
"""Numbers of letters of the sample set begin after this one, far from those of any real register."""

_SAME_NAME = (
    "title",
    "printed_label",
    "purpose",
    "beneficiaries",
    "value_rupiah",
    "funding_source",
    "originals",
    "term_years",
    "notice_count",
    "notice_article",
    "note",
)


@dataclass(kw_only=True, slots=True)
class Shelf:
    """What the papers of one set are made from and where they are kept by key."""

    organisations: Mapping[str, Organisation]
    moment: Moment
    is_sample: bool
    patterns: Mapping[str, str] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    papers: dict[str, Agreement] = field(default_factory=dict)
    storage: Storage | None = None

    def number(self, code: str, on: date | None) -> str | None:
        """Return the next letter number of an organisation; None before signing or without a pattern."""
        if on is None or code not in self.patterns:
            return None
        self.given[code] += 1
        return Pattern(text=self.patterns[code]).number(FIRST_NUMBER + self.given[code], on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dates:
    """The dates of one agreement; what is not known is None."""

    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def put(session: Session, row: Row, shelf: Shelf, *, dates: Dates, way: Sequence[Entered], actor: Actor) -> Agreement:
    """Record one agreement and walk it through the stages of `way`; keep it on the shelf.

    Acts of the sample set are dated on the days they stand for, those of the real set on the day of loading.
    """
    first, *later = way
    agreement = agreements.record(
        session,
        _facts(session, row, shelf, dates),
        opening=Opening(stage=first[0], entered_on=first[1], is_sample=shelf.is_sample),
        actor=actor,
        now=_instant(shelf, first[1]),
    )
    shelf.papers[row["key"]] = agreement
    for stage, entered_on in later:
        reason = row.get("reason") if stage is way[-1][0] else None
        decision = Decision(to=stage, entered_on=entered_on, reason=reason)
        agreements.change_stage(session, agreement, decision, actor=actor, now=_instant(shelf, entered_on))
    if shelf.storage and shelf.is_sample and dates.signed_on:
        _add_scan(session, agreement, shelf.storage, actor=actor, now=_instant(shelf, dates.signed_on))
    return agreement


def _add_scan(session: Session, agreement: Agreement, storage: Storage, *, actor: Actor, now: datetime) -> None:
    """Keep a page in the place of the signed original, and show it to the partners."""
    parties = (f"{party.position}. {party.name_printed}" for party in agreement.parties)
    content = scans.page("CONTOH - bukan naskah asli", agreement.code, agreement.title, *parties)
    incoming = Incoming(name=f"{agreement.code} bertanda tangan.pdf", kind=FileKind.SIGNED, content=content)
    row = agreement_files.add(session, agreement, incoming=incoming, storage=storage, actor=actor, now=now)
    agreement_files.release(session, row, actor=actor, now=now)


def _instant(shelf: Shelf, on: date) -> datetime:
    return shelf.moment.at(on) if shelf.is_sample else shelf.moment.now


def _facts(session: Session, row: Row, shelf: Shelf, dates: Dates) -> AgreementFacts:
    same: dict[str, Any] = {name: row.get(name) for name in _SAME_NAME}
    return AgreementFacts(
        kind=AgreementKind(row["kind"]),
        parties=tuple(_party(session, code, shelf, dates.signed_on) for code in row["parties"]),
        is_foreign=row.get("foreign", False),
        is_confidential=row.get("confidential", False),
        signed_on=dates.signed_on,
        signed_place=row.get("place"),
        signing_event_code=row.get("signing_event"),
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        notice_unit=OffsetUnit(row["notice_unit"]) if "notice_unit" in row else None,
        scope=tuple(row.get("scope", ())),
        unit_code=row["unit"],
        officer_email=row.get("officer"),
        client_groups=tuple(row.get("client_groups", ())),
        atensi=tuple(row.get("atensi", ())),
        regions=tuple(RegionFacts(province_code=code) for code in row.get("provinces", ())),
        relations=_relations(row, shelf),
        **same,
    )


def _relations(row: Row, shelf: Shelf) -> tuple[RelationFacts, ...]:
    return tuple(
        RelationFacts(relation=relation, other_code=shelf.papers[row[relation.value]].code)
        for relation in Relation
        if relation.value in row
    )


def _party(session: Session, code: str, shelf: Shelf, signed_on: date | None) -> PartyFacts:
    """Return a party as printed; of real parties only what their sources tell, the name."""
    if not shelf.is_sample:
        return PartyFacts(organisation_code=code)
    organisation = shelf.organisations[code]
    holder = _holder(session, organisation, signed_on or shelf.moment.today)
    contact = session.scalars(
        select(Contact).where(Contact.organisation_id == organisation.id).order_by(Contact.id)
    ).first()
    return PartyFacts(
        organisation_code=code,
        number_printed=shelf.number(code, signed_on),
        signatory_name=holder.name if holder else None,
        signatory_office=holder.office if holder else None,
        capacity=holder.capacity if holder else None,
        principal=_principal(session, organisation, holder, signed_on or shelf.moment.today),
        instrument=holder.instrument if holder else None,
        contact_name=contact.name if contact else None,
        contact_phone=contact.phone if contact else None,
        contact_email=contact.email if contact else None,
    )


_FOR_ANOTHER = (
    SigningCapacity.ON_BEHALF,
    SigningCapacity.ON_BEHALF_DELEGATE,
    SigningCapacity.POWER_OF_ATTORNEY,
)


def _principal(session: Session, organisation: Organisation, holder: OfficeHolder | None, on: date) -> str | None:
    """Return the office above that somebody signs for; only for those who sign for another."""
    if holder is None or holder.capacity not in _FOR_ANOTHER or organisation.parent is None:
        return None
    above = _holder(session, organisation.parent, on)
    return above.office if above else None


def _holder(session: Session, organisation: Organisation, on: date) -> OfficeHolder | None:
    """Return who held the first office of an organisation on a day; nobody known is None."""
    holders = session.scalars(
        select(OfficeHolder).where(OfficeHolder.organisation_id == organisation.id).order_by(OfficeHolder.id)
    )
    in_office = (h for h in holders if (h.starts_on or on) <= on <= (h.ends_on or on))
    return next(in_office, None)
