"""Drafts that follow a signed agreement: the addendum or extension is recorded as an agreement of its own."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.agreement import FOLLOWED, UNSIGNED, AgreementKind, Relation, Stage
from portal.domain.agreement_facts import AgreementFacts, Opening, RelationFacts
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.models import Agreement
from portal.queries import agreements as reading
from portal.services import agreements, drafts

RELATION = {AgreementKind.AMENDMENT: Relation.AMENDS, AgreementKind.EXTENSION: Relation.EXTENDS}


def follow(session: Session, agreement: Agreement, *, kind: AgreementKind, actor: Actor, now: datetime) -> Agreement:
    """Record the addendum or extension of a signed agreement, begin its draft, and return it.

    It takes over subject, parties, unit and places; never dates, numbers and money. Raises RuleBroken when the
    agreement is not signed yet or has been ended, or the kind has no published template.
    """
    policy.check(actor, Action.DRAFT_DOCUMENT)
    reading.check_readable(agreement, actor)
    if agreement.stage in UNSIGNED:
        raise RuleBroken(N_("Naskah ini belum ditandatangani. Ubah naskahnya sendiri."))
    if agreement.stage not in FOLLOWED:
        raise RuleBroken(N_("Naskah ini sudah diakhiri atau dibatalkan, jadi tidak dapat dilanjutkan."))
    old = reading.facts(session, agreement)
    facts = AgreementFacts(
        kind=kind,
        title=old.title,
        parties=tuple(replace(party, number_printed=None) for party in old.parties),
        unit_code=old.unit_code,
        officer_email=old.officer_email,
        is_confidential=old.is_confidential,
        is_foreign=old.is_foreign,
        client_groups=old.client_groups,
        atensi=old.atensi,
        regions=old.regions,
        purpose=old.purpose,
        scope=old.scope,
        relations=(RelationFacts(relation=RELATION[kind], other_code=agreement.code),),
    )
    opening = Opening(stage=Stage.DRAFTING, is_sample=agreement.is_sample)
    made = agreements.record(session, facts, opening=opening, actor=actor, now=now)
    drafts.ensure(session, made, actor=actor, now=now)
    return made
