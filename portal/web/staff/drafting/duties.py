"""Section 5: duties that are recorded, duties that the articles propose, and the dates that would follow."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import wording
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.obligation import DutyRole
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import drafts, duty_copies
from portal.queries import obligations as reading
from portal.services import draft_duties, obligations
from portal.services.draft_duties import Proposal
from portal.web import guard
from portal.web.access import office
from portal.web.languages import sentence
from portal.web.staff import duty_words, schedule_words
from portal.web.staff.drafting.pages import address, blueprint, draft_of

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]

ALL = "all"
DATES_SHOWN = 8
FROM_DRAFT = "susun"
"""Word in the address of a duty's form: saving it leads back to section 5."""


def shown(draft: "Draft") -> Item:
    """Return the recorded duties and the proposals, each with the dates that it has or would have."""
    code = draft.agreement.code
    return {
        "recorded": _recorded(draft),
        "proposed": [_proposed(draft, one) for one in draft_duties.proposals(session(), draft)],
        "declined": len(draft.facts.get(draft_duties.DECLINED, ())),
        "new_href": url_for("staff.obligations.record", code=code, kembali=FROM_DRAFT),
        "copy_href": url_for("staff.drafting.copy_duties", code=code),
        "accept_action": url_for("staff.drafting.accept", code=code),
        "decline_action": url_for("staff.drafting.decline", code=code),
        "reconsider_action": url_for("staff.drafting.reconsider", code=code),
    }


def _recorded(draft: "Draft") -> list[Item]:
    duty_copies.open_duties(session(), draft.agreement_id)
    rows = drafts.duties(session(), draft.agreement_id)
    ids = [row.id for _number, row in rows]
    told = [obligations.duty_of(row) for _number, row in rows]
    dates = draft_duties.dates(session(), draft, told, now=clock.now())
    sides = reading.party_names(session(), ids)
    names = {party.organisation_id: party.name_printed for party in draft.agreement.parties}
    return [
        {
            "title": row.title,
            "article": row.article or "",
            "schedule": schedule_words.sentence(reading.schedule_of(row)),
            "debtors": _named(sides, row.id, DutyRole.DEBTOR, names),
            "creditors": _named(sides, row.id, DutyRole.CREDITOR, names),
            "dues": duty_words.previews(dues)[:DATES_SHOWN],
            "href": url_for("staff.obligations.edit", code=draft.agreement.code, number=number, kembali=FROM_DRAFT),
        }
        for (number, row), dues in zip(rows, dates, strict=True)
    ]


def _named(sides: Any, duty_id: int, role: DutyRole, names: dict[int, str]) -> str:
    rows = sides.get(duty_id, {}).get(role, ())
    return wording.joined([names.get(row.id, row.name) for row in rows])


def _proposed(draft: "Draft", one: Proposal) -> Item:
    dues: list[Item] = []
    problem = sentence(one.reason) if one.reason else ""
    if one.duty is not None:
        try:
            told = obligations.preview(session(), draft.agreement, one.duty, now=clock.now())
            dues = duty_words.previews(told)[:DATES_SHOWN]
        except RuleBroken as broken:
            problem = sentence(broken)
    is_copied = one.duty is not None and one.duty.article is None
    origin = (
        _("disalin dari %(place)s", place=one.place) if is_copied else _("diusulkan dari %(place)s", place=one.place)
    )
    return {
        "key": one.key,
        "place": one.place,
        "origin": origin,
        "sentence": one.sentence,
        "dues": dues,
        "problem": problem,
    }


@blueprint.post("/kewajiban/terima")
@office(Action.DRAFT_DOCUMENT)
def accept(code: str) -> Response:
    """Record one proposed duty, or all of them."""
    draft = draft_of(code)
    asked = request.form.get("key", "")
    keys = {one.key for one in draft_duties.proposals(session(), draft)} if asked == ALL else {asked}
    made, problem = _accepted(draft, keys)
    if problem:
        flash(problem, "bad")
    else:
        flash(ngettext("%(n)s kewajiban dicatat.", "%(n)s kewajiban dicatat.", made, n=made))
    return redirect(address(code, Section.OBLIGATIONS), 303)


def _accepted(draft: "Draft", keys: set[str]) -> tuple[int, str]:
    try:
        return draft_duties.accept(session(), draft, keys, actor=guard.actor(), now=clock.now()), ""
    except RuleBroken as broken:
        session().rollback()
        return 0, sentence(broken)


@blueprint.post("/kewajiban/tolak")
@office(Action.DRAFT_DOCUMENT)
def decline(code: str) -> Response:
    """Note that a proposed duty is not wanted."""
    draft_duties.decline(session(), draft_of(code), request.form.get("key", ""), actor=guard.actor(), now=clock.now())
    flash(_("Usulan tidak dipakai. Usulan dapat ditampilkan lagi kapan saja."))
    return redirect(address(code, Section.OBLIGATIONS), 303)


@blueprint.post("/kewajiban/usulkan-lagi")
@office(Action.DRAFT_DOCUMENT)
def reconsider(code: str) -> Response:
    """Propose again what was declined."""
    draft_duties.reconsider(session(), draft_of(code), actor=guard.actor(), now=clock.now())
    return redirect(address(code, Section.OBLIGATIONS), 303)
