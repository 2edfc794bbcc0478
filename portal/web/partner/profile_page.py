"""The partner's own card as its page shows it: parts, people, papers, what it proposed. No query, no rule."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.organisation import OrganisationKind
from portal.domain.organisation_card import KEYS, OF_ANY_KIND, OF_PEOPLE, CardPart
from portal.web import card_words
from portal.web.card_words import Names
from portal.web.filters import date_long, label

if TYPE_CHECKING:
    from portal.models import CardProposal, Contact, OfficeHolder, Organisation, OrganisationDocument

Row = dict[str, Any]

WORDS = {
    "identitas": CardPart.IDENTITY,
    "akta": CardPart.LEGAL,
    "tanda-daftar": CardPart.REGISTRATION,
    "akreditasi": CardPart.ACCREDITATION,
    "rekening": CardPart.BANK,
    "layanan": CardPart.SERVICES,
    "pengurus": CardPart.HOLDER,
    "narahubung": CardPart.CONTACT,
}
"""What the parts are called in addresses."""
_WORD_OF = {part: word for word, part in WORDS.items()}


def has_part(organisation: "Organisation", part: CardPart) -> bool:
    """Return whether the card of this kind of organisation has a part."""
    return organisation.kind is OrganisationKind.LKS or part in OF_ANY_KIND


def parts(
    organisation: "Organisation",
    told: Mapping[str, Any],
    waiting: "Sequence[CardProposal]",
    names: Names,
    *,
    may_propose: bool,
) -> list[Row]:
    """Return the parts about the organisation itself, each with where a change is proposed."""
    found = []
    for part in KEYS:
        if part in OF_PEOPLE or not has_part(organisation, part):
            continue
        proposal = card_words.pending(waiting, part)
        link = {"label": _("Usulkan perubahan"), "href": _propose(part), "context": label(part)}
        found.append(
            {
                "id": _WORD_OF[part],
                "title": label(part),
                "facts": card_words.facts(part, told, names, proposal),
                "action": link if may_propose and proposal is None else None,
            }
        )
    return found


def _propose(part: CardPart, number: int | None = None) -> str:
    return url_for("partner.profile.propose", word=_WORD_OF[part], number=number)


def add_links(*, may_propose: bool) -> Row:
    """Return where a new person or paper is proposed, nothing for who may only look."""
    if not may_propose:
        return {"holder": None, "contact": None, "document": None}
    add = _("Tambah")
    return {
        "holder": {"label": add, "href": _propose(CardPart.HOLDER), "context": _("pengurus")},
        "contact": {"label": add, "href": _propose(CardPart.CONTACT), "context": _("narahubung")},
        "document": {"label": _("Kirim dokumen"), "href": url_for("partner.profile.add_document")},
    }


def holders(
    rows: "Sequence[OfficeHolder]", waiting: "Sequence[CardProposal]", today: date, *, may_propose: bool
) -> list[Row]:
    """Return who holds or held an office."""
    return [
        _person(CardPart.HOLDER, row, places[row.id], waiting, may_propose=may_propose)
        | {"note": ", ".join([row.office, *_term(row, today)])}
        for places in [_places(rows)]
        for row in rows
    ]


def contacts(rows: "Sequence[Contact]", waiting: "Sequence[CardProposal]", *, may_propose: bool) -> list[Row]:
    """Return the people to call."""
    return [
        _person(CardPart.CONTACT, row, places[row.id], waiting, may_propose=may_propose)
        | {"note": ", ".join(part for part in (row.position, row.phone, row.email) if part)}
        for places in [_places(rows)]
        for row in rows
    ]


def _places(rows: Sequence[Any]) -> dict[int, int]:
    return {row.id: place for place, row in enumerate(sorted(rows, key=lambda row: row.id), 1)}


def _person(part: CardPart, row: Any, place: int, waiting: "Sequence[CardProposal]", *, may_propose: bool) -> Row:
    waits = card_words.pending(waiting, part, row.id) is not None
    href = _propose(part, place) if may_propose and not waits else None
    return {"name": row.name, "href": href, "waits": waits}


def _term(row: "OfficeHolder", today: date) -> list[str]:
    if row.ends_on is None:
        return [_("sejak %(date)s", date=date_long(row.starts_on))] if row.starts_on else []
    ended = row.ends_on < today
    return [_("berakhir %(date)s", date=date_long(row.ends_on)) if ended else _until(row.ends_on)]


def _until(day: date) -> str:
    return str(_("sampai %(date)s", date=date_long(day)))


def documents(rows: "Sequence[OrganisationDocument]", today: date) -> list[Row]:
    """Return the papers, each with its file."""
    return [card_words.document(row, url_for("partner.profile.document", document_id=row.id), today) for row in rows]
