"""The people of an organisation: who holds an office, in which capacity and by what instrument, and whom to call."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.agreement import SigningCapacity
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.policy import Action, Actor
from portal.models import Contact, OfficeHolder, Organisation
from portal.services import audit


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """A person in an office for a period, with the capacity and what proves it."""

    name: str
    office: str
    capacity: SigningCapacity = SigningCapacity.DEFINITIVE
    instrument: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def add_holder(
    session: Session, organisation: Organisation, *, holder: Holder, actor: Actor, now: datetime
) -> OfficeHolder:
    """Record who holds an office; earlier holders stay."""
    policy.check(actor, Action.EDIT_ORGANISATION)
    _check_holder(holder)
    row = OfficeHolder(organisation_id=organisation.id, **_values(holder))
    session.add(row)
    session.flush()
    detail = {"holder": holder.name, "office": holder.office}
    audit.record(session, "holder_recorded", subject=organisation, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def edit_holder(session: Session, row: OfficeHolder, *, holder: Holder, actor: Actor, now: datetime) -> OfficeHolder:
    """Change what is recorded of an office holder, above all when the period ended."""
    policy.check(actor, Action.EDIT_ORGANISATION)
    _check_holder(holder)
    before = {name: getattr(row, name) for name in _values(holder)}
    for name, value in _values(holder).items():
        setattr(row, name, value)
    changed = audit.differences(before, _values(holder))
    if changed:
        detail = {"holder": holder.name, "changes": changed}
        audit.record(session, "holder_edited", subject=row.organisation, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def _check_holder(holder: Holder) -> None:
    if not holder.name.strip() or not holder.office.strip():
        raise RuleBroken("Tulis nama dan jabatan.", field="name")
    if holder.starts_on and holder.ends_on and holder.ends_on < holder.starts_on:
        raise RuleBroken("Tulis akhir masa jabatan yang sesudah awalnya.", field="ends_on")


def _values(told: "Holder | Caller") -> dict[str, Any]:
    return {field.name: getattr(told, field.name) for field in fields(told)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A person to call."""

    name: str
    position: str | None = None
    phone: str | None = None
    email: str | None = None


def add_contact(
    session: Session, organisation: Organisation, *, caller: Caller, actor: Actor, now: datetime
) -> Contact:
    """Record a person to call."""
    policy.check(actor, Action.EDIT_ORGANISATION)
    _check_caller(caller)
    row = Contact(organisation_id=organisation.id, **_values(caller))
    session.add(row)
    session.flush()
    audit.record(
        session, "contact_recorded", subject=organisation, actor=actor, now=now, detail={"contact": caller.name}
    )
    session.flush()
    return row


def edit_contact(session: Session, row: Contact, *, caller: Caller, actor: Actor, now: datetime) -> Contact:
    """Change what is recorded of a person to call."""
    policy.check(actor, Action.EDIT_ORGANISATION)
    _check_caller(caller)
    before = {name: getattr(row, name) for name in _values(caller)}
    for name, value in _values(caller).items():
        setattr(row, name, value)
    detail = {"contact": caller.name, "changes": audit.differences(before, _values(caller))}
    audit.record(session, "contact_edited", subject=row.organisation, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def _check_caller(caller: Caller) -> None:
    if not caller.name.strip():
        raise RuleBroken("Tulis nama narahubung.", field="name")
    if not caller.phone and not caller.email:
        raise RuleBroken("Isi nomor telepon atau surel, agar narahubung dapat dihubungi.", field="phone")


def remove_contact(session: Session, contact: Contact, *, named: str, actor: Actor, now: datetime) -> None:
    """Remove the person to call who is `named` on the page; the trail keeps who it was.

    Raises Conflict when the list has changed meanwhile and somebody else stands in this place.
    """
    policy.check(actor, Action.EDIT_ORGANISATION)
    if contact.name != named:
        raise Conflict("Daftar narahubung baru saja berubah. Muat ulang halaman, lalu pilih lagi.")
    organisation = contact.organisation
    session.delete(contact)
    audit.record(
        session, "contact_removed", subject=organisation, actor=actor, now=now, detail={"contact": contact.name}
    )
    session.flush()
