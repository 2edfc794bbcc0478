"""The right column of the agreement's page: key facts, parties, related agreements, where the facts come from."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain import phone as phones
from portal.domain import policy
from portal.domain.agreement import Relation, SigningCapacity, Stage
from portal.domain.policy import Action, Actor
from portal.domain.wording import rupiah
from portal.domain.wording.fields_of_agreements import PARTY_PLACES
from portal.queries.agreement_page import CodeNames
from portal.queries.agreements import Related, SameNumber
from portal.queries.kinship import UPWARD, Pairs
from portal.web import guard
from portal.web.filters import date_long, date_short, label
from portal.web.staff.agreements.pages import address

if TYPE_CHECKING:
    from portal.models import Agreement, AgreementParty, FactSource

Item = dict[str, Any]


def key_facts(agreement: "Agreement", names: CodeNames) -> list[Item]:
    """Return the facts in the order of the page; what the record does not tell is None and printed so."""
    return [
        {"label": _("Unit pemrakarsa"), "value": agreement.unit.name if agreement.unit else None},
        {"label": _("Maksud dan tujuan"), "value": agreement.purpose},
        {"label": _("Ruang lingkup"), "value": "; ".join(agreement.scope) or None},
        {"label": _("Wilayah"), "value": regions(agreement, names) or None},
        {"label": _("Nilai dan sumber dana"), "value": _money(agreement)},
        {"label": _("Penerima manfaat"), "value": agreement.beneficiaries},
        {"label": _("Pemerlu Atensi Sosial (PAS)"), "value": _named(agreement.client_groups, names.client_groups)},
        {"label": _("Komponen ATENSI"), "value": _named(agreement.atensi, names.atensi)},
        *_numbers(agreement),
        {"label": _("Penandatanganan"), "value": _signing(agreement)},
        {"label": _("Naskah asli"), "value": _originals(agreement)},
        *_more(agreement),
    ]


def _more(agreement: "Agreement") -> list[Item]:
    event = agreement.signing_event
    rows = [{"label": _("Peristiwa penandatanganan"), "value": event.name, "note": event.note}] if event else []
    return [*rows, {"label": _("Catatan"), "value": agreement.note}] if agreement.note else rows


def regions(agreement: "Agreement", names: CodeNames) -> str:
    """Return "Jawa Barat: Garut, Cianjur; Banten"."""
    found: dict[str, list[str]] = {}
    for region in sorted(agreement.regions, key=lambda one: (one.province_code, one.regency)):
        found.setdefault(region.province_code, []).extend([region.regency] if region.regency else [])
    said = []
    for code, regencies in found.items():
        name = names.provinces.get(code, code)
        said.append(f"{name}: {', '.join(regencies)}" if regencies else name)
    return "; ".join(said)


def _money(agreement: "Agreement") -> str | None:
    if agreement.value_rupiah is None:
        return agreement.funding_source
    amount = rupiah(agreement.value_rupiah)
    return f"{amount} ({agreement.funding_source})" if agreement.funding_source else amount


def _named(codes: Iterable[str], names: "dict[str, str] | Any") -> str | None:
    return "; ".join(names.get(code, code) for code in codes) or None


def _numbers(agreement: "Agreement") -> list[Item]:
    return [
        {"label": _("Nomor %(who)s", who=party.name_printed), "value": party.number_printed}
        for party in agreement.parties
        if not party.organisation.is_ours
    ]


def _signing(agreement: "Agreement") -> str | None:
    day = date_long(agreement.signed_on) if agreement.signed_on else None
    return ", ".join(filter(None, [agreement.signed_place, day])) or None


def _originals(agreement: "Agreement") -> str | None:
    if agreement.originals is None:
        return None
    holders = ", ".join(party.name_printed for party in agreement.parties)
    return _("%(n)s rangkap, dipegang %(who)s", n=agreement.originals, who=holders)


def parties(agreement: "Agreement", warnings: Sequence[SameNumber]) -> list[Item]:
    """Return the cards of the parties in order."""
    return [_party(party, warnings) for party in agreement.parties]


def _party(party: "AgreementParty", warnings: Sequence[SameNumber]) -> Item:
    organisation = party.organisation
    lines = [_standing_of(party), _signatory(party), _contact(party)]
    lines += [
        _("Nomor %(number)s tercatat juga pada %(code)s.", number=one.number, code=one.other_code)
        for one in warnings
        if one.number == party.number_printed and one.party == party.name_printed
    ]
    return {
        "name": party.name_printed,
        "label": _(PARTY_PLACES[party.position - 1]),
        "href": address("staff.organisations.show", code=organisation.code),
        "lines": [line for line in lines if line],
        "contacts": contacts(party),
        "sample": organisation.is_sample,
        "umbrella": None if organisation.is_ours else _umbrella(party),
    }


def _umbrella(party: "AgreementParty") -> Item | None:
    """Return who may read as central board, and where that is changed; None for who may not change it."""
    if not guard.may_open("staff.agreements.umbrella"):
        return None
    name = party.umbrella.name if party.umbrella else _("tidak ada")
    return {
        "label": _("Lembaga induk yang boleh membaca: %(name)s", name=name),
        "href": url_for("staff.agreements.umbrella", code=party.agreement.code, position=party.position),
        "context": party.name_printed,
    }


def _standing_of(party: "AgreementParty") -> str:
    organisation, profile = party.organisation, party.organisation.lks
    parts = [label(profile.accreditation) if profile and profile.accreditation else "", organisation.regency or ""]
    renamed = organisation.name if organisation.name != party.name_printed else ""
    if renamed:
        parts.append(_("kini bernama %(name)s", name=renamed))
    if party.withdrawn_on:
        parts.append(_("mengundurkan diri %(date)s", date=date_short(party.withdrawn_on)))
    text = ", ".join(filter(None, parts))
    return f"{text}." if text else ""


def _signatory(party: "AgreementParty") -> str:
    if party.signatory_name is None:
        return _("Penanda tangan belum diketahui.")
    capacity = party.capacity if party.capacity is not SigningCapacity.DEFINITIVE else None
    office = ", ".join(filter(None, [party.signatory_office, label(capacity) if capacity else "", party.instrument]))
    text = _("Penanda tangan: %(name)s", name=party.signatory_name)
    return f"{text}, {office}." if office else f"{text}."


def _contact(party: "AgreementParty") -> str:
    return _("Narahubung: %(name)s.", name=party.contact_name) if party.contact_name else ""


def contacts(party: "AgreementParty") -> list[Item]:
    """Return the ways to reach the contact of a party, as buttons: only those that are known."""
    mobile, dialled = phones.mobile(party.contact_phone), phones.dialled(party.contact_phone)
    found = []
    if mobile:
        found.append({"label": "WhatsApp", "href": f"https://wa.me/{mobile}", "icon": "message-circle"})
    if dialled:
        found.append({"label": _("Telepon"), "href": f"tel:{dialled}", "icon": "phone"})
    if party.contact_email:
        found.append({"label": _("Surel"), "href": f"mailto:{party.contact_email}", "icon": "mail"})
    return found


def related(agreement: "Agreement", others: Sequence[Related], outlived: Pairs, *, actor: Actor) -> list[Item]:
    """Return the related agreements, with a warning where a child outlives its parent (design: domain §2.5)."""
    return [_related(agreement, one, outlived, actor) for one in others]


def _related(agreement: "Agreement", one: Related, outlived: Pairs, actor: Actor) -> Item:
    other = one.other
    hidden = other.is_confidential and not policy.may(actor, Action.SEE_CONFIDENTIAL)
    child, parent = (agreement, other) if one.outgoing else (other, agreement)
    return {
        "name": _("Naskah dibatasi") if hidden else other.title,
        "href": None if hidden else url_for("staff.agreements.show", code=other.code),
        "note": ", ".join(filter(None, [_relation(one), other.code, _until(other)])),
        "warning": _outlives(parent) if (child.id, parent.id) in outlived and one.relation in UPWARD else "",
    }


def _relation(one: Related) -> str:
    outgoing = {
        Relation.PARENT: _("Induk"),
        Relation.IMPLEMENTS: _("Dilaksanakan oleh naskah ini"),
        Relation.AMENDS: _("Diubah oleh naskah ini"),
        Relation.EXTENDS: _("Diperpanjang oleh naskah ini"),
        Relation.RENEWS: _("Pendahulu"),
    }
    incoming = {
        Relation.PARENT: _("Turunan"),
        Relation.IMPLEMENTS: _("Pelaksana"),
        Relation.AMENDS: label(one.other.kind),
        Relation.EXTENDS: label(one.other.kind),
        Relation.RENEWS: _("Pengganti"),
    }
    return outgoing[one.relation] if one.outgoing else incoming[one.relation]


def _until(other: "Agreement") -> str:
    if other.stage is not Stage.ACTIVE:
        return _("tahap %(stage)s", stage=label(other.stage).lower())
    if other.ends_on is None:
        return _("akhir belum diketahui")
    return _("s.d. %(date)s", date=date_short(other.ends_on))


def _outlives(parent: "Agreement") -> str:
    if parent.ends_on is None:
        return ""
    return _("Berlaku lebih lama daripada induknya, yang berakhir %(date)s.", date=date_long(parent.ends_on))


def sources(rows: "Sequence[FactSource]") -> list[Item]:
    """Return where the facts come from, how sure each is, and whether somebody verified it."""
    return [
        {
            "fact": row.fact,
            "source": ", ".join(filter(None, [row.source, _day(row.source_on)])),
            "confidence": label(row.confidence),
            "verified": _("diverifikasi %(date)s", date=date_short(row.verified_at.date()))
            if row.verified_at
            else _("belum diverifikasi"),
        }
        for row in rows
    ]


def _day(day: date | None) -> str:
    return date_short(day) if day else ""
