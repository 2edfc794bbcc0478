"""What recording and editing share: the form with its choices, its rows, the words under its dates, its mistakes."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from portal import clock
from portal.domain import wording
from portal.domain.agreement import MAX_PARTIES
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.dates import end_of_term, office_date
from portal.domain.wording.fields_of_agreements import PARTY_PLACES
from portal.domain.wording.numbers import LARGEST
from portal.extensions import session
from portal.queries import agreement_choices
from portal.web.filters import date_long, date_weekday
from portal.web.forms import rows
from portal.web.forms.agreement import MAX_ROWS, AgreementForm
from portal.web.staff.agreements import term

COUNT = "count"
"""The button that counts the end of the term without saving."""

DAYS = ("signed_on", "starts_on", "ends_on")

_MOST = {"parties": MAX_PARTIES, "regions": MAX_ROWS, "relations": MAX_ROWS}


def act() -> str:
    """Return which button was pressed."""
    return request.form.get("act", rows.SAVE)


def opened(facts: AgreementFacts | None) -> AgreementForm:
    """Return the form as it opens, filled in with `facts` if there are any."""
    return AgreementForm.with_choices(_choices(), facts=facts)


def sent() -> AgreementForm:
    """Return the form as it was sent, its rows rearranged if one of their buttons was pressed."""
    pressed = act()
    most = _MOST.get(pressed.partition(".")[0], 0)
    form = AgreementForm.with_choices(_choices(), typed=rows.rearranged(request.form, pressed, most=most))
    if pressed == COUNT and form.starts_on.data:
        years, months = form.term_years.data or 0, form.term_months.data or 0
        form.ends_on.raw_data = None
        form.ends_on.data = end_of_term(form.starts_on.data, years=years, months=months) if years + months else None
    return form


def _in_words(amount: int | None) -> str:
    """Return an amount in words; nothing for one that has none, which the form itself refuses."""
    return wording.rupiah_words(amount) if amount and abs(amount) <= LARGEST else ""


def answer(template: str, form: AgreementForm, *, code: int = 200, **values: Any) -> tuple[str, int]:
    """Return the page of the form; `code` is 422 when something must be mended."""
    pages = render_template(
        template,
        form=form,
        mistakes=mistakes(form) if code != 200 else [],  # noqa: PLR2004 (nothing is wrong before it was checked)
        words={name: date_weekday(form[name].data) for name in DAYS if form[name].data},
        money=_in_words(form.value_rupiah.data),
        arithmetic=_arithmetic(form),
        most_parties=MAX_PARTIES,
        places=[_(name) for name in PARTY_PLACES],
        **values,
    )
    return pages, code


def mistakes(form: AgreementForm) -> list[dict[str, str]]:
    """Return every mistake of the form with the way to its field, rows included."""
    found = [{"href": "", "text": text} for text in form.form_errors]
    for field in form:
        if field.type == "FieldList":
            found += _of_rows(field)
        else:
            found += [{"href": f"#{field.id}", "text": f"{field.label.text}: {text}"} for text in field.errors]
    return found


def _of_rows(field: Any) -> Iterator[dict[str, str]]:
    yield from ({"href": f"#{field.id}", "text": text} for text in own_errors(field))
    for place, entry in enumerate(field, start=1):
        for inner in entry.form:
            for text in inner.errors:
                yield {
                    "href": f"#{inner.id}",
                    "text": _("Baris %(n)s, %(field)s: %(text)s", n=place, field=inner.label.text, text=text),
                }


def own_errors(field: Any) -> list[str]:
    """Return the sentences about a list as a whole, those of its rows left out."""
    return [each for each in field.errors if isinstance(each, str)]


def _arithmetic(form: AgreementForm) -> str:
    starts_on, years, months = form.starts_on.data, form.term_years.data or 0, form.term_months.data or 0
    if starts_on is None or years + months == 0:
        return ""
    ends_on = end_of_term(starts_on, years=years, months=months)
    text = _(
        "%(start)s + %(term)s = %(end)s",
        start=date_long(starts_on),
        term=term.length(years, months),
        end=date_long(ends_on),
    )
    return str(text)


def _choices() -> agreement_choices.Choices:
    return agreement_choices.choices(session(), today=office_date(clock.now()))
