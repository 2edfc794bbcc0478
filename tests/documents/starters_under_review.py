"""Every starter with its sample as Periksa Naskah sees it: facts, clause tree, and the text that Word prints."""

import tomllib
from datetime import date

from portal import paths
from portal.documents import clauses, context, lines, render, samples, templates, typed
from portal.documents.facts import AgreementFacts, PartyFacts, RelatedFacts
from portal.domain import clause, review, wording
from portal.domain.agreement import AgreementKind, Standing
from portal.domain.clause import Article, ClauseTree, Condition
from portal.domain.organisation import OrganisationKind

TODAY = date(2026, 11, 21)
LIBRARY = paths.REFERENCE / "clauses"


def library() -> dict[str, dict]:
    """Every clause that is shipped, by its code."""
    read = (tomllib.loads(file.read_text()) for file in sorted(LIBRARY.glob("*.toml")))
    return {entry["code"]: entry for content in read for entry in content.get("clause", ())}


def tree(code: str) -> ClauseTree:
    """The clause tree that a draft of a starter begins with."""
    about = tomllib.loads((paths.DOC_TEMPLATES / f"{code}.toml").read_text())
    known = library()
    return tuple(_article(entry, known[entry["code"]]) for entry in about.get("clauses", ()))


def _article(entry, told) -> Article:
    return Article(
        key=told["code"].replace("-", "_"),
        title=told["title"],
        text=told["text"],
        title_en=told.get("title_en", ""),
        text_en=told.get("text_en", ""),
        block=told["block"],
        clause=told["code"],
        condition=Condition(told.get("condition", "always")),
        is_included=entry["is_included"],
        is_mandatory=entry["is_mandatory"],
    )


def answers(facts: AgreementFacts) -> frozenset[Condition]:
    """The conditions that hold for a sample."""
    held = {
        Condition.DATA_EXCHANGE: bool(facts.data_elements),
        Condition.AID: facts.aid is not None,
        Condition.FUNDED: facts.funding is not None,
        Condition.FOREIGN: facts.english is not None,
        Condition.REGION: any("Pemerintah " in party.name for party in facts.parties),
        Condition.HAS_PARENT: facts.parent is not None,
        Condition.MANY_PARTIES: len(facts.parties) > 2,
    }
    return frozenset(one for one, holds in held.items() if holds)


def printed(code: str) -> bytes:
    """The Word file of a starter with its sample."""
    facts = samples.BY_TEMPLATE[code]
    template = templates.get(code)
    if clauses.has_slot(template):
        template = clauses.splice(template, clause.printed(tree(code), answers(facts)))
    return render.render(template, context.snapshot(facts)).content


def _party(position: int, party: PartyFacts, facts: AgreementFacts) -> review.ReviewParty:
    return review.ReviewParty(
        position=position,
        designation=wording.ordinal_party(position, facts.party_style),
        name=party.name,
        kind=OrganisationKind.LKS if party.legal else OrganisationKind.AGENCY,
        registered_name=party.name,
        address=party.address,
        number=party.number_printed,
        signatory=party.signatory,
        office=party.office,
        capacity=party.capacity,
        principal=party.principal,
        instrument=party.instrument,
        holders=(review.Holder(name=party.signatory, office=party.office),) if party.signatory and party.office else (),
    )


def _related(related: RelatedFacts | None) -> review.ReviewRelated | None:
    if related is None:
        return None
    return review.ReviewRelated(
        printed_label=related.printed_label,
        title=related.title,
        numbers=tuple(number for _, number in related.numbers),
        signed_on=related.signed_on,
        ends_on=related.ends_on,
        standing=Standing.IN_FORCE,
    )


def subject(code: str, content: bytes = b"") -> review.ReviewSubject:
    """A starter with its sample, ready to be checked; `content` is its Word file when it was changed."""
    facts = samples.BY_TEMPLATE[code]
    addresses = [party.contact.address for party in facts.parties if party.contact]
    content = content or printed(code)
    funding = facts.funding.source if facts.funding else None
    return review.ReviewSubject(
        kind=facts.kind,
        printed_label=facts.printed_label,
        title=facts.title,
        parties=tuple(_party(position, party, facts) for position, party in enumerate(facts.parties, start=1)),
        today=TODAY,
        language="id-en" if facts.english else "id",
        governing_language=facts.governing_language,
        is_foreign=facts.english is not None,
        signed_on=facts.signed_on,
        place=facts.place,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        term_months=facts.term_months,
        originals=facts.originals,
        parent=_related(facts.parent) if facts.kind is AgreementKind.PKS else None,
        amended=_related(facts.amended),
        answers=answers(facts),
        tree=tree(code),
        lines=(*review.placed(lines.pieces(content)), *review.beside(lines.beside(content))),
        typed_references=tuple((one.text, one.place) for one in typed.check(content)),
        has_emblem=lines.shows_emblem(content),
        regions=facts.locations,
        mentioned=tuple(text for text in (*facts.scope, *facts.targets, *addresses, funding) if text),
    )
