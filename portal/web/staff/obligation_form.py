"""Between a duty and its form: what the form offers, what it starts with, what was typed as a value."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from portal.domain import schedule_check
from portal.domain.obligation import ObligationKind, PeriodAnchor
from portal.domain.schedule import MONTHS_OF_YEAR, Schedule, period_start
from portal.services.obligations import Duty
from portal.web.filters import date_long
from portal.web.forms.obligation import AFTER, BEFORE, ObligationForm

if TYPE_CHECKING:
    from portal.models import Agreement


def of(agreement: "Agreement", duty: Duty | None = None, *, version: int | None = None) -> ObligationForm:
    """Return the form for a new duty, or one that begins with what is recorded; what was sent goes before both."""
    form = ObligationForm(data=_values(agreement, duty, version) if duty else None)
    form.offer(_parties(agreement), [])
    form.first_period_on.choices = first_periods(agreement, form, recorded=duty.schedule if duty else None)
    return form


def _parties(agreement: "Agreement") -> list[tuple[str, str]]:
    return [(party.organisation.code, party.name_printed) for party in agreement.parties]


def first_periods(
    agreement: "Agreement", form: ObligationForm, *, recorded: Schedule | None = None
) -> list[tuple[str, str]]:
    """Return the answers on the first period when the agreement starts inside one; else none is asked for.

    An answer that is `recorded` already stays among them.
    """
    months, starts_on = form.period_months(), agreement.starts_on
    by_calendar = form.period_anchor.data in {None, "", PeriodAnchor.CALENDAR}
    if not months or MONTHS_OF_YEAR % months or starts_on is None or not by_calendar:
        return []
    broken, whole = schedule_check.first_periods(months, starts_on)
    if broken == period_start(starts_on, months):
        return []
    answers = {
        broken: _("Ikut periode yang sedang berjalan, mulai %(date)s", date=date_long(broken)),
        whole: _("Mulai periode penuh berikutnya, %(date)s", date=date_long(whole)),
    }
    kept = recorded.first_period_on if recorded else None
    others = [(kept.isoformat(), date_long(kept))] if kept and kept not in answers else []
    return [(day.isoformat(), text) for day, text in answers.items()] + others


def _values(agreement: "Agreement", duty: Duty, version: int | None) -> dict[str, Any]:
    codes = {party.organisation_id: party.organisation.code for party in agreement.parties}
    found = {name: getattr(duty.schedule, name) for name in Schedule.__slots__}
    first = duty.schedule.first_period_on
    return {
        **found,
        "first_period_on": first.isoformat() if first else None,
        "first_day_on": first if duty.schedule.period_anchor is PeriodAnchor.FIXED_DAY else None,
        "offset_count": abs(duty.schedule.offset_count),
        "direction": BEFORE if duty.schedule.offset_count < 0 else AFTER,
        "kind": duty.kind,
        "title": duty.title,
        "article": duty.article,
        "detail": duty.detail,
        "evidence": duty.evidence,
        "debtors": [codes[each] for each in sorted(duty.debtors) if each in codes],
        "creditors": [codes[each] for each in sorted(duty.creditors) if each in codes],
        "version": version,
    }


def duty(agreement: "Agreement", form: ObligationForm) -> Duty:
    """Return what was typed as the value that the service takes."""
    ids = {party.organisation.code: party.organisation_id for party in agreement.parties}
    return Duty(
        kind=ObligationKind(form.kind.data),
        title=form.title.data or "",
        detail=form.detail.data,
        article=form.article.data,
        evidence=form.evidence.data,
        schedule=form.schedule_value(),
        debtors=frozenset(ids[code] for code in form.debtors.data or ()),
        creditors=frozenset(ids[code] for code in form.creditors.data or ()),
    )
