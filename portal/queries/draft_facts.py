"""Gathers what a Word draft is made from: one agreement as the plain values that `documents` asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.documents import facts as paper
from portal.domain import template_settings
from portal.domain.agreement import AgreementKind, Relation, SigningCapacity
from portal.domain.obligation import DutyRole
from portal.domain.organisation import LegalForm, OrganisationKind, fold
from portal.domain.wording.deadlines import due_in_words
from portal.models import (
    Agreement,
    AgreementParty,
    AgreementRelation,
    ClientGroup,
    Draft,
    LksProfile,
    Obligation,
    OfficeHolder,
    Province,
)

PRINTED = {
    AgreementKind.MOU: "Nota Kesepahaman",
    AgreementKind.PKS: "Perjanjian Kerja Sama",
    AgreementKind.SYNERGY_NOTE: "Nota Kesepakatan Sinergi",
    AgreementKind.AMENDMENT: "Adendum",
    AgreementKind.EXTENSION: "Perpanjangan",
    AgreementKind.TERMINATION: "Berita Acara Pengakhiran",
}
"""What stands in the title when no label was recorded."""

UPWARD = frozenset({Relation.PARENT, Relation.IMPLEMENTS})
CHANGING = frozenset({Relation.AMENDS, Relation.EXTENDS})


def gather(session: Session, agreement: Agreement, draft: Draft | None = None) -> paper.AgreementFacts:
    """Return the facts of an agreement for its text; what the record does not tell stays None or empty.

    `draft` adds what only the text needs, and how its template calls the parties.
    """
    upward, amended = related(session, agreement.id)
    known = _known(session, agreement, upward, amended)
    return replace(known, **_of_draft(known, draft), parties=_translated(known, draft)) if draft else known


def _known(
    session: Session, agreement: Agreement, upward: Agreement | None, amended: Agreement | None
) -> paper.AgreementFacts:
    return paper.AgreementFacts(
        kind=agreement.kind,
        printed_label=agreement.printed_label or PRINTED[agreement.kind],
        title=agreement.title,
        parties=_parties(session, agreement),
        signed_on=agreement.signed_on,
        place=agreement.signed_place,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        term_months=(agreement.term_years or 0) * 12 + (agreement.term_months or 0) or None,
        purpose=agreement.purpose,
        scope=tuple(agreement.scope),
        targets=_targets(session, agreement),
        locations=_locations(session, agreement),
        parent=_related(upward),
        amended=_related(amended),
        amendment_no=_amendment_number(session, agreement, amended),
        funding=_funding(agreement),
        obligations=_obligations(session, agreement),
        originals=agreement.originals,
        our_position=next((party.position for party in agreement.parties if party.organisation.is_ours), 1),
    )


def _of_draft(known: paper.AgreementFacts, draft: Draft) -> dict[str, Any]:
    texts = draft.facts
    settings = template_settings.read(draft.template_version.settings)
    funding = known.funding
    if texts.get("funding_note"):
        funding = replace(funding or paper.FundingFacts(), sentence=texts["funding_note"])
    return {
        "recitals": tuple(texts.get("recitals") or ()),
        "legal_bases": tuple(texts.get("legal_bases") or ()),
        "targets": tuple(texts.get("targets") or known.targets),
        "changes": tuple(_change(one) for one in texts.get("changes") or ()),
        "funding": funding,
        "data_elements": tuple(texts.get("data_elements") or ()),
        "governing_language": texts.get("governing_language"),
        "stamp_required": texts.get("stamp_required", True),
        "aid": _aid(texts),
        "english": _english(texts),
        "party_style": settings.party_style,
        "signature_side": settings.signature_side,
    }


def _change(plain: Mapping[str, str]) -> paper.ChangeFacts:
    return paper.ChangeFacts(article=plain["article"], old=plain.get("old"), new=plain.get("new"))


def _aid(texts: Mapping[str, Any]) -> paper.AidFacts | None:
    told: dict[str, Any] = {name: texts.get(f"aid_{name}") for name in ("description", "value", "recipient")}
    told["items"] = tuple(paper.AidItemFacts(**one) for one in texts.get("aid_items") or ())
    return paper.AidFacts(**told) if any(told.values()) else None


def _english(texts: Mapping[str, Any]) -> paper.EnglishFacts:
    return paper.EnglishFacts(
        title=texts.get("title_en"),
        purpose=texts.get("purpose_en"),
        recitals=tuple(texts.get("recitals_en") or ()),
        legal_bases=tuple(texts.get("legal_bases_en") or ()),
        scope=tuple(texts.get("scope_en") or ()),
    )


def _translated(known: paper.AgreementFacts, draft: Draft) -> tuple[paper.PartyFacts, ...]:
    """Return the parties with the English words that a draft has for them."""
    words: Mapping[str, Mapping[str, str]] = draft.facts.get("english_parties") or {}
    told = [words.get(party.organisation.code, {}) for party in draft.agreement.parties]
    return tuple(
        replace(party, name_en=one.get("name") or None, office_en=one.get("office") or None)
        for party, one in zip(known.parties, told, strict=True)
    )


def _parties(session: Session, agreement: Agreement) -> tuple[paper.PartyFacts, ...]:
    """Return the parties; the staff number of a signatory is that of the office holder of the same name."""
    ids = [party.organisation_id for party in agreement.parties]
    rows = session.execute(
        select(OfficeHolder.organisation_id, OfficeHolder.name, OfficeHolder.staff_number)
        .where(OfficeHolder.organisation_id.in_(ids), OfficeHolder.staff_number.is_not(None))
        .order_by(OfficeHolder.id)
    )
    numbers = {(row.organisation_id, fold(row.name)): row.staff_number for row in rows}
    return tuple(
        replace(_party(party), signatory_nip=numbers.get((party.organisation_id, fold(party.signatory_name or ""))))
        for party in agreement.parties
    )


def _party(party: AgreementParty) -> paper.PartyFacts:
    organisation = party.organisation
    return paper.PartyFacts(
        name=party.name_printed,
        short_name=organisation.short_name or party.name_printed,
        number_printed=party.number_printed,
        address=party.address_printed,
        signatory=party.signatory_name,
        office=party.signatory_office,
        capacity=party.capacity or SigningCapacity.DEFINITIVE,
        principal=party.principal,
        instrument=party.instrument,
        legal=_legal(organisation.lks) if organisation.kind is OrganisationKind.LKS else None,
        contact=_contact(party),
    )


def _legal(profile: LksProfile | None) -> paper.LegalFacts | None:
    """Return the papers of an LKS; one that is no legal entity has no deed to show (UU 11/2009 Ps 46)."""
    if profile is None:
        return paper.LegalFacts()
    if profile.legal_form is LegalForm.UNINCORPORATED and not profile.deed_number:
        return None
    return paper.LegalFacts(
        deed_no=profile.deed_number,
        deed_on=profile.deed_on,
        notary=profile.deed_notary,
        approval_no=profile.approval_number,
        npwp=profile.tax_number,
        registration_no=profile.registration_number,
    )


def _contact(party: AgreementParty) -> paper.ContactFacts:
    unit = party.agreement.unit if party.organisation.is_ours else None
    return paper.ContactFacts(
        unit=unit.name if unit else party.name_printed,
        name=party.contact_name,
        address=party.address_printed,
        phone=party.contact_phone,
        email=party.contact_email,
    )


def related(session: Session, agreement_id: int) -> tuple[Agreement | None, Agreement | None]:
    """Return the agreement above this one, and the one it changes, each with its parties; None where there is none."""
    rows = session.scalars(
        select(AgreementRelation)
        .where(AgreementRelation.agreement_id == agreement_id)
        .options(
            joinedload(AgreementRelation.other).selectinload(Agreement.parties).joinedload(AgreementParty.organisation)
        )
        .order_by(AgreementRelation.id)
    ).all()
    upward = next((row.other for row in rows if row.relation in UPWARD), None)
    return upward, next((row.other for row in rows if row.relation in CHANGING), None)


def _related(other: Agreement | None) -> paper.RelatedFacts | None:
    if other is None:
        return None
    return paper.RelatedFacts(
        printed_label=other.printed_label or PRINTED[other.kind],
        title=other.title,
        signed_on=other.signed_on,
        ends_on=other.ends_on,
        numbers=tuple(
            (party.organisation.short_name or party.name_printed, party.number_printed)
            for party in other.parties
            if party.number_printed
        ),
    )


def _amendment_number(session: Session, agreement: Agreement, amended: Agreement | None) -> int:
    if amended is None:
        return 1
    earlier = session.scalar(
        select(func.count(AgreementRelation.id)).where(
            AgreementRelation.other_id == amended.id,
            AgreementRelation.relation.in_(CHANGING),
            AgreementRelation.agreement_id < agreement.id,
        )
    )
    return (earlier or 0) + 1


def _targets(session: Session, agreement: Agreement) -> tuple[str, ...]:
    codes: Sequence[str] = agreement.client_groups
    if not codes:
        return ()
    groups = select(ClientGroup.name).where(ClientGroup.code.in_(codes)).order_by(ClientGroup.position)
    return tuple(session.scalars(groups))


def _locations(session: Session, agreement: Agreement) -> tuple[str, ...]:
    wanted = {region.province_code for region in agreement.regions}
    names = {
        row.code: row.name
        for row in session.execute(select(Province.code, Province.name).where(Province.code.in_(wanted)))
    }
    told = sorted((names[region.province_code], region.regency) for region in agreement.regions)
    return tuple(f"{regency}, Provinsi {name}" if regency else f"Provinsi {name}" for name, regency in told)


def _funding(agreement: Agreement) -> paper.FundingFacts | None:
    if agreement.value_rupiah is None and agreement.funding_source is None:
        return None
    return paper.FundingFacts(value=agreement.value_rupiah, source=agreement.funding_source)


def _obligations(session: Session, agreement: Agreement) -> tuple[paper.ObligationFacts, ...]:
    rows = session.scalars(
        select(Obligation)
        .where(Obligation.agreement_id == agreement.id, Obligation.is_closed.is_(False))
        .options(selectinload(Obligation.parties))
        .order_by(Obligation.id)
    )
    return tuple(_obligation(row, agreement) for row in rows)


def _obligation(row: Obligation, agreement: Agreement) -> paper.ObligationFacts:
    places = {party.organisation_id: party.position for party in agreement.parties}

    def seats(role: DutyRole) -> tuple[int, ...]:
        return tuple(sorted(places[one.organisation_id] for one in row.parties if one.duty_role is role))

    return paper.ObligationFacts(
        text=row.detail or row.title,
        debtors=seats(DutyRole.DEBTOR),
        creditors=seats(DutyRole.CREDITOR),
        due=due_in_words(row),
        article=row.article,
    )
