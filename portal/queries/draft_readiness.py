"""What the register says of the parties of a draft: papers that have run out, signatories out of office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.marking import N_
from portal.domain.organisation import fold
from portal.models import Agreement, AgreementParty, LksProfile, OfficeHolder


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """One sentence on one party: its place, whether it is a warning, a message and its values (dates among them)."""

    position: int
    is_warning: bool
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


def hints(session: Session, agreement: Agreement, *, today: date) -> tuple[Hint, ...]:
    """Return what the register says of each party on the day of signing, or today while that is not known."""
    day = agreement.signed_on or today
    ids = [party.organisation_id for party in agreement.parties]
    holders: dict[int, list[OfficeHolder]] = {one: [] for one in ids}
    query = select(OfficeHolder).where(OfficeHolder.organisation_id.in_(ids)).order_by(OfficeHolder.id)
    for row in session.scalars(query):
        holders[row.organisation_id].append(row)
    return tuple(
        hint
        for party in agreement.parties
        for hint in (
            *_of_papers(party, party.organisation.lks, day),
            *_of_signatory(party, holders[party.organisation_id], day),
        )
    )


def _of_papers(party: AgreementParty, profile: LksProfile | None, day: date) -> Iterator[Hint]:
    if profile is None:
        return
    until = {
        N_("Tanda daftar lembaga ini habis berlaku pada %(date)s."): profile.registration_expires_on,
        N_("Akreditasi lembaga ini habis berlaku pada %(date)s."): profile.accreditation_expires_on,
    }
    for message, last in until.items():
        if last is not None and last < day:
            yield Hint(position=party.position, is_warning=True, message=message, values={"date": last})
    if not profile.registration_number:
        missing = N_("Nomor tanda daftar lembaga ini belum tercatat.")
        yield Hint(position=party.position, is_warning=True, message=missing)


def _of_signatory(party: AgreementParty, holders: list[OfficeHolder], day: date) -> Iterator[Hint]:
    in_office = [one for one in holders if _serves(one, day)]
    if not party.signatory_name:
        for one in in_office:
            told = N_("Pejabat menurut data mitra: %(name)s, %(office)s.")
            values = {"name": one.name, "office": one.office}
            yield Hint(position=party.position, is_warning=False, message=told, values=values)
        return
    known = [one for one in holders if fold(one.name) == fold(party.signatory_name)]
    if known and not any(_serves(one, day) for one in known):
        late = N_("%(name)s tidak menjabat pada %(date)s menurut data mitra. Periksa dasar kewenangannya.")
        late_values: dict[str, Any] = {"name": party.signatory_name, "date": day}
        yield Hint(position=party.position, is_warning=True, message=late, values=late_values)
    elif in_office and not known:
        other = N_("%(name)s tidak tercatat sebagai pejabat; yang tercatat %(holder)s.")
        values = {"name": party.signatory_name, "holder": in_office[0].name}
        yield Hint(position=party.position, is_warning=True, message=other, values=values)


def _serves(holder: OfficeHolder, day: date) -> bool:
    return (holder.starts_on is None or holder.starts_on <= day) and (holder.ends_on is None or day <= holder.ends_on)
