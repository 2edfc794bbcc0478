"""The partner's agreements: the list, one agreement with the duties of both sides, its released files."""

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain.contribution import ContributionStage
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import acknowledgements as read_files
from portal.queries import (
    contributions,
    partner_agreements,
    partner_duties,
    partner_home,
    questions,
    shared_drafts,
)
from portal.services import acknowledgements
from portal.web import downloads, guard, question_words
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.partner import ratings, rows, shared_draft_rows

if TYPE_CHECKING:
    from portal.models import Agreement

blueprint = Blueprint("agreements", __name__, url_prefix="/perjanjian")

QUESTIONS = 5
"""So many questions stand on the page of an agreement."""
DATES = 8
"""So many coming dates of each side stand on the page of an agreement."""


@blueprint.get("")
@partner()
def index() -> str:
    """List the partner's agreements."""
    today = office_date(clock.now(), zone())
    found = partner_agreements.list_of_partner(session(), organisation_id=guard.own_organisation_id())
    return render_template("partner/agreements/index.html", agreements=[rows.agreement(row, today) for row in found])


@blueprint.get("/<code>")
@partner()
def show(code: str) -> str:
    """Show one agreement: until when, what each side owes, the released files, whom to ask."""
    today, own = office_date(clock.now(), zone()), guard.own_organisation_id()
    agreement = partner_agreements.get_of_partner(session(), code, organisation_id=own)
    return render_template(
        "partner/agreements/show.html",
        agreement=agreement,
        until=rows.until(agreement, today),
        about=rows.about(agreement, own),
        sides=_sides(agreement, own, today),
        gifts=_gifts(agreement, own),
        files=rows.documents(agreement.code, partner_agreements.released_files(session(), agreement)),
        rating=ratings.card(agreement),
        **_talk(agreement, own, today),
        **rows.whom_to_ask(partner_home.officer_of(agreement)),
    )


def _talk(agreement: "Agreement", own: int, today: date) -> rows.Row:
    """Return what this partner asked, the drafts that it was shown, and which documents it has read."""
    asked = questions.of_partner(session(), agreement, organisation_id=own)[:QUESTIONS]
    shown = shared_drafts.of_partner(session(), agreement, organisation_id=own)
    hrefs = [url_for("partner.questions.show", code=agreement.code, number=each.number) for each in asked]
    return {
        "questions": [
            question_words.line(each, href, with_party=False) for each, href in zip(asked, hrefs, strict=True)
        ],
        "drafts": [shared_draft_rows.line(each, today) for each in shown],
        "readings": _readings(agreement, own),
        "may_acknowledge": guard.may_open("partner.agreements.acknowledge"),
    }


def _gifts(agreement: "Agreement", own: int) -> list[rows.Row]:
    """Return what this partner gives or receives; what was called off is left out."""
    found = contributions.of_agreement(session(), agreement.id, organisation_id=own)
    return [rows.gift(row) for row in found if row.stage is not ContributionStage.CANCELLED]


def _sides(agreement: "Agreement", own: int, today: date) -> list[rows.Row]:
    """Return the duties of this partner and of the ministry: dated ones first, then those that bind all along."""
    dated = partner_duties.owed_by(session(), organisation_id=own, agreement_code=agreement.code)
    theirs = partner_duties.owed_to(session(), organisation_id=own, agreement_code=agreement.code)
    lasting = partner_agreements.lasting_duties
    return [
        {
            "label": _("Kewajiban kami"),
            "id": "ours",
            "rows": [rows.agenda(duty, today) for duty in dated[:DATES]],
            "lasting": lasting(session(), agreement, organisation_id=own),
        },
        {
            "label": _("Kewajiban Kemensos"),
            "id": "theirs",
            "rows": [rows.promise(duty, today, linked=False) for duty in theirs[:DATES]],
            "lasting": lasting(session(), agreement, organisation_id=None),
        },
    ]


@blueprint.get("/<code>/berkas/<key>")
@partner()
def file(code: str, key: str) -> Response:
    """Give a released file of an agreement."""
    agreement = partner_agreements.get_of_partner(session(), code, organisation_id=guard.own_organisation_id())
    kept = partner_agreements.released_file(session(), agreement, key)
    return downloads.attachment(name=kept.name, media_type=kept.media_type, digest=kept.digest)


@blueprint.post("/<code>/berkas/<key>/terima")
@partner(Action.ACKNOWLEDGE)
def acknowledge(code: str, key: str) -> AnyResponse:
    """Keep that the partner has received and read a released file."""
    own, actor = guard.own_organisation_id(), guard.actor()
    agreement = partner_agreements.get_of_partner(session(), code, organisation_id=own)
    kept = partner_agreements.released_file(session(), agreement, key)
    acknowledgements.acknowledge(session(), agreement, kept, organisation_id=own, actor=actor, now=clock.now())
    flash(_("Tercatat: %(name)s sudah Anda terima dan baca.", name=kept.name), "good")
    return redirect(url_for("partner.agreements.show", code=code, _anchor="documents"), 303)


def _readings(agreement: "Agreement", own: int) -> list[rows.Row]:
    """Return for each released file who said that it was received and read, or how to say so."""
    known = read_files.of_partner(session(), agreement, organisation_id=own)
    files = partner_agreements.released_files(session(), agreement)
    return [rows.reading(agreement.code, file, known.get(file.id)) for file in files]
