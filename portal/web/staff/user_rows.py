"""People in words, chips and links: lines of the list, roles with their period, sessions, who is invited."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.policy import STAFF_ROLES, Role
from portal.domain.user_role import read_basis
from portal.queries.users import UserFilter, UserRow
from portal.web.asked import Asked
from portal.web.filters import date_short, datetime_zone, label
from portal.web.listing import Place, options
from portal.web.own_account import device

if TYPE_CHECKING:
    from portal.models import Account, AccountRole, Handover, Invitation, Organisation, SignInSession

Item = dict[str, Any]
SIDES = {"pegawai": True, "mitra": False}
STANDINGS = {"aktif": True, "nonaktif": False, "diundang": None}
ROLES = {role.value.replace("_", "-"): role for role in Role}


def read(asked: Asked) -> UserFilter:
    """Return the filter that an address asks for."""
    return UserFilter(
        words=asked.text("q"),
        in_office=asked.one_of("jenis", SIDES),
        role=asked.one_of("peran", ROLES),
        is_active=asked.one_of("keadaan", STANDINGS),
    )


def choices() -> dict[str, list[tuple[str, str]]]:
    """Return what each select of the filter offers."""
    every = _("Semua")
    standings = {"aktif": _("Aktif"), "nonaktif": _("Nonaktif"), "diundang": _("Diundang, belum masuk")}
    return {
        "jenis": options(every, {"pegawai": _("Pegawai"), "mitra": _("Orang dari mitra")}),
        "peran": options(every, {word: label(role) for word, role in ROLES.items()}),
        "keadaan": options(every, standings),
    }


def chips(place: Place, known: dict[str, list[tuple[str, str]]]) -> list[Item]:
    """Return the chosen filters in words."""
    titles = {"q": _("Kata"), "jenis": _("Jenis"), "peran": _("Peran"), "keadaan": _("Keadaan")}
    asked = place.asked
    return place.chips(
        (word, title, dict(known.get(word, ())).get(asked.text(word), asked.text(word)))
        for word, title in titles.items()
    )


def state(account: "Account") -> Item:
    """Return the chip of an account."""
    if account.is_active:
        return {"text": _("Aktif"), "tone": "good", "icon": None}
    return {"text": _("Nonaktif"), "tone": "bad", "icon": None}


def second_step(account: "Account", secured: Collection[int]) -> Item:
    """Return the chip of a person's second step."""
    if account.id in secured:
        return {"text": _("Aktif"), "tone": "good", "icon": None}
    if account.organisation.is_ours:
        return {"text": _("Belum"), "tone": "warn", "icon": None}
    return {"text": _("Kode surel"), "tone": "", "icon": None}


def line(row: UserRow, secured: Collection[int]) -> Item:
    """Return one line of the list."""
    account = row.account
    return {
        "href": url_for("staff.users.show", number=account.id),
        "name": account.name,
        "email": account.email,
        "organisation": account.organisation.short_name or account.organisation.name,
        "roles": ", ".join(label(role) for role in row.roles) or _("tanpa peran"),
        "step": second_step(account, secured),
        "last": datetime_zone(account.last_sign_in_at) if account.last_sign_in_at else _("belum pernah"),
        "state": state(account),
        "sample": account.is_sample,
    }


def invited(row: "Invitation", now: Any) -> Item:
    """Return one line of who was invited: staff from here, partners' people from their organisation's page."""
    until = datetime_zone(row.expires_at)
    is_open = now < row.expires_at
    is_staff = row.role in STAFF_ROLES
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "organisation": row.organisation.name,
        "role": label(row.role),
        "note": _("berlaku sampai %(time)s", time=until) if is_open else _("kedaluwarsa sejak %(time)s", time=until),
        "is_staff": is_staff,
        "href": None if is_staff else url_for("staff.organisations.show", code=row.organisation.code, _anchor="akun"),
    }


def role(row: "AccountRole", unit: "Organisation", account: "Account", today: date) -> Item:
    """Return one role with its period, basis and where it stands."""
    tenure, letter = read_basis(row.basis)
    period = _("sejak %(first)s", first=date_short(row.starts_on))
    if row.ends_on is not None:
        period = _("%(first)s sampai %(last)s", first=date_short(row.starts_on), last=date_short(row.ends_on))
    is_over = row.ends_on is not None and row.ends_on < today
    if row.ends_on is not None and row.ends_on < row.starts_on:
        period = _("dicabut sebelum berlaku")
    chip = {"text": _("Berlaku"), "tone": "good"}
    if is_over:
        chip = {"text": _("Berakhir"), "tone": ""}
    elif row.starts_on > today:
        chip = {"text": _("Akan datang"), "tone": "info"}
    return {
        "name": label(row.role),
        "tenure": "" if tenure == "full" else label(tenure),
        "unit": unit.name if unit.id != account.organisation_id else "",
        "period": period,
        "basis": letter,
        "chip": chip | {"icon": None},
        "edit": None if is_over else url_for("staff.user_roles.edit", number=account.id, role_id=row.id),
    }


def session_line(row: "SignInSession") -> Item:
    """Return one browser in which the person is signed in."""
    return {
        "id": row.id,
        "device": device(row.agent),
        "used": datetime_zone(row.used_at),
        "since": datetime_zone(row.created_at),
    }


def handover(row: "Handover") -> Item:
    """Return the link to the record of a hand-over."""
    address = url_for("staff.handovers.show", number=row.id)
    return {"href": address, "name": row.account.name, "when": datetime_zone(row.made_at), "basis": row.basis}
