"""What a partner proposes for its card, for the office: what waits, comparing one, the answer (design: ux W10)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.organisation_card import ProposalStage
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import codes, organisation_choices
from portal.queries import organisation_card as reading
from portal.queries import organisations as register
from portal.services import card_proposals
from portal.web import card_words, downloads, guard
from portal.web.access import office
from portal.web.card_words import Names
from portal.web.filters import label
from portal.web.forms.organisation_card import CardAnswerForm
from portal.web.forms.outcome import attempt
from portal.web.staff import organisation_documents

if TYPE_CHECKING:
    from portal.models import CardProposal, Organisation

blueprint = Blueprint("card_proposals", __name__, url_prefix="/mitra/<code>/usulan")

Answer = str | AnyResponse | tuple[str, int]


def names() -> Names:
    """Return what the codes on a card are called."""
    provinces = [(province.code, province.name) for province in organisation_choices.list_provinces(session())]
    return Names.of(provinces, codes.names(session()))


@blueprint.get("")
@office()
def index(code: str) -> str:
    """List what waits for an answer, and what was answered."""
    row, known, today = register.get(session(), code), names(), office_date(clock.now())
    papers = reading.list_documents(session(), row.id)
    return render_template(
        "staff/card_proposals/index.html",
        organisation=row,
        waiting=[_line(row, each, known) for each in reading.list_proposals(session(), row.id, waiting=True)],
        answered=[_line(row, each, known) for each in reading.list_proposals(session(), row.id, waiting=False)],
        papers=[organisation_documents.line(row, each, today) for each in papers if _waits(each)],
    )


def _waits(row: Any) -> bool:
    return bool(row.stage is ProposalStage.WAITING)


def _line(row: "Organisation", proposal: "CardProposal", known: Names) -> dict[str, Any]:
    href = url_for("staff.card_proposals.show", code=row.code, proposal_id=proposal.id)
    return card_words.proposal(proposal, known) | {"href": href}


@blueprint.get("/<int:proposal_id>")
@office()
def show(code: str, proposal_id: int) -> str:
    """Show one proposal: as it was, as it is now, as it is proposed."""
    return _show(code, proposal_id, CardAnswerForm(formdata=None).offer())


def _show(code: str, proposal_id: int, form: CardAnswerForm) -> str:
    row = register.get(session(), code)
    proposal = reading.get_proposal(session(), row.id, proposal_id)
    recorded = card_proposals.values_now(session(), row, proposal.part, proposal.target_id)
    differences = card_words.differences(proposal, recorded, names())
    form.version.data = str(row.version)
    return render_template(
        "staff/card_proposals/show.html",
        organisation=row,
        proposal=proposal,
        title=label(proposal.part),
        person=None if proposal.target_id is None else recorded.get("name"),
        differences=differences,
        has_moved=any(one["moved"] for one in differences),
        people=reading.names(session(), [proposal.sent_by_id, proposal.decided_by_id]),
        waits=_waits(proposal),
        form=form,
        verdict=may(guard.actor(), Action.EDIT_ORGANISATION),
    )


@blueprint.post("/<int:proposal_id>")
@office(Action.EDIT_ORGANISATION)
def decide(code: str, proposal_id: int) -> Answer:
    """Accept or refuse a proposal."""
    form = CardAnswerForm().offer()
    if not form.validate_on_submit() or not attempt(form, lambda: _decided(code, proposal_id, form)):
        return _show(code, proposal_id, form), 422
    flash(_("Keputusan dicatat. Mitra diberi tahu lewat surel."))
    return redirect(url_for("staff.card_proposals.index", code=code), 303)


def _decided(code: str, proposal_id: int, form: CardAnswerForm) -> bool:
    row = register.get(session(), code)
    proposal, actor, now = reading.get_proposal(session(), row.id, proposal_id), guard.actor(), clock.now()
    if form.is_accepted:
        card_proposals.accept(session(), proposal, acceptance=form.acceptance(), actor=actor, now=now)
    else:
        card_proposals.refuse(session(), proposal, answer=form.answer.data or "", actor=actor, now=now)
    return True


@blueprint.get("/<int:proposal_id>/berkas")
@office()
def file(code: str, proposal_id: int) -> Response:
    """Give the file that proves a proposal."""
    row = reading.get_proposal(session(), register.get(session(), code).id, proposal_id)
    if row.digest is None:
        raise NotFound
    return downloads.attachment(name=row.file_name or "", media_type=row.media_type or "", digest=row.digest)
