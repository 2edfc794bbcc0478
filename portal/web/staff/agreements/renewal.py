"""The page on which people decide what follows an agreement: the sums, the days of the stages, four ways."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action, may
from portal.domain.renewal import RELATION_OF
from portal.extensions import session
from portal.queries import partner_readiness, stage_durations
from portal.queries import renewals as reading
from portal.services import renewals
from portal.web import card_words, guard
from portal.web.access import office
from portal.web.filters import label
from portal.web.forms.obligation import version_of
from portal.web.forms.outcome import attempt
from portal.web.forms.renewal import RenewalForm
from portal.web.staff.agreements import head, renewal_page
from portal.web.staff.agreements.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement

Answer = str | tuple[str, int] | Response


@blueprint.get("/<code>/perpanjang")
@office(Action.DECIDE_RENEWAL)
def renewal(code: str) -> str:
    """Show when to give notice, when to begin work, and ask what follows."""
    agreement = readable(code)
    form = RenewalForm.of(decided_on=office_date(clock.now()), version=agreement.version)
    return _page(agreement, form)


@blueprint.post("/<code>/perpanjang")
@office(Action.DECIDE_RENEWAL)
def decide_renewal(code: str) -> Answer:
    """Ask once more what was chosen, then record it."""
    agreement, form = readable(code), RenewalForm.of()
    if not form.validate() or not attempt(form, lambda: _checked(agreement, form)):
        return _page(readable(code), form), 422
    if "confirmed" not in request.form:
        return _confirm(agreement, form)
    if not attempt(form, lambda: _decide(agreement, form)):
        return _page(readable(code), form), 422
    flash(_("Keputusan tercatat: %(choice)s.", choice=label(form.made().choice).lower()))
    return _begun(agreement) if form.begin.data else redirect(url_for("staff.agreements.show", code=code))


def _checked(agreement: "Agreement", form: RenewalForm) -> bool:
    renewals.check(session(), agreement, form.made(), actor=guard.actor(), now=clock.now())
    return True


def _decide(agreement: "Agreement", form: RenewalForm) -> object:
    stamp = {"actor": guard.actor(), "now": clock.now()}
    return renewals.decide(session(), agreement, form.made(), version=version_of(form), **stamp)  # type: ignore[arg-type]


@blueprint.post("/<code>/perpanjang/tarik")
@office(Action.DECIDE_RENEWAL)
def withdraw_renewal(code: str) -> Response:
    """Take the decision back."""
    renewals.withdraw(session(), readable(code), actor=guard.actor(), now=clock.now())
    flash(_("Keputusan ditarik. Pengingat perpanjangan berjalan lagi."))
    return redirect(url_for("staff.agreements.renewal", code=code))


@blueprint.post("/<code>/perpanjang/naskah-lanjutan")
@office(Action.RECORD_AGREEMENT)
def begin_renewal(code: str) -> Response:
    """Record the agreement that follows."""
    return _begun(readable(code))


def _begun(agreement: "Agreement") -> Response:
    made = renewals.begin_follower(session(), agreement, actor=guard.actor(), now=clock.now())
    flash(_("Naskah lanjutan tercatat sebagai usulan dengan kode %(code)s.", code=made.code))
    return redirect(url_for("staff.agreements.show", code=made.code))


def _page(agreement: "Agreement", form: RenewalForm) -> str:
    today = office_date(clock.now())
    decisions = reading.decisions(session(), agreement)
    found = reading.open_of(decisions)
    plan = stage_durations.backwards(session(), agreement)
    lights = partner_readiness.of_agreement(session(), agreement.id, today)
    return render_template(
        "staff/agreements/renewal.html",
        agreement=agreement,
        form=form,
        chips=head.chips(agreement, today),
        sums=renewal_page.sums(agreement, plan, today),
        stages=renewal_page.stages(plan) if plan else [],
        foot=renewal_page.foot(plan) if plan else "",
        one_basis=bool(plan and renewal_page.one_basis(plan)),
        choices=renewal_page.choices(form.choice.data),
        decided=renewal_page.decided(found) if found else None,
        can_begin=_may_begin() and bool(found and found.choice in RELATION_OF and not found.follower_code),
        until_hint=renewal_page.next_end(agreement),
        closed=renewal_page.closed(agreement),
        earlier=renewal_page.earlier(decisions),
        may_begin=_may_begin(),
        partners=[card_words.partner_light(one) for one in lights],
    )


def _may_begin() -> bool:
    return bool(may(guard.actor(), Action.RECORD_AGREEMENT))


def _confirm(agreement: "Agreement", form: RenewalForm) -> str:
    return render_template(
        "staff/agreements/decide_renewal.html",
        agreement=agreement,
        form=form,
        effects=renewal_page.effects(agreement, form.made(), begin=form.begin.data),
        answers=renewal_page.answers(form.made()),
    )
