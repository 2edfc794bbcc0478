"""Changes that a partner proposes to its own card: sent, withdrawn, accepted into the record, refused with a reason.

Papers are in `organisation_documents`; who is told stands in `card_notices`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import organisation_card as rules
from portal.domain import organisation_facts, policy, upload
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.organisation_card import KEYS, OF_PEOPLE, CardPart, ProposalStage
from portal.domain.policy import Action, Actor
from portal.models import CardProposal, Contact, OfficeHolder, Organisation
from portal.queries import organisation_card as reading
from portal.services import audit, card_notices, file_scans, organisation_people, organisations, taking_in
from portal.services.organisation_people import Caller, Holder
from portal.storage import Storage

GONE = "Orang ini sudah tidak tercatat. Tolak usulan ini, atau minta mitra mengusulkannya lagi."


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a partner wants changed: the part, whom it is about, what was typed by fact, why, and a file that proves it.

    `target_id` is the office holder or contact, None for a new one and for the organisation itself.
    """

    part: CardPart
    typed: Mapping[str, Any]
    basis: str
    target_id: int | None = None
    file_name: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance:
    """An officer's yes: the version of the organisation that was compared, and whether a moved value was seen."""

    version: int
    compared: bool = False
    answer: str = ""


def facts_now(organisation: Organisation) -> dict[str, Any]:
    """Return what is recorded of an organisation itself, as plain values by fact."""
    return organisation_facts.flat(organisations.facts_of(organisation))


def values_now(session: Session, organisation: Organisation, part: CardPart, target_id: int | None) -> dict[str, Any]:
    """Return what is recorded of one part, as plain values by fact; nothing for a person who is new or gone."""
    if part not in OF_PEOPLE:
        told = facts_now(organisation)
        return {key: told[key] for key in KEYS[part]}
    row = reading.person(session, organisation.id, part, target_id) if target_id else None
    if row is None:
        return dict.fromkeys(KEYS[part])
    known = {key: getattr(row, key, None) for key in KEYS[part]}
    return {key: value.isoformat() if key.endswith("_on") and value else value for key, value in known.items()}


def propose(
    session: Session, organisation: Organisation, *, wish: Wish, storage: Storage, actor: Actor, now: datetime
) -> CardProposal:
    """Write down what a partner wants changed of its own card; nothing changes before an officer has compared it.

    Raises RuleBroken naming the field.
    """
    policy.check(actor, Action.PROPOSE_CARD)
    policy.check_own(actor, organisation.id)
    before = values_now(session, organisation, wish.part, wish.target_id)
    if wish.target_id and not any(before.values()):
        raise RuleBroken("Orang ini sudah tidak tercatat. Muat ulang halaman, lalu pilih lagi.")
    is_new_person = wish.part in OF_PEOPLE and not wish.target_id
    if not is_new_person and reading.waiting_for(session, organisation.id, wish.part, wish.target_id):
        raise RuleBroken("Usulan untuk bagian ini masih kami periksa. Tarik dulu usulan itu, lalu kirim yang baru.")
    rules.check_typed(wish.part, wish.typed)
    found = rules.changes(wish.part, before, wish.typed)
    if wish.part not in OF_PEOPLE:
        organisation_facts.check(rules.merged(organisations.facts_of(organisation), found))
    if not wish.basis.strip():
        raise RuleBroken("Tulis dasarnya, misalnya akta, surat keputusan, atau rapat pengurus.", field="basis")
    proposal = _row(organisation, wish, found, actor=actor, now=now)
    if wish.file_name:
        _attach(session, proposal, wish, storage=storage, now=now)
    session.add(proposal)
    session.flush()
    detail = {"part": wish.part, "changes": found}
    audit.record(session, "card_proposed", subject=proposal, actor=actor, now=now, detail=detail)
    session.flush()
    return proposal


def _row(organisation: Organisation, wish: Wish, found: rules.Changes, *, actor: Actor, now: datetime) -> CardProposal:
    return CardProposal(
        organisation_id=organisation.id,
        part=wish.part,
        target_id=wish.target_id,
        changes=found,
        basis=wish.basis.strip(),
        stage=ProposalStage.WAITING,
        sent_by_id=actor.account_id,
        sent_at=now,
        created_at=now,
        updated_at=now,
    )


def _attach(session: Session, row: CardProposal, wish: Wish, *, storage: Storage, now: datetime) -> None:
    taken = taking_in.taken(wish.file_name, wish.content)
    row.media_type, row.file_name = taken.media_type, upload.safe_name(wish.file_name)
    row.digest = file_scans.keep(session, taken.content, storage=storage, now=now)


def withdraw(session: Session, proposal: CardProposal, *, actor: Actor, now: datetime) -> None:
    """Take a proposal back before it is answered."""
    policy.check(actor, Action.PROPOSE_CARD)
    policy.check_own(actor, proposal.organisation_id)
    rules.check_waiting(proposal.stage)
    _decide(proposal, ProposalStage.WITHDRAWN, "", actor=actor, now=now)
    session.flush()
    audit.record(session, "card_proposal_withdrawn", subject=proposal, actor=actor, now=now)
    session.flush()


def accept(session: Session, proposal: CardProposal, *, acceptance: Acceptance, actor: Actor, now: datetime) -> None:
    """Bring what a partner proposes into the record, and tell the partner.

    Raises Conflict when the organisation was changed since the officer opened the page, RuleBroken when a value moved
    since it was proposed and the officer did not say that they compared it.
    """
    policy.check(actor, Action.EDIT_ORGANISATION)
    rules.check_waiting(proposal.stage)
    organisation = proposal.organisation
    if organisation.version != acceptance.version:
        raise Conflict("Data mitra ini baru saja diubah orang lain. Muat ulang halaman, lalu bandingkan lagi.")
    recorded = values_now(session, organisation, proposal.part, proposal.target_id)
    if rules.moved(proposal.changes, recorded) and not acceptance.compared:
        raise RuleBroken(
            "Ada isian yang berubah sejak diusulkan. Bandingkan, lalu centang kotak itu.", field="compared"
        )
    _apply(session, proposal, recorded, actor=actor, now=now)
    _decide(proposal, ProposalStage.ACCEPTED, acceptance.answer, actor=actor, now=now)
    session.flush()
    detail = {"part": proposal.part, "changes": proposal.changes}
    audit.record(session, "card_proposal_accepted", subject=proposal, actor=actor, now=now, detail=detail)
    card_notices.decided(session, proposal, what=proposal.part.value, now=now)


def refuse(session: Session, proposal: CardProposal, *, answer: str, actor: Actor, now: datetime) -> None:
    """Refuse a proposal with a sentence, and tell the partner; the record stays as it is."""
    policy.check(actor, Action.EDIT_ORGANISATION)
    rules.check_waiting(proposal.stage)
    rules.check_refusal(answer)
    _decide(proposal, ProposalStage.REFUSED, answer, actor=actor, now=now)
    session.flush()
    detail = {"part": proposal.part, "reason": proposal.answer}
    audit.record(session, "card_proposal_refused", subject=proposal, actor=actor, now=now, detail=detail)
    card_notices.decided(session, proposal, what=proposal.part.value, now=now)


def _decide(proposal: CardProposal, stage: ProposalStage, answer: str, *, actor: Actor, now: datetime) -> None:
    proposal.stage, proposal.answer = stage, answer.strip() or None
    proposal.decided_by_id, proposal.decided_at, proposal.updated_at = actor.account_id, now, now


def _apply(
    session: Session, proposal: CardProposal, recorded: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    organisation = proposal.organisation
    if proposal.part not in OF_PEOPLE:
        facts = rules.merged(organisations.facts_of(organisation), proposal.changes)
        organisations.edit(session, organisation, facts, version=organisation.version, actor=actor, now=now)
        return
    row = None
    if proposal.target_id:
        row = reading.person(session, organisation.id, proposal.part, proposal.target_id)
        if row is None:
            raise RuleBroken(GONE)
    told = {**recorded, **{key: pair[1] for key, pair in proposal.changes.items()}}
    if proposal.part is CardPart.HOLDER:
        _apply_holder(session, organisation, row, told, actor=actor, now=now)
    else:
        _apply_contact(session, organisation, row, told, actor=actor, now=now)


def _apply_holder(
    session: Session, organisation: Organisation, row: Any, told: Mapping[str, Any], *, actor: Actor, now: datetime
) -> OfficeHolder:
    more = {"capacity": row.capacity} if row else {}
    holder = Holder(
        name=told["name"] or "",
        office=told["office"] or "",
        instrument=told["instrument"],
        starts_on=rules.day(told["starts_on"]),
        ends_on=rules.day(told["ends_on"]),
        **more,
    )
    if row:
        return organisation_people.edit_holder(session, row, holder=holder, actor=actor, now=now)
    return organisation_people.add_holder(session, organisation, holder=holder, actor=actor, now=now)


def _apply_contact(
    session: Session, organisation: Organisation, row: Any, told: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Contact | None:
    if row and told["has_left"]:
        organisation_people.remove_contact(session, row, named=row.name, actor=actor, now=now)
        return None
    caller = Caller(name=told["name"] or "", **{key: told[key] for key in ("position", "phone", "email")})
    if row:
        return organisation_people.edit_contact(session, row, caller=caller, actor=actor, now=now)
    return organisation_people.add_contact(session, organisation, caller=caller, actor=actor, now=now)
