"""One duty on its page and on the pages that ask before an act: facts, parties with their contacts, dates."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain import duty as rules
from portal.domain import phone as phones
from portal.domain import policy
from portal.domain.dates import days_between
from portal.domain.obligation import DutyRole, ScheduleKind, standing
from portal.domain.policy import Action, Actor
from portal.domain.schedule_check import WAITING
from portal.queries.obligations import schedule_of
from portal.web.filters import date_long, date_weekday, label, period
from portal.web.staff import duty_words, schedule_words

if TYPE_CHECKING:
    from portal.models import Agreement, AgreementParty, Obligation, ObligationEvent, Occurrence

Item = dict[str, Any]


def shown(duty: "Obligation", rows: "Sequence[Occurrence]", *, number: int, actor: Actor, today: date) -> Item:
    """Return everything the page of one duty shows."""
    code, agreement = duty.agreement.code, duty.agreement
    verdict = policy.may(actor, Action.EDIT_OBLIGATION)
    debtors, creditors = _side(duty, DutyRole.DEBTOR), _side(duty, DutyRole.CREDITOR)
    partner_debtor = any(not party.organisation.is_ours for party in debtors)
    by_hand = not rules.is_reported(duty.kind, has_partner_debtor=partner_debtor)
    return {
        "duty": duty,
        "agreement": agreement,
        "number": number,
        "facts": _facts(duty, by_hand=by_hand),
        "debtors": [_party(party) for party in debtors],
        "creditors": [_party(party) for party in creditors],
        "sentence": schedule_words.sentence(schedule_of(duty)),
        "rows": duty_words.occurrences(rows, code=code, number=number, by_hand=by_hand, today=today),
        "may_edit": bool(verdict) and not duty.is_closed,
        "reason": _(verdict.reason) if verdict.reason else "",
        "binds": agreement.stage in rules.LIVING,
    }


def events(
    duty: "Obligation", rows: "Sequence[ObligationEvent]", dated: "Sequence[Occurrence]", *, number: int
) -> Item | None:
    """Return what happened so that a duty came due; None for one that waits for nothing."""
    if duty.schedule not in WAITING:
        return None
    return {
        "requested": duty.schedule is ScheduleKind.ON_REQUEST,
        "rows": duty_words.events(rows, dated, code=duty.agreement.code, number=number),
    }


def ladder(duty: "Obligation", others: Sequence[tuple[int, str]], *, number: int, may_edit: bool) -> Item:
    """Return which ladder of reminders a duty climbs, and the choice of another."""
    options = [("", _("Bawaan")), *others]
    return {
        "current": duty.ladder_id or "",
        "name": next((name for key, name in options if key == (duty.ladder_id or "")), options[0][1]),
        "options": options,
        "may_edit": may_edit,
        "action": url_for("staff.obligations.choose_ladder", code=duty.agreement.code, number=number),
        "rules": url_for("staff.ladders.index"),
    }


def _facts(duty: "Obligation", *, by_hand: bool) -> list[Item]:
    met_by = _("dicatat petugas") if by_hand else _("laporan mitra yang diterima")
    return [
        {"label": _("Jenis"), "value": label(duty.kind)},
        {"label": _("Pasal"), "value": duty.article},
        {"label": _("Rincian"), "value": duty.detail},
        {"label": _("Bukti pemenuhan"), "value": duty.evidence},
        {"label": _("Dipenuhi dengan"), "value": met_by},
    ]


def _side(duty: "Obligation", role: DutyRole) -> "list[AgreementParty]":
    wanted = {party.organisation_id for party in duty.parties if party.duty_role is role}
    return [party for party in duty.agreement.parties if party.organisation_id in wanted]


def _party(party: "AgreementParty") -> Item:
    organisation = party.organisation
    return {
        "name": party.name_printed,
        "href": url_for("staff.organisations.show", code=organisation.code),
        "lines": [party.contact_name] if party.contact_name else [],
        "contacts": contacts(party.contact_phone or organisation.phone, party.contact_email or organisation.email),
        "sample": organisation.is_sample,
    }


def contacts(phone: str | None, email: str | None) -> list[Item]:
    """Return the buttons by which somebody is reached: only those that are known."""
    mobile, dialled = phones.mobile(phone), phones.dialled(phone)
    found = []
    if mobile:
        found.append({"label": "WhatsApp", "href": f"https://wa.me/{mobile}", "icon": "message-circle"})
    if dialled:
        found.append({"label": _("Telepon"), "href": f"tel:{dialled}", "icon": "phone"})
    if email:
        found.append({"label": _("Surel"), "href": f"mailto:{email}", "icon": "mail"})
    return found


def asked(duty: "Obligation", row: "Occurrence | None", *, number: int, today: date) -> Item:
    """Return what a page that asks before an act says of the duty, and of the one date it is about."""
    named = period(row.period_key) if row else ""
    found: Item = {
        "duty": duty,
        "agreement": duty.agreement,
        "number": number,
        "name": f"{duty.title}, {named}" if named else duty.title,
        "debtors": ", ".join(party.name_printed for party in _side(duty, DutyRole.DEBTOR)),
        "back": url_for("staff.obligations.show", code=duty.agreement.code, number=number),
    }
    if row is not None:
        days = days_between(today, row.due_on)
        found |= {
            "key": row.period_key,
            "due": date_weekday(row.due_on),
            "chip": duty_words.chip(standing(row, today), days),
        }
    return found


def term(agreement: "Agreement") -> str:
    """Return the dates that schedules are counted from, as one sentence."""
    unknown = _("belum diketahui")
    said = {
        "signed": date_long(agreement.signed_on) if agreement.signed_on else unknown,
        "starts": date_long(agreement.starts_on) if agreement.starts_on else unknown,
        "ends": date_long(agreement.ends_on) if agreement.ends_on else unknown,
    }
    return str(_("Ditandatangani %(signed)s; mulai %(starts)s; berakhir %(ends)s.", **said))
