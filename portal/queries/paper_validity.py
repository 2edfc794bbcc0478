"""Until when papers on the cards of partners are valid, as a select that planner, bell and pages share.

Only selects are made here; nothing is read. They need a session that works for the office.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.domain.agreement import Stage
from portal.domain.organisation_card import CardPart, DocumentKind, PaperSource, ProposalStage
from portal.models import Agreement, AgreementParty, CardProposal, LksProfile, OrganisationDocument
from portal.queries.kept import one_of

AMONG_FACTS = {
    PaperSource.REGISTRATION: (DocumentKind.REGISTRATION, CardPart.REGISTRATION, LksProfile.registration_expires_on),
    PaperSource.ACCREDITATION: (
        DocumentKind.ACCREDITATION,
        CardPart.ACCREDITATION,
        LksProfile.accreditation_expires_on,
    ),
}
"""For a paper whose validity is a fact of the institution: its kind, the part of the card, and the fact."""


def validities() -> CompoundSelect[Any]:
    """Return the select of (subject_id, organisation_id, expires_on, agreement_id) of every paper that counts.

    A paper whose successor has been sent in is silent: then it is the office's turn to look at that.
    """
    return union_all(*(_fact(source) for source in AMONG_FACTS), _documents())


def days() -> CompoundSelect[Any]:
    """Return the same papers as (subject_id, expires_on) only, for whoever asks whether a day still holds."""
    columns = ("subject_id", "expires_on")
    parts = (*(_fact(source) for source in AMONG_FACTS), _documents())
    return union_all(*(part.with_only_columns(*(part.selected_columns[name] for name in columns)) for part in parts))


def subject_id(row_id: Any, source: PaperSource) -> ColumnElement[int]:
    """Return the column of the number by which a paper is known (`PaperSubject`)."""
    found: ColumnElement[int] = row_id * len(PaperSource) + int(source)
    return found.label("subject_id")


def _select(number: ColumnElement[int], organisation_id: Any, expires_on: Any) -> Select[Any]:
    agreement = agreement_of(organisation_id).label("agreement_id")
    return select(number, organisation_id.label("organisation_id"), expires_on.label("expires_on"), agreement)


@cache
def _short() -> tuple[type[OrganisationDocument], type[LksProfile], type[CardProposal]]:
    """Return what is asked for under short names: every page of the office asks with them (`pulse`)."""
    return aliased(OrganisationDocument, name="d"), aliased(LksProfile, name="p"), aliased(CardProposal, name="c")


def _fact(source: PaperSource) -> Select[Any]:
    kind, part, fact = AMONG_FACTS[source]
    document, profile, proposal = _short()
    organisation_id, expires_on = profile.organisation_id, getattr(profile, fact.key)
    sent = exists(
        select(document.id).where(
            document.organisation_id == organisation_id,
            document.stage == ProposalStage.WAITING,
            document.kind == kind,
        )
    )
    proposed = exists(
        select(proposal.id).where(
            proposal.organisation_id == organisation_id,
            proposal.stage == ProposalStage.WAITING,
            proposal.part == part,
        )
    )
    found = _select(subject_id(organisation_id, source), organisation_id, expires_on)
    return found.where(expires_on.is_not(None), ~or_(sent, proposed))


def _documents() -> Select[Any]:
    """The other papers, by themselves; a newer one of the same kind takes the place of an older."""
    paper, newer = _short()[0], aliased(OrganisationDocument, name="n")
    of_facts = [kind for kind, *_ in AMONG_FACTS.values()]
    is_followed = exists(
        select(newer.id).where(
            newer.organisation_id == paper.organisation_id,
            one_of(newer.stage, (ProposalStage.WAITING, ProposalStage.ACCEPTED)),
            newer.kind == paper.kind,
            newer.kind != DocumentKind.OTHER,
            newer.id > paper.id,
        )
    )
    return _select(subject_id(paper.id, PaperSource.DOCUMENT), paper.organisation_id, paper.expires_on).where(
        paper.stage == ProposalStage.ACCEPTED,
        paper.expires_on.is_not(None),
        *(paper.kind != kind for kind in of_facts),
        ~is_followed,
    )


def agreement_of(organisation_id: Any) -> ColumnElement[int]:
    """Return the newest agreement in force of an organisation: its officer looks after the organisation's papers.

    A partner without any is not reminded: no agreement rests on its papers.
    """
    living, seat = aliased(Agreement), aliased(AgreementParty)
    found = (
        select(func.max(living.id))
        .join(seat, seat.agreement_id == living.id)
        .where(
            seat.organisation_id == organisation_id,
            seat.withdrawn_on.is_(None),
            living.stage == Stage.ACTIVE,
        )
    )
    chosen: ColumnElement[int] = found.scalar_subquery()
    return chosen


def last_agreement_of(organisation_id: Any) -> ColumnElement[int]:
    """Return the same or, failing that, the newest agreement in which the organisation ever had a place."""
    seat = aliased(AgreementParty)
    every = select(func.max(seat.agreement_id)).where(seat.organisation_id == organisation_id).scalar_subquery()
    return func.coalesce(agreement_of(organisation_id), every)
