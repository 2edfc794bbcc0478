"""Rating a cooperation that is over: five short questions, thanks, changing the answers for a while."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.domain.rating import Answers, editable_until
from portal.extensions import session
from portal.queries import partner_agreements
from portal.queries import ratings as reading
from portal.services import ratings
from portal.web import guard, rating_words, report_parts
from portal.web.access import partner
from portal.web.filters import date_long, zone
from portal.web.forms.outcome import attempt
from portal.web.forms.rating import RatingForm

if TYPE_CHECKING:
    from portal.models import Agreement, Rating

blueprint = Blueprint("ratings", __name__, url_prefix="/perjanjian/<code>/nilai")


def _own(code: str) -> "Agreement":
    return partner_agreements.get_of_partner(session(), code, organisation_id=guard.own_organisation_id())


def _kept(agreement: "Agreement") -> "Rating | None":
    own = guard.own_organisation_id()
    return reading.find_own(session(), agreement_id=agreement.id, organisation_id=own)


@blueprint.get("")
@partner()
def show(code: str) -> str:
    """Ask the five questions, or show what was answered where that stands by now."""
    agreement = _own(code)
    row = _kept(agreement)
    told = Answers(scores=reading.scores_of(row), remark=row.remark or "") if row else None
    return _show(agreement, RatingForm.of(told, version=row.version if row else 0))


def _show(agreement: "Agreement", form: RatingForm) -> str:
    return render_template(
        "partner/ratings/show.html", agreement=agreement, form=form, locked=_locked(agreement, _kept(agreement))
    )


def _locked(agreement: "Agreement", row: "Rating | None") -> str:
    """Return why this person cannot answer now; "" when nothing stands in the way."""
    verdict = policy.may(guard.actor(), Action.RATE_AGREEMENT)
    if not verdict:
        return report_parts.reason(verdict)
    if row is not None and clock.now() > editable_until(row.rated_at):
        return str(_("Penilaian hanya dapat diubah selama 14 hari. Jawaban Anda tetap kami simpan."))
    return "" if row is not None or is_over(agreement) else str(_("Perjanjian ini belum berakhir."))


def is_over(agreement: "Agreement") -> bool:
    """Return whether an agreement has ended for the own organisation."""
    own, today = guard.own_organisation_id(), office_date(clock.now(), zone())
    return reading.ended_on(session(), agreement, organisation_id=own, today=today) is not None


@blueprint.post("")
@partner(Action.RATE_AGREEMENT)
def rate(code: str) -> Response | tuple[str, int]:
    """Keep the answers."""
    form, agreement = RatingForm(), _own(code)
    if not form.validate_on_submit() or not attempt(form, lambda: _rated(agreement, form)):
        return _show(_own(code), form), 422
    flash(_("Jawaban Anda tersimpan."))
    return redirect(url_for("partner.ratings.thanks", code=code), 303)


def _rated(agreement: "Agreement", form: RatingForm) -> bool:
    told: dict[str, Any] = {"answers": form.answers(), "version": form.seen()}
    ratings.rate(session(), agreement, **told, actor=guard.actor(), now=clock.now())
    return True


@blueprint.get("/terima-kasih")
@partner()
def thanks(code: str) -> str | Response:
    """Thank for the answers and show them; nobody answered yet: ask."""
    agreement = _own(code)
    row = _kept(agreement)
    if row is None:
        return redirect(url_for("partner.ratings.show", code=code))
    return render_template(
        "partner/ratings/thanks.html",
        agreement=agreement,
        answers=rating_words.answers(reading.scores_of(row), row.remark),
        until=date_long(office_date(editable_until(row.rated_at), zone())),
        may_change=not _locked(agreement, row),
    )


def card(agreement: "Agreement") -> dict[str, str] | None:
    """Return the line by which the page of an agreement leads here; None while the cooperation lasts."""
    if _kept(agreement) is not None:
        title, endpoint = _("Penilaian Anda"), "partner.ratings.thanks"
    elif is_over(agreement):
        title, endpoint = _("Nilai kerja sama dengan kami"), "partner.ratings.show"
    else:
        return None
    return {"icon": "message-circle", "title": title, "href": url_for(endpoint, code=agreement.code)}


def offers() -> list[dict[str, str]]:
    """Return what the first page asks to rate; nothing for people who cannot answer."""
    if not policy.may(guard.actor(), Action.RATE_AGREEMENT):
        return []
    own, today = guard.own_organisation_id(), office_date(clock.now(), zone())
    return [
        {
            "icon": "message-circle",
            "title": offer.title,
            "note": _("Lima pertanyaan pendek"),
            "href": url_for("partner.ratings.show", code=offer.code),
        }
        for offer in reading.list_offers(session(), organisation_id=own, today=today)
    ]
