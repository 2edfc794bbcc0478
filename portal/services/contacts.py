"""Writing down that somebody was reached outside the portal: by WhatsApp, phone, mail, letter or visit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.contact import ContactWay
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action, Actor
from portal.models import Agreement, ContactEntry, Occurrence
from portal.queries import agreements as reading
from portal.services import audit


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Which party was reached how, when, who answered, and what was said."""

    organisation_id: int
    way: ContactWay
    at: datetime
    person: str = ""
    note: str = ""


def note(
    session: Session,
    agreement: Agreement,
    *,
    contact: Contact,
    occurrence: Occurrence | None = None,
    actor: Actor,
    now: datetime,
) -> ContactEntry:
    """Write one contact down about an agreement, or about one dated duty of it; return it, flushed.

    Raises RuleBroken for a party of another agreement and for a moment that has not come, NotAllowed with the reason.
    """
    policy.check(actor, Action.EDIT_OBLIGATION)
    reading.check_readable(agreement, actor)
    if contact.organisation_id not in {party.organisation_id for party in agreement.parties}:
        raise RuleBroken("Pilih pihak yang dihubungi.", field="party")
    if contact.at > now:
        raise RuleBroken("Tanggalnya tidak boleh sesudah hari ini.", field="on")
    entry = ContactEntry(
        agreement_id=agreement.id,
        organisation_id=contact.organisation_id,
        occurrence_id=occurrence.id if occurrence else None,
        way=contact.way,
        person=contact.person.strip() or None,
        note=contact.note.strip() or None,
        at=contact.at,
        by_id=actor.account_id,
        recorded_at=now,
    )
    session.add(entry)
    session.flush()
    detail = {"way": entry.way, "person": entry.person, "note": entry.note, "at": entry.at}
    audit.record(session, "contact_noted", subject=entry, actor=actor, now=now, detail=detail)
    return entry
