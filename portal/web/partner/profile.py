"""The partner's own card: seeing it, proposing changes, sending papers, taking them back (design: ux W10)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import readiness, upload
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.organisation_card import CardPart
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import codes, organisation_choices, partner_performance
from portal.queries import organisation_card as reading
from portal.queries import organisations as register
from portal.services import card_proposals, organisation_documents
from portal.web import card_words, downloads, guard, kept_uploads
from portal.web.access import partner
from portal.web.card_words import Names
from portal.web.filters import label, zone
from portal.web.forms.organisation_card import DocumentForm, ProposalForm, fields_of, proposal_form, wish_of
from portal.web.forms.outcome import attempt
from portal.web.partner import profile_page

if TYPE_CHECKING:
    from portal.models import Organisation

blueprint = Blueprint("profile", __name__, url_prefix="/profil")

Answer = str | AnyResponse | tuple[str, int]


def _own() -> "Organisation":
    return reading.organisation(session(), guard.own_organisation_id())


def _choices() -> dict[str, list[tuple[str, str]]]:
    provinces = [(province.code, province.name) for province in organisation_choices.list_provinces(session())]
    return {"provinces": provinces, **codes.names(session())}


def _names(choices: dict[str, list[tuple[str, str]]]) -> Names:
    return Names.of(choices["provinces"], {key: choices[key] for key in ("client_groups", "atensi")})


def _back() -> AnyResponse:
    return redirect(url_for("partner.profile.show"), 303)


@blueprint.get("")
@partner()
def show() -> str:
    """Show the card: what is recorded, what waits, what is missing."""
    row, today = _own(), office_date(clock.now(), zone())
    holders = register.list_holders(session(), row.id)
    documents = reading.list_documents(session(), row.id)
    found = readiness.judge(row.lks, holders, today, reading.current(documents))
    return render_template(
        "partner/profile/show.html",
        organisation=row,
        light=card_words.light(found),
        reasons=card_words.reasons(found),
        performance=card_words.performance(partner_performance.of_organisation(session(), row, today=today)),
        documents=profile_page.documents(documents, today),
        **_card(row, holders),
    )


def _card(row: "Organisation", holders: Any) -> dict[str, Any]:
    source, today, names = session(), office_date(clock.now(), zone()), _names(_choices())
    waiting = reading.list_proposals(source, row.id, waiting=True)
    answered = reading.list_proposals(source, row.id, waiting=False)[:5]
    told, may_propose = card_proposals.facts_now(row), bool(may(guard.actor(), Action.PROPOSE_CARD))
    contacts = register.list_contacts(source, row.id)
    return {
        "parts": profile_page.parts(row, told, waiting, names, may_propose=may_propose),
        "holders": profile_page.holders(holders, waiting, today, may_propose=may_propose),
        "contacts": profile_page.contacts(contacts, waiting, may_propose=may_propose),
        "waiting": [card_words.proposal(each, names) for each in waiting],
        "answered": [card_words.proposal(each, names) for each in answered],
        "add": profile_page.add_links(may_propose=may_propose),
        "may_propose": may_propose,
    }


@blueprint.route("/usul/<word>", methods=["GET", "POST"])
@blueprint.route("/usul/<word>/<int:number>", methods=["GET", "POST"])
@partner(Action.PROPOSE_CARD)
def propose(word: str, number: int | None = None) -> Answer:
    """Propose a change of one part of the card, or of one person on it; without a number a new person."""
    row, part = _own(), profile_page.WORDS.get(word)
    if part is None or not profile_page.has_part(row, part):
        raise NotFound
    target_id = _target(row, part, number)
    form = _form(row, part, target_id)
    if form.validate_on_submit() and attempt(form, lambda: _proposed(part, target_id, form)):
        flash(_("Usulan Anda terkirim. Petugas memeriksanya dan memberi tahu Anda lewat surel."), "good")
        return _back()
    page = _asked(form, part)
    return (page, 422) if request.method == "POST" else page


def _asked(form: ProposalForm, part: CardPart) -> str:
    told = {"fields": fields_of(form, part), "title": label(part), "accept": upload.ACCEPT}
    return render_template("partner/profile/propose.html", form=form, kept=kept_uploads.keep(form), **told)


def _target(row: "Organisation", part: CardPart, number: int | None) -> int | None:
    of_person = part in (CardPart.HOLDER, CardPart.CONTACT)
    if number is None:
        return None
    if not of_person:
        raise NotFound
    find = register.get_holder if part is CardPart.HOLDER else register.get_contact
    return int(find(session(), row.id, number).id)


def _form(row: "Organisation", part: CardPart, target_id: int | None) -> ProposalForm:
    before = card_proposals.values_now(session(), row, part, target_id)
    return proposal_form(part, before, _choices(), is_new=target_id is None)


def _proposed(part: CardPart, target_id: int | None, form: ProposalForm) -> bool:
    wish, storage = wish_of(form, part, target_id), current_app.extensions["storage"]
    card_proposals.propose(session(), _own(), wish=wish, storage=storage, actor=guard.actor(), now=clock.now())
    return True


@blueprint.post("/usulan/<int:proposal_id>/tarik")
@partner(Action.PROPOSE_CARD)
def withdraw(proposal_id: int) -> AnyResponse:
    """Take a proposal back."""
    row = reading.get_proposal(session(), guard.own_organisation_id(), proposal_id)
    card_proposals.withdraw(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Usulan ditarik kembali. Data lembaga tidak berubah."), "info")
    return _back()


@blueprint.get("/usulan/<int:proposal_id>/berkas")
@partner()
def proposal_file(proposal_id: int) -> Response:
    """Give the file that was sent with a proposal."""
    row = reading.get_proposal(session(), guard.own_organisation_id(), proposal_id)
    if row.digest is None:
        raise NotFound
    return downloads.attachment(name=row.file_name or "", media_type=row.media_type or "", digest=row.digest)


@blueprint.route("/dokumen/baru", methods=["GET", "POST"])
@partner(Action.PROPOSE_CARD)
def add_document() -> Answer:
    """Send a paper."""
    form = DocumentForm().offer()
    if form.validate_on_submit() and attempt(form, lambda: _sent(form)):
        flash(_("Dokumen terkirim. Petugas memeriksanya dan memberi tahu Anda lewat surel."), "good")
        return _back()
    page = render_template(
        "partner/profile/add_document.html", form=form, accept=upload.ACCEPT, kept=kept_uploads.keep(form)
    )
    return (page, 422) if request.method == "POST" else page


def _sent(form: DocumentForm) -> bool:
    storage, actor, now = current_app.extensions["storage"], guard.actor(), clock.now()
    organisation_documents.add(session(), _own(), paper=form.paper(), storage=storage, actor=actor, now=now)
    return True


@blueprint.get("/dokumen/<int:document_id>")
@partner()
def document(document_id: int) -> Response:
    """Give the file of a paper."""
    row = reading.get_document(session(), guard.own_organisation_id(), document_id)
    return downloads.attachment(name=row.name, media_type=row.media_type, digest=row.digest)


@blueprint.post("/dokumen/<int:document_id>/tarik")
@partner(Action.PROPOSE_CARD)
def withdraw_document(document_id: int) -> AnyResponse:
    """Take a paper back that waits."""
    row = reading.get_document(session(), guard.own_organisation_id(), document_id)
    organisation_documents.withdraw(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Dokumen %(name)s ditarik kembali.", name=row.name), "info")
    return _back()
