"""Naming the central board that may read a member's agreement."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import Action, Actor
from portal.models import AgreementParty, Organisation
from portal.services import audit


def name(session: Session, seat: AgreementParty, umbrella: Organisation | None, *, actor: Actor, now: datetime) -> None:
    """Let a central board read the agreement of a party, or nobody; it sees parties, term and released files.

    Raises RuleBroken for who is no association, and for the party itself.
    """
    policy.check(actor, Action.EDIT_AGREEMENT)
    if umbrella is not None and (
        umbrella.kind is not OrganisationKind.ASSOCIATION or umbrella.id == seat.organisation_id
    ):
        raise RuleBroken(N_("Pilih organisasi induk yang lain. Hanya organisasi kemasyarakatan yang dapat dipilih."))
    before = seat.umbrella.name if seat.umbrella else None
    seat.umbrella = umbrella
    detail = {"party": seat.name_printed, "umbrella": [before, umbrella.name if umbrella else None]}
    audit.record(session, "umbrella_named", subject=seat.agreement, actor=actor, now=now, detail=detail)
    session.flush()
