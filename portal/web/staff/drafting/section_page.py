"""What every section page shares: the form with what was typed, the nine sections, the preview, its mistakes."""

from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.domain import wording
from portal.domain.dates import end_of_term, office_date
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.wording.fields_of_agreements import PARTY_PLACES
from portal.extensions import session
from portal.queries import agreement_choices, doc_templates, drafts
from portal.queries.agreement_choices import Choices
from portal.services.drafts import REFUSED
from portal.web.filters import date_long, date_weekday, datetime_zone, label
from portal.web.forms import drafting as forms
from portal.web.forms.drafting import SectionForm
from portal.web.languages import sentence
from portal.web.staff.agreements import form_page, term
from portal.web.staff.drafting import keeping, preview, progress
from portal.web.staff.drafting.pages import WORDS, address
from portal.web.staff.drafting.progress import Progress

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]

DAYS = ("signed_on", "starts_on", "ends_on")


def choices() -> Choices:
    """Return what the forms offer to choose from today."""
    return agreement_choices.choices(session(), today=office_date(clock.now()))


def form_of(found: Progress, section: Section) -> SectionForm:
    """Return the form of a section as it is stored, texts that could not be taken among it, with their mistakes."""
    draft, offered = found.draft, choices()
    version = draft.template_version
    chosen = f"{version.template.code}:{version.number}"
    form = forms.opened(section, found.facts, draft.facts, offered=offered, template=chosen)
    row = drafts.section_of(draft, section)
    raw = dict(row.raw) if row else {}
    told = raw.pop(REFUSED, None)
    forms.restore(form, raw, offered=offered)
    if told:
        _put_refusal(form, told)
    form.stamp.data = drafts.stamp(draft, section, found.facts)
    return form


def _put_refusal(form: SectionForm, told: Item) -> None:
    text = sentence(RuleBroken(told["message"], **told["values"]))
    field = form._fields.get(told["field"] or "")
    if field is None or isinstance(field.errors, tuple):
        form.form_errors.append(text)
    else:
        field.errors = [*field.errors, text]


def offer_templates(form: SectionForm, agreement: "Agreement", draft: "Draft") -> None:
    """Give section 1 the published templates of the kind, and the one in use even when it is retired."""
    if "template" not in form._fields:
        return
    versions = list(doc_templates.choices(session(), agreement.kind))
    if draft.template_version_id not in {one.id for one in versions}:
        versions.append(draft.template_version)
    form["template"].choices = [
        (f"{one.template.code}:{one.number}", _("%(name)s, versi %(n)s", name=one.template.name, n=one.number))
        for one in versions
    ]


def answer(agreement: "Agreement", draft: "Draft", section: Section, *, whole: bool = False, **values: Any) -> str:
    """Return the page of a section."""
    found = progress.of(agreement, draft)
    form = form_of(found, section)
    offer_templates(form, agreement, draft)
    here: Item = {"code": agreement.code, "part": WORDS[section]}
    return render_template(
        "staff/drafting/section.html",
        agreement=agreement,
        section=section.value,
        title=label(section),
        form=form,
        mistakes=form_page.mistakes(form),
        parts=progress.nav(agreement.code, found, section),
        here=address(agreement.code, section),
        keeping=keeping.of(draft, section),
        form_action=url_for("staff.drafting.save", **here),
        autosave=url_for("staff.drafting.autosave", **here),
        toggle=address(agreement.code, section, pratinjau=None if whole else "semua"),
        saved=saved_line(draft, section),
        writer=progress.writer(draft, section),
        preview=preview.of(draft, section, whole=whole),
        following=_following(agreement.code, section),
        **_words(form),
        **values,
    )


def saved_line(draft: "Draft", section: Section) -> str:
    """Return when a section was saved last, or nothing."""
    row = drafts.section_of(draft, section)
    return str(_("Tersimpan %(at)s", at=datetime_zone(row.saved_at))) if row else ""


def _following(code: str, section: Section) -> str | None:
    order = list(Section)
    place = order.index(section) + 1
    return address(code, order[place]) if place < len(order) else None


def _words(form: SectionForm) -> Item:
    """Return the words under dates and money, and the sum of the term."""
    known = form._fields
    days = {name: date_weekday(known[name].data) for name in DAYS if name in known and known[name].data}
    money = {
        name: wording.rupiah_words(known[name].data)
        for name in ("value_rupiah", "aid_value")
        if name in known and known[name].data
    }
    return {
        "words": days,
        "money": money,
        "arithmetic": _arithmetic(form),
        "places": [_(name) for name in PARTY_PLACES],
    }


def _arithmetic(form: SectionForm) -> str:
    known = form._fields
    if "term_years" not in known or known["starts_on"].data is None:
        return ""
    starts_on, years, months = known["starts_on"].data, known["term_years"].data or 0, known["term_months"].data or 0
    if years + months == 0:
        return ""
    ends_on = end_of_term(starts_on, years=years, months=months)
    length = term.length(years, months)
    return str(_("%(start)s + %(term)s = %(end)s", start=date_long(starts_on), term=length, end=date_long(ends_on)))
