"""Organisations in words, chips and links: lines of the directory, the page of one, what its form begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _

from portal.domain.organisation import OrganisationKind
from portal.domain.organisation_facts import PROFILE, LksFacts, OrganisationFacts
from portal.queries.organisations import OrganisationFilter, OrganisationRow
from portal.web import slugs
from portal.web.asked import Asked
from portal.web.filters import date_long, date_short, label
from portal.web.forms.organisation import OrganisationForm
from portal.web.listing import Place, options
from portal.web.staff.duty_page import contacts

if TYPE_CHECKING:
    from portal.models import Account, Contact, FactSource, LksProfile, OfficeHolder, Organisation
    from portal.queries.organisation_choices import CodeName

Item = dict[str, Any]


def read(asked: Asked) -> OrganisationFilter:
    """Return the filter that an address asks for."""
    account, never_in = asked.one_of("akun", slugs.ACCOUNTS) or (None, False)
    return OrganisationFilter(
        kind=asked.one_of("jenis", slugs.ORGANISATION_KINDS),
        province_code=asked.text("wilayah") or None,
        words=asked.text("q"),
        has_account=account,
        never_in=never_in,
        is_sample=asked.one_of("contoh", slugs.YES_NO),
        ours=bool(asked.one_of("milik", {"kemensos": True})),
    )


def views(place: Place) -> list[Item]:
    """Return the two registers: partners, and the ministry's own units."""
    ours = place.asked.text("milik") == "kemensos"
    return [
        {"label": _("Mitra"), "href": url_for(place.endpoint), "current": not ours},
        {"label": _("Unit Kemensos"), "href": url_for(place.endpoint, milik="kemensos"), "current": ours},
    ]


def choices(provinces: "Sequence[CodeName]") -> dict[str, list[tuple[str, str]]]:
    """Return what each select of the filter offers."""
    every = _("Semua")
    return {
        "jenis": options(every, {word: label(kind) for word, kind in slugs.ORGANISATION_KINDS.items()}),
        "wilayah": options(every, dict(provinces)),
        "akun": options(
            every,
            {"ya": _("Punya akun portal"), "tidak": _("Belum punya akun"), "belum-masuk": _("Belum pernah masuk")},
        ),
        "contoh": options(every, {"tidak": _("Tanpa data contoh"), "ya": _("Hanya data contoh")}),
    }


def chips(place: Place, known: Mapping[str, list[tuple[str, str]]]) -> list[Item]:
    """Return the chosen filters in words."""
    titles = {"q": _("Kata"), "jenis": _("Jenis"), "wilayah": _("Wilayah"), "akun": _("Akun"), "contoh": _("Contoh")}
    asked = place.asked
    return place.chips(
        (word, title, dict(known.get(word, ())).get(asked.text(word), asked.text(word)))
        for word, title in titles.items()
    )


def line(row: OrganisationRow, today: date) -> Item:
    """Return one line of the directory."""
    place = ", ".join(part for part in (row.regency, row.province) if part)
    return {
        "href": url_for("staff.organisations.show", code=row.code),
        "name": row.name,
        "short": row.short_name,
        "kind": label(row.kind),
        "place": place or None,
        "accreditation": accreditation(row.accreditation, row.accreditation_expires_on, today),
        "in_force": row.in_force,
        "accounts": _("%(n)s akun", n=row.accounts) if row.accounts else None,
        "sample": row.is_sample,
        "unconfirmed": not row.confirmed,
    }


def accreditation(level: Any, expires_on: date | None, today: date) -> Item | None:
    """Return the chip of an accreditation; an expired one is red."""
    if level is None:
        return None
    if expires_on is not None and expires_on < today:
        return {"text": _("%(level)s, habis %(date)s", level=label(level), date=date_short(expires_on)), "tone": "bad"}
    until = (
        _("%(level)s, s.d. %(date)s", level=label(level), date=date_short(expires_on)) if expires_on else label(level)
    )
    return {"text": until, "tone": "good"}


def facts(row: "Organisation", province: str | None) -> list[Item]:
    """Return the facts of an organisation; what is not recorded prints as unknown."""
    found: list[Item] = [
        {"label": _("Jenis"), "value": label(row.kind)},
        {"label": _("Nama singkat"), "value": row.short_name},
        {"label": _("Alamat"), "value": row.address},
        {"label": _("Kabupaten atau kota"), "value": row.regency},
        {"label": _("Provinsi"), "value": province},
        {"label": _("Zona waktu"), "value": label(row.zone)},
    ]
    if row.aliases:
        found.append({"label": _("Nama lain"), "value": ", ".join(row.aliases)})
    if row.parent is not None:
        href = url_for("staff.organisations.show", code=row.parent.code)
        found.append({"label": _("Induk"), "value": row.parent.name, "href": href})
    if not row.observes_joint_leave:
        found.append({"label": _("Cuti bersama"), "value": _("tetap bekerja")})
    if row.note:
        found.append({"label": _("Catatan"), "value": row.note})
    return found


def readiness(lks: "LksProfile", today: date) -> list[Item]:
    """Return what a welfare institution must have, with what is recorded of it (design: domain §5.5)."""
    bank = " ".join(part for part in (lks.bank_name, lks.bank_account_number) if part)
    return [
        _paper(_("Tanda daftar"), lks.registration_number, lks.registration_expires_on, today),
        _paper(_("Akta pendirian"), lks.deed_number, None, today),
        _paper(_("Pengesahan badan hukum"), lks.approval_number, None, today),
        _paper(
            _("Akreditasi"),
            label(lks.accreditation) if lks.accreditation else None,
            lks.accreditation_expires_on,
            today,
        ),
        _paper(_("NPWP"), lks.tax_number, None, today),
        _paper(_("Rekening lembaga"), bank, None, today),
    ]


def _paper(name: str, told: str | None, expires_on: date | None, today: date) -> Item:
    if not told:
        return {"name": name, "told": None, "chip": {"text": _("Belum tercatat"), "tone": ""}}
    if expires_on is not None and expires_on < today:
        return {
            "name": name,
            "told": told,
            "chip": {"text": _("Habis %(date)s", date=date_short(expires_on)), "tone": "bad"},
        }
    text = _("s.d. %(date)s", date=date_short(expires_on)) if expires_on else _("Tercatat")
    return {"name": name, "told": told, "chip": {"text": text, "tone": "good"}}


def people(code: str, rows: "Sequence[OfficeHolder]", today: date) -> list[Item]:
    """Return who holds or held an office; the address of each names its place in the order of recording."""
    places = {row.id: place for place, row in enumerate(sorted(rows, key=lambda row: row.id), 1)}
    return [
        {
            "edit": url_for("staff.organisation_people.edit_holder", code=code, number=places[row.id]),
            "name": row.name,
            "office": row.office,
            "capacity": label(row.capacity),
            "instrument": row.instrument,
            "span": _span(row.starts_on, row.ends_on),
            "ended": row.ends_on is not None and row.ends_on < today,
        }
        for row in rows
    ]


def _span(starts_on: date | None, ends_on: date | None) -> str | None:
    if starts_on is None and ends_on is None:
        return None
    first = date_long(starts_on) if starts_on else "…"
    return f"{first} – {date_long(ends_on) if ends_on else _('sekarang')}"


def callers(code: str, rows: "Sequence[Contact]") -> list[Item]:
    """Return the people to call with their buttons, in the order of recording."""
    return [
        {
            "name": row.name,
            "lines": [row.position] if row.position else [],
            "contacts": contacts(row.phone, row.email),
            "remove": url_for("staff.organisation_people.remove_contact", code=code, number=place),
        }
        for place, row in enumerate(rows, 1)
    ]


def accounts(rows: "Sequence[Account]") -> list[Item]:
    """Return the accounts of the portal, with when each was last used."""
    return [
        {
            "name": row.name,
            "email": row.email,
            "last": date_short(row.last_sign_in_at.date()) if row.last_sign_in_at else _("belum pernah masuk"),
            "active": row.is_active,
        }
        for row in rows
    ]


def sources(rows: "Sequence[FactSource]") -> list[Item]:
    """Return where the recorded facts come from."""
    return [
        {
            "fact": row.fact,
            "source": row.source,
            "on": date_long(row.source_on) if row.source_on else None,
            "confidence": label(row.confidence),
            "verified": row.verified_at is not None,
        }
        for row in rows
    ]


def invite_address(code: str) -> str | None:
    """Return where a person of this organisation is invited, None where that page does not exist."""
    endpoint = "staff.invitations.create"
    return url_for(endpoint, code=code) if endpoint in current_app.view_functions else None


def values(told: OrganisationFacts, *, version: int) -> Item:
    """Return what the form begins with."""
    found = {field.name: getattr(told, field.name) for field in fields(told) if field.name != PROFILE}
    profile = told.lks or LksFacts()
    found |= {field.name: getattr(profile, field.name) for field in fields(profile)}
    return found | {"aliases": "\n".join(told.aliases), "version": version}


def field_name(key: str, form: OrganisationForm) -> str:
    """Return the name of a fact by its flat key."""
    return str(form[key.removeprefix(f"{PROFILE}.")].label.text)


def said(value: Any) -> str | None:
    """Return a plain value of a fact as people read it; None when it is not told."""
    if isinstance(value, bool):
        return str(_("Ya") if value else _("Tidak"))
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or None
    return None if value is None else str(value)


def is_lks(row: "Organisation") -> bool:
    """Return whether an organisation is a welfare institution."""
    return row.kind is OrganisationKind.LKS
