"""What Periksa Naskah looks at: a draft's facts from the tables and its text from the Word file that it makes."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.documents import gate, lines, typed
from portal.domain import wording
from portal.domain.agreement import standing
from portal.domain.clause import Condition
from portal.domain.organisation import OrganisationKind, fold
from portal.domain.review import (
    Holder,
    ReviewParty,
    ReviewRelated,
    ReviewSubject,
    SignerRow,
    TextLine,
    beside,
    placed,
)
from portal.domain.template_settings import read as read_settings
from portal.models import (
    Agreement,
    AgreementParty,
    Draft,
    OfficeHolder,
    Organisation,
)
from portal.queries import draft_facts, drafts, review_names

_ENTITLED: Final = re.compile(r"(?:Presiden|Menteri|Gubernur|Bupati|Wali\s?[Kk]ota|Jaksa Agung|Kapolri)\b")
"""Offices that may show the state emblem on their papers (UU 24/2009 Ps 51–54)."""
_LEVELS: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """What a Word file says: the lines of its text and beside it, references typed by hand, the emblem."""

    lines: tuple[TextLine, ...]
    typed_references: tuple[tuple[str, str], ...]
    has_emblem: bool

    @property
    def folded(self) -> str:
        """Return all words as one folded text, to look for names in."""
        return fold(" ".join(line.text for line in self.lines))


def read_paper(content: bytes) -> Paper:
    """Return what a Word file says; raises FileRefused."""
    gate.check(content)
    return Paper(
        lines=(*placed(lines.pieces(content)), *beside(lines.beside(content))),
        typed_references=tuple((one.text, one.place) for one in typed.check(content)),
        has_emblem=lines.shows_emblem(content),
    )


def subject(
    session: Session, draft: Draft, paper: Paper, *, signers: tuple[SignerRow, ...], today: date
) -> ReviewSubject:
    """Return a draft as the rules see it; `paper` is what its Word file says, `signers` the matrix of who signs."""
    agreement = draft.agreement
    facts = draft_facts.gather(session, agreement, draft)
    others = draft_facts.related(session, agreement.id)
    chains = _chains(session, [agreement, *filter(None, others)])
    tree = drafts.tree_of(draft)
    return ReviewSubject(
        kind=agreement.kind,
        printed_label=facts.printed_label,
        title=agreement.title,
        parties=_parties(session, draft, chains),
        today=today,
        language=draft.template_version.template.language,
        governing_language=facts.governing_language,
        is_foreign=agreement.is_foreign,
        signed_on=agreement.signed_on,
        place=agreement.signed_place,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        term_months=facts.term_months,
        originals=agreement.originals,
        parent=_related(others[0], chains, today),
        stands_alone=bool(draft.facts.get("stands_alone")),
        amended=_related(others[1], chains, today),
        answers=frozenset(Condition(code) for code in draft.answers),
        tree=tree,
        lines=paper.lines,
        mentioned=tuple(_mentioned(draft)),
        typed_references=paper.typed_references,
        has_emblem=paper.has_emblem,
        known_terms=review_names.known_terms(session),
        signers=signers,
        **review_names.of(session, agreement, others, paper.folded),
    )


def of_text(session: Session, agreement: Agreement, paper: Paper, *, today: date) -> ReviewSubject:
    """Return a Word file that came from outside as the rules see it: its text, and the names that it may use."""
    others = draft_facts.related(session, agreement.id)
    chains = _chains(session, [agreement, *filter(None, others)])
    called = [wording.ordinal_party(party.position) for party in agreement.parties]
    return ReviewSubject(
        is_text_only=True,
        kind=agreement.kind,
        printed_label=agreement.printed_label or draft_facts.PRINTED[agreement.kind],
        title=agreement.title,
        parties=tuple(_party(one, name, (), chains) for one, name in zip(agreement.parties, called, strict=True)),
        today=today,
        place=agreement.signed_place,
        parent=_related(others[0], chains, today),
        amended=_related(others[1], chains, today),
        lines=paper.lines,
        typed_references=paper.typed_references,
        mentioned=tuple(_of_agreement(agreement)),
        **review_names.of(session, agreement, others, paper.folded),
    )


def _parties(session: Session, draft: Draft, chains: Mapping[int, frozenset[str]]) -> tuple[ReviewParty, ...]:
    parties = draft.agreement.parties
    style = read_settings(draft.template_version.settings).party_style
    holders: dict[int, list[Holder]] = {}
    query = select(OfficeHolder).where(OfficeHolder.organisation_id.in_([one.organisation_id for one in parties]))
    for row in session.scalars(query.order_by(OfficeHolder.id)):
        known = Holder(name=row.name, office=row.office, starts_on=row.starts_on, ends_on=row.ends_on)
        holders.setdefault(row.organisation_id, []).append(known)
    return tuple(
        _party(one, wording.ordinal_party(one.position, style), tuple(holders.get(one.organisation_id, ())), chains)
        for one in parties
    )


def _party(
    row: AgreementParty, designation: str, holders: tuple[Holder, ...], chains: Mapping[int, frozenset[str]]
) -> ReviewParty:
    organisation = row.organisation
    told = {"capacity": row.capacity} if row.capacity else {}
    return ReviewParty(
        position=row.position,
        designation=designation,
        name=row.name_printed,
        kind=organisation.kind,
        registered_name=organisation.name,
        aliases=(*organisation.aliases, *filter(None, (organisation.short_name,))),
        address=row.address_printed,
        number=row.number_printed,
        signatory=row.signatory_name,
        office=row.signatory_office,
        principal=row.principal,
        instrument=row.instrument,
        holders=holders,
        codes=chains[row.organisation_id],
        registration_expires_on=organisation.lks.registration_expires_on if organisation.lks else None,
        is_foreign=organisation.kind is OrganisationKind.FOREIGN,
        may_use_emblem=bool(_ENTITLED.match(row.signatory_office or "")),
        **told,
    )


def _chains(session: Session, agreements: Iterable[Agreement]) -> dict[int, frozenset[str]]:
    """Return for every party its code and those of the organisations above it, by the party's organisation."""
    parties = {party.organisation_id for agreement in agreements for party in agreement.parties}
    known: dict[int, tuple[str, int | None]] = {}
    wanted: Collection[int] = parties
    for _level in range(_LEVELS):
        query = select(Organisation.id, Organisation.code, Organisation.parent_id).where(Organisation.id.in_(wanted))
        known |= {row.id: (row.code, row.parent_id) for row in session.execute(query)}
        wanted = {parent for _code, parent in known.values() if parent is not None} - known.keys()
        if not wanted:
            break
    return {one: frozenset(_upward(one, known)) for one in parties}


def _upward(start: int, known: Mapping[int, tuple[str, int | None]]) -> Iterator[str]:
    here: int | None = start
    for _level in range(_LEVELS):
        if here is None or here not in known:
            return
        code, here = known[here]
        yield code


def _related(other: Agreement | None, chains: Mapping[int, frozenset[str]], today: date) -> ReviewRelated | None:
    if other is None:
        return None
    return ReviewRelated(
        printed_label=other.printed_label or draft_facts.PRINTED[other.kind],
        title=other.title,
        numbers=tuple(party.number_printed for party in other.parties if party.number_printed),
        signed_on=other.signed_on,
        starts_on=other.starts_on,
        ends_on=other.ends_on,
        party_codes=frozenset(code for party in other.parties for code in chains[party.organisation_id]),
        standing=standing(other, today),
    )


def _mentioned(draft: Draft) -> Iterator[str]:
    texts = draft.facts
    yield from _of_agreement(draft.agreement)
    for name in ("recitals", "legal_bases", "targets", "data_elements"):
        yield from texts.get(name) or ()
    yield from filter(None, (texts.get("funding_note"), texts.get("aid_description"), texts.get("aid_recipient")))
    for change in texts.get("changes") or ():
        yield from filter(None, (change.get("old"), change.get("new")))


def _of_agreement(agreement: Agreement) -> Iterator[str]:
    yield from filter(None, (agreement.purpose, agreement.funding_source, agreement.beneficiaries))
    yield from agreement.scope
    yield from filter(
        None, (agreement.unit and agreement.unit.name, *(party.contact_name for party in agreement.parties))
    )
