"""Section 9: Periksa Naskah with its findings and waivers, and making the Word file."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.documents.refusal import TemplateRefused
from portal.documents.render import Incomplete
from portal.domain import clause
from portal.domain.drafting import Section, SectionState
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action
from portal.domain.review import Finding, Severity
from portal.extensions import session
from portal.queries import agreements, drafts, renditions
from portal.services import draft_reviews, drafting
from portal.services.draft_reviews import Checked, Waiver
from portal.web import guard
from portal.web.access import office
from portal.web.filters import datetime_zone, label
from portal.web.languages import sentence
from portal.web.staff.agreements import papers
from portal.web.staff.drafting import progress, refused, rendition_page
from portal.web.staff.drafting.pages import address, blueprint, draft_of, refusal

if TYPE_CHECKING:
    from portal.models import Draft
    from portal.storage import Storage

Item = dict[str, Any]

SHOWN = 8


def _storage() -> "Storage":
    kept: Storage = current_app.extensions["storage"]
    return kept


def shown(draft: "Draft") -> Item:
    """Return the gaps of the other sections, the findings, the way to make the file, and the files made so far."""
    agreement = draft.agreement
    found = progress.of(agreement, draft)
    gaps = [
        {"label": label(one), "href": address(agreement.code, one), "state": progress.word(found, one)}
        for one, state in found.states.items()
        if state is not SectionState.COMPLETE and one is not Section.REVIEW
    ]
    made = renditions.of_agreement(session(), agreement.id)
    right = draft_reviews.may_waive(agreement, guard.actor())
    return {
        "gaps": gaps,
        "made": [papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
        "make_action": url_for("staff.drafting.make", code=agreement.code),
        "to_review": rendition_page.to_review(agreement),
        "waive_action": url_for("staff.drafting.waive", code=agreement.code),
        "withdraw_action": url_for("staff.drafting.withdraw", code=agreement.code),
        "may_waive": bool(right),
        "may_waive_why": _(right.reason) if right.reason else "",
        **_findings(draft),
    }


def _findings(draft: "Draft") -> Item:
    try:
        found = draft_reviews.check(session(), draft, storage=_storage(), now=clock.now())
    except TemplateRefused as broken:
        return {"problem": sentence(broken), "errors": [], "warnings": [], "waived": []}
    keys = _keys(draft)
    open_ones = [one for one in found if one.waiver is None]
    return {
        "problem": "",
        "errors": [_finding(draft, one, keys) for one in open_ones if one.finding.severity is Severity.ERROR],
        "warnings": [_finding(draft, one, keys) for one in open_ones if one.finding.severity is not Severity.ERROR],
        "waived": [_finding(draft, one, keys) for one in found if one.waiver is not None],
    }


def _keys(draft: "Draft") -> dict[int, str]:
    """Return the keys of the printed articles by their number."""
    held = drafts.conditions_of(draft, draft.agreement, agreements.facts(session(), draft.agreement))
    return {number: key for key, number in clause.numbers(drafts.tree_of(draft), held).items()}


def _finding(draft: "Draft", one: Checked, keys: dict[int, str]) -> Item:
    finding, waiver = one.finding, one.waiver
    values = {name: _(str(value)) if value else "" for name, value in finding.values.items()}
    rule, place = finding.key
    return {
        "rule": rule,
        "key": place,
        "place": _(finding.place),
        "sentence": _(finding.message, **values) if values else _(finding.message),
        "fix": _(finding.fix, **values) if values else _(finding.fix),
        "href": _where(draft, finding, keys),
        "can_waive": finding.can_waive,
        "reason": waiver.reason if waiver else "",
        "by": waiver.waived_by.name if waiver and waiver.waived_by else "",
        "at": datetime_zone(waiver.waived_at) if waiver else "",
    }


def _where(draft: "Draft", finding: Finding, keys: dict[int, str]) -> str:
    """Return the address where a finding is mended: its field, its article, or its section."""
    code = draft.agreement.code
    if told := _of_unknown(str(finding.values.get("what", ""))):
        return address(code, told)
    words = finding.place.split()
    if finding.section is Section.ARTICLES and not finding.field and len(words) > 1 and words[1].isdecimal():
        key = keys.get(int(words[1]))
        if key:
            return url_for("staff.drafting.reword", code=code, key=key)
    return address(code, finding.section, _anchor=_anchor(finding.field) or None)


UNKNOWN = (
    (Section.RECITALS, ("induk", "pertimbangan", "dasar hukum", "judul")),
    (Section.OBLIGATIONS, ("hak ", "kewajiban ")),
    (Section.FUNDING, ("pembiayaan", "bantuan")),
    (Section.OPTIONS, ("bahasa", "unsur data", "rangkap")),
    (Section.TERM, ("jangka waktu", "tanggal penandatanganan", "tempat", "berakhir", "mulai")),
    (Section.ARTICLES, ("tujuan", "sasaran", "lokasi", "ruang lingkup", "semula", "menjadi", "pasal yang diubah")),
    (Section.PARTIES, ("PIHAK",)),
)
"""Words of the labels of what is not known yet, and the section that asks it."""


def _of_unknown(what: str) -> Section | None:
    return next((section for section, words in UNKNOWN if any(word in what for word in words)), None)


def _anchor(field: str) -> str:
    """Return the id of a control: "parties.2.number_printed" is "parties-1-number_printed"."""
    first, _dot, rest = field.partition(".")
    place, _dot, name = rest.partition(".")
    return f"{first}-{int(place) - 1}-{name}" if place.isdecimal() and name else first


@blueprint.post("/periksa/kesampingkan")
@office(Action.WAIVE_FINDING)
def waive(code: str) -> Response | tuple[str, int]:
    """Let a finding stand with a reason; one that was refused is shown again with the page."""
    draft = draft_of(code)
    wanted = Waiver(
        rule=request.form.get("rule", ""), place=request.form.get("place", ""), reason=request.form.get("reason", "")
    )
    stamp: Item = {"actor": guard.actor(), "now": clock.now()}
    problem = refusal(lambda: draft_reviews.waive(session(), draft, wanted, storage=_storage(), **stamp))
    if problem:
        draft = draft_of(code)
        return refused.answer(draft, Section.REVIEW, problem, [wanted.reason.strip()], shown(draft))
    flash(_("Temuan dikesampingkan; alasannya tercatat."))
    return redirect(address(code, Section.REVIEW), 303)


@blueprint.post("/periksa/hitung-lagi")
@office(Action.WAIVE_FINDING)
def withdraw(code: str) -> Response:
    """Take a waiver back."""
    draft, asked = draft_of(code), request.form
    key: Item = {"rule": asked.get("rule", ""), "place": asked.get("place", "")}
    stamp: Item = {"actor": guard.actor(), "now": clock.now()}
    _tell(lambda: draft_reviews.withdraw(session(), draft, **key, **stamp), _("Temuan dihitung lagi."))
    return redirect(address(code, Section.REVIEW), 303)


def _tell(call: Callable[[], Any], done: str) -> None:
    try:
        call()
    except RuleBroken as broken:
        session().rollback()
        flash(sentence(broken), "bad")
    else:
        flash(done)


@blueprint.post("/periksa/buat")
@office(Action.DRAFT_DOCUMENT)
def make(code: str) -> Response:
    """Make the next Word file and say how many facts it lacks; a final one is refused while it lacks any."""
    text, tone = _made(draft_of(code), is_final="final" in request.form)
    flash(text, tone)
    return redirect(address(code, Section.REVIEW), 303)


def _made(draft: "Draft", *, is_final: bool) -> tuple[str, str]:
    about: dict[str, Any] = {"actor": guard.actor(), "now": clock.now(), "storage": _storage()}
    try:
        made = drafting.make_document(session(), draft, is_final=is_final, **about)
    except (TemplateRefused, Incomplete) as refused:
        session().rollback()
        return f"{sentence(refused)} {_lacking(refused)}".strip(), "bad"
    missing = papers.missing_sentence(len(made.missing))
    return str(_("Naskah %(n)s dibuat; %(missing)s.", n=made.number, missing=missing)), "good"


def _lacking(refused: RuleBroken) -> str:
    """Name the first facts that a final text lacks."""
    labels = list(dict.fromkeys(one.label for one in refused.missing)) if isinstance(refused, Incomplete) else []
    more = len(labels) - SHOWN
    named = ", ".join(labels[:SHOWN]) + (_(", dan %(n)s lagi", n=more) if more > 0 else "")
    return str(_("Belum diketahui: %(labels)s.", labels=named)) if labels else ""
