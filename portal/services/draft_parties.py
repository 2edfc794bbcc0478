"""Giving a draft another organisation in one of its places: name and address as of today, the rest is asked anew."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.agreement import MAX_PARTIES
from portal.domain.agreement_facts import PartyFacts
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.models import Draft, Organisation
from portal.queries import agreements as reading
from portal.services import agreements, draft_rights, draft_saves


def seat(
    session: Session, draft: Draft, organisation: Organisation, *, place: int, actor: Actor, now: datetime
) -> None:
    """Seat an organisation in a place from 1; the place after the last adds a party.

    Raises RuleBroken when it is a party already, or when the rules of parties refuse it.
    """
    draft_rights.check(draft.agreement, actor)
    facts = reading.facts(session, draft.agreement)
    parties = list(facts.parties)
    if any(party.organisation_code == organisation.code for party in parties):
        raise RuleBroken(N_("Organisasi ini sudah menjadi pihak."))
    if not 1 <= place <= min(len(parties) + 1, MAX_PARTIES):
        raise RuleBroken(N_("Tempat ini tidak ada pada naskah."))
    chosen = PartyFacts(
        organisation_code=organisation.code, name_printed=organisation.name, address_printed=organisation.address
    )
    parties[place - 1 : place] = [chosen]
    opened = draft_saves.opened(session, draft, Section.PARTIES)
    wanted = replace(facts, parties=tuple(parties))
    agreements.edit(session, draft.agreement, wanted, version=draft.agreement.version, actor=actor, now=now)
    draft.updated_at = now
    draft_saves.note(session, draft, opened=opened, raw={}, actor=actor, now=now)
