"""The menus. An entry appears when the page behind it exists and the person may open it: nothing is dead."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from portal.web import guard

BELONGS = {
    "staff.drafting": "staff.agreements",
    "staff.calendar_feeds": "staff.deadline_calendar",
    "staff.reminder_people": "staff.reminders",
    "staff.reminder_decisions": "staff.reminders",
    "staff.reliefs": "staff.obligations",
    "staff.questions": "staff.agreements",
    "staff.shared_drafts": "staff.agreements",
    "staff.duty_bulk": "staff.obligations",
    "staff.duty_events": "staff.obligations",
    "staff.organisation_people": "staff.organisations",
    "staff.organisation_likeness": "staff.organisations",
    "staff.organisation_merges": "staff.organisations",
    "staff.organisation_documents": "staff.organisations",
    "staff.card_proposals": "staff.organisations",
    "partner.profile": "partner.home",
    "partner.agenda": "partner.home",
    "partner.calendar_feeds": "partner.reports",
    "partner.reliefs": "partner.reports",
    "partner.questions": "partner.agreements",
    "partner.shared_drafts": "partner.agreements",
    "partner.report_steps": "partner.reports",
    "partner.report_rounds": "partner.reports",
    "staff.report_marks": "staff.reports",
    "staff.report_rounds": "staff.reports",
    "staff.report_on_behalf": "staff.obligations",
    "staff.retention": "staff.personal_data",
    "staff.processing": "staff.personal_data",
    "staff.incidents": "staff.personal_data",
    "staff.user_roles": "staff.users",
    "staff.user_invitations": "staff.users",
    "staff.handovers": "staff.users",
}
"""Pages without an entry of their own, and the entry that is the current one while somebody is there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One entry of a menu; `count` is a number beside it, `alarm` paints it red."""

    url: str
    icon: str
    label: str
    current: bool
    count: int | None = None
    alarm: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Entries under one heading; None for the first ones."""

    label: str | None
    items: tuple[Item, ...]


def here() -> str:
    """Return the part of the portal that is asked for, or that it belongs to."""
    asked = (request.endpoint or "").rsplit(".", 1)[0]
    return BELONGS.get(asked, asked)


def _item(endpoint: str, icon: str, label: str) -> Item | None:
    if not guard.may_open(endpoint):
        return None
    return Item(url=url_for(endpoint), icon=icon, label=label, current=here() == endpoint.rsplit(".", 1)[0])


def _group(label: str | None, *rows: tuple[str, str, str]) -> Group:
    return Group(label=label, items=tuple(item for row in rows if (item := _item(*row))))


def side(*, is_staff: bool | None) -> tuple[Group, ...]:
    """Return the groups of the office's left column; empty for partners and strangers (None)."""
    if not is_staff:
        return ()
    groups = (
        _group(
            None,
            ("staff.home.show", "house", _("Beranda")),
            ("staff.tasks.index", "inbox", _("Tugas saya")),
        ),
        _group(
            _("Kerja sama"),
            ("staff.agreements.index", "scroll-text", _("Naskah")),
            ("staff.obligations.index", "clipboard-check", _("Kewajiban")),
            ("staff.deadline_calendar.show", "calendar-days", _("Kalender tenggat")),
            ("staff.reports.index", "file-text", _("Laporan")),
            ("staff.organisations.index", "building-2", _("Mitra")),
            ("staff.bulk.index", "copy", _("Naskah massal")),
        ),
        _group(
            _("Penyusunan"),
            ("staff.doc_templates.index", "file-pen-line", _("Templat")),
            ("staff.clauses.index", "library", _("Pustaka klausul")),
        ),
        _group(
            _("Pengelolaan"),
            ("staff.reminders.index", "send", _("Buku pengingat")),
            ("staff.ladders.index", "bell", _("Aturan pengingat")),
            ("staff.absences.index", "users", _("Cuti dan pengganti")),
            ("staff.jobs.index", "refresh-cw", _("Pekerjaan")),
            ("staff.holidays.index", "calendar-days", _("Hari libur")),
            ("staff.report_forms.index", "list-checks", _("Isian laporan")),
            ("staff.users.index", "users", _("Pengguna")),
            ("staff.permissions.show", "list-checks", _("Siapa boleh apa")),
            ("staff.personal_data.index", "users", _("Data pribadi")),
            ("staff.audit.index", "history", _("Jejak audit")),
            ("staff.audit_chain.show", "link", _("Rantai jejak")),
        ),
    )
    return tuple(group for group in groups if group.items)


def bottom(*, is_staff: bool | None) -> tuple[Item, ...]:
    """Return the bar at the foot of a phone: four places for the office and the menu that opens, four for partners."""
    if is_staff is None:
        return ()
    rows = (
        (
            ("staff.home.show", "house", _("Beranda")),
            ("staff.agreements.index", "scroll-text", _("Naskah")),
            ("staff.reports.index", "file-text", _("Laporan")),
            ("staff.deadline_calendar.show", "calendar-days", _("Kalender")),
        )
        if is_staff
        else (
            ("partner.home.show", "house", _("Beranda")),
            ("partner.reports.index", "clipboard-check", _("Laporan")),
            ("partner.agreements.index", "scroll-text", _("Perjanjian")),
            ("partner.guide.show", "circle-help", _("Bantuan")),
        )
    )
    return tuple(item for row in rows if (item := _item(*row)))


def of_account(*, is_staff: bool | None) -> tuple[dict[str, str], ...]:
    """Return what the menu of the account leads to: one's own account, and for partners their team."""
    if is_staff is None:
        return ()
    own = {"label": _("Akun saya"), "href": url_for("own_account.show"), "icon": "settings"}
    team = {"label": _("Tim"), "href": url_for("partner.team.index"), "icon": "users"}
    members = {"label": _("Perjanjian anggota"), "href": url_for("partner.members.index"), "icon": "scroll-text"}
    if is_staff:
        return (own,)
    return (members, team, own) if guard.may_open("partner.members.index") else (team, own)
