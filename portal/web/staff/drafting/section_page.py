"""What every section page shares: the form with what was typed, the nine sections, the preview, its mistakes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.domain import clause, draft_sections
from portal.domain.clause import Condition
from portal.domain.dates import office_date
from portal.domain.drafting import BILINGUAL, REFUSED, Section
from portal.domain.errors import RuleBroken
from portal.domain.wording.fields_of_agreements import PARTY_PLACES
from portal.extensions import session
from portal.queries import agreement_choices, drafts
from portal.queries.agreement_choices import Choices
from portal.web import kept_forms
from portal.web.filters import datetime_zone, label
from portal.web.forms import drafting as forms
from portal.web.forms.drafting import SectionForm
from portal.web.languages import sentence
from portal.web.staff.agreements import form_page
from portal.web.staff.drafting import keeping, newer, preview, progress, words
from portal.web.staff.drafting.pages import WORDS, address
from portal.web.staff.drafting.progress import Progress

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]

ROW = "baris"
"""Name in the address of the list that shows one more empty row."""


def choices() -> Choices:
    """Return what the forms offer to choose from today."""
    return agreement_choices.choices(session(), today=office_date(clock.now()))


def form_of(found: Progress, section: Section) -> SectionForm:
    """Return the form of a section as it is stored, texts that could not be taken among it, with their mistakes."""
    draft, offered = found.draft, choices()
    form = forms.opened(section, found.facts, draft.facts, offered=offered)
    fit(form, draft)
    row = drafts.section_of(draft, section)
    raw = dict(row.raw) if row else {}
    told = raw.pop(REFUSED, None)
    forms.restore(form, raw, offered=offered)
    forms.add_row(form, request.args.get(ROW, ""), offered=offered)
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


def fit(form: SectionForm, draft: "Draft") -> None:
    """Leave the fields that the template and the articles of a draft ask for."""
    template = draft.template_version.template
    held = {one for one in Condition if one.value in draft.answers}
    mentions = draft_sections.mentioned(clause.printed(drafts.tree_of(draft), held))
    with_aid = draft_sections.asks_aid(mentions, template.schema_code) or Condition.AID in held
    forms.fit(form, is_bilingual=template.language == BILINGUAL, with_aid=with_aid)


def answer(
    agreement: "Agreement",
    draft: "Draft",
    section: Section,
    *,
    whole: bool = False,
    refused: str = "",
    not_kept: Sequence[str] = (),
    **values: Any,
) -> str:
    """Return the page of a section; after a refusal with its sentence, and with what was typed and is `not_kept`."""
    found = progress.of(agreement, draft)
    form = form_of(found, section)
    if refused:
        form.form_errors.append(refused)
    here: Item = {"code": agreement.code, "part": WORDS[section]}
    return render_template(
        "staff/drafting/section.html",
        agreement=agreement,
        section=section.value,
        title=label(section),
        form=form,
        mistakes=form_page.mistakes(form),
        not_kept=not_kept,
        parts=progress.nav(agreement.code, found, section),
        here=address(agreement.code, section),
        keeping=keeping.of(draft, section),
        form_action=url_for("staff.drafting.save", **here),
        autosave=url_for("staff.drafting.autosave", **here, pratinjau=preview.WHOLE if whole else None),
        toggle=preview.toggle(agreement.code, section, whole=whole),
        seen=newer.seen(draft),
        saved=saved_line(draft, section),
        writer=progress.writer(draft, section),
        preview=preview.of(draft, section, whole=whole),
        following=_following(agreement.code, section),
        words=words.of(form),
        places=[_(name) for name in PARTY_PLACES],
        **values,
    )


def not_there(draft: "Draft", section: Section, typed: Iterable[str]) -> list[str]:
    """Return what was typed and does not stand in a section."""
    stands = form_of(progress.of(draft.agreement, draft), section)
    return kept_forms.apart_from(_texts(stands.data), typed)


def _texts(stands: Any) -> Iterator[str]:
    """Yield every text in the fields of a form, those of its rows too."""
    if isinstance(stands, str):
        yield stands
    elif isinstance(stands, Mapping | list):
        for each in stands.values() if isinstance(stands, Mapping) else stands:
            yield from _texts(each)


def saved_line(draft: "Draft", section: Section) -> str:
    """Return when a section was saved last, or nothing."""
    row = drafts.section_of(draft, section)
    return str(_("Tersimpan %(at)s", at=datetime_zone(row.saved_at))) if row else ""


def _following(code: str, section: Section) -> str | None:
    order = list(Section)
    place = order.index(section) + 1
    return address(code, order[place]) if place < len(order) else None
