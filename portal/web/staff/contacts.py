"""Reaching people outside the portal: the text to copy, the link to WhatsApp, and the log of it."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import phone as phones
from portal.domain.contact import ContactWay
from portal.domain.dates import office_date
from portal.domain.obligation import DutyRole
from portal.domain.policy import Action
from portal.domain.reminder import SubjectKind
from portal.extensions import session
from portal.mail import short
from portal.mail.compose import Letterhead, Reader
from portal.queries import agreements, contact_log, reminder_lines
from portal.queries import obligations as reading
from portal.services import contacts
from portal.web import guard
from portal.web.access import office
from portal.web.forms.contact import ContactForm
from portal.web.forms.outcome import attempt
from portal.web.staff import contact_rows

if TYPE_CHECKING:
    from portal.models import Agreement, AgreementParty, Occurrence

blueprint = Blueprint("contacts", __name__, url_prefix="/naskah/<code>")

Answer = str | Response | tuple[str, int]


@blueprint.route("/hubungi", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def agreement(code: str) -> Answer:
    """Write down a contact about an agreement as a whole."""
    found = agreements.get_for(session(), code, actor=guard.actor())
    form = _form(found)
    if not form.validate_on_submit() or attempt(form, lambda: _noted(found, None, form)) is None:
        found = agreements.get_for(session(), code, actor=guard.actor())
        log = contact_rows.lines(contact_log.of_agreement(session(), found.id))
        page = render_template("staff/contacts/agreement.html", agreement=found, form=form, log=log)
        return (page, 422) if request.method == "POST" else page
    flash(_("Kontak dicatat."), "good")
    return redirect(url_for("staff.agreements.show", code=code), 303)


@blueprint.route("/kewajiban/<int:number>/<key>/hubungi", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def duty(code: str, number: int, key: str) -> Answer:
    """Offer the text about one date for who owes it, and write down that they were reached."""
    row = _date(code, number, key)
    form = _form(row.obligation.agreement, first=_owing(row))
    if not form.validate_on_submit() or attempt(form, lambda: _noted(row.obligation.agreement, row, form)) is None:
        page = _duty_page(_date(code, number, key), number, form)
        return (page, 422) if request.method == "POST" else page
    flash(_("Kontak dicatat."), "good")
    return redirect(url_for("staff.obligations.show", code=code, number=number), 303)


def _date(code: str, number: int, key: str) -> "Occurrence":
    found = reading.get(session(), code, number)
    agreements.check_readable(found.agreement, guard.actor())
    return reading.get_occurrence(session(), found, key)


def _owing(row: "Occurrence") -> "list[AgreementParty]":
    owing = {each.organisation_id for each in row.obligation.parties if each.duty_role is DutyRole.DEBTOR}
    return [party for party in row.obligation.agreement.parties if party.organisation_id in owing]


def _form(found: "Agreement", first: "list[AgreementParty] | None" = None) -> ContactForm:
    """Return the form; whoever owes stands first, then the partners, then the ministry."""
    owing = {party.organisation_id for party in first or ()}
    seats = sorted(found.parties, key=lambda party: (party.organisation_id not in owing, party.organisation.is_ours))
    form = ContactForm(data={"on": office_date(clock.now()), "way": ContactWay.WHATSAPP.value})
    return form.offer([(party.organisation.code, party.name_printed) for party in seats])


def _noted(found: "Agreement", row: "Occurrence | None", form: ContactForm) -> bool:
    ids = {party.organisation.code: party.organisation_id for party in found.parties}
    contact = form.contact(ids[form.party.data], now=clock.now())
    contacts.note(session(), found, contact=contact, occurrence=row, actor=guard.actor(), now=clock.now())
    return True


def _duty_page(row: "Occurrence", number: int, form: ContactForm) -> str:
    found = row.obligation.agreement
    return render_template(
        "staff/contacts/duty.html",
        agreement=found,
        duty=row.obligation,
        number=number,
        key=row.period_key,
        form=form,
        texts=[_text(row, party) for party in _owing(row) if not party.organisation.is_ours],
        log=contact_rows.lines(contact_log.of_duty(session(), row.obligation_id)),
    )


def _text(row: "Occurrence", party: "AgreementParty") -> dict[str, Any]:
    """Return the text for one owing partner, with the link that opens it in WhatsApp where a number is known."""
    organisation, officer = party.organisation, row.obligation.agreement.officer
    today = clock.now().astimezone(organisation.zone.timezone).date()
    subject = (SubjectKind.OCCURRENCE, row.id)
    line = reminder_lines.about(session(), [subject])[subject].line(target_on=row.due_on, today=today, in_office=False)
    values = {
        "line": line,
        "officer": officer.name if officer else None,
        "officer_phone": officer.phone if officer else None,
    }
    reader = Reader(name=party.contact_name or party.name_printed, zone=organisation.zone)
    letterhead = Letterhead.of(current_app.config["SETTINGS"])
    text = short.twin(values, reader=reader, letterhead=letterhead)
    mobile = phones.mobile(party.contact_phone or organisation.phone)
    return {
        "id": f"pesan-{organisation.code}",
        "name": party.name_printed,
        "person": party.contact_name,
        "text": text,
        "href": f"https://wa.me/{mobile}?text={quote(text)}" if mobile else None,
    }
